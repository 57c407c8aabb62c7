//! The address in a line: mail, chat and pages put marks and text around it.

use super::json::Text;

/// An address without what stands around it.
pub(super) struct Address {
    pub(super) text: Text,
    /// The text before and behind it, where there are letters or digits in it.
    pub(super) around: Vec<Text>,
}

/// True for a full address with parameters, as a value of another address holds it.
pub(super) fn is_address(text: &str) -> bool {
    let full = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    full && text.contains('?')
}

/// Finds the address of a line; without one with a scheme, all of the line is taken for it.
pub(super) fn find(text: &Text) -> Address {
    let value = &text.value;
    let Some(mark) = value.find("://") else {
        return Address { text: unwrapped(text.trimmed(is_before)), around: Vec::new() };
    };
    let head = value.get(..mark).unwrap_or_default();
    let scheme = head.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let start = scheme.len();
    let rest = value.get(start..).unwrap_or_default();
    let closing: &[char] = match scheme.chars().next_back() {
        Some('<') => &['>', '|'],
        Some('[') => &[']'],
        Some('"') => &['"'],
        Some('\'') => &['\''],
        Some('“' | '„') => &['”', '“'],
        _ => &[],
    };
    // JSON in an address may hold blanks; then it goes up to the end of the line.
    let blank = if rest.contains('{') { None } else { rest.find(char::is_whitespace) };
    let closed = rest.find(closing).filter(|_| !closing.is_empty());
    let end = start + blank.into_iter().chain(closed).min().unwrap_or(rest.len());
    let parts = [text.part(0, start), text.part(end, value.len())];
    let address = unwrapped(text.part(start, end));
    // A link often shows the address that it leads to.
    let says = |part: &Text| part.value.replace(&address.value, "").contains(char::is_alphanumeric);
    let around = parts.into_iter().filter(says).collect();
    Address { text: address, around }
}

fn is_before(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '"' | '\'' | '“' | '„' | '‘' | '«' | '`' | '*')
}

fn is_behind(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '.' | '>'
                | '"'
                | '\''
                | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '”'
                | '“'
                | '’'
                | '»'
                | '`'
                | '*'
        )
}

/// Takes off the marks behind an address, and closing brackets that are nowhere opened.
fn unwrapped(text: Text) -> Text {
    let mut kept = text.value.as_str();
    loop {
        let shorter = kept.trim_end_matches(is_behind);
        let surplus = |open: char, close: char| {
            shorter.ends_with(close)
                && shorter.matches(close).count() > shorter.matches(open).count()
        };
        let bracket = surplus('(', ')') || surplus('[', ']') || surplus('{', '}');
        let shorter =
            if bracket { shorter.get(..shorter.len() - 1).unwrap_or_default() } else { shorter };
        if shorter.len() == kept.len() {
            break;
        }
        kept = shorter;
    }
    let end = kept.len();
    text.part(0, end)
}
