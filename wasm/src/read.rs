//! Requests: each member is taken once, and what is left over is an error.

use serde_json::{Map, Value as Json};

use crate::fault::Fault;

/// The members of a request.
pub(crate) struct Args {
    members: Map<String, Json>,
    taken: Vec<String>,
}

/// A type that a member can have.
pub(crate) trait Read: Sized {
    /// What it is, in an error.
    const WHAT: &'static str;
    /// `None` when it is another type. Of a member that is missing or null, `Json::Null`.
    fn read(json: Json) -> Option<Self>;
}

impl Args {
    pub(crate) fn new(request: Json) -> Result<Self, Fault> {
        match request {
            Json::Object(members) => Ok(Args { members, taken: Vec::new() }),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => {
                Err(Fault::request("an object is needed"))
            }
        }
    }

    pub(crate) fn take<T: Read>(&mut self, name: &str) -> Result<T, Fault> {
        let json = self.members.get_mut(name).map(std::mem::take).unwrap_or_default();
        self.taken.push(name.to_owned());
        T::read(json).ok_or_else(|| another_type(name, T::WHAT))
    }

    /// True when the member is there and not taken yet, be it null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name) && self.taken.iter().all(|taken| taken != name)
    }

    pub(crate) fn done(self) -> Result<(), Fault> {
        match self.members.keys().find(|name| !self.taken.contains(name)) {
            None => Ok(()),
            Some(name) => Err(Fault::request(format!("`{name}` is no member of this request"))),
        }
    }
}

fn another_type(name: &str, what: &str) -> Fault {
    Fault::request(format!("`{name}` has to be {what}"))
}

impl Read for Json {
    const WHAT: &'static str = "anything";
    fn read(json: Json) -> Option<Self> {
        Some(json)
    }
}

impl Read for String {
    const WHAT: &'static str = "a text";
    fn read(json: Json) -> Option<Self> {
        if let Json::String(text) = json { Some(text) } else { None }
    }
}

impl Read for bool {
    const WHAT: &'static str = "true or false";
    fn read(json: Json) -> Option<Self> {
        json.as_bool()
    }
}

impl Read for i64 {
    const WHAT: &'static str = "a whole number";
    fn read(json: Json) -> Option<Self> {
        json.as_i64()
    }
}

impl Read for u32 {
    const WHAT: &'static str = "a whole number from 0";
    fn read(json: Json) -> Option<Self> {
        json.as_u64()?.try_into().ok()
    }
}

impl Read for Args {
    const WHAT: &'static str = "an object";
    fn read(json: Json) -> Option<Self> {
        Args::new(json).ok()
    }
}

impl<T: Read> Read for Vec<T> {
    const WHAT: &'static str = "a list";
    fn read(json: Json) -> Option<Self> {
        if let Json::Array(items) = json { items.into_iter().map(T::read).collect() } else { None }
    }
}

impl<T: Read> Read for Option<T> {
    const WHAT: &'static str = T::WHAT;
    fn read(json: Json) -> Option<Self> {
        if json.is_null() { Some(None) } else { T::read(json).map(Some) }
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    const WHAT: &'static str = "a pair";
    fn read(json: Json) -> Option<Self> {
        let Json::Array(items) = json else { return None };
        let [a, b] = <[Json; 2]>::try_from(items).ok()?;
        Some((A::read(a)?, B::read(b)?))
    }
}
