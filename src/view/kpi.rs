//! A KPI: is this steady or a signal, and can the process meet its target?

use serde::Serialize;

use crate::{
    charts::{self, Svg},
    compute::{Capability, KpiPoint, KpiScore, Limits, Rule, Side, Spoken, Variation, variation},
    diagnostic::Code,
    model::{Assigned, Better, CheckIn, Kpi, KpiTarget, Period, days_between},
    route::SitePath,
};

use super::{
    Anchor, Empty, Html, Made, Site,
    excerpt::excerpt,
    figure::Figure,
    frame::{Frame, Menu},
    kpi_chart::{KpiChart, chart, clamped},
    kpi_rows::{is_unserved, serves, target_today},
    kpi_words::capability_of,
    prose::{Below, Prose},
    sentence::{Fact, fact},
    status::{StatusView, objective_mark},
};

/// A KPI.
#[derive(Debug, Serialize)]
pub struct KpiPage {
    /// Masthead and footer.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// Its second sentence.
    pub sub: String,
    /// What was found in its file.
    pub notes: Vec<Note>,
    /// "Variation".
    pub variation_label: String,
    /// What its newest values say.
    pub variation: StatusView,
    /// The newest value, owner, rhythm …
    pub facts: Vec<Fact>,
    /// When it has no value.
    pub empty: Option<Empty>,
    /// Its chart.
    pub chart: Option<KpiChart>,
    /// Heading of the texts on the chart.
    pub reading_heading: String,
    /// Each a question and its answer.
    pub reading: Vec<Reading>,
    /// Heading of the compass.
    pub compass_heading: String,
    /// How the two belong together.
    pub compass_how: String,
    /// The mark beside each.
    pub compass_svg: Svg,
    /// The objectives that guide it.
    pub compass: Vec<Guided>,
    /// When there is none.
    pub compass_empty: Option<Empty>,
    /// What it is for, in the owner's words.
    pub about_html: Html,
    /// Its heading.
    pub about_heading: String,
    /// Heading of the definition.
    pub definition_heading: String,
    /// Terms and what they are.
    pub definition: Vec<(String, String)>,
    /// Where it is written.
    pub source: String,
}

/// Something that was found in the KPI's file.
#[derive(Debug, Serialize)]
pub struct Note {
    /// What.
    pub text: String,
    /// What it means.
    pub guide: Anchor,
}

/// A question that the chart answers.
#[derive(Debug, Serialize)]
pub struct Reading {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// Where somebody wrote it.
    pub said: Option<Anchor>,
}

/// An objective that guides the KPI.
#[derive(Debug, Serialize)]
pub struct Guided {
    /// The objective.
    pub link: Anchor,
    /// Where it stands.
    pub status: StatusView,
    /// How the one changes the other.
    pub how: String,
}

/// The page of a KPI, by its place.
pub fn kpi(site: &Site<'_>, at: usize) -> Made<KpiPage> {
    let words = site.words;
    let (kpi, score) = (&site.workspace.kpis[at], &site.scorecard.kpis[at]);
    let path = site.routes.kpi(&kpi.id);
    let mut files = Vec::new();
    let about_html = Prose::new(site, &path, "k".to_owned(), Below::H2, &mut files).html(&kpi.text);
    let (heading, sub) = finding(site, kpi, score);
    let compass = guided(site, &path, at);
    let view = KpiPage {
        frame: site.frame(&path, &kpi.title, Menu::Kpis, crumbs(site, &path, kpi)),
        heading,
        sub,
        notes: notes(site, &path, kpi),
        variation_label: words.word("kpi.variation"),
        variation: site.variation_mark(kpi, score),
        facts: facts(site, kpi, score),
        empty: score.current.is_none().then(|| Empty {
            title: words.word("kpi.empty"),
            text: words.word("kpi.empty-text"),
            file: kpi.source.path.to_string(),
        }),
        chart: score.current.is_some().then(|| chart(site, kpi, score)),
        reading_heading: words.word("kpi.reading"),
        reading: reading(site, &path, at),
        compass_heading: words.word("kpi.compass-heading"),
        compass_how: words.word("kpi.compass-how"),
        compass_empty: is_unserved(site, at).then(|| Empty {
            title: words.word("kpi.unserved"),
            text: words.word("kpi.unserved-text"),
            file: kpi.source.path.to_string(),
        }),
        compass,
        compass_svg: charts::compass_glyph(),
        about_html,
        about_heading: words.word("kpi.about"),
        definition_heading: words.word("kpi.definition"),
        definition: definition(site, kpi, score),
        source: words.say("objective.source", &[("source", kpi.source.to_string().into())]),
    };
    Made { path, view, files }
}

fn crumbs(site: &Site<'_>, path: &SitePath, kpi: &Kpi) -> Vec<Anchor> {
    let department = kpi.department.as_ref().filter(|id| site.workspace.department(id).is_some());
    let mut crumbs = vec![Anchor { text: site.words.word("menu.kpis"), href: path.href(&site.routes.kpis()) }];
    crumbs.extend(department.map(|id| Anchor { text: site.department_name(id), href: path.href(&site.routes.department(id)) }));
    crumbs.push(Anchor { text: kpi.title.clone(), href: String::new() });
    crumbs
}

fn notes(site: &Site<'_>, path: &SitePath, kpi: &Kpi) -> Vec<Note> {
    let own =
        site.findings.iter().filter(|it| it.place.file == kpi.source.path || it.related.iter().any(|place| place.file == kpi.source.path));
    // That it serves no objective is said in the compass's place.
    own.filter(|it| it.code != Code::UnusedKpi)
        .take(4)
        .map(|it| Note {
            text: super::excerpt::capital(&site.words.finding_message(it).replace('`', "")),
            guide: Anchor { text: site.words.word("objective.mend-link"), href: path.href(&site.routes.guide(it.code.name())) },
        })
        .collect()
}

/// The heading and the sentence below it.
fn finding(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> (String, String) {
    let words = site.words;
    let title = kpi.title.as_str();
    let Some(newest) = score.newest() else {
        return (words.say("kpi.head.nothing", &[("title", title.into())]), String::new());
    };
    let value = newest.value.map_or_else(String::new, |value| site.kpi_value(kpi, value));
    if score.stale {
        let days = days_between(newest.period.last(), site.scorecard.as_of);
        return (
            words.say("kpi.head.silent", &[("title", title.into()), ("period", site.kpi_period(&newest.period).into())]),
            words.say("kpi.sub.silent", &[("value", value.into()), ("n", days.into())]),
        );
    }
    match variation(kpi, score) {
        Variation::Nothing => (words.say("kpi.head.nothing", &[("title", title.into())]), String::new()),
        few @ (Variation::TooFew(n) | Variation::ShortBaseline(n)) => (
            words.say(
                "kpi.head.too-few",
                &[("title", title.into()), ("value", value.into()), ("period", site.kpi_period(&newest.period).into())],
            ),
            words.say(
                if few == Variation::ShortBaseline(n) { "kpi.sub.short-baseline" } else { "kpi.sub.too-few" },
                &[("n", site.kpi_count(kpi.every, n).into())],
            ),
        ),
        Variation::Steady => steady(site, kpi, score),
        Variation::Signal(spoken) => signal(site, kpi, score, spoken),
    }
}

fn steady(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> (String, String) {
    let words = site.words;
    let limits = score.last_stretch().and_then(|it| it.limits).expect("what is steady has limits");
    let level = |value| site.kpi_level(kpi, score, value);
    let (lower, upper) = clamped(kpi, limits.lower, limits.upper);
    let target = score.newest().and_then(|it| it.target).map(|it| site.kpi_target(kpi, it)).unwrap_or_default();
    let key = match capability_of(kpi, score) {
        Some(Capability::Always) => "kpi.head.always",
        Some(Capability::Sometimes) => "kpi.head.sometimes",
        Some(Capability::Never) => "kpi.head.never",
        None => "kpi.head.steady",
    };
    (
        words.say(key, &[("title", kpi.title.as_str().into()), ("target", target.into()), ("mean", level(limits.mean).into())]),
        if is_alike(&limits) {
            words.say("kpi.sub.alike", &[("mean", site.kpi_value(kpi, limits.mean).into())])
        } else {
            words.say(
                "kpi.sub.steady",
                &[("mean", level(limits.mean).into()), ("lower", level(lower).into()), ("upper", level(upper).into())],
            )
        },
    )
}

/// Not one value that moved: between its limits there is no room to speak of.
fn is_alike(limits: &Limits) -> bool {
    limits.upper <= limits.lower
}

fn signal(site: &Site<'_>, kpi: &Kpi, score: &KpiScore, spoken: Spoken) -> (String, String) {
    let words = site.words;
    let limits = score.last_stretch().and_then(|it| it.limits).expect("a signal has limits");
    let point = &score.series[spoken.until];
    let first = if spoken.rule == Rule::BeyondLimit { spoken.until } else { spoken.since };
    let since = site.kpi_period(&score.series[first].period);
    let value = point.value.map_or_else(String::new, |value| site.kpi_value(kpi, value));
    let key = match (spoken.rule, spoken.side) {
        (Rule::RunOf8, Side::High) => "kpi.head.run-high",
        (Rule::RunOf8, Side::Low) => "kpi.head.run-low",
        (Rule::BeyondLimit, Side::High) => "kpi.head.beyond-high",
        (Rule::BeyondLimit, Side::Low) => "kpi.head.beyond-low",
        (Rule::ThreeOf4, Side::High) => "kpi.head.drift-high",
        (Rule::ThreeOf4, Side::Low) => "kpi.head.drift-low",
    };
    let heading = words.say(key, &[("title", kpi.title.as_str().into()), ("since", since.into()), ("value", value.clone().into())]);
    let level = |value| site.kpi_level(kpi, score, value);
    let mut sub = match spoken.rule {
        Rule::RunOf8 => words.say(
            if spoken.side == Side::High { "kpi.sub.run-high" } else { "kpi.sub.run-low" },
            &[("n", site.kpi_count(kpi.every, spoken.points).into()), ("mean", level(limits.mean).into())],
        ),
        Rule::BeyondLimit => words.say(
            if spoken.side == Side::High { "kpi.sub.beyond-high" } else { "kpi.sub.beyond-low" },
            &[
                ("value", value.into()),
                ("limit", level(if spoken.side == Side::High { limits.upper } else { limits.lower }).into()),
                ("mean", level(limits.mean).into()),
            ],
        ),
        Rule::ThreeOf4 => words.say("kpi.sub.drift", &[("mean", level(limits.mean).into())]),
    };
    let outside =
        score.last_stretch().into_iter().flat_map(|it| &it.signals).rev().find(|it| it.rule == Rule::BeyondLimit && it.at >= spoken.since);
    if let Some(outside) = outside.filter(|_| spoken.rule != Rule::BeyondLimit) {
        let period = site.kpi_period_head(&score.series[outside.at].period);
        sub = format!("{sub} {}", words.say("kpi.sub.also-beyond", &[("period", period.into())]));
    }
    (heading, format!("{sub} {}", words.word("kpi.sub.look")))
}

fn facts(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> Vec<Fact> {
    let words = site.words;
    let mut facts = Vec::new();
    if let Some(point) = score.telling(kpi) {
        let value = point.value.map_or_else(String::new, |value| site.kpi_value_beside(kpi, value, point.target));
        let context = site.kpi_target_words(kpi, point.target);
        facts.push(fact(site.kpi_period_head(&point.period), site.kpi_figure(kpi, point, value), context));
        let met = site.kpi_status(point.status);
        if point.target.is_some() && !met.is_empty() {
            let share = point.attainment.map(|it| words.percent(it));
            let source = point.target_source.as_ref().map_or_else(String::new, ToString::to_string);
            let formula = if share.is_some() { words.word(attainment_formula(kpi.better)) } else { String::new() };
            let shown = share.map_or(met.clone(), |share| share);
            let context = if shown == met { String::new() } else { met };
            facts.push(fact(words.word("kpi.attainment"), Figure { text: shown, formula, source }, context));
        }
    } else if let Some(target) = target_today(site, kpi) {
        facts.push(fact(words.word("kpi.target-label"), Figure::plain(site.kpi_target(kpi, target)), String::new()));
    }
    let capability = site.capability_words(kpi, score);
    if !capability.is_empty() {
        facts.push(fact(words.word("kpi.capability"), Figure::plain(capability), String::new()));
    }
    let owner = site.person(kpi.owner.as_ref());
    if !owner.is_empty() {
        facts.push(fact(words.word("fact.owner"), Figure::plain(owner), String::new()));
    }
    facts.push(fact(words.word("kpi.every"), Figure::plain(words.word(every_key(kpi))), String::new()));
    if kpi.pay_linked {
        facts.push(fact(words.word("kpi.pay"), Figure::plain(words.word("kpi.pay-yes")), String::new()));
    }
    facts
}

fn attainment_formula(better: Better) -> &'static str {
    match better {
        Better::Lower => "kpi.formula-lower",
        Better::Higher | Better::Within => "kpi.formula-higher",
    }
}

fn every_key(kpi: &Kpi) -> &'static str {
    match kpi.every {
        crate::model::Every::Week => "kpi.every-week",
        crate::model::Every::Month => "kpi.every-month",
        crate::model::Every::Quarter => "kpi.every-quarter",
    }
}

/// Two short texts on this very chart: can the target be met, and what is worth a question?
fn reading(site: &Site<'_>, path: &SitePath, at: usize) -> Vec<Reading> {
    let (kpi, score) = (&site.workspace.kpis[at], &site.scorecard.kpis[at]);
    let Some(limits) = score.last_stretch().and_then(|it| it.limits) else { return Vec::new() };
    let words = site.words;
    let level = |value| site.kpi_level(kpi, score, value);
    let (lower, upper) = clamped(kpi, limits.lower, limits.upper);
    let mut all = Vec::new();
    if let (Some(capability), Some(target)) = (capability_of(kpi, score), score.newest().and_then(|it| it.target)) {
        // A range is no line that lies between two others.
        let key = match (capability, target) {
            (Capability::Always, KpiTarget::One(_)) => "kpi.answer.always",
            (Capability::Always, KpiTarget::Range(..)) => "kpi.answer.always-range",
            (Capability::Sometimes, KpiTarget::One(_)) => "kpi.answer.sometimes",
            (Capability::Sometimes, KpiTarget::Range(..)) => "kpi.answer.sometimes-range",
            (Capability::Never, KpiTarget::One(_)) => "kpi.answer.never",
            (Capability::Never, KpiTarget::Range(..)) => "kpi.answer.never-range",
        };
        let target = site.kpi_target(kpi, target);
        all.push(Reading {
            question: words.say("kpi.question.target", &[("target", target.as_str().into())]),
            answer: words.say(key, &[("target", target.into()), ("lower", level(lower).into()), ("upper", level(upper).into())]),
            said: None,
        });
    }
    all.push(match variation(kpi, score) {
        Variation::Signal(spoken) => why(site, path, at, spoken),
        Variation::Steady | Variation::TooFew(_) | Variation::ShortBaseline(_) | Variation::Nothing if is_alike(&limits) => Reading {
            question: words.word("kpi.question.when"),
            answer: words.say("kpi.answer.when-alike", &[("mean", site.kpi_value(kpi, limits.mean).into())]),
            said: None,
        },
        Variation::Steady | Variation::TooFew(_) | Variation::ShortBaseline(_) | Variation::Nothing => Reading {
            question: words.word("kpi.question.when"),
            answer: words.say("kpi.answer.when", &[("lower", level(lower).into()), ("upper", level(upper).into())]),
            said: None,
        },
    });
    all
}

/// Why a signal is worth a question, and what somebody wrote about it.
fn why(site: &Site<'_>, path: &SitePath, at: usize, spoken: Spoken) -> Reading {
    let words = site.words;
    let (kpi, score) = (&site.workspace.kpis[at], &site.scorecard.kpis[at]);
    let limits = score.last_stretch().and_then(|it| it.limits).expect("a signal has limits");
    let level = |value| site.kpi_level(kpi, score, value);
    // A single point outside is the plainest question, also where the level has moved.
    let signals = &score.last_stretch().expect("a signal has a stretch").signals;
    let outside = signals.iter().rev().find(|it| it.rule == Rule::BeyondLimit && it.at >= spoken.since);
    let (point, answer) = match outside {
        Some(signal) => {
            let point = &score.series[signal.at];
            let value = point.value.map_or_else(String::new, |value| site.kpi_value(kpi, value));
            let (key, limit) = match signal.side {
                Side::High => ("kpi.answer.beyond-high", limits.upper),
                Side::Low => ("kpi.answer.beyond-low", limits.lower),
            };
            (point, words.say(key, &[("value", value.into()), ("limit", level(limit).into())]))
        }
        None => {
            let key = if spoken.rule == Rule::RunOf8 { "kpi.answer.run" } else { "kpi.answer.drift" };
            (&score.series[spoken.since], words.say(key, &[("n", site.kpi_count(kpi.every, spoken.points).into())]))
        }
    };
    let said = told(site, at, point, &score.series[spoken.until]);
    let answer = match said {
        Some(it) => {
            let text = excerpt(&it.text.markdown, 220);
            let day = words.short_day(it.date);
            let author = site.person(it.author.as_ref());
            format!(
                "{answer} {}",
                words.say("kpi.answer.said", &[("day", day.into()), ("author", author.into()), ("text", text.into())]).replace(" ()", "")
            )
        }
        None => format!("{answer} {}", words.word("kpi.answer.nobody")),
    };
    let question = words.say("kpi.question.why", &[("period", site.kpi_period(&point.period).into())]);
    let said = said.and_then(|it| {
        let objective = it.objective.filter(|at| site.is_shown(at.0))?;
        let page = site.routes.objective(&site.workspace.objective(objective).id);
        Some(Anchor { text: words.word("kpi.answer.check-in"), href: path.href_at(&page, &crate::route::check_in_anchor(it.date)) })
    });
    Reading { question, answer, said }
}

/// The check-in that explains a signal: with a text, one that names the KPI, dated within the signal's periods or in the
/// next.
fn told<'s>(site: &'s Site<'_>, at: usize, from: &KpiPoint, until: &KpiPoint) -> Option<&'s CheckIn> {
    let calendar = site.workspace.config.calendar;
    let kpi = &site.workspace.kpis[at];
    let next = until.period.last().tomorrow().ok().and_then(|day| kpi.every.around(day, calendar));
    let last = next.map_or(until.period.last(), |it| it.last());
    let within = |it: &CheckIn| it.date >= from.period.first() && it.date <= last && !it.text.is_empty();
    let known = |at: &usize| *at < site.scorecard.known_check_ins;
    let spoken = from.check_in.map(|index| &site.workspace.check_ins[index]).filter(|it| !it.text.is_empty());
    let mut told = site.compass.told[at].iter().copied().filter(known).map(|index| &site.workspace.check_ins[index]);
    // The one that gave the very value, else the last word on it.
    spoken.or_else(|| told.rfind(|it| within(it)))
}

fn guided(site: &Site<'_>, path: &SitePath, at: usize) -> Vec<Guided> {
    let words = site.words;
    serves(site, at)
        .into_iter()
        .map(|objective| {
            let it = site.workspace.objective(objective);
            let score = &site.scorecard.objectives[objective.0];
            let measured = site.compass.measured[at].iter().find(|(of, _)| *of == objective);
            let how = match measured {
                Some((_, index)) => {
                    let (key_result, score) = (&it.key_results[*index], &score.key_results[*index]);
                    words.say(
                        "kpi.guides.measures",
                        &[
                            ("key_result", key_result.title.as_str().into()),
                            ("range", site.range(key_result, score).into()),
                            ("period", words.period_inside(&it.period).into()),
                        ],
                    )
                }
                None => words.say("kpi.guides.supports", &[("period", words.period_inside(&it.period).into())]),
            };
            Guided { link: site.objective_link(path, it), status: StatusView::new(objective_mark(score), words), how }
        })
        .collect()
}

fn definition(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> Vec<(String, String)> {
    let words = site.words;
    let mut all = Vec::new();
    let mut add = |key: &str, text: String| {
        if !text.is_empty() {
            all.push((words.word(key), text));
        }
    };
    add("kpi.def.formula", kpi.formula.clone().unwrap_or_default());
    add(
        "kpi.def.better",
        words.word(match kpi.better {
            Better::Higher => "kpi.def.higher",
            Better::Lower => "kpi.def.lower",
            Better::Within => "kpi.def.within",
        }),
    );
    add(
        "kpi.def.aggregate",
        words.word(match kpi.aggregate {
            crate::model::Aggregate::Sum => "kpi.def.sum",
            crate::model::Aggregate::Mean => "kpi.def.mean",
            crate::model::Aggregate::Last => "kpi.def.last",
        }),
    );
    add("kpi.def.source", kpi.measured_by.clone().unwrap_or_default());
    if let Some(last) = score.last_stretch().filter(|it| it.limits.is_some())
        && let (Some(first), Some(end)) = (last.baseline.first(), last.baseline.last())
    {
        add(
            "kpi.def.baseline",
            words.say(
                "kpi.def.baseline-span",
                &[
                    ("from", words.period_inside(&score.series[*first].period).into()),
                    ("to", words.period_inside(&score.series[*end].period).into()),
                    ("n", last.baseline.len().into()),
                ],
            ),
        );
    }
    // What is planned is not yet part of what the figures mean.
    let known = |it: &&Period| it.first() <= site.scorecard.as_of;
    let rebased: Vec<String> = kpi.rebase.iter().filter(known).map(|it| words.period_inside(it)).collect();
    add("kpi.def.rebase", rebased.join("; "));
    let happened = kpi.events.iter().filter(|it| known(&&it.period));
    let events: Vec<String> = happened.map(|it| format!("{}: {}", site.kpi_period(&it.period), it.text)).collect();
    add("kpi.def.events", events.join("; "));
    if !kpi.assigned.is_empty() && !site.workspace.people.is_empty() {
        for (it, series) in kpi.assigned.iter().zip(&score.people) {
            all.push((words.word("kpi.def.assigned"), share(site, kpi, it, series)));
        }
    }
    all
}

/// Who has a share of it, with their target and newest value.
fn share(site: &Site<'_>, kpi: &Kpi, of: &Assigned, series: &[KpiPoint]) -> String {
    let words = site.words;
    let newest = series.iter().rfind(|it| it.value.is_some());
    let target = newest.map_or_else(|| of.targets.steps.last().and_then(|it| it.target), |it| it.target);
    let value = newest.and_then(|it| Some((it.value?, it))).map_or_else(
        || words.word("kpi.gap"),
        |(value, point)| {
            let shown = site.kpi_value_beside(kpi, value, target);
            words.say("kpi.of-period", &[("period", site.kpi_period(&point.period).into()), ("target", shown.into())])
        },
    );
    format!("{}: {}; {value}", site.person(Some(&of.person)), site.kpi_target_words(kpi, target))
}
