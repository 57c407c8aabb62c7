//! The parser of `grammar/tamis.pest`: the recogniser that is written from it, or pest's own machine
//! with the feature `pest-machine`. Both give the same nodes.

#[cfg(feature = "pest-machine")]
pub(super) use super::machine::{parse_document, parse_query};
pub(super) use super::recogniser::{DEEPEST, Failure, Nodes, Pair, Pairs, Rule};
#[cfg(not(feature = "pest-machine"))]
pub(super) use super::recogniser::{parse_document, parse_query};
