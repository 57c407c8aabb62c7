//! What a host has opened: a schema with clock, zone and parameters, by a number.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::Value as Json;
use tamis::editor::lacks::Lacks;
use tamis::schema::Field as Row;
use tamis::value::Cardinality;
use tamis::{Options, Params, Schema, Zone};

use crate::fault::Fault;
use crate::read::Args;
use crate::shapes::{Field, Opened, Operator, SchemaName, Value, Wire};
use crate::units::Units;
use crate::{Answer, json, ok};

/// A shipped schema in its JSON form.
struct Shipped {
    name: &'static str,
    title: &'static str,
    json: &'static str,
}

const SHIPPED: &[Shipped] = &include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

/// What a number stands for.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) schema: Rc<Schema>,
    pub(crate) options: Rc<Options>,
    pub(crate) lacks: Option<Rc<Lacks>>,
}

thread_local! {
    static SESSIONS: RefCell<Vec<Option<Session>>> = const { RefCell::new(Vec::new()) };
    /// Shipped schemas that were asked for.
    static LOADED: RefCell<Vec<(&'static str, Rc<Schema>)>> = const { RefCell::new(Vec::new()) };
}

fn place(handle: u32) -> usize {
    usize::try_from(handle).unwrap_or(usize::MAX)
}

fn closed(handle: u32) -> Fault {
    Fault::new("handle", format!("nothing is open by the number {handle}"))
}

/// The session that a request names.
pub(crate) fn of(args: &mut Args) -> Result<Session, Fault> {
    let handle: u32 = args.take("handle")?;
    let found = SESSIONS.with_borrow(|all| all.get(place(handle)).cloned().flatten());
    found.ok_or_else(|| closed(handle))
}

pub(crate) fn schemas(args: Args) -> Answer {
    args.done()?;
    let name = |row: &Shipped| SchemaName { name: row.name.into(), title: row.title.into() };
    ok(&SHIPPED.iter().map(name).collect::<Vec<_>>())
}

pub(crate) fn open(mut args: Args) -> Answer {
    let schema = schema(args.take("schema")?)?;
    let mut session = Session {
        schema: Rc::clone(&schema),
        options: Rc::new(Options::at(args.take("now")?)),
        lacks: None,
    };
    changes(args)?.put(&mut session);
    let fields = schema.fields().iter().map(|row| field(row, &schema)).collect();
    let order = schema.sort.fields.clone();
    let (name, title) = (schema.name.clone(), schema.title.clone());
    let description = schema.description.clone();
    let handle = SESSIONS.with_borrow_mut(|all| match all.iter().position(Option::is_none) {
        Some(free) => {
            if let Some(slot) = all.get_mut(free) {
                *slot = Some(session);
            }
            free
        }
        None => {
            all.push(Some(session));
            all.len() - 1
        }
    });
    let handle = u32::try_from(handle).unwrap_or(u32::MAX);
    ok(&Opened { handle, name, title, description, fields, order })
}

pub(crate) fn set(mut args: Args) -> Answer {
    let handle: u32 = args.take("handle")?;
    let is_open = SESSIONS.with_borrow(|all| all.get(place(handle)).is_some_and(Option::is_some));
    if !is_open {
        return Err(closed(handle));
    }
    let changes = changes(args)?;
    SESSIONS.with_borrow_mut(|all| {
        all.get_mut(place(handle))?.as_mut().map(|session| changes.put(session))
    });
    ok(&true)
}

pub(crate) fn close(mut args: Args) -> Answer {
    let handle: u32 = args.take("handle")?;
    args.done()?;
    let closed_one =
        SESSIONS.with_borrow_mut(|all| all.get_mut(place(handle)).and_then(Option::take));
    closed_one.map(|_| ()).ok_or_else(|| closed(handle))?;
    ok(&true)
}

/// What a request changes of a session. It is read as a whole before anything is changed.
struct Changes {
    now: Option<i64>,
    zone: Option<Zone>,
    params: Option<Params>,
    lacks: Option<Option<Rc<Lacks>>>,
}

impl Changes {
    fn put(self, session: &mut Session) {
        // Nobody else holds the options between two requests.
        let Some(options) = Rc::get_mut(&mut session.options) else { return };
        options.now = self.now.unwrap_or(options.now);
        if let Some(zone) = self.zone {
            options.zone = zone;
        }
        if let Some(params) = self.params {
            options.params = params;
        }
        if let Some(lacks) = self.lacks {
            session.lacks = lacks;
        }
    }
}

/// The members that are left of a request; null stands for the default.
fn changes(mut args: Args) -> Result<Changes, Fault> {
    let given = |args: &Args, name: &str| args.has(name).then_some(());
    let now = given(&args, "now").map(|()| args.take("now")).transpose()?;
    let zone = given(&args, "zone").map(|()| zone(args.take("zone")?)).transpose()?;
    let params = given(&args, "params").map(|()| params(args.take("params")?)).transpose()?;
    let lacks = given(&args, "lacks").map(|()| lacks(&mut args)).transpose()?;
    args.done()?;
    Ok(Changes { now, zone, params, lacks })
}

fn params(params: Json) -> Result<Params, Fault> {
    match params {
        Json::Null => Ok(Params::new()),
        Json::Object(members) => {
            let mut params = Params::new();
            for (name, value) in members {
                params.insert(name, value);
            }
            Ok(params)
        }
        Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => {
            Err(Fault::request("`params` has to be an object"))
        }
    }
}

fn zone(zone: Json) -> Result<Zone, Fault> {
    let wrong = || {
        Fault::new(
            "zone",
            "a zone is `UTC`, an offset such as `+02:00`, or {name, changes: [[utcMs, offsetSeconds], …]} in order",
        )
    };
    if zone.is_null() {
        return Ok(Zone::default());
    }
    if let Json::String(name) = &zone {
        return Zone::named(name).ok_or_else(wrong);
    }
    let mut members = Args::new(zone).map_err(|_| wrong())?;
    let name: String = members.take("name")?;
    let changes: Vec<(i64, i64)> = members.take("changes")?;
    members.done()?;
    let changes = changes.into_iter().map(|(at, offset)| Some((at, i32::try_from(offset).ok()?)));
    let changes: Option<Vec<(i64, i32)>> = changes.collect();
    changes.and_then(|changes| Zone::table(&name, &changes)).ok_or_else(wrong)
}

fn lacks(args: &mut Args) -> Result<Option<Rc<Lacks>>, Fault> {
    let Some(mut members) = args.take::<Option<Args>>("lacks")? else { return Ok(None) };
    let lacks = Lacks {
        title: members.take("title")?,
        fields: members.take::<Option<Vec<String>>>("fields")?.unwrap_or_default(),
        operators: members.take::<Option<Vec<String>>>("operators")?.unwrap_or_default(),
        pairs: members.take::<Option<Vec<(String, String)>>>("pairs")?.unwrap_or_default(),
    };
    members.done()?;
    Ok(Some(Rc::new(lacks)))
}

fn schema(schema: Json) -> Result<Rc<Schema>, Fault> {
    match schema {
        Json::String(name) => shipped(&name),
        Json::Object(members) if members.contains_key("toml") => from_toml(&members),
        form @ Json::Object(_) => {
            let schema = Schema::from_json(&form);
            schema.map(Rc::new).map_err(|found| Fault::problems("schema", &found, &Units::new("")))
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => {
            Err(Fault::request("`schema` has to be a name or an object"))
        }
    }
}

/// A shipped schema, loaded when it is first asked for.
fn shipped(name: &str) -> Result<Rc<Schema>, Fault> {
    let unknown = || {
        let names: Vec<&str> = SHIPPED.iter().map(|row| row.name).collect();
        Fault::new(
            "schema",
            format!("no schema `{name}` is shipped; there are {}", names.join(", ")),
        )
    };
    let row = SHIPPED.iter().find(|row| row.name == name).ok_or_else(unknown)?;
    let loaded = LOADED.with_borrow(|all| {
        all.iter().find(|(known, _)| *known == row.name).map(|(_, schema)| Rc::clone(schema))
    });
    if let Some(schema) = loaded {
        return Ok(schema);
    }
    let form = json::read(row.json.as_bytes()).map_err(|_| unknown())?;
    let schema = Rc::new(Schema::from_json(&form).map_err(|_| unknown())?);
    LOADED.with_borrow_mut(|all| all.push((row.name, Rc::clone(&schema))));
    Ok(schema)
}

#[cfg(feature = "full")]
fn from_toml(members: &serde_json::Map<String, Json>) -> Result<Rc<Schema>, Fault> {
    let Some(text) = members.get("toml").and_then(Json::as_str).filter(|_| members.len() == 1)
    else {
        return Err(Fault::request("`toml` has to be a text and the one member of the schema"));
    };
    let schema = Schema::from_toml(text);
    schema.map(Rc::new).map_err(|found| Fault::problems("schema", &found, &Units::new(text)))
}

#[cfg(not(feature = "full"))]
fn from_toml(_: &serde_json::Map<String, Json>) -> Result<Rc<Schema>, Fault> {
    Err(Fault::new("schema", "this module reads no TOML; the full one does"))
}

fn field(row: &Row, schema: &Schema) -> Field {
    let operator = |row: tamis::editor::fields::Offered| Operator {
        name: row.spelling,
        label: row.label,
        takes: row.takes.into(),
        doc: row.doc,
    };
    let values = row.values.iter().flat_map(|values| &values.named).map(|named| Value {
        label: named.label.clone(),
        value: Wire(named.value.clone()),
        also: named.also.clone(),
    });
    Field {
        name: row.name.clone(),
        aliases: row.aliases.clone(),
        r#type: row.kind.to_string(),
        cardinality: match row.cardinality {
            Cardinality::One => "one",
            Cardinality::Optional => "optional",
            Cardinality::Many => "many",
        }
        .into(),
        operators: tamis::editor::fields::operators(row).into_iter().map(operator).collect(),
        values: values.collect(),
        open: row.values.as_ref().is_none_or(|values| values.open),
        description: row.description.clone(),
        free_text: schema.free_text().is_some_and(|field| field.id == row.id),
    }
}
