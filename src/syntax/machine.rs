//! pest's own machine, with the feature `pest-machine` and in tests: the nodes of the recogniser,
//! read by the parser that pest makes of the same grammar.
#![allow(missing_docs, unreachable_pub, reason = "pest generates items of this module")]

use pest::{Parser as _, Token};

use super::recogniser::{Failure, Node, Nodes, Rule as Own};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/tamis.pest"]
struct Machine;

/// Reads a text by the rule `document`.
pub fn parse_document(text: &str) -> Result<Nodes, Failure> {
    parse(Rule::document, text)
}

/// Reads a text by the rule `query`.
pub fn parse_query(text: &str) -> Result<Nodes, Failure> {
    parse(Rule::query, text)
}

fn parse(rule: Rule, text: &str) -> Result<Nodes, Failure> {
    let length = u32::try_from(text.len());
    length.map_err(|_| Failure::TooLong)?;
    let pairs = Machine::parse(rule, text).map_err(|_| Failure::NoMatch)?;
    let mut nodes: Vec<Node> = Vec::with_capacity(pairs.len());
    let mut open = Vec::new();
    for token in pairs.tokens() {
        match token {
            Token::Start { rule, pos } => {
                let start = pos.pos() as u32;
                open.push(nodes.len());
                nodes.extend(own(rule).map(|rule| Node { rule, start, end: start, next: 1 }));
            }
            Token::End { pos, .. } => {
                let place = open.pop().unwrap_or_default();
                let next = (nodes.len() - place) as u32;
                if let Some(node) = nodes.get_mut(place) {
                    (node.end, node.next) = (pos.pos() as u32, next);
                }
            }
        }
    }
    Ok(Nodes::new(nodes))
}

/// The rule of the same number: both have the rules in the order of the grammar.
fn own(rule: Rule) -> Option<Own> {
    Own::ALL.get(rule as usize).copied()
}
