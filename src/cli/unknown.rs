//! What a command line means that is no command of the program's: a word that is nearly the name of
//! one, or a query without its quotes.

use clap::CommandFactory as _;
use clap::error::{Error, ErrorKind};

/// What is wrong with arguments that were refused, where that can be said better than by their
/// grammar. `tamis QUERY` alone is a query, whatever its word.
pub(super) fn explain(error: &Error, arguments: &[String]) -> Option<String> {
    let [first, rest @ ..] = arguments else { return None };
    if rest.is_empty() || first.starts_with('-') || first.contains(char::is_whitespace) {
        return None;
    }
    let commands = super::Cli::command();
    let names: Vec<&str> = commands.get_subcommands().map(clap::Command::get_name).collect();
    if names.contains(&first.as_str()) {
        return None;
    }
    if let Some(near) = nearest(first, &names) {
        return Some(format!("`{first}` is not a command; did you mean `{near}`?"));
    }
    let words = rest.iter().take_while(|word| !word.starts_with("--"));
    // A grammar with commands takes the second word for one.
    let kinds =
        [ErrorKind::UnknownArgument, ErrorKind::ArgumentConflict, ErrorKind::InvalidSubcommand];
    let several = kinds.contains(&error.kind()) && words.count() > 0;
    several.then(|| {
        format!(
            "`{first}` is not a command, and a query is one argument: write it in quotes, such as `tamis 'service = Box'`"
        )
    })
}

/// The command that a word is one or two slips away from, by its length.
fn nearest<'n>(word: &str, names: &[&'n str]) -> Option<&'n str> {
    let word = word.to_lowercase();
    let near = names.iter().map(|name| (strsim::osa_distance(&word, name), *name));
    let near = near.filter(|(slips, name)| *slips <= (name.len() / 3).max(1));
    near.min_by_key(|(slips, _)| *slips).map(|(_, name)| name)
}
