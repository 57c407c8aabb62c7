//! A text that a client has open, and what its header says of it (`tamis test` reads the same).

use std::path::PathBuf;

use lsp_types::Uri;
use tamis::diag::Code;
use tamis::suite::Header;
use tamis::{Diagnostic, Options, Zone};

use crate::cli::schemas::{self, Found};

/// An open text.
pub(super) struct Document {
    pub(super) text: String,
    /// The schema that the header names, when it is there.
    pub(super) schema: Option<Found>,
    /// What is wrong with the header.
    pub(super) wrong: Vec<Diagnostic>,
    header: Header,
}

impl Document {
    pub(super) fn read(text: String, uri: &Uri) -> Self {
        let (header, mut wrong) = Header::read(&text);
        // Not every text is there to be tested, and not every comment is a header.
        wrong.retain(|found| found.code != Code::NothingTested);
        if header.schema.is_none() && header.targets.is_empty() && header.examples.is_empty() {
            wrong.clear();
        }
        let mut schema = None;
        if let Some(name) = &header.schema {
            match schemas::load(&schemas::beside(&name.value, &folder(uri))) {
                Ok(found) => schema = Some(found),
                Err(found) => wrong.extend(header.without_schema(&found)),
            }
        }
        Document { text, schema, wrong, header }
    }

    /// The options of the command line with those of the header.
    pub(super) fn options(&self, mut options: Options) -> Options {
        options.now = self.header.now.unwrap_or(options.now);
        if self.header.zone != Zone::default() {
            options.zone = self.header.zone;
        }
        options.params.extend(self.header.params.clone());
        options
    }
}

/// The folder of a file; for other addresses the one that the server runs in.
fn folder(uri: &Uri) -> PathBuf {
    let path = uri.as_str().starts_with("file:").then(|| uri.path().as_estr().decode());
    let path = path.map(|path| PathBuf::from(path.into_string_lossy().into_owned()));
    path.and_then(|path| path.parent().map(PathBuf::from)).unwrap_or_default()
}
