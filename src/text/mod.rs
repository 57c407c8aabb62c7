//! Back to text.
pub mod decompile;
pub mod fmt;
pub mod reference;
