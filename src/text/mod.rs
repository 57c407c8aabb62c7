//! Back to text.
pub mod capabilities;
pub mod decompile;
pub mod explain;
pub mod fmt;
pub mod messages;
pub mod reference;
