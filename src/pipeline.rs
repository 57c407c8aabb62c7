//! The whole way in one call: parse, check, emit.

use crate::diag::Diagnostic;
use crate::emit::{self, Form, Output};
use crate::options::Options;
use crate::schema::Schema;

/// What a query compiled to.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The target's output.
    pub output: Output,
    /// What is worth knowing although the query compiles, by place.
    pub warnings: Vec<Diagnostic>,
}

/// Compiles a query for the target of that name (see [`target::all`](crate::target::all)), in the target's default form.
///
/// # Errors
/// Every diagnostic of the query, by place, when at least one is an error.
///
/// ```
/// use tamis::{Options, Schema};
/// let schema = Schema::builtin("activities")?;
/// let compiled = tamis::compile("service = Box", schema, "sqlite", &Options::at(0)).unwrap();
/// assert_eq!(
///     serde_json::to_value(&compiled.output).unwrap(),
///     serde_json::json!({"sql": "\"service\" = ?", "params": [10489]})
/// );
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
pub fn compile(
    text: &str,
    schema: &Schema,
    target: &str,
    options: &Options,
) -> Result<Compiled, Vec<Diagnostic>> {
    compile_with(text, schema, target, options, &Form::default())
}

/// Compiles a query for a target, in the form that is asked for.
///
/// # Errors
/// Every diagnostic of the query, by place, when at least one is an error.
pub fn compile_with(
    text: &str,
    schema: &Schema,
    target: &str,
    options: &Options,
    form: &Form,
) -> Result<Compiled, Vec<Diagnostic>> {
    let target = emit::named(target).map_err(|unknown| vec![unknown])?;
    let parsed = crate::parse_with(text, &options.limits);
    let checked = crate::check(&parsed, schema, options);
    let mut found = checked.diagnostics;
    let Some(query) = checked.query else { return Err(found) };
    match target.emit(&query, form) {
        Ok(emitted) => {
            found.extend(emitted.warnings);
            Ok(Compiled { output: emitted.output, warnings: found })
        }
        Err(errors) => {
            found.extend(errors);
            found.sort_by_key(|diagnostic| diagnostic.span.start);
            Err(found)
        }
    }
}
