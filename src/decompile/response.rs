//! A response of the API: its `nextQueryFilters` are the filters of the next page (`docs/api.md`,
//! 1). Everything else in it is no filter.

use super::found::last_wins;
use super::json::{Json, Member, Node};
use crate::diag::{Diagnostics, messages};
use crate::schema::Schema;
use crate::span::Span;

const FILTERS: &str = "nextQueryFilters";
const OTHERS: [&str; 6] = ["data", "hasNext", "total", "max", "moreThanTotal", "searchedSince"];

/// What the members of an object turned out to be.
pub(super) enum Read {
    /// A response with filters.
    Filters(Member),
    /// A response without filters, or with more than belongs in one.
    Broken(Vec<(String, Json)>),
    /// Something else: the members as they were.
    NoResponse(Vec<Member>),
}

/// Finds the filters of a response.
pub(super) fn read(
    members: Vec<Member>,
    schema: &Schema,
    span: Span,
    problems: &mut Diagnostics,
) -> Read {
    let named = |name: &str| members.iter().any(|member| member.name == name);
    let of_response = |member: &Member| {
        OTHERS.contains(&member.name.as_str()) && schema.field(&member.name).is_none()
    };
    let listed =
        |member: &Member| member.name == "data" && matches!(member.value.node, Node::List(_));
    let data = members.iter().any(listed) && members.iter().all(of_response);
    let next = named(FILTERS) && schema.field(FILTERS).is_none() && !named("filters");
    if !next && !data {
        return Read::NoResponse(members);
    }
    let (members, overridden) = last_wins(members, problems);
    let (mut filters, others): (Vec<Member>, Vec<Member>) =
        members.into_iter().partition(|member| member.name == FILTERS);
    let (own, strange): (Vec<Member>, Vec<Member>) = others.into_iter().partition(of_response);
    let strange: Vec<(String, Json)> = strange
        .into_iter()
        .map(|member| {
            problems.push(messages::beside_filters(member.name_span, &member.name, FILTERS));
            (member.name, member.value)
        })
        .chain(overridden.into_iter().filter(|(name, _)| name == FILTERS))
        .collect();
    let names: Vec<&str> = own.iter().map(|member| member.name.as_str()).collect();
    match (filters.pop(), own.first()) {
        (Some(member), first) if strange.is_empty() => {
            if let Some(first) = first {
                problems.push(messages::of_response(first.name_span, &names));
            }
            Read::Filters(member)
        }
        (Some(member), _) => {
            Read::Broken(strange.into_iter().chain([(member.name, member.value)]).collect())
        }
        (None, _) => {
            problems.push(messages::response_without_filters(span));
            Read::Broken(own.into_iter().map(|member| (member.name, member.value)).collect())
        }
    }
}
