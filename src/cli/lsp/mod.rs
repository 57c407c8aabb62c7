//! `tamis lsp`: a language server over standard input and output, for `.tamis` files.
//!
//! It keeps the texts that the client has open and answers from `tamis::editor`; it reads no files
//! but schemas, and writes none.

mod answers;
mod document;
mod place;
mod problems;
mod transport;

use std::collections::HashMap;
use std::io;

use clap::Args;
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Exit, Notification as Notice,
    PublishDiagnostics,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, FoldingRangeRequest, Formatting,
    GotoDefinition, HoverRequest, Request as Method, SelectionRangeRequest,
    SemanticTokensFullRequest, Shutdown,
};
use lsp_types::{PublishDiagnosticsParams, Uri};
use serde_json::Value;

use super::args::{Checking, Color, MessageFormat, Messages};
use super::failure::Failure;
use super::report::Report;
use super::schemas::{self, Found};
use document::Document;

/// Serve editors over the language server protocol.
#[derive(Args)]
pub(crate) struct Lsp {
    #[command(flatten)]
    checking: Checking,
    /// Standard input and output, which is the only way and may be named for clients that do
    #[arg(long)]
    stdio: bool,
}

impl Lsp {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let messages = Messages { message_format: MessageFormat::Human, color: Color::Never };
        let schema = schemas::find(&self.checking.schema, &Report::new(messages))?;
        self.checking.options()?;
        let (connection, threads) = transport::connect();
        let capabilities = serde_json::to_value(answers::capabilities()).unwrap_or_default();
        let done = connection.initialize(capabilities).map_err(io::Error::other).and_then(|_| {
            let server = Server { checking: &self.checking, schema, texts: HashMap::new() };
            server.serve(&connection)
        });
        drop(connection);
        let left = done.and_then(|left| threads.join().map(|()| left));
        match left.map_err(Failure::read("the client"))? {
            Left::AfterShutdown => Ok(()),
            Left::Abruptly => Err(Failure::Abandoned),
        }
    }
}

/// How a client left.
enum Left {
    AfterShutdown,
    Abruptly,
}

/// The texts that a client has open.
struct Server<'c> {
    checking: &'c Checking,
    schema: Found,
    texts: HashMap<Uri, Document>,
}

impl Server<'_> {
    /// Until the client leaves. Behind its `shutdown` it can only do that.
    fn serve(mut self, connection: &Connection) -> io::Result<Left> {
        let mut over = false;
        for message in &connection.receiver {
            let answer = match message {
                Message::Request(request) if over => {
                    let code = lsp_server::ErrorCode::InvalidRequest as i32;
                    let why = "the server is shut down".to_owned();
                    Some(Message::Response(Response::new_err(request.id, code, why)))
                }
                Message::Request(request) if request.method == Shutdown::METHOD => {
                    over = true;
                    Some(Message::Response(Response::new_ok(request.id, ())))
                }
                Message::Request(request) => Some(Message::Response(self.answer(request))),
                Message::Notification(notice) if notice.method == Exit::METHOD => {
                    return Ok(if over { Left::AfterShutdown } else { Left::Abruptly });
                }
                Message::Notification(notice) => self.note(notice).map(Message::Notification),
                Message::Response(_) => None,
            };
            if let Some(answer) = answer {
                connection.sender.send(answer).map_err(io::Error::other)?;
            }
        }
        Ok(Left::AfterShutdown)
    }

    fn answer(&self, request: Request) -> Response {
        let Request { id, method, params } = request;
        match method.as_str() {
            Completion::METHOD => with(id, params, |asked| self.completion(asked)),
            HoverRequest::METHOD => with(id, params, |asked| self.hover(asked)),
            Formatting::METHOD => with(id, params, |asked| self.formatting(asked)),
            CodeActionRequest::METHOD => with(id, params, |asked| self.code_actions(asked)),
            SemanticTokensFullRequest::METHOD => with(id, params, |asked| self.tokens(asked)),
            DocumentSymbolRequest::METHOD => with(id, params, |asked| self.symbols(asked)),
            GotoDefinition::METHOD => with(id, params, |asked| self.definition(asked)),
            FoldingRangeRequest::METHOD => with(id, params, |asked| self.folding(asked)),
            SelectionRangeRequest::METHOD => with(id, params, |asked| self.selections(asked)),
            _ => {
                let code = lsp_server::ErrorCode::MethodNotFound as i32;
                Response::new_err(id, code, format!("no method `{method}`"))
            }
        }
    }

    /// Takes in what the client says of its texts; a changed text gets its diagnostics.
    fn note(&mut self, notice: Notification) -> Option<Notification> {
        let Notification { method, params } = notice;
        let uri = match method.as_str() {
            DidOpenTextDocument::METHOD => {
                let opened: lsp_types::DidOpenTextDocumentParams = read(params)?;
                let document = opened.text_document;
                let read = Document::read(document.text, &document.uri);
                self.texts.insert(document.uri.clone(), read);
                document.uri
            }
            DidChangeTextDocument::METHOD => {
                let changed: lsp_types::DidChangeTextDocumentParams = read(params)?;
                let text = changed.content_changes.into_iter().next_back()?.text;
                let uri = changed.text_document.uri;
                self.texts.insert(uri.clone(), Document::read(text, &uri));
                uri
            }
            DidCloseTextDocument::METHOD => {
                let closed: lsp_types::DidCloseTextDocumentParams = read(params)?;
                self.texts.remove(&closed.text_document.uri);
                closed.text_document.uri
            }
            _ => return None,
        };
        let diagnostics = self.diagnostics(&uri);
        let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
        Some(Notification::new(PublishDiagnostics::METHOD.to_owned(), params))
    }
}

fn read<T: serde::de::DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

/// Answers a request whose parameters are of the form they should have.
fn with<P, A>(id: RequestId, params: Value, answer: impl FnOnce(&P) -> A) -> Response
where
    P: serde::de::DeserializeOwned,
    A: serde::Serialize,
{
    match serde_json::from_value(params) {
        Ok(asked) => Response::new_ok(id, answer(&asked)),
        Err(error) => {
            let code = lsp_server::ErrorCode::InvalidParams as i32;
            Response::new_err(id, code, error.to_string())
        }
    }
}
