//! The folder of XML files that an Excel file is, unpacked with care: what is declared is never believed.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{Cursor, Read},
};

use quick_xml::{
    Reader,
    escape::unescape,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

/// As much as a file may hold once unpacked (64 MiB).
pub(super) const MOST_UNPACKED: u64 = 64 << 20;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It is none of Excel's, or not whole.
    Broken,
    /// It unpacks to more than [`MOST_UNPACKED`].
    TooLarge,
}

pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Where a part is, by its name in small letters, with `/`.
    names: BTreeMap<String, usize>,
    left: u64,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Trouble> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Trouble::Broken)?;
        let names = archive.file_names().enumerate().filter_map(|(at, name)| Some((key(&name.ok()?), at))).collect();
        Ok(Self { archive, names, left: MOST_UNPACKED })
    }

    /// The text of a part, if there is such a part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Trouble> {
        let Some(&at) = self.names.get(&key(name)) else { return Ok(None) };
        let part = self.archive.by_index(at).map_err(|_| Trouble::Broken)?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| Trouble::Broken)?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(Trouble::TooLarge)?;
        String::from_utf8(bytes).map(Some).map_err(|_| Trouble::Broken)
    }
}

fn key(name: &str) -> String {
    name.replace('\\', "/").to_lowercase()
}

/// The path of what a part names: from the root, or from the part's own folder.
pub(super) fn resolved(part: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { part.split('/').collect() };
    path.pop();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            name => path.push(name),
        }
    }
    path.join("/")
}

/// What stands in an XML file, one after another.
pub(super) enum Xml<'e, 'x> {
    /// `<a>`, and the first half of `<a/>`.
    Open(&'e BytesStart<'x>),
    /// `</a>`, and the second half of `<a/>`, by its name without prefix.
    Close(&'e str),
    /// A stretch of text.
    Text(Cow<'x, str>),
}

/// Goes through an XML file, and stops with the first trouble.
pub(super) fn walk(xml: &str, mut each: impl FnMut(Xml<'_, '_>) -> Result<(), Trouble>) -> Result<(), Trouble> {
    let mut reader = Reader::from_str(xml.strip_prefix('\u{feff}').unwrap_or(xml));
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().map_err(|_| Trouble::Broken)? {
            Event::Start(tag) | Event::Empty(tag) => each(Xml::Open(&tag))?,
            Event::End(tag) => each(Xml::Close(tag.local_name().as_ref()))?,
            Event::Text(text) => each(Xml::Text(text.into_inner()))?,
            Event::CData(text) => each(Xml::Text(text.into_inner()))?,
            Event::GeneralRef(name) => {
                let letter = unescape(&format!("&{};", &*name)).map_err(|_| Trouble::Broken)?.into_owned();
                each(Xml::Text(Cow::Owned(letter)))?;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return Ok(()),
        }
    }
}

/// The name without its prefix.
pub(super) fn name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    tag.local_name().into_inner()
}

/// An attribute by its name without prefix.
pub(super) fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    // Looking for doubles would take the square of their number.
    let found = tag.attributes().with_checks(false).map_while(Result::ok).find(|it| it.key.local_name().as_ref() == name)?;
    match unescape(&found.value) {
        Ok(Cow::Borrowed(_)) | Err(_) => Some(found.value),
        Ok(Cow::Owned(value)) => Some(Cow::Owned(value)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_part_is_named_from_where_it_is_named() {
        for (part, target, want) in [
            ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "../a/./b.xml", "a/b.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("a", "../../b", "b"),
        ] {
            assert_eq!(super::resolved(part, target), want, "{target} in {part}");
        }
    }
}
