//! What is shown of a text: analysis, hover, explanation, format.

use tamis::Diagnostic;
use tamis::editor::analyse::{Analysis as Found, Said};
use tamis::editor::complete::{HostValue, Item as Offer};
use tamis::editor::hover::About as Known;
use tamis::editor::structure::{ClauseAt, GroupAt, ItemAt};
use tamis::editor::{self, Edit};
use tamis::{explain, fmt};

use crate::fault::Fault;
use crate::read::Args;
use crate::session::{self, Session};
use crate::shapes::{
    About, Analysis, Ask, Change, Clause, Completion, Edited, Fix, Group, Hover, Item, Label, Name,
    Problem, Text, Token, TreeItem, Written,
};
use crate::units::Units;
use crate::{Answer, ok};

pub(crate) fn problem(found: &Diagnostic, typing: bool, units: &Units) -> Problem {
    let (template, args) = found.template();
    let label = |label: &tamis::diag::Label| Label {
        span: units.place(label.span),
        text: label.text.clone(),
    };
    let fix = |fix: &tamis::diag::Fix| Fix {
        title: fix.title.clone(),
        span: units.place(fix.span),
        text: fix.text.clone(),
        safe: fix.safe,
    };
    Problem {
        code: found.code.id().into(),
        severity: found.severity,
        message: found.message.clone(),
        template,
        args: args.clone(),
        span: units.place(found.span),
        help: found.help.clone(),
        labels: found.labels.iter().map(label).collect(),
        fixes: found.fixes.iter().map(fix).collect(),
        typing,
    }
}

pub(crate) fn changes(edits: &[Edit], units: &Units) -> Vec<Change> {
    let change = |edit: &Edit| Change { span: units.place(edit.span), text: edit.text.clone() };
    edits.iter().map(change).collect()
}

pub(crate) fn analyse(mut args: Args) -> Answer {
    let session = session::of(&mut args)?;
    let text: String = args.take("text")?;
    let caret: Option<u32> = args.take("caret")?;
    let host = host(&mut args)?;
    let near = args.take::<Option<bool>>("near")?.unwrap_or_default();
    args.done()?;
    let units = Units::new(&text);
    let caret = caret.map(|caret| units.byte(caret));
    let Session { schema, options, lacks } = &session;
    // What a target lacks is looked for in every clause.
    let read =
        if near && lacks.is_none() { editor::analyse::near } else { editor::analyse::analyse };
    let found = read(&text, caret, schema, options, &host);
    let mut problems: Vec<Problem> =
        found.problems.iter().map(|row| problem(&row.diagnostic, row.typing, &units)).collect();
    let valid = !found.problems.iter().any(|row| row.diagnostic.is_error());
    if let Some(lacks) = lacks {
        let warnings = lacks.warnings(&found.outline, &found.clauses);
        for warning in &warnings {
            let warning = problem(warning, false, &units);
            let behind = problems.iter().position(|other| other.span.0 > warning.span.0);
            problems.insert(behind.unwrap_or(problems.len()), warning);
        }
    }
    let token = |token: &tamis::syntax::Token| {
        Token(units.unit(token.span.start), units.unit(token.span.end), token.kind)
    };
    let completion = caret.map(|caret| completion(&found, caret, &text, &units));
    ok(&Analysis {
        tokens: found.tokens.iter().map(token).collect(),
        problems,
        completion,
        clauses: clauses(&found, &text, &units),
        tree: if near { Vec::new() } else { tree(&found.outline.groups, &units) },
        valid,
    })
}

/// The values that a host knows.
fn host(args: &mut Args) -> Result<Vec<HostValue>, Fault> {
    let values: Vec<Args> = args.take::<Option<Vec<Args>>>("host")?.unwrap_or_default();
    let value = |mut members: Args| {
        let text: String = members.take("text")?;
        let detail: Option<String> = members.take("detail")?;
        members.done()?;
        Ok(HostValue { text, detail: detail.unwrap_or_default() })
    };
    values.into_iter().map(value).collect()
}

fn completion(found: &Found<'_>, caret: usize, text: &str, units: &Units) -> Completion {
    let ask = found.ask.as_ref().map(|ask| Ask {
        field: ask.field.clone(),
        operator: ask.operator.clone(),
        prefix: ask.prefix.clone(),
    });
    let item = |offer: &Offer| Item {
        label: offer.label.clone(),
        insert: offer.edit.text.clone(),
        kind: offer.kind,
        detail: offer.detail.clone(),
        doc: offer.documentation.clone(),
        span: units.place(offer.edit.span),
        caret: caret_behind(offer, text, units),
        more: offer.more,
    };
    let items: Vec<Item> = found.completion.iter().map(item).collect();
    let here = units.unit(u32::try_from(caret).unwrap_or(u32::MAX));
    let [from, to] = items.first().map_or([here, here], |item| item.span.0);
    Completion { from, to, ask, items }
}

/// Where the caret goes, in UTF-16 units of the changed text.
fn caret_behind(offer: &Offer, text: &str, units: &Units) -> u32 {
    let start = offer.edit.span.start;
    let within = offer.caret.saturating_sub(start);
    let put = Units::new(&offer.edit.text);
    let len = u32::try_from(offer.edit.text.len()).unwrap_or(u32::MAX);
    if within <= len {
        return units.unit(start) + put.unit(within);
    }
    // Behind what is inserted, in the text that was there.
    let behind = offer.edit.span.end + (within - len);
    let over = units.unit(behind.min(u32::try_from(text.len()).unwrap_or(u32::MAX)));
    units.unit(start) + put.unit(len) + (over - units.unit(offer.edit.span.end))
}

fn clauses(found: &Found<'_>, text: &str, units: &Units) -> Vec<Clause> {
    let groups = &found.outline.groups;
    let rows = found.outline.clauses.iter().zip(&found.clauses);
    rows.map(|(row, said)| clause(row, said, groups, text, units)).collect()
}

fn clause(row: &ClauseAt, said: &Said, groups: &[GroupAt], text: &str, units: &Units) -> Clause {
    let name = |span: tamis::Span, name: &Option<String>| Name {
        text: span.of(text).into(),
        span: units.place(span),
        name: name.clone(),
    };
    let value = |value: &tamis::editor::analyse::SaidValue| Written {
        text: value.span.of(text).into(),
        span: units.place(value.span),
        value: value.text.clone(),
        label: value.label.clone(),
    };
    Clause {
        span: units.place(row.span),
        text: row.span.of(text).into(),
        connective: row.connective,
        not: row.not,
        negated: row.negated,
        muted: row.muted,
        filter: groups.get(row.group).and_then(|group| group.filter.clone()),
        field: row.field.map(|span| name(span, &said.field)),
        operator: row.operator.map(|span| name(span, &said.operator)),
        operand: row.operand.map(|span| units.place(span)),
        values: said.values.iter().map(value).collect(),
        depth: number(row.depth),
        group: number(row.group),
        index: number(row.index),
        ok: said.ok,
        words: said.words.clone(),
    }
}

pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The outermost groups, each with what it holds.
fn tree(groups: &[GroupAt], units: &Units) -> Vec<Group> {
    let mut inner = vec![false; groups.len()];
    for item in groups.iter().flat_map(|group| &group.items) {
        if let ItemAt::Group(place) = item
            && let Some(entry) = inner.get_mut(*place)
        {
            *entry = true;
        }
    }
    let outer = inner.iter().enumerate().filter(|(_, inner)| !**inner);
    outer.filter_map(|(place, _)| group(place, groups, units)).collect()
}

fn group(place: usize, groups: &[GroupAt], units: &Units) -> Option<Group> {
    let row = groups.get(place)?;
    let item = |item: &ItemAt| match item {
        ItemAt::Clause(clause) => Some(TreeItem::Clause(number(*clause))),
        ItemAt::Group(place) => group(*place, groups, units).map(TreeItem::Group),
        ItemAt::Unreadable(span) => Some(TreeItem::Unreadable(units.place(*span))),
    };
    Some(Group {
        id: number(place),
        filter: row.filter.clone(),
        kind: row.kind,
        not: row.not,
        span: units.place(row.span),
        brackets: row.brackets,
        items: row.items.iter().filter_map(item).collect(),
    })
}

pub(crate) fn hover(mut args: Args) -> Answer {
    let session = session::of(&mut args)?;
    let text: String = args.take("text")?;
    let offset: u32 = args.take("offset")?;
    args.done()?;
    let units = Units::new(&text);
    let caret = units.byte(offset);
    let found = editor::hover::hover(&text, caret, &session.schema, &session.options);
    let about = |known: &Known| About {
        name: known.name.clone(),
        detail: known.detail.clone(),
        documentation: known.documentation.clone(),
        allows: known.allows.clone(),
    };
    ok(&found.map(|hover| Hover {
        span: units.place(hover.span),
        text: hover.markdown(),
        field: hover.field.as_ref().map(about),
        operator: hover.operator.as_ref().map(about),
        value: hover.value.as_ref().map(about),
        words: hover.words,
    }))
}

pub(crate) fn explain(mut args: Args) -> Answer {
    let session = session::of(&mut args)?;
    let text: String = args.take("text")?;
    args.done()?;
    let parsed = tamis::parse_with(&text, &session.options.limits);
    let checked = tamis::check(&parsed, &session.schema, &session.options);
    let Some(query) = checked.query else {
        return Err(Fault::problems("query", &checked.diagnostics, &Units::new(&text)));
    };
    ok(&Text { text: explain::explain(&query, &session.options.zone) })
}

pub(crate) fn format(mut args: Args) -> Answer {
    let session = session::of(&mut args)?;
    let text: String = args.take("text")?;
    args.done()?;
    let units = Units::new(&text);
    let parsed = tamis::parse_with(&text, &session.options.limits);
    let formatted =
        fmt::format(&parsed).map_err(|found| Fault::problems("query", &found, &units))?;
    let formatted = if text.ends_with('\n') { formatted } else { formatted.trim_end().to_owned() };
    let edits = if formatted == text {
        Vec::new()
    } else {
        vec![Edit { span: tamis::Span::new(0, text.len()), text: formatted.clone() }]
    };
    ok(&Edited { changes: changes(&edits, &units), text: formatted, clause: None })
}

pub(crate) fn quote(mut args: Args) -> Answer {
    let value: String = args.take("value")?;
    args.done()?;
    ok(&Text { text: tamis::quote::quote(&value).into_owned() })
}
