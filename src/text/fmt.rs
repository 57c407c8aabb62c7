//! Placeholder.
/// x
pub fn format(p: &crate::syntax::Parsed<'_>) -> Result<String, Vec<crate::Diagnostic>> {
    Ok(p.text.to_owned())
}
