//! What is counted while records are judged, and what is said of it at the end.

use super::misfits::Seen;
use super::{Judged, OnError};
use crate::cli::failure::Failure;
use crate::cli::records;

/// The most lines that are named; the rest is counted.
const NAMED: u64 = 100;

/// What was counted so far, file by file in order.
#[derive(Default)]
pub(super) struct Tally<'f> {
    files: &'f [records::Source],
    file: usize,
    lines: u64,
    pub(super) selected: u64,
    wrong: u64,
    pub(super) seen: Seen,
}

impl<'f> Tally<'f> {
    pub(super) fn of(files: &'f [records::Source]) -> Self {
        Tally { files, ..Tally::default() }
    }

    pub(super) fn add(&mut self, judged: &Judged) {
        if judged.file != self.file {
            (self.file, self.lines) = (judged.file, 0);
        }
        let name = self.files.get(self.file).map_or("", |file| &file.name);
        for (line, why) in &judged.wrong {
            self.wrong += 1;
            if self.wrong <= NAMED {
                let unit = if judged.elements { "record " } else { "" };
                anstream::eprintln!("error: {name}:{unit}{}: {why}", self.lines + line);
            }
        }
        self.seen.add(&judged.seen, self.file, self.lines);
        self.lines += judged.lines;
        self.selected += judged.selected;
    }

    pub(super) fn finish(&self, on_error: OnError) -> Result<(), Failure> {
        if self.wrong > NAMED {
            anstream::eprintln!("error: and {} more", self.wrong - NAMED);
        }
        let wrong = match self.wrong {
            0 => return Ok(()),
            1 => "1 line is not a record".to_owned(),
            wrong => format!("{wrong} lines are not records"),
        };
        match on_error {
            OnError::Skip => {
                anstream::eprintln!("warning: {wrong}, left out");
                Ok(())
            }
            OnError::Fail => Err(Failure::Usage(format!(
                "{wrong}; the others are done (`--on-error skip` accepts that)"
            ))),
        }
    }
}
