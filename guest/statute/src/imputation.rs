//! Imputation of payments on debts in the order that a law gives. Art. 6:44 lid 1 BW: costs first, then interest that
//! has fallen due, then principal; collection costs count as costs (HR 10 July 2015, ECLI:NL:HR:2015:1868).

/// Pays the debts in the given order and returns what is left of the payment.
pub fn impute<const N: usize>(payment: i64, debts: [&mut i64; N]) -> i64 {
    let mut rest = payment.max(0);
    for debt in debts {
        let paid = rest.min((*debt).max(0));
        *debt -= paid;
        rest -= paid;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::impute;

    fn pay(payment: i64, mut costs: i64, mut interest: i64, mut principal: i64) -> (i64, i64, i64, i64) {
        let left = impute(payment, [&mut costs, &mut interest, &mut principal]);
        (costs, interest, principal, left)
    }

    #[test]
    fn costs_then_interest_then_principal() {
        assert_eq!(
            pay(500_00, 875_00, 600_00, 5_000_00),
            (375_00, 600_00, 5_000_00, 0)
        );
        assert_eq!(pay(2_000_00, 875_00, 600_00, 5_000_00), (0, 0, 4_475_00, 0));
        assert_eq!(pay(6_475_00, 875_00, 600_00, 5_000_00), (0, 0, 0, 0));
        assert_eq!(pay(7_000_00, 875_00, 600_00, 5_000_00), (0, 0, 0, 525_00));
    }

    #[test]
    fn part_payment_with_costs_and_interest() {
        assert_eq!(pay(1_500_00, 100_00, 48_58, 3_000_00), (0, 0, 1_648_58, 0));
    }

    #[test]
    fn supreme_court_2015_1868() {
        let costs = 3_723_26;
        let (costs, interest, principal, left) = pay(15_525_49, costs, 313_60, 24_821_73);
        assert_eq!((costs, interest, left), (0, 0, 0));
        assert_eq!(pay(8_000_00, costs, interest, principal), (0, 0, 5_333_10, 0));
    }

    #[test]
    fn a_payment_that_is_not_positive_changes_nothing() {
        assert_eq!(pay(-5, 1, 2, 3), (1, 2, 3, 0));
    }
}
