//! How a KPI's author writes its numbers: pages, tables and forms show them alike.

use crate::model::{Amount, Denomination, Kpi, KpiReading, KpiTarget, Scale, Targets};

/// What a KPI's targets and the values known by the day have in common. Targets are known ahead.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Written {
    /// The largest power of ten that is written.
    pub scale: Scale,
    /// The most decimals written with it.
    pub decimals: u8,
    /// The most decimals, were everything written in ones.
    pub decimals_in_ones: u8,
    /// The first sign that is written: a per cent, a currency.
    pub denomination: Denomination,
    /// The largest number, without its sign.
    pub largest: f64,
}

impl Written {
    /// Of a KPI with its targets, those of the people to whom it is assigned among them, and values.
    pub(super) fn of(kpi: &Kpi, readings: &[&KpiReading]) -> Self {
        let targets = [&kpi.targets].into_iter().chain(kpi.assigned.iter().map(|it| &it.targets)).flat_map(amounts);
        let values = readings.iter().filter_map(|it| it.value);
        let mut written = Self::default();
        for amount in targets.chain(values) {
            written.add(amount);
        }
        written
    }

    fn add(&mut self, Amount { value, decimals, scale, denomination }: Amount) {
        if scale > self.scale {
            (self.scale, self.decimals) = (scale, decimals);
        } else if scale == self.scale {
            self.decimals = self.decimals.max(decimals);
        }
        let digits = match scale {
            Scale::One => 0,
            Scale::Thousand => 3,
            Scale::Million => 6,
            Scale::Billion => 9,
        };
        self.decimals_in_ones = self.decimals_in_ones.max(decimals.saturating_sub(digits));
        if self.denomination == Denomination::Plain {
            self.denomination = denomination;
        }
        self.largest = self.largest.max(value.abs());
    }

    /// Whether the numbers are money, by their KPI's unit or as they are written.
    pub fn is_money(&self, kpi: &Kpi) -> bool {
        kpi.unit.as_ref().is_some_and(|unit| unit.currency().is_some()) || matches!(self.denomination, Denomination::Money(_))
    }
}

fn amounts(targets: &Targets) -> impl Iterator<Item = Amount> {
    let steps = targets.steps.iter().chain(targets.of_periods.values());
    steps
        .filter_map(|step| step.target)
        .flat_map(|target| match target {
            KpiTarget::One(amount) => [Some(amount), None],
            KpiTarget::Range(low, high) => [Some(low), Some(high)],
        })
        .flatten()
}
