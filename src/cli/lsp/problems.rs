//! What is wrong with a text, and what can be done about it.

use lsp_types as lsp;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, DiagnosticRelatedInformation, Location,
    NumberOrString, Uri,
};
use tamis::diag::{Code, Diagnostic, Severity};
use tamis::editor::problems::problems;
use tamis::editor::{Edit, structure};

use super::Server;
use super::place::Places;

impl Server<'_> {
    /// What is wrong with a text. Where nothing binds parameters, whoever compiles it will.
    fn problems(&self, uri: &Uri) -> Vec<tamis::Diagnostic> {
        let options = self.options(uri);
        let unbound = options.params.is_empty();
        let found = problems(self.text(uri), None, self.schema(uri), &options);
        let found = found.into_iter().map(|found| found.diagnostic);
        let found = found.filter(|found| !(unbound && found.code == Code::UnboundParameter));
        let header = self.texts.get(uri).into_iter().flat_map(|document| &document.wrong);
        header.cloned().chain(found).collect()
    }

    pub(super) fn diagnostics(&self, uri: &Uri) -> Vec<lsp::Diagnostic> {
        let places = Places::of(self.text(uri));
        self.problems(uri).iter().map(|found| told(found, uri, &places)).collect()
    }

    /// Fixes of what is wrong within the range, and edits on the clause at its start; of the
    /// kinds that are asked for.
    pub(super) fn code_actions(&self, asked: &lsp::CodeActionParams) -> Vec<CodeActionOrCommand> {
        let uri = &asked.text_document.uri;
        let (text, options) = (self.text(uri), self.options(uri));
        let places = Places::of(text);
        let (start, end) = (places.byte(asked.range.start), places.byte(asked.range.end));
        let here = |found: &&Diagnostic| {
            let span = found.span.range();
            span.start <= end && start <= span.end
        };
        let found = self.problems(uri);
        let mut actions = Vec::new();
        for found in found.iter().filter(here) {
            for fix in &found.fixes {
                let edit = change(uri, &[Edit::from(fix)], &places);
                actions.push(CodeAction {
                    title: fix.title.clone(),
                    kind: Some(CodeActionKind::QUICKFIX),
                    diagnostics: Some(vec![told(found, uri, &places)]),
                    is_preferred: fix.safe.then_some(true),
                    edit: Some(edit),
                    ..CodeAction::default()
                });
            }
        }
        for (title, edit) in CLAUSE_EDITS {
            if let Some(edits) = edit(text, start, &options.limits) {
                actions.push(CodeAction {
                    title: (*title).to_owned(),
                    kind: Some(CodeActionKind::REFACTOR),
                    edit: Some(change(uri, &edits, &places)),
                    ..CodeAction::default()
                });
            }
        }
        if let Some(only) = &asked.context.only {
            actions.retain(|action| only.iter().any(|kind| covers(kind, action.kind.as_ref())));
        }
        actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
    }
}

/// A diagnostic as the protocol has it, its other places beside it.
fn told(found: &Diagnostic, uri: &Uri, places: &Places<'_>) -> lsp::Diagnostic {
    let related = found.labels.iter().map(|label| DiagnosticRelatedInformation {
        location: Location { uri: uri.clone(), range: places.range(label.span) },
        message: label.text.clone(),
    });
    let related: Vec<_> = related.collect();
    lsp::Diagnostic {
        range: places.range(found.span),
        severity: Some(match found.severity {
            Severity::Error => lsp::DiagnosticSeverity::ERROR,
            Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(found.code.id().to_owned())),
        source: Some("tamis".to_owned()),
        message: match &found.help {
            Some(help) => format!("{}\n{help}", found.message),
            None => found.message.clone(),
        },
        related_information: (!related.is_empty()).then_some(related),
        ..lsp::Diagnostic::default()
    }
}

fn change(uri: &Uri, edits: &[Edit], places: &Places<'_>) -> lsp::WorkspaceEdit {
    let edits = edits.iter().map(|edit| places.edit(edit)).collect();
    lsp::WorkspaceEdit {
        changes: Some([(uri.clone(), edits)].into()),
        ..lsp::WorkspaceEdit::default()
    }
}

/// True of a kind and of those within it: `refactor` covers `refactor.rewrite`.
fn covers(kind: &CodeActionKind, inner: Option<&CodeActionKind>) -> bool {
    let rest = inner.and_then(|inner| inner.as_str().strip_prefix(kind.as_str()));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || kind.as_str().is_empty())
}

/// An edit on the clause at a place.
type ClauseEdit = fn(&str, usize, &tamis::Limits) -> Option<Vec<Edit>>;

/// Edits on a clause that are offered as actions.
const CLAUSE_EDITS: &[(&str, ClauseEdit)] = &[
    ("negate the condition, or no longer", structure::negate),
    ("mute the condition, or no longer", structure::mute),
    ("remove the condition", structure::remove),
];
