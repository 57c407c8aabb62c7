//! Finds the filter tables of a page and cuts them into rows, in each of the forms in which such
//! tables get about: markdown, cells parted by tabs, and plain text with one row a line.

use std::ops::Range;

use super::cells::Cell;
use super::{is_operator, shown, type_named, values};
use crate::diag::{Diagnostic, messages, wording};
use crate::span::Span;

/// Most lines of running text that are read as more of one row's description.
const MOST_LINES: usize = 20;

/// What a line should look like.
const ROW: &str = "a row is a name, a type, operators with commas and a description";

/// One row of a table, cut into its cells.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: Cell,
    pub(super) kind: Cell,
    pub(super) operators: Cell,
    pub(super) description: Cell,
}

/// What was found in a page.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) rows: Vec<Row>,
    /// The heading lines.
    pub(super) headings: Vec<Span>,
    pub(super) problems: Vec<Diagnostic>,
}

/// How the cells of a table are parted.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Pipes(Columns),
    Tabs(Columns),
    Words,
}

/// Which cell of a line holds what.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Columns {
    name: usize,
    kind: usize,
    operators: usize,
    description: usize,
    count: usize,
}

/// A line of the page.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
}

impl Tables {
    /// All filter tables of a page, in its order.
    pub(super) fn of(text: &str) -> Tables {
        let mut found = Tables::default();
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let place = start;
            start += line.len();
            Line { text: line.trim_end_matches(['\n', '\r']), start: place }
        });
        let lines: Vec<Line<'_>> = lines.collect();
        let mut rest = lines.as_slice();
        while let Some((line, after)) = rest.split_first() {
            let body = after.split(|line| Form::of(*line).is_some()).next().unwrap_or_default();
            if let Some(form) = Form::of(*line) {
                found.heading(*line, &form);
                found.body(body, &form);
            }
            rest = after.get(body.len()..).unwrap_or_default();
        }
        found
    }

    fn heading(&mut self, line: Line<'_>, form: &Form) {
        let place = Cell::plain(line.text, line.start).span();
        if let Some(first) = self.headings.first() {
            let message = "the page holds a further filter table, whose rows were added".to_owned();
            let warning = messages::table_open(
                place,
                message,
                "import the tables one by one if they belong to different schemas",
            );
            self.problems.push(warning.label(*first, wording::the_first_table()));
        }
        self.headings.push(place);
        let wanted: &[usize] = match form {
            Form::Pipes(columns) | Form::Tabs(columns) => &columns.places(),
            Form::Words => return,
        };
        for (place, cell) in form.cells(line).iter().enumerate() {
            if !wanted.contains(&place) && !cell.text().is_empty() {
                let message = format!("the column {} was left out", shown(cell.text()));
                let help = "a schema takes name, type, operators and description from the table";
                self.problems.push(messages::table_open(cell.span(), message, help));
            }
        }
    }

    fn body(&mut self, lines: &[Line<'_>], form: &Form) {
        match form {
            Form::Pipes(columns) => {
                let ruled = lines.first().is_some_and(|line| is_rule(*line));
                for line in lines.iter().skip(usize::from(ruled)) {
                    if !has_pipe(line.text) {
                        break;
                    }
                    self.cut(form.cells(*line), columns);
                }
            }
            Form::Tabs(columns) => self.lines(lines, |tables, line| {
                let is_row = line.text.matches('\t').count() >= 2;
                if is_row {
                    tables.cut(form.cells(line), columns);
                }
                is_row
            }),
            Form::Words => self.lines(lines, |tables, line| {
                let row = words_row(&Cell::plain(line.text, line.start));
                let is_row = row.is_some();
                tables.rows.extend(row);
                is_row
            }),
        }
    }

    /// A row whose cells are told apart by their places.
    fn cut(&mut self, cells: Vec<Cell>, columns: &Columns) {
        for cell in cells.iter().skip(columns.count).filter(|cell| !cell.text().is_empty()) {
            let message =
                format!("{} stands in a cell too many and was left out", shown(cell.text()));
            let help = "a `|` within a cell is written `\\|`";
            self.problems.push(messages::table_open(cell.span(), message, help));
        }
        let end = cells.last().map_or(0, |cell| cell.span().end as usize);
        let cell = |place: usize| cells.get(place).cloned().unwrap_or_else(|| Cell::at(end));
        if cells.iter().any(|cell| !cell.text().is_empty()) {
            self.rows.push(Row {
                name: cell(columns.name),
                kind: cell(columns.kind),
                operators: cell(columns.operators),
                description: cell(columns.description),
            });
        }
    }

    /// Reads rows of one line each. What stands on lines of its own below a row belongs to its
    /// description: a list of values, or the rest of a sentence.
    fn lines(&mut self, lines: &[Line<'_>], mut row: impl FnMut(&mut Tables, Line<'_>) -> bool) {
        let before = self.rows.len();
        let mut strays: Vec<Cell> = Vec::new();
        let mut below = Below::default();
        for line in lines {
            let cell = Cell::plain(line.text, line.start);
            if cell.text().is_empty() {
                below.blank = true;
                continue;
            }
            if row(self, *line) {
                strays.drain(..).for_each(|stray| self.stray(&stray));
                below = Below::default();
                continue;
            }
            let last = self.rows.get_mut(before..).and_then(<[Row]>::last_mut);
            match last.filter(|_| strays.is_empty()) {
                Some(last) if below.takes_entry(last, &cell) => last.description.join('\n', &cell),
                Some(last) if below.takes_more() => {
                    last.description.join(if below.listed { '\n' } else { ' ' }, &cell);
                    let name = shown(last.name.text());
                    let message = format!(
                        "this line is not a row and was read as more of the description of {name}"
                    );
                    self.problems.push(messages::table_open(cell.span(), message, ROW));
                }
                Some(_) | None => strays.push(cell),
            }
        }
    }

    /// A line between rows that is none. Lines behind the last row belong to the page instead.
    fn stray(&mut self, line: &Cell) {
        let message =
            format!("the line {} is not a row of the table and was left out", shown(line.text()));
        self.problems.push(messages::table_open(line.span(), message, ROW));
    }
}

/// What has been seen below a row.
#[derive(Default)]
struct Below {
    /// Whether the last line was blank.
    blank: bool,
    /// Whether a value of a list was.
    listed: bool,
    /// Whether the row's description announces a list, once that is known.
    announced: bool,
    /// How many lines of running text.
    more: usize,
}

impl Below {
    /// Whether the line is a value of the list that the row announces. A blank line ends the list.
    fn takes_entry(&mut self, row: &Row, line: &Cell) -> bool {
        let ended = self.blank && self.listed;
        self.announced = self.announced || values::announced(row.description.text()).is_some();
        let takes = self.announced && !ended && values::is_entry(line.text());
        if takes {
            (self.blank, self.listed) = (false, true);
        }
        takes
    }

    /// Whether the line is running text that goes on from the line above.
    fn takes_more(&mut self) -> bool {
        self.more += 1;
        !self.blank && self.more <= MOST_LINES
    }
}

impl Form {
    /// The form of the table that the line is the heading of.
    fn of(line: Line<'_>) -> Option<Form> {
        // Only a short line that names the columns can be one; most lines end here.
        if line.text.len() > 1000 || !line.text.to_ascii_lowercase().contains("filter") {
            return None;
        }
        let pipes = || Columns::of(&pipe_cells(line)).map(Form::Pipes);
        let tabs = || Columns::of(&tab_cells(line)).map(Form::Tabs);
        let words = || {
            let named = Columns::of(&word_cells(line))?;
            let in_order = named.places() == [0, 1, 2, 3] && named.count == 4;
            in_order.then_some(Form::Words)
        };
        if has_pipe(line.text) { pipes() } else { tabs().or_else(words) }
    }

    fn cells(&self, line: Line<'_>) -> Vec<Cell> {
        match self {
            Form::Pipes(_) => pipe_cells(line),
            Form::Tabs(_) => tab_cells(line),
            Form::Words => word_cells(line),
        }
    }
}

impl Columns {
    /// Finds the columns by their headings, in any order and case.
    fn of(cells: &[Cell]) -> Option<Columns> {
        let column = |names: &[&str]| {
            let mut texts = cells.iter().map(Cell::text);
            texts.position(|text| names.iter().any(|name| text.eq_ignore_ascii_case(name)))
        };
        Some(Columns {
            name: column(&["filter", "filters"])?,
            kind: column(&["type", "types"])?,
            operators: column(&["operators", "operator"])?,
            description: column(&["description", "descriptions"])?,
            count: cells.len(),
        })
    }

    fn places(&self) -> [usize; 4] {
        [self.name, self.kind, self.operators, self.description]
    }
}

/// The text between the pipes, without those at the edges.
fn pipe_cells(line: Line<'_>) -> Vec<Cell> {
    let inner = line.text.trim_start_matches([' ', '\t', '>']);
    let inner = inner.strip_prefix('|').unwrap_or(inner);
    let base = line.start + (line.text.len() - inner.len());
    let inner = inner.trim_end();
    let mut cells = Vec::new();
    let mut start = 0;
    for end in pipes(inner).chain([inner.len()]) {
        if let Some(text) =
            inner.get(start..end).filter(|text| end < inner.len() || !text.is_empty())
        {
            cells.push(Cell::markdown(text, base + start));
        }
        start = end + 1;
    }
    cells
}

fn tab_cells(line: Line<'_>) -> Vec<Cell> {
    parted(line, |c| c == '\t')
}

fn word_cells(line: Line<'_>) -> Vec<Cell> {
    let mut cells = parted(line, char::is_whitespace);
    cells.retain(|cell| !cell.text().is_empty());
    cells
}

fn parted(line: Line<'_>, is_edge: impl Fn(char) -> bool) -> Vec<Cell> {
    let mut start = line.start;
    let cell = |text: &str| {
        let base = start;
        start += text.len();
        Cell::plain(text, base)
    };
    line.text.split_inclusive(is_edge).map(cell).collect()
}

/// Places of the pipes that part cells: those without a `\` before them.
fn pipes(text: &str) -> impl Iterator<Item = usize> + '_ {
    let escaped = |place: usize| text.get(..place).is_some_and(|before| before.ends_with('\\'));
    text.match_indices('|').map(|(place, _)| place).filter(move |place| !escaped(*place))
}

fn has_pipe(text: &str) -> bool {
    pipes(text).next().is_some()
}

/// The line between heading and rows: `| --- | :-: |`.
fn is_rule(line: Line<'_>) -> bool {
    line.text.contains('-')
        && line.text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '>'))
}

/// A row of a flattened table: `actionType string Contains, eq Filter activities …`. Where the type
/// ends and where the operators do has to be told from the words.
fn words_row(line: &Cell) -> Option<Row> {
    let text = line.text();
    let words = words(text);
    let word = |place: usize| {
        words.get(place).and_then(|range| text.get(range.clone())).unwrap_or_default()
    };
    let first = |place: usize| word(place).split(',').next().unwrap_or_default();
    let pair = || format!("{} {}", word(1), word(2));
    if word(0).ends_with([':', ',']) || word(0).is_empty() {
        return None;
    }
    let known = match () {
        () if type_named(&pair()).is_some() => Some(2),
        () if type_named(word(1)).is_some() => Some(1),
        () => None,
    };
    let kind_words = known.or_else(|| (0..=2).find(|count| is_operator(first(1 + count))))?;
    let start = 1 + kind_words;
    let end = operators_end(start, words.len(), word);
    let named = (start..end).any(|place| word(place).split(',').any(is_operator));
    let plain = start < end && (start..end).all(|place| word(place).split(',').all(is_plain));
    // A sentence can look like a row, but a description begins with a capital letter.
    let begins = !word(end).starts_with(char::is_lowercase);
    let several = end > start + 1 || word(start).contains(',');
    let sure = if known.is_some() {
        named && (begins || several) || plain && begins
    } else {
        named && begins
    };
    if !sure {
        return None;
    }
    let range = |from: usize, to: usize| -> Range<usize> {
        let edge = |place: usize| words.get(place).map_or(text.len(), |range| range.start);
        edge(from)..edge(to)
    };
    Some(Row {
        name: line.part(range(0, 1)),
        kind: line.part(range(1, start)),
        operators: line.part(range(start, end)),
        description: line.part(range(end, words.len())),
    })
}

/// Where a list of operators ends: behind the first word that no comma follows.
fn operators_end<'t>(start: usize, count: usize, word: impl Fn(usize) -> &'t str) -> usize {
    let mut place = start;
    while place < count {
        let goes_on = word(place).ends_with(',');
        place += 1;
        let next = word(place);
        let listed = next.ends_with(',')
            || next.split(',').any(is_operator)
            || next.starts_with(|c: char| c.is_ascii_lowercase());
        if !(goes_on && listed || next.starts_with(',')) {
            break;
        }
    }
    place
}

/// True for the letters that an operator's name may have; empty between two commas.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// The words of a text, as ranges.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let ranges = text.split(' ').map(|word| {
        let range = start..start + word.len();
        start = range.end + 1;
        range
    });
    ranges.filter(|range| !range.is_empty()).collect()
}
