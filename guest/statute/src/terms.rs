//! Longest terms of payment between businesses.

use crate::inquiry::Inquiry;
use crate::law::Law;
use maan_policy::types::{CompanySize, DebtorKind};

/// Longest term of a large debtor with a smaller creditor (art. 6:119a lid 6 BW; Stb. 2022, 146).
const OF_LARGE_DUTCH: u16 = 30;

/// The longest term in days that the law lets this debtor take from this creditor; `None` for consumers.
pub fn longest(inquiry: &Inquiry) -> Option<u16> {
    let debtor = &inquiry.case.debtor;
    let small = matches!(
        inquiry.context.creditor.size,
        CompanySize::Micro | CompanySize::Small | CompanySize::Medium
    );
    let large = debtor.kind == DebtorKind::Business && debtor.size == CompanySize::Large;
    if inquiry.law == Law::Netherlands && small && large {
        return Some(OF_LARGE_DUTCH);
    }
    inquiry.regime.longest_term
}
