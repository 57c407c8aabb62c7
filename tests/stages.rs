//! Every query of `tests/corpus`, stage by stage: the tree as written, the checked query, its
//! normal form, the API's filters, SQL of each dialect. One snapshot a file and stage, in
//! `snapshots/STAGE`.

mod common;

use std::fmt::Write as _;

use common::{Case, cases};
use tamis::query::{Node, Predicate};
use tamis::syntax::ast::{Expr, Operand};
use tamis::target::{self, Form, Output};
use tamis::{Diagnostic, Options, Schema};

fn options() -> Options {
    Options::at(tamis::time::read_rfc3339("2026-11-01T12:00:00Z").unwrap())
}

fn schema(case: &Case) -> &'static Schema {
    Schema::builtin(&case.schema).unwrap()
}

fn said(found: &[Diagnostic]) -> String {
    let line = |found: &Diagnostic| {
        let kind = if found.is_error() { "error" } else { "warning" };
        format!("{kind} {} at {:?}: {}\n", found.code.id(), found.span, found.message)
    };
    found.iter().map(line).collect()
}

fn tree(case: &Case) -> String {
    let parsed = tamis::parse(&case.text);
    let mut out = String::new();
    for definition in &parsed.document.definitions {
        writeln!(out, "let {}", definition.name.value).unwrap();
        write_expr(&definition.condition, 1, &mut out);
    }
    match &parsed.document.condition {
        Some(condition) => write_expr(condition, 0, &mut out),
        None => out.push_str("everything\n"),
    }
    if parsed.document.tail != Default::default() {
        let tail = &parsed.document.tail;
        let order = tail.order.as_ref().map(|(field, direction)| (&field.value, direction));
        let count =
            |count: &Option<tamis::Spanned<_>>| count.map(|count| format!("{:?}", count.value));
        writeln!(
            out,
            "order {order:?} limit {:?} skip {:?}",
            count(&tail.limit),
            count(&tail.skip)
        )
        .unwrap();
    }
    for comment in &parsed.document.comments {
        writeln!(out, "comment {:?} at {:?}", comment.value, comment.span).unwrap();
    }
    out + &said(&parsed.diagnostics())
}

fn write_expr(expr: &Expr<'_>, level: usize, out: &mut String) {
    let pad = "  ".repeat(level);
    let mut group = |name: &str, parts: &[Expr<'_>]| {
        writeln!(out, "{pad}{name}").unwrap();
        parts.iter().for_each(|part| write_expr(part, level + 1, out));
    };
    match expr {
        Expr::And(parts) => group("and", parts),
        Expr::Or(parts) => group("or", parts),
        Expr::Not(inner, _) => group("not", std::slice::from_ref(inner)),
        Expr::Clause(clause) => {
            let values: Vec<_> = clause
                .operand
                .literals()
                .iter()
                .map(|literal| format!("{:?}", literal.value))
                .collect();
            let shape = if matches!(clause.operand, Operand::List(_)) { "list" } else { "" };
            let (field, operator) = (&clause.field.value, clause.operator.value);
            writeln!(out, "{pad}{field} {operator:?} {shape}{values:?} at {:?}", clause.span())
                .unwrap();
        }
        other => writeln!(out, "{pad}{other:?}").unwrap(),
    }
}

fn write_node(node: &Node<'_>, level: usize, out: &mut String) {
    let pad = "  ".repeat(level);
    let mut group = |name: &str, parts: &[Node<'_>]| {
        writeln!(out, "{pad}{name}").unwrap();
        parts.iter().for_each(|part| write_node(part, level + 1, out));
    };
    match node {
        Node::And(parts) => group("and", parts),
        Node::Or(parts) => group("or", parts),
        Node::All => writeln!(out, "{pad}everything").unwrap(),
        Node::Nothing => writeln!(out, "{pad}nothing").unwrap(),
        Node::Atom(atom) => {
            let no = if atom.negated { "not " } else { "" };
            let test = match &atom.predicate {
                Predicate::Order(ranges) => {
                    let end = |bound: Option<tamis::query::Bound>| {
                        bound.map_or("…".into(), |bound| format!("{} {:?}", bound.at, bound.form))
                    };
                    let range = |range: &tamis::query::Range| {
                        format!("{} to {}", end(range.start), end(range.end))
                    };
                    format!("Order {:?}", ranges.iter().map(range).collect::<Vec<_>>())
                }
                other => format!("{other:?}"),
            };
            writeln!(out, "{pad}{no}{} {test}", atom.field.name).unwrap();
        }
    }
}

fn checked(case: &Case) -> String {
    let options = options();
    let parsed = tamis::parse(&case.text);
    let checked = tamis::check(&parsed, schema(case), &options);
    let mut out = String::new();
    if let Some(query) = &checked.query {
        write_node(query.root(), 0, &mut out);
        if query.normal() != query.root() {
            out.push_str("= normal form\n");
            write_node(query.normal(), 0, &mut out);
        }
    }
    out + &said(&checked.diagnostics)
}

fn emitted(case: &Case, target: &str, form: &Form) -> String {
    match tamis::compile_with(&case.text, schema(case), target, &options(), form) {
        Ok(compiled) => {
            let output = match &compiled.output {
                Output::Sql(statement) if form.inline => statement.sql.clone(),
                other => serde_json::to_string(other).unwrap(),
            };
            format!("{output}\n{}", said(&compiled.warnings))
        }
        Err(found) => said(&found),
    }
}

fn snapshots(stage: &str, print: impl Fn(&Case) -> String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("../snapshots/{stage}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut files: Vec<_> = std::fs::read_dir(common::path("corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 4);
    for file in files {
        let mut out = String::new();
        for case in cases(&std::fs::read_to_string(&file).unwrap()) {
            writeln!(out, "--- {}\n{}\n=>\n{}", case.title, case.text, print(&case)).unwrap();
        }
        settings.bind(|| insta::assert_snapshot!(file.file_stem().unwrap().to_str().unwrap(), out));
    }
}

#[test]
fn the_tree_as_written() {
    snapshots("tree", tree);
}

#[test]
fn the_checked_query() {
    snapshots("checked", checked);
}

#[test]
fn every_target() {
    for target in target::all() {
        snapshots(target.name(), |case| {
            emitted(case, target.name(), &Form { inline: true, ..Form::default() })
        });
    }
}
