//! What has still to be checked on what comes back: as little of the query as suffices.

use super::search::Planner;
use crate::diagram::Join;
use crate::query::Node;

/// The most conditions of a query that is cut down; a longer one is checked as a whole.
const CONDITIONS: usize = 64;

/// The query as it was written, without the parts that the requests ensure already.
pub(super) fn least<'q>(root: &Node<'q>, requests: &Node<'q>) -> Node<'q> {
    shortened(root, requests).unwrap_or_else(|| root.clone())
}

fn shortened<'q>(root: &Node<'q>, requests: &Node<'q>) -> Option<Node<'q>> {
    if root.atoms().take(CONDITIONS + 1).count() > CONDITIONS {
        return None;
    }
    let mut planner = Planner::new(&Node::And(vec![root.clone(), requests.clone()]))?;
    let wanted = planner.set(root)?;
    let covered = planner.set(requests)?;
    let mut kept = root.clone();
    let mut place = 0;
    while let Some(shorter) = without(&kept, place) {
        let left =
            planner.set(&shorter).and_then(|set| planner.diagram.join(Join::And, set, covered));
        if left == Some(wanted) {
            kept = shorter;
        } else {
            place += 1;
        }
    }
    Some(kept)
}

/// The formula without its part of that number, counted before its own parts; `None` past the end.
fn without<'q>(node: &Node<'q>, place: usize) -> Option<Node<'q>> {
    let mut left = place;
    cut(node, &mut left)
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
