//! Back to text.
pub mod decompile;
pub mod explain;
pub mod fmt;
pub mod reference;
