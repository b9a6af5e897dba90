//! The headline and the sentences below it.

use std::collections::BTreeSet;

use crate::{
    compute::{Cycle, KpiStatus, ReportOf, Shown, Stage, StatusCounts, Turn, Variation, variation},
    model::{Commitment, Period, Status},
    view::{excerpt::cut, rhythm::share_of_time},
};

use super::View;

impl View<'_, '_> {
    /// The finding: how many are on track, and what is most out of the way.
    pub(super) fn headline(&self) -> String {
        let (words, report) = (self.site.words, self.report);
        let period = words.period(&report.period);
        let nothing = || match &report.of {
            ReportOf::Person(id) => {
                words.say("report.head.nothing-of", &[("period", period.as_str().into()), ("name", self.site.person(Some(id)).into())])
            }
            ReportOf::Company | ReportOf::Department(_) => words.say("report.head.nothing", &[("period", period.as_str().into())]),
        };
        let Some(cycle) = &report.cycle else { return nothing() };
        if report.stage == Stage::Review {
            return self.reviewed(cycle, &period);
        }
        let counts = cycle.standing.counts;
        let total = counts.total();
        if total == 0 {
            return nothing();
        }
        let good = counts.good();
        if report.check_ins.is_empty() && good == 0 {
            return words.say("report.head.no-check-ins", &[("period", period.into())]);
        }
        let key = match (good, total) {
            (1, 1) => "report.head.one",
            (good, total) if good == total => "report.head.all",
            (0, _) => "report.head.none",
            _ => "report.head.some",
        };
        let first = words.say(
            key,
            &[("period", period.into()), ("n", good.into()), ("total", total.into()), ("good", good_words(words, &counts).into())],
        );
        match self.most_out_of_the_way(&counts) {
            Some(second) if good < total => format!("{first}; {second}"),
            _ => first,
        }
    }

    fn reviewed(&self, cycle: &Cycle, period: &str) -> String {
        let words = self.site.words;
        let counts = cycle.standing.counts;
        let args = [
            ("period", period.into()),
            ("n", counts.of(Status::Achieved).into()),
            ("total", counts.total().into()),
            ("score", words.score(cycle.standing.score.unwrap_or(0.0)).into()),
        ];
        words.say(
            match (counts.of(Status::Achieved), counts.total()) {
                (_, 0) => "report.head.review-none",
                (n, total) if n == total => "report.head.review-all",
                _ => "report.head.review",
            },
            &args,
        )
    }

    fn most_out_of_the_way(&self, counts: &StatusCounts) -> Option<String> {
        let words = self.site.words;
        let worst = |status: Status| {
            let all = self.telling().iter().filter(|it| it.score.shown_status() == Shown::Status(status));
            all.max_by(|a, b| a.behind().total_cmp(&b.behind()))
        };
        if let Some(row) = worst(Status::OffTrack) {
            if row.key_result.measure.bounds().is_some() {
                return Some(words.say("report.head.outside", &[("title", cut(&row.key_result.title, 70).into())]));
            }
            let points = row.points_behind(words);
            let args = [("title", cut(&row.key_result.title, 70).into()), ("n", points.into())];
            let key = if counts.of(Status::OffTrack) > 1 { "report.head.behind" } else { "report.head.risk" };
            return Some(words.say(key, &args));
        }
        if counts.stale > 0 {
            return Some(words.say("report.head.silent", &[("n", counts.stale.into())]));
        }
        if let Some(row) = worst(Status::AtRisk) {
            let points = row.points_behind(words);
            return Some(words.say("report.head.risk", &[("title", cut(&row.key_result.title, 70).into()), ("n", points.into())]));
        }
        let none = counts.of(Status::NoData);
        (none > 0).then(|| words.say("report.head.no-data", &[("n", none.into())]))
    }

    /// What follows from the figures, in whole sentences.
    pub(super) fn lead(&self) -> Vec<String> {
        let mut lead = Vec::new();
        if self.report.stage == Stage::Review {
            lead.extend(self.review_lead());
        } else {
            lead.extend(self.closed().iter().filter_map(|it| self.closed_sentence(it)));
            if let Some(cycle) = &self.report.cycle {
                lead.extend(self.cycle_lead(cycle));
            }
        }
        lead.extend(self.check_ins_sentence());
        lead.extend(self.kpi_sentences());
        lead
    }

    fn cycle_lead(&self, cycle: &Cycle) -> Vec<String> {
        let (words, report) = (self.site.words, self.report);
        let mut lead = Vec::new();
        let total = cycle.standing.counts.total();
        if cycle.before.is_none() && total > 0 {
            lead.push(words.say(
                "report.lead.begun",
                &[
                    ("period", words.period(&cycle.period).into()),
                    ("objectives", words.count("count.objectives", cycle.objectives.len()).into()),
                    ("key_results", words.count("count.key-results", total).into()),
                ],
            ));
        }
        let measured = self.telling().iter().any(|it| it.score.raw_progress.is_some());
        if let (Some(progress), Some(expected), true) = (cycle.standing.progress, cycle.standing.expected, measured) {
            let before = cycle.before.and_then(|it| it.progress);
            let key = match before {
                None if report.day == cycle.period.last() => "report.lead.last",
                Some(before) if report.day == cycle.period.last() => {
                    if before > progress {
                        "report.lead.last-back"
                    } else {
                        "report.lead.last-before"
                    }
                }
                None => "report.lead.time",
                Some(before) if words.percent(before) == words.percent(progress) => "report.lead.time-same",
                Some(before) if before > progress => "report.lead.time-back",
                Some(_) => "report.lead.time-before",
            };
            lead.push(words.say(
                key,
                &[
                    ("day", words.short_day(report.day).into()),
                    ("period", words.period_inside(&cycle.period).into()),
                    ("time", words.percent(share_of_time(&cycle.period, report.day)).into()),
                    ("progress", words.percent(progress).into()),
                    ("expected", words.percent(expected).into()),
                    ("before", words.percent_or_dash(before).into()),
                ],
            ));
        }
        let counts = cycle.standing.counts;
        let rest = clauses(
            words,
            &[
                ("report.clause.risk", counts.of(Status::AtRisk)),
                ("report.clause.off", counts.of(Status::OffTrack)),
                ("report.clause.silent", counts.stale),
                ("report.clause.no-data", counts.of(Status::NoData)),
            ],
        );
        if !rest.is_empty() {
            let good = counts.good();
            let key = if good > 0 { "report.lead.rest" } else { "report.lead.all" };
            lead.push(words.say(key, &[("n", good.into()), ("clauses", words.list(&rest).into())]));
        }
        if let Some(before) = cycle.before.map(|it| it.counts).filter(|it| it.total() > 0) {
            let args = [("n", before.good().into()), ("total", before.total().into()), ("good", good_words(words, &before).into())];
            lead.push(words.say("report.lead.good-before", &args));
        }
        lead
    }

    fn review_lead(&self) -> Vec<String> {
        let words = self.site.words;
        let Some(cycle) = &self.report.cycle else { return Vec::new() };
        let counts = cycle.standing.counts;
        if counts.total() == 0 {
            return Vec::new();
        }
        let said = clauses(
            words,
            &[
                ("report.clause.achieved", counts.of(Status::Achieved)),
                ("report.clause.progressed", counts.of(Status::Progressed)),
                ("report.clause.missed", counts.of(Status::Missed)),
            ],
        );
        let mut lead = vec![words.say(
            match self.report.of {
                ReportOf::Company | ReportOf::Department(_) => "report.lead.review",
                ReportOf::Person(_) => "report.lead.review-person",
            },
            &[
                ("period", words.period(&cycle.period).into()),
                ("day", words.day(cycle.period.last()).into()),
                ("objectives", words.count("count.objectives", cycle.objectives.len()).into()),
                ("score", words.score(cycle.standing.score.unwrap_or(0.0)).into()),
                ("key_results", words.count("count.key-results", counts.total()).into()),
                ("clauses", words.list(&said).into()),
            ],
        )];
        let own = self.telling().iter().filter(|it| it.score.score_source.is_some()).count();
        if own > 0 {
            lead.push(words.say("report.lead.own", &[("n", own.into())]));
        }
        let committed: Vec<usize> = cycle
            .objectives
            .iter()
            .copied()
            .filter(|at| self.site.workspace.objectives[*at].commitment == Commitment::Committed && self.site.scorecard.counts(*at))
            .collect();
        let broken: Vec<String> = committed
            .iter()
            .filter(|at| self.site.scorecard.objectives[**at].status != Status::Achieved)
            .map(|at| format!("“{}”", cut(&self.site.workspace.objectives[*at].title, 80)))
            .collect();
        if !broken.is_empty() {
            lead.push(words.say("report.lead.committed", &[("n", broken.len().into()), ("titles", words.list(&broken).into())]));
        } else if !committed.is_empty() {
            lead.push(words.say("report.lead.committed-kept", &[("n", committed.len().into())]));
        }
        let unscored = self.telling().iter().filter(|it| it.score.raw_progress.is_none() && it.score.score_source.is_none()).count();
        if unscored > 0 {
            lead.push(words.say("report.lead.unscored", &[("n", unscored.into())]));
        }
        lead
    }

    /// Periods that ended since the report before, by first day.
    pub(super) fn closed(&self) -> Vec<Period> {
        let closed = self.report.changes.iter().filter(|it| it.turns.contains(&Turn::Closed)).filter_map(|it| it.after);
        let all: BTreeSet<&Period> = closed.map(|at| &self.site.workspace.objectives[at].period).collect();
        all.into_iter().cloned().collect()
    }

    fn closed_sentence(&self, period: &Period) -> Option<String> {
        let words = self.site.words;
        let mut counts = StatusCounts::default();
        for change in self.report.changes.iter().filter(|it| it.turns.contains(&Turn::Closed)) {
            let at = change.after?;
            let (objective, score) = (&self.site.workspace.objectives[at], &self.site.scorecard.objectives[at]);
            if objective.period == *period {
                let pairs = objective.key_results.iter().zip(&score.key_results);
                let own = pairs.filter(|(it, score)| score.status != Status::Cancelled && self.is_mine(objective, it));
                own.for_each(|(_, score)| counts.add_one(score));
            }
        }
        (counts.total() > 0).then(|| {
            let all = counts.of(Status::Achieved) == counts.total();
            words.say(
                if all { "report.lead.closed-all" } else { "report.lead.closed" },
                &[
                    ("period", words.period(period).into()),
                    ("day", words.short_day(period.last()).into()),
                    ("n", counts.of(Status::Achieved).into()),
                    ("total", counts.total().into()),
                ],
            )
        })
    }

    fn check_ins_sentence(&self) -> Option<String> {
        let words = self.site.words;
        let month = self.report.stage == Stage::Month;
        if self.report.check_ins.is_empty() {
            // Who has no goals running owes none.
            let owes = self.report.cycle.as_ref().is_some_and(|it| it.standing.counts.total() > 0);
            let measured = self.telling().iter().any(|it| it.score.raw_progress.is_some());
            return owes.then(|| {
                words.word(match (measured, month) {
                    (false, _) => "report.lead.silence-first",
                    (true, true) => "report.lead.silence",
                    (true, false) => "report.lead.silence-period",
                })
            });
        }
        let authors: BTreeSet<_> =
            self.report.check_ins.iter().filter_map(|at| self.site.workspace.check_ins[*at].author.as_ref()).collect();
        let key = match (month, authors.is_empty()) {
            (true, false) => "report.lead.check-ins",
            (true, true) => "report.lead.check-ins-nameless",
            (false, false) => "report.lead.check-ins-period",
            (false, true) => "report.lead.check-ins-period-nameless",
        };
        let args = [
            ("check_ins", words.count("count.check-ins", self.report.check_ins.len()).into()),
            ("people", words.count("report.lead.people", authors.len()).into()),
        ];
        Some(words.say(key, &args))
    }

    fn kpi_sentences(&self) -> Vec<String> {
        let words = self.site.words;
        let points = self.kpi_points();
        let measured = points.iter().filter(|it| it.over.point.value.is_some()).count();
        let mut said = Vec::new();
        if measured > 0 {
            let signals = points.iter().filter(|it| it.over.signal.is_some()).count();
            let can_tell = points.iter().any(|it| matches!(variation(it.kpi, it.score), Variation::Steady | Variation::Signal(_)));
            let signals = match signals {
                0 if !can_tell => words.word("report.lead.too-few"),
                0 => words.word("report.lead.no-signals"),
                n => words.say("report.lead.signals", &[("n", n.into())]),
            };
            let of = |status: KpiStatus| points.iter().filter(|it| it.over.point.status == Some(status)).count();
            let met = of(KpiStatus::Met);
            // What has no target has not missed it.
            let aimed = met + of(KpiStatus::Near) + of(KpiStatus::Missed);
            let (key, n) = match (aimed, met) {
                (0, _) => ("report.lead.kpis-no-target", measured),
                (1, 1) => ("report.lead.kpi-met", aimed),
                (1, _) => ("report.lead.kpi-not-met", aimed),
                (_, 0) => ("report.lead.kpis-none", aimed),
                (_, _) => ("report.lead.kpis", aimed),
            };
            said.push(words.say(key, &[("n", n.into()), ("met", met.into()), ("signals", signals.into())]));
        }
        let owed = points.iter().filter(|it| it.over.point.value.is_none()).count();
        if owed > 0 {
            said.push(words.say("report.lead.unmeasured", &[("n", owed.into())]));
        }
        said
    }
}

/// "đúng tiến độ", or with those that are reached.
fn good_words(words: &crate::words::Words, counts: &StatusCounts) -> String {
    words.word(if counts.of(Status::Done) > 0 { "report.good-or-done" } else { "report.good" })
}

/// "2 có rủi ro", "1 chậm tiến độ": what there is none of is left out.
pub(super) fn clauses(words: &crate::words::Words, all: &[(&str, usize)]) -> Vec<String> {
    all.iter().filter(|(_, n)| *n > 0).map(|(key, n)| words.say(key, &[("n", (*n).into())])).collect()
}
