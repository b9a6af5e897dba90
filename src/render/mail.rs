//! A report as a mail, ready for sendmail: its subject, and the same words twice, with tables and as plain text.
//!
//! It names no day and no message id: whoever hands it on adds both, and the same report gives the same bytes.

use mail_builder::{
    headers::{Header, address::Address, content_type::ContentType, text::Text},
    mime::MimePart,
};

/// Whom a mail names.
#[derive(Clone, Debug, Default)]
pub struct Envelope {
    /// Who sends it; none: the mailer's own user.
    pub from: Option<Mailbox>,
    /// Who gets it.
    pub to: Vec<Mailbox>,
}

/// An address, with a name in front or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    name: Option<String>,
    address: String,
}

impl Mailbox {
    /// `board@example.com`, `The board <board@example.com>`; none of a text that has no address.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, address) = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => (Some(name.trim().trim_matches('"')).filter(|it| !it.is_empty()), address.trim()),
            None => (None, text),
        };
        let is_address = |it: &str| {
            let ends = it.split_once('@');
            ends.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
                && it.chars().all(|it| it.is_ascii_graphic() && !matches!(it, '<' | '>' | ',' | ';' | '"' | '\\' | '(' | ')'))
        };
        let name_is_plain = name.is_none_or(|it| !it.chars().any(char::is_control));
        (is_address(address) && name_is_plain).then(|| Self { name: name.map(str::to_owned), address: address.to_owned() })
    }

    fn header(&self) -> Address<'_> {
        Address::new_address(self.name.as_deref(), self.address.as_str())
    }
}

/// Ends of a mail's parts: two signs that never stand together in what quoted-printable or base64 write.
const BOUNDARY: &str = "=_scorebook_report_=";

/// The mail's bytes, lines ending with CRLF.
pub fn mail(envelope: &Envelope, subject: &str, text: &str, html: &str) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(html.len() * 2);
    if let Some(from) = &envelope.from {
        header(&mut out, "From", &from.header());
    }
    if !envelope.to.is_empty() {
        header(&mut out, "To", &Address::new_list(envelope.to.iter().map(Mailbox::header).collect()));
    }
    // A line break would be a header of its own.
    let subject: String = subject.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    header(&mut out, "Subject", &Text::new(subject));
    header(&mut out, "MIME-Version", &Text::new("1.0"));
    let kind = ContentType::new("multipart/alternative").attribute("boundary", BOUNDARY);
    let parts = vec![MimePart::new("text/plain", text), MimePart::new("text/html", html)];
    MimePart::new(kind, parts).write_part(&mut out);
    out
}

fn header(out: &mut Vec<u8>, name: &str, value: &impl Header) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    value.write_header(out, name.len() + 2);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_encoded_and_its_address_is_not() {
        let to = ["Hội đồng <b@e.example>", "c@e.example"].map(|it| Mailbox::parse(it).expect("an address"));
        let envelope = Envelope { from: Mailbox::parse("Hà <ha@e.example>"), to: to.to_vec() };
        let mail = String::from_utf8(mail(&envelope, "s", "t", "<p>h</p>")).expect("ASCII");
        assert!(mail.contains(" <ha@e.example>\r\n") && mail.contains("<b@e.example>") && mail.contains("c@e.example"), "{mail}");
        for wrong in ["", "Hà", "a@", "@b", "a@b\r\nBcc: c@d", "a@b, c@d", "Hà <a b@c>", "N\nX <a@b>"] {
            assert_eq!(Mailbox::parse(wrong), None, "{wrong}");
        }
    }
}
