//! A condition added to a query, in brackets where `and` and `or` meet.

use super::edits::{Answer, Path, Session, apart};
use super::form::{Form, is_tangled};
use super::rows::ItemAt;
use super::tree::{Body, Connective, Inner, Part, Reading};
use super::{Beside, Edit, Refusal};
use crate::span::Span;
use crate::syntax::Kind;
use crate::syntax::ast::{Expr, Tail};

/// The one condition of a text that is put somewhere: no filters, no tail, no comments, no
/// mistakes.
pub(super) fn condition<'b, 'p, 's>(
    reading: &Reading<'s>,
    bodies: &'b [Body<'p, 's>],
) -> Result<&'b Part<'p, 's>, Refusal> {
    let document = &reading.parsed.document;
    let alone = document.definitions.is_empty()
        && document.tail == Tail::default()
        && document.comments.is_empty()
        && reading.parsed.mistakes() == 0
        && !is_tangled(&reading.parsed);
    let root = bodies.last().and_then(|body| body.root.as_ref()).filter(|_| alone);
    root.ok_or(Refusal::NotACondition)
}

impl<'r, 's> Session<'r, 's> {
    pub(super) fn add(&self, text: &str, connective: Connective, place: Beside) -> Answer {
        let text = text.trim();
        let reading = Reading::new(text, self.limits);
        let bodies = reading.bodies();
        let part = condition(&reading, &bodies)?;
        let other = match connective {
            Connective::And => Connective::Or,
            Connective::Or => Connective::And,
        };
        let text = if part.is_open(other) { format!("({text})") } else { text.to_owned() };
        let form = Form::of(part, reading.text());
        match place {
            Beside::Query => match self.query() {
                Some(path) => self.beside(&path, &text, connective, form, false),
                None => self.first(&text, form),
            },
            Beside::Part(target) => {
                self.beside(&self.path(target)?, &text, connective, form, false)
            }
            Beside::In(group, index) => self.within(group, index, &text, connective, form),
        }
    }

    /// The whole query, when it has conditions.
    fn query(&self) -> Option<Path> {
        let body = self.bodies.len().checked_sub(1)?;
        self.bodies.get(body)?.root.as_ref()?;
        Some(Path { body, steps: Vec::new() })
    }

    /// The first condition of a query, before its tail.
    fn first(&self, text: &str, form: Form<'_, '_>) -> Answer {
        let body = self.bodies.last().ok_or(Refusal::Missing)?;
        let from = body.span.start;
        let tokens = self.reading.tokens.iter().filter(|token| token.span.start >= from);
        let mut tokens = tokens.filter(|token| token.kind != Kind::Comment);
        let edit = match tokens.next() {
            Some(tail) => Edit::new(tail.span.before(), format!("{text} ")),
            None => {
                let all = self.reading.text();
                let line = all.trim_end().is_empty() || all.ends_with('\n');
                Edit::new(Span::at(all.len()), [if line { "" } else { "\n" }, text].concat())
            }
        };
        let body = self.bodies.len() - 1;
        let mut wanted = self.whole();
        wanted.bodies.get_mut(body).ok_or(Refusal::Missing)?.1 = form;
        self.sound(vec![edit], wanted)
    }

    /// Joins with one part, in brackets where the part or what is around it needs them.
    fn beside(
        &self,
        path: &Path,
        text: &str,
        connective: Connective,
        form: Form<'_, '_>,
        before: bool,
    ) -> Answer {
        let part = self.part(path)?;
        if self.goes_on(part.unit.after()) {
            return Err(Refusal::Unsound);
        }
        let wanted = self.wanted(path, |slot| slot.join(connective, form, before))?;
        if let Some(edit) = self.filling(part, text, connective) {
            return self.sound(vec![edit], wanted.clone()).or_else(|_| self.filled(path, text));
        }
        let around = self.parent(path).map(|(parent, _)| match parent.inner {
            Inner::Group(kind, _) => kind,
            Inner::Leaf(_) => Connective::And,
        });
        let inner = connective == Connective::And && part.is_open(Connective::Or);
        let outer = connective == Connective::Or && around == Some(Connective::And);
        let word = connective.word();
        let place = if before { part.unit.before() } else { part.unit.after() };
        let joined = match (before, inner) {
            (true, _) => format!("{text} {word} "),
            (false, _) => format!(" {word} {text}"),
        };
        let mut edits = match (before, inner || outer) {
            (_, false) => vec![Edit::new(place, joined)],
            (true, true) if outer => {
                vec![Edit::new(place, format!("({joined}")), Edit::new(part.unit.after(), ")")]
            }
            (true, true) => {
                vec![Edit::new(place, format!("{joined}(")), Edit::new(part.unit.after(), ")")]
            }
            (false, true) if outer => {
                vec![Edit::new(part.unit.before(), "("), Edit::new(place, format!("{joined})"))]
            }
            (false, true) => {
                vec![Edit::new(part.unit.before(), "("), Edit::new(place, format!("){joined}"))]
            }
        };
        for edit in &mut edits {
            edit.text = apart(self.reading.text(), edit.span, &edit.text);
        }
        self.sound(edits, wanted)
    }

    /// True when a word that could not be read goes on behind a place: `#~` at its middle.
    fn goes_on(&self, place: Span) -> bool {
        let reading = &self.reading;
        let glued = reading.tokens.iter().find(|token| token.span.start == place.start);
        glued.is_some_and(|token| match token.kind {
            Kind::Field
            | Kind::Member
            | Kind::Operator
            | Kind::Word
            | Kind::Number
            | Kind::Text
            | Kind::Parameter
            | Kind::Reference
            | Kind::Invalid => true,
            Kind::Comment | Kind::Keyword | Kind::Connective | Kind::Mark => false,
        })
    }

    /// The text put where a condition is missing behind the same connective, at the end.
    fn filling(&self, part: &Part<'_, '_>, text: &str, connective: Connective) -> Option<Edit> {
        let last = part.items().last().filter(|_| part.unit == part.core)?;
        let missing = matches!(last.inner, Inner::Leaf(Expr::Unreadable(_)));
        let missing = missing && last.core.is_empty() && last.unit == last.core;
        let before = self.reading.neighbours(last.core).0.filter(|_| missing)?;
        let same = Connective::of(before.span.of(self.reading.text())) == Some(connective);
        same.then(|| Edit::new(before.span.after(), format!(" {text}")))
    }

    /// The same when what is missing counts as a condition of its own.
    fn filled(&self, path: &Path, text: &str) -> Answer {
        let part = self.part(path)?;
        let last = part.items().last().ok_or(Refusal::Missing)?;
        let before = self.reading.neighbours(last.core).0.ok_or(Refusal::Missing)?;
        let reading = Reading::new(text, self.limits);
        let bodies = reading.bodies();
        let form = Form::of(condition(&reading, &bodies)?, reading.text());
        let wanted = self.wanted(path, |slot| {
            if let Form::Join(_, items) = slot.core()
                && let Some(last) = items.last_mut()
            {
                *last = form;
            }
        })?;
        self.sound(vec![Edit::new(before.span.after(), format!(" {text}"))], wanted)
    }

    /// Into a group, before the item at a place or behind the last.
    fn within(
        &self,
        group: usize,
        index: Option<usize>,
        text: &str,
        connective: Connective,
        form: Form<'_, '_>,
    ) -> Answer {
        let row = self.rows.groups.get(group).ok_or(Refusal::Missing)?;
        let path = Path { body: row.body, steps: row.path.clone() };
        let body = self.bodies.get(row.body).ok_or(Refusal::Missing)?;
        let Some(root) = &body.root else { return self.first(text, form) };
        let part = root.at(&path.steps).ok_or(Refusal::Missing)?;
        let items = &row.group.items;
        let is_real = |item: &ItemAt| match item {
            ItemAt::Clause(clause) => {
                self.rows.clauses.get(*clause).is_some_and(|row| !row.clause.muted)
            }
            ItemAt::Group(_) | ItemAt::Unreadable(_) => true,
        };
        let index = index.unwrap_or(items.len());
        let before = items.iter().take(index).filter(|item| is_real(item)).count();
        match &part.inner {
            Inner::Group(kind, parts) if *kind == connective => {
                let mut steps = path.steps;
                let first = before == 0;
                steps.push(if first { 0 } else { before.min(parts.len()) - 1 });
                self.beside(&Path { body: path.body, steps }, text, connective, form, first)
            }
            Inner::Group(..) | Inner::Leaf(_) if part.not && !path.steps.is_empty() => {
                self.under_not(&path, text, connective, form)
            }
            Inner::Group(..) | Inner::Leaf(_) => {
                self.beside(&path, text, connective, form, before == 0 && !items.is_empty())
            }
        }
    }

    /// Into a group of another connective under `not`: what it holds goes into brackets there.
    fn under_not(
        &self,
        path: &Path,
        text: &str,
        connective: Connective,
        form: Form<'_, '_>,
    ) -> Answer {
        let part = self.part(path)?;
        let wanted = self.wanted(path, |slot| slot.core().join(connective, form, false))?;
        let word = connective.word();
        let inner = part.core;
        let edits = match connective {
            Connective::And => vec![
                Edit::new(inner.before(), "("),
                Edit::new(inner.after(), format!(") {word} {text}")),
            ],
            Connective::Or => vec![Edit::new(inner.after(), format!(" {word} {text}"))],
        };
        self.sound(edits, wanted)
    }
}
