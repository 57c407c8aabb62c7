//! What the server answers, each method from its function of `tamis::editor`.

use lsp_types as lsp;
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionItemKind,
    CompletionOptions, CompletionResponse, CompletionTextEdit, DocumentSymbolResponse,
    FoldingRangeProviderCapability, GotoDefinitionResponse, HoverContents, HoverProviderCapability,
    MarkupContent, MarkupKind, OneOf, SelectionRange, SelectionRangeProviderCapability,
    SemanticTokenType, SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions,
    SemanticTokensServerCapabilities, ServerCapabilities, SymbolKind, TextDocumentPositionParams,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextEdit, Uri,
};
use tamis::editor::complete::{Item, ItemKind, complete};
use tamis::editor::hover::hover;
use tamis::editor::names::{definition, names};
use tamis::editor::selection::{around, folds};
use tamis::fmt::{format, full_names};
use tamis::syntax::{Kind, tokens};
use tamis::{Limits, Options, Schema, Span};

use super::Server;
use super::place::Places;

/// Kinds of tokens by the names that the protocol has for them.
const TOKENS: &[(Kind, SemanticTokenType)] = &[
    (Kind::Comment, SemanticTokenType::COMMENT),
    (Kind::Keyword, SemanticTokenType::KEYWORD),
    (Kind::Connective, SemanticTokenType::KEYWORD),
    (Kind::Field, SemanticTokenType::PROPERTY),
    (Kind::Member, SemanticTokenType::PROPERTY),
    (Kind::Operator, SemanticTokenType::OPERATOR),
    (Kind::Word, SemanticTokenType::ENUM_MEMBER),
    (Kind::Number, SemanticTokenType::NUMBER),
    (Kind::Text, SemanticTokenType::STRING),
    (Kind::Parameter, SemanticTokenType::PARAMETER),
    (Kind::Reference, SemanticTokenType::FUNCTION),
];

/// What the server can do.
pub(super) fn capabilities() -> ServerCapabilities {
    let triggers = [" ", "(", ",", ".", "@", "$", "\"", "=", "<", ">", "!"];
    let legend = SemanticTokensLegend {
        token_types: TOKENS.iter().map(|(_, name)| name.clone()).collect(),
        token_modifiers: Vec::new(),
    };
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        definition_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR]),
            ..CodeActionOptions::default()
        })),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend,
                full: Some(SemanticTokensFullOptions::Bool(true)),
                ..SemanticTokensOptions::default()
            },
        )),
        ..ServerCapabilities::default()
    }
}

impl Server<'_> {
    pub(super) fn text(&self, uri: &Uri) -> &str {
        self.texts.get(uri).map_or("", |document| document.text.as_str())
    }

    /// The schema that a text is checked against.
    pub(super) fn schema(&self, uri: &Uri) -> &Schema {
        let named = self.texts.get(uri).and_then(|document| document.schema.as_ref());
        named.unwrap_or(&self.schema)
    }

    /// The options of now; the command line was read once already.
    pub(super) fn options(&self, uri: &Uri) -> Options {
        let options = self.checking.options().unwrap_or_else(|_| Options::at(0));
        match self.texts.get(uri) {
            Some(document) => document.options(options),
            None => options,
        }
    }

    fn limits(&self) -> Limits {
        self.checking.options().map(|options| options.limits).unwrap_or_default()
    }

    fn at(&self, asked: &TextDocumentPositionParams) -> (&str, usize) {
        let text = self.text(&asked.text_document.uri);
        (text, Places::of(text).byte(asked.position))
    }

    pub(super) fn completion(&self, asked: &lsp::CompletionParams) -> CompletionResponse {
        let (text, caret) = self.at(&asked.text_document_position);
        let uri = &asked.text_document_position.text_document.uri;
        let places = Places::of(text);
        let items = complete(text, caret, self.schema(uri), &self.options(uri), None);
        let items = items.iter().enumerate();
        CompletionResponse::List(lsp::CompletionList {
            is_incomplete: true,
            items: items.map(|(order, item)| completion_item(order, item, text, &places)).collect(),
        })
    }

    pub(super) fn hover(&self, asked: &lsp::HoverParams) -> Option<lsp::Hover> {
        let (text, caret) = self.at(&asked.text_document_position_params);
        let uri = &asked.text_document_position_params.text_document.uri;
        let found = hover(text, caret, self.schema(uri), &self.options(uri))?;
        let value = found.markdown();
        Some(lsp::Hover {
            contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
            range: Some(Places::of(text).range(found.span)),
        })
    }

    pub(super) fn formatting(&self, asked: &lsp::DocumentFormattingParams) -> Vec<TextEdit> {
        let text = self.text(&asked.text_document.uri);
        let parsed = tamis::parse_with(text, &self.limits());
        let full = full_names(&parsed, self.schema(&asked.text_document.uri));
        let parsed = tamis::parse_with(&full, &self.limits());
        let whole = Places::of(text).range(Span::new(0, text.len()));
        match format(&parsed) {
            Ok(new_text) if new_text != text => vec![TextEdit { range: whole, new_text }],
            Ok(_) | Err(_) => Vec::new(),
        }
    }

    /// Tokens as the protocol packs them: each by its distance from the one before.
    pub(super) fn tokens(&self, asked: &lsp::SemanticTokensParams) -> lsp::SemanticTokens {
        let text = self.text(&asked.text_document.uri);
        let places = Places::of(text);
        let mut data = Vec::new();
        let mut last = lsp::Position::default();
        for token in tokens(text, &self.limits()) {
            let kind = (0..).zip(TOKENS).find(|(_, (kind, _))| *kind == token.kind);
            let Some((token_type, _)) = kind else { continue };
            let range = places.range(token.span);
            let same = range.start.line == last.line;
            let from = if same { last.character } else { 0 };
            data.push(lsp::SemanticToken {
                delta_line: range.start.line - last.line,
                delta_start: range.start.character - from,
                length: range.end.character.saturating_sub(range.start.character),
                token_type,
                token_modifiers_bitset: 0,
            });
            last = range.start;
        }
        lsp::SemanticTokens { result_id: None, data }
    }

    pub(super) fn symbols(&self, asked: &lsp::DocumentSymbolParams) -> DocumentSymbolResponse {
        let uri = &asked.text_document.uri;
        let text = self.text(uri);
        let places = Places::of(text);
        #[expect(deprecated, reason = "the protocol's structure still has the member")]
        let symbol = |name: tamis::editor::names::Name| lsp::DocumentSymbol {
            name: name.name,
            detail: None,
            kind: SymbolKind::FUNCTION,
            tags: None,
            deprecated: None,
            range: places.range(name.span),
            selection_range: places.range(name.place),
            children: None,
        };
        let all = names(text, &self.limits());
        DocumentSymbolResponse::Nested(all.into_iter().map(symbol).collect())
    }

    pub(super) fn definition(
        &self,
        asked: &lsp::GotoDefinitionParams,
    ) -> Option<GotoDefinitionResponse> {
        let place = &asked.text_document_position_params;
        let (text, caret) = self.at(place);
        let span = definition(text, caret, &self.limits())?;
        let range = Places::of(text).range(span);
        let uri = place.text_document.uri.clone();
        Some(GotoDefinitionResponse::Scalar(lsp::Location { uri, range }))
    }

    pub(super) fn folding(&self, asked: &lsp::FoldingRangeParams) -> Vec<lsp::FoldingRange> {
        let text = self.text(&asked.text_document.uri);
        let places = Places::of(text);
        let fold = |span: Span| {
            let trimmed = span.range().start + span.of(text).trim_end().len();
            lsp::FoldingRange {
                start_line: places.position(span.range().start).line,
                end_line: places.position(trimmed).line,
                ..lsp::FoldingRange::default()
            }
        };
        folds(text, &self.limits()).into_iter().map(fold).collect()
    }

    /// For each place what a selection there grows to, each within the next.
    pub(super) fn selections(&self, asked: &lsp::SelectionRangeParams) -> Vec<SelectionRange> {
        let text = self.text(&asked.text_document.uri);
        let (places, limits) = (Places::of(text), self.limits());
        let grown = |position: &lsp::Position| {
            let spans = around(text, places.byte(*position), &limits);
            let wider = |inner: Option<Box<SelectionRange>>, span: &Span| {
                Some(Box::new(SelectionRange { range: places.range(*span), parent: inner }))
            };
            let whole = SelectionRange { range: places.range(Span::default()), parent: None };
            spans.iter().rev().fold(None, wider).map_or(whole, |inmost| *inmost)
        };
        asked.positions.iter().map(grown).collect()
    }
}

fn completion_item(
    order: usize,
    item: &Item,
    text: &str,
    places: &Places<'_>,
) -> lsp::CompletionItem {
    let again = lsp::Command {
        title: "suggest".to_owned(),
        command: "editor.action.triggerSuggest".to_owned(),
        arguments: None,
    };
    lsp::CompletionItem {
        label: item.label.clone(),
        kind: Some(match item.kind {
            ItemKind::Field => CompletionItemKind::FIELD,
            ItemKind::Operator => CompletionItemKind::OPERATOR,
            ItemKind::Value => CompletionItemKind::ENUM_MEMBER,
            ItemKind::Connective | ItemKind::Keyword | ItemKind::Mark => {
                CompletionItemKind::KEYWORD
            }
            ItemKind::Filter => CompletionItemKind::FUNCTION,
            ItemKind::Parameter => CompletionItemKind::VARIABLE,
        }),
        detail: (!item.detail.is_empty()).then(|| item.detail.clone()),
        documentation: (!item.documentation.is_empty())
            .then(|| lsp::Documentation::String(item.documentation.clone())),
        // What was typed decides for the server what fits; the client has nothing to add.
        filter_text: Some(item.edit.span.of(text).to_owned()),
        sort_text: Some(format!("{order:05}")),
        text_edit: Some(CompletionTextEdit::Edit(places.edit(&item.edit))),
        command: item.more.then_some(again),
        ..lsp::CompletionItem::default()
    }
}
