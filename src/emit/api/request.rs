//! The request around the filters: order, paging, and the command that sends it.

use serde::Serialize;

use super::Filters;
use crate::diag::{Diagnostic, messages};
use crate::query::{Ascending, Query};
use crate::schema::Schema;
use crate::span::Span;

/// The body of one request. Members stand in the order of the API's documentation
/// (`docs/api.md`, 1).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// Field, operator, operand.
    pub filters: Filters,
    /// Records to leave out first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip: Option<u64>,
    /// The most records to return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// What to sort by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_field: Option<String>,
    /// `asc` or `desc`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_direction: Option<&'static str>,
}

impl Request {
    pub(super) fn filters(filters: Filters, query: &Query<'_>) -> Self {
        let filters = filters.sent(query);
        Request { filters, skip: None, limit: None, sort_field: None, sort_direction: None }
    }

    /// A warning where the request names none of the fields that the schema wants it bounded by.
    #[must_use]
    pub fn unbounded(&self, schema: &Schema) -> Option<Diagnostic> {
        let wanted = &schema.bounded_by;
        let bounded = self.filters.fields().any(|name| wanted.iter().any(|field| field == name));
        let fields = wanted.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
        (!bounded && !wanted.is_empty()).then(|| messages::unbounded_request(Span::at(0), &fields))
    }

    /// A shell command that sends the request. Host and token come from the environment
    /// variables `TAMIS_API_URL` (such as `https://tenant.us3.portal.cloudappsecurity.com`) and
    /// `TAMIS_API_TOKEN`; the token reaches curl on its standard input, so it never stands on a
    /// command line, where other users of the machine could read it.
    ///
    /// # Errors
    /// A diagnostic when the schema names no endpoint.
    pub fn curl(&self, schema: &Schema) -> Result<String, Diagnostic> {
        let Some(endpoint) = &schema.endpoint else {
            return Err(messages::no_endpoint(&schema.name));
        };
        let body = serde_json::to_string(self).unwrap_or_default().replace('\'', r"'\''");
        Ok(format!(
            "printf 'header = \"Authorization: Token %s\"\\n' \"$TAMIS_API_TOKEN\" |\n  \
             curl --config - --fail --silent --show-error \"$TAMIS_API_URL\"'{endpoint}' \\\n  \
             --header 'Content-Type: application/json' \\\n  \
             --data '{body}'"
        ))
    }
}

/// The filters with the query's order and paging.
pub(super) fn with_tail(filters: Filters, query: &Query<'_>) -> Result<Request, Diagnostic> {
    let tail = query.tail();
    if let (Some(limit), Some(page)) = (tail.limit, query.schema().page)
        && limit > u64::from(page.largest)
    {
        return Err(messages::page_too_large(tail.span, page.largest));
    }
    let (sort_field, direction) = tail.order.clone().unzip();
    let direction = direction.flatten().map(|Ascending(up)| if up { "asc" } else { "desc" });
    Ok(Request {
        filters: filters.sent(query),
        skip: tail.skip,
        limit: tail.limit,
        sort_field,
        sort_direction: direction,
    })
}
