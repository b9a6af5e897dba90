//! A text without the client: company, people, figures, addresses. What is not sure to be harmless is told, so that a
//! person can look.
//!
//! Everything is compared without case, marks and compatibility forms, and letters that cannot be seen are dropped first:
//! `Nguyễn`, its NFD twin, `NGUYEN` and `ｎｇｕｙｅｎ` are one.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::model::{Calendar, Id, Period, PeriodKind, Workspace};

/// What a text was rid of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secret {
    /// The company's name.
    Company,
    /// Somebody's name.
    Person,
    /// Digits.
    Number,
    /// A mail or web address.
    Address,
    /// A quarter, month or year: it is said by the running one now.
    Period,
}

impl Secret {
    /// The key of its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Company => "pack.secret.company",
            Self::Person => "pack.secret.person",
            Self::Number => "pack.secret.number",
            Self::Address => "pack.secret.address",
            Self::Period => "pack.secret.period",
        }
    }
}

/// A text that was looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scrubbed {
    /// What is left, with `{{ … }}` for what `init` says anew.
    pub(super) text: String,
    /// What was taken out, as it stood there.
    pub(super) taken: Vec<(Secret, String)>,
    /// What looks like a name and was left in.
    pub(super) left: Vec<String>,
}

/// In place of what is gone.
const GONE: &str = "…";

/// Words of companies' names that say nothing by themselves.
const GENERIC: &str = " cong ty tnhh mtv co phan ctcp dntn hkd ho kinh doanh tap doan nhom chi nhanh van phong cua hang tiem quan shop store nha may \
xuong trung tam dich vu thuong mai san xuat xuat nhap khau va ca phe coffee cafe tra sua banh com pho an uong nha hang the and of for group company co \
ltd llc inc corp gmbh plc books bakery bar hotel studio services solutions consulting trading partners viet nam vietnam ";

/// Family names that stand first; whoever bears one is called by the last part of the name.
const FAMILY: &str = " nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly mai cao ta lam dinh trinh dao doan luong luu to quach chau thai ha ";

pub(super) struct Scrubber {
    companies: Vec<Vec<String>>,
    people: Vec<Person>,
    /// Whole names without gaps, for addresses and handles.
    joined: Vec<String>,
    keep: BTreeSet<String>,
    base: Period,
    calendar: Calendar,
}

struct Person {
    words: Vec<String>,
    /// What they are called alone: without marks, and as it is written.
    called: BTreeSet<String>,
    written: BTreeSet<String>,
    /// Whether the name is none of the country's, whose syllables are words of every day, too.
    is_foreign: bool,
}

/// A stretch of a text.
struct Word {
    from: usize,
    to: usize,
    folded: String,
    /// With its marks, in small letters.
    written: String,
    is_capital: bool,
}

impl Scrubber {
    pub(super) fn new(workspace: &Workspace, base: Period, keep: &[String]) -> Self {
        let names = [&workspace.config.title, &workspace.config.brand.name];
        let companies: Vec<Vec<String>> = names.into_iter().flatten().map(|it| words_of(it)).filter(|it| !it.is_empty()).collect();
        let people: Vec<Person> = workspace.people.iter().map(|it| person(&it.name, &it.id)).collect();
        let whole = companies.iter().chain(people.iter().map(|it| &it.words));
        // `#PhạmHùng` leaves out what stands between.
        let ends = people.iter().filter_map(|it| Some(format!("{}{}", it.words.first()?, it.words.last()?)));
        let joined = whole.map(|it| it.concat()).chain(ends).filter(|it| it.chars().count() >= 5).collect();
        let keep = keep.iter().map(|it| folded(it.trim())).collect();
        Self { companies, people, joined, keep, base, calendar: workspace.config.calendar }
    }

    /// A text as it may stand in a template.
    pub(super) fn text(&self, text: &str) -> Scrubbed {
        let text: String = text.chars().filter(|it| !is_unseen(*it)).nfc().collect();
        let mut found = Scrubbed::default();
        let mut parts: Vec<Part> = vec![Part::Text(text)];
        parts = each(parts, |text| self.without_addresses(text, &mut found.taken));
        parts = each(parts, |text| self.with_periods(text, &mut found.taken));
        parts = each(parts, |text| self.without_names(text, &mut found.taken));
        parts = each(parts, |text| self.without_numbers(text, &mut found.taken));
        for part in &parts {
            match part {
                Part::Text(text) => {
                    found.left.extend(self.looks_like_names(text));
                    found.left.extend(self.in_small_letters(text));
                    found.text.push_str(&text.replace("{{", "{{ '{{' }}"));
                }
                Part::Put(text) => found.text.push_str(text),
            }
        }
        found
    }

    /// An id without names and figures; empty when nothing is left.
    pub(super) fn id(&self, id: &Id) -> String {
        let text = id.as_str().replace('-', " ");
        let mut taken = Vec::new();
        let parts = each(vec![Part::Text(text)], |text| self.without_names(text, &mut taken));
        let plain = parts.iter().filter_map(|part| if let Part::Text(text) = part { Some(text.as_str()) } else { None });
        let called = |word: &str| self.people.iter().any(|it| it.called.contains(word));
        let safe = |word: &&str| !word.contains(char::is_numeric) && !called(&folded(word)) || self.keep.contains(&folded(word));
        plain.flat_map(str::split_whitespace).filter(safe).collect::<Vec<_>>().join("-")
    }

    /// A period said by the running quarter, where it can be.
    pub(super) fn period(&self, period: &Period) -> Option<String> {
        let quarter_of = |day| Period::quarter_of(day, self.calendar);
        let steps = |quarter: &Period| self.steps_to(quarter);
        match period.kind() {
            PeriodKind::Quarter(_) => Some(format!("quarter{}", steps(period)?)),
            PeriodKind::Month(_) => {
                let quarter = quarter_of(period.first())?;
                let number = (1..=3).find(|n| {
                    let day = quarter.first().checked_add(jiff::Span::new().months(n - 1)).ok();
                    day == Some(period.first())
                })?;
                Some(format!("quarter{}.month{number}", steps(&quarter)?))
            }
            PeriodKind::Half(_) => {
                let inside = if period.encloses(&self.base) { self.base.clone() } else { quarter_of(period.first())? };
                Some(format!("quarter{}.half", steps(&inside)?))
            }
            PeriodKind::Year => {
                let inside = if period.encloses(&self.base) { self.base.clone() } else { quarter_of(period.first())? };
                Some(format!("quarter{}.year", steps(&inside)?))
            }
            PeriodKind::Range | PeriodKind::Week(_) => None,
        }
    }

    /// `.next.next`, `.previous`: at most two years away.
    fn steps_to(&self, quarter: &Period) -> Option<String> {
        let mut steps = String::new();
        let mut at = self.base.clone();
        for _ in 0..=8 {
            if at == *quarter {
                return Some(steps);
            }
            let (step, day) = if at < *quarter { (".next", at.last().tomorrow()) } else { (".previous", at.first().yesterday()) };
            steps.push_str(step);
            at = Period::quarter_of(day.ok()?, self.calendar)?;
        }
        None
    }

    /// Stretches between spaces that are addresses, or hold a whole name in one word.
    fn without_addresses(&self, text: &str, taken: &mut Vec<(Secret, String)>) -> Vec<Part> {
        let mut parts = Parts::default();
        for chunk in text.split_inclusive(char::is_whitespace) {
            let word = chunk.trim_matches(|it: char| {
                it.is_whitespace() || matches!(it, ',' | ';' | ')' | '(' | '"' | '”' | '“' | '*' | '_' | '.' | ':' | '>' | '<')
            });
            if !self.keep.contains(&folded(word)) && self.is_address(word) {
                let at = chunk.find(word).unwrap_or(0);
                parts.text(&chunk[..at]);
                parts.put(GONE);
                parts.text(&chunk[at + word.len()..]);
                taken.push((Secret::Address, word.to_owned()));
            } else {
                parts.text(chunk);
            }
        }
        parts.all
    }

    fn is_address(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let host = |part: &str| {
            let last = part.rsplit('.').next().unwrap_or_default();
            part.contains('.') && last.chars().count() >= 2 && last.chars().all(char::is_alphabetic) && !part.starts_with('.')
        };
        let squeezed: String = folded(word).chars().filter(|it| it.is_alphanumeric()).collect();
        // A name in one word: `saomai`, `#SaoMaiCoffee`. Words that stand apart are looked at as words.
        let is_joined = !word.contains(['-', '_', '/']) && self.joined.iter().any(|it| squeezed.contains(it.as_str()));
        word.contains('@') && word.chars().any(char::is_alphanumeric)
            || lower.contains("://")
            || lower.starts_with("www.")
            || host(lower.split(['/', '?', '#']).next().unwrap_or_default())
            || is_joined && self.companies.iter().all(|it| it.len() > 1 || squeezed != it.concat())
    }

    /// `Quý 3/2026` and the like, as this quarter or another one says it.
    fn with_periods(&self, text: &str, taken: &mut Vec<(Secret, String)>) -> Vec<Part> {
        let mut parts = Parts::default();
        let mut rest = text;
        while !rest.is_empty() {
            let begins = rest.starts_with(char::is_alphanumeric) && parts.ends_apart();
            match begins.then(|| self.period_at(rest)).flatten() {
                Some((length, name)) => {
                    taken.push((Secret::Period, rest[..length].to_owned()));
                    parts.put(&name);
                    rest = &rest[length..];
                }
                None => {
                    let next = rest.chars().next().map_or(1, char::len_utf8);
                    parts.text(&rest[..next]);
                    rest = &rest[next..];
                }
            }
        }
        parts.all
    }

    /// A period at the front of a text: its length, and what stands in its place.
    fn period_at(&self, text: &str) -> Option<(usize, String)> {
        // The longest first: `Quý 3 năm 2026` is more than nothing and a year.
        let line = text.split('\n').next().unwrap_or_default();
        let ends = line.char_indices().map(|(at, it)| at + it.len_utf8()).take(24).filter(|end| {
            let after = line[*end..].chars().next();
            line[..*end].ends_with(char::is_alphanumeric) && !after.is_some_and(|it| it.is_alphanumeric() || it == '-' || it == '/')
        });
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().find_map(|end| {
            let written = &line[..end];
            if self.keep.contains(&folded(written)) {
                return None;
            }
            let period = Period::parse(written, self.calendar)?;
            let name = self.period(&period)?;
            let in_words = written.contains(char::is_whitespace);
            // Of `năm 2026` the figure alone is said anew.
            if in_words && matches!(period.kind(), PeriodKind::Year | PeriodKind::Half(_)) {
                return None;
            }
            Some((end, format!("{{{{ {name}{} }}}}", if in_words { ".name" } else { "" })))
        })
    }

    fn without_names(&self, text: &str, taken: &mut Vec<(Secret, String)>) -> Vec<Part> {
        let words = words_in(text);
        let mut parts = Parts::default();
        let (mut from, mut at) = (0, 0);
        while at < words.len() {
            match self.name_at(&words[at..]) {
                Some((count, secret, put)) if !self.is_kept(text, &words[at..at + count]) => {
                    let (begin, end) = (words[at].from, words[at + count - 1].to);
                    parts.text(&text[from..begin]);
                    parts.put(put);
                    taken.push((secret, text[begin..end].to_owned()));
                    (from, at) = (end, at + count);
                }
                Some(_) | None => at += 1,
            }
        }
        parts.text(&text[from..]);
        parts.all
    }

    fn is_kept(&self, text: &str, words: &[Word]) -> bool {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        self.keep.contains(&folded(&text[first.from..last.to]))
    }

    /// How many words at the front are a name, whose, and what stands in its place.
    fn name_at(&self, words: &[Word]) -> Option<(usize, Secret, &'static str)> {
        let whole = |name: &Vec<String>| words.len() >= name.len() && name.iter().zip(words).all(|(a, b)| *a == b.folded);
        if let Some(name) = self.companies.iter().filter(|it| whole(it)).max_by_key(|it| it.len()) {
            return Some((name.len(), Secret::Company, "{{ company }}"));
        }
        let people = self.people.iter().filter_map(|it| it.at(words)).max();
        let part = self.companies.iter().filter_map(|name| part_of(name, words)).max();
        match (people, part) {
            (Some(count), part) if part.is_none_or(|it| it <= count) => Some((count, Secret::Person, GONE)),
            (_, Some(count)) => Some((count, Secret::Company, GONE)),
            (Some(_) | None, None) => None,
        }
    }

    fn without_numbers(&self, text: &str, taken: &mut Vec<(Secret, String)>) -> Vec<Part> {
        let mut parts = Parts::default();
        let mut rest = text;
        while let Some(begin) = rest.find(char::is_numeric) {
            let number = &rest[begin..];
            let mut end = 0;
            for (at, it) in number.char_indices() {
                let joins = matches!(it, '.' | ',' | '/' | '-' | ':' | '\u{a0}' | '\u{202f}' | ' ')
                    && number[at + it.len_utf8()..].starts_with(char::is_numeric)
                    && end == at;
                if it.is_numeric() || joins {
                    end = at + it.len_utf8();
                } else {
                    break;
                }
            }
            let word_from = rest[..begin]
                .rfind(|it: char| !it.is_alphanumeric())
                .map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
            let word_to = rest[begin + end..].find(|it: char| !it.is_alphanumeric()).map_or(rest.len(), |at| begin + end + at);
            if self.keep.contains(&folded(&rest[word_from..word_to])) || self.keep.contains(&folded(&number[..end])) {
                parts.text(&rest[..word_to.max(begin + end)]);
                rest = &rest[word_to.max(begin + end)..];
                continue;
            }
            parts.text(&rest[..begin]);
            parts.put(GONE);
            taken.push((Secret::Number, number[..end].to_owned()));
            rest = &number[end..];
        }
        parts.text(rest);
        parts.all
    }

    /// Words that are how somebody is called, written like any other word: `hùng` may be a person, or not.
    fn in_small_letters(&self, text: &str) -> Vec<String> {
        let is_name = |it: &Word| !it.is_capital && self.people.iter().any(|person| person.written.contains(&it.written));
        words_in(text)
            .iter()
            .filter(|it| is_name(it))
            .map(|it| text[it.from..it.to].to_owned())
            .filter(|it| !self.keep.contains(&folded(it)))
            .collect()
    }

    /// Two or more words with a capital in a row, or one that is not the first of a sentence.
    fn looks_like_names(&self, text: &str) -> Vec<String> {
        let words = words_in(text);
        let mut names = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let run = words[at..].iter().take_while(|it| it.is_capital).count();
            if run == 0 {
                at += 1;
                continue;
            }
            let before = text[..words[at].from].trim_end_matches([' ', '*', '_', '"', '“', '(']);
            let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', '#', '\n', '|', '-', '–', '>']);
            if run > 1 || !begins {
                names.push(text[words[at].from..words[at + run - 1].to].to_owned());
            }
            at += run;
        }
        names.retain(|it| !self.keep.contains(&folded(it)));
        names
    }
}

impl Person {
    /// How many words at the front are of this name: two or more in any order, or the one by which they are called.
    fn at(&self, words: &[Word]) -> Option<usize> {
        let run = words.iter().take(self.words.len()).take_while(|it| self.words.contains(&it.folded)).count();
        if run > 1 {
            return Some(run);
        }
        // Whoever writes marks means them: `Đặt` is not `Đạt`.
        let is_called = |it: &&Word| {
            let has_marks = it.written != it.folded;
            let is_long = self.is_foreign && it.folded.chars().count() >= 4;
            (it.is_capital || is_long) && if has_marks { self.written.contains(&it.written) } else { self.called.contains(&it.folded) }
        };
        words.first().filter(is_called).map(|_| 1)
    }
}

fn person(name: &str, id: &Id) -> Person {
    let words = words_of(name);
    let is_family = words.first().is_some_and(|it| FAMILY.contains(&format!(" {it} ")));
    let mut called: BTreeSet<String> = words.last().cloned().into_iter().collect();
    if !is_family {
        called.extend(words.first().cloned());
    }
    let id = folded(id.as_str());
    if !id.contains('-') {
        called.insert(id);
    }
    let written = words_in(name).into_iter().filter(|it| called.contains(&it.folded)).map(|it| it.written).collect();
    Person { words, called, written, is_foreign: !is_family }
}

/// Two or more words of a company's name in a row, unless they say nothing by themselves; or one that is no syllable of the
/// language and no word of every day: `Vinatex`, in every case where it is long, else with a capital.
fn part_of(name: &[String], words: &[Word]) -> Option<usize> {
    let is_generic = |it: &str| GENERIC.contains(&format!(" {it} "));
    let starts = (0..name.len()).map(|from| name[from..].iter().zip(words).take_while(|(a, b)| **a == b.folded).count());
    let says = |count: usize| !words[..count].iter().all(|it| is_generic(&it.folded));
    let tells = |it: &Word| {
        let letters = it.folded.chars().count();
        it.written.is_ascii() && letters >= 5 && (letters >= 6 || it.is_capital)
    };
    let run = starts.max().filter(|count| says(*count) && (*count > 1 || *count == 1 && tells(&words[0])));
    // `vinatexsg`: what such a word is a part of, too.
    let holds = |it: &&String| it.is_ascii() && it.chars().count() >= 6 && !is_generic(it);
    let is_part = words.first().is_some_and(|word| name.iter().filter(holds).any(|it| word.folded.contains(it.as_str())));
    run.or(is_part.then_some(1))
}

/// What stands in a text: an author's words, or something of ours that is not looked at again.
enum Part {
    Text(String),
    Put(String),
}

#[derive(Default)]
struct Parts {
    all: Vec<Part>,
}

impl Parts {
    fn text(&mut self, text: &str) {
        match self.all.last_mut() {
            _ if text.is_empty() => {}
            Some(Part::Text(last)) => last.push_str(text),
            Some(Part::Put(_)) | None => self.all.push(Part::Text(text.to_owned())),
        }
    }

    fn put(&mut self, text: &str) {
        self.all.push(Part::Put(text.to_owned()));
    }

    /// Whether a word can begin here.
    fn ends_apart(&self) -> bool {
        match self.all.last() {
            Some(Part::Text(text)) => !text.ends_with(|it: char| it.is_alphanumeric() || matches!(it, '-' | '/')),
            Some(Part::Put(_)) | None => true,
        }
    }
}

fn each(parts: Vec<Part>, mut look: impl FnMut(&str) -> Vec<Part>) -> Vec<Part> {
    let one = |part| match part {
        Part::Text(text) => look(&text),
        Part::Put(_) => vec![part],
    };
    parts.into_iter().flat_map(one).collect()
}

/// Letters that nobody sees: they could cut a name in two.
fn is_unseen(it: char) -> bool {
    matches!(it, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

pub(super) fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|it| !is_combining_mark(*it) && !is_unseen(*it)).flat_map(char::to_lowercase);
    plain.map(|it| if it == 'đ' { 'd' } else { it }).filter(|it| !is_combining_mark(*it)).collect()
}

fn words_of(text: &str) -> Vec<String> {
    words_in(text).into_iter().map(|it| it.folded).collect()
}

fn words_in(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, it) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, it.is_alphanumeric() || is_combining_mark(it)) {
            (None, true) => from = Some(at),
            (Some(begin), false) => {
                let word = &text[begin..at];
                words.push(Word {
                    from: begin,
                    to: at,
                    folded: folded(word),
                    written: word.nfkc().flat_map(char::to_lowercase).collect(),
                    is_capital: word.starts_with(char::is_uppercase),
                });
                from = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Config;

    fn scrubber(keep: &[&str]) -> Scrubber {
        let person = |id: &str, name: &str| crate::model::Person {
            id: Id::new(id),
            name: name.to_owned(),
            department: None,
            role: None,
            text: None,
            source: None,
        };
        let workspace = Workspace {
            config: Config {
                title: Some("Cà phê Sao Mai".to_owned()),
                brand: crate::model::Brand { name: Some("Quán Brightmart Quận".to_owned()), ..crate::model::Brand::default() },
                ..Config::default()
            },
            people: vec![person("ngoc", "Nguyễn Thị Bích Ngọc"), person("amy", "Amy Stone")],
            ..Workspace::default()
        };
        let keep: Vec<String> = keep.iter().map(|it| (*it).to_owned()).collect();
        Scrubber::new(&workspace, Period::parse("2026-Q3", Calendar::default()).expect("a quarter"), &keep)
    }

    #[test]
    fn names_figures_and_addresses_go() {
        let scrubber = scrubber(&[]);
        for (text, want) in [
            ("Tăng doanh số 30%", "Tăng doanh số …%"),
            ("Doanh thu 4,2 tỷ của Ngọc", "Doanh thu … tỷ của …"),
            ("CÀ PHÊ SAO MAI bán cà phê", "{{ company }} bán cà phê"),
            ("ca phe sao mai", "{{ company }}"),
            ("Quán Sao Mai đông", "Quán … đông"),
            ("gặp amy, gặp stone, #NguyễnNgọc", "gặp amy, gặp …, …"),
            ("Brightmart và BRIGHTMART, brightmart, fb/brightmarthn", "… và …, …, fb/…"),
            ("Sao - Mai", "…"),
            ("Hỏi nguyen thi bich ngoc nhé", "Hỏi … nhé"),
            ("Hỏi Bích Ngọc, Amy và STONE", "Hỏi …, … và …"),
            ("Viết cho ngoc@saomai.vn hoặc 0903 123 456.", "Viết cho … hoặc …."),
            ("Xem https://saomai.vn/a?b=1, www.x.example", "Xem …, …"),
            ("#CaPheSaoMai và fb.com/capheSaoMai", "… và …"),
            ("Nguye\u{302}\u{303}n Thi\u{323} Bi\u{301}ch Ngo\u{323}c", "…"),
            ("Nguyễn Thị B\u{200b}ích N\u{ad}gọc", "…"),
            ("ＡＭＹ có １２ khách, x², Ⅷ", "… có … khách, x…, …"),
            ("Quý 3/2026 hơn quý 2/2026", "{{ quarter.name }} hơn {{ quarter.previous.name }}"),
            ("Kế hoạch 2026-Q4 của năm 2026", "Kế hoạch {{ quarter.next }} của năm {{ quarter.year }}"),
            ("Tháng 9/2026; 14/08/2026", "{{ quarter.month3.name }}; …"),
            ("Viết {{ company }} ra", "Viết {{ '{{' }} company }} ra"),
        ] {
            assert_eq!(scrubber.text(text).text, want, "{text}");
        }
    }

    #[test]
    fn what_is_to_be_kept_stays_and_what_looks_like_a_name_is_told() {
        let scrubber = scrubber(&["B2B", "ISO 9001", "9001"]);
        let found = scrubber.text("Khách B2B qua ISO 9001 với Hoàng Long và 7 quán.");
        assert_eq!(found.text, "Khách B2B qua ISO 9001 với Hoàng Long và … quán.");
        assert_eq!(found.left, ["Khách B2B", "ISO", "Hoàng Long"]);
        assert_eq!(found.taken, [(Secret::Number, "7".to_owned())]);
    }

    #[test]
    fn an_id_keeps_no_name_and_no_figure() {
        let scrubber = scrubber(&[]);
        for (id, want) in [
            ("doanh-so-ngoc-2026", "doanh-so"),
            ("ca-phe-sao-mai-giu-khach", "giu-khach"),
            ("nguyen-thi-bich-ngoc", ""),
            ("khach-0903123456", "khach"),
            ("giao-dung-hen", "giao-dung-hen"),
        ] {
            assert_eq!(scrubber.id(&Id::new(id)), want, "{id}");
        }
    }
}
