//! What a whole query means, and what a target cannot say of it.

sentences! {
    SelectsNothing selects_nothing(field: name)
        "no record matches both this and the other condition on {field}"
        help "should one of the two be enough?";
    SelectsNothing selects_nothing_alone(field: name) "no record matches this condition on {field}";
    SelectsEverything selects_everything(field: name)
        "every record matches this or the other condition on {field}"
        help "must both of them hold?";
    SelectsEverything selects_everything_alone(field: name)
        "every record matches this condition on {field}";
    SelectsEverything text_without_words() "a text without any word is found in every record";

    SeveralRequests several_requests()
        "this `or` needs more than one request: one request joins its fields by `and`"
        help "`--to plan` prints the requests that together select the same records";
    TooManyRequests too_many_requests(needed: number, limit: number)
        "this needs {needed} requests, and {limit} are allowed";
    TooManyRequests no_plan_found(limit: number)
        "no plan was found that needs at most {limit} requests, the number allowed";

    NotExpressible not_expressible(target: words, what: words, instead: words)
        "{target} cannot say {what}"
        help "{instead}";
    NotExpressible operator_twice(operator: name, field: name)
        "one request can hold {operator} on {field} once, and both conditions must hold"
        help "`--to plan` asks for one and checks the other on the records that come back";
    NotExpressible page_too_large(largest: number) "one response holds at most {largest} records"
        help "write `limit {largest}` and ask for the rest with `skip`";
    NotExpressible no_endpoint(schema: name) "the schema {schema} names no endpoint to send a request to"
        help "its file can say `endpoint = \"/api/…/\"`";
    NotExpressible paging_of_residual()
        "`limit` and `skip` count the records of one request, and the records that come back have still to be checked"
        help "leave them out, and count after the records are put together";
    NotExpressible paging_of_plan(requests: number)
        "`limit` and `skip` count the records of one request, and the plan has {requests} requests whose records overlap"
        help "leave them out, and count after the records are put together";

    TailNotCarried tail_not_carried() "the filters alone do not carry the order, limit or skip"
        help "`--body` prints the whole request";
    TailNotCarried order_of_each()
        "each request is sorted by itself; sort the records again after they are put together";
    TailNotCarried portal_tail()
        "nobody has published how the portal's addresses carry an order, limit or skip";

    UnknownTarget unknown_target(target: text) "there is no target {target}";
    EngineCaution engine_caution(engine: words, caution: words) "{engine} {caution}";
    GuessedColumn guessed_labels(field: name, table: words, column: name)
        "it is a guess that {column} of {table} holds the labels of {field}"
        help "look at the values in a few records before relying on it";
    GuessedColumn guessed_column(field: name, table: words, column: name)
        "it is a guess that {column} of {table} holds {field}"
        help "compare a few records before relying on it";
}
