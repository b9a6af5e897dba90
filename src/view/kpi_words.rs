//! A KPI in words: its values, its target, what its chart says.

use crate::{
    charts::{Mark, glyph, steady_glyph},
    compute::{Capability, KpiPoint, KpiScore, KpiStatus, Limits, Rule, Sense, Side, Spoken, Variation, Written, capability, variation},
    model::{Amount, Better, Every, Kpi, KpiTarget, Period, Scale},
};

use super::{Site, figure::Figure, status::StatusView};

/// How a KPI's numbers are shown: with the suffix and sign of its targets and values, and enough decimals.
pub(super) fn like(kpi: &Kpi, written: &Written) -> Amount {
    let Written { scale, denomination, .. } = *written;
    // Whole money of a cash register reads better in millions.
    if written.is_money(kpi) && scale == Scale::One && written.largest >= 10e6 {
        return Amount { value: 0.0, decimals: 0, scale: Scale::Million, denomination };
    }
    Amount { value: 0.0, decimals: written.decimals.min(3), scale, denomination }
}

/// A computed level: one decimal more where whole numbers would hide the distance.
fn level_like(like: Amount, limits: Option<&Limits>) -> Amount {
    let distance = limits.map_or(f64::INFINITY, |it| (it.upper - it.lower) / like.scale.factor());
    Amount { decimals: if distance < 20.0 { like.decimals.max(1) } else { like.decimals }, ..like }
}

impl Site<'_> {
    /// How a KPI's numbers are written.
    fn like(&self, kpi: &Kpi) -> Amount {
        // By the figures of this very day: what is known later does not change how an old report writes a number.
        let at = self.workspace.kpis.binary_search_by(|it| it.id.cmp(&kpi.id)).ok();
        like(kpi, &at.map_or_else(Written::default, |at| self.scorecard.kpis[at].written))
    }

    /// A value of a KPI.
    pub(super) fn kpi_value(&self, kpi: &Kpi, value: f64) -> String {
        self.words.value(value, &self.like(kpi), kpi.unit.as_ref())
    }

    /// A value beside its target: with as many decimals as keep the two apart, where rounding would make them one.
    pub(super) fn kpi_value_beside(&self, kpi: &Kpi, value: f64, target: Option<KpiTarget>) -> String {
        let like = self.like(kpi);
        let shown = |value: f64, more: u8| self.words.value(value, &Amount { decimals: like.decimals + more, ..like }, kpi.unit.as_ref());
        let ends: Vec<f64> = target.map_or_else(Vec::new, |target| match target {
            KpiTarget::One(amount) => vec![amount.value],
            KpiTarget::Range(low, high) => vec![low.value, high.value],
        });
        let apart = |more: &u8| ends.iter().all(|end| *end == value || shown(*end, *more) != shown(value, *more));
        shown(value, (0..=2).find(apart).unwrap_or(0))
    }

    /// A computed level of a KPI: its mean, a limit.
    pub(super) fn kpi_level(&self, kpi: &Kpi, score: &KpiScore, value: f64) -> String {
        let limits = score.last_stretch().and_then(|it| it.limits);
        self.words.value(value, &level_like(self.like(kpi), limits.as_ref()), kpi.unit.as_ref())
    }

    /// A level without its unit.
    pub(super) fn kpi_number(&self, kpi: &Kpi, score: &KpiScore, value: f64) -> String {
        let limits = score.last_stretch().and_then(|it| it.limits);
        self.words.value_parts(value, &level_like(self.like(kpi), limits.as_ref()), kpi.unit.as_ref()).0
    }

    /// A point's value as it is shown, in two pieces.
    pub(super) fn kpi_parts(&self, kpi: &Kpi, point: &KpiPoint) -> (String, String) {
        let like = self.like(kpi);
        point.value.map_or_else(|| ("–".to_owned(), String::new()), |value| self.words.value_parts(value, &like, kpi.unit.as_ref()))
    }

    /// A point's value with the line that somebody wrote.
    pub(super) fn kpi_figure(&self, kpi: &Kpi, point: &KpiPoint, text: String) -> Figure {
        let formula = match (point.value, point.amount) {
            (Some(_), None) => self.words.word(match kpi.aggregate {
                crate::model::Aggregate::Sum => "kpi.made-sum",
                crate::model::Aggregate::Mean => "kpi.made-mean",
                crate::model::Aggregate::Last => "kpi.made-last",
            }),
            _ => String::new(),
        };
        Figure { text, formula, source: point.source.as_ref().map_or_else(|| kpi.source.to_string(), ToString::to_string) }
    }

    /// "≥ 95%", "≤ 15 phút", "18–22 °C".
    pub(super) fn kpi_target(&self, kpi: &Kpi, target: KpiTarget) -> String {
        let like = self.like(kpi);
        let value = |amount: &Amount| {
            let own = Amount { decimals: amount.decimals.max(if amount.scale == like.scale { 0 } else { like.decimals }), ..like };
            (own, amount.value)
        };
        match target {
            KpiTarget::One(amount) => {
                let (own, number) = value(&amount);
                let shown = self.words.value(number, &own, kpi.unit.as_ref());
                match kpi.better {
                    Better::Lower => format!("≤\u{a0}{shown}"),
                    Better::Higher | Better::Within => format!("≥\u{a0}{shown}"),
                }
            }
            KpiTarget::Range(low, high) => {
                let ((own, low), (_, high)) = (value(&low), value(&high));
                let low = self.words.value_parts(low, &own, kpi.unit.as_ref()).0;
                format!("{low}\u{2013}{}", self.words.value(high, &own, kpi.unit.as_ref()))
            }
        }
    }

    /// "chỉ tiêu ≥ 95%".
    pub(super) fn kpi_target_words(&self, kpi: &Kpi, target: Option<KpiTarget>) -> String {
        match target {
            Some(target) => self.words.say("kpi.target", &[("target", self.kpi_target(kpi, target).into())]),
            None => self.words.word("kpi.no-target"),
        }
    }

    /// "tuần 33", "tháng 7/2026", in the middle of a sentence; a week of the running year without it.
    pub(super) fn kpi_period(&self, period: &Period) -> String {
        if period.year() == self.scorecard.as_of.year() && matches!(period.kind(), crate::model::PeriodKind::Week(_)) {
            return self.words.say("kpi.week", &[("no", week(period).into())]);
        }
        self.words.period_inside(period)
    }

    /// The same at the head of a sentence or a column.
    pub(super) fn kpi_period_head(&self, period: &Period) -> String {
        super::excerpt::capital(&self.kpi_period(period))
    }

    /// What the newest values say, as a mark: KPIs have words of their own, never those of objectives.
    pub(super) fn variation_mark(&self, kpi: &Kpi, score: &KpiScore) -> StatusView {
        let view = |key: &str, class: &'static str, glyph_svg| StatusView { word: self.words.word(key), class, glyph_svg };
        match variation(kpi, score) {
            _ if score.stale && score.current.is_some() => view("status.not_updated", "none", glyph(Mark::NotUpdated)),
            Variation::Signal(Spoken { sense: Sense::Better, .. }) => view("kpi.better", "ok sig", glyph(Mark::OnTrack)),
            Variation::Signal(Spoken { sense: Sense::Worse, .. }) => view("kpi.worse", "off sig", glyph(Mark::OffTrack)),
            Variation::Signal(Spoken { sense: Sense::Neither, .. }) => view("kpi.signal", "watch sig", glyph(Mark::AtRisk)),
            // The line beside it still shows a signal: it would belie the word.
            Variation::Steady if was_signal(score) => view("kpi.steady-again", "steady", steady_glyph()),
            Variation::Steady => view("kpi.steady", "steady", steady_glyph()),
            Variation::TooFew(_) | Variation::ShortBaseline(_) => view("kpi.too-few", "steady", glyph(Mark::NotStarted)),
            Variation::Nothing => view("status.no_data", "none", glyph(Mark::NoData)),
        }
    }

    /// How soon a reader should see it.
    pub(super) fn variation_urgency(&self, kpi: &Kpi, score: &KpiScore) -> u8 {
        match variation(kpi, score) {
            Variation::Signal(Spoken { sense: Sense::Worse, .. }) if !score.stale => 0,
            Variation::Signal(Spoken { sense: Sense::Neither, .. }) if !score.stale => 1,
            Variation::Signal(Spoken { sense: Sense::Better, .. }) if !score.stale => 2,
            _ if score.stale => 3,
            Variation::Signal(_) | Variation::Steady => 4,
            Variation::TooFew(_) | Variation::ShortBaseline(_) => 5,
            Variation::Nothing => 6,
        }
    }

    /// Whether the process meets the newest target as it is; empty while nobody can tell.
    pub(super) fn capability_words(&self, kpi: &Kpi, score: &KpiScore) -> String {
        capability_of(kpi, score).map_or_else(String::new, |it| {
            self.words.word(match it {
                Capability::Always => "kpi.always",
                Capability::Sometimes => "kpi.sometimes",
                Capability::Never => "kpi.never",
            })
        })
    }

    /// "đạt", "gần đạt", "chưa đạt"; empty where there is nothing to say.
    pub(super) fn kpi_status(&self, status: Option<KpiStatus>) -> String {
        match status {
            Some(KpiStatus::Met) => self.words.word("kpi.met"),
            Some(KpiStatus::Near) => self.words.word("kpi.near"),
            Some(KpiStatus::Missed) => self.words.word("kpi.missed"),
            None => self.words.word("kpi.running"),
            Some(KpiStatus::NoData | KpiStatus::NoTarget) => String::new(),
        }
    }

    /// Why a point is a signal: "ngoài giới hạn trên", "chuỗi dưới trung bình".
    pub(super) fn rule_words(&self, rule: Rule, side: Side) -> String {
        self.words.word(match (rule, side) {
            (Rule::BeyondLimit, Side::High) => "kpi.rule.beyond-high",
            (Rule::BeyondLimit, Side::Low) => "kpi.rule.beyond-low",
            (Rule::RunOf8, Side::High) => "kpi.rule.run-high",
            (Rule::RunOf8, Side::Low) => "kpi.rule.run-low",
            (Rule::ThreeOf4, Side::High) => "kpi.rule.drift-high",
            (Rule::ThreeOf4, Side::Low) => "kpi.rule.drift-low",
        })
    }

    /// "tuần", "tháng", "quý": how many of them, with the noun.
    pub(super) fn kpi_count(&self, every: Every, count: usize) -> String {
        self.words.count(
            match every {
                Every::Week => "kpi.count.week",
                Every::Month => "kpi.count.month",
                Every::Quarter => "kpi.count.quarter",
            },
            count,
        )
    }
}

/// Whether one of the newest eight points, which a line marks, is a signal.
fn was_signal(score: &KpiScore) -> bool {
    let newest = score.series.len().saturating_sub(8);
    score.last_stretch().is_some_and(|it| it.signals.iter().any(|signal| signal.at >= newest))
}

/// Of the newest target against the last limits.
pub(super) fn capability_of(kpi: &Kpi, score: &KpiScore) -> Option<Capability> {
    let limits = score.last_stretch()?.limits?;
    let target = score.newest()?.target?;
    Some(capability(kpi, &limits, target))
}

fn week(period: &Period) -> i64 {
    match period.kind() {
        crate::model::PeriodKind::Week(no) => i64::from(no),
        _ => 0,
    }
}
