//! The sets of next bytes that the written code asks for. Bytes that no set tells apart are of one
//! kind, so a set is a number with a bit for each kind, and a test is one look at a table.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::next::{END, Next};

/// The sets that were asked for, in that order.
#[derive(Default)]
pub(crate) struct Sets(Vec<Next>);

impl Sets {
    /// The name of a set in the written code.
    pub(crate) fn name(&mut self, set: Next) -> String {
        let known = self.0.iter().position(|known| *known == set);
        let place = known.unwrap_or_else(|| {
            self.0.push(set);
            self.0.len() - 1
        });
        format!("S{place}")
    }

    /// The table of kinds and a constant for each set; an error when there are too many kinds.
    pub(crate) fn written(&self) -> Result<String, String> {
        let mut kinds: HashMap<Vec<bool>, usize> = HashMap::new();
        let mut kind_of = Vec::with_capacity(END + 1);
        for next in 0..=END {
            let signature: Vec<bool> = self.0.iter().map(|set| set.has(next)).collect();
            let count = kinds.len();
            kind_of.push(*kinds.entry(signature).or_insert(count));
        }
        let width = [64, 128].into_iter().find(|width| kinds.len() <= *width);
        let Some(width) = width else {
            return Err(format!(
                "the grammar tells {} kinds of bytes apart, and 128 at most can be",
                kinds.len()
            ));
        };
        let mut out = format!("/// A set of kinds of bytes.\ntype Kinds = u{width};\n\n");
        let end = kind_of.pop().unwrap_or_default();
        out.push_str("/// The kind of each byte: those of one kind are not told apart.\nstatic KINDS: [u8; 256] = [\n");
        for row in kind_of.chunks(16) {
            let row: Vec<String> = row.iter().map(usize::to_string).collect();
            writeln!(out, "    {},", row.join(", ")).unwrap_or_default();
        }
        write!(out, "];\n\n/// The kind of the end.\nconst END: Kinds = 1 << {end};\n\n")
            .unwrap_or_default();
        kind_of.push(end);
        for (place, set) in self.0.iter().enumerate() {
            let mask = set.members().filter_map(|next| kind_of.get(next));
            let mask = mask.fold(0_u128, |mask, kind| mask | 1 << kind);
            writeln!(out, "/// {}\nconst S{place}: Kinds = {mask:#x};", described(set))
                .unwrap_or_default();
        }
        Ok(out)
    }
}

/// The members of a set for a reader, runs in short.
fn described(set: &Next) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for next in set.members() {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == next && next < END => *last = next,
            _ => runs.push((next, next)),
        }
    }
    let run = |(first, last): &(usize, usize)| match last - first {
        0 => shown(*first),
        1 => format!("{} {}", shown(*first), shown(*last)),
        _ => format!("{}..{}", shown(*first), shown(*last)),
    };
    let runs: Vec<String> = runs.iter().map(run).collect();
    if runs.is_empty() { "nothing".to_owned() } else { runs.join(" ") }
}

fn shown(next: usize) -> String {
    match u8::try_from(next) {
        Ok(byte) if byte.is_ascii_graphic() => format!("`{}`", char::from(byte)),
        Ok(byte) => format!("{byte:02X}"),
        Err(_) => "end".to_owned(),
    }
}
