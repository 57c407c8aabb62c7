//! THE table of operators of other languages: how they are written there, and which operator says
//! the same here. The printed reference shows it; there is no second list.

use std::sync::LazyLock;

use crate::ops::{self, Op};
use crate::table::Table;

/// One way to write an operator elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct ForeignOperator {
    /// Its words and symbols, in lower case, with one blank between them.
    pub text: &'static str,
    /// The operator that says it here.
    pub op: Op,
    /// True when it says the negation of that operator.
    pub negated: bool,
    /// What differs from the operator here; without it nothing does.
    pub note: Option<&'static str>,
}

const fn row(text: &'static str, op: Op) -> ForeignOperator {
    ForeignOperator { text, op, negated: false, note: None }
}

const fn not(text: &'static str, op: Op) -> ForeignOperator {
    ForeignOperator { text, op, negated: true, note: None }
}

const fn near(text: &'static str, op: Op, note: &'static str) -> ForeignOperator {
    ForeignOperator { text, op, negated: false, note: Some(note) }
}

const WORDS: &str = "`has` finds whole words elsewhere, parts of words here";
const CASE: &str = "`=` compares exactly";
const WHOLE: &str = "the whole value has to fit, `*` is any run of characters";
const FOLDS: &str = "ASCII case is ignored here";

/// Every foreign operator. `is`, `not`, `isn't`, `does not` and their kind may stand before any of
/// them, and before the operators of the language.
pub const OPERATORS: &[ForeignOperator] = &[
    row("equals", Op::Eq),
    row("equal", Op::Eq),
    row("equal to", Op::Eq),
    row("exactly", Op::Eq),
    row("===", Op::Eq),
    row(":=", Op::Eq),
    not("ne", Op::Eq),
    not("isn't", Op::Eq),
    not("isnt", Op::Eq),
    not("wasn't", Op::Eq),
    not("aren't", Op::Eq),
    not("not", Op::Eq),
    not("noteq", Op::Eq),
    not("not_eq", Op::Eq),
    not("!==", Op::Eq),
    not("=!", Op::Eq),
    not("unequal to", Op::Eq),
    not("different from", Op::Eq),
    not("differs from", Op::Eq),
    near("ieq", Op::Eq, CASE),
    row("in any of", Op::Eq),
    row("any of", Op::Eq),
    row("any", Op::Eq),
    row("one of", Op::Eq),
    row("either", Op::Eq),
    row("either of", Op::Eq),
    near("in ~", Op::Eq, CASE),
    near("in~", Op::Eq, CASE),
    not("nin", Op::Eq),
    not("notin", Op::Eq),
    not("not_in", Op::Eq),
    not("none of", Op::Eq),
    not("neither of", Op::Eq),
    row("co", Op::Contains),
    row("contain", Op::Contains),
    row("containing", Op::Contains),
    row("contains any of", Op::Contains),
    row("contains one of", Op::Contains),
    not("contains none of", Op::Contains),
    row("includes", Op::Contains),
    row("include", Op::Contains),
    row("including", Op::Contains),
    row("icontains", Op::Contains),
    not("excludes", Op::Contains),
    not("exclude", Op::Contains),
    not("notcontains", Op::Contains),
    not("notcontain", Op::Contains),
    not("lacks", Op::Contains),
    near("contains_cs", Op::Contains, FOLDS),
    near("has", Op::Contains, WORDS),
    near("has_any", Op::Contains, WORDS),
    near("has_cs", Op::Contains, WORDS),
    row("sw", Op::Startswith),
    row("begins with", Op::Startswith),
    row("begin with", Op::Startswith),
    row("beginswith", Op::Startswith),
    row("beginning with", Op::Startswith),
    row("start with", Op::Startswith),
    row("starting with", Op::Startswith),
    row("istartswith", Op::Startswith),
    row("prefixed with", Op::Startswith),
    row("has prefix", Op::Startswith),
    row("hasprefix", Op::Startswith),
    near("startswith_cs", Op::Startswith, FOLDS),
    near("hasprefix_cs", Op::Startswith, FOLDS),
    row("ew", Op::Endswith),
    row("ends in", Op::Endswith),
    row("end in", Op::Endswith),
    row("end with", Op::Endswith),
    row("ending with", Op::Endswith),
    row("ending in", Op::Endswith),
    row("iendswith", Op::Endswith),
    row("has suffix", Op::Endswith),
    row("hassuffix", Op::Endswith),
    near("endswith_cs", Op::Endswith, FOLDS),
    near("hassuffix_cs", Op::Endswith, FOLDS),
    near("match", Op::Matches, WHOLE),
    near("matching", Op::Matches, WHOLE),
    row("fits", Op::Matches),
    row("ge", Op::Gte),
    row("=>", Op::Gte),
    row("at least", Op::Gte),
    row("no less than", Op::Gte),
    row("no fewer than", Op::Gte),
    row("greater than or equal to", Op::Gte),
    row("greater than or equals", Op::Gte),
    row("greater or equal", Op::Gte),
    row("greater or equal to", Op::Gte),
    row("on or after", Op::Gte),
    row("from", Op::Gte),
    row("starting", Op::Gte),
    row("le", Op::Lte),
    row("=<", Op::Lte),
    row("at most", Op::Lte),
    row("no more than", Op::Lte),
    row("less than or equal to", Op::Lte),
    row("less than or equals", Op::Lte),
    row("less or equal", Op::Lte),
    row("less or equal to", Op::Lte),
    row("up to", Op::Lte),
    row("on or before", Op::Lte),
    row("more than", Op::Gt),
    row("greater than", Op::Gt),
    row("greater", Op::Gt),
    row("larger than", Op::Gt),
    row("bigger than", Op::Gt),
    row("higher than", Op::Gt),
    row("above", Op::Gt),
    row("over", Op::Gt),
    row("exceeds", Op::Gt),
    row("later than", Op::Gt),
    row("less than", Op::Lt),
    row("less", Op::Lt),
    row("fewer than", Op::Lt),
    row("smaller than", Op::Lt),
    row("lower than", Op::Lt),
    row("under", Op::Lt),
    row("earlier than", Op::Lt),
    row("prior to", Op::Lt),
    row("within", Op::Range),
    row("isnotnull", Op::Isset),
    row("notnull", Op::Isset),
    row("not null", Op::Isset),
    row("null", Op::Isnotset),
    row("isnull", Op::Isnotset),
    row("defined", Op::Isset),
    row("present", Op::Isset),
    row("undefined", Op::Isnotset),
    row("absent", Op::Isnotset),
    row("unset", Op::Isnotset),
    row("set", Op::Isset),
    row("exist", Op::Isset),
];

/// Words for how many records, and the one of the language.
pub(super) const COUNTS: &[(&str, &str)] = &[
    ("limit", "limit"),
    ("skip", "skip"),
    ("take", "limit"),
    ("top", "limit"),
    ("head", "limit"),
    ("offset", "skip"),
];

/// Words before an operator that add nothing, and those that negate it.
pub(super) const LEADS: &[&str] = &["is", "was", "are", "were", "be"];
pub(super) const NEGATIONS: &[&str] = &[
    "is not", "was not", "are not", "isn't", "isnt", "wasn't", "aren't", "does not", "doesn't",
    "doesnt", "do not", "don't", "did not", "didn't", "not", "!",
];

/// Words behind which a value has to stand.
static AWAITING: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    let own = ops::all_spellings().filter(|spelling| spelling.op.row().takes != ops::Takes::Flag);
    let own = own.filter_map(|spelling| spelling.pieces().last().copied());
    let foreign = OPERATORS.iter().filter(|row| row.op.row().takes != ops::Takes::Flag);
    let foreign = foreign.filter_map(|row| row.text.split(' ').next_back());
    own.chain(foreign).chain(["like", "ilike"]).filter(|word| word.len() > 1).collect()
});

pub(super) fn awaits_value(word: &str) -> bool {
    AWAITING.contains(word.to_ascii_lowercase().as_str())
}

/// The operator of the language as it is written before one value or a list.
pub(super) fn spelled(op: Op, negated: bool, list: bool) -> &'static str {
    match (op, negated, list) {
        (Op::Eq, false, true) => "in",
        (Op::Eq, true, true) => "not in",
        (Op::Eq, true, false) => "!=",
        (Op::Contains, true, _) => "not contains",
        (Op::Startswith, true, _) => "does not start with",
        (Op::Endswith, true, _) => "does not end with",
        (Op::Matches, true, _) => "does not match",
        (Op::Isset, false, _) | (Op::Isnotset, true, _) => "is set",
        (Op::Isset, true, _) | (Op::Isnotset, false, _) => "is not set",
        (Op::Range, false, _) => "in",
        (Op::Range, true, _) => "not in",
        (op, _, _) => op.canonical(),
    }
}

/// True when the negation of the operator has a spelling of its own.
pub(super) fn has_negation(op: Op) -> bool {
    matches!(
        op,
        Op::Eq
            | Op::Contains
            | Op::Startswith
            | Op::Endswith
            | Op::Matches
            | Op::Isset
            | Op::Isnotset
            | Op::Range
    )
}
