//! Comments, blanks and marks between the parts of JSON and between whole values.

/// What was skipped at the beginning of a text.
#[derive(Clone, Copy, Default)]
pub(super) struct Skipped {
    /// How many bytes.
    pub(super) length: usize,
    /// True when there is more in it than plain blanks.
    pub(super) says: bool,
    /// The rule of strict JSON that was broken.
    pub(super) why: &'static str,
}

pub(super) const NO_COMMENTS: &str = "JSON has no comments";
const PLAIN_BLANKS: &str = "only plain spaces and line breaks stand between the parts";
const BETWEEN: &str = "nothing stands between whole values";

impl Skipped {
    fn go(&mut self, length: usize, why: Option<&'static str>) {
        self.length += length;
        if let Some(why) = why {
            self.says = true;
            self.why = why;
        }
    }
}

/// Skips blanks and comments within a value. A comment that is never closed is not skipped.
pub(super) fn skip(text: &str) -> Skipped {
    let mut skipped = Skipped::default();
    while let Some((length, why)) = blank(rest(text, skipped)).or(comment(rest(text, skipped))) {
        skipped.go(length, why);
    }
    skipped
}

/// Skips what stands before the next whole value or address. What would end the text is not
/// skipped unless a value came before: then it has to be read, and is refused.
pub(super) fn between(text: &str, after_value: bool) -> Skipped {
    let mut skipped = Skipped::default();
    let mut plain = Skipped::default();
    loop {
        let rest = rest(text, skipped);
        let found = blank(rest).or_else(|| fence(rest)).or_else(|| {
            let divides = after_value && rest.starts_with([',', ';']);
            divides.then_some((1, Some(BETWEEN)))
        });
        let line = rest.lines().next().unwrap_or_default();
        let found = found.or_else(|| comment(rest).filter(|_| !holds_condition(line)));
        let Some((length, why)) = found else { break };
        skipped.go(length, why);
        if !skipped.says {
            plain = skipped;
        }
    }
    if after_value || !rest(text, skipped).is_empty() { skipped } else { plain }
}

fn rest(text: &str, skipped: Skipped) -> &str {
    text.get(skipped.length..).unwrap_or_default()
}

type Length = (usize, Option<&'static str>);

fn blank(rest: &str) -> Option<Length> {
    let c = rest.chars().next()?;
    let hidden = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}');
    match c {
        ' ' | '\t' | '\r' | '\n' | '\u{feff}' => Some((c.len_utf8(), None)),
        _ if c.is_whitespace() || hidden => Some((c.len_utf8(), Some(PLAIN_BLANKS))),
        _ => None,
    }
}

fn comment(rest: &str) -> Option<Length> {
    let length = if rest.starts_with('#') || rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else {
        rest.strip_prefix("/*")?.find("*/")? + 4
    };
    Some((length, Some(NO_COMMENTS)))
}

/// The line that begins or ends a block of code.
fn fence(rest: &str) -> Option<Length> {
    rest.starts_with("```").then(|| (rest.find('\n').unwrap_or(rest.len()), Some(BETWEEN)))
}

/// True for a text with an operator of an address in it, `eq(`.
pub(super) fn holds_operator(text: &str) -> bool {
    let mut opened = text.match_indices('(').filter_map(|(place, _)| text.get(..place));
    opened.any(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

/// True for a text with a condition of an address in it, `name=eq(`, or a parameter.
pub(super) fn holds_condition(text: &str) -> bool {
    let mut signs = text.match_indices('=').map(|(place, _)| place + 1);
    let called = signs.any(|from| {
        let rest = text.get(from..).unwrap_or_default();
        let word = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
        word > 0 && rest.get(word..).is_some_and(|rest| rest.starts_with('('))
    });
    called || text.split_once('?').is_some_and(|(_, query)| query.contains('='))
}
