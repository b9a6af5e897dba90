//! A person: what do I owe, this week and this month, and what does my KPI sheet say?

use serde::Serialize;

use crate::{
    charts::Svg,
    compute::{Sheet, SheetOf},
    model::{Id, Person, Status},
    route::SitePath,
};

use super::{
    Anchor, Html, Made, Site,
    calibration::{CalibrationView, calibration_view},
    due::due_line,
    figure::Figure,
    frame::{Frame, Menu},
    kpi_rows::{Below, KpiTable, kpi_table},
    prose::{Below as HeadingsBelow, Prose},
    sentence::{Fact, fact},
    sheet::{SheetFor, SheetView, sheet_view, totals_line},
    status::{StatusView, shown_mark, urgency},
};

/// A person.
#[derive(Debug, Serialize)]
pub struct PersonPage {
    /// Masthead and footer.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// Its second sentence.
    pub sub: String,
    /// Role, department, what they own.
    pub facts: Vec<Fact>,
    /// What their file says.
    pub about_html: Html,
    /// Heading of what is due.
    pub due_heading: String,
    /// What counts as due.
    pub due_how: String,
    /// What is due, overdue first.
    pub due: Vec<Due>,
    /// When nothing is.
    pub due_nothing: String,
    /// Heading of their key results.
    pub key_results_heading: String,
    /// Those that run.
    pub key_results: Vec<Owned>,
    /// Their KPIs.
    pub kpis: Option<KpiTable>,
    /// The sheet of the last month that is over.
    pub sheet: Option<SheetView>,
    /// Heading of the sheet.
    pub sheet_heading: String,
    /// That sheets are not shown here, where they are not.
    pub sheet_note: String,
    /// How sure they were against what came out: only where their sheet is shown, too.
    pub calibration: Option<CalibrationView>,
    /// The months before as a line.
    pub totals_svg: Svg,
    /// In words.
    pub totals: String,
}

/// Something owed.
#[derive(Debug, Serialize)]
pub struct Due {
    /// By when.
    pub day: String,
    /// Past its day.
    pub late: bool,
    /// What.
    pub text: String,
    /// For what.
    pub link: Anchor,
}

/// A key result that somebody answers for.
#[derive(Debug, Serialize)]
pub struct Owned {
    /// Where it stands.
    pub status: StatusView,
    /// Its place.
    pub link: Anchor,
    /// Its objective.
    pub objective: String,
    /// Progress against plan.
    pub note: String,
}

/// So many days ahead count as this week.
const WEEK: i64 = 7;

/// The page of a person, by their place.
pub fn person(site: &Site<'_>, at: usize) -> Made<PersonPage> {
    let words = site.words;
    let person = &site.workspace.people[at];
    let path = site.routes.person(&person.id);
    let mut files = Vec::new();
    let about_html = person
        .text
        .as_ref()
        .map_or_else(Html::default, |text| Prose::new(site, &path, "n".to_owned(), HeadingsBelow::H2, &mut files).html(text));
    let owned = owned(site, &path, &person.id);
    let kpis = kpis_of(site, &person.id);
    let due = due(site, &path, &person.id);
    let late = due.iter().filter(|it| it.late).count();
    let sheets: Vec<&Sheet> = site.scorecard.sheets.iter().filter(|it| it.of == SheetOf::Person(person.id.clone())).collect();
    let heading = match (due.len() - late, late) {
        (0, 0) => words.say("person.head-free", &[("name", person.name.as_str().into())]),
        (n, 0) => words.say("person.head", &[("name", person.name.as_str().into()), ("n", n.into())]),
        (0, late) => words.say("person.head-overdue", &[("name", person.name.as_str().into()), ("late", late.into())]),
        (n, late) => words.say("person.head-late", &[("name", person.name.as_str().into()), ("n", n.into()), ("late", late.into())]),
    };
    let view = PersonPage {
        frame: site.frame(&path, &person.name, Menu::None, crumbs(site, &path, person)),
        heading,
        sub: answers_for(site, owned.len(), kpis.len()),
        facts: facts(site, person, owned.len(), kpis.len()),
        about_html,
        due_heading: words.word("person.due"),
        due_how: words.word("person.due-how"),
        due_nothing: words.word("person.due-nothing"),
        due,
        key_results_heading: words.word("person.key-results"),
        key_results: owned,
        kpis: kpi_table(site, &path, &kpis, Below::Department, usize::MAX),
        sheet_heading: words.word("person.sheet"),
        sheet_note: if sheets.is_empty() && !kpis.is_empty() {
            words.say("person.sheet-note", &[("id", person.id.as_str().into())])
        } else {
            String::new()
        },
        calibration: if site.workspace.withheld.people {
            None
        } else {
            calibration_view(site, |_, it| it.owner.as_ref() == Some(&person.id))
        },
        totals_svg: totals_line(site, &sheets),
        totals: totals(site, &sheets),
        sheet: sheets.last().map(|sheet| sheet_view(site, Some(&path), sheet, SheetFor::Assessing)),
    };
    Made { path, view, files }
}

/// What there is of the two; nothing where there is neither.
fn answers_for(site: &Site<'_>, key_results: usize, kpis: usize) -> String {
    let words = site.words;
    let counted = |key: &str, count: usize| (count > 0).then(|| words.count(key, count));
    let all: Vec<String> = counted("count.key-results", key_results).into_iter().chain(counted("person.kpis", kpis)).collect();
    if all.is_empty() { String::new() } else { words.say("person.sub", &[("what", words.list(&all).into())]) }
}

fn crumbs(site: &Site<'_>, path: &SitePath, person: &Person) -> Vec<Anchor> {
    let department = person.department.as_ref().filter(|id| site.workspace.department(id).is_some());
    let department = department.map(|id| Anchor { text: site.department_name(id), href: path.href(&site.routes.department(id)) });
    let here = Anchor { text: person.name.clone(), href: String::new() };
    department.map_or_else(Vec::new, |department| vec![department, here])
}

fn facts(site: &Site<'_>, person: &Person, key_results: usize, kpis: usize) -> Vec<Fact> {
    let words = site.words;
    let mut facts = Vec::new();
    if let Some(role) = &person.role {
        facts.push(fact(words.word("sheet.role"), Figure::plain(role.clone()), String::new()));
    }
    if let Some(id) = &person.department {
        facts.push(fact(words.word("sheet.department"), Figure::plain(site.department_name(id)), String::new()));
    }
    for (label, count) in [("person.key-results", key_results), ("kpi.name", kpis)].into_iter().filter(|(_, count)| *count > 0) {
        facts.push(fact(words.word(label), Figure::plain(count.to_string()), String::new()));
    }
    facts
}

/// KPIs that stand in somebody's name: owned, or assigned to them.
fn kpis_of(site: &Site<'_>, id: &Id) -> Vec<usize> {
    let own = |kpi: &crate::model::Kpi| kpi.owner.as_ref() == Some(id) || kpi.assigned.iter().any(|it| it.person == *id);
    site.workspace.kpis.iter().enumerate().filter(|(_, kpi)| own(kpi)).map(|(at, _)| at).collect()
}

fn runs(site: &Site<'_>, at: usize) -> bool {
    let objective = &site.workspace.objectives[at];
    let open = !matches!(site.scorecard.objectives[at].status, Status::Cancelled | Status::Draft);
    open && objective.period.contains(site.scorecard.as_of)
}

/// Key results of running objectives that somebody answers for, the most urgent first.
fn owned(site: &Site<'_>, path: &SitePath, id: &Id) -> Vec<Owned> {
    let words = site.words;
    let mut all = Vec::new();
    for (at, objective) in site.workspace.objectives.iter().enumerate().filter(|(at, _)| runs(site, *at)) {
        for (key_result, score) in objective.key_results.iter().zip(&site.scorecard.objectives[at].key_results) {
            if key_result.owner.as_ref() != Some(id) || score.status == Status::Cancelled {
                continue;
            }
            let mark = shown_mark(score);
            let note = words.say(
                "person.progress",
                &[("percent", words.percent(score.raw_progress.unwrap_or(0.0)).into()), ("expected", words.percent(score.expected).into())],
            );
            let link = Anchor { text: key_result.title.clone(), href: site.key_result_href(path, objective, key_result) };
            all.push((urgency(mark), Owned { status: StatusView::new(mark, words), link, objective: objective.title.clone(), note }));
        }
    }
    all.sort_by_key(|(urgency, _)| *urgency);
    all.into_iter().map(|(_, owned)| owned).collect()
}

/// What somebody owes within a week or since a day that is past; by day.
fn due(site: &Site<'_>, path: &SitePath, id: &Id) -> Vec<Due> {
    let as_of = site.scorecard.as_of;
    let until = as_of.checked_add(jiff::Span::new().days(WEEK)).unwrap_or(as_of);
    // By person, then by day.
    let from = site.due.partition_point(|it| it.who.as_ref().is_some_and(|who| who < id));
    let own = site.due[from..].iter().take_while(|it| it.who.as_ref() == Some(id) && it.day <= until);
    own.map(|it| {
        let line = due_line(site, it);
        let href = line.page.map_or_else(String::new, |(page, anchor)| path.href_at(&page, &anchor));
        Due { day: site.words.week_day(line.day), late: line.late, text: line.what, link: Anchor { text: line.of, href } }
    })
    .collect()
}

/// "6 tháng: 92,0 · 95,5 · …", the newest last.
fn totals(site: &Site<'_>, sheets: &[&Sheet]) -> String {
    let known: Vec<String> = sheets
        .iter()
        .rev()
        .take(12)
        .rev()
        .filter_map(|sheet| {
            let total = site.words.number(sheet.total? * 100.0, 1);
            Some(format!("{} {total}", site.words.short_period(&sheet.month)))
        })
        .collect();
    if known.len() < 2 { String::new() } else { known.join(" · ") }
}
