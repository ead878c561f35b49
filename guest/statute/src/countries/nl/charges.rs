//! What may be charged as at a day.
//!
//! Charges are what has accrued, paid or not: what the debtor owes is the open amount by the books plus the
//! charges. Part-payments are imputed as art. 6:44 BW says, which shows in the bases of the interest. Nothing is
//! charged on an item that is paid in full by the books.

use super::articles as law;
use super::collection_costs::{MINIMUM, fee};
use super::interest::{self, Accrual};
use super::letters_sent::{Letters, Standing, vat_where_due};
use super::rate_choice;
use super::rates::VERIFIED_THROUGH;
use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::verdict::{articles, no_charges};
use maan_policy::reason;
use maan_policy::reason::{day, failure};
use maan_policy::slots::{Charges, InterestSegment};
use maan_policy::types::{Decimal, Failure, ItemIndex, Level, Reason};
use maan_policy::{EUR, Money};

/// Charges and what must be said beside them.
#[derive(Debug)]
pub struct Assessment {
    /// The charges.
    pub charges: Charges,
    /// Where a weak rule was taken at its lowest.
    pub warnings: Vec<Reason>,
}

/// The charges as at a day on the overdue claims among `items`, or on all when it is empty. `claims` are all of
/// them, since letters are judged by all that they were about.
pub fn assess(
    inquiry: &Inquiry,
    claims: &[Claim],
    items: &[ItemIndex],
    on: Day,
) -> Result<Assessment, Failure> {
    let mut warnings = Vec::new();
    let on = match inquiry.stop {
        Some(stop) => on.min(stop.since),
        None => on,
    };
    let asked = |claim: &&Claim| items.is_empty() || items.contains(&claim.item);
    let owed: Vec<&Claim> = claims
        .iter()
        .filter(|claim| claim.open > 0 && claim.due < on)
        .filter(asked)
        .collect();
    let letters = if inquiry.consumer {
        Letters::of(inquiry, claims, on)
    } else {
        Letters::default()
    };
    let costs = costs(inquiry, &letters, &owed, on, &mut warnings);
    if owed.is_empty() && costs.is_empty() {
        let deferred = inquiry.consumer && !inquiry.case.plans.is_empty();
        let code = if deferred {
            "plan-without-charges"
        } else {
            "nothing-overdue"
        };
        return Ok(Assessment {
            charges: no_charges(&[], reason!(code)),
            warnings,
        });
    }
    let mut charges = explained_costs(inquiry, &costs);
    if costs.is_empty() && costs_unclaimed(inquiry).is_none() {
        charges
            .reasons
            .extend(owed.iter().find_map(|claim| defect_on(&letters, claim, on)));
    }
    if !inquiry.settings.interest {
        charges.reasons.push(reason!("interest-not-claimed"));
    } else {
        add_interest(inquiry, &owed, &costs, on, &mut charges, &mut warnings)?;
    }
    if let Some(stop) = inquiry.stop {
        charges.reasons.push(reason!("charges-stopped", day(stop.since)));
    }
    Ok(Assessment { charges, warnings })
}

/// Collection costs, each part with the first day on which it is due.
fn costs(
    inquiry: &Inquiry,
    letters: &Letters,
    owed: &[&Claim],
    on: Day,
    warnings: &mut Vec<Reason>,
) -> Vec<(Day, i64)> {
    if costs_unclaimed(inquiry).is_some() {
        return Vec::new();
    }
    if inquiry.consumer {
        return letters.costs_due(inquiry, owed, on);
    }
    let Some(first) = owed.first() else {
        return Vec::new();
    };
    let lump_sum = (first.due + 1, MINIMUM);
    if owed.len() > 1 {
        warnings.push(reason!("lump-sum-once"));
    }
    let Some(demanded) = demanded_through(inquiry, on) else {
        return vec![lump_sum];
    };
    let unpaid = owed.iter().fold(0i64, |sum, claim| {
        sum.saturating_add(claim.unpaid_after(demanded))
    });
    let above = vat_where_due(inquiry, fee(unpaid)) - MINIMUM;
    if above > 0 {
        vec![lump_sum, (demanded + 1, above)]
    } else {
        vec![lump_sum]
    }
}

/// The last day of the first formal demand to a business that has passed. One reminder alone makes no further
/// costs reasonable.
fn demanded_through(inquiry: &Inquiry, on: Day) -> Option<Day> {
    let steps = inquiry.case.steps_done.iter().filter(|step| {
        matches!(step.level, Level::LastReminder | Level::FormalNotice)
            && inquiry
                .case
                .items
                .get(step.item as usize)
                .is_some_and(|item| item.round == step.round)
    });
    steps
        .map(|step| step.deadline.unwrap_or(step.on).max(step.on))
        .filter(|last| *last < on)
        .min()
}

/// Why the letter that was sent on a claim makes no costs due.
pub fn defect_on(letters: &Letters, claim: &Claim, on: Day) -> Option<Reason> {
    match letters.standing(claim, on)? {
        Standing::Void(defect) => Some(defect.reason()),
        _ => None,
    }
}

/// Why no collection costs are claimed at all, where that is so.
pub fn costs_unclaimed(inquiry: &Inquiry) -> Option<Reason> {
    if !inquiry.settings.collection_costs {
        Some(reason!("costs-not-claimed"))
    } else if inquiry.currency() != EUR {
        Some(reason!("costs-only-in-euro"))
    } else {
        None
    }
}

/// The costs in a sum, with why.
fn explained_costs(inquiry: &Inquiry, costs: &[(Day, i64)]) -> Charges {
    let total = costs
        .iter()
        .fold(0i64, |sum, (_, part)| sum.saturating_add(*part));
    let money = Money::new(total, EUR);
    let mut charges = if let Some(reason) = costs_unclaimed(inquiry) {
        no_charges(&[law::TABLE], reason)
    } else if inquiry.consumer && total == 0 {
        no_charges(
            &[law::LETTER, law::LETTER_CASE_LAW],
            reason!("no-costs-before-letter"),
        )
    } else if inquiry.consumer {
        no_charges(
            &[law::LETTER, law::ADDED_UP, law::TABLE],
            reason!("costs-after-letter", money),
        )
    } else if total > MINIMUM {
        no_charges(&[law::LUMP_SUM, law::TABLE], reason!("costs-by-table", money))
    } else {
        no_charges(&[law::LUMP_SUM], reason!("lump-sum", money))
    };
    charges.lump_sum = if inquiry.consumer { 0 } else { total.min(MINIMUM) };
    charges.costs = total - charges.lump_sum;
    charges
}

fn add_interest(
    inquiry: &Inquiry,
    owed: &[&Claim],
    costs: &[(Day, i64)],
    on: Day,
    charges: &mut Charges,
    warnings: &mut Vec<Reason>,
) -> Result<(), Failure> {
    let running = rate_choice::running(inquiry, warnings)?;
    let mut end = if running.through_payment { on + 1 } else { on };
    if let Some(stop) = inquiry.stop {
        end = end.min(stop.since);
    }
    if inquiry.consumer && end > VERIFIED_THROUGH + 1 {
        end = VERIFIED_THROUGH + 1;
        charges
            .reasons
            .push(reason!("interest-unverified", day(VERIFIED_THROUGH)));
    }
    for (claim, payments) in owed
        .iter()
        .zip(after_costs(owed, costs, on, running.through_payment))
    {
        let accrual = interest::accrue(claim.original(), claim.due + 1, end, &payments, running.rate);
        let too_large = || {
            failure(format!(
                "interest on item {} is too large to be counted",
                claim.item
            ))
        };
        add(charges, claim, accrual.ok_or_else(too_large)?).ok_or_else(too_large)?;
    }
    charges.reasons.push(reason!(
        running.code,
        Money::new(charges.interest, inquiry.currency())
    ));
    charges.articles.extend(articles(&[running.source, law::RATES]));
    if owed.iter().any(|claim| !claim.payments.is_empty()) {
        charges.reasons.push(reason!("payments-imputed"));
        charges.articles.extend(articles(&[law::IMPUTATION]));
    }
    Ok(())
}

/// Adds the interest of a claim to the charges.
fn add(charges: &mut Charges, claim: &Claim, accrual: Accrual) -> Option<()> {
    charges.interest = charges.interest.checked_add(accrual.interest)?;
    charges
        .segments
        .extend(accrual.segments.into_iter().map(|segment| InterestSegment {
            item: claim.item,
            start: segment.start,
            end: segment.end,
            rate: Decimal {
                units: segment.rate.units,
                scale: segment.rate.scale,
            },
            base: segment.base,
            interest: segment.interest,
        }));
    Some(())
}

/// Payments of each claim, less what goes to costs that were due when they came in.
fn after_costs(owed: &[&Claim], costs: &[(Day, i64)], on: Day, through: bool) -> Vec<Vec<interest::Payment>> {
    let mut left: Vec<(Day, i64)> = costs.to_vec();
    let mut in_order: Vec<(Day, usize, i64)> = Vec::new();
    for (index, claim) in owed.iter().enumerate() {
        let known = claim.payments.iter().filter(|payment| payment.on <= on);
        in_order.extend(known.map(|payment| (payment.on, index, payment.amount)));
    }
    in_order.sort_unstable();
    let mut rest = vec![Vec::new(); owed.len()];
    for (day, index, amount) in in_order {
        let due = left.iter_mut().filter(|(from, _)| *from <= day);
        let amount = due.fold(amount, |amount, (_, cost)| {
            super::imputation::impute(amount, [cost])
        });
        if let Some(payments) = rest.get_mut(index) {
            payments.push(interest::Payment {
                from: if through { day + 1 } else { day },
                amount,
            });
        }
    }
    rest
}
