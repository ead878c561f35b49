//! The cap on collection costs of recurring small instalments, since 1 October 2024. Its exact wording was not seen;
//! it only lowers what is charged.

use super::collection_costs::vat_where_due;
use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use maan_policy::types::{Channel, Level};

/// Principal below which the cap applies.
const SMALL: i64 = 266_67;
/// Most collection costs in six months.
const MOST: i64 = 140_00;
/// Days of half a year.
const HALF_YEAR: Day = 183;

/// What is left of the cap for a letter on the claims; `None` where it does not apply.
pub fn cap(inquiry: &Inquiry, claims: &[Claim], on: Day) -> Option<i64> {
    let small = inquiry.case.agreement.regular_supply && claims.iter().all(|claim| claim.original() < SMALL);
    let left = || vat_where_due(inquiry, MOST) - announced_on_others(inquiry, claims, on - HALF_YEAR);
    small.then(|| left().max(0))
}

/// Costs announced from a day on by letters on other items of the debtor. What was done on one day at one level over
/// one channel was one letter.
fn announced_on_others(inquiry: &Inquiry, claims: &[Claim], from: Day) -> i64 {
    let mut seen: Vec<(Day, Level, Channel)> = Vec::new();
    let mut sum = 0i64;
    for step in inquiry
        .case
        .steps_done
        .iter()
        .filter(|step| step.announced_costs > 0 && step.on >= from)
    {
        let other = claims.iter().all(|claim| claim.item != step.item);
        let letter = (step.on, step.level, step.channel);
        if other && !seen.contains(&letter) {
            seen.push(letter);
            sum = sum.saturating_add(step.announced_costs);
        }
    }
    sum
}
