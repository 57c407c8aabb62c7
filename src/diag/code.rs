//! The table of diagnostic codes: code, severity, title, a query that triggers it, explanation.
//!
//! A test compiles every example and finds its code. Lines of an example that begin with `#:` set
//! the stage: `#: to sqlite`, `#: param who=x`, `#: timezone Europe/Berlin`, `#: limit depth 1`, `#: schema files`, or name what
//! is read instead of a query: `#: schema-file twice`, `#: table open`, `#: bytes ff`, `#: line {}`,
//! `#: decompile {}`, `#: test` for a query with a header.

use super::Severity;

/// One row of the table of codes.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The stable code, `T` and four digits.
    pub id: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// A query that triggers it.
    pub example: &'static str,
    /// What it means and what to do.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($code:ident $id:literal $severity:ident $title:literal $example:literal $explanation:literal;)*) => {
        /// A stable diagnostic code.
        ///
        /// ```
        /// use tamis::diag::Code;
        /// let code = Code::named("T0201").unwrap();
        /// assert_eq!(code.row().title, "unknown field");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $code,)*
        }

        /// Every code, in order.
        pub const ALL: &[Code] = &[$(Code::$code,)*];

        impl Code {
            /// The code as it is printed: `T0201`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Code::$code => $id,)* }
            }

            /// Error or warning.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)* }
            }

            /// The code's row in the table. Who needs its id or severity alone asks for that:
            /// a program that never asks for a row is built without the texts of the table.
            #[must_use]
            pub const fn row(self) -> &'static Row {
                match self { $(Code::$code => &Row {
                    id: $id, severity: Severity::$severity, title: $title,
                    example: $example, explanation: $explanation,
                },)* }
            }
        }
    };
}

impl Code {
    /// The code of that name, without regard to case.
    #[must_use]
    pub fn named(id: &str) -> Option<Code> {
        ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(id))
    }
}

codes! {
    MissingCondition "T0101" Error "a condition is missing"
        "ip.category = Risky and"
        "Before and after `and`, `or` and `not`, and between parentheses, a condition is needed, such as `ip.category = Risky`.";
    UnclosedBracket "T0102" Error "a bracket is never closed"
        "(ip.category = Risky"
        "Every `(`, `[` and `{` needs its closing bracket. The text up to the end was read as if it stood there.";
    StrayBracket "T0103" Error "a closing bracket has no opening one"
        "ip.category = Risky)"
        "A `)`, `]` or `}` stands where nothing is open. Remove it, or open a bracket before.";
    MissingConnective "T0104" Error "`and` or `or` is missing"
        "ip.category = Risky date gte_ndays 7"
        "Two conditions stand side by side. Write `and` when both must hold, `or` when one is enough. A value of several words needs quotes.";
    UnterminatedString "T0105" Error "a quoted text is never closed"
        "user.username = \"alice"
        "A text that begins with `\"` or `'` ends with the same character. Inside, write it as `\\\"` or `\\'`.";
    BadEscape "T0106" Error "an unknown escape in a quoted text"
        "user.username = \"corp\\alice\""
        "After `\\` in a quoted text stand `\\`, `\"`, `'`, `/`, `n`, `r`, `t`, `b`, `f`, `xHH`, `uHHHH` or `u{…}`. For a backslash write `\\\\`, or leave out the quotes: bare words take `\\` as it is.";
    UnexpectedText "T0107" Error "text that fits nowhere"
        "= Risky"
        "This is neither a condition nor a part of one. A condition is a field, an operator and a value.";
    NeedsQuotes "T0108" Error "a bare word with a character that needs quotes"
        "actionType = C#"
        "Bare words hold letters, digits and `_ - . @ / : * + % $ \\`. Anything else is quoted.";
    MissingComma "T0109" Error "a comma is missing in a list"
        "service in (11770 11161)"
        "The values of a list are divided by commas. A value of several words needs quotes.";
    MissingOperator "T0110" Error "a field without an operator"
        "ip.category Risky"
        "After a field stands an operator, such as `=`, and then a value.";
    MissingValue "T0111" Error "a value is missing"
        "ip.category ="
        "The operator compares the field with a value, which is missing.";
    BadRecord "T0112" Error "a key object that is not well formed"
        "entity = { id \"u-1\" }"
        "A key object is written `{ id: \"…\", inst: 0 }`: names, colons, values, divided by commas.";
    BadTail "T0113" Error "`order by`, `limit` or `skip` is not well formed"
        "service = 11770 order by date sideways"
        "A query may end in `order by FIELD asc` or `desc`, `limit N` and `skip N`, each once, after the conditions.";
    BadDefinition "T0114" Error "a `let` that is not well formed"
        "let = service = 11770"
        "A named filter is written `let name = …` on a line of its own, before the query that uses it as `@name`.";
    BareWord "T0115" Error "a word that stands alone"
        "download"
        "A word alone is not a condition. Quote it to search for it as text, or go on with an operator and a value.";
    NulCharacter "T0116" Error "a NUL character in a value"
        "user.username = \"a\\u{0}b\""
        "No target can carry a NUL character (U+0000) in a value, so none is accepted.";
    EmptyList "T0117" Error "an empty list"
        "service in ()"
        "A list needs at least one value; an empty one would select nothing or everything.";
    InvisibleCharacter "T0118" Error "a space or mark that is not a plain one"
        "service\u{a0}= 11770"
        "The text holds a character that looks like a space or like nothing at all, often from a web page or a document. Put a plain space there, or quote the value that it belongs to.";

    ForeignWords "T0119" Error "a form of another language"
        "user.username begins with adm"
        "This is how another language says it: SQL, KQL, Lucene, OData or plain English. The fix says the same here; where two readings are possible, each is offered. The reference lists the forms that are known.";

    UnknownField "T0201" Error "unknown field"
        "ip.categry = Risky"
        "The schema has no field of that name. `tamis schema show` lists them.";
    UnknownOperator "T0202" Error "unknown operator"
        "ip.category resembles Risky"
        "The language has no such operator, and the schema names none for this field.";
    OperatorNotAllowed "T0203" Error "the field does not allow the operator"
        "ip.category contains Risky"
        "Every field lists the operators it allows. Others work only where they can be rewritten into those without changing what is selected.";
    UnknownFilter "T0204" Error "unknown named filter"
        "@risky"
        "`@name` stands for a filter defined before with `let name = …`.";
    Cycle "T0205" Error "named filters that refer to each other in a circle"
        "let a = @b\nlet b = @a\n@a"
        "A named filter cannot contain itself, not even by way of others. The message shows the path.";
    DuplicateDefinition "T0206" Error "a name defined twice"
        "let a = service = 1\nlet a = service = 2\n@a"
        "Each named filter has one definition.";
    UnboundParameter "T0207" Error "a parameter without a value"
        "user.username = $who"
        "`$name` is bound when the query is compiled: `--param name=value` on the command line, `params` in a batch line.";
    UnusedParameter "T0208" Warning "a parameter that nothing uses"
        "#: param who=alice\nservice = 11770"
        "A value was given for a parameter that the query does not name; the name may be misspelt.";
    NoFreeText "T0209" Error "free text where the schema has none"
        "#: schema files\n\"budget\""
        "A text alone searches the field whose row allows the operator `text`; this schema has no such field.";
    BadSortField "T0210" Error "a field that cannot be sorted by"
        "service = 11770 order by user.username"
        "Only the fields that the schema lists under `sort` can stand after `order by`.";

    WrongType "T0301" Error "a value of another type"
        "service = abc"
        "The field's type does not fit the value.";
    OutOfRange "T0302" Error "a number out of range"
        "service = 99999999999"
        "Whole numbers have 64 bits and a sign, or 32 where the schema says so (`integer_bits = 32`), as the shipped ones do.";
    UnknownValue "T0303" Error "unknown value of a closed list"
        "ip.category = Rissky"
        "The field knows a fixed set of values, each with a label and a wire value; either may be written.";
    NotATime "T0304" Error "not a date or time"
        "date >= 2026-13-01"
        "Times are written `2026-11-01`, `2026-10`, `2026`, `2026-11-01T10:00Z`, `now-36h`, `-7d`, `7 days ago`, `today`, `last month` or in milliseconds. A length of time, such as `7d`, is no instant; units are `s m h d w mo q y` or words.";
    BadNetwork "T0305" Error "not a network"
        "ip.address in 10.0.0.0/33"
        "A network is written as an IPv4 address and a prefix length from 0 to 32: `10.16.0.0/12`.";
    Ipv6Network "T0306" Error "an IPv6 network"
        "ip.address in 2001:db8::/32"
        "One IPv6 address can be written in many ways, so no list of prefixes means exactly an IPv6 network.";
    HostBits "T0307" Warning "an address inside a network, not its first"
        "ip.address in 10.1.2.3/8"
        "The bits after the prefix length are not zero. The network that holds the address is meant.";
    ReversedRange "T0308" Error "a range that ends before it starts"
        "date between 2026-10-08 and 2026-10-01"
        "The first bound of a range must not come after the second; it would select nothing.";
    BadKey "T0309" Error "not a key"
        "entity = alice"
        "Entities are named by a key object: `{ id: \"…\", inst: 0 }`.";
    ImplausibleNumber "T0310" Error "a number that is no plausible time"
        "date >= 1790812800"
        "A bare number is milliseconds since 1970, and one is read only from 94694400000 to 7289654399999, the years 1973 to 2200: others are seconds, microseconds, nanoseconds or a date without its marks. An instant outside of these years is written in RFC 3339.";
    OneValueOnly "T0311" Error "a list where one value belongs"
        "date >= (2026-10-01, 2026-10-02)"
        "This operator compares with one value.";
    NullNotPossible "T0312" Error "`null` on a field that is always set"
        "service = null"
        "`null` stands for \"not set\". The schema neither lists it as a value of the field nor allows `isset` and `isnotset` there.";
    NotDays "T0313" Error "not a length of time"
        "date gte_ndays seven"
        "The operator takes a length of time: a number and a unit, such as `7 days` or `36h`. `gte_ndays` and `lte_ndays` take a whole number of days, 0 or more.";
    Ambiguous "T0314" Error "a label that fits several values"
        "#: schema museum\nshade = lightblue"
        "The text means several values: labels are compared without regard to case, and on a closed list without regard to the spaces, `_` and `-` in them. Write the wire value.";
    NotARange "T0315" Error "not a range"
        "date range 2026-10-01"
        "A range is written `start..end` or `between start and end`.";
    OneInstant "T0316" Warning "equal to one millisecond only"
        "date = now-7d"
        "`now`, `-7d`, `7 days ago` and a time without seconds are instants, so `=` selects one millisecond. A date is the whole day, `between` selects a minute.";
    FinerTime "T0317" Error "a time finer than a millisecond"
        "date >= 2026-10-01T00:00:00.0005Z"
        "Times are kept in milliseconds; a time stored finer counts as the millisecond that holds it.";
    Emptiness "T0330" Error "a word that stands for no value"
        "user.username is empty"
        "A field is set or it is not: `is set`, `is not set`. After `is` the words `empty`, `blank`, `missing` and the like would be read as a text; the text itself is quoted, `is \"empty\"`.";
    NearlyNamed "T0331" Warning "a value that is nearly a known one"
        "location.country = de"
        "The field takes values that its list does not name, so the value is taken as it is written. It differs from a known one only by case, or from a label only by spaces, `_` and `-`.";
    UnlikelyValue "T0332" Warning "a value of another form than records hold"
        "location.country = Deutschland"
        "The field takes values that its list does not name, but those that records hold have one form, and this value has another.";
    LiteralStar "T0333" Warning "a `*` that stands for itself"
        "user.username = adm*"
        "`=` compares whole values letter by letter, and `*` is a letter like others. `contains`, `starts with` and `ends with` look for parts of values.";
    BadAddress "T0334" Error "not an IP address"
        "ip.address = 256.1.1.1"
        "The text looks like an address and is none. Addresses, networks such as `10.16.0.0/12` and, after `starts with`, the beginning of an address can be written.";
    NoAddress "T0335" Warning "a text on a field of IP addresses"
        "ip.address = localhost"
        "The field holds IP addresses, so no record holds this text.";
    NeverEqual "T0336" Warning "a number that no value equals"
        "#: schema museum\nprice = 19.999"
        "The field's values have fewer digits behind the point, so none of them is equal to this number. Bounds such as `> 19.999` compare exactly.";
    ChangedClocks "T0340" Warning "a local time that a change of clocks skips or repeats"
        "#: timezone Europe/Berlin\ndate >= 2026-03-29T02:30"
        "A skipped time is read by the offset before the change, of a repeated one the first is taken. Write the time with its offset, such as `+02:00`, to choose.";
    TwoReadings "T0341" Error "a window with two readings"
        "date in the last week"
        "It could be the calendar's week or the days before now. Write `in last week` for the week of the calendar, `in last 7 days` for the days.";
    SecondsInFilter "T0342" Warning "a time in filter JSON that looks like seconds"
        "#: decompile {\"date\":{\"gte\":1609459200}}"
        "Times in filter JSON are milliseconds and are read so; ten digits are a day in January 1970. Seconds need three zeros behind them.";

    SelectsNothing "T0401" Warning "a part that selects nothing"
        "ip.category = Risky and ip.category = VPN"
        "No record can fulfil this part of the query.";
    SelectsEverything "T0402" Warning "a part that is always true"
        "ip.category = Risky or not ip.category = Risky"
        "Every record fulfils this part of the query.";
    RetiredName "T0403" Warning "a retired name"
        "activity.eventType = EVENT_CATEGORY_LOGIN"
        "The field has another name today, and that is what is sent.";
    EmptyQuery "T0404" Warning "an empty query"
        "#: empty"
        "A query without a condition selects every record. On a command line that is often a variable that was not set.";

    SeveralRequests "T0501" Error "more than one request"
        "ip.category = Risky or service = 11770"
        "One request of the API joins its fields by `and`; an `or` across fields needs one request for each side. `--to plan` gives the requests.";
    NotExpressible "T0502" Error "the target cannot say this"
        "not office365url ends with .docx"
        "The target has no form that selects exactly these records.";
    TailNotCarried "T0503" Warning "the output does not carry the order or limit"
        "service = 11770 limit 10"
        "The filters alone have no place for `order by`, `limit` and `skip`. `--body` prints the whole request.";
    UnknownTarget "T0504" Error "unknown target"
        "#: to oracle\nservice = 11770"
        "`tamis targets` lists what a query can be compiled to.";
    TooManyRequests "T0505" Error "a plan of too many requests"
        "#: to plan\n#: limit requests 3\n(service = 1 or location.country = US) and (ip.category = 3 or device.type = PC)"
        "Each `or` across fields needs a request for each of its sides, and where several of them are joined by `and` the numbers multiply. The API allows 30 requests a minute. Conditions on one field cost nothing: write them as one list.";
    GuessedColumn "T0506" Warning "a column or its values are a guess"
        "#: to kql\nactionType contains download"
        "It is not published which column of the hunting table holds the field, or that it holds the labels of its values; the schema marks this as a guess.";
    EngineCaution "T0507" Warning "the engine needs a setting or care"
        "#: to datafusion\nuser.tags = t1"
        "The output is right, and the engine reads it rightly in the way that the message says.";
    Unbounded "T0508" Warning "a request without a bound"
        "#: to plan\nip.category = Risky"
        "The API slows down requests that name none of certain fields; the schema names them (`bounded_by`).";

    QueryTooLong "T0601" Error "a query that is too long"
        "#: limit query_bytes 8\nservice = 11770"
        "The query is longer than the limit allows.";
    TooDeep "T0602" Error "nested too deeply"
        "#: limit depth 1\n((service = 11770))"
        "Parentheses and named filters are nested deeper than the limit allows.";
    TooManyValues "T0603" Error "too many values"
        "#: limit values 2\nservice in (1, 2, 3)"
        "The lists of the query hold more values than the limit allows.";
    TooManyConditions "T0604" Error "too many conditions"
        "#: limit conditions 2\nlet a = service = 1 or instance = 2\n@a and @a"
        "With its named filters written out the query holds more conditions than the limit allows.";
    MoreDiagnostics "T0605" Error "more diagnostics than are shown"
        "#: limit diagnostics 1\na = 1 and b = 2 and c = 3"
        "Only the first diagnostics are shown; mend those and run again.";
    NotUtf8 "T0606" Error "text that is not UTF-8"
        "#: bytes 73 65 72 76 69 63 65 20 3d 20 ff"
        "Queries are UTF-8 text. The file may be in another encoding.";
    BadLine "T0607" Error "a batch line that is not well formed"
        "#: line {\"query\": 3}"
        "Each line of a batch is one JSON object with a text `query`, and `id`, `schema`, `now`, `to`, `params` where needed.";

    SchemaSyntax "T0701" Error "a schema file that is not TOML of the right form"
        "#: schema-file unknown-key"
        "The file is not valid TOML, or a key is unknown, missing or of the wrong type.";
    SchemaMeaning "T0702" Error "a schema that contradicts itself"
        "#: schema-file twice"
        "The file is well formed, but a name is used twice, a type or list is unknown, or labels collide.";
    UnknownSchema "T0703" Error "unknown schema"
        "#: schema nothing\nservice = 11770"
        "`tamis schema list` shows the schemas that are shipped; a file is named by its path.";
    TableOpen "T0704" Warning "a published table that leaves something open"
        "#: table open"
        "The table says something that had to be read one way or another; the warning says which.";
    SchemaHint "T0705" Warning "a schema file that could say it better"
        "#: schema-hints former"
        "The file is read, but a key has another name or place now, or an operator is neither of the language nor declared.";

    NotReadable "T0801" Error "text that holds no filter JSON"
        "#: decompile {\"ip.category\": }"
        "`decompile` reads filter JSON, request bodies, and the portal's addresses. The text is kept behind `# not decompiled:`.";
    LooseJson "T0802" Warning "JSON that is not strict"
        "#: decompile {'ip.category': {'eq': [3]}}"
        "The text is not JSON as the standard has it, such as texts in single quotes, and was read as what it looks like.";
    NotAFilter "T0803" Error "JSON that is not a filter"
        "#: decompile {\"ip.category\": {}}"
        "Filters are an object: field, operator, operand. What is not of that form is kept behind `# not decompiled:`.";
    RepeatedKey "T0804" Warning "a key that is there twice"
        "#: decompile {\"date\":{\"lte\":1793534400000},\"date\":{\"gte\":1793448000000}}"
        "JSON parsers keep the last of several equal keys, so the earlier ones are most likely never applied.";
    OtherShape "T0805" Warning "an operand of another shape"
        "#: decompile {\"ip.category\":{\"eq\":3}}"
        "The API documents lists for most operators and single values for the others. The other shape was read as what it most likely means; compiling gives the documented one.";
    OtherType "T0806" Warning "a value of another type in JSON"
        "#: decompile {\"ip.category\":{\"eq\":[\"Risky\"]}}"
        "The value is not of the field's type: a number as text, a label where the wire value belongs, a typed prefix of the portal. It was read as what it most likely means; what the API makes of it is not documented.";
    NoOperator "T0807" Warning "a field without an operator in JSON"
        "#: decompile {\"activity.type\":true}"
        "The field's value should be an object with an operator. It was read as `eq`; what the API makes of it is not documented.";
    NotCarried "T0808" Warning "a member that a query does not carry"
        "#: decompile {\"filters\":{\"service\":{\"eq\":[11770]}},\"isScan\":true}"
        "The text says more than filters, order and paging. Members of a request are kept behind `# not decompiled:`, those of a response are left out.";
    ReadsOtherwise "T0809" Warning "a query that compiles to other filters"
        "#: decompile {\"date\":{\"gt\":1793534400000}}"
        "The query says what the filters say, but compiling it gives other filters: an operator that the field does not list, two bounds that become one, or conditions that no record fulfils.";
    NotDecompiled "T0810" Error "a filter that the language cannot say"
        "#: decompile {\"ip.category\":{\"eq\":[]}}"
        "No query means this, or it is not known what it means. It is kept behind `# not decompiled:`, and without it the query selects other records.";
    PortalForm "T0811" Error "a form of the portal's addresses that is not published"
        "#: decompile ip.category=neq(i:3,)"
        "Of the filters in the portal's addresses only `field=eq(…,)` with whole numbers and ids is known. Anything else would be a guess.";
    UndocumentedField "T0812" Warning "a field that the schema does not have"
        "#: decompile {\"quick.filter\":{\"eq\":[1]}}"
        "The condition is kept in the query as it is in the filters. The query compiles once a schema has the field; until then compiling it names the field, so that no condition is lost.";
    AddressForm "T0813" Error "a condition in an address that cannot be read"
        "#: decompile https://portal.example/?ip.category=3&limit=10"
        "The address names a field or holds a condition in a form that is not read: a plain `field=value`, an OData `$filter`, a condition that is cut off. Without it the query would select more, so it is refused and kept behind `# not decompiled:`.";

    UnknownHeader "T0901" Error "an unknown key in a header"
        "#: test\n# tagets: api\nservice = Box"
        "The comment lines at the top of a tested query are `# key: value`. A remark begins with `##`, or is below the header.";
    HeaderValue "T0902" Error "a header line that cannot be read"
        "#: test\n# targets: api\n# now: noon\nservice = Box"
        "The value is not of the form that the key needs, or the key is there twice.";
    NothingTested "T0903" Error "a header that tests nothing"
        "#: test\nservice = Box"
        "A tested query names targets that it is compiled for, or records that it has to select or not.";
    NowMissing "T0904" Error "a test that depends on the clock"
        "#: test\n# targets: api\ndate in last 7 days"
        "Times are counted from `now`, which a test has to fix, or it gives something else every day.";
    ExampleFails "T0905" Error "an example that the query decides otherwise"
        "#: test\n# layout: flat\n# match: {\"service\": 10489}\nservice = Box and ip.category = Risky"
        "A record of `# match:` is not selected, or one of `# reject:` is. The record's form is that of `# layout:`, by default the API's.";
}
