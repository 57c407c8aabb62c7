//! Answers that are errors.

use serde::Serialize;
use tamis::Diagnostic;

use crate::shapes::Problem;
use crate::show;
use crate::units::Units;

/// Why a request is not answered.
#[derive(Debug, Serialize)]
pub(crate) struct Fault {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    problems: Option<Vec<Problem>>,
}

impl Fault {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Fault { code, message: message.into(), problems: None }
    }

    pub(crate) fn request(message: impl Into<String>) -> Self {
        Fault::new("request", message)
    }

    pub(crate) fn method(name: &str) -> Self {
        Fault::new("method", format!("there is no method `{name}` in this module"))
    }

    /// What is wrong with a text.
    pub(crate) fn problems(code: &'static str, found: &[Diagnostic], units: &Units) -> Self {
        let message = found.first().map_or_else(String::new, |first| first.message.clone());
        let problems = found.iter().map(|found| show::problem(found, false, units)).collect();
        Fault { code, message, problems: Some(problems) }
    }
}
