//! Comparisons that forgive what floating point adds: 0.4 − 0.3 is not more than 0.10.

const TOLERANCE: f64 = 1e-9;

/// `a ≤ b`, allowing 1e-9 (relative, at least absolute).
pub fn at_most(a: f64, b: f64) -> bool {
    a <= b + TOLERANCE * a.abs().max(b.abs()).max(1.0)
}

/// `a ≥ b`, allowing 1e-9 (relative, at least absolute).
pub fn at_least(a: f64, b: f64) -> bool {
    at_most(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floating_point_dust_decides_nothing() {
        assert!(at_most(0.4 - 0.3, 0.10));
        assert!(at_least(0.1 + 0.2, 0.3));
        assert!(!at_most(0.100_001, 0.10));
        assert!(at_most(1e12 + 1.0, 1e12));
    }
}
