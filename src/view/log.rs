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
    excerpt::{capital, cut, excerpt},
    figure::plain,
    html::Writer,
    prose::{Below, Prose},
    status::{self, StatusView, mark_of, shown_mark, urgency},
};

/// A value as its author wrote it, and the key result that it is of.
struct ValueOf<'a>(String, &'a KeyResult);

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

/// An objective's whole log, the newest first: the entries of a list.
pub(super) fn log(site: &Site<'_>, page: &SitePath, at: usize, files: &mut Vec<String>) -> Html {
    let all = &site.scorecard.objectives[at].check_ins;
    let said: Vec<Vec<SaidOf<'_>>> = all.iter().map(|index| said_in(site, at, *index)).collect();
    let sure: Vec<Option<String>> = said.iter().map(|said| span(site, &confidences(said))).collect();
    let sure_before: Vec<Option<&str>> =
        sure.iter().scan(None, |last, sure| Some(std::mem::replace(last, sure.as_deref().or(*last)))).collect();
    // The first of a day stands at the day, each later one of it at the day and its number.
    let dates: Vec<Date> = all.iter().map(|index| site.workspace.check_ins[*index].date).collect();
    let mut out = Writer::with_capacity(all.len() * 1536);
    for place in (0..all.len()).rev() {
        let count = dates[..=place].iter().rev().take_while(|date| **date == dates[place]).count();
        let anchor = check_in_anchor(dates[place]);
        let entry = Entry {
            objective: &site.workspace.objectives[at],
            check_in: &site.workspace.check_ins[all[place]],
            anchor: if count == 1 { anchor } else { format!("{anchor}-{count}") },
            said: &said[place],
            sure: sure[place].as_deref(),
            sure_before: sure_before[place],
        };
        entry.write(site, page, files, &mut out);
    }
    out.finish()
}

/// A check-in in an objective's log.
struct Entry<'a> {
    objective: &'a Objective,
    check_in: &'a CheckIn,
    /// Its place on the page.
    anchor: String,
    said: &'a [SaidOf<'a>],
    sure: Option<&'a str>,
    /// In the last check-in before it that says how sure its author is.
    sure_before: Option<&'a str>,
}

impl Entry<'_> {
    fn write(&self, site: &Site<'_>, page: &SitePath, files: &mut Vec<String>, out: &mut Writer) {
        let (words, check_in) = (site.words, self.check_in);
        let day = words.week_day(check_in.date);
        let mark = mark(site, self.objective, self.said);
        let (heading, values) = self.heading(site);
        out.raw("<li id=\"");
        out.text(&self.anchor);
        out.raw("\"><time datetime=\"");
        out.date(check_in.date);
        out.raw("\">");
        out.text(&day);
        out.raw("</time><span class=\"mk\">");
        out.svg(&glyph(mark));
        out.raw("<span class=\"vh\">");
        out.text(&words.word(status::key(mark)));
        out.raw("</span></span><div><h3><span class=\"vh\">");
        out.text(&day);
        out.raw(": </span>");
        out.text(&heading);
        out.raw("</h3>");
        let kpis = kpi_values(site, check_in);
        if !values.is_empty() || !kpis.is_empty() {
            out.raw("<ul class=\"vals\">");
            for (value, title) in &kpis {
                out.raw("<li><b>");
                out.text(value);
                out.raw("</b><span>");
                out.text(title);
                out.raw("</span></li>");
            }
            for ValueOf(value, key_result) in &values {
                out.raw("<li><b>");
                out.text(value);
                out.raw("</b><span>");
                out.text(&key_result.title);
                out.raw("</span></li>");
            }
            out.raw("</ul>");
        }
        let body = Prose::new(site, page, self.anchor.clone(), Below::H3, files).html(&check_in.text);
        if !body.as_str().is_empty() {
            out.raw("<div class=\"prose\"");
            out.language(site.text_language());
            out.raw(">");
            out.html(&body);
            out.raw("</div>");
        }
        more(site, check_in, out);
        out.raw("\n<p class=\"by\">");
        if let Some(status) = check_in.status {
            out.status(&StatusView::new(mark_of(status), words));
            out.raw(" ");
            out.text(&words.word("log.says"));
            out.raw(" · ");
        }
        let author = site.person(check_in.author.as_ref());
        if !author.is_empty() {
            out.text(&author);
            out.raw(" · ");
        }
        out.raw("<code>");
        out.source(&check_in.source);
        out.raw("</code></p></div></li>");
    }

    /// "86,5% · tự tin 3/10, lần trước 4"; of several key results the values stand below, each with its title.
    fn heading(&self, site: &Site<'_>) -> (String, Vec<ValueOf<'_>>) {
        let words = site.words;
        let mut values = values(site, self.said);
        let mut parts = Vec::new();
        if self.objective.key_results.len() == 1 {
            parts.extend(values.pop().map(|ValueOf(value, _)| value));
        }
        if let Some(now) = self.sure {
            let key = match self.sure_before {
                Some(before) if before == now => "log.confidence-same",
                Some(_) => "log.confidence-before",
                None => "log.confidence",
            };
            parts.push(words.say(key, &[("sure", now.into()), ("before", self.sure_before.unwrap_or_default().into())]));
        }
        let heading = match (parts.is_empty(), values.is_empty()) {
            (true, true) => words.word("log.no-values"),
            (true, false) => words.word("log.values"),
            (false, _) => capital(&parts.join(" · ")),
        };
        (heading, values)
    }
}

/// What most check-ins do without: lists, a decision, promises, what becomes of the objective.
fn more(site: &Site<'_>, check_in: &CheckIn, out: &mut Writer) {
    let words = site.words;
    let report = &check_in.report;
    for (key, items) in lists(site, check_in) {
        list(&words.word(key), &items, out);
    }
    let decision = |text: &str, out: &mut Writer| {
        out.raw("<p class=\"dec\">");
        out.text(text);
        out.raw("</p>");
    };
    if let Some(what) = report.decision.as_deref() {
        decision(&words.say("log.decision", &[("what", what.into())]), out);
    }
    if !report.next.is_empty() {
        let promises = report.next.iter().map(|promise| {
            let who = site.person(promise.who.as_ref());
            match promise.done.filter(|day| *day <= site.scorecard.as_of) {
                Some(day) => words.say(
                    "promise.done",
                    &[("what", promise.what.trim_end_matches('.').into()), ("day", words.short_day(day).into()), ("who", who.into())],
                ),
                None => promise_text(site, promise, &who),
            }
        });
        list(&words.word("log.next"), &promises.collect::<Vec<_>>(), out);
    }
    let outcome = outcome(site, check_in);
    if !outcome.is_empty() {
        decision(&outcome, out);
    }
}

fn list(label: &str, items: &[String], out: &mut Writer) {
    out.raw("<p class=\"lab\">");
    out.text(label);
    out.raw("</p><ul class=\"dots\">");
    for item in items {
        out.raw("<li>");
        out.text(item);
        out.raw("</li>");
    }
    out.raw("</ul>");
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

fn confidences(said: &[SaidOf<'_>]) -> Vec<f64> {
    said.iter().filter_map(|(_, _, said, _)| said.confidence).collect()
}

/// The confidences of a check-in as they were given: one, or from the lowest to the highest.
fn span(site: &Site<'_>, all: &[f64]) -> Option<String> {
    let low = all.iter().copied().min_by(f64::total_cmp)?;
    let high = all.iter().copied().max_by(f64::total_cmp)?;
    if low == high {
        return Some(plain(site.words, low));
    }
    let (low, high) = (plain(site.words, low), plain(site.words, high));
    Some(if low == high { low } else { site.words.say("log.span", &[("low", low.into()), ("high", high.into())]) })
}

/// The values of a check-in.
fn values<'a>(site: &Site<'_>, said: &[SaidOf<'a>]) -> Vec<ValueOf<'a>> {
    let words = site.words;
    said.iter()
        .filter_map(|(key_result, score, said, place)| {
            let value = match &said.value {
                Value::Nothing => return None,
                Value::Number(amount) => site.written(key_result, score, amount),
                Value::Done(done) => words.word(if *done { "done.yes" } else { "done.no" }),
                Value::Milestones(_) => steps_done(site, key_result, score, *place)?,
            };
            Some(ValueOf(value, key_result))
        })
        .collect()
}

/// The values of KPIs that a check-in gives, each with its title and period; a share of several people stays theirs.
fn kpi_values(site: &Site<'_>, check_in: &CheckIn) -> Vec<(String, String)> {
    let own = check_in.kpis.iter().filter(|it| it.person.is_none());
    own.filter_map(|it| {
        let kpi = site.workspace.kpi(it.kpi);
        let value = site.kpi_value(kpi, it.value?.value);
        Some((value, site.words.say("log.kpi", &[("title", kpi.title.as_str().into()), ("period", site.kpi_period(&it.period).into())])))
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
        .map(|ValueOf(value, key_result)| {
            let args = [("title", cut(&key_result.title, 48).into()), ("value", value.as_str().into())];
            if several { site.words.say("log.value", &args) } else { value }
        })
        .collect();
    texts.join("; ")
}

fn lists(site: &Site<'_>, check_in: &CheckIn) -> Vec<(&'static str, Vec<String>)> {
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
    .collect()
}

fn outcome(site: &Site<'_>, check_in: &CheckIn) -> String {
    let words = site.words;
    let scores: Vec<String> = check_in
        .scores
        .iter()
        .map(|score| {
            let title = &site.workspace.key_result(score.objective, score.key_result).title;
            words.say("log.score", &[("title", cut(title, 48).into()), ("score", words.score(score.value).into())])
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
    let sure = span(site, &confidences(&said));
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
