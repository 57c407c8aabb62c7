//! The parser that pest makes of `grammar/tamis.pest`.
#![allow(missing_docs, unreachable_pub, reason = "pest generates the items of this module")]

use pest_derive::Parser;

/// The generated parser.
#[derive(Parser)]
#[grammar = "../grammar/tamis.pest"]
pub struct TamisParser;
