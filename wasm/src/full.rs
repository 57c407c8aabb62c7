//! What only the full module does: targets, matching, decompiling, comparing, importing.

use serde_json::Value as Json;
use tamis::compare::{Comparison, Relation};
use tamis::decompile as read_back;
use tamis::editor::why;
use tamis::import::import as read_table;
use tamis::matcher::Layout;
use tamis::target::{self, Form, Output};
use tamis::time::StoredTime;

use crate::fault::Fault;
use crate::read::Args;
use crate::session;
use crate::shapes::{Compared, Compiled, Decompiled, Imported, Matched, Target, Verdict};
use crate::show::problem;
use crate::units::Units;
use crate::{Answer, ok};

pub(crate) fn targets(args: Args) -> Answer {
    args.done()?;
    let row = |target: &&'static dyn target::Target| Target {
        name: target.name().into(),
        aliases: target.aliases().iter().map(|name| (*name).to_owned()).collect(),
        title: target.title().into(),
    };
    ok(&target::all().iter().map(row).collect::<Vec<_>>())
}

/// How timestamps are stored; `native_time` is a former name of one way.
fn stored_time(args: &mut Args) -> Result<Option<StoredTime>, Fault> {
    let native = args.take::<Option<bool>>("native_time")?.unwrap_or_default();
    let time = args.take::<Option<String>>("time")?;
    if native && time.is_some() {
        return Err(Fault::request("`native_time` and `time` say the same: give one of them"));
    }
    let Some(name) = time else { return Ok(native.then_some(StoredTime::Native)) };
    let names = StoredTime::ALL.map(StoredTime::name).join("`, `");
    let wrong = || Fault::new("time", format!("`time` is one of `{names}`"));
    StoredTime::named(&name).map(Some).ok_or_else(wrong)
}

pub(crate) fn compile(mut args: Args) -> Answer {
    let session = session::of(&mut args)?;
    let text: String = args.take("text")?;
    let name: String = args.take("target")?;
    let flag = |args: &mut Args, name: &str| -> Result<bool, Fault> {
        Ok(args.take::<Option<bool>>(name)?.unwrap_or_default())
    };
    let form = Form {
        whole: flag(&mut args, "whole")?,
        inline: flag(&mut args, "inline")?,
        time: stored_time(&mut args)?,
        table: args.take("table")?,
        document: args.take("document")?,
    };
    args.done()?;
    let units = Units::new(&text);
    target::named(&name).map_err(|unknown| Fault::new("target", unknown.message))?;
    let compiled = tamis::compile_with(&text, &session.schema, &name, &session.options, &form);
    let compiled = compiled.map_err(|found| Fault::problems("query", &found, &units))?;
    let output = serde_json::to_value(&compiled.output)
        .map_err(|error| Fault::new("target", error.to_string()))?;
    let text = match &compiled.output {
        Output::Sql(statement) => statement.sql.clone(),
        Output::Text { text } => text.clone(),
        Output::Api(_) | Output::Plan(_) => {
            serde_json::to_string_pretty(&output).unwrap_or_default()
        }
    };
    let warnings = compiled.warnings.iter().map(|found| problem(found, false, &units)).collect();
    ok(&Compiled { output, text, warnings })
}

pub(crate) fn matches(mut args: Args) -> Answer {
    let session = session::of(&mut args)?;
    let text: String = args.take("text")?;
    let record: Json = args.take("record")?;
    let layout: Option<String> = args.take("layout")?;
    args.done()?;
    let layout = match layout.as_deref() {
        None | Some("nested") => Layout::Nested,
        Some("flat") => Layout::Flat,
        Some(_) => return Err(Fault::request("`layout` has to be `nested` or `flat`")),
    };
    if !record.is_object() {
        return Err(Fault::new("record", "a record is an object"));
    }
    let units = Units::new(&text);
    let found = why::why(&text, &record, layout, &session.schema, &session.options);
    let found = found.map_err(|found| Fault::problems("query", &found, &units))?;
    let verdict = |row: &why::Verdict| Verdict {
        span: units.place(row.span),
        verdict: match (row.holds, row.is_set) {
            (None, _) => "unknown",
            (Some(_), false) => "notset",
            (Some(true), true) => "true",
            (Some(false), true) => "false",
        }
        .into(),
        holds: row.holds,
        set: row.is_set,
    };
    ok(&Matched { matches: found.matches, clauses: found.clauses.iter().map(verdict).collect() })
}

pub(crate) fn decompile(mut args: Args) -> Answer {
    let session = session::of(&mut args)?;
    let filters: Json = args.take("filters")?;
    args.done()?;
    let text = if let Json::String(text) = filters { text } else { filters.to_string() };
    let units = Units::new(&text);
    let found = read_back::decompile(&text, &session.schema, &session.options);
    ok(&Decompiled {
        text: found.queries.join("\n"),
        queries: found.queries,
        problems: found.diagnostics.iter().map(|row| problem(row, false, &units)).collect(),
    })
}

/// A filter table as pages publish it, read as a schema.
pub(crate) fn import(mut args: Args) -> Answer {
    let text: String = args.take("text")?;
    let name: Option<String> = args.take("name")?;
    args.done()?;
    let units = Units::new(&text);
    let found = read_table(&text, name.as_deref().unwrap_or("imported"));
    let problems = found.diagnostics.iter().map(|row| problem(row, false, &units)).collect();
    ok(&Imported { toml: found.toml, problems })
}

pub(crate) fn compare(mut args: Args) -> Answer {
    let session = session::of(&mut args)?;
    let text: String = args.take("text")?;
    let other: String = args.take("other")?;
    args.done()?;
    let check = |text: &str| {
        let parsed = tamis::parse_with(text, &session.options.limits);
        let checked = tamis::check(&parsed, &session.schema, &session.options);
        let failed = || Fault::problems("query", &checked.diagnostics, &Units::new(text));
        checked.query.ok_or_else(failed)
    };
    let found = tamis::compare(&check(&text)?, &check(&other)?);
    ok(&compared(&found))
}

fn compared(found: &Comparison) -> Compared {
    let side = |side: &tamis::compare::Side| serde_json::to_value(side).unwrap_or_default();
    let differs = found.only_first.example().or_else(|| found.only_second.example());
    Compared {
        equal: found.relation == Relation::Same,
        relation: found.relation,
        words: found.relation.sentence().into(),
        example: differs.cloned().unwrap_or_default(),
        only_first: side(&found.only_first),
        only_second: side(&found.only_second),
        both: side(&found.both),
        same_tail: found.same_tail,
    }
}
