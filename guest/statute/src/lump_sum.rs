//! The fixed sum for late payment between businesses.

use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::regime::LumpSum;
use maan_policy::reason;
use maan_policy::types::Reason;

/// The fixed sums on the owed claims, oldest first, each with the first day on which it is due.
pub fn due(inquiry: &Inquiry, sum: &LumpSum, owed: &[&Claim], warnings: &mut Vec<Reason>) -> Vec<(Day, i64)> {
    if inquiry.currency() != sum.currency {
        return Vec::new();
    }
    if owed.len() > 1 && !sum.for_each {
        warnings.push(reason!("lump-sum-once"));
    }
    let most = if sum.for_each { owed.len() } else { 1 };
    let claims = owed.iter().take(most);
    claims
        .map(|claim| (claim.due + 1, (sum.amount)(claim.unpaid_after(claim.due))))
        .filter(|(_, amount)| *amount > 0)
        .collect()
}
