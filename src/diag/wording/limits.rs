//! Limits that a query passes, and input that is not of the form that it should have.

sentences! {
    QueryTooLong query_too_long(len: number, limit: number)
        "the query is {len} bytes long, and the limit is {limit}"
        help "put long lists into a parameter, or raise the limit";
    TooDeep too_deep(limit: number) "this is nested deeper than {limit} levels"
        help "parentheses around `and` within `and`, or `or` within `or`, are not needed";
    TooManyValues too_many_values(limit: number) "the lists of this query hold more than {limit} values"
        help "split the query, or raise the limit";
    TooManyConditions too_many_conditions(limit: number)
        "with its named filters written out, the query has more than {limit} conditions"
        help "many conditions on one field can be written as one list: `field in (a, b)`";
    MoreDiagnostics one_more_diagnostic() "one more is not shown"
        help "correct these first, then run again";
    MoreDiagnostics more_diagnostics(count: number) "{count} more are not shown"
        help "correct these first, then run again";
    NotUtf8 not_utf8() "this byte is not UTF-8 text"
        help "save the file as UTF-8";
    BadLine bad_line(why: words) "this line is not a batch request: {why}"
        help "write `{\"id\": 1, \"query\": \"…\"}`, with `schema`, `now`, `to` and `params` where needed";
}
