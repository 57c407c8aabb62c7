//! An edit changes its clause and nothing else: on any text, by a truth table that knows nothing of
//! how edits are made.

use super::{corpora, limits, options, schema};
use std::collections::{BTreeMap, BTreeSet};
use tamis::Span;
use tamis::compare::Relation;
use tamis::editor::apply;
use tamis::editor::structure::{
    Beside, Change, Connective, ItemAt, Outline, Target, change, outline,
};
use tamis::fmt;
use tamis::syntax::ast::Expr;

/// What a leaf or group counts as instead.
#[derive(Clone, Copy)]
enum Instead {
    Gone,
    Flipped,
    With(Connective),
    /// The same of a clause with a `not` of its own, which stays at the clause.
    WithNot(Connective),
    New,
    Joined(Connective),
    Same,
}

const NEW: &str = "zz = 9";

/// A truth table row: every condition is true or false by its text.
#[derive(Clone, Copy)]
struct World(u64);

impl World {
    fn says(self, condition: &str) -> bool {
        let mut hash = self.0 ^ 0x9e37_79b9_7f4a_7c15;
        for byte in condition.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        (hash >> 33) & 1 == 1
    }
}

/// The value of a formula with something in place of the node at a span; `None` when nothing is
/// left.
fn value(expr: &Expr<'_>, text: &str, world: World, at: Span, instead: Instead) -> Option<bool> {
    let here = expr.span() == at;
    match expr {
        Expr::And(parts) | Expr::Or(parts) => {
            let mut all = matches!(expr, Expr::And(_));
            if let (true, Instead::Joined(kind)) = (here, instead) {
                all = kind == Connective::And;
            }
            let values = parts.iter().filter_map(|part| value(part, text, world, at, instead));
            let whole = values.reduce(|one, other| if all { one && other } else { one || other });
            replaced(whole, here, world, instead)
        }
        Expr::Not(inner, _) => value(inner, text, world, at, instead).map(|value| !value),
        // Where a condition is missing nothing is said.
        Expr::Unreadable(place) => {
            let text = Some(place.0.of(text).trim()).filter(|text| !text.is_empty());
            replaced(text.map(|text| world.says(text)), here, world, instead)
        }
        leaf => replaced(Some(world.says(&fmt::condition(leaf))), here, world, instead),
    }
}

fn replaced(value: Option<bool>, here: bool, world: World, instead: Instead) -> Option<bool> {
    if !here {
        return value;
    }
    let new = world.says(NEW);
    match instead {
        Instead::Gone => None,
        Instead::Flipped => value.map(|value| !value),
        Instead::With(Connective::And) => Some(value.map_or(new, |value| value && new)),
        Instead::With(Connective::Or) => Some(value.map_or(new, |value| value || new)),
        Instead::WithNot(Connective::And) => value.map(|value| value || !new),
        Instead::WithNot(Connective::Or) => value.map(|value| value && !new),
        Instead::New => Some(new),
        Instead::Joined(_) | Instead::Same => value,
    }
}

/// Named filters and the query, by name.
fn bodies<'t, 's>(
    document: &'t tamis::syntax::ast::Document<'s>,
) -> BTreeMap<String, &'t Expr<'s>> {
    let filters = document.definitions.iter().enumerate();
    let filters = filters.map(|(at, row)| (format!("{at} {}", row.name.value), &row.condition));
    filters.chain(document.condition.iter().map(|query| ("query".to_owned(), query))).collect()
}

/// Fails unless the changed text says the old one with something in place of the node at a span.
fn says(old: &str, new: &str, at: Span, instead: Instead) {
    let (before, after) = (tamis::parse(old), tamis::parse(new));
    let (mut one, mut two) = (bodies(&before.document), bodies(&after.document));
    assert_eq!(before.document.tail, after.document.tail, "{old:?} -> {new:?}");
    let names: BTreeSet<String> = one.keys().chain(two.keys()).cloned().collect();
    for name in names {
        let (one, two) = (one.remove(&name), two.remove(&name));
        for seed in 0..24 {
            let world = World(seed * 7919);
            let query = name == "query";
            let whole = |value: Option<bool>| match instead {
                // Beside the whole query, even when it is empty.
                Instead::With(kind) if at == WHOLE && query => {
                    let new = world.says(NEW);
                    Some(value.map_or(new, |value| {
                        if kind == Connective::And { value && new } else { value || new }
                    }))
                }
                _ => value,
            };
            let wanted = whole(one.and_then(|one| value(one, old, world, at, instead)));
            let found = two.and_then(|two| value(two, new, world, NOWHERE, Instead::Same));
            assert_eq!(found, wanted, "{name}: {old:?} -> {new:?}");
        }
    }
    let mistakes = |text| tamis::parse(text).mistakes();
    assert!(mistakes(new) <= mistakes(old), "{old:?} -> {new:?}");
}

const NOWHERE: Span = Span { start: u32::MAX, end: u32::MAX };
const WHOLE: Span = Span { start: u32::MAX - 1, end: u32::MAX - 1 };

/// The comments of a text, sorted.
fn comments(text: &str) -> Vec<String> {
    let parsed = tamis::parse(text);
    let mut all: Vec<_> =
        parsed.document.comments.iter().map(|comment| comment.value.to_owned()).collect();
    all.sort();
    all
}

/// How often an edit was made and refused.
#[derive(Default, Debug)]
struct Count {
    made: usize,
    refused: usize,
}

fn made(text: &str, what: &Change<'_>, count: &mut Count) -> Option<String> {
    match change(text, what, &limits()) {
        Ok(edits) => {
            count.made += 1;
            Some(apply(text, &edits))
        }
        Err(_) => {
            count.refused += 1;
            None
        }
    }
}

/// Tries every edit on every clause and group of a text.
fn try_all(text: &str, count: &mut Count) {
    let outline = outline(text, &limits());
    for connective in [Connective::And, Connective::Or] {
        let add = |place| Change::Add { text: NEW, connective, place };
        if let Some(new) = made(text, &add(Beside::Query), count) {
            // A condition that was missing is no condition that stays beside the new one.
            if !fills(text, &new) {
                says(text, &new, WHOLE, Instead::With(connective));
            }
            assert_eq!(comments(text), comments(&new), "{text:?} -> {new:?}");
        }
    }
    for (place, row) in outline.clauses.iter().enumerate() {
        if row.muted {
            unmuted(text, place, row.span, count);
        } else {
            clause(text, place, row.span, count);
        }
    }
    groups(text, &outline, count);
}

/// True when a new condition took the place of one that was missing.
fn fills(old: &str, new: &str) -> bool {
    tamis::parse(new).diagnostics().len() < tamis::parse(old).diagnostics().len()
}

fn clause(text: &str, place: usize, span: Span, count: &mut Count) {
    let target = Target::Clause(place);
    if let Some(new) = made(text, &Change::Remove(target), count) {
        says(text, &new, span, Instead::Gone);
        assert_eq!(comments(text), comments(&new), "{text:?} -> {new:?}");
    }
    if let Some(new) = made(text, &Change::Negate(target), count) {
        says(text, &new, span, Instead::Flipped);
        let back = made(&new, &Change::Negate(target), count);
        let back = back.unwrap_or_else(|| panic!("not negated back: {text:?} -> {new:?}"));
        assert_eq!(back, text, "negated twice: {new:?}");
    }
    if let Some(new) = made(text, &Change::Mute(place), count) {
        says(text, &new, span, Instead::Gone);
        let blocks = outline(&new, &limits());
        let edits = change(text, &Change::Mute(place), &limits()).unwrap();
        let start = edits[0].span.start;
        let block = blocks.clauses.iter().position(|row| row.muted && row.span.start == start);
        let back = made(&new, &Change::Unmute(block.unwrap()), count);
        let back = back.unwrap_or_else(|| panic!("not unmuted: {text:?} -> {new:?}"));
        assert_eq!(back, text, "muted and unmuted: {new:?}");
    }
    if let Some(new) = made(text, &Change::Rewrite(place, NEW), count) {
        says(text, &new, span, Instead::New);
        assert_eq!(new.replacen(NEW, span.of(text), 1), text, "only its characters");
    }
    for connective in [Connective::And, Connective::Or] {
        let add = Change::Add { text: NEW, connective, place: Beside::Part(target) };
        if let Some(new) = made(text, &add, count) {
            beside(text, &new, place, span, connective);
            assert_eq!(comments(text), comments(&new), "{text:?} -> {new:?}");
        }
    }
    for later in [true, false] {
        if let Some(new) = made(text, &Change::Move { target, later }, count) {
            says(text, &new, NOWHERE, Instead::Same);
            assert_eq!(comments(text), comments(&new), "{text:?} -> {new:?}");
        }
    }
}

/// A condition joined with a clause and its own `not`: `not a and z`, never `not (a and z)`.
fn beside(old: &str, new: &str, place: usize, span: Span, connective: Connective) {
    let not = outline(old, &limits()).clauses[place].not;
    let with = if not { Instead::WithNot(connective) } else { Instead::With(connective) };
    says(old, new, span, with);
}

fn unmuted(text: &str, place: usize, span: Span, count: &mut Count) {
    let Some(new) = made(text, &Change::Unmute(place), count) else { return };
    let behind = text.len() - span.range().end;
    let within = span.range().start..new.len() - behind.min(new.len());
    let leaves = |text: &str| outline(text, &limits()).clauses;
    let more: Vec<_> = leaves(&new)
        .into_iter()
        .filter(|row| !row.muted && within.contains(&row.span.range().start))
        .collect();
    assert!(!more.is_empty(), "{text:?} -> {new:?}");
    if let [one] = more.as_slice() {
        says(&new, text, one.span, Instead::Gone);
    }
}

fn groups(text: &str, outline: &Outline, count: &mut Count) {
    for (id, group) in outline.groups.iter().enumerate() {
        let target = Target::Group(id);
        let live = |item: &&ItemAt| match item {
            ItemAt::Clause(place) => !outline.clauses[*place].muted,
            ItemAt::Group(_) | ItemAt::Unreadable(_) => true,
        };
        let several = group.items.iter().filter(live).count() > 1;
        let node = node_of(text, group.span);
        for connective in [Connective::And, Connective::Or] {
            if let Some(new) = made(text, &Change::Join(id, connective), count)
                && let (true, Some(node)) = (several, node)
            {
                says(text, &new, node, Instead::Joined(connective));
            }
            for index in [None, Some(0), Some(1)] {
                let add = Change::Add { text: NEW, connective, place: Beside::In(id, index) };
                if let Some(new) = made(text, &add, count)
                    && let (true, Some(node), false) =
                        (several && !group.not, node, fills(text, &new))
                    && group.filter.is_none()
                {
                    says(text, &new, node, Instead::With(connective));
                }
            }
        }
        if let Some(new) = made(text, &Change::Negate(target), count)
            && let (true, Some(node)) = (several, node)
        {
            says(text, &new, node, Instead::Flipped);
            if !text.contains("not(") && !text.contains("!(") {
                let back = made(&new, &Change::Negate(target), count);
                assert_eq!(back.as_deref(), Some(text), "negated twice: {new:?}");
            }
        }
        if let Some(new) = made(text, &Change::Remove(target), count)
            && let (true, Some(node)) = (several, node)
        {
            says(text, &new, node, Instead::Gone);
        }
        for later in [true, false] {
            if let Some(new) = made(text, &Change::Move { target, later }, count) {
                says(text, &new, NOWHERE, Instead::Same);
            }
        }
    }
}

/// The span of the `and` or `or` node that a group is, which leaves outer brackets out.
fn node_of(text: &str, group: Span) -> Option<Span> {
    fn find(expr: &Expr<'_>, group: Span, best: &mut Option<Span>) {
        let span = expr.span();
        let within = group.start <= span.start && span.end <= group.end;
        match expr {
            Expr::And(parts) | Expr::Or(parts) => {
                if within && best.is_none() {
                    *best = Some(span);
                }
                parts.iter().for_each(|part| find(part, group, best));
            }
            Expr::Not(inner, _) => find(inner, group, best),
            _ => {}
        }
    }
    let parsed = tamis::parse(text);
    let mut best = None;
    bodies(&parsed.document).values().for_each(|expr| find(expr, group, &mut best));
    // Two nodes of one span cannot be told apart here.
    best
}

fn is_made(text: &str, what: &Change<'_>) {
    let found = change(text, what, &limits());
    assert!(found.is_ok(), "{what:?} on {text:?}: {found:?}");
}

/// Texts of pieces in any order.
fn hostile(seed: u64) -> String {
    const PIECES: [&str; 36] = [
        "a = 1",
        "b = 2",
        "c in (3, 4)",
        "d is set",
        "\"free text\"",
        "e between 1 and 2",
        "and",
        "or",
        "and",
        "or",
        "and",
        "or",
        "not",
        "(",
        ")",
        "(",
        ")",
        "!",
        "&&",
        "||",
        "# note\n",
        "#~ and m = 5\n",
        "#~ m = 5 or\n",
        "\n",
        "let f = a = 1\n",
        "@f",
        "limit 5",
        "order by a",
        "'open",
        "x",
        "=",
        "a =",
        "ö = 🦀",
        "a != 1",
        "(b = 2 or c = 3)",
        ",",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    let mut text = String::new();
    for _ in 0..=next(11) {
        text.push_str(PIECES[next(PIECES.len())]);
        text.push_str([" ", " ", " ", "", "  "][next(5)]);
    }
    text
}

#[test]
fn an_edit_on_a_hostile_text_changes_its_clause_alone() {
    let mut count = Count::default();
    for seed in 1..6000 {
        try_all(&hostile(seed), &mut count);
    }
    assert!(count.made > 10_000 && count.refused > 1000, "{count:?}");
}

#[test]
fn an_edit_on_a_query_changes_its_clause_alone_and_is_made() {
    let mut count = Count::default();
    for case in corpora() {
        try_all(&case.text, &mut count);
        let half = case.text.floor_char_boundary(case.text.len() / 2);
        try_all(&case.text[..half], &mut count);
        if !tamis::parse(&case.text).diagnostics().is_empty() {
            continue;
        }
        let outline = outline(&case.text, &limits());
        for (place, row) in outline.clauses.iter().enumerate().filter(|(_, row)| !row.muted) {
            let target = Target::Clause(place);
            let last = outline.groups[row.group].filter.is_some()
                && outline.groups[row.group].items.len() == 1;
            if !last {
                is_made(&case.text, &Change::Remove(target));
                // A comment of several lines would end a named filter.
                if outline.groups[row.group].filter.is_none() {
                    is_made(&case.text, &Change::Mute(place));
                }
            }
            is_made(&case.text, &Change::Negate(target));
        }
    }
    assert!(count.made > 3000, "{count:?}");
}

#[test]
fn a_query_with_an_added_clause_selects_what_both_select() {
    let mut count = 0;
    for case in corpora() {
        let schema = schema(&case);
        let check = |text: &str| tamis::check(&tamis::parse(text), schema, &options()).query;
        let parsed = tamis::parse(&case.text);
        let Some(condition) = &parsed.document.condition else { continue };
        let field = schema.fields().iter().find(|field| {
            field.lists(tamis::ops::Op::Eq)
                && field.values.as_ref().is_some_and(|values| !values.named.is_empty())
        });
        let Some(field) = field.filter(|_| parsed.document.definitions.is_empty()) else {
            continue;
        };
        let Some(named) = field.values.as_ref().and_then(|values| values.named.first()) else {
            continue;
        };
        let clause = format!("{} = {}", field.name, tamis::quote::quote(&named.label));
        let add = Change::Add { text: &clause, connective: Connective::And, place: Beside::Query };
        let Some(old) = check(&case.text) else { continue };
        let new = apply(&case.text, &change(&case.text, &add, &limits()).unwrap());
        let both = format!("({}) and {clause}", fmt::condition(condition));
        let (Some(new), Some(both)) = (check(&new), check(&both)) else { continue };
        let relation = tamis::compare(&new, &both).relation;
        assert!(
            matches!(relation, Relation::Same) || new.root() == both.root(),
            "{}: {relation:?}",
            case.text
        );
        let narrower = tamis::compare(&new, &old).relation;
        assert!(
            !matches!(narrower, Relation::Wider | Relation::Overlapping | Relation::Disjoint),
            "{}: {narrower:?}",
            case.text
        );
        count += 1;
    }
    assert!(count > 60, "{count}");
}

#[test]
fn a_tangled_text_is_refused_and_one_broken_clause_is_not() {
    let add =
        Change::Add { text: "tenant = $t", connective: Connective::And, place: Beside::Query };
    let refused = |text: &str| change(text, &add, &limits()).is_err();
    assert!(refused("status = paid) or (tenant = b"));
    assert!(refused("a = 1 or (b = 2"));
    assert!(refused("a = 'x"));
    assert!(refused("a = 1 b = 2"));
    let text = "a = 1 or b = ";
    assert_eq!(
        apply(text, &change(text, &add, &limits()).unwrap()),
        "(a = 1 or b =) and tenant = $t "
    );
    let text = "a = 1 and ";
    assert_eq!(apply(text, &change(text, &add, &limits()).unwrap()), "a = 1 and tenant = $t ");
    let or =
        Change::Add { text: "b = 2 or c = 3", connective: Connective::And, place: Beside::Query };
    assert_eq!(
        apply("a = 1", &change("a = 1", &or, &limits()).unwrap()),
        "a = 1 and (b = 2 or c = 3)"
    );
    let hidden =
        Change::Add { text: "b = 2) or (c = 3", connective: Connective::And, place: Beside::Query };
    assert!(change("a = 1", &hidden, &limits()).is_err());
}
