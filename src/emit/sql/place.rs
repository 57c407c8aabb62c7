//! Where a field's values are in SQL: in a column of its own, or along ways through a document.

use super::Form;
use super::column::{Column, rival};
use super::dialect::{Cell, Dialect, Element, Held, Typed};
use super::document::{self, Documents, Scalar};
use crate::emit::formula::Refusal;
use crate::emit::stored::in_documents;
use crate::schema::{Field, RecordPath, Schema, Step};
use crate::time::StoredTime;
use crate::value::{Cardinality, Type};

/// Where a field's values are.
pub(super) struct Place {
    /// Its values are those of all of these.
    pub(super) sources: Vec<Source>,
    /// True when there is one value, never NULL.
    pub(super) filled: bool,
    /// How its instants are stored.
    pub(super) time: StoredTime,
    /// How the engine holds the values, where not every engine holds such.
    pub(super) held: Option<Held>,
}

/// Some values of a field.
pub(super) enum Source {
    /// At most one.
    Value(Subject),
    /// Those of a column that holds several.
    Column(String),
    /// Those at a place in each element of a list within a document.
    List { document: String, way: Vec<Step>, element: Subject },
}

/// One value, as conditions name it.
pub(super) struct Subject {
    /// It in SQL; of a key within a document, its id.
    pub(super) sql: String,
    /// Where a key within a document is.
    key: Option<KeyAt>,
}

struct KeyAt {
    document: String,
    way: Vec<Step>,
    names: crate::schema::RecordKey,
}

/// Why a field has no place.
#[derive(Clone)]
pub(super) enum NoPlace {
    /// Another field has the same column.
    Shared(String),
    /// The engine has no column or member of that name.
    Unnameable,
    /// The engine reads no documents.
    NoDocuments,
    /// The schema gives no path.
    NoPath,
    /// The field has several values, and no path says where the list stands.
    NoList,
    /// Instants are texts in documents, which the engine does not read as such.
    NoInstants,
    /// Instants stand in documents in a way that is not read.
    NoStoredTime(Refusal),
    /// A path leads through lists of lists.
    Nested,
    /// The engine holds no values of the type exactly, or not several of them in a column.
    NoType { several: bool },
    /// The engine does not read values of the type from documents as they are meant.
    NotInDocuments,
}

impl Place {
    pub(super) fn of(
        field: &Field,
        schema: &Schema,
        dialect: &dyn Dialect,
        form: &Form,
    ) -> Result<Place, NoPlace> {
        let column = Column::of(field, dialect);
        match document::column(form, schema) {
            Some(document) if !Column::is_said(field, dialect) => {
                let documents = dialect.documents().ok_or(NoPlace::NoDocuments)?;
                let time = in_documents(field, schema, form).map_err(NoPlace::NoStoredTime)?;
                if time == StoredTime::Native && !documents.reads_instants() {
                    return Err(NoPlace::NoInstants);
                }
                let element = Element::of(field, time);
                let held = match element {
                    Element::Cell(_) => None,
                    Element::Typed(typed) => Some(held_one(typed, dialect)?),
                };
                let reader = Reader { document: dialect.identifier(document), documents };
                let sources = reader.sources(field, element)?;
                Ok(Place { sources, filled: false, time, held })
            }
            Some(_) | None => {
                if let Some(other) = rival(field, schema, dialect) {
                    return Err(NoPlace::Shared(other.name.clone()));
                }
                let named = matches!(&column, Column::Named(_));
                if matches!(&column, Column::Named(name) if !dialect.can_name(name)) {
                    return Err(NoPlace::Unnameable);
                }
                let sql = column.sql(dialect);
                let source = if field.is_single() {
                    Source::Value(Subject { sql, key: None })
                } else {
                    Source::Column(sql)
                };
                let filled = named && field.cardinality == Cardinality::One;
                let time = in_columns(field, form.stored_time(schema), dialect);
                let held = held(field, dialect)?;
                Ok(Place { sources: vec![source], filled, time, held })
            }
        }
    }

    /// The value, where there is at most one.
    pub(super) fn one(&self) -> Option<&Subject> {
        match &*self.sources {
            [Source::Value(subject)] => Some(subject),
            _ => None,
        }
    }

    /// True when its instants are stored in a form that cannot tell every one.
    pub(super) fn lacks_instants(&self) -> bool {
        match self.time {
            StoredTime::MILLIS | StoredTime::Native => false,
            StoredTime::Number(_) | StoredTime::Iso => true,
        }
    }

    /// The column that holds all values.
    pub(super) fn column(&self) -> Option<&str> {
        match &*self.sources {
            [Source::Column(column)] => Some(column),
            _ => None,
        }
    }
}

/// How a field's instants are stored in columns.
fn in_columns(field: &Field, time: StoredTime, dialect: &dyn Dialect) -> StoredTime {
    if field.kind != Type::Timestamp {
        return StoredTime::MILLIS;
    }
    let in_lists = || dialect.native_time().is_none_or(|native| native.in_lists);
    match time {
        StoredTime::Native if !field.is_single() && !in_lists() => StoredTime::MILLIS,
        StoredTime::Number(_) | StoredTime::Native | StoredTime::Iso => time,
    }
}

/// How the engine holds a field's values, where not every engine holds such.
pub(super) fn held(field: &Field, dialect: &dyn Dialect) -> Result<Option<Held>, NoPlace> {
    let Element::Typed(typed) = Element::of(field, StoredTime::MILLIS) else { return Ok(None) };
    let several = field.cardinality == Cardinality::Many;
    let held = held_one(typed, dialect)?;
    if several && held.list.is_none() {
        return Err(NoPlace::NoType { several });
    }
    Ok(Some(held))
}

/// How the engine holds one value of such a type.
fn held_one(typed: Typed, dialect: &dyn Dialect) -> Result<Held, NoPlace> {
    dialect.held(typed).ok_or(NoPlace::NoType { several: false })
}

/// What has to be known of a field's members in documents.
pub(super) fn caution(dialect: &dyn Dialect, field: &Field) -> Option<&'static str> {
    let documents = dialect.documents().filter(|_| !Column::is_said(field, dialect))?;
    let mut steps = field.record.iter().flat_map(|path| &path.steps);
    steps.find_map(|step| match step {
        Step::Member(name) => documents.caution(name),
        Step::Each | Step::Element(_) => None,
    })
}

/// Reads fields from the documents of one column.
struct Reader<'r> {
    document: String,
    documents: &'r dyn Documents,
}

impl Reader<'_> {
    fn sources(&self, field: &Field, kind: Element) -> Result<Vec<Source>, NoPlace> {
        let walks = |path: &RecordPath| path.steps.contains(&Step::Each);
        if field.record.is_empty() {
            return Err(NoPlace::NoPath);
        }
        if !field.is_single() && !field.record.iter().any(walks) {
            return Err(NoPlace::NoList);
        }
        field.record.iter().map(|path| self.source(field, kind, &path.steps)).collect()
    }

    fn source(&self, field: &Field, kind: Element, steps: &[Step]) -> Result<Source, NoPlace> {
        let can_name = |step: &Step| match step {
            Step::Member(name) => self.documents.can_name(name),
            Step::Each | Step::Element(_) => true,
        };
        if !steps.iter().all(can_name) {
            return Err(NoPlace::Unnameable);
        }
        let mut parts = steps.split(|step| *step == Step::Each);
        let way = parts.next().unwrap_or_default();
        match (parts.next(), parts.next()) {
            (None, _) => Ok(Source::Value(self.subject(field, kind, &self.document, way)?)),
            (Some(rest), None) => {
                let element = self.subject(field, kind, self.documents.element(), rest)?;
                Ok(Source::List { document: self.document.clone(), way: way.to_vec(), element })
            }
            (Some(_), Some(_)) => Err(NoPlace::Nested),
        }
    }

    fn subject(
        &self,
        field: &Field,
        kind: Element,
        document: &str,
        way: &[Step],
    ) -> Result<Subject, NoPlace> {
        match kind {
            Element::Cell(Cell::Key) => Ok(self.key(field, document, way)),
            Element::Cell(cell) => {
                Ok(Subject::new(&self.documents.value(document, way, Scalar::of(cell))))
            }
            Element::Typed(typed) => {
                let value = self.documents.typed(document, way, typed);
                value.map(|sql| Subject::new(&sql)).ok_or(NoPlace::NotInDocuments)
            }
        }
    }

    fn key(&self, field: &Field, document: &str, way: &[Step]) -> Subject {
        let key = KeyAt {
            document: document.to_owned(),
            way: way.to_vec(),
            names: field.record_key.clone(),
        };
        Subject { sql: key.member("id", self.documents), key: Some(key) }
    }
}

impl KeyAt {
    /// A member by its name in the language.
    fn member(&self, name: &str, documents: &dyn Documents) -> String {
        let (name, kind) = match name {
            "saas" => (&self.names.saas, Scalar::Number),
            "inst" => (&self.names.inst, Scalar::Number),
            _ => (&self.names.id, Scalar::Text),
        };
        let way = [&*self.way, &[Step::Member(name.clone())]].concat();
        let member = documents.value(&self.document, &way, kind);
        if kind != Scalar::Text {
            return member;
        }
        // An id may stand alone, without an object around it.
        format!("COALESCE({member}, {})", documents.value(&self.document, &self.way, Scalar::Id))
    }
}

impl Subject {
    /// A value in SQL.
    pub(super) fn new(sql: &str) -> Subject {
        Subject { sql: sql.to_owned(), key: None }
    }

    /// True of a key within a document.
    pub(super) fn is_in_document(&self) -> bool {
        self.key.is_some()
    }

    /// The id of a key.
    pub(super) fn key_id(&self, dialect: &dyn Dialect) -> String {
        if self.key.is_some() { self.sql.clone() } else { dialect.key_id(&self.sql) }
    }

    /// Tests that all hold when a key has these members.
    pub(super) fn key_has(
        &self,
        dialect: &dyn Dialect,
        members: super::dialect::Members<'_>,
        value: super::dialect::Bind<'_>,
    ) -> Vec<super::dialect::Condition> {
        match (&self.key, dialect.documents()) {
            (Some(key), Some(documents)) => members.each(value, |name| key.member(name, documents)),
            (Some(_) | None, _) => dialect.key_has(&self.sql, members, value),
        }
    }
}
