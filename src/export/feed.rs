//! A feed (Atom, RFC 4287): check-ins, decisions, closed goals – the newest first. Days stand as their midnight in UTC,
//! which the format asks for; no clock is read.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use crate::model::Date;

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The same for the same thing, whenever it is written: an address, or a name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its day.
    pub day: Date,
    /// Who; empty when nobody is named.
    pub author: String,
    /// Where it stands.
    pub link: String,
    /// What was said, as text.
    pub summary: String,
}

/// A feed.
#[derive(Clone, Debug)]
pub struct Feed<'a> {
    /// Its name for itself, the same for ever.
    pub id: &'a str,
    /// What it tells.
    pub title: &'a str,
    /// The company: the author of what nobody is named for.
    pub company: &'a str,
    /// For `xml:lang`.
    pub language: &'a str,
    /// The site's address.
    pub link: &'a str,
    /// The feed's own address.
    pub own_link: &'a str,
    /// The day of the data.
    pub day: Date,
    /// The newest first.
    pub entries: &'a [Entry],
}

/// The feed's bytes.
///
/// # Errors
/// None: memory takes every byte.
pub fn feed(feed: &Feed<'_>) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = writer.create_element("feed").with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.language)]);
    root.write_inner_content(|writer| {
        element(writer, "title", feed.title)?;
        element(writer, "id", feed.id)?;
        element(writer, "updated", &midnight(feed.day))?;
        writer.create_element("link").with_attributes([("rel", "alternate"), ("href", feed.link)]).write_empty()?;
        writer.create_element("link").with_attributes([("rel", "self"), ("href", feed.own_link)]).write_empty()?;
        author(writer, feed.company)?;
        element(writer, "generator", "scorebook")?;
        feed.entries.iter().try_for_each(|it| entry(writer, it))
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn entry(writer: &mut Writer<Vec<u8>>, entry: &Entry) -> io::Result<()> {
    writer
        .create_element("entry")
        .write_inner_content(|writer| {
            element(writer, "title", &entry.title)?;
            element(writer, "id", &entry.id)?;
            element(writer, "updated", &midnight(entry.day))?;
            writer.create_element("link").with_attributes([("rel", "alternate"), ("href", entry.link.as_str())]).write_empty()?;
            if !entry.author.is_empty() {
                author(writer, &entry.author)?;
            }
            if !entry.summary.is_empty() {
                element(writer, "summary", &entry.summary)?;
            }
            Ok(())
        })
        .map(|_| ())
}

fn author(writer: &mut Writer<Vec<u8>>, name: &str) -> io::Result<()> {
    writer.create_element("author").write_inner_content(|writer| element(writer, "name", name)).map(|_| ())
}

fn element(writer: &mut Writer<Vec<u8>>, name: &'static str, words: &str) -> io::Result<()> {
    // Signs that XML cannot hold at all are none of a text.
    let clean: String =
        words.chars().filter(|it| matches!(it, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)).collect();
    writer.create_element(name).write_text_content(BytesText::new(&clean)).map(|_| ())
}

fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
