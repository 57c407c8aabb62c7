//! The clauses and groups of a text as lists, for chips and the rows of a builder.

use serde::Serialize;

use super::mute;
use super::tree::{Body, Connective, Inner, Part, Reading};
use crate::limits::Limits;
use crate::span::Span;
use crate::syntax::ast::{Clause, Expr, Operand, Operator};

/// The clauses and groups of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outline {
    /// The clauses in the text's order, named filters first, muted ones where they stand.
    pub clauses: Vec<ClauseAt>,
    /// The groups, outer ones first: one for each named filter, then that of the query, each
    /// followed by those within it.
    pub groups: Vec<GroupAt>,
}

/// A clause of a text, for a chip or a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseAt {
    /// From the field to the end of the operand; a muted clause with its connective and marks.
    pub span: Span,
    /// The field's name, or the quoted text of a search.
    pub field: Option<Span>,
    /// The operator, when one is written.
    pub operator: Option<Span>,
    /// The operand, when there is one.
    pub operand: Option<Span>,
    /// True under an odd number of its own `not`s, one in its operator included.
    pub not: bool,
    /// True under an odd number of `not`, those of its operator and of groups included.
    pub negated: bool,
    /// True when it is a comment that [`Change::Mute`](super::Change::Mute) made.
    pub muted: bool,
    /// What joins it to what stands before it in its group.
    pub connective: Option<Connective>,
    /// The group that it stands in.
    pub group: usize,
    /// Its place among the items of the group.
    pub index: usize,
    /// How many groups it stands in, the outermost not counted.
    pub depth: usize,
}

/// A group of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupAt {
    /// The name of the filter that it belongs to; `None` in the query.
    pub filter: Option<String>,
    /// What joins its items; of a single one `and`.
    pub kind: Connective,
    /// True under an odd number of its own `not`s.
    pub not: bool,
    /// With its brackets and `not`s.
    pub span: Span,
    /// True when brackets are around it.
    pub brackets: bool,
    /// What it holds.
    pub items: Vec<ItemAt>,
}

/// An item of a group, by its place in the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemAt {
    /// A clause.
    Clause(usize),
    /// A group within.
    Group(usize),
    /// Text that could not be read.
    Unreadable(Span),
}

/// An item of the lists in the making, before clauses are counted.
pub(super) struct Row {
    pub(super) clause: ClauseAt,
    /// The body and the path within it.
    pub(super) body: usize,
    pub(super) path: Vec<usize>,
}

/// The lists, with the paths of clauses and groups.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) clauses: Vec<Row>,
    pub(super) groups: Vec<GroupRow>,
}

/// A group, its place, and what it holds.
pub(super) struct GroupRow {
    pub(super) group: GroupAt,
    pub(super) body: usize,
    pub(super) path: Vec<usize>,
    /// Within its brackets, where muted clauses of it stand.
    inside: Span,
    /// Where its items stand, with the places of clauses in the list as long as it grows.
    items: Vec<(Span, ItemAt)>,
}

pub(super) fn outline(reading: &Reading<'_>, limits: &Limits) -> Outline {
    let bodies = reading.bodies();
    let rows = rows(reading, &bodies, limits);
    Outline {
        clauses: rows.clauses.into_iter().map(|row| row.clause).collect(),
        groups: rows.groups.into_iter().map(|row| row.group).collect(),
    }
}

pub(super) fn rows(reading: &Reading<'_>, bodies: &[Body<'_, '_>], limits: &Limits) -> Rows {
    let mut rows = Rows::default();
    for (place, body) in bodies.iter().enumerate() {
        rows.body(place, body);
    }
    for comment in reading.comments(Span::new(0, reading.text().len())) {
        if comment.of(reading.text()).starts_with(mute::MUTE) {
            rows.muted(comment, reading.text(), bodies, limits);
        }
    }
    rows.count();
    rows
}

impl Rows {
    fn body(&mut self, place: usize, body: &Body<'_, '_>) {
        let filter = body.filter.map(str::to_owned);
        match &body.root {
            Some(root @ Part { inner: Inner::Group(..), .. }) => {
                let group = self.group(root, place, Vec::new(), root.not, 0);
                for row in self.groups.iter_mut().skip(group) {
                    row.group.filter.clone_from(&filter);
                }
                if let Some(row) = self.groups.get_mut(group) {
                    row.inside = body.span;
                }
            }
            root => {
                let number = self.groups.len();
                let mut items = Vec::new();
                let span = root.as_ref().map_or(body.span.after(), |root| root.unit);
                let group = GroupAt {
                    filter,
                    kind: Connective::And,
                    not: false,
                    span,
                    brackets: false,
                    items: Vec::new(),
                };
                if let Some(Part { inner: Inner::Leaf(expr), .. }) = root
                    && let Some(root) = root
                {
                    let at =
                        At { body: place, group: number, index: 0, depth: 0, connective: None };
                    items.push((root.unit, self.leaf(expr, root, Vec::new(), root.not, at)));
                }
                let (body, path, inside) = (place, Vec::new(), body.span);
                self.groups.push(GroupRow { group, body, path, inside, items });
            }
        }
    }

    fn group(
        &mut self,
        part: &Part<'_, '_>,
        body: usize,
        path: Vec<usize>,
        negated: bool,
        depth: usize,
    ) -> usize {
        let number = self.groups.len();
        let kind = match part.inner {
            Inner::Group(kind, _) => kind,
            Inner::Leaf(_) => Connective::And,
        };
        let brackets = part.unit != part.core;
        let group = GroupAt {
            filter: None,
            kind,
            not: part.not,
            span: part.unit,
            brackets,
            items: Vec::new(),
        };
        let inside = if brackets { part.unit } else { part.core };
        self.groups.push(GroupRow { group, body, path: path.clone(), inside, items: Vec::new() });
        for (index, item) in part.items().iter().enumerate() {
            let mut path = path.clone();
            path.push(index);
            let connective = (index > 0).then_some(kind);
            let negated = negated != item.not;
            let found = match &item.inner {
                Inner::Group(..) => ItemAt::Group(self.group(item, body, path, negated, depth + 1)),
                Inner::Leaf(expr) => {
                    let at = At { body, group: number, index, depth, connective };
                    self.leaf(expr, item, path, negated, at)
                }
            };
            if let Some(row) = self.groups.get_mut(number) {
                row.items.push((item.unit, found));
            }
        }
        number
    }

    fn leaf(
        &mut self,
        expr: &Expr<'_>,
        part: &Part<'_, '_>,
        path: Vec<usize>,
        negated: bool,
        at: At,
    ) -> ItemAt {
        let (field, operator, operand) = match expr {
            Expr::Clause(clause) => (Some(clause.field.span), written(clause), operand(clause)),
            Expr::FreeText(text) => (Some(text.span), None, None),
            Expr::BareWord(word) | Expr::Reference(word) => (Some(word.span), None, None),
            Expr::Unreadable(span) => return ItemAt::Unreadable(span.0),
            Expr::And(_) | Expr::Or(_) | Expr::Not(..) => return ItemAt::Unreadable(part.core),
        };
        let clause = ClauseAt {
            span: part.core,
            field,
            operator,
            operand,
            not: part.not,
            negated,
            muted: false,
            connective: at.connective,
            group: at.group,
            index: at.index,
            depth: at.depth,
        };
        self.clauses.push(Row { clause, body: at.body, path });
        ItemAt::Clause(self.clauses.len() - 1)
    }

    /// A muted clause belongs to the innermost group around it.
    fn muted(&mut self, comment: Span, text: &str, bodies: &[Body<'_, '_>], limits: &Limits) {
        let block = mute::Block::at(comment, text);
        let span = block.span;
        let body = bodies.iter().position(|body| span.start < body.span.end);
        let body = body.unwrap_or(bodies.len().saturating_sub(1));
        let within = |row: &&(usize, &GroupRow)| {
            let inside = row.1.inside;
            row.1.body == body
                && (row.1.path.is_empty() || (inside.start <= span.start && span.end <= inside.end))
        };
        let rows = self.groups.iter().enumerate();
        let Some((group, row)) = rows.collect::<Vec<_>>().iter().rev().find(within).copied() else {
            return;
        };
        let depth = row.path.len();
        let place = row.items.partition_point(|(place, _)| place.end <= span.start);
        let first = self.groups.get(group).is_none_or(|row| place == 0 || row.items.is_empty());
        let read = block.read(limits);
        let clause = ClauseAt {
            span,
            field: read.field,
            operator: read.operator,
            operand: read.operand,
            not: read.not,
            negated: read.not,
            muted: true,
            connective: read.connective.filter(|_| !first),
            group,
            index: 0,
            depth,
        };
        self.clauses.push(Row { clause, body, path: Vec::new() });
        let number = self.clauses.len() - 1;
        if let Some(row) = self.groups.get_mut(group) {
            row.items.insert(place, (span, ItemAt::Clause(number)));
        }
    }

    /// Counts clauses in the order of the text and tells them and their groups of each other.
    fn count(&mut self) {
        let mut order: Vec<usize> = (0..self.clauses.len()).collect();
        let start = |place: &usize| self.clauses.get(*place).map(|row| row.clause.span.start);
        order.sort_by_key(start);
        let mut numbers = vec![0; order.len()];
        for (number, place) in order.iter().enumerate() {
            if let Some(entry) = numbers.get_mut(*place) {
                *entry = number;
            }
        }
        for row in &mut self.groups {
            for (index, (_, item)) in row.items.iter_mut().enumerate() {
                if let ItemAt::Clause(place) = item {
                    if let Some(found) = self.clauses.get_mut(*place) {
                        found.clause.index = index;
                    }
                    *place = numbers.get(*place).copied().unwrap_or_default();
                }
            }
            row.group.items = row.items.iter().map(|(_, item)| *item).collect();
        }
        self.clauses.sort_by_key(|row| row.clause.span.start);
    }
}

/// Where a clause stands.
#[derive(Clone, Copy)]
struct At {
    body: usize,
    group: usize,
    index: usize,
    depth: usize,
    connective: Option<Connective>,
}

pub(super) fn written(clause: &Clause<'_>) -> Option<Span> {
    (clause.operator.value != Operator::Missing).then_some(clause.operator.span)
}

pub(super) fn operand(clause: &Clause<'_>) -> Option<Span> {
    match &clause.operand {
        Operand::None => None,
        Operand::One(one) => Some(one.span),
        Operand::List(list) => Some(list.span),
    }
}
