//! Schema files, published tables, and the headers of tested queries.

sentences! {
    UnknownSchema unknown_schema(name: text) "there is no schema {name}";
    SchemaSyntax schema_syntax(why: words) "{why}";
    SchemaSyntax no_table() "this text has no filter table"
        help "a table begins with the line `Filter Type Operators Description`, or with the same names between `|`";
    SchemaMeaning schema_meaning(why: words) "{why}";
    SchemaMeaning operator_slip(name: text, near: text) "there is no operator {name}"
        help "{near} is one; a name of the schema's own is declared at the top of the file: `own_operators = [\"…\"]`";
    SchemaHint operator_undeclared(name: text) "the language has no operator {name}, and the file does not declare it"
        help "where it is the schema's own, declare it at the top of the file: `own_operators = [\"…\"]`";
    SchemaHint schema_old(key: text, instead: text) "{key} is the former way to say it"
        help "write {instead}";
    SchemaMeaning unknown_type(name: text, types: names) "{name} is not a type"
        help "types are {types}";
    TableOpen table_open(what: words, read: words) "{what}"
        help "{read}";

    UnknownHeader unknown_header(key: text) "a header has no key {key}";
    HeaderValue header_value(key: name, why: words) "{key} cannot be read: {why}";
    NothingTested nothing_tested() "the header names no target and no example"
        help "write `# targets: api` or `# match: {…}` at the top of the file";
    NowMissing now_missing() "this means a different time in every run of the test"
        help "write at the top of the file what `now` is: `# now: 2026-11-01T12:00:00Z`";
    ExampleFails example_not_selected() "the query does not select this record, and it should";
    ExampleFails example_selected() "the query selects this record, and it should not";
}
