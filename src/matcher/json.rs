//! Records that are parsed already: `serde_json::Value`.

use std::borrow::Cow;

use super::record::{Json, Record};

impl<'r> Record<'r> for &'r serde_json::Value {
    fn json(self) -> Json<'r> {
        match self {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(value) => Json::Bool(*value),
            serde_json::Value::Number(number) => super::json_number(number),
            serde_json::Value::String(text) => Json::Text(Cow::Borrowed(text)),
            serde_json::Value::Array(_) => Json::List,
            serde_json::Value::Object(_) => Json::Object,
        }
    }

    fn member(self, name: &str) -> Option<Self> {
        self.as_object()?.get(name)
    }

    fn any_element(self, test: &mut dyn FnMut(Self) -> bool) -> bool {
        self.as_array().is_some_and(|elements| elements.iter().any(test))
    }
}
