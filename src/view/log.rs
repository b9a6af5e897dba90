//! The log of check-ins: what was measured and said, the newest first.

use serde::Serialize;

use crate::{
    charts::{Mark, Svg, glyph},
    compute::{KeyResultScore, Said, Value},
    model::{CheckIn, Date, KeyResult, Measure, Objective, Outcome},
    route::{SitePath, check_in_anchor},
};

use super::{
    Anchor, Html, Site,
    attention::promise_text,
    excerpt::{cut, excerpt},
    figure::plain,
    prose::{Below, Prose},
    status::{StatusView, mark_of, shown_mark, urgency},
};

/// A check-in in an objective's log.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Its place on the page.
    pub anchor: String,
    /// `Th 6, 14/08`.
    pub day: String,
    /// ISO, for `datetime`.
    pub iso: String,
    /// The mark of what it reports.
    pub glyph_svg: Svg,
    /// The mark's word.
    pub mark_word: String,
    /// The value where there is one key result, and the confidence.
    pub heading: String,
    /// The values, where there are several key results.
    pub values: Vec<ValueOf>,
    /// What happened.
    pub body_html: Html,
    /// What else its author wrote down, if anything.
    pub more: Option<Box<More>>,
    /// Who wrote it.
    pub author: String,
    /// `path:line`.
    pub source: String,
}

/// What most check-ins do without.
#[derive(Clone, Debug, Serialize)]
pub struct More {
    /// Finished, blocked, help asked for, learnt.
    pub lists: Vec<List>,
    /// What was decided.
    pub decision: String,
    /// What was promised.
    pub promises: Vec<String>,
    /// "Next".
    pub promises_label: String,
    /// What becomes of the objective.
    pub outcome: String,
    /// What the author says of it.
    pub said: Option<StatusView>,
    /// "says the author".
    pub said_label: String,
}

/// A value as its author wrote it, and the title of the key result that it is of.
#[derive(Clone, Debug, Serialize)]
pub struct ValueOf(pub String, pub String);

/// A list in a check-in.
#[derive(Clone, Debug, Serialize)]
pub struct List {
    /// What it lists.
    pub label: String,
    /// Its items.
    pub items: Vec<String>,
}

/// A check-in among the newest of many objectives.
#[derive(Clone, Debug, Serialize)]
pub struct News {
    /// `Th 6, 14/08`.
    pub day: String,
    /// ISO, for `datetime`.
    pub iso: String,
    /// The mark of what it reports.
    pub glyph_svg: Svg,
    /// The mark's word.
    pub mark_word: String,
    /// Objective and values.
    pub title: Anchor,
    /// The values.
    pub values: String,
    /// Who, the first words, how sure.
    pub text: String,
    /// What was decided.
    pub decision: String,
}

/// An objective's whole log, the newest first.
pub(super) fn log(site: &Site<'_>, page: &SitePath, at: usize, files: &mut Vec<String>) -> Vec<Entry> {
    let score = &site.scorecard.objectives[at];
    let mut seen = std::collections::BTreeMap::new();
    let mut entries: Vec<Entry> = score
        .check_ins
        .iter()
        .map(|index| {
            let date = site.workspace.check_ins[*index].date;
            let count = seen.entry(date).and_modify(|count| *count += 1).or_insert(1usize);
            let anchor = if *count == 1 { check_in_anchor(date) } else { format!("{}-{count}", check_in_anchor(date)) };
            entry(site, page, at, *index, anchor, files)
        })
        .collect();
    entries.reverse();
    entries
}

fn entry(site: &Site<'_>, page: &SitePath, at: usize, index: usize, anchor: String, files: &mut Vec<String>) -> Entry {
    let words = site.words;
    let objective = &site.workspace.objectives[at];
    let check_in = &site.workspace.check_ins[index];
    let said = said_in(site, at, index);
    let mark = mark(site, objective, &said);
    let (heading, values) = heading(site, objective, at, index, &said);
    Entry {
        day: words.week_day(check_in.date),
        iso: check_in.date.to_string(),
        glyph_svg: glyph(mark),
        mark_word: StatusView::new(mark, words).word,
        heading,
        values,
        body_html: Prose::new(site, page, anchor.clone(), Below::H3, files).html(&check_in.text),
        more: more(site, check_in).map(Box::new),
        author: site.person(check_in.author.as_ref()),
        source: check_in.source.to_string(),
        anchor,
    }
}

fn more(site: &Site<'_>, check_in: &CheckIn) -> Option<More> {
    let words = site.words;
    let lists = lists(site, check_in);
    let outcome = outcome(site, check_in);
    let report = &check_in.report;
    let nothing =
        lists.is_empty() && report.decision.is_none() && report.next.is_empty() && outcome.is_empty() && check_in.status.is_none();
    if nothing {
        return None;
    }
    Some(More {
        lists,
        decision: report.decision.as_deref().map_or_else(String::new, |it| words.say("log.decision", &[("what", it.into())])),
        promises: report
            .next
            .iter()
            .map(|promise| {
                let who = site.person(promise.who.as_ref());
                match promise.done.filter(|day| *day <= site.scorecard.as_of) {
                    Some(day) => words.say(
                        "promise.done",
                        &[("what", promise.what.trim_end_matches('.').into()), ("day", words.short_day(day).into()), ("who", who.into())],
                    ),
                    None => promise_text(site, promise, &who),
                }
            })
            .collect(),
        promises_label: words.word("log.next"),
        outcome,
        said: check_in.status.map(|status| StatusView::new(mark_of(status), words)),
        said_label: words.word("log.says"),
    })
}

type SaidOf<'a> = (&'a KeyResult, &'a KeyResultScore, &'a Said, usize);

/// What a check-in said of each key result of an objective.
fn said_in<'a>(site: &Site<'a>, at: usize, index: usize) -> Vec<SaidOf<'a>> {
    let (workspace, scorecard) = (site.workspace, site.scorecard);
    let pairs = workspace.objectives[at].key_results.iter().zip(&scorecard.objectives[at].key_results);
    pairs
        .filter_map(|(key_result, score)| {
            // The history is in the order of the check-ins.
            let place = score.history.partition_point(|said| said.check_in < index);
            let said = score.history.get(place).filter(|said| said.check_in == index)?;
            Some((key_result, score, said, place))
        })
        .collect()
}

/// The worst of what a check-in reports, as it stood on that day.
fn mark(site: &Site<'_>, objective: &Objective, said: &[SaidOf<'_>]) -> Mark {
    let marks = said.iter().filter_map(|(key_result, score, said, place)| {
        let value = score.shown[*place]?;
        said.value.is_given().then(|| mark_on(site, objective, key_result, score, said.day, value))
    });
    marks.min_by_key(|mark| urgency(*mark)).unwrap_or(Mark::NoData)
}

/// How a value stood on its day; what closes a period is judged as the period was.
pub(super) fn mark_on(
    site: &Site<'_>,
    objective: &Objective,
    key_result: &KeyResult,
    score: &KeyResultScore,
    day: Date,
    value: f64,
) -> Mark {
    let last = objective.period.last();
    if day == last && site.scorecard.as_of > last {
        return shown_mark(score);
    }
    mark_of(crate::compute::status_on(key_result, &objective.period, day, value))
}

/// "86,5% · tự tin 3/10, lần trước 4"; of several key results the values stand below, each with its title.
fn heading(site: &Site<'_>, objective: &Objective, at: usize, index: usize, said: &[SaidOf<'_>]) -> (String, Vec<ValueOf>) {
    let words = site.words;
    let mut values = values(site, said);
    let mut parts = Vec::new();
    if objective.key_results.len() == 1 {
        parts.extend(values.pop().map(|ValueOf(value, _)| value));
    }
    let sure: Vec<f64> = said.iter().filter_map(|(_, _, said, _)| said.confidence).collect();
    if let Some(now) = span(site, &sure) {
        let before = previous_confidence(site, at, index);
        let key = match &before {
            Some(before) if *before == now => "log.confidence-same",
            Some(_) => "log.confidence-before",
            None => "log.confidence",
        };
        parts.push(words.say(key, &[("sure", now.into()), ("before", before.unwrap_or_default().into())]));
    }
    let heading = match (parts.is_empty(), values.is_empty()) {
        (true, true) => words.word("log.no-values"),
        (true, false) => words.word("log.values"),
        (false, _) => capital(&parts.join(" · ")),
    };
    (heading, values)
}

/// With a capital first letter.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The confidences of a check-in as they were given: one, or from the lowest to the highest.
fn span(site: &Site<'_>, all: &[f64]) -> Option<String> {
    let low = all.iter().copied().min_by(f64::total_cmp)?;
    let high = all.iter().copied().max_by(f64::total_cmp)?;
    let (low, high) = (plain(site.words, low), plain(site.words, high));
    Some(if low == high { low } else { site.words.say("log.span", &[("low", low.into()), ("high", high.into())]) })
}

fn previous_confidence(site: &Site<'_>, at: usize, index: usize) -> Option<String> {
    let earlier = site.scorecard.objectives[at].check_ins.iter().rev().skip_while(|it| **it >= index);
    earlier.map(|it| said_in(site, at, *it)).find_map(|said| span(site, &said.iter().filter_map(|it| it.2.confidence).collect::<Vec<_>>()))
}

/// The values of a check-in.
fn values(site: &Site<'_>, said: &[SaidOf<'_>]) -> Vec<ValueOf> {
    let words = site.words;
    said.iter()
        .filter_map(|(key_result, score, said, place)| {
            let value = match &said.value {
                Value::Nothing => return None,
                Value::Number(amount) => site.written(key_result, score, amount),
                Value::Done(done) => words.word(if *done { "done.yes" } else { "done.no" }),
                Value::Milestones(_) => steps_done(site, key_result, score, *place)?,
            };
            Some(ValueOf(value, key_result.title.clone()))
        })
        .collect()
}

/// "3/4 done", as it stood when the entry at `place` was written.
fn steps_done(site: &Site<'_>, key_result: &KeyResult, score: &KeyResultScore, place: usize) -> Option<String> {
    let Measure::Milestones(all) = &key_result.measure else { return None };
    let day = score.history[place].day;
    let said = |milestone: usize| {
        score.history[..=place].iter().rev().find_map(|it| match &it.value {
            Value::Milestones(marks) => marks.iter().rev().find(|(at, _)| *at == milestone).map(|(_, done)| *done),
            Value::Nothing | Value::Number(_) | Value::Done(_) => None,
        })
    };
    let done = all.iter().enumerate().filter(|(at, it)| it.done.is_some_and(|on| on <= day) || said(*at) == Some(true)).count();
    Some(format!("{done}/{}\u{a0}{}", all.len(), site.words.word("milestones.unit")))
}

/// The values in one line, each with its key result where there are several.
fn values_line(site: &Site<'_>, objective: &Objective, said: &[SaidOf<'_>]) -> String {
    let several = objective.key_results.len() > 1;
    let texts: Vec<String> = values(site, said)
        .into_iter()
        .map(|ValueOf(value, title)| {
            let args = [("title", cut(&title, 48).into()), ("value", value.as_str().into())];
            if several { site.words.say("log.value", &args) } else { value }
        })
        .collect();
    texts.join("; ")
}

fn lists(site: &Site<'_>, check_in: &CheckIn) -> Vec<List> {
    let words = site.words;
    let help = check_in.report.help.iter().map(|it| match &it.from {
        Some(id) => words.say("log.help-from", &[("what", it.what.as_str().into()), ("from", site.person(Some(id)).into())]),
        None => it.what.clone(),
    });
    [
        ("log.finished", check_in.report.finished.clone()),
        ("log.blocked", check_in.report.blocked.clone()),
        ("log.help", help.collect()),
        ("log.learned", check_in.learned.clone()),
    ]
    .into_iter()
    .filter(|(_, items)| !items.is_empty())
    .map(|(key, items)| List { label: words.word(key), items })
    .collect()
}

fn outcome(site: &Site<'_>, check_in: &CheckIn) -> String {
    let words = site.words;
    let scores: Vec<String> = check_in
        .scores
        .iter()
        .map(|score| {
            let title = &site.workspace.key_result(score.objective, score.key_result).title;
            words.say("log.score", &[("title", cut(title, 48).into()), ("score", words.number(score.value, 2).into())])
        })
        .collect();
    let becomes = check_in.outcome.map(|outcome| {
        words.word(match outcome {
            Outcome::Carry => "outcome.carry",
            Outcome::Stop => "outcome.stop",
            Outcome::Done => "outcome.done",
        })
    });
    scores.into_iter().chain(becomes).collect::<Vec<_>>().join(" · ")
}

/// The newest check-ins of some objectives.
pub(super) fn news(site: &Site<'_>, from: &SitePath, objectives: &[usize], most: usize) -> Vec<News> {
    let mut all: Vec<(usize, usize)> = objectives
        .iter()
        .filter(|at| site.is_shown(**at))
        .flat_map(|at| site.scorecard.objectives[*at].check_ins.iter().rev().take(most).map(|index| (*index, *at)))
        .collect();
    all.sort_by(|a, b| b.cmp(a));
    // One check-in may speak of several objectives: it is one piece of news.
    all.dedup_by_key(|(index, _)| *index);
    all.into_iter().take(most).map(|(index, at)| one_news(site, from, index, at)).collect()
}

fn one_news(site: &Site<'_>, from: &SitePath, index: usize, at: usize) -> News {
    let words = site.words;
    let objective = &site.workspace.objectives[at];
    let check_in = &site.workspace.check_ins[index];
    let said = said_in(site, at, index);
    let mark = mark(site, objective, &said);
    let sure = span(site, &said.iter().filter_map(|it| it.2.confidence).collect::<Vec<_>>());
    let author = site.person(check_in.author.as_ref());
    let first_words = excerpt(&check_in.text.markdown, 220);
    let confidence = sure.map(|it| words.say("log.sure", &[("sure", it.into())]));
    let author = if author.is_empty() { author } else { format!("{author}.") };
    let parts: Vec<String> = [author, first_words, confidence.unwrap_or_default()].into_iter().filter(|it| !it.is_empty()).collect();
    News {
        day: words.week_day(check_in.date),
        iso: check_in.date.to_string(),
        glyph_svg: glyph(mark),
        mark_word: StatusView::new(mark, words).word,
        title: Anchor {
            text: objective.title.clone(),
            href: from.href_at(&site.routes.objective(&objective.id), &check_in_anchor(check_in.date)),
        },
        values: values_line(site, objective, &said),
        text: parts.join(" "),
        decision: check_in.report.decision.clone().map_or_else(String::new, |it| words.say("log.decision", &[("what", it.into())])),
    }
}
