//! A message as a form with places for names: a key under which translations are kept.

/// A message with `{0}`, `{1}` for what stands between backticks, and what stood there.
///
/// ```
/// use tamis::diag::template;
/// let (form, names) = template("the schema has no field `aap`");
/// assert_eq!((form.as_str(), names), ("the schema has no field `{0}`", vec!["aap".to_owned()]));
/// ```
#[must_use]
pub fn template(message: &str) -> (String, Vec<String>) {
    let mut form = String::with_capacity(message.len());
    let mut names = Vec::new();
    let mut rest = message;
    while let Some((before, behind)) = rest.split_once('`') {
        let Some((name, behind)) = behind.split_once('`') else { break };
        form.push_str(before);
        form.push_str(&["`{", &names.len().to_string(), "}`"].concat());
        names.push(name.to_owned());
        rest = behind;
    }
    form.push_str(rest);
    (form, names)
}
