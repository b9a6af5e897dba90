//! Where a metric arrives at the current rate.
//!
//! Theil–Sen: the median of all pairwise slopes, which a single odd week does not move (Theil 1950, Sen 1968);
//! quartiles of the slopes by linear interpolation (type 7 of Hyndman and Fan 1996).

use crate::model::{Date, Period, days_between};

use super::progress::way;

/// A number with a range; never a status.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// At the last day, in the key result's unit.
    pub value: f64,
    /// With the lower quartile of the slopes.
    pub low: f64,
    /// With the upper quartile of the slopes.
    pub high: f64,
    /// The value's progress, 0…1.
    pub progress: f64,
}

/// Above so many days there are millions of pairs, and none of them tells what the last years did not.
const MOST_DAYS: usize = 2_000;

/// From the start and at least three days with a value; `None` before that, and above [`MOST_DAYS`].
pub(super) fn forecast(start: f64, target: f64, days: &[(Date, f64)], period: &Period) -> Option<Forecast> {
    if !(3..=MOST_DAYS).contains(&days.len()) {
        return None;
    }
    let mut points = vec![(0.0, start)];
    points.extend(days.iter().map(|(day, value)| (days_between(period.first(), *day) as f64, *value)));
    let (value, low, high) = theil_sen(&points, period.days() as f64)?;
    let fits = [value, low, high].into_iter().all(f64::is_finite);
    fits.then(|| Forecast { value, low, high, progress: way(value, start, target).clamp(0.0, 1.0) })
}

/// The line through `points` read at `x`: with the median, the lower and the upper quartile of the pairwise
/// slopes, each with the intercept `median(y − slope·x)`. Pairs with one `x` are passed over; `None` when no
/// pair is left.
pub fn theil_sen(points: &[(f64, f64)], x: f64) -> Option<(f64, f64, f64)> {
    let mut slopes: Vec<f64> = Vec::with_capacity(points.len() * points.len() / 2);
    for (index, a) in points.iter().enumerate() {
        slopes.extend(points[index + 1..].iter().filter(|b| b.0 != a.0).map(|b| (b.1 - a.1) / (b.0 - a.0)));
    }
    if slopes.is_empty() {
        return None;
    }
    slopes.sort_by(f64::total_cmp);
    let read = |slope: f64| {
        let mut rests: Vec<f64> = points.iter().map(|(x, y)| y - slope * x).collect();
        rests.sort_by(f64::total_cmp);
        quantile(&rests, 0.5) + slope * x
    };
    Some((read(quantile(&slopes, 0.5)), read(quantile(&slopes, 0.25)), read(quantile(&slopes, 0.75))))
}

/// Type 7: linear between the order statistics.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (sorted.len() - 1) as f64 * share;
    let (below, above) = (at.floor() as usize, at.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * (at - at.floor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_type_7() {
        // R: quantile(c(1, 2, 3, 4), c(.25, .5, .75)) gives 1.75, 2.50, 3.25.
        let sorted = [1.0, 2.0, 3.0, 4.0];
        assert_eq!([0.25, 0.5, 0.75].map(|share| quantile(&sorted, share)), [1.75, 2.5, 3.25]);
    }

    #[test]
    fn a_line_is_read_along_itself() {
        let points: Vec<(f64, f64)> = (0..6).map(|x| (f64::from(x) * 7.0, 10.0 + 2.0 * f64::from(x) * 7.0)).collect();
        assert_eq!(theil_sen(&points, 91.0), Some((192.0, 192.0, 192.0)));
    }

    #[test]
    fn by_hand_with_one_odd_week() {
        // Slopes of (0,0) (1,1) (2,2) (3,9): 1, 1, 3, 1, 4, 7; sorted 1 1 1 3 4 7; quartiles 1, 2, 3.75.
        // Intercepts: median of y − 2x over 0, −1, −2, 3 is −0.5; with 1: 0, 0, 0, 6 → 0; with 3.75: 0, −2.75, −5.5, −2.25 → −2.5.
        assert_eq!(theil_sen(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 9.0)], 4.0), Some((7.5, 4.0, 12.5)));
    }

    #[test]
    fn two_values_of_one_day_make_no_slope() {
        assert_eq!(theil_sen(&[(0.0, 1.0), (0.0, 2.0)], 3.0), None);
    }
}
