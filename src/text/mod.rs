//! Back to text.
pub mod fmt;
pub mod reference;
