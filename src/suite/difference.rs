//! Where two texts differ, line by line.

/// The lines that differ, `- ` before those of the first and `+ ` before those of the second;
/// `None` when the texts are the same but for how their lines end.
///
/// ```
/// let found = tamis::suite::difference("a\nb\nc\n", "a\nB\nc\n").unwrap();
/// assert_eq!(found, "@ line 2\n- b\n+ B\n");
/// ```
#[must_use]
pub fn difference(stored: &str, made: &str) -> Option<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (stored.lines().collect(), made.lines().collect());
    if old == new {
        return None;
    }
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - before;
    let pairs = old.iter().rev().zip(new.iter().rev());
    let after = pairs.take(most).take_while(|(a, b)| a == b).count();
    let between = |lines: &[&str], sign: &str| {
        let count = lines.len() - before - after;
        let lines = lines.iter().skip(before).take(count);
        lines.map(|line| format!("{sign} {line}\n")).collect::<String>()
    };
    Some(format!("@ line {}\n{}{}", before + 1, between(&old, "-"), between(&new, "+")))
}
