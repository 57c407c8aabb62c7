//! Times, lengths of time, and what a query asks of them.

sentences! {
    NotATime not_a_time(value: text) "{value} is not a date or time";
    NotATime length_for_time(value: text, before: name) "{value} is a length of time, not a date or time"
        help "{before} is the instant so long before now";
    NotATime unit_case(value: text) "{value} has a unit in capital letters"
        help "units are written in lower case: `s m h d w mo q y`";
    NotATime minute_or_month(value: text) "{value} has the unit `M`, which could be minutes or months"
        help "`m` is minutes, `mo` is months";
    NotATime fraction_of_month(value: text) "{value} counts a fraction of a month, quarter or year"
        help "only seconds, minutes, hours, days and weeks have fractions";
    NotATime fraction_of_ms(value: text) "{value} is not a whole number of milliseconds";
    NotATime too_far(value: text) "{value} is further away than times are counted";
    ImplausibleNumber implausible_number(value: text) "{value} is not a plausible time";
    ImplausibleNumber implausible_millis(value: text) "{value} is not a plausible time in milliseconds"
        help "milliseconds are read from 94694400000 to 7289654399999, the years 1973 to 2200";
    ImplausibleNumber other_number(value: text, what: words)
        "{value} looks like {what}, but bare numbers are milliseconds"
        help "milliseconds are read from 94694400000 to 7289654399999, the years 1973 to 2200";

    WrongType no_period_here(value: text) "{value} is a stretch of time, and one instant is needed here"
        help "an instant has a time of day, such as `2026-11-01T10:00:00Z`";
    NotDays not_days(value: text) "{value} is not a number of days"
        help "write a whole number, 0 or more, such as `7`";
    NotDays not_a_length(value: text) "{value} is not a length of time"
        help "write a number and a unit, such as `7 days` or `36h`";
    NotDays length_without_unit(value: text) "{value} has no unit"
        help "write a number and a unit, such as `7 days` or `36h`";
    TwoReadings two_readings(text: text, period: name, days: name) "{text} has two readings"
        help "{period} is the period of the calendar, {days} counts from now";

    WrongType time_of_day(value: text, field: name)
        "{value} has a time of day, and {field} holds whole days"
        help "a day is written `2026-11-01`, `today` or `7 days ago`";
    NotATime day_out_of_range(value: text) "{value} is outside the years 1 to 9999";
    FinerTime finer_time(value: text) "{value} is more precise than a millisecond"
        help "times are kept in milliseconds: three digits behind the point";
    OneInstant one_instant(operator: text, value: text)
        "{operator} with {value} asks for one millisecond"
        help "an instant is a single millisecond; a date is the whole day";
    ChangedClocks clocks_skip(zone: words, value: text, exact: words)
        "the clocks of {zone} skip {value}; it is read by the offset before the change, as {exact}"
        help "write the time with its offset, such as `+02:00`, to choose";
    ChangedClocks clocks_repeat(zone: words, value: text, exact: words)
        "the clocks of {zone} show {value} twice; the first is taken, {exact}"
        help "write the time with its offset, such as `+02:00`, to choose";
    OperatorNotAllowed row_cannot_say(field: name, operator: text, value: text, allowed: words)
        "{field} does not allow {operator} with {value}"
        help "{field} allows {allowed}";
}
