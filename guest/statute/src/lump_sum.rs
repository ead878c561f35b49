//! The fixed sum for late payment between businesses. What was paid by the due date bears none.

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
    let sums = owed
        .iter()
        .map(|claim| (claim.due + 1, (sum.amount)(claim.unpaid_after(claim.due))));
    let mut sums: Vec<(Day, i64)> = sums.filter(|(_, amount)| *amount > 0).collect();
    if sums.len() > 1 && !sum.for_each {
        warnings.push(reason!("lump-sum-once"));
        sums.truncate(1);
    }
    sums
}
