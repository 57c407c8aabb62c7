//! What is easily taken for something else.

sentences! {
    WrongType number_spelling(value: text) "{value} is not written as a whole number"
        help "whole numbers are digits with an optional `-` before them, and no zeros in front";
    WrongType fraction_spelling(value: text) "{value} is not written as a number"
        help "numbers are written as in JSON: `-1.5`, `2e3`, with digits on both sides of the point";
    NearlyNamed nearly_named(value: text, field: name, known: name)
        "{value} is taken as it is written, and is another value than {known}"
        help "{field} takes any value; {known} is one that it knows";
    UnlikelyValue unlikely_value(value: text, field: name)
        "no record is likely to hold {value} in {field}";
    Emptiness emptiness(word: text, field: name) "{word} is neither a value of {field} nor a test";
    LiteralStar literal_star(value: text) "`*` in {value} stands for itself"
        help "only values with that very character are found";
    BadAddress bad_address(value: text) "{value} is not an IP address"
        help "write an address, a network such as `10.16.0.0/12`, or `starts with 10.`";
    NoAddress no_address(value: text, field: name)
        "{value} is not an IP address, and {field} holds nothing else";
    EmptyQuery empty_query() "the query is empty and selects every record"
        help "this is right if every record is wanted; otherwise look whether a variable is empty";
    Unbounded unbounded_request(fields: words) "requests without a bound are slowed down"
        help "add a condition on {fields}";
}
