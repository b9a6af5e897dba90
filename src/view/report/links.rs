//! Where links of a report lead: what can be followed from a page of the site cannot be from a mail.

use crate::route::{Routes, SitePath};

/// How a report's reader gets to the site.
#[derive(Clone, Debug)]
pub enum Links<'a> {
    /// From a page of the site.
    From(&'a SitePath),
    /// By the site's address.
    Base(&'a str),
    /// Not at all: what would be a link is text.
    Nowhere,
}

impl Links<'_> {
    /// The address of a page; empty when it cannot be reached.
    pub fn to(&self, page: &SitePath) -> String {
        match self {
            Self::From(here) => here.href(page),
            Self::Base(base) => format!("{}/{}", base.trim_end_matches('/'), Routes::own().home().href(page)),
            Self::Nowhere => String::new(),
        }
    }

    /// The address of a place on a page; without a place that of the page.
    pub fn at(&self, page: &SitePath, anchor: &str) -> String {
        match self {
            Self::From(here) => here.href_at(page, anchor),
            Self::Base(_) if anchor.is_empty() => self.to(page),
            Self::Base(_) => {
                let mut href = self.to(page);
                href.push('#');
                crate::route::encode(anchor, &mut href);
                href
            }
            Self::Nowhere => String::new(),
        }
    }
}
