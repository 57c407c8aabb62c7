//! The words of every diagnostic, in tables: one row a sentence, with its key and arguments.
//!
//! Law: plain English, lower case, no final stop, the user's own text in backticks, no internal
//! names. An example of a condition is `{example}`: a field and a value of the schema at hand.
//!
//! A row `Code key(name: kind) "text" help "…";` becomes a function `key` that takes the arguments
//! and gives the sentence. The kinds are those of [`Arg`](super::template::Arg).

/// The type of a parameter, by the kind of the argument.
macro_rules! given {
    (text) => {
        &str
    };
    (name) => {
        &str
    };
    (words) => {
        &str
    };
    (number) => {
        usize
    };
    (names) => {
        &[&str]
    };
}

/// An argument of a kind.
macro_rules! argument {
    (text $value:ident) => {
        $crate::diag::template::Arg::Text($value.to_owned())
    };
    (name $value:ident) => {
        $crate::diag::template::Arg::Name($value.to_owned())
    };
    (words $value:ident) => {
        $crate::diag::template::Arg::Words($value.to_owned())
    };
    (number $value:ident) => {
        $crate::diag::template::Arg::Number(i64::try_from($value).unwrap_or(i64::MAX))
    };
    (names $value:ident) => {
        $crate::diag::template::Arg::Names($value.iter().map(|name| (*name).to_owned()).collect())
    };
}

macro_rules! help {
    ($key:ident; $($arg:ident)*) => {
        None
    };
    ($key:ident $help:literal; $($arg:ident)*) => {
        Some(&$crate::diag::template::Template {
            key: concat!(stringify!($key), ".help"),
            code: None,
            text: $help,
            args: &[$(stringify!($arg)),*],
            help: None,
        })
    };
}

/// A table of sentences; see the module.
macro_rules! sentences {
    ($($code:ident $key:ident($($arg:ident: $kind:ident),*) $text:literal $(help $help:literal)?;)*) => {
        rows! { $(($key ($($arg),*) $text (Some($crate::diag::Code::$code)) ($($help)?)))* }

        $(pub(crate) fn $key($($arg: given!($kind)),*) -> $crate::diag::template::Sentence {
            $crate::diag::template::Sentence {
                code: $crate::diag::Code::$code,
                phrase: row::$key.say(vec![$((stringify!($arg), argument!($kind $arg))),*]),
            }
        })*
    };
}

/// A table of sentences that belong to no code: help, labels, titles of fixes.
macro_rules! phrases {
    ($($key:ident($($arg:ident: $kind:ident),*) $text:literal;)*) => {
        rows! { $(($key ($($arg),*) $text (None) ()))* }

        $(pub(crate) fn $key($($arg: given!($kind)),*) -> $crate::diag::template::Phrase {
            row::$key.say(vec![$((stringify!($arg), argument!($kind $arg))),*])
        })*
    };
}

macro_rules! rows {
    ($(($key:ident ($($arg:ident),*) $text:literal ($code:expr) ($($help:literal)?)))*) => {
        /// Under the key of each sentence, its row.
        #[allow(non_upper_case_globals, reason = "a row is called as its function is")]
        mod row {
            use $crate::diag::template::Template;
            $(pub(super) static $key: Template = Template {
                key: stringify!($key),
                code: $code,
                text: $text,
                args: &[$(stringify!($arg)),*],
                help: help!($key $($help)?; $($arg)*),
            };)*
        }

        pub(super) static TABLE: &[&$crate::diag::template::Template] = &[$(&row::$key),*];
    };
}

mod decompile;
mod files;
mod foreign;
mod limits;
mod names;
mod syntax;
mod targets;
mod time;
mod titles;
mod traps;
mod values;

pub(crate) use decompile::*;
pub(crate) use files::*;
pub(crate) use foreign::*;
pub(crate) use limits::*;
pub(crate) use names::*;
pub(crate) use syntax::*;
pub(crate) use targets::*;
pub(crate) use time::*;
pub(crate) use titles::*;
pub(crate) use traps::*;
pub(crate) use values::*;

use super::template::Template;

/// All tables.
pub(crate) static TABLES: &[&[&Template]] = &[
    syntax::TABLE,
    names::TABLE,
    values::TABLE,
    time::TABLE,
    traps::TABLE,
    targets::TABLE,
    limits::TABLE,
    files::TABLE,
    foreign::TABLE,
    decompile::TABLE,
    titles::TABLE,
];
