//! `--fix`: safe fixes are applied to a query, and what was done is said on standard error.

use std::fs;
use std::path::Path;

use serde_json::json;
use tamis::editor::fixes::mend;
use tamis::{Options, Schema};

use super::args::{MessageFormat, Messages, Source};
use super::failure::Failure;
use super::input::Text;
use super::report;

/// Applies the safe fixes of a query and says what was done; the text with them and what is left.
pub(super) fn mended(
    text: &Text,
    schema: &Schema,
    options: &Options,
    messages: Messages,
) -> (Text, Vec<tamis::Diagnostic>) {
    let mended = mend(&text.text, schema, options);
    for (found, fix) in &mended.done {
        let line = match messages.message_format {
            MessageFormat::Human => {
                format!("{}: {}: {}", text.name, found.message, fix.title)
            }
            MessageFormat::Json => json!({ "applied": fix, "code": found.code.id() }).to_string(),
        };
        anstream::eprintln!("{line}");
    }
    (Text { name: text.name.clone(), text: mended.text }, mended.left)
}

/// Writes a query back to its file, or to standard output where it came from no file.
pub(super) fn put(source: &Source, before: &str, text: &str) -> Result<(), Failure> {
    match source.file.as_deref().filter(|path| *path != Path::new("-")) {
        Some(_) if before == text => Ok(()),
        Some(path) => write(path, text),
        None => report::print(text),
    }
}

/// Writes a file by way of another beside it, so that nobody ever reads half of it. A link stays
/// one, and the file keeps its permissions.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::Io { action: "write", name: path.display().to_string(), error };
    let path = fs::canonicalize(path).map_err(failed)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let done = fs::metadata(&path)
        .and_then(|about| fs::write(&beside, text).map(|()| about))
        .and_then(|about| fs::set_permissions(&beside, about.permissions()))
        .and_then(|()| fs::rename(&beside, &path));
    done.map_err(|error| {
        // What is left of a failed write is nothing to keep.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}
