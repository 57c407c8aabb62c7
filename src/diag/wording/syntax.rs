//! Mistakes in the text itself.

sentences! {
    UnexpectedText unexpected_text(text: text) "{text} cannot stand here"
        help "a condition is a field, an operator and a value, such as {example}";
    UnexpectedText unexpected_comma(text: text) "{text} cannot stand here"
        help "several values are written as a list: `field in (a, b)`";
    UnexpectedText unexpected_part() "the condition before this is already complete"
        help "write `and` or `or` and another condition, or quote the value that this belongs to";
    UnexpectedText bad_element(text: text) "{text} is not a value"
        help "a list holds values with commas between them";

    MissingCondition missing_condition() "a condition is missing here"
        help "a condition is a field, an operator and a value, such as {example}";
    MissingCondition missing_condition_after(word: text) "a condition is missing after {word}"
        help "a condition is a field, an operator and a value, such as {example}";
    MissingCondition empty_parentheses() "these parentheses hold no condition"
        help "a condition is a field, an operator and a value, such as {example}";

    MissingConnective missing_connective(next: text) "`and` or `or` is missing before {next}"
        help "`and`: both conditions must hold; `or`: one is enough";
    MissingConnective extra_value() "this is a second value, and no comma or connective is before it"
        help "several values are written as a list, `field in (a, b)`; a value of several words needs quotes";

    UnclosedBracket unclosed_bracket(bracket: name, closing: name) "{bracket} is never closed"
        help "write {closing} after the last part that belongs inside";
    StrayBracket stray_bracket(bracket: text) "{bracket} has no opening bracket";

    UnterminatedString unterminated_string(mark: name) "this quoted text is never closed with {mark}"
        help "a quoted text ends on the same line, with the quotation mark that it began with";
    BadEscape bad_escape(escape: text) "{escape} is not an escape sequence"
        help "for a backslash itself write `\\\\`; for a character by its number write `\\u{1f980}`";
    NulCharacter nul_character() "a value cannot hold the NUL character";
    NeedsQuotes needs_quotes(character: name) "{character} cannot stand in a word without quotes";
    InvisibleCharacter invisible_character(character: name)
        "there is a character here that cannot be seen: {character}"
        help "such characters come along when text is copied from web pages and documents";

    MissingValue missing_value() "a value is missing here"
        help "values are written `word`, `\"several words\"`, `7` or `2026-11-01`, and several of them as a list `(a, b)`";
    MissingValue half_range(operator: text) "{operator} needs two values"
        help "write both with `and` between them, such as `between 1 and 5`";
    MissingValue extra_comma() "a value is missing before this comma";
    MissingComma missing_comma() "a comma is missing before this value"
        help "a value of several words needs quotes";
    MissingComma semicolon() "the values of a list are separated by commas";
    EmptyList empty_list() "this list is empty"
        help "write at least one value, or leave the condition out";
    BadRecord bad_record(text: text) "{text} is not of the form `name: value`"
        help "a key is written `{ id: \"…\", inst: 0 }`";

    BareWord bare_word(word: text) "the word {word} stands alone"
        help "in quotes, it searches the text of the records; a condition is a field, an operator and a value";
    BareWord bare_field(field: text) "the field {field} has no operator and no value"
        help "a condition is a field, an operator and a value";
    MissingOperator missing_operator(field: text) "an operator is missing after {field}";

    BadTail leftover(text: text) "{text} stands after the end of the query"
        help "conditions come first; `order by`, `limit` and `skip` end the query";
    BadTail tail_twice(word: name) "{word} is written twice";
    BadTail tail_in_definition(words: names) "a named filter cannot have {words}"
        help "write it at the end of the query that uses the filter";
    BadTail order_without_field() "a field is missing after `order by`";
    BadTail bad_direction(word: text, directions: names) "{word} is not a direction"
        help "a field is ordered {directions}";
    BadTail missing_count(word: name) "a number is missing after {word}"
        help "write {word} and a whole number, 0 or more";
    BadTail bad_count(text: text, word: name) "{text} is not a valid number of records"
        help "write {word} and a whole number, 0 or more";

    BadDefinition bad_definition() "this `let` defines nothing"
        help "a named filter is written `let name = condition`";
    BadDefinition bad_definition_name(name: text) "{name} cannot be the name of a filter"
        help "names hold letters, digits and `_ - . / : * + %`";
}
