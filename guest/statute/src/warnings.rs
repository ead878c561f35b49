//! What must be said in every answer.

use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::law::Law;
use crate::{limitation, registration, terms};
use maan_policy::reason;
use maan_policy::reason::{count, day};
use maan_policy::types::Reason;

/// Most warnings on limitation in one answer, oldest claims first.
const MOST_LIMITATIONS: usize = 10;

/// Adds the warnings of a case whose rates were checked through a day.
pub fn add(inquiry: &Inquiry, claims: &[Claim], verified_through: Day, warnings: &mut Vec<Reason>) {
    let latest = inquiry.context.today.max(inquiry.case.charges_on);
    if latest > verified_through {
        warnings.push(reason!("rates-unverified", day(verified_through)));
    }
    warnings.extend(registration::warning(inquiry));
    let interest = inquiry.regime.interest.as_ref();
    if let Some(from) = interest.and_then(|interest| interest.by_formula_from)
        && latest >= from
        && !claims.is_empty()
    {
        warnings.push(reason!("rate-by-formula", day(from)));
    }
    let agreement = &inquiry.case.agreement;
    let covered = !matches!(inquiry.law, Law::Uncovered(_));
    if inquiry.consumer && covered && agreement.term_days.is_none() && !claims.is_empty() {
        warnings.push(reason!("term-not-recorded"));
    }
    let share = agreement.indemnity_share.is_some_and(|share| share > 0);
    if share && inquiry.regime.letter.is_none() && covered && !claims.is_empty() {
        warnings.push(reason!("agreed-indemnity-left-out"));
    }
    if let (Some(term), Some(longest)) = (agreement.term_days, terms::longest(inquiry))
        && term > longest
    {
        warnings.push(reason!("term-too-long", count(term), count(longest)));
    }
    if covered {
        let lapsing = claims
            .iter()
            .filter_map(|claim| limitation::warning(inquiry, claim));
        warnings.extend(lapsing.take(MOST_LIMITATIONS));
    }
}
