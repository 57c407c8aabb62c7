//! "Did you mean": the nearest of a list of names, within a bound that grows with the length.

/// Names further from what was typed than a third of its length (at least one edit) are no help.
fn bound(text: &str) -> usize {
    (text.chars().count() / 3).max(1)
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// The nearest names, best first, at most three.
pub(crate) fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    nearest_of(typed, &mut names.into_iter())
}

/// Not generic: each list of names would have a copy of its own, which a browser has to load.
fn nearest_of<'n>(typed: &str, names: &mut dyn Iterator<Item = &'n str>) -> Vec<&'n str> {
    if typed.len() > 200 {
        return Vec::new();
    }
    let wanted = folded(typed);
    let (most, length) = (bound(&wanted), wanted.chars().count());
    let distance = |name: &'n str| {
        let name_folded = folded(name);
        let last_part = name_folded.rsplit('.').next() == Some(wanted.as_str());
        // Each edit changes the length by one character at most.
        let near = name_folded.chars().count().abs_diff(length) <= most;
        let edits = if near { strsim::osa_distance(&wanted, &name_folded) } else { usize::MAX };
        (if last_part { 0 } else { edits }, name)
    };
    let mut near: Vec<_> = names.map(distance).filter(|(edits, _)| *edits <= most).collect();
    near.sort_by_key(|(edits, _)| *edits);
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// The names most like one that is meant as it stands, best first, at most three. However far they
/// are the best there is comes first; others follow while they are nearly as like.
pub(crate) fn most_alike<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    most_alike_of(name, &mut names.into_iter())
}

fn most_alike_of<'n>(name: &str, names: &mut dyn Iterator<Item = &'n str>) -> Vec<&'n str> {
    const NEARLY: f64 = 0.85;
    let wanted = folded(name);
    let mut all: Vec<(f64, &str)> =
        names.map(|other| (strsim::jaro_winkler(&wanted, &folded(other)), other)).collect();
    all.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let least = all.first().map_or(0.0, |(best, _)| best * NEARLY);
    let near = all.into_iter().take(3).filter(|(likeness, _)| *likeness >= least);
    near.map(|(_, name)| name).collect()
}

/// `a`, `b` or `c`, cut short with a count when there are many.
pub(crate) fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    one_of_all(&mut names.into_iter())
}

fn one_of_all(names: &mut dyn Iterator<Item = &str>) -> String {
    const MOST: usize = 12;
    let all: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if all.len() > MOST {
        let shown = all.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        return format!("{shown} … ({} in all)", all.len());
    }
    match all.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
