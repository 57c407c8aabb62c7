//! Edits on the clauses of a text.

use tamis::editor::apply;
use tamis::editor::structure::{self, Beside, Change, Connective, Refusal, Target};
use tamis::quote::quote;

use crate::fault::Fault;
use crate::read::{Args, Read};
use crate::session;
use crate::shapes::Edited;
use crate::show::{changes, number};
use crate::units::Units;
use crate::{Answer, ok};

impl Read for Connective {
    const WHAT: &'static str = "`and` or `or`";
    fn read(json: serde_json::Value) -> Option<Self> {
        match json.as_str()? {
            "and" => Some(Connective::And),
            "or" => Some(Connective::Or),
            _ => None,
        }
    }
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// What an edit is about: `clause` or `group`.
fn target(args: &mut Args) -> Result<Target, Fault> {
    let clause: Option<u32> = args.take("clause")?;
    let group: Option<u32> = args.take("group")?;
    match (clause, group) {
        (Some(clause), None) => Ok(Target::Clause(place(clause))),
        (None, Some(group)) => Ok(Target::Group(place(group))),
        (Some(_), Some(_)) | (None, None) => {
            Err(Fault::request("either `clause` or `group` has to be given"))
        }
    }
}

/// The texts that a change borrows.
#[derive(Default)]
struct Texts {
    text: Option<String>,
    field: Option<String>,
    operator: Option<String>,
    operand: Option<String>,
}

pub(crate) fn edit(mut args: Args) -> Answer {
    let session = session::of(&mut args)?;
    let text: String = args.take("text")?;
    let mut edit: Args = args.take("edit")?;
    args.done()?;
    let limits = &session.options.limits;
    let mut texts = Texts::default();
    let change = change(&mut edit, &mut texts)?;
    edit.done()?;
    let units = Units::new(&text);
    let refused = |refusal: Refusal| Fault::new("refused", refusal.to_string());
    let edits = structure::change(&text, &change, limits).map_err(refused)?;
    let changed = apply(&text, &edits);
    let clause = structure::landing(&text, &changed, &change, limits).map(number);
    ok(&Edited { text: changed, changes: changes(&edits, &units), clause })
}

fn change<'t>(edit: &mut Args, texts: &'t mut Texts) -> Result<Change<'t>, Fault> {
    let kind: String = edit.take("kind")?;
    Ok(match kind.as_str() {
        "add" => {
            let text = texts.text.insert(edit.take("text")?);
            let connective: Option<Connective> = edit.take("connective")?;
            let connective = connective.unwrap_or(Connective::And);
            Change::Add { text, connective, place: beside(edit)? }
        }
        "remove" => Change::Remove(target(edit)?),
        "negate" => Change::Negate(target(edit)?),
        "mute" => Change::Mute(place(edit.take("clause")?)),
        "unmute" => Change::Unmute(place(edit.take("clause")?)),
        "replace" => replace(edit, texts)?,
        "move" => {
            let later = match edit.take::<i64>("by")? {
                1 => true,
                -1 => false,
                _ => return Err(Fault::request("`by` has to be 1 or -1")),
            };
            Change::Move { target: target(edit)?, later }
        }
        "join" => Change::Join(place(edit.take("group")?), edit.take("connective")?),
        other => return Err(Fault::request(format!("there is no edit `{other}`"))),
    })
}

fn beside(edit: &mut Args) -> Result<Beside, Fault> {
    let beside: Option<Args> = edit.take("beside")?;
    let group: Option<u32> = edit.take("group")?;
    let index: Option<u32> = edit.take("index")?;
    match (beside, group, index) {
        (Some(mut beside), None, None) => {
            let target = target(&mut beside)?;
            beside.done()?;
            Ok(Beside::Part(target))
        }
        (None, Some(group), index) => Ok(Beside::In(place(group), index.map(place))),
        (None, None, None) => Ok(Beside::Query),
        (None, None, Some(_)) | (Some(_), _, _) => {
            Err(Fault::request("give `group` with or without `index`, or `beside`, or neither"))
        }
    }
}

fn replace<'t>(edit: &mut Args, texts: &'t mut Texts) -> Result<Change<'t>, Fault> {
    let clause = place(edit.take("clause")?);
    texts.text = edit.take("text")?;
    texts.field = edit.take("field")?;
    texts.operator = edit.take("operator")?;
    texts.operand = edit.take("operand")?;
    let values: Option<Vec<String>> = edit.take("values")?;
    if let Some(values) = values {
        if texts.operand.is_some() {
            return Err(Fault::request("give `operand` or `values`, not both"));
        }
        let quoted: Vec<_> = values.iter().map(|value| quote(value)).collect();
        texts.operand = Some(match quoted.as_slice() {
            [one] => one.to_string(),
            many => format!("({})", many.join(", ")),
        });
    }
    let (field, operator) = (texts.field.as_deref(), texts.operator.as_deref());
    let operand = texts.operand.as_deref();
    match texts.text.as_deref() {
        Some(text) if field.or(operator).or(operand).is_none() => Ok(Change::Rewrite(clause, text)),
        Some(_) => Err(Fault::request("`text` is the whole clause: give it alone")),
        None => Ok(Change::Replace { clause, field, operator, operand }),
    }
}
