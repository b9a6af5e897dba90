//! Where each page stands, and the links from page to page: always relative, always to a file.

use std::fmt;

use crate::model::{Id, Period};

/// A file of the site, from its root, with `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SitePath(String);

impl SitePath {
    /// The path as it stands on the disk.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of `to` as seen from this page, percent-encoded.
    pub fn href(&self, to: &Self) -> String {
        let shared = shared_folders(&self.0, &to.0);
        let mut href = "../".repeat(self.0[shared..].matches('/').count());
        encode(&to.0[shared..], &mut href);
        href
    }

    /// The address of a place on another page; without a place that of the page.
    pub fn href_at(&self, to: &Self, anchor: &str) -> String {
        if anchor.is_empty() {
            return self.href(to);
        }
        let mut href = if self == to { String::new() } else { self.href(to) };
        href.push('#');
        encode(anchor, &mut href);
        href
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many bytes of folders two paths begin with alike.
fn shared_folders(a: &str, b: &str) -> usize {
    let alike = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    a.as_bytes()[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1)
}

/// Percent-encodes a path: what an address keeps as it is, and `/`, stays.
pub(crate) fn encode(text: &str, into: &mut String) {
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    if text.bytes().all(stays) {
        return into.push_str(text);
    }
    for byte in text.bytes() {
        if stays(byte) {
            into.push(char::from(byte));
        } else {
            into.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// The addresses of one language's half of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routes {
    /// Empty for the workspace's own language, else `en/`.
    prefix: String,
}

impl Routes {
    /// The workspace's own language: at the root.
    pub fn own() -> Self {
        Self { prefix: String::new() }
    }

    /// Another language: in a folder of its name.
    pub fn language(language: &str) -> Self {
        Self { prefix: format!("{language}/") }
    }

    fn at(&self, path: &str) -> SitePath {
        SitePath(format!("{}{path}", self.prefix))
    }

    /// `index.html`.
    pub fn home(&self) -> SitePath {
        self.at("index.html")
    }

    /// `problems.html`.
    pub fn problems(&self) -> SitePath {
        self.at("problems.html")
    }

    /// `2026-q3/index.html`.
    pub fn period(&self, period: &Period) -> SitePath {
        self.at(&format!("{}/index.html", period.slug()))
    }

    /// `2026-q3/kinh-doanh.html`.
    pub fn department_in(&self, period: &Period, department: &Id) -> SitePath {
        self.at(&format!("{}/{department}.html", period.slug()))
    }

    /// `departments/kinh-doanh.html`.
    pub fn department(&self, department: &Id) -> SitePath {
        self.at(&format!("departments/{department}.html"))
    }

    /// `objectives/ID.html`.
    pub fn objective(&self, objective: &Id) -> SitePath {
        self.at(&format!("objectives/{objective}.html"))
    }

    /// `kpis/ID.html`.
    pub fn kpi(&self, kpi: &Id) -> SitePath {
        self.at(&format!("kpis/{kpi}.html"))
    }

    /// `kpis/index.html`.
    pub fn kpis(&self) -> SitePath {
        self.at("kpis/index.html")
    }

    /// `people/ID.html`.
    pub fn person(&self, person: &Id) -> SitePath {
        self.at(&format!("people/{person}.html"))
    }

    /// `pages/ID.html`.
    pub fn page(&self, page: &Id) -> SitePath {
        self.at(&format!("pages/{page}.html"))
    }

    /// `reports/2026-09.html`, `reports/2026-q3.html`.
    pub fn report(&self, period: &Period) -> SitePath {
        self.at(&format!("reports/{}.html", period.slug()))
    }

    /// `reports/index.html`.
    pub fn reports(&self) -> SitePath {
        self.at("reports/index.html")
    }

    /// `guide/CODE.html`: what a finding means.
    pub fn guide(&self, code: &str) -> SitePath {
        self.at(&format!("guide/{code}.html"))
    }

    /// `guide/NAME.html`: a page of the manual, such as `guide/publishing.html`.
    pub fn manual(&self, name: &str) -> SitePath {
        self.at(&format!("guide/{name}.html"))
    }

    /// `guide/findings.html`: all of them.
    pub fn guides(&self) -> SitePath {
        self.at("guide/findings.html")
    }

    /// `feed.xml`.
    pub fn feed(&self) -> SitePath {
        self.at("feed.xml")
    }

    /// `calendar.ics`.
    pub fn calendar(&self) -> SitePath {
        self.at("calendar.ics")
    }

    /// `badges/company.svg`.
    pub fn company_badge(&self) -> SitePath {
        self.at("badges/company.svg")
    }

    /// `badges/departments/ID.svg`.
    pub fn department_badge(&self, id: &Id) -> SitePath {
        self.at(&format!("badges/departments/{id}.svg"))
    }

    /// `data/scorebook.json`.
    pub fn data(&self) -> SitePath {
        self.at("data/scorebook.json")
    }

    /// A file of the theme; shared by all languages.
    pub fn asset(&self, name: &str) -> SitePath {
        SitePath(format!("assets/{name}"))
    }

    /// A file of the workspace that a text names; shared by all languages.
    pub fn file(&self, path: &str) -> SitePath {
        SitePath(format!("assets/files/{path}"))
    }

    /// A file of the workspace's `static/` folder; shared by all languages.
    pub fn fixed(&self, path: &str) -> SitePath {
        SitePath(path.to_owned())
    }

    /// The same page in another language.
    pub fn twin(&self, page: &SitePath, other: &Self) -> SitePath {
        let rest = page.0.strip_prefix(&self.prefix).unwrap_or(&page.0);
        other.at(rest)
    }
}

/// The place of a check-in in an objective's log.
pub fn check_in_anchor(date: crate::model::Date) -> String {
    format!("c-{date}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_from_page_to_page() {
        let routes = Routes::own();
        let objective = routes.objective(&Id::new("a"));
        let home = routes.home();
        for (from, to, want) in [
            (&objective, &home, "../index.html"),
            (&home, &objective, "objectives/a.html"),
            (&objective, &routes.objective(&Id::new("b")), "b.html"),
            (&Routes::language("en").objective(&Id::new("a")), &routes.asset("x.css"), "../../assets/x.css"),
            (&home, &routes.file("tài liệu/a b.csv"), "assets/files/t%C3%A0i%20li%E1%BB%87u/a%20b.csv"),
            (&objective, &routes.page(&Id::new("objectives")), "../pages/objectives.html"),
        ] {
            assert_eq!(from.href(to), want);
        }
        assert_eq!(objective.href_at(&objective, "kr1"), "#kr1");
        assert_eq!(objective.href_at(&objective, ""), objective.href(&objective));
        assert_eq!(routes.twin(&objective, &Routes::language("en")).as_str(), "en/objectives/a.html");
        assert_eq!(Routes::language("en").twin(&Routes::language("en").home(), &routes).as_str(), "index.html");
    }
}
