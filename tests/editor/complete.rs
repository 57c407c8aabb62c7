//! Completion: every offer leads on to a text with no more errors than before, and what was really
//! written is among the offers.

use std::borrow::Cow;
use std::collections::HashMap;

use proptest::prelude::*;

use super::common::Case;
use super::{corpora, options, schema};
use tamis::editor::apply;
use tamis::editor::complete::complete;
use tamis::syntax::ast::{Clause, Expr, Literal, Operator};
use tamis::syntax::{Kind, tokens};
use tamis::value::Type;
use tamis::{Options, Schema};

/// Carets of a text.
fn carets(text: &str) -> impl Iterator<Item = usize> {
    (0..=text.len()).filter(|caret| text.is_char_boundary(*caret))
}

fn nothing(wrong: &[String]) {
    let shown: Vec<_> = wrong.iter().take(20).cloned().collect();
    assert!(wrong.is_empty(), "{} times:\n{}", wrong.len(), shown.join("\n"));
}

/// A text being completed; what was found of one is kept, since many offers lead to the same.
struct Typist<'s> {
    schema: &'s Schema,
    options: Options,
    errors: HashMap<String, usize>,
    ends: HashMap<(String, usize, usize), usize>,
}

impl<'s> Typist<'s> {
    fn new(schema: &'s Schema) -> Self {
        let mut options = options();
        options.limits.diagnostics = usize::MAX;
        Typist { schema, options, errors: HashMap::new(), ends: HashMap::new() }
    }

    fn errors(&mut self, text: &str) -> usize {
        if let Some(known) = self.errors.get(text) {
            return *known;
        }
        let found = tamis::check(&tamis::parse(text), self.schema, &self.options).diagnostics;
        let count = found.iter().filter(|found| found.is_error()).count();
        self.errors.insert(text.to_owned(), count);
        count
    }

    /// The fewest errors that following the offers leads to; a free value is written `1`.
    fn fewest(&mut self, text: String, caret: usize, steps: usize) -> usize {
        let here = self.errors(&text);
        if here == 0 || steps == 0 {
            return here;
        }
        let key = (text, caret, steps);
        if let Some(known) = self.ends.get(&key) {
            return *known;
        }
        let (text, caret, _) = &key;
        let items = complete(text, *caret, self.schema, &self.options, None);
        let mut ways: Vec<(bool, String, usize)> = Vec::new();
        for item in &items {
            let changed = apply(text, std::slice::from_ref(&item.edit));
            let end = item.edit.span.start as usize + item.edit.text.len();
            ways.push((item.more, changed, end.max(item.caret as usize)));
        }
        ways.retain(|(_, changed, _)| changed != text);
        let typed = if items.is_empty() { "1 " } else { " " };
        let by_hand = format!("{}{typed}{}", &text[..*caret], &text[*caret..]);
        let way = ways.into_iter().min_by_key(|(more, ..)| *more);
        let (_, changed, caret) = way.unwrap_or((true, by_hand, caret + typed.len()));
        let fewest = here.min(self.fewest(changed, caret, steps - 1));
        self.ends.insert(key, fewest);
        fewest
    }

    /// Holds every offer at a caret against the checker.
    fn hold(&mut self, text: &str, caret: usize, wrong: &mut Vec<String>) {
        let items = complete(text, caret, self.schema, &self.options, None);
        let before = self.errors(text);
        for item in &items {
            let changed = apply(text, std::slice::from_ref(&item.edit));
            assert!(changed.is_char_boundary(item.caret as usize), "{text:?} {caret} {item:?}");
            assert!(item.edit.span.start as usize <= caret, "{text:?} {caret} {item:?}");
            let end = item.edit.span.start as usize + item.edit.text.len();
            let end = end.max(item.caret as usize);
            let after = self.fewest(changed.clone(), end, 7);
            if after > before {
                wrong.push(format!("{text:?} at {caret}: {} leads to {changed:?}", item.label));
            }
        }
    }
}

#[test]
fn offers_lead_to_texts_without_more_errors_at_every_caret() {
    let mut wrong = Vec::new();
    for case in corpora() {
        let mut typist = Typist::new(schema(&case));
        for caret in carets(&case.text) {
            typist.hold(&case.text, caret, &mut wrong);
        }
    }
    nothing(&wrong);
}

#[test]
fn offers_lead_to_texts_without_more_errors_behind_every_beginning() {
    let mut wrong = Vec::new();
    for case in corpora() {
        let mut typist = Typist::new(schema(&case));
        for end in carets(&case.text) {
            typist.hold(&case.text[..end], end, &mut wrong);
        }
    }
    nothing(&wrong);
}

/// What a word of a query was, and what an offer of it is called when it is another spelling.
struct Written {
    span: tamis::Span,
    also: Option<String>,
}

/// The fields, operators, connectives, members of keys and closed values of a query. The symbols of
/// connectives are not offered.
fn written(case: &Case) -> Vec<Written> {
    let text = &case.text;
    let mut out = Vec::new();
    for token in tokens(text, &tamis::Limits::default()) {
        let word = token.span.of(text);
        let also = match token.kind {
            Kind::Field => {
                let row = schema(case).find(word.trim_matches('"')).field();
                row.map(|row| row.name.clone())
            }
            Kind::Connective if word.starts_with(char::is_alphabetic) => None,
            Kind::Member => Some(word.trim_matches('"').to_owned()),
            _ => continue,
        };
        out.push(Written { span: token.span, also });
    }
    let parsed = tamis::parse(text);
    let document = &parsed.document;
    let bodies = document.definitions.iter().map(|definition| &definition.condition);
    bodies.chain(&document.condition).for_each(|expr| clauses(expr, schema(case), &mut out));
    out
}

/// The values of a clause whose field names all that it takes. What stands in the list already is
/// not offered again.
fn closed_values(clause: &Clause<'_>, schema: &Schema, out: &mut Vec<Written>) {
    let Some(field) = schema.field(&clause.field.value) else { return };
    let flags = field.kind == Type::Boolean && field.values.is_none();
    let named = field.values.as_ref().filter(|values| !values.open);
    for literal in clause.operand.literals() {
        let text = match &literal.value {
            Literal::Word(text) => Cow::Borrowed(*text),
            Literal::Text(text) => text.clone(),
            Literal::Parameter(_) | Literal::Phrase(_) | Literal::Range(_) | Literal::Record(_) => {
                continue;
            }
        };
        let label = named.and_then(|values| Some(values.meant_by(&text).next()?.label.clone()));
        let also = if flags { Some(text.to_ascii_lowercase()) } else { label };
        let again = out.iter().any(|known| {
            known.also == also && known.span.start >= clause.operand.literals()[0].span.start
        });
        if also.is_some() && !again {
            out.push(Written { span: literal.span, also });
        }
    }
}

fn clauses(expr: &Expr<'_>, schema: &Schema, out: &mut Vec<Written>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => {
            parts.iter().for_each(|part| clauses(part, schema, out));
        }
        Expr::Not(inner, _) => clauses(inner, schema, out),
        Expr::Clause(clause) => {
            closed_values(clause, schema, out);
            let Operator::Known(op) = clause.operator.value else { return };
            let mut span = clause.operator.span;
            let operand = clause.operand.literals().first();
            span.end = operand.map_or(span.end, |first| span.end.min(first.span.start));
            out.push(Written { span, also: Some(op.row().name.into()) });
        }
        Expr::FreeText(_) | Expr::BareWord(_) | Expr::Reference(_) | Expr::Unreadable(_) => {}
    }
}

#[test]
fn what_was_written_is_among_the_offers() {
    let mut wrong = Vec::new();
    for case in corpora() {
        for Written { span, also } in written(&case) {
            let before = &case.text[..span.range().start];
            let first = before.len() + usize::from(!before.ends_with([' ', '(', '\n']));
            for end in (first..span.end as usize).filter(|end| case.text.is_char_boundary(*end)) {
                let typed = &case.text[..end];
                let items = complete(typed, end, schema(&case), &options(), None);
                let whole = case.text[..span.range().end].trim_end().to_lowercase();
                let found = items.iter().any(|item| {
                    let changed = apply(typed, std::slice::from_ref(&item.edit)).to_lowercase();
                    let other = also.as_ref().is_some_and(|also| {
                        item.label == *also || item.detail.ends_with(also.as_str())
                    });
                    other || whole.starts_with(changed.trim_end()) || changed.starts_with(&whole)
                });
                let labels: Vec<_> = items.iter().map(|item| &item.label).collect();
                if !found {
                    let next = span.of(&case.text);
                    wrong.push(format!("{typed:?} goes on with {next:?}: {labels:?}"));
                }
            }
        }
    }
    nothing(&wrong);
}

/// Pieces that texts are made of, whole and broken.
const PIECES: &[&str] = &[
    "ip.category",
    "service",
    "date",
    "user.username",
    "=",
    "!=",
    "in",
    "in last",
    "between",
    "and",
    "or",
    "not",
    "(",
    ")",
    "[",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "#",
    "\n",
    "let",
    "let a =",
    "@a",
    "$p",
    "Risky",
    "7",
    "days",
    "..",
    "🦀",
    "e\u{301}",
    "order by",
    "limit",
    "is",
    "set",
    "!",
    "&&",
    ";",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = (0..PIECES.len(), prop::bool::ANY);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| {
        let glue = |(piece, space): (usize, bool)| [PIECES[piece], if space { " " } else { "" }];
        pieces.into_iter().flat_map(glue).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Completion answers at every place of any text, bytes within characters included.
    #[test]
    fn any_text_is_answered(text in texts()) {
        let schema = Schema::builtin("activities").unwrap();
        for caret in 0..=text.len() + 1 {
            for item in complete(&text, caret, schema, &options(), None) {
                let changed = apply(&text, std::slice::from_ref(&item.edit));
                prop_assert!(changed.is_char_boundary(item.caret as usize));
                prop_assert!(item.edit.span.start as usize <= caret);
            }
        }
    }

    /// Tokens stand in order and leave out blanks only.
    #[test]
    fn tokens_cover_what_is_no_blank(text in texts()) {
        let mut at = 0;
        for token in tokens(&text, &tamis::Limits::default()) {
            let range = token.span.range();
            prop_assert!(at <= range.start && range.start < range.end, "{text:?} {token:?}");
            prop_assert!(text[at..range.start].trim().is_empty(), "{text:?} {token:?}");
            at = range.end;
        }
        prop_assert!(text[at..].trim().is_empty(), "{text:?}");
    }
}
