//! The JSON form of diagnostics, which other tools read.

use serde::{Serialize, Serializer};

use super::template::Args;
use super::{Diagnostic, Fix, Label, Severity};
use crate::span::Span;

/// The members are `code`, `severity`, `message_key`, `args`, `message`, `span` in bytes, `help_key`,
/// `help_args`, `help`, `labels` and `fixes`. A key and its arguments are what the English text
/// was made from (see [`template`](super::template)).
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'d> {
            code: &'static str,
            severity: Severity,
            message_key: &'static str,
            args: &'d Args,
            message: &'d str,
            span: Span,
            #[serde(skip_serializing_if = "Option::is_none")]
            help_key: Option<&'static str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            help_args: Option<&'d Args>,
            help: &'d Option<String>,
            labels: &'d [Label],
            fixes: &'d [Fix],
        }
        let (message_key, args) = self.template();
        let (help_key, help_args) = self.help_template().unzip();
        let wire = Wire {
            code: self.code.id(),
            severity: self.severity,
            message_key,
            args,
            message: &self.message,
            span: self.span,
            help_key,
            help_args,
            help: &self.help,
            labels: &self.labels,
            fixes: &self.fixes,
        };
        wire.serialize(serializer)
    }
}

/// The members are `span`, `text`, `key` and `args`.
impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'d> {
            span: Span,
            text: &'d str,
            key: &'static str,
            args: &'d Args,
        }
        let (key, args) = self.template();
        Wire { span: self.span, text: &self.text, key, args }.serialize(serializer)
    }
}

/// The members are `title`, `span`, `text`, `safe`, `key` and `args`.
impl Serialize for Fix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'d> {
            title: &'d str,
            span: Span,
            text: &'d str,
            safe: bool,
            key: &'static str,
            args: &'d Args,
        }
        let (key, args) = self.template();
        let wire = Wire {
            title: &self.title,
            span: self.span,
            text: &self.text,
            safe: self.safe,
            key,
            args,
        };
        wire.serialize(serializer)
    }
}
