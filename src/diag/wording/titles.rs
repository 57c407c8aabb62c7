//! Help, labels and titles of fixes: sentences that belong to no code.

phrases! {
    did_you_mean(names: names) "did you mean {names}?";
    fields_are(names: names) "fields are {names}";
    fields_listed(command: name, count: number) "{command} lists the {count} fields";
    filter_stands_alone() "a named filter stands alone, joined by `and` or `or`";
    codes_such_as(example: name) "records hold codes such as {example}";
    values_of_other_form() "records hold values of another form";
    cannot_ask_set(field: name) "whether {field} is set cannot be asked";
    write_choices(choices: words) "write {choices}";
    forms_of_times()
        "write `2026-11-01`, `2026-10`, `2026-11-01T10:00Z`, `today`, `last month`, `now-36h`, `-7d`, `7 days ago`, or milliseconds";
    named_filters_are(names: names) "named filters are {names}";
    no_filter_is_named() "write a named filter before the query: `let name = condition`";
    values_given_for(names: names) "values were given for {names}";
    give_a_value(option: name) "give it one when compiling: {option}";
    parameters_are(names: names) "its parameters are {names}";
    no_parameters() "the query has no parameters";
    ordered_by(names: names) "they can be ordered by {names}";
    known_names_are(names: names) "known names are {names}";
    values_are(names: names) "its values are {names}";
    schemas_are(names: names) "schemas are {names}";
    targets_are(names: names) "targets are {names}";
    header_keys_are(names: names) "a remark begins with `##`; the keys of a header are {names}";
    ors_multiply()
        "these `or`s multiply: join conditions on one field into one list (`in (…)`), leave one `or` out and check it on the records that come back, or allow more with `--limit requests=N`";
    join_conditions()
        "join conditions on one field into one list (`in (…)`), ask in several queries, or allow more with `--limit requests=N`";

    first_here() "first here";
    the_first() "the first";
    the_first_table() "the first table";
    the_first_row() "the first row";
    this_one_counts() "this one counts";
    this_one_was_read() "this one was read";
    other_condition() "the other condition";
    either_this() "either this";
    or_this() "or this";
    times(sides: number) "times {sides}";
    sides(sides: number) "{sides} sides";
    holds() "this holds";
    does_not_hold() "this does not hold";
    not_set() "this does not hold (the field is not set)";
    holds_unset() "this holds (the field is not set)";
    holds_behind_not() "after `not`, this holds";
    does_not_hold_behind_not() "after `not`, this does not hold";
    not_set_behind_not() "after `not`, this does not hold (the field is not set)";
    holds_unset_behind_not() "after `not`, this holds (the field is not set)";

    change_to(text: name) "change to {text}";
    change_to_meaning(text: name, meaning: words) "change to {text}, {meaning}";
    remove_it_note(note: words) "remove it: {note}";
    change_to_note(text: name, note: words) "change to {text}: {note}";
    insert_and() "insert `and`: both must hold";
    insert_or() "insert `or`: one is enough";
    end_text_after(text: text) "end the text after {text}";
    backslashes_stand(text: text) "change to {text}: every backslash stands for itself";
    backslash_itself(text: name) "change to {text}: the backslash itself";
    foreign_help(help: words) "{help}";
    use_instead(operator: name) "use {operator} instead";
    write(text: name) "write {text}";
    write_meaning(text: name, meaning: words) "write {text} {meaning}";
    write_ignoring_case(text: name) "write {text}, which ignores the case of letters";
    write_for_field(text: name) "write {text} for the field";
    insert(text: name) "insert {text}";
    add(text: name) "add {text}";
    remove(text: text) "remove {text}";
    remove_it() "remove it";
    quote_text(text: text) "quote {text}";
    quote_whole() "quote the whole";
    plain_space() "put a plain space there";
    search_for(text: text) "search for the text {text}";
}
