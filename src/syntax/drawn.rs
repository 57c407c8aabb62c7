//! Texts for tests, drawn from conditions that are right and wrong, and changes of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

/// Numbers that look like chance and are the same each time.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn one(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }

    /// A text of several conditions, some of which are wrong.
    pub(crate) fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..2 + self.below(9) {
            text += if self.below(3) == 0 { self.one(CONDITIONS) } else { "service = Box" };
            text += if self.below(3) == 0 { self.one(JOINTS) } else { " and " };
        }
        text + "ip.category = Risky"
    }

    /// A text with another one somewhere in place of some characters.
    pub(crate) fn changed(&mut self, text: &str) -> String {
        let places: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let from = self.below(places.len());
        let to = (from + self.below(4) * self.below(6)).min(places.len() - 1);
        let mut changed = text.to_owned();
        let put = if self.below(4) == 0 { self.one(CONDITIONS) } else { self.one(PUTS) };
        changed.replace_range(places[from]..places[to], put);
        changed
    }
}

const CONDITIONS: &[&str] = &[
    "service = Box",
    "ip.categry = Risky",
    "ip.category = Rissky",
    "date",
    "nonsense",
    "date >=",
    "date between 2026-10-01 and 2026-10-08",
    "date between 2026-10-01",
    "not service = Box",
    "(service = Box or date > now-7d)",
    "(ip.category in (Risky, VPN) and service = \"a b\")",
    "not (a = 1 or date < 2026-10-01)",
    "ip.category in (Risky, VPN",
    "service = Box)",
    "(service = 1",
    "user.username = 'o neil'",
    "user.username = \"open",
    "user.username = it's",
    "x = 1 y = 2",
    "@name",
    "\"free text\"",
    "!service = Box",
    "service == Box",
    "service = and",
    "date = 2026-13-01",
    "",
    "service = Box # said (here\n",
    "service = \"#\" # don't\n",
    "limit 5",
    "~~ what \"a\"",
    "service = [1, 2]",
    "service = Box order by date",
    "ip.category = {a: 1}",
    "let a = 3",
    "user.username = \"a\\\"b\"",
];
const JOINTS: &[&str] = &[
    " and ",
    " or ",
    " && ",
    "||",
    " and and ",
    " ",
    "\n",
    " and\n",
    ") and (",
    " and not ",
    ", ",
    " and (",
    ") or ",
];
const PUTS: &[&str] = &[
    "",
    " ",
    "x",
    "=",
    " = 1",
    "and ",
    " or ",
    "(",
    ")",
    "\"",
    "'",
    "#",
    "\n",
    "not ",
    "between ",
    "Box",
    ",",
    "in (",
    "\\",
    "date > now-7d",
    " and service = Box",
    "limit 3",
    "order by date",
    "[",
    "}",
    "let b = ",
    "@",
    ";",
    "\u{feff}",
    "ü",
];
