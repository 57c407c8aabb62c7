//! What a text says, as a formula without places: an edit says which formula it should lead to, and
//! the changed text is read again and compared.
//!
//! Law: no edit is made whose text says anything but what it should.

use super::tree::{Body, Connective, Inner, Part, Reading};
use super::{Edit, apply};
use crate::diag::Code;
use crate::limits::Limits;
use crate::span::Span;
use crate::syntax::ast::{Expr, Tail};
use crate::syntax::{Parsed, outline};

/// A formula. Two are equal when they say the same conditions in the same order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form<'p, 's> {
    Nothing,
    Leaf(Leaf<'p, 's>),
    Not(Box<Form<'p, 's>>),
    Join(Connective, Vec<Form<'p, 's>>),
}

/// A condition, compared by what it says; of one that cannot be read, the text.
#[derive(Clone, Debug)]
pub(super) struct Leaf<'p, 's> {
    pub(super) expr: &'p Expr<'s>,
    pub(super) span: Span,
    unread: &'s str,
}

impl PartialEq for Leaf<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.expr == other.expr && self.unread == other.unread
    }
}

impl Leaf<'_, '_> {
    /// True within a place; one that is missing, before its end.
    fn is_within(&self, place: Span) -> bool {
        let Span { start, end } = self.span;
        place.start <= start && end <= place.end && (start < place.end || place.is_empty())
    }
}

impl<'p, 's> Form<'p, 's> {
    pub(super) fn of(part: &Part<'p, 's>, text: &'s str) -> Self {
        let form = match &part.inner {
            Inner::Leaf(expr) => {
                let unread =
                    if matches!(expr, Expr::Unreadable(_)) { part.core.of(text) } else { "" };
                Form::Leaf(Leaf { expr, span: part.core, unread })
            }
            Inner::Group(kind, items) => {
                Form::Join(*kind, items.iter().map(|item| Form::of(item, text)).collect())
            }
        };
        if part.not { Form::Not(Box::new(form)) } else { form }
    }

    /// The formula at a path of places in groups, with its `not`.
    pub(super) fn at(&mut self, path: &[usize]) -> Option<&mut Form<'p, 's>> {
        let Some((first, rest)) = path.split_first() else { return Some(self) };
        match self {
            Form::Not(inner) => inner.at(path),
            Form::Join(_, items) => items.get_mut(*first)?.at(rest),
            Form::Nothing | Form::Leaf(_) => None,
        }
    }

    /// Without its own `not`.
    pub(super) fn core(&mut self) -> &mut Form<'p, 's> {
        match self {
            Form::Not(inner) => inner.core(),
            Form::Nothing | Form::Leaf(_) | Form::Join(..) => self,
        }
    }

    pub(super) fn negate(&mut self) {
        let form = std::mem::replace(self, Form::Nothing);
        *self = Form::Not(Box::new(form));
    }

    /// Joined with another, which stands behind it or before it.
    pub(super) fn join(&mut self, kind: Connective, other: Form<'p, 's>, before: bool) {
        let form = std::mem::replace(self, Form::Nothing);
        *self = Form::Join(kind, if before { vec![other, form] } else { vec![form, other] });
    }

    /// Without the conditions in a place.
    pub(super) fn without(self, place: Span) -> Self {
        match self {
            Form::Leaf(leaf) if leaf.is_within(place) => Form::Nothing,
            Form::Nothing | Form::Leaf(_) => self,
            Form::Not(inner) => Form::Not(Box::new(inner.without(place))),
            Form::Join(kind, items) => {
                Form::Join(kind, items.into_iter().map(|item| item.without(place)).collect())
            }
        }
    }

    /// Groups within groups of their kind, double `not` and what is empty resolved.
    pub(super) fn simple(self) -> Self {
        match self {
            Form::Nothing | Form::Leaf(_) => self,
            Form::Not(inner) => match inner.simple() {
                Form::Nothing => Form::Nothing,
                Form::Not(twice) => *twice,
                one @ (Form::Leaf(_) | Form::Join(..)) => Form::Not(Box::new(one)),
            },
            Form::Join(kind, items) => {
                let mut flat = Vec::with_capacity(items.len());
                for item in items {
                    match item.simple() {
                        Form::Nothing => {}
                        Form::Join(own, inner) if own == kind => flat.extend(inner),
                        one @ (Form::Leaf(_) | Form::Not(_) | Form::Join(..)) => flat.push(one),
                    }
                }
                match flat.len() {
                    0 | 1 => flat.pop().unwrap_or(Form::Nothing),
                    _ => Form::Join(kind, flat),
                }
            }
        }
    }

    /// How many conditions it has.
    pub(super) fn leaves(&self) -> usize {
        match self {
            Form::Nothing => 0,
            Form::Leaf(_) => 1,
            Form::Not(inner) => inner.leaves(),
            Form::Join(_, items) => items.iter().map(Form::leaves).sum(),
        }
    }
}

/// A whole text without places.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Whole<'p, 's> {
    /// Names of filters with their formulas, then the query.
    pub(super) bodies: Vec<(Option<&'s str>, Form<'p, 's>)>,
    tail: &'p Tail<'s>,
    /// The comments, sorted: a move changes their order.
    pub(super) comments: Vec<String>,
}

impl<'p, 's> Whole<'p, 's> {
    pub(super) fn of(reading: &'p Reading<'s>, bodies: &[Body<'p, 's>]) -> Self {
        let form = |body: &Body<'p, 's>| {
            let root = body.root.as_ref();
            (body.filter, root.map_or(Form::Nothing, |root| Form::of(root, reading.text())))
        };
        let document = &reading.parsed.document;
        Whole {
            bodies: bodies.iter().map(form).collect(),
            tail: &document.tail,
            comments: document.comments.iter().map(|comment| comment.value.to_owned()).collect(),
        }
    }

    pub(super) fn without(mut self, place: Span) -> Self {
        for (_, form) in &mut self.bodies {
            *form = std::mem::replace(form, Form::Nothing).without(place);
        }
        self
    }

    pub(super) fn simple(mut self) -> Self {
        for (_, form) in &mut self.bodies {
            *form = std::mem::replace(form, Form::Nothing).simple();
        }
        self.comments.sort_unstable();
        self
    }
}

/// Mistakes that leave open which conditions belong together.
pub(super) fn is_tangled(parsed: &Parsed<'_>) -> bool {
    const TANGLED: [Code; 7] = [
        Code::UnclosedBracket,
        Code::StrayBracket,
        Code::UnterminatedString,
        Code::MissingConnective,
        Code::BadDefinition,
        Code::QueryTooLong,
        Code::TooDeep,
    ];
    TANGLED.iter().any(|code| parsed.diagnostics.holds(*code))
}

/// True when the edits lead to a text that says what is wanted, with no mistake that was not
/// there.
pub(super) fn leads_to(
    reading: &Reading<'_>,
    edits: &[Edit],
    wanted: Whole<'_, '_>,
    limits: &Limits,
) -> bool {
    let changed = apply(reading.text(), edits);
    let (parsed, tokens) = outline(&changed, limits);
    let mistakes = parsed.mistakes();
    let changed = Reading::of(parsed, tokens);
    let bodies = changed.bodies();
    mistakes <= reading.parsed.mistakes()
        && !is_tangled(&changed.parsed)
        && Whole::of(&changed, &bodies).simple() == wanted.simple()
}
