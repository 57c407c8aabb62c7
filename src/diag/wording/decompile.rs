//! What filter JSON says and a query cannot, or can only by a guess.

sentences! {
    NotReadable not_readable(expected: words) "this is not filter JSON: {expected} is expected here";
    LooseJson loose_json(rule: words) "this is not strict JSON: {rule}"
        help "it was read as what it looks like; a strict parser refuses it";
    NotAFilter not_a_filter(why: words) "{why}";
    NotAFilter no_operators(field: name, form: name) "{field} has no operator"
        help "write {form}";
    NotAFilter nested_field(field: name)
        "field names are flat, with dots in them, not objects within objects"
        help "the field is {field}";
    RepeatedKey repeated_key(name: text) "{name} is there twice; parsers keep the last"
        help "write the operators of one field in one object";

    OtherShape other_shape(operator: name, documented: words) "{operator} takes {documented}"
        help "it was read as that; compiling gives the documented form";
    OtherShape repeated_value(value: text) "{value} is in the list already"
        help "it was left out, which changes nothing";
    OtherShape flag_false(operator: name, instead: name) "{operator} is documented only with `true`"
        help "it was read as {instead}";
    OtherType other_type(value: text, read: name, field: name) "{value} was read as {read}, a value of {field}"
        help "write {read} in the JSON, too: what the service makes of the other form is not documented";
    NoOperator no_operator(field: name, form: name) "{field} has a value but no operator"
        help "it was read as {form}; what the service makes of it is not documented";

    UndocumentedField undocumented_field(schema: name, field: text)
        "{schema} has no field {field}; its condition is kept";
    NotCarried not_carried(names: names) "a query does not carry {names}";
    NotCarried beside_filters(name: text) "{name} is outside `filters`, where no filter is read"
        help "write it inside `filters`";
    NotCarried sort_without_field() "a direction without `sortField` orders nothing";

    ReadsOtherwise reads_otherwise(filters: name)
        "compiling the query gives other filters, which select the same records"
        help "they are {filters}";
    ReadsOtherwise operator_not_listed(field: name, operator: name)
        "{field} does not list {operator}; the query says the same with an operator that it lists"
        help "what the service makes of an operator that the field does not list is not documented";
    ReadsOtherwise null_as_not_set(operator: name) "{operator} with `null` was read as `is not set`"
        help "no `null` is documented for the field";
    ReadsOtherwise null_as_set(operator: name) "{operator} with `null` was read as `is set`"
        help "no `null` is documented for the field";
    ReadsOtherwise never_true() "no record can pass these filters"
        help "the query says the same; compiling it says so, too, or gives other filters that no record can pass";

    NotDecompiled not_decompiled(why: words) "{why}";
    PortalForm portal_form(what: words) "nobody has published how {what}"
        help "known is `field=eq(i:2,i:1,)` for whole numbers and `field=eq(id,)` for ids";
}
