//! What comes first in the worklist.

use maan_policy::types::{Account, Minor, Willingness};

use crate::payments::Payments;
use crate::settings::RankBy;

/// Amounts above this (ten milliard euro) rank alike, so that a day older always ranks above any amount.
const MOST: Minor = 1_000_000_000_000;

/// What may be lost: what is overdue less what the debtor has to receive; all that is open of who cannot or will not pay.
pub(crate) fn at_risk(account: &Account, willingness: Willingness) -> Minor {
    let claim = match willingness {
        Willingness::Cannot | Willingness::WillNot => account.open.max(account.overdue),
        Willingness::Unknown | Willingness::Pays => account.overdue,
    };
    claim
        .saturating_sub(account.unallocated)
        .saturating_sub(account.credits)
        .max(0)
}

/// Higher is looked at first.
pub(crate) fn rank(by: RankBy, payments: &Payments, account: &Account, at_risk: Minor) -> i64 {
    match by {
        RankBy::AgeThenAmount => i64::from(payments.oldest)
            .saturating_mul(MOST)
            .saturating_add(account.overdue.clamp(0, MOST - 1)),
        RankBy::AmountAtRisk => at_risk,
    }
}
