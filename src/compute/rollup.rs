//! Weighted means.

/// The mean of values by weight; `None` when the weights add up to 0 or there is nothing.
pub fn weighted_mean(parts: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (value, weight) in parts {
        sum += value * weight;
        weights += weight;
    }
    (weights > 0.0).then(|| sum / weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        assert_eq!(weighted_mean([(0.5, 2.0), (1.0, 1.0)]), Some(2.0 / 3.0));
        assert_eq!(weighted_mean([(0.5, 0.0)]), None);
        assert_eq!(weighted_mean([]), None);
    }

    proptest::proptest! {
        #[test]
        fn a_mean_lies_between_its_parts(parts in proptest::collection::vec((0.0f64..=1.0, 0.01f64..100.0), 1..12)) {
            let mean = weighted_mean(parts.clone()).expect("weights above 0");
            let low = parts.iter().map(|it| it.0).fold(f64::INFINITY, f64::min);
            let high = parts.iter().map(|it| it.0).fold(0.0, f64::max);
            proptest::prop_assert!(super::super::at_least(mean, low) && super::super::at_most(mean, high));
        }
    }
}
