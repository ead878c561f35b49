//! Longest terms of payment between businesses: art. 6:119a and 6:119b BW.

use maan_policy::types::{CompanySize, DebtorKind};

/// Longest agreed term between businesses that is not expressly longer (art. 6:119a lid 5 BW).
pub const LONGEST: u16 = 60;
/// Longest term of a large debtor with a smaller creditor (Stb. 2022, 146), and of a public body (art. 6:119b).
pub const LONGEST_OF_THE_STRONG: u16 = 30;

/// The longest term in days that the law lets this debtor take from this creditor; `None` for consumers.
pub fn longest(debtor: DebtorKind, debtor_size: CompanySize, creditor_size: CompanySize) -> Option<u16> {
    let small = matches!(
        creditor_size,
        CompanySize::Micro | CompanySize::Small | CompanySize::Medium
    );
    match debtor {
        DebtorKind::Unknown | DebtorKind::Consumer => None,
        DebtorKind::PublicBody => Some(LONGEST_OF_THE_STRONG),
        DebtorKind::Business if small && debtor_size == CompanySize::Large => Some(LONGEST_OF_THE_STRONG),
        DebtorKind::Business | DebtorKind::SoleTrader => Some(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_debtors_of_small_creditors_and_public_bodies_have_thirty_days() {
        let term = |kind, debtor, creditor| longest(kind, debtor, creditor);
        assert_eq!(
            term(DebtorKind::Business, CompanySize::Large, CompanySize::Small),
            Some(30)
        );
        assert_eq!(
            term(DebtorKind::Business, CompanySize::Large, CompanySize::Large),
            Some(60)
        );
        assert_eq!(
            term(DebtorKind::Business, CompanySize::Unknown, CompanySize::Small),
            Some(60)
        );
        assert_eq!(
            term(DebtorKind::PublicBody, CompanySize::Unknown, CompanySize::Large),
            Some(30)
        );
        assert_eq!(
            term(DebtorKind::Consumer, CompanySize::Unknown, CompanySize::Small),
            None
        );
    }
}
