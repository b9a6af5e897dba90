//! What a template from a stranger may bring: text and pictures, inside its folder, and no more than a workspace needs.

/// So many files at most.
pub const MOST_FILES: usize = 2_000;
/// So many bytes a file (5 MiB).
pub const MOST_FILE: u64 = 5 << 20;
/// So many bytes in all (50 MiB).
pub const MOST_TEMPLATE: u64 = 50 << 20;

/// Endings of what a workspace is made of. Neither pages nor programs are among them.
const KINDS: [&str; 14] = ["md", "yaml", "yml", "csv", "tsv", "txt", "xlsx", "svg", "png", "jpg", "jpeg", "webp", "gif", "pdf"];

/// Why a file of a template is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsafe {
    /// Its path leads out of the folder, or is none that every system can write.
    Path,
    /// It is a link.
    Link,
    /// It is hidden (`.github`, `.git`): machines act on such files by themselves.
    Hidden,
    /// Its ending is none of text or pictures.
    Kind,
    /// A picture that holds a program or asks for something elsewhere.
    Picture,
}

impl Unsafe {
    /// The key of the words that say it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Path => "template.unsafe.path",
            Self::Link => "template.unsafe.link",
            Self::Hidden => "template.unsafe.hidden",
            Self::Kind => "template.unsafe.kind",
            Self::Picture => "template.unsafe.picture",
        }
    }

    /// Whether the file is simply left out, or the whole template is not to be trusted.
    pub fn is_fatal(self) -> bool {
        match self {
            Self::Path | Self::Link => true,
            Self::Hidden | Self::Kind | Self::Picture => false,
        }
    }
}

/// What is wrong with a file of a template, by its path and, where they are known, its bytes.
pub fn what_is_unsafe(path: &str, bytes: Option<&[u8]>) -> Option<Unsafe> {
    let bad = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
        let device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
            || (stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem.ends_with(|it: char| it.is_ascii_digit()));
        part.is_empty() || part == "." || part == ".." || part.ends_with(['.', ' ']) || device
    };
    let odd = |it: char| it.is_control() || matches!(it, '\\' | ':' | '<' | '>' | '"' | '|' | '?' | '*');
    if path.is_empty() || path.len() > 240 || path.contains(odd) || path.split('/').any(bad) {
        return Some(Unsafe::Path);
    }
    if path.split('/').any(|part| part.starts_with('.')) {
        return Some(Unsafe::Hidden);
    }
    let kind = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, kind)| kind.to_lowercase());
    match kind {
        Some(kind) if !KINDS.contains(&kind.as_str()) => Some(Unsafe::Kind),
        None => Some(Unsafe::Kind),
        Some(kind) if kind == "svg" && bytes.is_some_and(is_active) => Some(Unsafe::Picture),
        Some(_) => None,
    }
}

/// Whether a drawing does more than show itself. Read as a browser would, not as a careful author writes: what merely looks
/// like it is refused, too.
fn is_active(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let squeezed: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    let handler = text.split(char::is_whitespace).any(|word| word.starts_with("on") && word.contains('='));
    let own = squeezed.matches("href=\"#").count() + squeezed.matches("href='#").count();
    handler
        || squeezed.matches("href=").count() != own
        || ["<script", "<foreignobject", "javascript:", "<!entity", "<!doctype", "<iframe", "@import", "<?xml-stylesheet"]
            .iter()
            .any(|it| squeezed.contains(it))
        || squeezed.matches("url(").count() != squeezed.matches("url(#").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_and_pictures_inside_the_folder() {
        for (path, want) in [
            ("objectives/a.md", None),
            ("vi/kpis/doanh thu.md", None),
            ("../a.md", Some(Unsafe::Path)),
            ("a/../../b.md", Some(Unsafe::Path)),
            ("/etc/a.md", Some(Unsafe::Path)),
            ("C:/a.md", Some(Unsafe::Path)),
            ("a\\b.md", Some(Unsafe::Path)),
            ("a//b.md", Some(Unsafe::Path)),
            ("con.md", Some(Unsafe::Path)),
            ("a/LPT1.md", Some(Unsafe::Path)),
            ("a./b.md", Some(Unsafe::Path)),
            (".github/workflows/a.yml", Some(Unsafe::Hidden)),
            ("pages/.x.md", Some(Unsafe::Hidden)),
            ("run.sh", Some(Unsafe::Kind)),
            ("static/a.html", Some(Unsafe::Kind)),
            ("Makefile", Some(Unsafe::Kind)),
        ] {
            assert_eq!(what_is_unsafe(path, None), want, "{path}");
        }
    }

    #[test]
    fn a_drawing_only_shows_itself() {
        let look = |text: &str| what_is_unsafe("logo.svg", Some(text.as_bytes()));
        assert_eq!(look("<svg xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#a\"/><path fill=\"url(#g)\"/></svg>"), None);
        for text in [
            "<svg><SCRIPT>1</SCRIPT></svg>",
            "<svg onload=\"x()\"/>",
            "<svg><image href=\"https://a.example/x.png\"/></svg>",
            "<svg><image xlink:href = 'file:///etc/passwd'/></svg>",
            "<svg><style>@import 'x'</style></svg>",
            "<!DOCTYPE svg [<!ENTITY a \"aa\">]><svg/>",
            "<svg><foreignObject/></svg>",
            "<svg><rect fill=\"url(https://a.example)\"/></svg>",
        ] {
            assert_eq!(look(text), Some(Unsafe::Picture), "{text}");
        }
    }
}
