//! The highest flat indemnity that a consumer owes under a penalty clause: art. XIX.4 WER. Amounts in euro cents.

use crate::inquiry::Inquiry;
use crate::rounding::proportion;

/// A step of the scale: balances up to a limit owe a fixed part and per cents of what is above a threshold.
struct Step {
    up_to: i64,
    fixed: i64,
    per_cent: i128,
    above: i64,
}

const SCALE: [Step; 3] = [
    Step {
        up_to: 150_00,
        fixed: 20_00,
        per_cent: 0,
        above: 0,
    },
    Step {
        up_to: 500_00,
        fixed: 30_00,
        per_cent: 10,
        above: 150_00,
    },
    Step {
        up_to: i64::MAX,
        fixed: 65_00,
        per_cent: 5,
        above: 500_00,
    },
];

/// The highest indemnity, reached at a balance of EUR 39,200.
pub const MAXIMUM: i64 = 2_000_00;

/// The highest indemnity on a balance; none where nothing is owed.
pub fn highest(balance: i64) -> i64 {
    if balance <= 0 {
        return 0;
    }
    let step = SCALE.iter().find(|step| balance <= step.up_to);
    let on_step = |step: &Step| {
        let share = proportion(balance - step.above, step.per_cent, 100)?;
        step.fixed.checked_add(share)
    };
    step.and_then(on_step).unwrap_or(MAXIMUM).min(MAXIMUM)
}

/// The indemnity for balances in one reminder: on their sum or on each, whichever is lower, since the law does not
/// say; never more than the agreed share.
pub fn indemnity(inquiry: &Inquiry, balances: &[i64]) -> i64 {
    let sum = |parts: &mut dyn Iterator<Item = i64>| parts.fold(0i64, i64::saturating_add);
    let balance = sum(&mut balances.iter().copied());
    let apart = sum(&mut balances.iter().map(|one| highest(*one)));
    let most = highest(balance).min(apart);
    match inquiry.case.agreement.indemnity_share {
        Some(share) => {
            proportion(balance.max(0), share.into(), 1_000).map_or(most, |agreed| agreed.min(most))
        }
        None => most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scale_of_the_law() {
        for (balance, expected) in [
            (-1, 0),
            (0, 0),
            (1, 20_00),
            (100_00, 20_00),
            (150_00, 20_00),
            (150_01, 30_00),
            (150_05, 30_01),
            (151_00, 30_10),
            (200_00, 35_00),
            (499_99, 65_00),
            (500_00, 65_00),
            (500_01, 65_00),
            (501_00, 65_05),
            (1_000_00, 90_00),
            (10_000_00, 540_00),
            (39_199_00, 1_999_95),
            (39_200_00, 2_000_00),
            (39_201_00, 2_000_00),
            (50_000_00, 2_000_00),
            (i64::MAX, 2_000_00),
        ] {
            assert_eq!(highest(balance), expected, "indemnity on {balance}");
        }
    }

    proptest! {
        #[test]
        fn more_never_owes_less(balance in 0i64..100_000_00, more in 0i64..100_000_00) {
            prop_assert!(highest(balance) <= highest(balance + more));
        }
    }
}
