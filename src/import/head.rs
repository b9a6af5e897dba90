//! What the columns of a sheet are, told by their heads: in one row or in up to three, in Vietnamese or English.

use std::collections::BTreeSet;

use crate::{
    model::{Calendar, Id, Period},
    source::Cell,
};

use super::{
    Kind,
    sheet::{At, Sheet, letters},
};

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)+) => {
        /// What a column holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Role { $($(#[$doc])* $variant,)+ }

        impl Role {
            /// The names with which `--map` and a mapping file call them.
            pub const NAMES: &'static [&'static str] = &[$($name,)+];

            /// The name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Reads a name.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ "month" => Some(Self::Period), _ => None }
            }
        }
    };
}

roles! {
    /// A running number.
    Number = "number";
    /// The id of a KPI, or `objective/key-result`.
    Id = "id";
    /// An objective's title.
    Objective = "objective";
    /// A key result's title.
    KeyResult = "key_result";
    /// A KPI's title.
    Kpi = "kpi";
    /// In what is measured.
    Unit = "unit";
    /// Where it began.
    Start = "start";
    /// Where it should arrive.
    Target = "target";
    /// The target of a whole year.
    YearTarget = "year_target";
    /// Where it stands.
    Result = "result";
    /// The share of the way, which is computed.
    Progress = "progress";
    /// How much it counts.
    Weight = "weight";
    /// Who answers for it.
    Owner = "owner";
    /// Whose it is.
    Department = "department";
    /// The month, quarter or year of the row.
    Period = "period";
    /// By when.
    Due = "due";
    /// What somebody says of it.
    Status = "status";
    /// Words.
    Note = "note";
    /// How often it is measured.
    Every = "every";
    /// The sub-head under which it stands.
    Group = "group";
    /// How sure.
    Confidence = "confidence";
    /// The day of the row.
    Date = "date";
    /// The value of the row.
    Value = "value";
    /// Which way is the good one.
    Better = "better";
    /// How it is worked out.
    Formula = "formula";
    /// Where the figures come from.
    Source = "source";
    /// What it was last time, which the workspace says itself.
    Last = "last";
    /// What is finished.
    Finished = "finished";
    /// What is late, or in the way.
    Blocked = "blocked";
    /// Whose help is asked for.
    Help = "help";
    /// What comes next: what, who, by when.
    Next = "next";
}

/// What people write over the columns, made safe; of two meanings the first is that of texts, the second of figures.
const WORDS: &[(&[&str], &[Role])] = &[
    (&["stt", "tt", "so-tt", "no", "nr", "so-thu-tu"], &[Role::Number]),
    (&["ma", "id", "ma-kpi", "ma-so", "code", "kpi-id"], &[Role::Id]),
    (&["muc-tieu", "goal", "goals"], &[Role::Objective, Role::Target]),
    (
        &["objective", "objectives", "muc-tieu-chien-luoc", "muc-tieu-o", "ten-muc-tieu", "okr", "o", "muc-tieu-objective"],
        &[Role::Objective],
    ),
    (
        &["kq-then-chot", "ket-qua-then-chot", "ket-qua-chinh", "key-result", "key-results", "kr", "krs", "kq-chinh", "ket-qua-kr"],
        &[Role::KeyResult],
    ),
    (&["ket-qua", "result", "results", "kq"], &[Role::KeyResult, Role::Result]),
    (&["chi-tieu"], &[Role::Kpi, Role::Target]),
    (
        &[
            "kpi",
            "kpis",
            "ten-kpi",
            "chi-so",
            "ten-chi-tieu",
            "chi-tieu-kpi",
            "noi-dung",
            "noi-dung-kpi",
            "indicator",
            "metric",
            "measure",
            "kpi-name",
            "chi-so-kpi",
            "tieu-chi",
            "hang-muc",
            "ten",
            "name",
            "chi-so-danh-gia",
            "ten-chi-so",
            "muc-tieu-kpi",
            "khoan-muc",
        ],
        &[Role::Kpi],
    ),
    (
        &[
            "target",
            "dich",
            "ke-hoach",
            "kh",
            "plan",
            "chi-tieu-giao",
            "dinh-muc",
            "budget",
            "muc-tieu-can-dat",
            "target-value",
            "gia-tri-muc-tieu",
            "muc-chi-tieu",
            "chi-tieu-can-dat",
        ],
        &[Role::Target],
    ),
    (
        &["ke-hoach-nam", "chi-tieu-nam", "muc-tieu-nam", "annual-target", "target-nam", "ca-nam", "kh-nam", "full-year", "year-target"],
        &[Role::YearTarget],
    ),
    (
        &[
            "thuc-hien",
            "thuc-te",
            "thuc-dat",
            "th",
            "actual",
            "current",
            "hien-tai",
            "ket-qua-thuc-hien",
            "ket-qua-hien-tai",
            "dat-duoc",
            "current-value",
            "ket-qua-dat-duoc",
        ],
        &[Role::Result],
    ),
    (
        &[
            "ban-dau",
            "bat-dau",
            "baseline",
            "start",
            "start-value",
            "xuat-phat",
            "muc-ban-dau",
            "gia-tri-ban-dau",
            "hien-trang",
            "diem-xuat-phat",
        ],
        &[Role::Start],
    ),
    (
        &[
            "tien-do",
            "hoan-thanh",
            "ty-le-hoan-thanh",
            "ti-le-hoan-thanh",
            "ty-le-dat",
            "progress",
            "completion",
            "complete",
            "dat",
            "attainment",
            "muc-do-hoan-thanh",
        ],
        &[Role::Progress],
    ),
    (&["trong-so", "ty-trong", "ti-trong", "weight", "weighting", "he-so", "ts"], &[Role::Weight]),
    (
        &[
            "phu-trach",
            "nguoi-phu-trach",
            "owner",
            "chu-tri",
            "nguoi-chu-tri",
            "nguoi-thuc-hien",
            "responsible",
            "assignee",
            "nhan-vien",
            "ho-ten",
            "ho-va-ten",
            "ten-nhan-vien",
            "who",
            "pic",
            "person",
            "employee",
            "staff",
            "nguoi-chiu-trach-nhiem",
            "nhan-su",
        ],
        &[Role::Owner],
    ),
    (&["phong-ban", "phong", "bo-phan", "department", "dept", "team", "khoi", "don-vi-thuc-hien"], &[Role::Department]),
    (&["don-vi", "don-vi-tinh", "dvt", "unit", "units", "uom", "d-vi"], &[Role::Unit]),
    (
        &["ky", "thang", "quy", "period", "month", "quarter", "thoi-gian", "cycle", "thang-nam", "ky-bao-cao", "week", "tuan"],
        &[Role::Period],
    ),
    (&["han", "thoi-han", "deadline", "due", "due-date", "han-hoan-thanh", "ngay-hoan-thanh", "han-chot", "end-date"], &[Role::Due]),
    (&["trang-thai", "tinh-trang", "status"], &[Role::Status]),
    (
        &[
            "ghi-chu",
            "note",
            "notes",
            "comment",
            "comments",
            "nhan-xet",
            "dien-giai",
            "mo-ta",
            "description",
            "remark",
            "remarks",
            "giai-phap",
        ],
        &[Role::Note],
    ),
    (&["tan-suat", "chu-ky", "frequency", "nhip-do", "ky-do", "tan-suat-do", "chu-ky-danh-gia", "every"], &[Role::Every]),
    (
        &["nhom", "nhom-kpi", "vien-canh", "khia-canh", "perspective", "group", "category", "linh-vuc", "phuong-dien", "nhom-chi-tieu"],
        &[Role::Group],
    ),
    (&["muc-tu-tin", "do-tu-tin", "tu-tin", "confidence"], &[Role::Confidence]),
    (&["ngay", "date", "ngay-cap-nhat", "ngay-check-in", "check-in-date", "cap-nhat", "updated", "ngay-bao-cao"], &[Role::Date]),
    (&["lan-truoc", "so-lan-truoc", "last", "last-value", "previous"], &[Role::Last]),
    (&["da-xong", "finished", "viec-da-xong"], &[Role::Finished]),
    (&["vuong-mac", "kho-khan", "in-the-way", "obstacles", "blocked"], &[Role::Blocked]),
    (&["can-ai-giup", "whose-help", "can-giup"], &[Role::Help]),
    (&["tiep-theo", "viec-tiep-theo", "next", "next-steps"], &[Role::Next]),
    (&["nguoi-ghi", "written-by"], &[Role::Owner]),
    (&["gia-tri", "gia-tri-moi", "value", "new-value", "so-lieu"], &[Role::Value]),
    (&["chieu-huong", "xu-huong", "huong", "better", "direction"], &[Role::Better]),
    (&["cach-tinh", "cong-thuc", "formula", "definition", "dinh-nghia", "phuong-phap-do", "cach-do", "cong-thuc-tinh"], &[Role::Formula]),
    (&["nguon", "nguon-so-lieu", "source", "data-source", "nguon-du-lieu"], &[Role::Source]),
];

/// Single words behind which more may stand: `Target Q3`.
const OPENING: [&str; 8] = ["target", "owner", "weight", "result", "objective", "actual", "status", "kpi"];

/// A figure's side of a period: what was planned, what came of it, or a share worked out of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Plan,
    Actual,
    Share,
}

const SIDES: &[(Side, &[&str])] = &[
    (Side::Plan, &["ke-hoach", "kh", "plan", "target", "chi-tieu", "muc-tieu", "dinh-muc", "giao", "budget"]),
    (Side::Actual, &["thuc-hien", "th", "thuc-te", "actual", "thuc-dat", "ket-qua", "kq", "result", "dat-duoc", "act"]),
    (Side::Share, &["ty-le", "dat", "hoan-thanh", "ht", "ty-le-dat", "percent", "achieved", "th-kh", "diem", "score", "chenh-lech"]),
];

/// A period as a head names it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Named {
    Whole(Period),
    /// Of a year that stands elsewhere.
    Month(i8),
    /// Alike.
    Quarter(i8),
}

impl Named {
    pub(super) fn of_year(&self, year: Option<i16>, calendar: Calendar) -> Option<Period> {
        match self {
            Self::Whole(period) => Some(period.clone()),
            Self::Month(month) => Period::month(year?, *month),
            Self::Quarter(quarter) => Period::parse(&format!("{}-Q{quarter}", year?), calendar),
        }
    }
}

/// What a column is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Means {
    Role(Role),
    Figures { period: Option<Named>, person: Option<String>, side: Side },
    Unknown,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) at: u32,
    pub(super) means: Means,
    /// As it is called.
    pub(super) title: String,
    /// What stands in brackets behind it.
    pub(super) bracket: Option<String>,
    candidates: Vec<Role>,
}

/// A sheet's head.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) columns: Vec<Column>,
    pub(super) kind: Kind,
}

impl Head {
    pub(super) fn column(&self, role: Role) -> Option<u32> {
        self.columns.iter().find(|it| it.means == Means::Role(role)).map(|it| it.at)
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.column(role).is_some()
    }

    pub(super) fn title(&self, column: u32) -> &str {
        self.columns.iter().find(|it| it.at == column).map_or("", |it| it.title.as_str())
    }

    pub(super) fn figures(&self) -> impl Iterator<Item = (u32, Option<&Named>, Option<&str>, Side)> {
        self.columns.iter().filter_map(|it| match &it.means {
            Means::Figures { period, person, side } => Some((it.at, period.as_ref(), person.as_deref(), *side)),
            Means::Role(_) | Means::Unknown => None,
        })
    }
}

/// What is asked of a head besides what it says.
pub(super) struct Wanted<'w> {
    pub(super) columns: &'w [(Role, String)],
    pub(super) kind: Option<Kind>,
    pub(super) head_row: Option<u32>,
    pub(super) calendar: Calendar,
    /// Names of people, made safe.
    pub(super) people: &'w BTreeSet<String>,
    /// What is in the workspace: KPIs, and key results behind their objectives, made safe.
    pub(super) ids: &'w BTreeSet<String>,
}

/// So many rows are looked at for a head.
const MOST_ROWS: usize = 60;
/// So many letters a head has at most.
const LONGEST: usize = 80;

/// Finds the head of a sheet; none where nothing is recognised.
pub(super) fn find(sheet: &Sheet<'_>, wanted: &Wanted<'_>) -> Option<Head> {
    let starts: Vec<u32> = match wanted.head_row {
        Some(row) => vec![row.saturating_sub(1)],
        None => sheet.rows().iter().copied().take(MOST_ROWS).collect(),
    };
    let mut best: Option<(usize, Vec<Column>, u32, u32)> = None;
    for first in starts {
        // A title stands alone.
        if wanted.head_row.is_none() && sheet.grid.columns(first).nth(1).is_none() {
            continue;
        }
        for last in first..first.saturating_add(3) {
            if last > first && !is_below_head(sheet, first, last, wanted) {
                break;
            }
            let columns = columns(sheet, first, last, wanted);
            let score = score(&columns);
            let better = |(most, _, begins, _): &(usize, Vec<Column>, u32, u32)| score > *most || (score == *most && *begins == first);
            if best.as_ref().is_none_or(better) {
                best = Some((score, columns, first, last));
            }
        }
    }
    let (score, mut columns, first, last) = best?;
    let is_told = score >= 3 || !wanted.columns.is_empty() || wanted.head_row.is_some();
    if !is_told && !columns.iter().any(|it| holds_periods(sheet, it, last, wanted.calendar)) {
        return None;
    }
    settle(sheet, &mut columns, last, wanted);
    let kind = wanted.kind.or_else(|| kind_of(sheet, &columns, last, wanted))?;
    let mut head = Head { first, last, columns, kind };
    fit_to_kind(&mut head);
    Some(head)
}

/// Whether a column of months or days is one indeed: then it needs no other head to be known by.
fn holds_periods(sheet: &Sheet<'_>, column: &Column, last: u32, calendar: Calendar) -> bool {
    if !column.candidates.iter().any(|it| matches!(it, Role::Period | Role::Date)) {
        return false;
    }
    let cells = || below(sheet, last).map(|row| (row, column.at)).filter(|at| sheet.own(*at).is_some());
    let is_period = |at: &At| {
        let text = sheet.own(*at).unwrap_or_default();
        let is_day = crate::model::parse_day(&text).is_some() || !crate::model::days_meant(&text).is_empty();
        is_day || named(sheet.cell(*at), &text, calendar).is_some() || month_number(&text).is_some()
    };
    cells().count() > 0 && cells().filter(is_period).count() * 2 > cells().count()
}

fn score(columns: &[Column]) -> usize {
    let roles: BTreeSet<Role> = columns.iter().filter_map(|it| it.candidates.first().copied()).collect();
    let figures = columns.iter().filter(|it| matches!(it.means, Means::Figures { .. })).count();
    let names =
        roles.iter().filter(|it| matches!(it, Role::Objective | Role::KeyResult | Role::Kpi | Role::Id | Role::Period | Role::Date));
    if roles.is_empty() { 0 } else { roles.len() + names.count().min(2) + figures.min(12) }
}

/// Whether a row below the first one of a head still belongs to it: plan and actual below the months, months below a
/// quarter – and nothing that stands under a column of names or could be a figure.
fn is_below_head(sheet: &Sheet<'_>, first: u32, row: u32, wanted: &Wanted<'_>) -> bool {
    let mut told = 0;
    for column in sheet.grid.columns(row) {
        let Some(text) = sheet.own((row, column)) else { continue };
        let above = above(sheet, first, row, column);
        let month = above.iter().any(|it| is_months(it)) && month_number(&text).is_some();
        if side(&text).is_some() || named(sheet.cell((row, column)), &text, wanted.calendar).is_some() || month {
            told += 1;
            continue;
        }
        if wanted.people.contains(Id::new(&text).as_str()) || above.iter().any(|it| is_people(it)) {
            told += 1;
            continue;
        }
        if roles_of(&text).is_empty() || text.chars().count() > LONGEST {
            return false;
        }
    }
    told > 0
}

/// The texts over a cell, from the top; of merged ones each once. A cell under none takes those of its left neighbour
/// where that one has something over it and both have something below.
fn above(sheet: &Sheet<'_>, first: u32, row: u32, column: u32) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut seen: Vec<At> = Vec::new();
    for above in first..row {
        let mut origin = sheet.grid.origin(above, column);
        if sheet.own(origin).is_none() {
            // Without merged cells the text stands over the first of its columns.
            let left = (0..column).rev().take(6).find(|left| sheet.own(sheet.grid.origin(above, *left)).is_some());
            let Some(left) = left.filter(|left| spreads(sheet, above, row, *left, column)) else { continue };
            origin = sheet.grid.origin(above, left);
        }
        if let Some(text) = sheet.own(origin).filter(|_| !seen.contains(&origin)) {
            seen.push(origin);
            all.push(text);
        }
    }
    all
}

/// Whether a text stands over all columns from `left` to `column`: each of them has something of its own below.
fn spreads(sheet: &Sheet<'_>, above: u32, row: u32, left: u32, column: u32) -> bool {
    let has_below = |at: u32| (above + 1..=row).any(|below| sheet.own((below, at)).is_some());
    (left..=column).all(has_below)
}

fn columns(sheet: &Sheet<'_>, first: u32, last: u32, wanted: &Wanted<'_>) -> Vec<Column> {
    let mut all = Vec::new();
    for column in 0..sheet.width() {
        let mut parts = above(sheet, first, last, column);
        let own = sheet.grid.origin(last, column);
        if own.0 >= first && (own.0 == last || !parts.iter().any(|it| Some(it) == sheet.own(own).as_ref())) {
            parts.extend(sheet.own(own));
        }
        let cell = sheet.cell((last, column)).clone();
        if parts.is_empty() || parts.iter().any(|it| it.chars().count() > LONGEST) {
            continue;
        }
        all.push(column_of(column, &parts, &cell, wanted));
    }
    all
}

fn column_of(at: u32, parts: &[String], cell: &Cell, wanted: &Wanted<'_>) -> Column {
    let bracket = parts.iter().rev().find_map(|it| bracketed(it));
    let mut column = Column { at, means: Means::Unknown, title: parts.join(" – "), bracket, candidates: Vec::new() };
    let asked = wanted.columns.iter().find(|(_, head)| {
        let id = Id::new(head);
        Id::new(&parts.join(" ")) == id || parts.last().is_some_and(|it| Id::new(it) == id) || letters(at) == *head
    });
    if let Some((role, _)) = asked {
        (column.means, column.candidates) = (Means::Role(*role), vec![*role]);
        return column;
    }
    let months = parts.iter().any(|it| is_months(it));
    let own = |it: &String| named(cell, it, wanted.calendar).or_else(|| month_number(it).filter(|_| months).map(Named::Month));
    let period = parts.iter().rev().find_map(own);
    let side_of = |it: &str| self::side(it);
    let side = parts.iter().rev().find_map(|it| side_of(it));
    let is_under_people = parts.len() > 1 && parts[..parts.len() - 1].iter().any(|it| is_people(it));
    let person = parts.iter().find(|it| wanted.people.contains(Id::new(it).as_str()));
    let person = person.or_else(|| parts.iter().find(|it| is_under_people && !is_people(it) && side_of(it).is_none()));
    if period.is_some() || person.is_some() {
        column.means = Means::Figures { period, person: person.cloned(), side: side.unwrap_or(Side::Actual) };
        return column;
    }
    column.candidates = parts.iter().rev().map(|it| roles_of(it)).find(|it| !it.is_empty()).unwrap_or_default();
    column
}

/// Plan and actual that stand under several heads which nobody understands – people that the workspace does not know,
/// branches – are no one's: to take the first for the whole would be a wrong figure. The actual of a sum over time is no
/// value of a period either. Both are told, and kept as text.
fn leave_nobodys(columns: &mut [Column]) {
    let upper = |it: &Column| {
        let (upper, last) = it.title.rsplit_once(" – ")?;
        side(last).map(|side| (upper.to_owned(), side))
    };
    let unknown = |it: &Column| {
        let found = upper(it).filter(|_| it.means == Means::Unknown);
        found.filter(|(upper, _)| upper.split(" – ").all(|it| roles_of(it).is_empty() && side(it).is_none())).map(|(upper, _)| upper)
    };
    let heads: BTreeSet<String> = columns.iter().filter_map(unknown).collect();
    for column in columns.iter_mut().filter(|it| it.means == Means::Unknown) {
        let is_one_of_many = heads.len() > 1 && unknown(column).is_some();
        let is_sum = upper(column).is_some_and(|(upper, side)| side == Side::Actual && upper.split(" – ").any(is_over_time));
        if is_one_of_many || is_sum {
            column.candidates.clear();
        }
    }
}

/// Heads of sums over time.
fn is_over_time(text: &str) -> bool {
    let id = Id::new(text);
    ["ca-nam", "luy-ke", "tong-nam", "tong-cong", "tong", "total", "ytd", "year-to-date", "full-year", "whole-year"]
        .iter()
        .any(|it| id.as_str() == *it || id.as_str().strip_prefix(it).is_some_and(|rest| rest.starts_with('-')))
}

/// Which of two meanings a column has, by what stands in it; each role once.
fn settle(sheet: &Sheet<'_>, columns: &mut [Column], last: u32, wanted: &Wanted<'_>) {
    leave_nobodys(columns);
    let mut taken: BTreeSet<Role> = wanted.columns.iter().map(|(role, _)| *role).collect();
    for column in columns.iter_mut().filter(|it| it.means == Means::Unknown) {
        let (mut figures, mut texts) = (0_usize, 0_usize);
        for row in below(sheet, last) {
            match sheet.own((row, column.at)) {
                Some(_) if sheet.is_figure((row, column.at)) => figures += 1,
                Some(_) => texts += 1,
                None => {}
            }
        }
        let ordered: Vec<Role> = match column.candidates[..] {
            [text, figure] if figures > texts => vec![figure, text],
            [text] if matches!(text, Role::Kpi | Role::Objective | Role::KeyResult) && figures > texts => Vec::new(),
            _ => column.candidates.clone(),
        };
        if let Some(role) = ordered.into_iter().find(|it| *it == Role::Note || !taken.contains(it)) {
            taken.insert(role);
            column.means = Means::Role(role);
        }
    }
}

fn kind_of(sheet: &Sheet<'_>, columns: &[Column], last: u32, wanted: &Wanted<'_>) -> Option<Kind> {
    let has = |role: Role| columns.iter().any(|it| it.means == Means::Role(role));
    let periods = columns.iter().any(|it| matches!(it.means, Means::Figures { period: Some(_), .. }));
    let figures = columns.iter().any(|it| matches!(it.means, Means::Figures { .. }));
    let ids = columns.iter().find(|it| it.means == Means::Role(Role::Id));
    if (has(Role::Value) || has(Role::Result)) && ids.is_some_and(|it| names_what_is_there(sheet, it.at, last, wanted)) {
        return Some(Kind::CheckIn);
    }
    if has(Role::Kpi) && has(Role::Objective) && !has(Role::KeyResult) {
        return Some(if has(Role::Start) || has(Role::Confidence) { Kind::Okr } else { Kind::Kpi });
    }
    if (has(Role::Objective) || has(Role::KeyResult)) && !has(Role::Kpi) && !periods {
        return Some(Kind::Okr);
    }
    if (has(Role::Period) || has(Role::Date)) && !figures {
        let unnamed = columns.iter().any(|it| it.means == Means::Unknown && has_figures(sheet, it.at, last));
        let value = has(Role::Value) || has(Role::Result) || has(Role::Target);
        return ((has(Role::Kpi) && value) || unnamed).then_some(Kind::Kpi);
    }
    let named = has(Role::Kpi) || has(Role::KeyResult) || has(Role::Objective);
    (named && (columns.len() > 1 || figures)).then_some(Kind::Kpi)
}

/// Whether the codes of a column are ids of the workspace, and not the company's own numbers.
fn names_what_is_there(sheet: &Sheet<'_>, column: u32, last: u32, wanted: &Wanted<'_>) -> bool {
    let texts = || below(sheet, last).filter_map(|row| sheet.own((row, column)));
    let known = texts().filter(|it| wanted.ids.contains(Id::new(it).as_str())).count();
    known > 0 && known * 2 >= texts().count()
}

/// The rows by which a column is judged.
pub(super) fn below(sheet: &Sheet<'_>, last: u32) -> impl Iterator<Item = u32> {
    sheet.rows().iter().copied().filter(move |row| *row > last).take(200)
}

/// Whether a column holds figures and little else.
pub(super) fn has_figures(sheet: &Sheet<'_>, column: u32, last: u32) -> bool {
    let rows = || below(sheet, last).filter(|row| sheet.own((*row, column)).is_some());
    let figures = rows().filter(|row| sheet.is_figure((*row, column))).count();
    figures > 0 && figures * 2 > rows().count()
}

/// A word that means two things means what the sheet's kind has.
fn fit_to_kind(head: &mut Head) {
    let has = |head: &Head, role: Role| head.has(role);
    let (from, to) = match head.kind {
        Kind::Okr if !has(head, Role::KeyResult) && has(head, Role::Objective) => (Role::Kpi, Role::KeyResult),
        Kind::Kpi if has(head, Role::Kpi) && !has(head, Role::Group) => (Role::Objective, Role::Group),
        Kind::Kpi if !has(head, Role::Kpi) && has(head, Role::KeyResult) => (Role::KeyResult, Role::Kpi),
        Kind::Kpi if !has(head, Role::Kpi) => (Role::Objective, Role::Kpi),
        Kind::Okr | Kind::Kpi | Kind::CheckIn => return,
    };
    for column in head.columns.iter_mut().filter(|it| it.means == Means::Role(from)) {
        column.means = Means::Role(to);
    }
}

pub(super) fn roles_of(text: &str) -> Vec<Role> {
    let bare = without_bracket(text);
    for slug in [Id::new(&bare), Id::new(text)] {
        let slug = slug.as_str();
        let exact = WORDS.iter().find(|(words, _)| words.contains(&slug));
        if let Some((_, roles)) = exact {
            return roles.to_vec();
        }
    }
    if bare.trim() == "%" {
        return vec![Role::Progress];
    }
    let slug = Id::new(&bare);
    let opens = |word: &&str| slug.as_str().strip_prefix(*word).is_some_and(|rest| rest.starts_with('-'));
    let longest = WORDS
        .iter()
        .flat_map(|(words, roles)| words.iter().map(move |word| (*word, *roles)))
        .filter(|(word, _)| (word.contains('-') || OPENING.contains(word)) && opens(word))
        .max_by_key(|(word, _)| word.len());
    longest.map(|(_, roles)| roles.to_vec()).unwrap_or_default()
}

/// What stands in the last brackets: `Mục tiêu (triệu đồng)`.
fn bracketed(text: &str) -> Option<String> {
    let inside = text.trim().strip_suffix(')')?.rsplit_once('(')?.1.trim();
    (!inside.is_empty()).then(|| inside.to_owned())
}

fn without_bracket(text: &str) -> String {
    text.split('(').next().filter(|it| !it.trim().is_empty()).unwrap_or(text).to_owned()
}

pub(super) fn side(text: &str) -> Option<Side> {
    if text.trim() == "%" {
        return Some(Side::Share);
    }
    let slug = Id::new(&without_bracket(text));
    SIDES.iter().find(|(_, words)| words.contains(&slug.as_str())).map(|(side, _)| *side)
}

fn is_months(text: &str) -> bool {
    let slug = Id::new(text);
    ["thang", "month", "cac-thang", "months"].iter().any(|it| slug.as_str() == *it || slug.as_str().ends_with(&format!("-{it}")))
}

fn is_people(text: &str) -> bool {
    ["nhan-vien", "nguoi-thuc-hien", "nhan-su", "staff", "employee", "sales", "nhan-vien-kinh-doanh"].contains(&Id::new(text).as_str())
}

fn month_number(text: &str) -> Option<i8> {
    text.trim().parse::<i8>().ok().filter(|month| (1..=12).contains(month))
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LONG_MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const ROMAN: [&str; 4] = ["i", "ii", "iii", "iv"];

/// The period that a head or a cell names: `Tháng 1`, `T1`, `Jan`, `01/2026`, `Quý I`, `Q1/2026`, a day of Excel's.
pub(super) fn named(cell: &Cell, text: &str, calendar: Calendar) -> Option<Named> {
    if let Cell::Day(day) = cell
        && text == day.to_string()
    {
        let month = Period::month(day.year(), day.month()).filter(|it| it.first() == *day);
        return Some(Named::Whole(month.unwrap_or_else(|| Period::day(*day))));
    }
    if matches!(cell, Cell::Number(_)) {
        return None;
    }
    let slug = Id::new(&without_bracket(text));
    let mut parts: Vec<&str> = slug.as_str().split('-').filter(|it| *it != "nam").collect();
    if parts.len() > 4 {
        return None;
    }
    let number = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() <= 2);
    let full = parts.iter().position(|it| it.len() == 4 && it.parse::<i16>().is_ok_and(|year| (1900..=2999).contains(&year)));
    let mut year = full.and_then(|at| parts.remove(at).parse::<i16>().ok());
    // `Máy` and `Sếp` are no months: an English name is written without accents.
    let english = text.chars().all(|it| it.is_ascii() || !it.is_alphabetic());
    let word =
        |text: &str| MONTHS.iter().position(|it| *it == text).or_else(|| LONG_MONTHS.iter().position(|it| *it == text)).filter(|_| english);
    if let (None, [first, short]) = (year, &parts[..])
        && (word(first).is_some() || after(first, &["t", "th", "thang", "m", "q"]).is_some())
        && let Some(last) = number(short).filter(|it| *it >= 20)
    {
        year = Some(2000 + i16::from(last));
        parts.truncate(1);
    }
    let month = |month: i8| (1..=12).contains(&month).then_some(Named::Month(month));
    let quarter = |text: &str| {
        let roman = ROMAN.iter().position(|it| *it == text).and_then(|at| i8::try_from(at + 1).ok());
        number(text).or(roman).filter(|it| (1..=4).contains(it)).map(Named::Quarter)
    };
    let found = match parts[..] {
        [one] if word(one).is_some() => word(one).and_then(|at| i8::try_from(at + 1).ok()).map(Named::Month),
        [one] if year.is_some() && number(one).is_some() => number(one).and_then(month),
        [one] => after(one, &["t", "th", "thang", "m"]).and_then(number).and_then(month).or_else(|| after(one, &["q"]).and_then(quarter)),
        ["thang" | "t" | "th" | "m" | "month", one] => number(one).and_then(month),
        ["quy" | "q" | "quarter", one] => quarter(one),
        _ => None,
    };
    let found = found.or_else(|| {
        let whole = Period::parse(text, calendar)?;
        matches!(
            whole.kind(),
            crate::model::PeriodKind::Month(_) | crate::model::PeriodKind::Quarter(_) | crate::model::PeriodKind::Week(_)
        )
        .then_some(Named::Whole(whole))
    })?;
    Some(found.of_year(year, calendar).map_or(found, Named::Whole))
}

fn after<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().filter_map(|word| text.strip_prefix(*word)).find(|rest| !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit()))
}
