//! x
use crate::target::*;
/// x
#[derive(Debug)]
pub struct Postgres;
impl Target for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }
    fn aliases(&self) -> &'static [&'static str] {
        &[]
    }
    fn title(&self) -> &'static str {
        ""
    }
    fn emit(&self, _q: &Query<'_>, _f: &Form) -> Result<Emitted, Vec<Diagnostic>> {
        Err(vec![])
    }
    fn ddl(&self, _s: &crate::Schema, _f: &Form) -> Option<String> {
        None
    }
}
