//! Values that do not fit their field.

sentences! {
    WrongType wrong_type_text(field: name, value: text) "{field} needs a text, and {value} is not one";
    WrongType wrong_type_integer(field: name, value: text)
        "{field} needs a whole number, and {value} is not one";
    WrongType wrong_type_number(field: name, value: text)
        "{field} needs a number, and {value} is not one";
    WrongType wrong_type_day(field: name, value: text)
        "{field} needs a date, and {value} is not one";
    WrongType wrong_type_boolean(field: name, value: text)
        "{field} is `true` or `false`, and {value} is neither";
    WrongType wrong_type_time(field: name, value: text)
        "{field} needs a date or time, and {value} is not one";
    WrongType wrong_type_key(field: name, value: text)
        "{field} needs a key such as `{ id: \"…\", inst: 0 }`, and {value} is not one";
    WrongType wrong_type_id(field: name, value: text)
        "{field} needs an id, or a key such as `{ id: \"…\", inst: 0 }`, and {value} is neither";
    WrongType no_range_here(operator: text) "{operator} does not take a range"
        help "ranges are written after `in`, `range` and `between`";
    WrongType not_a_flag(value: text) "write `true`, `false` or nothing here, not {value}";

    WrongType unfinished_pattern() "this pattern ends in a `\\` that has nothing to take as it is"
        help "`\\\\` is a backslash itself; within quotes each is written twice";

    UnknownValue unknown_value(field: name, value: text) "{field} has no value {value}";
    Ambiguous ambiguous(value: text, choices: words) "{value} can mean several values"
        help "write {choices}";
    OutOfRange out_of_range(value: text, bits: number, first: words, last: words) "{value} is out of range"
        help "whole numbers have {bits} bits here: they go from {first} to {last}";

    OutOfRange double_too_large(value: text) "{value} is out of range"
        help "the largest number here is about 1.8e308";
    OutOfRange decimal_too_long(value: text) "{value} has too many digits"
        help "a decimal number has at most 38 digits, before and behind the point together";
    OutOfRange part_of_unit(value: text, field: name, unit: name)
        "{value} is not a whole number of {unit}, in which {field} counts"
        help "write a number of {unit}, which needs no unit behind it";
    WrongType two_powers(value: text, choices: words) "{value} can be a power of 1,000 or of 1,024"
        help "write {choices}";
    WrongType other_unit(value: text, unit: text, field: name, own: name)
        "{unit} in {value} is not a unit of {field}, which counts in {own}"
        help "durations are written `ns us ms s min h d w`, bytes `kB MB GB TB` and `KiB MiB GiB TiB`, percent `%`";
    NeverEqual too_many_digits(value: text, field: name, digits: number)
        "no value of {field} equals {value}: it has at most {digits} digits behind the point";

    BadNetwork bad_network(value: text) "{value} is not a network"
        help "a network is an IPv4 address and a prefix length from 0 to 32, such as `10.16.0.0/12`";
    Ipv6Network ipv6_network(value: text) "the IPv6 network {value} cannot be compared exactly"
        help "an IPv6 address can be written in many ways; use `starts with` and the form that your records use";
    HostBits host_bits(value: text, network: name) "{value} is an address inside the network {network}"
        help "the query means the whole network";

    ReversedRange reversed_range() "this range ends before it starts";
    NotARange not_a_range() "a range has a start and an end"
        help "write `start..end`, or `between start and end`";
    OneValueOnly one_value_only(operator: text) "{operator} takes one value"
        help "write one condition for each value";
    NullNotPossible null_not_possible(field: name) "{field} cannot be compared with `null`"
        help "the field has no value that means \"not set\"; for the text itself write `\"null\"`";

    BadKey bad_key(field: name, value: text) "{field} needs a key, and {value} is not one"
        help "a key is written `{ id: \"…\", inst: 0 }`";
    BadKey bad_key_member(member: text) "a key has no member {member}"
        help "its members are `id`, a text, and the whole numbers `inst` and `saas`, each at most once";
    BadKey key_without_id() "this key has no `id`"
        help "a key is written `{ id: \"…\", inst: 0 }`";
}
