//! Names that a query uses: fields, operators, named filters, parameters.

sentences! {
    UnknownField unknown_field(schema: name, field: text) "{schema} has no field {field}";
    UnknownField several_fields(name: text, fields: names) "{name} can mean several fields"
        help "write {fields}";
    UnknownFilter filter_compared(filter: name)
        "{filter} is a named filter, which takes no operator";
    RetiredName retired_name(name: text, today: name) "{name} is now called {today}";
    UnknownOperator unknown_operator(operator: text, field: name, allowed: words)
        "{operator} is not an operator"
        help "{field} allows {allowed}";
    OperatorNotAllowed operator_not_allowed(field: name, operator: text, allowed: words)
        "{field} does not allow {operator}"
        help "{field} allows {allowed}";

    UnknownFilter unknown_filter(name: text) "no filter is named {name}";
    Cycle cycle(path: words) "named filters refer to each other in a circle: {path}"
        help "a filter cannot contain itself, directly or through others";
    DuplicateDefinition duplicate_definition(name: text) "the name {name} is defined twice";

    UnboundParameter unbound_parameter(name: text) "the parameter {name} has no value";
    UnusedParameter unused_parameter(name: name) "the query does not use the parameter {name}";

    NoFreeText no_free_text(schema: name) "{schema} has no field that a text alone could search"
        help "write a field and an operator before it, such as {example}";
    BadSortField bad_sort_field(field: text) "records cannot be ordered by {field}";
}
