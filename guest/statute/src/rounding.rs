//! Shares of amounts in minor units, exact until the one rounding at the end.

/// `amount × numerator ÷ denominator`, rounded half up to the minor unit. `None` when it does not fit, and for
/// a denominator that is not positive. Amount and numerator must not be negative.
pub(crate) fn proportion(amount: i64, numerator: i128, denominator: i128) -> Option<i64> {
    let product = i128::from(amount).checked_mul(numerator)?;
    let doubled = product.checked_mul(2)?.checked_add(denominator)?;
    let divisor = denominator.checked_mul(2)?;
    // Dividing 128 bits is many times slower than 64, above all in the sandbox.
    if let (Ok(doubled), Ok(divisor)) = (u64::try_from(doubled), u64::try_from(divisor)) {
        return i64::try_from(doubled.checked_div(divisor)?).ok();
    }
    i64::try_from(doubled.checked_div(divisor)?).ok()
}

#[cfg(test)]
mod tests {
    use super::proportion;

    #[test]
    fn rounds_half_up_once() {
        assert_eq!(proportion(100, 1, 200), Some(1));
        assert_eq!(proportion(99, 1, 200), Some(0));
        assert_eq!(proportion(26_670, 15, 100), Some(4_001));
        assert_eq!(proportion(0, 15, 100), Some(0));
    }

    #[test]
    fn wide_and_narrow_agree() {
        let wide = 1i128 << 70;
        for amount in [0, 1, 99, 100, 26_670, 1_000_000_007] {
            assert_eq!(
                proportion(amount, 15, 1_000),
                proportion(amount, 15 * wide, 1_000 * wide)
            );
        }
    }

    #[test]
    fn refuses_what_does_not_fit() {
        assert_eq!(proportion(i64::MAX, 2, 1), None);
        assert_eq!(proportion(1, 1, 0), None);
        assert_eq!(proportion(i64::MAX, i128::MAX, 1), None);
    }
}
