//! Answers that are errors.

use tamis::Diagnostic;

use crate::say::{Say, members};
use crate::shapes::Problem;
use crate::show;
use crate::units::Units;

/// Why a request is not answered.
#[derive(Debug)]
pub(crate) struct Fault {
    code: &'static str,
    message: String,
    problems: Option<Vec<Problem>>,
}

impl Say for Fault {
    fn say(&self, out: &mut Vec<u8>) {
        let mut values: Vec<&dyn Say> = vec![&self.code, &self.message];
        if let Some(problems) = &self.problems {
            values.push(problems);
        }
        members(out, "code message problems", &values);
    }
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
