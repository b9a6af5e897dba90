//! The rhythm of check-ins: the ruler, and each key result's strip.

use serde::Serialize;

use crate::{
    charts::{self, Ruler, RulerSize, RulerSlot, Strip, Svg, When},
    compute::{KeyResultScore, Slot, SlotState, slots},
    model::{Date, Period, PeriodKind, Status, days_between},
};

use super::{Site, excerpt::cut};

/// The ruler with its sentence and its figures.
#[derive(Clone, Debug, Serialize)]
pub struct RhythmView {
    /// "Check-in rhythm: 58 of 63".
    pub heading: String,
    /// What a dot is, and who is silent.
    pub checked_word: String,
    /// The hollow dot's word.
    pub missed_word: String,
    /// "Each dot is a key result in a week:".
    pub intro: String,
    /// Where the silence is; empty when there is none.
    pub silence: String,
    /// For a desk.
    pub wide_svg: Svg,
    /// For a phone.
    pub narrow_svg: Svg,
    /// For paper.
    pub print_svg: Svg,
    /// "Show the figures".
    pub details: String,
    /// Column heads.
    pub head: [String; 3],
    /// Slot, check-ins, of how many.
    pub rows: Vec<[String; 3]>,
}

/// The period's months as (days from the first day, name).
pub(super) fn months(site: &Site<'_>, period: &Period) -> Vec<(i64, String)> {
    let mut all = Vec::new();
    let mut day = period.first();
    while day <= period.last() {
        // Where there are many, the whole names have no room side by side.
        let name = if period.days() > 124 { site.words.short_month(day) } else { site.words.month(day) };
        all.push((days_between(period.first(), day), name));
        let Ok(next) = day.last_of_month().tomorrow() else { break };
        day = next;
    }
    all
}

/// Where today stands in a period, in days from its first.
pub(super) fn today_in(site: &Site<'_>, period: &Period) -> Option<i64> {
    period.contains(site.scorecard.as_of).then(|| days_between(period.first(), site.scorecard.as_of))
}

/// Whether a period's slots are its months.
fn by_month(period: &Period, slots: &[Slot]) -> bool {
    matches!(period.kind(), PeriodKind::Half(_) | PeriodKind::Year) || slots.iter().any(|slot| days_between(slot.first, slot.last) > 12)
}

fn slot_label(site: &Site<'_>, index: usize, slot: &Slot, months: bool) -> String {
    match (months, index) {
        (true, _) => site.words.word(&format!("month.short.m{}", slot.first.month())),
        (false, 0) => site.words.word("rhythm.first-week"),
        (false, _) => (index + 1).to_string(),
    }
}

/// The ruler over some objectives of one period; none before it begins or when nothing is asked for.
pub(super) fn rhythm(site: &Site<'_>, period: &Period, objectives: &[usize]) -> Option<RhythmView> {
    let slots = slots(period);
    let scores: Vec<(&KeyResultScore, usize, usize)> = objectives
        .iter()
        .filter(|at| !matches!(site.scorecard.objectives[**at].status, Status::Draft))
        .flat_map(|at| site.scorecard.objectives[*at].key_results.iter().enumerate().map(|(index, score)| (score, *at, index)))
        .collect();
    if scores.is_empty() || site.scorecard.as_of < period.first() {
        return None;
    }
    let months_as_slots = by_month(period, &slots);
    let labels: Vec<String> = slots.iter().enumerate().map(|(index, slot)| slot_label(site, index, slot, months_as_slots)).collect();
    let tallies: Vec<Tally> = (0..slots.len()).map(|index| tally(&scores, index)).collect();
    let as_of = site.scorecard.as_of;
    let ruler_slots: Vec<RulerSlot<'_>> = slots
        .iter()
        .zip(&tallies)
        .zip(&labels)
        .map(|((slot, tally), label)| RulerSlot {
            label,
            checked: tally.checked,
            missed: tally.missed,
            expected: scores.len(),
            start: days_between(period.first(), slot.first),
            end: days_between(period.first(), slot.last),
            when: when(slot, as_of),
        })
        .collect();
    let (kept, due) = tallies.iter().fold((0, 0), |(kept, due), it| (kept + it.checked, due + it.checked + it.missed));
    let words = site.words;
    let heading = words.say("rhythm.heading", &[("kept", kept.into()), ("due", due.into())]);
    let months = if months_as_slots { Vec::new() } else { months(site, period) };
    let month_names: Vec<(i64, &str)> = months.iter().map(|(day, name)| (*day, name.as_str())).collect();
    let share = words.percent(share_of_time(period, as_of));
    let today_word = words.say("rhythm.today", &[("day", words.short_day(as_of).into()), ("percent", share.into())]);
    let end_word = words.word("rhythm.end");
    let ruler = Ruler {
        slots: &ruler_slots,
        days: period.days(),
        today: today_in(site, period),
        today_word: &today_word,
        months: &month_names,
        end_word: &end_word,
        label: &heading,
    };
    Some(RhythmView {
        checked_word: words.word("rhythm.checked"),
        missed_word: words.word("rhythm.missed"),
        intro: words.word(match (months_as_slots, scores.len() > charts::MOST_DOTS) {
            (false, false) => "rhythm.intro-week",
            (true, false) => "rhythm.intro-month",
            (false, true) => "rhythm.intro-week-bars",
            (true, true) => "rhythm.intro-month-bars",
        }),
        silence: silence(site, &scores, due - kept),
        wide_svg: charts::ruler(&ruler, RulerSize::Wide),
        narrow_svg: charts::ruler(&ruler, RulerSize::Narrow),
        print_svg: charts::ruler(&ruler, RulerSize::Print),
        details: words.word("details.show"),
        head: [
            words.word(if months_as_slots { "rhythm.month" } else { "rhythm.week" }),
            words.word("rhythm.column-kept"),
            words.word("rhythm.column-due"),
        ],
        rows: slots
            .iter()
            .zip(&tallies)
            .filter(|(slot, _)| slot.first <= as_of)
            .map(|(slot, tally)| {
                let days = format!("{} – {}", words.short_day(slot.first), words.short_day(slot.last));
                [days, tally.checked.to_string(), (tally.checked + tally.missed).to_string()]
            })
            .collect(),
        heading,
    })
}

/// The share of a period's days that have passed.
pub(super) fn share_of_time(period: &Period, as_of: Date) -> f64 {
    if period.days() == 0 {
        return 1.0;
    }
    (days_between(period.first(), as_of) as f64 / period.days() as f64).clamp(0.0, 1.0)
}

fn when(slot: &Slot, as_of: Date) -> When {
    if slot.last < as_of {
        When::Past
    } else if slot.first > as_of {
        When::Future
    } else {
        When::Now
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    checked: usize,
    missed: usize,
}

fn tally(scores: &[(&KeyResultScore, usize, usize)], slot: usize) -> Tally {
    let mut tally = Tally::default();
    for (score, _, _) in scores {
        match score.rhythm.states.get(slot) {
            Some(SlotState::Checked(_)) => tally.checked += 1,
            Some(SlotState::Missed) => tally.missed += 1,
            Some(SlotState::Quiet | SlotState::Future) | None => {}
        }
    }
    tally
}

/// Where most of the silence is, by name: a key result's or else an objective's, if one is more silent than all others.
fn silence(site: &Site<'_>, scores: &[(&KeyResultScore, usize, usize)], missed: usize) -> String {
    let words = site.words;
    if missed == 0 {
        return words.word("rhythm.no-silence");
    }
    let misses = |score: &KeyResultScore| score.rhythm.states.iter().filter(|state| matches!(state, SlotState::Missed)).count();
    let by_key_result: Vec<(usize, (usize, usize))> = scores.iter().map(|(score, at, index)| (misses(score), (*at, *index))).collect();
    let said =
        |key, count: usize, title: &str| words.say(key, &[("n", count.into()), ("all", missed.into()), ("title", cut(title, 60).into())]);
    // Of the only one there is nothing to say that is not said of all.
    let key_result = most_alone(&by_key_result).filter(|(count, _)| *count > 1 && by_key_result.len() > 1);
    let mut by_objective: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for (count, (at, _)) in &by_key_result {
        *by_objective.entry(*at).or_default() += count;
    }
    let by_objective: Vec<(usize, usize)> = by_objective.into_iter().map(|(at, count)| (count, at)).collect();
    let objective = most_alone(&by_objective).filter(|(count, _)| *count > 1 && by_objective.len() > 1);
    match (key_result, objective) {
        // Where a whole objective is silent, one of its key results is not the news.
        (Some((few, _)), Some((count, at))) if count > few => said("rhythm.silence-objective", count, &site.workspace.objectives[at].title),
        (Some((count, (at, index))), _) => said("rhythm.silence", count, &site.workspace.objectives[at].key_results[index].title),
        (None, Some((count, at))) => said("rhythm.silence-objective", count, &site.workspace.objectives[at].title),
        (None, None) if by_key_result.len() == 1 => words.count("rhythm.silence-only", missed),
        (None, None) => words.count("rhythm.silence-spread", missed),
    }
}

/// The largest, unless another is as large.
fn most_alone<T: Copy>(counts: &[(usize, T)]) -> Option<(usize, T)> {
    let most = counts.iter().map(|(count, _)| *count).max()?;
    let mut those = counts.iter().filter(|(count, _)| *count == most);
    let first = those.next()?;
    those.next().is_none().then_some(*first)
}

/// A key result's strip of confidence.
pub(super) fn strip(site: &Site<'_>, title: &str, score: &KeyResultScore) -> Svg {
    let slots: Vec<charts::Slot> = score
        .rhythm
        .states
        .iter()
        .map(|state| match state {
            SlotState::Checked(Some(sure)) => charts::Slot::Value(*sure),
            SlotState::Checked(None) | SlotState::Quiet => charts::Slot::Silent,
            SlotState::Missed => charts::Slot::Missed,
            SlotState::Future => charts::Slot::Future,
        })
        .collect();
    let label = match score.confidence {
        Some(sure) => {
            site.words.say("confidence.label", &[("title", cut(title, 60).into()), ("sure", super::figure::plain(site.words, sure).into())])
        }
        None => site.words.say("confidence.none", &[("title", cut(title, 60).into())]),
    };
    charts::confidence(&Strip { slots: &slots, label: &label })
}
