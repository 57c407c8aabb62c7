//! Sets of places on a line as sorted, disjoint ranges.

use super::{Bound, Range};
use crate::value::Line;

/// The ranges as a sorted list without overlaps; ranges that touch become one.
pub(crate) fn union(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| range.start.map(|start| start.at));
    let mut out: Vec<Range> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if touches(last, &range) => last.end = later(last.end, range.end),
            _ => out.push(range),
        }
    }
    out
}

fn touches(first: &Range, next: &Range) -> bool {
    match (first.end, next.start) {
        (Some(end), Some(start)) => start.at <= end.at.saturating_add(1),
        (None, _) | (_, None) => true,
    }
}

fn later(a: Option<Bound>, b: Option<Bound>) -> Option<Bound> {
    let (a, b) = a.zip(b)?;
    Some(if b.at > a.at { b } else { a })
}

/// What both lists hold; both are sorted and disjoint.
pub(crate) fn intersection(a: &[Range], b: &[Range]) -> Vec<Range> {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let mut out = Vec::new();
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        let both = Range { start: tighter_start(x.start, y.start), end: tighter_end(x.end, y.end) };
        if !both.is_empty() {
            out.push(both);
        }
        let x_ends_first =
            matches!((x.end, y.end), (Some(x), Some(y)) if x.at <= y.at) || y.end.is_none();
        if x_ends_first {
            left.next()
        } else {
            right.next()
        };
    }
    out
}

/// The later of two starts; an open one gives way.
pub(crate) fn tighter_start(a: Option<Bound>, b: Option<Bound>) -> Option<Bound> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.at > a.at { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// The earlier of two ends; an open one gives way.
pub(crate) fn tighter_end(a: Option<Bound>, b: Option<Bound>) -> Option<Bound> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.at < a.at { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// Everything of the line outside the ranges, which are sorted and disjoint.
pub(crate) fn complement(ranges: &[Range], line: Line) -> Vec<Range> {
    let (first, last) = line.ends();
    let mut out = Vec::with_capacity(ranges.len() + 1);
    let mut start = None;
    for range in ranges {
        if let Some(bound) = range.start.filter(|bound| bound.at > first) {
            out.push(Range { start, end: Some(bound.beyond(-1, line)) });
        }
        match range.end.filter(|bound| bound.at < last) {
            Some(bound) => start = Some(bound.beyond(1, line)),
            None => return out,
        }
    }
    out.push(Range { start, end: None });
    out
}
