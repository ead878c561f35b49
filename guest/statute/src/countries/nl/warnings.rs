//! What must be said in every answer.

use super::limitation::{self, NEVER_WITHIN, WARNING_DAYS};
use super::rates::VERIFIED_THROUGH;
use super::terms;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use maan_policy::reason;
use maan_policy::reason::{count, day, item};
use maan_policy::types::Reason;

/// Most warnings on limitation in one answer, oldest claims first.
const MOST_LIMITATIONS: usize = 10;

/// Adds the warnings of a case.
pub fn add(inquiry: &Inquiry, claims: &[Claim], warnings: &mut Vec<Reason>) {
    let latest = inquiry.context.today.max(inquiry.case.charges_on);
    if latest > VERIFIED_THROUGH {
        warnings.push(reason!("rates-unverified", day(VERIFIED_THROUGH)));
    }
    if inquiry.consumer && inquiry.case.agreement.term_days.is_none() && !claims.is_empty() {
        warnings.push(reason!("term-not-recorded"));
    }
    let debtor = &inquiry.case.debtor;
    let longest = terms::longest(debtor.kind, debtor.size, inquiry.context.creditor.size);
    if let (Some(term), Some(longest)) = (inquiry.case.agreement.term_days, longest)
        && term > longest
    {
        warnings.push(reason!("term-too-long", count(term), count(longest)));
    }
    warnings.extend(
        claims
            .iter()
            .filter_map(|claim| limitation_of(inquiry, claim))
            .take(MOST_LIMITATIONS),
    );
}

/// Says that a claim is, or will soon be, beyond limitation.
fn limitation_of(inquiry: &Inquiry, claim: &Claim) -> Option<Reason> {
    let today = inquiry.context.today;
    if today - claim.due < NEVER_WITHIN {
        return None;
    }
    let steps = inquiry
        .case
        .steps_done
        .iter()
        .filter(|step| step.item == claim.item);
    let demands = steps
        .filter(|step| limitation::interrupts(step))
        .map(|step| step.on);
    let sale = inquiry.consumer && inquiry.case.agreement.consumer_sale;
    let last = limitation::last_day(claim.due, sale, demands);
    let index = item(claim.item as usize);
    if today > last {
        Some(reason!("limitation-passed", index, day(last)))
    } else if today > last - WARNING_DAYS {
        Some(reason!("limitation-near", index, day(last)))
    } else {
        None
    }
}
