//! Reads a request. serde_json's reader takes 10 KB more of what a browser loads: 7 for numbers, which the
//! library reads itself, and 3 for the rest.

use serde_json::{Map, Number, Value as Json};
use tamis::value::Double;

/// Lists and objects within each other.
const DEEPEST: usize = 127;

/// Reads a JSON text, or says the byte at which it is none.
pub(crate) fn read(text: &[u8]) -> Result<Json, usize> {
    let text = str::from_utf8(text).map_err(|error| error.valid_up_to())?;
    let mut reader = Reader { text, at: 0, depth: 0 };
    let read = reader.value().filter(|_| reader.rest().is_empty());
    read.ok_or(reader.at)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Takes what stands here, if it is that.
    fn take(&mut self, mark: &str) -> bool {
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len();
        }
        found
    }

    fn needed(&mut self, mark: &str) -> Option<()> {
        self.take(mark).then_some(())
    }

    /// A value, and the blanks on both sides of it.
    fn value(&mut self) -> Option<Json> {
        self.skip_blanks();
        let read = match self.rest().bytes().next()? {
            b'{' => self.object().map(Json::Object),
            b'[' => self.list().map(Json::Array),
            b'"' => self.string().map(Json::String),
            b'n' => self.needed("null").map(|()| Json::Null),
            b't' => self.needed("true").map(|()| Json::Bool(true)),
            b'f' => self.needed("false").map(|()| Json::Bool(false)),
            _ => self.number().map(Json::Number),
        };
        self.skip_blanks();
        read
    }

    fn number(&mut self) -> Option<Number> {
        let rest = self.rest();
        let stands_in_one =
            |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let text = rest.get(..rest.find(|c| !stands_in_one(c)).unwrap_or(rest.len()))?;
        let real = Double::read(text)?;
        self.at += text.len();
        let real = || Number::from_f64(real.get());
        if text == "-0" {
            return real();
        }
        let whole = text
            .parse::<i64>()
            .map(Number::from)
            .or_else(|_| text.parse::<u64>().map(Number::from));
        whole.ok().or_else(real)
    }

    /// A part of a list or an object, if one follows: `None` of text that is none, `Some(false)` at the end.
    fn follows(&mut self, end: &str, is_first: bool) -> Option<bool> {
        self.skip_blanks();
        if self.take(end) {
            return Some(false);
        }
        if !is_first {
            self.needed(",")?;
            self.skip_blanks();
        }
        Some(true)
    }

    fn enter(&mut self) -> Option<()> {
        self.at += 1;
        self.depth += 1;
        (self.depth <= DEEPEST).then_some(())
    }

    fn list(&mut self) -> Option<Vec<Json>> {
        self.enter()?;
        let mut items = Vec::new();
        while self.follows("]", items.is_empty())? {
            items.push(self.value()?);
        }
        self.depth -= 1;
        Some(items)
    }

    fn object(&mut self) -> Option<Map<String, Json>> {
        self.enter()?;
        let mut members = Map::new();
        while self.follows("}", members.is_empty())? {
            let name = self.string()?;
            self.skip_blanks();
            self.needed(":")?;
            members.insert(name, self.value()?);
        }
        self.depth -= 1;
        Some(members)
    }

    fn string(&mut self) -> Option<String> {
        self.needed("\"")?;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.find(|c: char| c < ' ' || matches!(c, '"' | '\\'))?;
            out.push_str(rest.get(..plain)?);
            self.at += plain;
            if self.take("\"") {
                return Some(out);
            }
            self.needed("\\")?;
            out.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let mark = self.rest().chars().next()?;
        self.at += mark.len_utf8();
        Some(match mark {
            '"' | '\\' | '/' => mark,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unit(),
            _ => return None,
        })
    }

    /// A character by its number, or by those of both halves of a surrogate pair.
    fn unit(&mut self) -> Option<char> {
        let mut units = vec![self.digits()?];
        if char::from_u32(u32::from(units.first().copied()?)).is_none() {
            self.needed("\\u")?;
            units.push(self.digits()?);
        }
        char::decode_utf16(units).next()?.ok()
    }

    fn digits(&mut self) -> Option<u16> {
        let digits =
            self.rest().get(..4).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))?;
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde_json::Value as Json;

    #[test]
    fn it_reads_what_serde_json_reads() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        for text in [
            r#" {"a": [1, -2.5, 1e3, "x\n\u00e9\ud83e\udd80\/", true, false, null, {}], "": {"b": []}} "#,
            r#"[0, -0, 9223372036854775807, 18446744073709551615, 18446744073709551616, -9223372036854775809]"#,
            r#"[0.1, 0.30000000000000004, 5e-324, 1.7976931348623157e308, 123456789012345678901234567890]"#,
            r#""é🦀""#,
            r#"{"a": 1, "a": 2}"#,
            &deep(127),
        ] {
            let known: Option<Json> = serde_json::from_str(text).ok();
            assert!(known.is_some(), "{text}");
            assert_eq!(read(text.as_bytes()).ok(), known, "{text}");
        }
    }

    #[test]
    fn it_refuses_what_serde_json_refuses() {
        let deep = "[".repeat(100_000);
        let deeper = "[".repeat(128) + &"]".repeat(128);
        for text in [
            "",
            " ",
            "{",
            "[1,]",
            "[1 2]",
            "[,1]",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            "{a:1}",
            "{1:2}",
            "01",
            "+1",
            ".5",
            "1.",
            "1e",
            "1e400",
            "NaN",
            "nul",
            "tru",
            "[1]x",
            r#""a"#,
            r#""\x""#,
            r#""\u12""#,
            r#""\u+123""#,
            r#""\ud83e""#,
            r#""\ud83e\n""#,
            r#""\udd80""#,
            r#""\ud83e\ud83e""#,
            "\"a\nb\"",
            "'a'",
            &deep,
            &deeper,
        ] {
            assert!(serde_json::from_str::<Json>(text).is_err(), "{text}");
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(read(b"\"a\xff\""), Err(2));
        assert_eq!(read(b"[1, x]"), Err(4));
    }
}
