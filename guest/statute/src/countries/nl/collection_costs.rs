//! Extrajudicial collection costs: Besluit vergoeding voor buitengerechtelijke incassokosten (Stb. 2012, 141),
//! which art. 6:96 lid 5 BW makes mandatory towards consumers and which is default law between businesses.
//! All amounts in euro cents.

use crate::inquiry::Inquiry;
use crate::rounding::proportion;

/// Least fee where anything is owed.
pub const MINIMUM: i64 = 40_00;
/// Highest fee, reached at a principal of EUR 1,000,000.
pub const MAXIMUM: i64 = 6_775_00;
/// General VAT percentage.
const VAT_PER_CENT: i128 = 21;
/// Width of a slice of the principal and its rate in tenths of a per cent (art. 2 lid 1).
const SLICES: [(i64, i128); 5] = [
    (2_500_00, 150),
    (2_500_00, 100),
    (5_000_00, 50),
    (190_000_00, 10),
    (i64::MAX, 5),
];

/// The fee over a principal: none where nothing is owed, else by slices with minimum and maximum.
/// Interest is no part of the base.
pub fn fee(principal: i64) -> i64 {
    if principal <= 0 {
        return 0;
    }
    // Beyond this the fee is the maximum and sums in wider slices could overflow.
    let mut rest = principal.min(1_000_000_00);
    let mut per_mille_cents = 0i128;
    for (width, rate) in SLICES {
        let slice = rest.min(width);
        per_mille_cents += i128::from(slice) * rate;
        rest -= slice;
    }
    let fee = i64::try_from((per_mille_cents + 500) / 1_000).unwrap_or(MAXIMUM);
    fee.clamp(MINIMUM, MAXIMUM)
}

/// The fee with VAT: allowed only where the creditor cannot deduct it, has a taxed collection service and
/// declares so (art. 2 lid 3).
pub fn with_vat(fee: i64) -> i64 {
    proportion(fee, 100 + VAT_PER_CENT, 100).unwrap_or(fee)
}

/// With VAT where the creditor pays it, cannot deduct it and declares so.
pub fn vat_where_due(inquiry: &Inquiry, costs: i64) -> i64 {
    let due = inquiry.settings.vat_on_collection_costs && !inquiry.context.creditor.deducts_vat;
    if due { with_vat(costs) } else { costs }
}

/// The costs of one letter or demand about these principals, which are added up (art. 6:96 lid 7 BW).
pub fn costs(inquiry: &Inquiry, principals: &[i64]) -> i64 {
    let sum = principals.iter().fold(0i64, |sum, one| sum.saturating_add(*one));
    vat_where_due(inquiry, fee(sum))
}

/// The costs after a demand to a business ran out.
pub fn after_demand(inquiry: &Inquiry, unpaid: i64) -> i64 {
    costs(inquiry, &[unpaid])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table_of_the_decree() {
        for (principal, expected) in [
            (-1, 0),
            (0, 0),
            (1, 40_00),
            (100_00, 40_00),
            (266_66, 40_00),
            (266_67, 40_00),
            (266_70, 40_01),
            (267_00, 40_05),
            (1_000_00, 150_00),
            (2_499_99, 375_00),
            (2_500_00, 375_00),
            (2_501_00, 375_10),
            (3_500_00, 475_00),
            (5_000_00, 625_00),
            (5_001_00, 625_05),
            (10_000_00, 875_00),
            (10_001_00, 875_01),
            (200_000_00, 2_775_00),
            (200_001_00, 2_775_01),
            (999_999_00, 6_775_00),
            (999_998_00, 6_774_99),
            (1_000_000_00, 6_775_00),
            (1_000_001_00, 6_775_00),
            (i64::MAX, 6_775_00),
        ] {
            assert_eq!(fee(principal), expected, "fee over {principal}");
        }
    }

    #[test]
    fn vat_on_the_fee() {
        for (principal, expected) in [
            (0, 0),
            (1, 48_40),
            (100_00, 48_40),
            (267_00, 48_46),
            (1_000_00, 181_50),
            (3_500_00, 574_75),
            (5_001_00, 756_31),
            (5_000_00, 756_25),
        ] {
            assert_eq!(
                with_vat(fee(principal)),
                expected,
                "fee with VAT over {principal}"
            );
        }
    }

    #[test]
    fn three_invoices_in_one_letter_cost_less_than_three_letters() {
        assert_eq!(fee(300_00), 45_00);
        assert!(fee(300_00) < 3 * fee(100_00));
    }

    proptest! {
        #[test]
        fn more_principal_never_costs_less(principal in 0i64..2_000_000_00, more in 0i64..2_000_000_00) {
            prop_assert!(fee(principal) <= fee(principal + more));
        }

        #[test]
        fn adding_up_never_costs_more_than_apart(one in 1i64..2_000_000_00, other in 1i64..2_000_000_00) {
            prop_assert!(fee(one + other) <= fee(one) + fee(other));
        }
    }
}
