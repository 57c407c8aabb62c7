//! Why a command ends without a result, and the exit status that says so.

use std::io;
use std::process::ExitCode;

/// A reason to stop.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The query or schema is wrong; its diagnostics are already on standard error.
    #[error("the query is wrong")]
    Query,
    /// The language server's client left without a `shutdown`, for which the protocol wants 1.
    #[error("the client left without a shutdown")]
    Abandoned,
    /// The command line asks for something that does not exist or does not go together.
    #[error("{0}")]
    Usage(String),
    /// Reading or writing failed.
    #[error("cannot {action} {name}: {error}")]
    Io {
        /// `read` or `write`.
        action: &'static str,
        /// What.
        name: String,
        /// Why.
        error: io::Error,
    },
}

impl Failure {
    pub(super) fn read(name: impl Into<String>) -> impl FnOnce(io::Error) -> Failure {
        let name = name.into();
        move |error| Failure::Io { action: "read", name, error }
    }

    pub(super) fn write(error: io::Error) -> Failure {
        Failure::Io { action: "write", name: "standard output".into(), error }
    }

    /// Says what is not yet said, and gives the exit status. Whoever closed the pipe that this
    /// program writes to has read enough, which is no failure.
    pub(super) fn finish(self) -> ExitCode {
        match &self {
            Failure::Query | Failure::Abandoned => return ExitCode::FAILURE,
            Failure::Io { action: "write", error, .. }
                if error.kind() == io::ErrorKind::BrokenPipe =>
            {
                return ExitCode::SUCCESS;
            }
            Failure::Usage(_) | Failure::Io { .. } => {}
        }
        anstream::eprintln!("error: {}", tamis::diag::neutral(&self.to_string()));
        ExitCode::from(2)
    }
}
