//! Order and paging: the members of a request beside its filters.

use super::json::{Json, Member, Node};
use super::says::Checked;
use crate::diag::{Diagnostics, messages};
use crate::quote;

/// The tail of a query, and what it does not carry.
pub(super) struct Tail {
    pub(super) text: String,
    pub(super) left: Vec<(String, Json)>,
}

/// Writes `order by FIELD asc limit N skip N`.
pub(super) fn tail(
    checked: &Checked<'_>,
    members: Vec<Member>,
    problems: &mut Diagnostics,
) -> Tail {
    let mut tail = Tail { text: String::new(), left: Vec::new() };
    let mut order = None;
    let mut direction = None;
    let mut counts = Vec::new();
    for member in members {
        let text = match &member.value.node {
            Node::Text(text) => text.value.clone(),
            Node::Number(text) => text.clone(),
            Node::Null | Node::Bool(_) | Node::List(_) | Node::Object(_) => String::new(),
        };
        match member.name.as_str() {
            "sortField" => order = Some((member, text)),
            "sortDirection" => direction = Some((member, text)),
            _ => counts.push((member, text)),
        }
    }
    match (order, direction) {
        (Some((field, name)), direction) => {
            let direction = direction.map(|(member, text)| (member, text.to_ascii_lowercase()));
            let way = direction.as_ref().map(|(_, text)| format!(" {text}")).unwrap_or_default();
            let clause = format!("order by {}{way}", quote::quote(&name));
            if !tail.add(&clause, field, checked, problems) {
                tail.left.extend(direction.map(|(member, _)| (member.name, member.value)));
            }
        }
        (None, Some((member, _))) => {
            problems.push(messages::sort_without_field(member.name_span));
            tail.left.push((member.name, member.value));
        }
        (None, None) => {}
    }
    // The language's order: the most first.
    counts.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    for (member, text) in counts {
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            tail.add(&format!("{} {text}", member.name), member, checked, problems);
            continue;
        }
        let mut written = String::new();
        member.value.print(&mut written);
        problems.push(messages::bad_count(member.value.span, &member.name, &written));
        tail.left.push((member.name, member.value));
    }
    tail
}

impl Tail {
    /// Adds a clause when a query can say it.
    fn add(
        &mut self,
        clause: &str,
        member: Member,
        checked: &Checked<'_>,
        problems: &mut Diagnostics,
    ) -> bool {
        let found = checked.problems(clause);
        if found.is_empty() {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(clause);
            return true;
        }
        for mut diagnostic in found {
            diagnostic.span = member.value.span;
            diagnostic.labels.clear();
            diagnostic.fixes.clear();
            problems.push(diagnostic);
        }
        self.left.push((member.name, member.value));
        false
    }
}
