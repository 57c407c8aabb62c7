//! What has still to be checked on what comes back: as little of the query as suffices.

use super::diagram::{Join, Set};
use super::search::Planner;
use crate::query::Node;

/// The most conditions of a query that is cut down; a longer one is checked as a whole.
const CONDITIONS: usize = 64;
/// Steps of all checks together.
const WORK: usize = 400_000;

/// The query without the parts that the requests ensure already.
pub(super) fn least<'q>(
    planner: &mut Planner<'q>,
    node: &Node<'q>,
    wanted: Set,
    covered: Set,
) -> Node<'q> {
    planner.diagram.allow(WORK);
    if node.atoms().count() > CONDITIONS {
        return node.clone();
    }
    let mut enough = |node: &Node<'q>| {
        let set = planner.set(node).and_then(|set| planner.diagram.join(Join::And, set, covered));
        set == Some(wanted)
    };
    let mut kept = node.clone();
    let mut place = 0;
    while let Some(shorter) = without(&kept, place) {
        if enough(&shorter) {
            kept = shorter;
        } else {
            place += 1;
        }
    }
    kept
}

/// The formula without its part of that number, counted before its own parts; `None` past the end.
fn without<'q>(node: &Node<'q>, place: usize) -> Option<Node<'q>> {
    let mut left = place;
    let cut = cut(node, &mut left)?;
    Some(cut)
}

fn cut<'q>(node: &Node<'q>, left: &mut usize) -> Option<Node<'q>> {
    let (Node::And(parts) | Node::Or(parts)) = node else { return None };
    for (place, part) in parts.iter().enumerate() {
        let replaced = if *left == 0 {
            None
        } else {
            *left -= 1;
            match cut(part, left) {
                Some(part) => Some(part),
                None => continue,
            }
        };
        let others = parts.iter().enumerate().filter_map(|(other, part)| {
            if other == place { replaced.clone() } else { Some(part.clone()) }
        });
        let mut kept: Vec<Node<'q>> = others.collect();
        return Some(match (node, kept.len()) {
            (_, 1) => kept.pop().unwrap_or(Node::All),
            (Node::And(_), _) => Node::And(kept),
            _ => Node::Or(kept),
        });
    }
    None
}
