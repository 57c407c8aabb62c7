//! The text of the written code: conditions in Rust, laid out so that lines stay short.

/// A condition in Rust.
pub(crate) enum Code {
    /// Written as it is.
    Plain(String),
    /// Joined by `&&` or `||`.
    Joined(&'static str, Vec<Code>),
    /// Between two texts.
    Within(String, Box<Code>, &'static str),
}

/// The columns that a line may have.
const COLUMNS: usize = 100;

impl Code {
    pub(crate) fn plain(text: impl Into<String>) -> Code {
        Code::Plain(text.into())
    }

    pub(crate) fn within(before: impl Into<String>, inner: Code, after: &'static str) -> Code {
        Code::Within(before.into(), Box::new(inner), after)
    }

    /// All of these hold (`&&`), or one of them does (`||`); a single one stands alone.
    pub(crate) fn joined(by: &'static str, parts: Vec<Code>) -> Code {
        let idle = if by == "&&" { "true" } else { "false" };
        let mut all = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Code::Joined(inner, parts) if inner == by => all.extend(parts),
                Code::Plain(text) if text == idle => {}
                other => all.push(other),
            }
        }
        match all.pop() {
            None => Code::plain(idle),
            Some(last) if all.is_empty() => last,
            Some(last) => {
                all.push(last);
                Code::Joined(by, all)
            }
        }
    }

    pub(crate) fn and(self, next: Code) -> Code {
        Code::joined("&&", vec![self, next])
    }

    pub(crate) fn or(self, next: Code) -> Code {
        Code::joined("||", vec![self, next])
    }

    /// The code on a line that is indented by so much and has so much before it already.
    pub(crate) fn text(&self, margin: usize, before: usize) -> String {
        let flat = self.flat();
        if margin + before + flat.len() <= COLUMNS {
            return flat;
        }
        let (outer, inner) = (" ".repeat(margin), " ".repeat(margin + 4));
        match self {
            Code::Plain(text) => text.clone(),
            Code::Joined(by, parts) => {
                let lines: Vec<String> =
                    parts.iter().map(|part| part.text(margin + 4, 3)).collect();
                format!("(\n{inner}{}\n{outer})", lines.join(&format!("\n{inner}{by} ")))
            }
            Code::Within(opening, body, closing) => {
                let body = body.text(margin + 4, 0);
                format!("{}\n{inner}{body}\n{outer}{}", opening.trim_end(), closing.trim_start())
            }
        }
    }

    fn flat(&self) -> String {
        match self {
            Code::Plain(text) => text.clone(),
            Code::Joined(by, parts) => {
                let parts: Vec<String> = parts.iter().map(Code::flat).collect();
                format!("({})", parts.join(&format!(" {by} ")))
            }
            Code::Within(before, inner, after) => format!("{before}{}{after}", inner.flat()),
        }
    }
}
