//! From rules to functions. A function answers whether its rule matches where the parser stands;
//! when it does not, nothing has changed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};

use crate::calls;
use crate::code::Code;
use crate::facts::{Facts, Grammar, builtin, ends};
use crate::kinds::Sets;
use crate::next::{END, Next};

/// What is known where an expression is written.
#[derive(Clone, Copy)]
struct Here {
    /// What can stand next.
    next: Next,
    /// Whoever asks goes back when the expression does not match, so it need not.
    undone: bool,
}

impl Here {
    fn new(next: Next, undone: bool) -> Self {
        Here { next, undone }
    }

    /// Nothing is known, and nobody goes back.
    fn anywhere() -> Self {
        Here::new(Next::ALL, false)
    }

    fn only(self, next: Next) -> Self {
        Here { next: self.next.and(&next), ..self }
    }
}

/// Writes the functions, and takes note of the sets that they ask for.
pub(crate) struct Writer<'g> {
    grammar: &'g Grammar<'g>,
    counted: BTreeSet<usize>,
    /// The rules that are called behind a look at the next byte.
    tried: BTreeSet<usize>,
    pub(crate) sets: Sets,
}

impl<'g> Writer<'g> {
    pub(crate) fn new(grammar: &'g Grammar<'g>) -> Self {
        Writer {
            grammar,
            counted: calls::counted(grammar),
            tried: BTreeSet::new(),
            sets: Sets::default(),
        }
    }

    /// The functions of the rules that are reached from these.
    pub(crate) fn rules(&mut self, entries: &[&str]) -> String {
        let mut out = String::new();
        let entries = entries.iter().filter_map(|entry| self.grammar.place(entry));
        for place in calls::reached(self.grammar, entries) {
            if let Some(rule) = self.grammar.rules.get(place) {
                let lines = self.rule(rule, self.counted.contains(&place)).join("\n    ");
                let name = &rule.name;
                write!(out, "\nfn r_{name}(p: &mut Parser<'_>) -> bool {{\n    {lines}\n}}\n")
                    .unwrap_or_default();
            }
        }
        for place in std::mem::take(&mut self.tried) {
            if let Some(rule) = self.grammar.rules.get(place) {
                let looks = self.next_is(self.grammar.of(&rule.expr).can(), Next::ALL).text(4, 0);
                let name = &rule.name;
                write!(
                    out,
                    "\n#[inline]\nfn try_{name}(p: &mut Parser<'_>) -> bool {{\n    {looks} && r_{name}(p)\n}}\n"
                )
                .unwrap_or_default();
            }
        }
        out
    }

    /// The function that reads a whole text by a rule.
    pub(crate) fn entry(&mut self, name: &str) -> String {
        let call = self.guarded(&Expr::Ident(name.to_owned()), Here::anywhere()).text(4, 14);
        format!(
            "\n/// Reads a text by the rule `{name}`.\npub fn parse_{name}(text: &str) -> Result<Nodes, Failure> {{\n    \
             let mut parser = Parser::new(text)?;\n    let p = &mut parser;\n    let matched = {call};\n    \
             parser.finish(matched)\n}}\n"
        )
    }

    /// The lines of a rule's function. It is only called where its rule can match, so far as the
    /// next byte tells.
    fn rule(&mut self, rule: &OptimizedRule, counted: bool) -> Vec<String> {
        let facts = self.grammar.of(&rule.expr);
        let silent = rule.ty == RuleType::Silent;
        let body = self.guarded(&rule.expr, Here::new(facts.can(), !silent));
        let name = variant(&rule.name);
        let (keep, matched) = if silent {
            (None, body)
        } else if !facts.nodes {
            let leaf = body.and(Code::plain(format!("p.leaf(Rule::{name}, start)")));
            (Some("let start = p.at;".to_owned()), self.back(leaf, &rule.expr, "p.to(start)"))
        } else if rule.ty == RuleType::Atomic {
            let whole = body.and(Code::plain(format!("p.whole(Rule::{name}, mark)")));
            (Some("let mark = p.mark();".to_owned()), self.back(whole, &rule.expr, "p.back(mark)"))
        } else {
            let closed = body.and(Code::plain("p.close(mark)")).or(Code::plain("p.back(mark)"));
            (Some(format!("let mark = p.open(Rule::{name});")), closed)
        };
        let mut lines: Vec<String> = keep.into_iter().collect();
        if counted {
            lines.insert(0, "if !p.enter() {\n        return false;\n    }".to_owned());
            lines.push(format!("let matched = {};", matched.text(4, 15)));
            lines.push("p.leave(matched)".to_owned());
        } else {
            lines.push(matched.text(4, 0));
        }
        lines
    }

    /// The code with a way back, when the expression can fail behind what it took.
    fn back(&self, code: Code, expr: &Expr, back: &str) -> Code {
        if self.leaves_traces(expr) { code.or(Code::plain(back)) } else { code }
    }

    /// True when an expression that somebody else undoes can have taken something when it fails.
    fn leaves_traces(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Seq(..) => {
                let parts = parts(expr);
                let within = parts.iter().any(|part| self.leaves_traces(part));
                within || self.fails_late(&self.facts(&parts))
            }
            Expr::Choice(..) => {
                alternatives(expr).last().is_some_and(|last| self.leaves_traces(last))
            }
            Expr::RestoreOnErr(inner) => self.leaves_traces(inner),
            _ => false,
        }
    }

    fn facts(&self, parts: &[&Expr]) -> Vec<Facts> {
        parts.iter().map(|part| self.grammar.of(part)).collect()
    }

    /// True when one of these can fail after another has taken something.
    fn fails_late(&self, facts: &[Facts]) -> bool {
        let first = first_that_takes(facts);
        facts.iter().skip(first + 1).any(|facts| facts.sure != Next::ALL)
    }

    /// The code of an expression behind a look at the next byte, where that can say no and it is not
    /// already known to be one of those at which the expression can match.
    fn guarded(&mut self, expr: &Expr, here: Here) -> Code {
        let facts = self.grammar.of(expr);
        let looks = match expr {
            // These look for themselves.
            Expr::Str(_) | Expr::PosPred(_) | Expr::NegPred(_) => true,
            // Of two alternatives each looks for itself; before more it is asked once.
            Expr::Choice(..) => alternatives(expr).len() < 3,
            Expr::Ident(name) => name == "EOI" || name == "ANY",
            _ => false,
        };
        let can = facts.can();
        if looks || facts.is_character() || facts.is_look() || here.next.is_within(&can) {
            return self.code(expr, here);
        }
        let looks = self.next_is(can, here.next);
        if let (Expr::Ident(name), false) = (expr, here.next.and(&can).is_empty())
            && let Some(place) = self.grammar.place(name)
        {
            self.tried.insert(place);
            return Code::plain(format!("try_{name}(p)"));
        }
        looks.and(self.code(expr, here.only(can)))
    }

    /// The code of an expression: on false nothing has moved, and no nodes are left.
    fn code(&mut self, expr: &Expr, here: Here) -> Code {
        let facts = self.grammar.of(expr);
        if facts.is_character() {
            return self.character(facts.single, here.next);
        }
        if facts.is_look() {
            return self.next_is(facts.sure, here.next);
        }
        match expr {
            Expr::Str(text) => Code::plain(format!("p.text({text:?})")),
            Expr::Insens(text) => Code::plain(format!("p.text_of_any_case({text:?})")),
            Expr::Range(from, to) => {
                let within = |(from, to)| format!("p.character({from:?}, {to:?})");
                Code::plain(ends(from, to).map_or("false".to_owned(), within))
            }
            Expr::Ident(name) => self.call(name, here),
            Expr::Seq(..) => self.sequence(expr, here),
            Expr::Choice(..) => self.choice(expr, here),
            Expr::Opt(inner) => {
                Code::within("always(", self.guarded(inner, Here { undone: false, ..here }), ")")
            }
            Expr::Rep(inner) => self.repetition(inner),
            Expr::Skip(texts) => self.skip(texts),
            Expr::PosPred(inner) => self.ahead("", inner, here.next),
            Expr::NegPred(inner) => self.ahead("!", inner, here.next),
            Expr::RestoreOnErr(inner) => self.guarded(inner, here),
            // Refused before anything is written.
            _ => Code::plain("unsupported"),
        }
    }

    /// True when what stands next is of a set.
    fn next_is(&mut self, set: Next, known: Next) -> Code {
        if known.is_within(&set) {
            return Code::plain("true");
        }
        if known.and(&set).is_empty() {
            return Code::plain("false");
        }
        let all_but = set.not();
        let (mut those, mut others) = (set.members(), all_but.members());
        match (those.next(), those.next(), others.next(), others.next()) {
            (Some(END), None, ..) => Code::plain("p.is_end()"),
            (_, _, Some(END), None) => Code::plain("!p.is_end()"),
            (Some(byte), None, ..) => Code::plain(format!("p.is({byte})")),
            (_, _, Some(byte), None) => Code::plain(format!("!p.is({byte})")),
            _ => Code::plain(format!("p.at({})", self.sets.name(set))),
        }
    }

    /// Takes a character whose first byte is of a set.
    fn character(&mut self, set: Next, known: Next) -> Code {
        if known.and(&set).is_empty() {
            return Code::plain("false");
        }
        if set == Next::bytes() || known.is_within(&set) {
            return Code::plain("p.any()");
        }
        let mut members = set.members();
        match (members.next(), members.next()) {
            (Some(byte), None) => Code::plain(format!("p.byte({byte})")),
            _ => Code::plain(format!("p.one({})", self.sets.name(set))),
        }
    }

    fn call(&mut self, name: &str, here: Here) -> Code {
        if self.grammar.place(name).is_some() {
            return Code::plain(format!("r_{name}(p)"));
        }
        match name {
            "SOI" => Code::plain("p.at == 0"),
            "EOI" => Code::plain("p.is_end()").and(Code::plain("p.leaf(Rule::EOI, p.at)")),
            _ => match builtin(name) {
                Some(expr) => self.guarded(&expr, here),
                None => Code::plain("unsupported"),
            },
        }
    }

    /// Parts one behind the other. What stands before the first that takes something needs no way
    /// back, nor does what is sure to match behind it.
    fn sequence(&mut self, expr: &Expr, here: Here) -> Code {
        let parts = parts(expr);
        let facts = self.facts(&parts);
        let first = first_that_takes(&facts);
        let marked = !here.undone && self.fails_late(&facts);
        let mut codes = Vec::with_capacity(parts.len());
        let mut inner = Here { undone: here.undone || marked, ..here };
        for (part, facts) in parts.iter().zip(&facts) {
            codes.push(self.guarded(part, inner));
            let next =
                if facts.moves.is_empty() { inner.next.and(&facts.stays) } else { Next::ALL };
            inner.next = next;
        }
        if !marked {
            return Code::joined("&&", codes);
        }
        let tail = Code::joined("&&", codes.split_off(first));
        let nodes = facts.iter().any(|facts| facts.nodes);
        codes.push(if nodes {
            Code::within("{ let mark = p.mark(); ", tail.or(Code::plain("p.back(mark)")), " }")
        } else {
            Code::within("{ let start = p.at; ", tail.or(Code::plain("p.to(start)")), " }")
        });
        Code::joined("&&", codes)
    }

    /// The first alternative that matches.
    fn choice(&mut self, expr: &Expr, here: Here) -> Code {
        let mut alternatives = alternatives(expr);
        let last = alternatives.pop();
        let mut inner = Here { undone: false, ..here };
        let mut codes = Vec::new();
        for alternative in alternatives {
            codes.push(self.guarded(alternative, inner));
            inner = inner.only(self.grammar.of(alternative).sure.not());
        }
        let last = last.map(|last| self.guarded(last, Here { undone: here.undone, ..inner }));
        codes.extend(last);
        Code::joined("||", codes)
    }

    fn repetition(&mut self, inner: &Expr) -> Code {
        let facts = self.grammar.of(inner);
        if facts.is_character() {
            return self.run(facts.single);
        }
        if facts.single.is_empty() {
            return Code::within("{ while ", self.guarded(inner, Here::anywhere()), " {} true }");
        }
        // Most of it is a run of characters that leave no nodes.
        let again = self.guarded(inner, Here::new(facts.single.not(), false));
        Code::within("{ while ", self.run(facts.single).and(again), " {} true }")
    }

    fn run(&mut self, set: Next) -> Code {
        Code::plain(format!("p.run({})", self.sets.name(set)))
    }

    /// Up to the first of some texts, or the end.
    fn skip(&mut self, texts: &[String]) -> Code {
        if texts.iter().any(String::is_empty) {
            return Code::plain("true");
        }
        let first = texts.iter().map(|text| Next::first_of(text));
        let first = first.fold(Next::NONE, |all, first| all.or(&first));
        let run = self.run(Next::bytes().and(&first.not()));
        if texts.iter().all(|text| text.len() == 1) {
            return run;
        }
        let stands = Code::plain(format!("!p.stands(&{texts:?})"));
        let open = Code::joined("&&", vec![run, stands, Code::plain("p.any()")]);
        Code::within("{ while ", open, " {} true }")
    }

    /// Whether an expression matches, or with `!` whether it does not, and back again.
    fn ahead(&mut self, sign: &str, inner: &Expr, known: Next) -> Code {
        let facts = self.grammar.of(inner);
        let code = self.guarded(inner, Here::new(known, true));
        if facts.moves.is_empty() && !facts.nodes {
            return Code::within(format!("{sign}("), code, ")");
        }
        let (keep, back) = if facts.nodes {
            ("let mark = p.mark();", "; p.back(mark); ahead }")
        } else {
            ("let start = p.at;", "; p.to(start); ahead }")
        };
        Code::within(format!("{sign}{{ {keep} let ahead = "), code, back)
    }
}

/// The name of a rule as a variant.
pub(crate) fn variant(name: &str) -> String {
    /// Words of Rust that a rule can have for its name.
    const WORDS: [&str; 47] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do",
        "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in",
        "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
        "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe",
        "unsized", "use", "virtual", "where", "while",
    ];
    let raw = name == "yield" || WORDS.contains(&name);
    if raw { format!("r#{name}") } else { name.to_owned() }
}

/// The place of the first part that takes something or leaves nodes.
fn first_that_takes(facts: &[Facts]) -> usize {
    let takes = |facts: &Facts| !facts.moves.is_empty() || facts.nodes;
    facts.iter().position(takes).unwrap_or(facts.len())
}

fn parts(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Seq(first, second) => [parts(first), parts(second)].concat(),
        other => vec![other],
    }
}

fn alternatives(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Choice(first, second) => [alternatives(first), alternatives(second)].concat(),
        other => vec![other],
    }
}
