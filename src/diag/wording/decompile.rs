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

    SecondsInFilter seconds_in_filter(value: text)
        "{value} looks like seconds, and was read as milliseconds"
        help "read as milliseconds, it is a day in the first months of 1970";
    UndocumentedField undocumented_field(schema: name, field: text)
        "{schema} has no field {field}; its condition is kept";
    NotCarried not_carried(names: names) "a query does not carry {names}";
    NotAFilter beside_filters(name: text, filters: name)
        "{name} is outside {filters}, where no filter is read"
        help "move it into {filters}, or remove it";
    NotCarried of_response(names: names)
        "this is a response: only `nextQueryFilters` is read, not {names}"
        help "`nextQueryFilters` are the filters of the next page";
    NotAFilter response_without_filters() "this is a response without `nextQueryFilters`"
        help "the last page has none; paste the request that was sent";
    NotAFilter address_without_filter() "this address holds no filter"
        help "a filter is written `field=eq(i:2,i:1,)` or `filters={…}`";
    AddressForm text_with_filter() "this text beside the parameters looks like a filter, but cannot be read"
        help "paste one address a line, and nothing else";
    LooseJson text_around() "the text around the address was left out";
    AddressForm plain_parameter(text: text)
        "{text} looks like a plain query string, which is not read as a filter"
        help "a filter is written `filters={\"field\":{\"eq\":[…]}}`, in the portal `field=eq(i:2,)`";
    AddressForm other_language(name: name, what: words) "{name} looks like {what}"
        help "only filter JSON and the portal's `field=eq(…,)` are read";
    AddressForm condition_cut_off() "this condition has no closing `)`"
        help "the address seems to be cut off: copy all of it";
    AddressForm behind_condition() "nothing may follow the `)` of a condition"
        help "conditions are divided by `&`";
    AddressForm parameter_twice(name: text) "{name} is in the address twice"
        help "nobody has published which of them counts";
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
