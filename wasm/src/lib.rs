//! Tamis as WebAssembly: requests and answers as JSON over three exported functions. The contract is
//! `wasm/README.md`. Whatever says something about the language stands in the library.

#[cfg(target_arch = "wasm32")]
mod abi;
mod edit;
mod fault;
#[cfg(feature = "full")]
mod full;
mod json;
#[cfg(target_arch = "wasm32")]
mod pool;
mod read;
mod say;
mod session;
mod shapes;
mod show;
#[cfg(test)]
mod types;
mod units;

use serde_json::Value as Json;

use fault::Fault;
use read::Args;
use say::{Say, members};

/// Answers one request: JSON in, JSON out. Every text is answered.
///
/// ```text
/// {"method": "quote", "value": "a b"}  ->  {"ok": {"text": "\"a b\""}}
/// ```
#[must_use]
pub fn answer(request: &[u8]) -> Vec<u8> {
    let no_json =
        |at| Fault::request(format!("the request is no JSON: it cannot be read from byte {at} on"));
    json::read(request)
        .map_err(no_json)
        .and_then(dispatch)
        .unwrap_or_else(|fault| whole("error", &fault))
}

/// What a method answers, as JSON text.
type Answer = Result<Vec<u8>, Fault>;

fn ok(value: &dyn Say) -> Answer {
    Ok(whole("ok", value))
}

fn whole(name: &str, value: &dyn Say) -> Vec<u8> {
    let mut out = Vec::new();
    members(&mut out, name, &[value]);
    out
}

fn dispatch(request: Json) -> Answer {
    let mut args = Args::new(request)?;
    let method: String = args.take("method")?;
    match method.as_str() {
        "schemas" => session::schemas(args),
        "open" => session::open(args),
        "set" => session::set(args),
        "close" => session::close(args),
        "analyse" => show::analyse(args),
        "hover" => show::hover(args),
        "explain" => show::explain(args),
        "format" => show::format(args),
        "quote" => show::quote(args),
        "edit" => edit::edit(args),
        other => more(other, args),
    }
}

#[cfg(feature = "full")]
fn more(method: &str, args: Args) -> Answer {
    match method {
        "targets" => full::targets(args),
        "compile" => full::compile(args),
        "match" => full::matches(args),
        "decompile" => full::decompile(args),
        "compare" => full::compare(args),
        "import" => full::import(args),
        other => Err(Fault::method(other)),
    }
}

#[cfg(not(feature = "full"))]
fn more(method: &str, _: Args) -> Answer {
    Err(Fault::method(method))
}
