//! Bounds on what one compilation may cost. Every one is an option with a default, and passing
//! one is a diagnostic like any other.

/// Bounds on size, nesting, list length and requests.
///
/// ```
/// use tamis::Limits;
/// let limits = Limits { depth: 8, ..Limits::default() };
/// assert_eq!(limits.query_bytes, 16 * 1024 * 1024);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest query, in bytes.
    pub query_bytes: usize,
    /// Deepest nesting of parentheses, named filters included.
    pub depth: usize,
    /// Most values in the lists of one query, after CIDR prefixes and named filters are written out.
    pub values: usize,
    /// Most conditions a query may have after its named filters are written out.
    pub conditions: usize,
    /// Most diagnostics of one run; the rest is counted, not shown.
    pub diagnostics: usize,
    /// Most requests of one plan. The API allows 30 a minute (api.md section 1).
    pub requests: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            query_bytes: 16 * 1024 * 1024,
            depth: 100,
            values: 1_000_000,
            conditions: 1_000_000,
            diagnostics: 100,
            requests: 30,
        }
    }
}
