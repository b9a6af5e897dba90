//! A department over its periods: how have we done, and who is in it?

use serde::Serialize;

use crate::{
    charts::{self, Bullet, Mark, Svg},
    compute::DepartmentPeriod,
    model::Status,
    route::SitePath,
};

use super::{
    Anchor, Empty, Html, Made, Site,
    calibration::{CalibrationView, calibration_view},
    figure::Figure,
    frame::{Frame, Menu},
    kpi_rows::{Below as RowsBelow, KpiTable, kpi_table},
    prose::{Below, Prose},
    rows::in_order,
    sentence::{Fact, fact},
    status::{StatusView, objective_mark},
};

/// A department.
#[derive(Debug, Serialize)]
pub struct Department {
    /// Masthead and footer.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// Its second sentence.
    pub sub: String,
    /// The figures behind it.
    pub facts: Vec<Fact>,
    /// What the department says of itself.
    pub about_html: Html,
    /// Its periods, the newest first.
    pub periods: Vec<PeriodRow>,
    /// Their heading.
    pub periods_heading: String,
    /// How to read them.
    pub periods_how: String,
    /// The table's caption, a sentence made from the data.
    pub caption: String,
    /// Column heads.
    pub head: [String; 5],
    /// When it has no objectives.
    pub empty: Option<Empty>,
    /// Its objectives by period, the newest first.
    pub lists: Vec<PeriodList>,
    /// Their heading.
    pub lists_heading: String,
    /// Its KPIs, those with signals first.
    pub kpis: Option<KpiTable>,
    /// How sure it was against what came out.
    pub calibration: Option<CalibrationView>,
    /// Who is in it.
    pub people: Vec<PersonView>,
    /// Their heading.
    pub people_heading: String,
}

/// A period of the department.
#[derive(Debug, Serialize)]
pub struct PeriodRow {
    /// Its page.
    pub period: Anchor,
    /// How many objectives.
    pub objectives: String,
    /// The bar.
    pub bullet_svg: Svg,
    /// The progress.
    pub progress: Figure,
    /// The plan, while it runs.
    pub plan: String,
    /// What became of its key results.
    pub counts: String,
}

/// The objectives of a period.
#[derive(Debug, Serialize)]
pub struct PeriodList {
    /// Which.
    pub period: Anchor,
    /// Its objectives.
    pub objectives: Vec<ObjectiveLine>,
}

/// An objective in a list.
#[derive(Debug, Serialize)]
pub struct ObjectiveLine {
    /// Where it stands.
    pub status: StatusView,
    /// Its page.
    pub link: Anchor,
    /// Progress or score.
    pub note: String,
}

/// Somebody in the department.
#[derive(Debug, Serialize)]
pub struct PersonView {
    /// The name, with their page.
    pub name: Anchor,
    /// What they do.
    pub role: String,
}

/// The page of a department, by its place.
pub fn department(site: &Site<'_>, at: usize) -> Made<Department> {
    let words = site.words;
    let department = &site.workspace.departments[at];
    let score = &site.scorecard.departments[at];
    let name = site.department_name(&department.id);
    let path = site.routes.department(&department.id);
    let mut files = Vec::new();
    let about_html = department
        .text
        .as_ref()
        .map_or_else(Html::default, |text| Prose::new(site, &path, "d".to_owned(), Below::H2, &mut files).html(text));
    let (heading, sub) = finding(site, &name, &score.periods);
    let people: Vec<PersonView> = site
        .workspace
        .people
        .iter()
        .filter(|it| it.department.as_ref() == Some(&department.id))
        .map(|it| PersonView {
            name: Anchor { text: it.name.clone(), href: path.href(&site.routes.person(&it.id)) },
            role: it.role.clone().unwrap_or_default(),
        })
        .collect();
    let view = Department {
        frame: site.frame(&path, &name, Menu::Departments, Vec::new()),
        heading,
        sub,
        facts: facts(site, at, people.len()),
        about_html,
        caption: caption(site, &score.periods),
        periods: score.periods.iter().rev().map(|it| period_row(site, &path, at, it)).collect(),
        periods_heading: words.count("department.periods", score.periods.len()),
        periods_how: words.word(if score.periods.iter().any(|it| it.period.contains(site.scorecard.as_of)) {
            "department.periods-how"
        } else {
            "department.periods-how-closed"
        }),
        head: ["department.period", "department.objectives", "table.progress", "department.reached", "department.became"]
            .map(|key| words.word(key)),
        empty: score.periods.is_empty().then(|| Empty {
            title: words.say("empty.department", &[("department", name.as_str().into())]),
            text: words.word("empty.department-text"),
            file: format!("objectives/{}/", department.id),
        }),
        lists: score.periods.iter().rev().filter_map(|it| list(site, &path, at, it)).collect(),
        lists_heading: words.word("department.lists"),
        kpis: kpi_table(site, &path, &site.kpis_of_department(&department.id), RowsBelow::Owner, usize::MAX),
        calibration: calibration_view(site, |objective, _| objective.department.as_ref() == Some(&department.id)),
        people,
        people_heading: words.word("department.people"),
    };
    Made { path, view, files }
}

/// The latest ended period, and the running one beside it.
fn finding(site: &Site<'_>, name: &str, periods: &[DepartmentPeriod]) -> (String, String) {
    let words = site.words;
    let as_of = site.scorecard.as_of;
    let running = periods.iter().rev().find(|it| it.period.contains(as_of) && it.progress.is_some());
    let ended = periods.iter().rev().find(|it| it.period.last() < as_of && it.progress.is_some());
    let percent = |it: &DepartmentPeriod| words.percent_or_dash(it.progress);
    let heading = match (running, ended) {
        (Some(now), Some(before)) => words.say(
            "department.heading-both",
            &[
                ("department", name.into()),
                ("now", words.period_inside(&now.period).into()),
                ("progress", percent(now).into()),
                ("expected", words.percent_or_dash(now.expected).into()),
                ("before", words.period_inside(&before.period).into()),
                ("ended", percent(before).into()),
            ],
        ),
        (Some(now), None) => words.say(
            "department.heading-now",
            &[
                ("department", name.into()),
                ("now", words.period_inside(&now.period).into()),
                ("progress", percent(now).into()),
                ("expected", words.percent_or_dash(now.expected).into()),
            ],
        ),
        (None, Some(before)) => words.say(
            "department.heading-ended",
            &[("department", name.into()), ("before", words.period_inside(&before.period).into()), ("ended", percent(before).into())],
        ),
        (None, None) => words.say("department.heading-none", &[("department", name.into())]),
    };
    let ended_all: Vec<&DepartmentPeriod> = periods.iter().filter(|it| it.period.last() < as_of).collect();
    let (achieved, total) =
        ended_all.iter().fold((0, 0), |(achieved, total), it| (achieved + it.counts.of(Status::Achieved), total + it.counts.total()));
    let sub = if total == 0 {
        String::new()
    } else {
        words.say(
            "department.sub",
            &[("n", achieved.into()), ("total", total.into()), ("periods", words.count("count.periods", ended_all.len()).into())],
        )
    };
    (heading, sub)
}

fn facts(site: &Site<'_>, at: usize, people: usize) -> Vec<Fact> {
    let words = site.words;
    let mut facts = Vec::new();
    if let Some(lead) = site.workspace.departments[at].lead.as_ref() {
        facts.push(fact(words.word("fact.lead"), Figure::plain(site.person(Some(lead))), String::new()));
    }
    let all = site.scorecard.departments[at].periods.iter().flat_map(|it| &it.objectives);
    let objectives = all.filter(|at| site.is_shown(**at)).count();
    facts.push(fact(words.word("fact.objectives"), Figure::plain(objectives.to_string()), String::new()));
    if people > 0 {
        facts.push(fact(words.word("fact.people"), Figure::plain(people.to_string()), String::new()));
    }
    facts
}

fn is_draft(site: &Site<'_>, at: usize) -> bool {
    site.scorecard.objectives[at].status == Status::Draft
}

/// Its best ended period.
fn caption(site: &Site<'_>, periods: &[DepartmentPeriod]) -> String {
    let words = site.words;
    let ended = || periods.iter().filter(|it| it.period.last() < site.scorecard.as_of && it.progress.is_some());
    // The only one is not the furthest.
    let key = if ended().count() > 1 { "department.caption" } else { "department.caption-one" };
    match ended().max_by(|a, b| a.progress.unwrap_or(0.0).total_cmp(&b.progress.unwrap_or(0.0))) {
        Some(best) => words
            .say(key, &[("period", words.period_inside(&best.period).into()), ("percent", words.percent_or_dash(best.progress).into())]),
        None => words.word("department.caption-none"),
    }
}

fn period_row(site: &Site<'_>, path: &SitePath, at: usize, it: &DepartmentPeriod) -> PeriodRow {
    let words = site.words;
    let id = &site.workspace.departments[at].id;
    let running = it.period.contains(site.scorecard.as_of);
    let percent = words.percent_or_dash(it.progress);
    let label = words.say(
        "bullet.label",
        &[
            ("title", words.period(&it.period).into()),
            ("percent", percent.clone().into()),
            ("expected", words.percent_or_dash(it.expected).into()),
        ],
    );
    let mark = match (it.progress, running, site.scorecard.as_of < it.period.first()) {
        (None, _, _) => Mark::NoData,
        (_, true, _) => Mark::OnTrack,
        (_, _, true) => Mark::NotStarted,
        _ => Mark::Achieved,
    };
    let counts: Vec<String> = Status::ALL
        .into_iter()
        // A draft that has no page is not spoken of.
        .filter(|status| *status != Status::Draft || it.objectives.iter().any(|at| site.is_shown(*at) && is_draft(site, *at)))
        .filter(|status| it.counts.of(*status) > 0)
        .map(|status| {
            words.say(
                "count.status",
                &[("n", it.counts.of(status).into()), ("status", words.word(&format!("status.{}", status.name())).to_lowercase().into())],
            )
        })
        .chain((it.counts.stale > 0).then(|| {
            words.say("count.status", &[("n", it.counts.stale.into()), ("status", words.word("status.not_updated").to_lowercase().into())])
        }))
        .collect();
    let counted = it.objectives.iter().filter(|at| site.scorecard.counts(**at)).count();
    let formula = words.say("formula.mean-objectives", &[("n", counted.into()), ("percent", percent.clone().into())]);
    PeriodRow {
        period: Anchor { text: words.period(&it.period), href: path.href(&site.routes.department_in(&it.period, id)) },
        objectives: it.objectives.iter().filter(|at| site.is_shown(**at)).count().to_string(),
        bullet_svg: charts::bullet(&Bullet {
            progress: it.progress.unwrap_or(0.0),
            expected: it.expected.unwrap_or(0.0),
            mark,
            label: &label,
        }),
        progress: Figure { text: percent, formula, source: words.word("fact.below") },
        plan: match it.expected {
            Some(expected) if running => words.say("fact.plan", &[("percent", words.percent(expected).into())]),
            _ => String::new(),
        },
        counts: counts.join(", "),
    }
}

fn list(site: &Site<'_>, path: &SitePath, at: usize, it: &DepartmentPeriod) -> Option<PeriodList> {
    let words = site.words;
    let id = &site.workspace.departments[at].id;
    let objectives: Vec<ObjectiveLine> = in_order(site, &it.objectives)
        .into_iter()
        .map(|at| {
            let (objective, score) = (&site.workspace.objectives[at], &site.scorecard.objectives[at]);
            ObjectiveLine {
                status: StatusView::new(objective_mark(score), words),
                link: site.objective_link(path, objective),
                note: match score.score {
                    Some(score) => words.say("gap.score", &[("score", words.score(score).into())]),
                    None => words.percent_or_dash(score.progress),
                },
            }
        })
        .collect();
    (!objectives.is_empty()).then(|| PeriodList {
        period: Anchor { text: words.period(&it.period), href: path.href(&site.routes.department_in(&it.period, id)) },
        objectives,
    })
}
