//! The shapes of answers. One declaration gives the Rust type and, in the tests, the TypeScript one.

use serde_json::Value as Json;
use tamis::compare::Relation;
use tamis::diag::Severity;
use tamis::editor::complete::ItemKind;
use tamis::editor::structure::Connective;
use tamis::syntax::Kind;

use crate::say::{Say, list, members};

/// A range of UTF-16 units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place(pub(crate) [u32; 2]);

impl Say for Place {
    fn say(&self, out: &mut Vec<u8>) {
        let [start, end] = &self.0;
        list(out, &[start, end]);
    }
}

/// A token: its range and what it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token(pub(crate) u32, pub(crate) u32, pub(crate) Kind);

impl Say for Token {
    fn say(&self, out: &mut Vec<u8>) {
        list(out, &[&self.0, &self.1, &self.2]);
    }
}

/// A value of a field for JavaScript, whose numbers hold whole ones up to 2^53; a larger one is a text.
#[derive(Clone, Debug)]
pub(crate) struct Wire(pub(crate) tamis::value::Value);

impl Say for Wire {
    fn say(&self, out: &mut Vec<u8>) {
        use tamis::value::Value;
        const EXACT: u64 = (1 << 53) - 1;
        match &self.0 {
            Value::Null => out.extend_from_slice(b"null"),
            Value::Bool(flag) => flag.say(out),
            Value::Int(number) if number.unsigned_abs() <= EXACT => number.say(out),
            // It prints as JSON writes numbers.
            Value::Double(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Value::Text(text) => text.say(out),
            Value::Int(_) | Value::Decimal(_) | Value::Day(_) | Value::Key(_) => {
                self.0.to_string().say(out)
            }
        }
    }
}

/// A type with a name in TypeScript.
#[cfg(test)]
pub(crate) trait Shape {
    fn name() -> String;
}

macro_rules! named {
    ($($kind:ty = $name:expr;)*) => {
        $(#[cfg(test)] impl Shape for $kind { fn name() -> String { $name.into() } })*
    };
}

named! {
    String = "string";
    &'static str = "string";
    bool = "boolean";
    u32 = "number";
    usize = "number";
    i64 = "number";
    Json = "unknown";
    Wire = "unknown";
    Place = "Span";
    Token = "Token";
    Kind = "TokenKind";
    ItemKind = "ItemKind";
    Severity = "Severity";
    Connective = "Connective";
    Relation = "Relation";
    tamis::diag::template::Args = "Record<string, string | number | string[]>";
}

#[cfg(test)]
impl<T: Shape> Shape for Vec<T> {
    fn name() -> String {
        let inner = T::name();
        if inner.contains('|') { format!("({inner})[]") } else { format!("{inner}[]") }
    }
}

#[cfg(test)]
impl<T: Shape> Shape for Option<T> {
    fn name() -> String {
        format!("{} | null", T::name())
    }
}

macro_rules! shapes {
    ($($(#[doc = $doc:literal])* $shape:ident { $($(#[doc = $about:literal])* $member:ident: $kind:ty,)* })*) => {
        $($(#[doc = $doc])*
        #[allow(dead_code, reason = "the core module makes no use of some")]
        #[derive(Clone, Debug)]
        pub(crate) struct $shape { $($(#[doc = $about])* pub(crate) $member: $kind,)* }
        impl Say for $shape {
            fn say(&self, out: &mut Vec<u8>) {
                let names = concat!($(stringify!($member), " "),*);
                members(out, names, &[$(&self.$member),*]);
            }
        }
        #[cfg(test)]
        impl Shape for $shape {
            fn name() -> String { stringify!($shape).into() }
        })*

        /// Every shape as TypeScript.
        #[cfg(test)]
        pub(crate) fn interfaces() -> String {
            let mut out = String::new();
            $(
                out.push_str("\n");
                $(out.push_str(&format!("/**{} */\n", $doc));)*
                out.push_str(&format!("export interface {} {{\n", stringify!($shape)));
                $(
                    $(out.push_str(&format!("  /**{} */\n", $about));)*
                    out.push_str(&format!("  {}: {};\n", stringify!($member).trim_start_matches("r#"), <$kind as Shape>::name()));
                )*
                out.push_str("}\n");
            )*
            out
        }
    };
}

shapes! {
    /// A shipped schema.
    SchemaName {
        name: String,
        title: String,
    }
    /// An opened schema.
    Opened {
        /// What further requests name it by.
        handle: u32,
        name: String,
        title: String,
        description: String,
        fields: Vec<Field>,
        /// What can be sorted by.
        order: Vec<String>,
    }
    /// A field of the schema.
    Field {
        name: String,
        aliases: Vec<String>,
        r#type: String,
        /// "one", "optional" or "many".
        cardinality: String,
        operators: Vec<Operator>,
        values: Vec<Value>,
        /// True when other values than the named ones are accepted.
        open: bool,
        description: String,
        /// True of the field that a quoted text standing alone searches.
        free_text: bool,
    }
    /// An operator that a field allows.
    Operator {
        /// As the text has it, up to its operand.
        name: String,
        /// The same with `…` for an operand that words follow; `replace` takes either.
        label: String,
        /// "values", "strings", "value", "string", "ranges", "days", "length", "day" or "flag" (nothing).
        takes: String,
        /// In plain words.
        doc: String,
    }
    /// A named value.
    Value {
        label: String,
        /// The value on the wire; a whole number beyond 2^53 as text, so that it keeps its digits.
        value: Wire,
        also: Vec<String>,
    }
    /// Everything to show of a text.
    Analysis {
        tokens: Vec<Token>,
        problems: Vec<Problem>,
        completion: Option<Completion>,
        /// In the text's order, muted ones where they stand.
        clauses: Vec<Clause>,
        /// One group a named filter, then that of the query.
        tree: Vec<Group>,
        /// True without errors.
        valid: bool,
    }
    /// An error or warning.
    Problem {
        code: String,
        severity: Severity,
        message: String,
        /// The key of the message's sentence, under which translations are kept, and what fills it.
        template: &'static str,
        args: tamis::diag::template::Args,
        span: Place,
        help: Option<String>,
        labels: Vec<Label>,
        fixes: Vec<Fix>,
        /// True when the caret is at it: wait before showing it.
        typing: bool,
    }
    /// Another place that matters.
    Label {
        span: Place,
        text: String,
    }
    /// A change that mends a problem.
    Fix {
        title: String,
        span: Place,
        text: String,
        /// True when it only respells what was written; false of a guess.
        safe: bool,
    }
    /// What can stand at the caret.
    Completion {
        /// What the first item replaces.
        from: u32,
        to: u32,
        /// Values of the host can stand here.
        ask: Option<Ask>,
        items: Vec<Item>,
    }
    /// What the host may be asked for.
    Ask {
        field: String,
        operator: Option<String>,
        /// What was typed of the value, without quotes and escapes.
        prefix: String,
    }
    /// Something that can stand at the caret.
    Item {
        label: String,
        /// What to put in place of `span`.
        insert: String,
        kind: ItemKind,
        detail: String,
        doc: String,
        span: Place,
        /// Where the caret goes in the changed text.
        caret: u32,
        /// True when something has to follow: open the list again.
        more: bool,
    }
    /// A clause of the text.
    Clause {
        /// From the field to the end of the operand; of a muted one with its connective and marks.
        span: Place,
        text: String,
        /// What joins it to what stands before it in its group.
        connective: Option<Connective>,
        /// True under an odd number of its own `not`s.
        not: bool,
        /// True under an odd number of `not`s, those of groups included.
        negated: bool,
        /// True of a comment that can be a clause again.
        muted: bool,
        /// The named filter that it stands in.
        filter: Option<String>,
        field: Option<Name>,
        operator: Option<Name>,
        operand: Option<Place>,
        values: Vec<Written>,
        /// How many groups it stands in, the outermost not counted.
        depth: u32,
        /// The id of its group.
        group: u32,
        /// Its place there.
        index: u32,
        /// True when no error is about it.
        ok: bool,
        /// It in plain English, with its own `not`; null while it has errors.
        words: Option<String>,
    }
    /// A name in the text.
    Name {
        text: String,
        span: Place,
        /// As the schema or the table of operators spells it; null when unknown.
        name: Option<String>,
    }
    /// A value in the text.
    Written {
        text: String,
        span: Place,
        /// Without quotes and escapes.
        value: String,
        /// The label of the named value that it means.
        label: Option<String>,
    }
    /// A group of clauses.
    Group {
        id: u32,
        filter: Option<String>,
        kind: Connective,
        /// True under an odd number of its own `not`s.
        not: bool,
        /// With its brackets and `not`s.
        span: Place,
        brackets: bool,
        items: Vec<TreeItem>,
    }
    /// What a place of the text is about.
    Hover {
        span: Place,
        /// All of it as Markdown.
        text: String,
        words: Option<String>,
        field: Option<About>,
        operator: Option<About>,
        value: Option<About>,
    }
    /// A name and what there is to say about it.
    About {
        name: String,
        detail: String,
        documentation: String,
        allows: String,
    }
    /// A text.
    Text {
        text: String,
    }
    /// A changed text.
    Edited {
        text: String,
        changes: Vec<Change>,
        /// Where the new or changed clause stands in the clauses of the new text.
        clause: Option<u32>,
    }
    /// A change to a text.
    Change {
        span: Place,
        text: String,
    }
    /// A target.
    Target {
        name: String,
        aliases: Vec<String>,
        title: String,
    }
    /// What a query compiled to.
    Compiled {
        /// As `tamis compile` prints it. A whole number beyond 2^53 loses digits where JavaScript
        /// reads it: `text` has them all.
        output: Json,
        /// The same for a person to copy.
        text: String,
        warnings: Vec<Problem>,
    }
    /// What a query says of a record.
    Matched {
        matches: bool,
        /// Its clauses in the text's order, muted ones left out.
        clauses: Vec<Verdict>,
    }
    /// What a clause says of a record.
    Verdict {
        span: Place,
        /// "true", "false", "notset" where the field is not set, "unknown" of a named filter.
        verdict: String,
        /// Whether it holds, with its own `not`; null of a named filter.
        holds: Option<bool>,
        /// True when its field is set.
        set: bool,
    }
    /// A query read from filter JSON.
    Decompiled {
        /// One query a line.
        text: String,
        queries: Vec<String>,
        /// Places are those of the filter JSON.
        problems: Vec<Problem>,
    }
    /// A schema read from a published filter table.
    Imported {
        /// The schema file; empty when the text holds no table.
        toml: String,
        /// What the table left open. With an error among them the file is not to be used.
        problems: Vec<Problem>,
    }
    /// How two queries relate.
    Compared {
        /// True when both select the same records.
        equal: bool,
        relation: Relation,
        words: String,
        /// A record on which they differ, where there is one. A whole number beyond 2^53 loses digits
        /// where JavaScript reads it.
        example: Json,
        only_first: Json,
        only_second: Json,
        both: Json,
        /// True when order, limit and skip are the same.
        same_tail: bool,
    }
}

/// An item of a group.
#[derive(Clone, Debug)]
pub(crate) enum TreeItem {
    /// A clause by its place in the list.
    Clause(u32),
    /// A group within.
    Group(Group),
    /// Text that could not be read.
    Unreadable(Place),
}

impl Say for TreeItem {
    fn say(&self, out: &mut Vec<u8>) {
        let (name, value): (&str, &dyn Say) = match self {
            TreeItem::Clause(clause) => ("clause", clause),
            TreeItem::Group(group) => ("group", group),
            TreeItem::Unreadable(place) => ("unreadable", place),
        };
        members(out, name, &[value]);
    }
}

#[cfg(test)]
impl Shape for TreeItem {
    fn name() -> String {
        "TreeItem".into()
    }
}
