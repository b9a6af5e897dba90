//! Numbers in, SVG out: every picture on a page that is not plain HTML.
//!
//! It exists so that a chart can be drawn, tested and looked at without a goal, a day or a language. It must never
//! know any other module of ours: it gets numbers and ready words, and gives back text that carries CSS classes
//! instead of colours, so that dark pages and print need no second picture.
//!
//! All charts are drawn through plotters on `canvas`, our own backend. Numbers that are not finite are left out or
//! pushed to the edge; no input makes a chart fail.

mod badge;
mod bullet;
mod calibration;
mod canvas;
#[cfg(test)]
mod check;
mod confidence;
mod glyph;
mod labels;
mod line;
mod ranges;
mod ruler;
mod sparkline;
mod steps;
mod xmr;

pub use badge::badge;
pub use bullet::{Bullet, bullet};
pub use calibration::{Calibration, CalibrationWords, Third, calibration};
pub use confidence::{Slot, Strip, confidence};
pub use glyph::{compass_glyph, glyph, logo, steady_glyph};
pub use line::{Fan, Gap, Hold, HoldWords, Pace, PaceWords, Point, Size, WeekMark, WeekState, hold_line, pace_line};
pub use ranges::{RangeStretch, RangeWords, Ranges, ranges};
pub use ruler::{MOST_DOTS, Ruler, RulerSize, RulerSlot, When, ruler};
pub use sparkline::{Spark, sparkline};
pub use steps::{Step, StepState, Steps, steps};
pub use xmr::{BandLimits, PointKind, Sense, Standing, TargetSpan, Tick, Word, Xmr, XmrEvent, XmrPoint, XmrStretch, XmrWords, xmr};

use std::{borrow::Cow, fmt};

/// Safe SVG text, the only thing besides `Html` that skips escaping in templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Svg(Cow<'static, str>);

impl Svg {
    /// The text of the `<svg>` element; empty where there is nothing to draw.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a mark says about a result; its shape tells them apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// ● within ten points of the pace.
    OnTrack,
    /// ▲ up to 25 points behind.
    AtRisk,
    /// ◆ further behind.
    OffTrack,
    /// ◌ nothing heard for two cadences.
    NotUpdated,
    /// ✓ in a circle: reached while the period runs.
    Done,
    /// ✓ after the period.
    Achieved,
    /// ▲ after the period, ruled off.
    Progressed,
    /// ◆ after the period, ruled off.
    Missed,
    /// A small ring: no value yet.
    NoData,
    /// An empty ring: the period has not begun.
    NotStarted,
    /// A ring with a bar.
    Cancelled,
    /// A dotted square.
    Draft,
}

impl Mark {
    /// All marks, in the order of the enum.
    pub const ALL: [Mark; 12] = [
        Mark::OnTrack,
        Mark::AtRisk,
        Mark::OffTrack,
        Mark::NotUpdated,
        Mark::Done,
        Mark::Achieved,
        Mark::Progressed,
        Mark::Missed,
        Mark::NoData,
        Mark::NotStarted,
        Mark::Cancelled,
        Mark::Draft,
    ];

    /// The CSS class of its colour: `ok`, `watch`, `off` or `none`.
    pub fn class(self) -> &'static str {
        match self {
            Mark::OnTrack | Mark::Done | Mark::Achieved => "ok",
            Mark::AtRisk | Mark::Progressed => "watch",
            Mark::OffTrack | Mark::Missed => "off",
            Mark::NotUpdated | Mark::NoData | Mark::NotStarted | Mark::Cancelled | Mark::Draft => "none",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![
            4 => -10.0..110.0,
            1 => any::<f64>(),
            1 => prop::sample::select(vec![
                f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, f64::MAX, f64::MIN, 0.0, -0.0, 1e-320,
            ]),
        ]
    }

    fn day() -> impl Strategy<Value = i64> {
        prop_oneof![4 => -10_i64..120, 1 => any::<i64>()]
    }

    fn mark() -> impl Strategy<Value = Mark> {
        prop::sample::select(Mark::ALL.to_vec())
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z 0-9<>&\"']{0,12}", any::<String>()]
    }

    fn point() -> impl Strategy<Value = Point> {
        (day(), number(), mark()).prop_map(|(day, value, mark)| Point { day, value, mark })
    }

    fn week() -> impl Strategy<Value = WeekMark> {
        let states = vec![WeekState::Checked, WeekState::Missed, WeekState::Future];
        (day(), prop::sample::select(states)).prop_map(|(day, state)| WeekMark { day, state })
    }

    fn fan() -> impl Strategy<Value = Fan> {
        (day(), number(), number(), number(), number()).prop_map(|(from_day, from_value, value, low, high)| Fan {
            from_day,
            from_value,
            value,
            low,
            high,
        })
    }

    fn count() -> impl Strategy<Value = usize> {
        prop_oneof![4 => 0_usize..30, 1 => any::<usize>()]
    }

    /// Points of every kind.
    fn xmr_points(points: &[(Option<f64>, usize, Option<String>)]) -> Vec<XmrPoint<'_>> {
        let kinds = [Sense::Better, Sense::Worse, Sense::Neither].map(|sense| [PointKind::Beyond(sense), PointKind::Pattern(sense)]);
        let kinds: Vec<PointKind> = [PointKind::Routine, PointKind::Partial].into_iter().chain(kinds.into_iter().flatten()).collect();
        points.iter().map(|(value, kind, label)| XmrPoint { value: *value, kind: kinds[*kind], label: label.as_deref() }).collect()
    }

    const SIZES: [Size; 2] = [Size::Wide, Size::Narrow];

    proptest! {
        #[test]
        fn no_bullet_fails(progress in number(), expected in number(), mark in mark(), label in word()) {
            check::well_formed(bullet(&Bullet { progress, expected, mark, label: &label }).as_str());
            check::well_formed(glyph(mark).as_str());
        }

        #[test]
        fn no_strip_fails(values in vec(prop::option::of(number()), 0..80), label in word()) {
            let slots: Vec<Slot> = values
                .iter()
                .enumerate()
                .map(|(at, value)| match (value, at % 3) {
                    (Some(value), _) => Slot::Value(*value),
                    (None, 0) => Slot::Missed,
                    (None, 1) => Slot::Silent,
                    (None, _) => Slot::Future,
                })
                .collect();
            check::well_formed(confidence(&Strip { slots: &slots, label: &label }).as_str());
        }

        #[test]
        fn no_line_fails(
            ends in (day(), prop::option::of(day()), number(), number(), number()),
            plan in vec((day(), number()), 0..4),
            points in vec(point(), 0..14),
            weeks in vec(week(), 0..14),
            months in vec((day(), word()), 0..5),
            forecast in prop::option::of(fan()),
            gap in prop::option::of((day(), number(), number(), mark())),
            words in vec(word(), 10),
        ) {
            let (days, today, start, target, tolerance) = ends;
            let months: Vec<(i64, &str)> = months.iter().map(|(day, name)| (*day, name.as_str())).collect();
            let p = Pace {
                days,
                today,
                today_word: &words[0],
                start,
                target,
                pace: &plan,
                tolerance,
                points: &points,
                forecast,
                gap: gap.map(|(day, expected, actual, mark)| Gap { day, expected, actual, mark, word: &words[1] }),
                months: &months,
                weeks: &weeks,
                words: PaceWords {
                    start_end: &words[2],
                    target_end: &words[3],
                    start_label: &words[4],
                    target_label: &words[5],
                    forecast_label: &words[6],
                    forecast_short: &words[7],
                    current_label: &words[8],
                    pace_label: &words[9],
                    label: &words[1],
                },
            };
            let h = Hold {
                days,
                today,
                today_word: &words[0],
                low: Some(start),
                high: today.map(|_| target),
                points: &points,
                months: &months,
                weeks: &weeks,
                words: HoldWords {
                    low_end: &words[2],
                    high_end: &words[3],
                    low_label: &words[4],
                    high_label: &words[5],
                    current_label: &words[8],
                    label: &words[1],
                },
            };
            for size in SIZES {
                let svg = pace_line(&p, size);
                check::well_formed(svg.as_str());
                prop_assert_eq!(&svg, &pace_line(&p, size));
                check::well_formed(hold_line(&h, size).as_str());
            }
        }

        #[test]
        fn no_steps_fail(
            days in day(),
            today in prop::option::of(day()),
            rows in vec((prop::option::of(day()), prop::option::of(day()), word(), 0_usize..5), 0..8),
            word in word(),
        ) {
            let states = [StepState::Done, StepState::DoneLate, StepState::Due, StepState::Overdue, StepState::Open];
            let rows: Vec<Step<'_>> = rows
                .iter()
                .map(|(due, done, title, state)| Step { due: *due, done: *done, title, state: states[*state] })
                .collect();
            let s = Steps { days, today, today_word: &word, steps: &rows, months: &[(0, "1"), (30, "2")], label: &word };
            for size in SIZES {
                check::well_formed(steps(&s, size).as_str());
            }
        }

        #[test]
        fn no_calibration_fails(
            said in vec(prop::option::of(number()), 3),
            outcome in prop::option::of(number()),
            words in vec(word(), 11),
        ) {
            let third = |at: usize| Third { confidence: said[at], name: &words[at], value: &words[at + 3] };
            let c = Calibration {
                thirds: [third(0), third(1), third(2)],
                outcome,
                words: CalibrationWords { said: &words[6], outcome: &words[7], ends: (&words[8], &words[9]), label: &words[10] },
            };
            check::well_formed(calibration(&c).as_str());
        }

        #[test]
        fn no_ranges_fail(
            values in vec(prop::option::of(number()), 0..40),
            stretches in vec((count(), count(), number(), prop::option::of(number())), 0..4),
            words in vec(word(), 5),
        ) {
            let stretches: Vec<RangeStretch> = stretches
                .iter()
                .map(|&(from, to, mean, upper)| RangeStretch { from, to, mean, upper, standing: Standing::Provisional })
                .collect();
            let words = RangeWords {
                upper: Word { long: &words[0], short: &words[1] },
                mean: Word { long: &words[2], short: &words[3] },
                zero: &words[4],
            };
            for size in SIZES {
                check::well_formed(
                    ranges(&Ranges { values: &values, stretches: &stretches, above: None, words, label: words.zero }, size).as_str(),
                );
            }
        }

        #[test]
        fn no_xmr_fails(
            points in vec((prop::option::of(number()), 0_usize..8, prop::option::of(word())), 0..40),
            stretches in vec((count(), count(), prop::option::of((number(), number())), number(), prop::option::of(count())), 0..4),
            spans in vec((count(), count(), prop::option::of(number()), prop::option::of(number()), word()), 0..3),
            events in vec((count(), word(), word()), 0..9),
            ticks in vec((count(), word()), 0..40),
            bounds in (prop::option::of(number()), prop::option::of(number())),
            words in vec(word(), 8),
        ) {
            let points = xmr_points(&points);
            let stretches: Vec<XmrStretch> = stretches
                .iter()
                .map(|&(from, to, limits, middle, baseline_end)| XmrStretch {
                    from,
                    to,
                    limits: limits.map(|(lower, upper)| BandLimits { lower, upper }),
                    middle,
                    standing: if from % 2 == 0 { Standing::Settled } else { Standing::Provisional },
                    baseline_end,
                })
                .collect();
            let targets: Vec<TargetSpan<'_>> = spans
                .iter()
                .map(|(from, to, low, high, word)| TargetSpan {
                    from: *from,
                    to: *to,
                    low: *low,
                    high: *high,
                    word: Word { long: word, short: word },
                })
                .collect();
            let events: Vec<XmrEvent<'_>> =
                events.iter().map(|(at, long, short)| XmrEvent { at: *at, word: Word { long, short } }).collect();
            let ticks: Vec<Tick<'_>> = ticks.iter().map(|(at, label)| Tick { at: *at, label }).collect();
            let word = |at: usize| Word { long: &words[at], short: &words[at + 1] };
            let chart = Xmr {
                points: &points,
                stretches: &stretches,
                targets: &targets,
                events: &events,
                ticks: &ticks,
                bounds,
                words: XmrWords { upper: word(0), middle: word(2), lower: word(4), baseline: word(6) },
                label: &words[0],
            };
            let Xmr { points, stretches, targets, bounds, label, .. } = chart;
            check::well_formed(sparkline(&Spark { points, stretches, targets, bounds, label }).as_str());
            for size in SIZES {
                let svg = xmr(&chart, size);
                check::well_formed(svg.as_str());
                prop_assert_eq!(&svg, &xmr(&chart, size));
            }
        }

        #[test]
        fn no_ruler_fails(
            days in day(),
            today in prop::option::of(day()),
            rows in vec((word(), count(), count(), count(), day(), day(), 0_usize..3), 0..20),
            word in word(),
        ) {
            let whens = [When::Past, When::Now, When::Future];
            let slots: Vec<RulerSlot<'_>> = rows
                .iter()
                .map(|(label, checked, missed, expected, start, end, when)| RulerSlot {
                    label,
                    checked: *checked,
                    missed: *missed,
                    expected: *expected,
                    start: *start,
                    end: *end,
                    when: whens[*when],
                })
                .collect();
            let r = Ruler {
                slots: &slots,
                days,
                today,
                today_word: &word,
                months: &[(0, "Tháng 7"), (i64::MIN, "x"), (31, "Tháng 8")],
                end_word: &word,
                label: &word,
            };
            for size in [RulerSize::Wide, RulerSize::Narrow, RulerSize::Print] {
                check::well_formed(ruler(&r, size).as_str());
            }
        }
    }

    #[test]
    fn svg_is_text_in_json() {
        assert_eq!(serde_json::to_string(&logo()).expect("text"), serde_json::to_string(logo().as_str()).expect("text"));
        assert_eq!(Svg::default().to_string(), "");
        check::well_formed(logo().as_str());
    }
}
