//! A report as a mail, ready for sendmail: its subject, and the same words twice, with tables and as plain text.
//!
//! It names no day and no message id: whoever hands it on adds both, and the same report gives the same bytes.

use mail_builder::{
    headers::{Header, content_type::ContentType, text::Text},
    mime::MimePart,
};

/// Whom a mail names.
#[derive(Clone, Debug, Default)]
pub struct Envelope {
    /// Who sends it, as it stands in the header; empty: the mailer's own user.
    pub from: String,
    /// Who gets it.
    pub to: Vec<String>,
}

/// Ends of a mail's parts: two signs that never stand together in what quoted-printable or base64 write.
const BOUNDARY: &str = "=_scorebook_report_=";

/// The mail's bytes, lines ending with CRLF.
pub fn mail(envelope: &Envelope, subject: &str, text: &str, html: &str) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(html.len() * 2);
    let mut header = |name: &str, value: &str| {
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b": ");
        // A line break would be a header of its own.
        let value: String = value.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        Text::new(value).write_header(&mut out, name.len() + 2);
    };
    if !envelope.from.is_empty() {
        header("From", &envelope.from);
    }
    if !envelope.to.is_empty() {
        header("To", &envelope.to.join(", "));
    }
    header("Subject", subject);
    header("MIME-Version", "1.0");
    let kind = ContentType::new("multipart/alternative").attribute("boundary", BOUNDARY);
    let parts = vec![MimePart::new("text/plain", text), MimePart::new("text/html", html)];
    MimePart::new(kind, parts).write_part(&mut out);
    out
}
