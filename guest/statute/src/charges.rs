//! What may be charged as at a day.
//!
//! Charges are what has accrued, paid or not: what the debtor owes is the open amount by the books plus the
//! charges. Part-payments are imputed as the law says, which shows in the bases of the interest.

use crate::calendar::Day;
use crate::claims::Claim;
use crate::earlier::{self, Named};
use crate::inquiry::Inquiry;
use crate::interest::{self, Accrual};
use crate::law::Law;
use crate::letters::sent::{Letters, Standing};
use crate::lump_sum;
use crate::rate_choice::{self, Running};
use crate::start;
use crate::verdict::{articles, no_charges};
use maan_policy::Money;
use maan_policy::reason;
use maan_policy::reason::{day, failure};
use maan_policy::slots::{Charges, InterestSegment};
use maan_policy::types::{Decimal, Failure, ItemIndex, Level, Reason};

/// Which claims are asked about.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// All, also what was paid in full by the books.
    Everything,
    /// What is open of these items, or of all when there are none.
    Open(&'a [ItemIndex]),
}

impl Scope<'_> {
    /// Whether a claim is asked about.
    pub fn holds(self, claim: &Claim) -> bool {
        match self {
            Self::Everything => claim.open > 0 || claim.is_paid(),
            Self::Open(items) => claim.open > 0 && (items.is_empty() || items.contains(&claim.item)),
        }
    }
}

/// Charges and what must be said beside them.
#[derive(Debug)]
pub struct Assessment {
    /// The charges.
    pub charges: Charges,
    /// Where a weak rule was taken at its lowest.
    pub warnings: Vec<Reason>,
}

/// Costs that are due, each with the first day on which they are.
#[derive(Default)]
struct Costs {
    lump_sums: Vec<(Day, i64)>,
    further: Vec<(Day, i64)>,
    /// What earlier notices on other claims named.
    named: Option<Named>,
}

impl Costs {
    fn all(&self) -> Vec<(Day, i64)> {
        [&self.lump_sums[..], &self.further[..]].concat()
    }
}

/// The charges as at a day on the overdue claims of a scope. `claims` are all of them, since letters are judged by
/// all that they were about.
pub fn assess(inquiry: &Inquiry, claims: &[Claim], scope: Scope, on: Day) -> Result<Assessment, Failure> {
    let mut warnings = Vec::new();
    if let Law::Uncovered(_) = inquiry.law {
        let charges = no_charges(inquiry.regime.costs, inquiry.no_costs());
        return Ok(Assessment { charges, warnings });
    }
    let on = match inquiry.stop {
        Some(stop) => on.min(stop.accrues_until),
        None => on,
    };
    let asked = claims.iter().filter(|claim| scope.holds(claim));
    let owed: Vec<&Claim> = asked.filter(|claim| claim.due < on).collect();
    let letters = Letters::of(inquiry, claims, on);
    let named = earlier::named(inquiry, claims, scope, on);
    let costs = costs(inquiry, &letters, &owed, named, on, &mut warnings);
    let all = costs.all();
    if owed.is_empty() && all.is_empty() {
        let deferred = inquiry.consumer && inquiry.case.plans.is_some();
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
    if all.is_empty() && costs_unclaimed(inquiry).is_none() {
        charges
            .reasons
            .extend(owed.iter().find_map(|claim| defect_on(&letters, claim, on)));
    }
    if !inquiry.settings.interest {
        charges.reasons.push(reason!("interest-not-claimed"));
    } else {
        match rate_choice::running(inquiry, inquiry.regime, &mut warnings)? {
            None => charges.reasons.push(reason!("no-interest")),
            Some(running) => add_interest(inquiry, &running, &letters, &owed, &all, on, &mut charges)?,
        }
    }
    if let Some(stop) = inquiry.stop {
        charges
            .reasons
            .push(reason!("charges-stopped", day(stop.accrues_until)));
    }
    warnings.extend(inquiry.regime.warnings.iter().map(|code| reason!(*code)));
    Ok(Assessment { charges, warnings })
}

fn costs(
    inquiry: &Inquiry,
    letters: &Letters,
    owed: &[&Claim],
    named: Option<Named>,
    on: Day,
    warnings: &mut Vec<Reason>,
) -> Costs {
    if costs_unclaimed(inquiry).is_some() {
        return Costs::default();
    }
    let regime = inquiry.regime;
    let lump_sums = match regime.lump_sum {
        Some(sum) if named.is_none() => lump_sum::due(inquiry, &sum, owed, warnings),
        _ => Vec::new(),
    };
    let mut further = letters.costs_due(inquiry, owed, on);
    if let Some(costs) = regime.demand_costs {
        let before = named.unwrap_or(Named {
            unpaid: 0,
            lump_sum: total(&lump_sums),
        });
        further.extend(after_demands(inquiry, costs, owed, before, on));
    }
    Costs {
        lump_sums,
        further,
        named,
    }
}

/// Costs above the fixed sum, over what was unpaid of each claim when its first formal demand ran out. A claim that
/// was never demanded bears none; one that was demanded later adds what it adds to the costs over all, those of
/// before included.
fn after_demands(
    inquiry: &Inquiry,
    costs: fn(&Inquiry, i64) -> i64,
    owed: &[&Claim],
    before: Named,
    on: Day,
) -> Vec<(Day, i64)> {
    let demanded = owed.iter().filter_map(|claim| {
        let last = demanded_through(inquiry, claim, on)?;
        Some((last, claim.unpaid_after(last)))
    });
    let mut demanded: Vec<(Day, i64)> = demanded.collect();
    demanded.sort_unstable();
    let (mut unpaid, mut so_far) = (before.unpaid, before.by_table(inquiry, costs));
    let due = demanded.into_iter().map(|(last, part)| {
        unpaid = unpaid.saturating_add(part);
        let above = (costs(inquiry, unpaid) - so_far).max(0);
        so_far += above;
        (last + 1, above)
    });
    due.collect()
}

/// The last day of the first formal demand of a claim that has passed. One reminder alone makes no further costs
/// reasonable.
pub fn demanded_through(inquiry: &Inquiry, claim: &Claim, on: Day) -> Option<Day> {
    let demands = inquiry.case.steps_done.iter().filter(|step| {
        let formal = matches!(step.level, Level::LastReminder | Level::FormalNotice);
        formal && step.item == claim.item && step.round == claim.round
    });
    demands.map(start::ran_out).filter(|last| *last < on).min()
}

/// Why the letter that was sent on a claim makes no costs due.
pub fn defect_on(letters: &Letters, claim: &Claim, on: Day) -> Option<Reason> {
    match letters.standing(claim, on)? {
        Standing::Void(defect) => Some(defect.reason()),
        _ => None,
    }
}

/// Why no costs are claimed at all, where that is so.
pub fn costs_unclaimed(inquiry: &Inquiry) -> Option<Reason> {
    let regime = inquiry.regime;
    if !inquiry.settings.collection_costs {
        return Some(reason!("costs-not-claimed"));
    }
    if let Some(rule) = regime.letter {
        return (rule.unclaimed)(inquiry);
    }
    match regime.lump_sum {
        Some(sum) if sum.currency != inquiry.currency() => Some(reason!("costs-in-other-currency")),
        _ => None,
    }
}

fn total(costs: &[(Day, i64)]) -> i64 {
    costs
        .iter()
        .fold(0i64, |sum, (_, part)| sum.saturating_add(*part))
}

/// The costs in a sum, with why.
fn explained_costs(inquiry: &Inquiry, costs: &Costs) -> Charges {
    let regime = inquiry.regime;
    let (lump_sum, further) = (total(&costs.lump_sums), total(&costs.further));
    let money = |minor| Money::new(minor, inquiry.currency());
    let both = lump_sum.saturating_add(further);
    let mut charges = match (costs_unclaimed(inquiry), regime.letter, regime.lump_sum) {
        (Some(reason), _, _) => no_charges(regime.costs, reason),
        (None, Some(rule), _) if further == 0 => no_charges(rule.letter, reason!("no-costs-before-letter")),
        (None, Some(rule), _) => {
            let mut charges = no_charges(rule.letter, reason!("costs-after-letter", money(further)));
            charges.articles.extend(articles(rule.amount));
            charges
        }
        (None, None, Some(sum)) if costs.named.is_some() => {
            no_charges(sum.sources, reason!("lump-sum-named"))
        }
        (None, None, Some(_)) if further > 0 => {
            no_charges(regime.costs, reason!("costs-by-table", money(both)))
        }
        (None, None, Some(sum)) => no_charges(sum.sources, reason!("lump-sum", money(lump_sum))),
        (None, None, None) => no_charges(regime.costs, inquiry.no_costs()),
    };
    (charges.lump_sum, charges.costs) = (lump_sum, further);
    charges
}

fn add_interest(
    inquiry: &Inquiry,
    running: &Running,
    letters: &Letters,
    owed: &[&Claim],
    costs: &[(Day, i64)],
    on: Day,
    charges: &mut Charges,
) -> Result<(), Failure> {
    let interest = running.interest;
    let mut end = if interest.through_payment { on + 1 } else { on };
    if let Some(stop) = inquiry.stop {
        end = end.min(stop.accrues_until);
    }
    if inquiry.consumer && end > interest.verified_through + 1 {
        end = interest.verified_through + 1;
        let reason = reason!("interest-unverified", day(interest.verified_through));
        charges.reasons.push(reason);
    }
    let costs = if inquiry.regime.costs_first { costs } else { &[] };
    for (claim, payments) in owed
        .iter()
        .zip(after_costs(owed, costs, interest.through_payment))
    {
        let Some(start) = start::of(inquiry, interest.start, letters, claim, on) else {
            continue;
        };
        let too_large = || {
            failure(format!(
                "interest on item {} is too large to be counted",
                claim.item
            ))
        };
        let accrual = interest::accrue(
            claim.original(),
            start,
            end,
            &payments,
            running.rate,
            interest.method,
        );
        add(charges, claim, accrual.ok_or_else(too_large)?).ok_or_else(too_large)?;
    }
    let sum = Money::new(charges.interest, inquiry.currency());
    charges.reasons.push(if charges.segments.is_empty() {
        reason!("no-interest-yet")
    } else {
        reason!(running.code, sum)
    });
    charges.articles.extend(articles(running.sources));
    if owed.iter().any(|claim| !claim.payments.is_empty()) {
        let code = match (inquiry.regime.costs_first, interest.method.order) {
            (true, _) => "payments-imputed",
            (false, interest::Order::InterestFirst) => "payments-to-interest",
            (false, interest::Order::PrincipalFirst) => "payments-to-principal",
        };
        charges.reasons.push(reason!(code));
        charges.articles.extend(articles(inquiry.regime.imputation));
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

/// Payments of each claim, less what goes to costs that were due when they came in. Those that came in after the
/// day asked lower nothing, since interest ends before them.
fn after_costs(owed: &[&Claim], costs: &[(Day, i64)], through: bool) -> Vec<Vec<interest::Payment>> {
    let mut left: Vec<(Day, i64)> = costs.to_vec();
    let mut in_order: Vec<(Day, usize, i64)> = Vec::new();
    for (index, claim) in owed.iter().enumerate() {
        let payments = claim.payments.iter();
        in_order.extend(payments.map(|payment| (payment.on, index, payment.amount)));
    }
    in_order.sort_unstable();
    let mut rest = vec![Vec::new(); owed.len()];
    for (day, index, amount) in in_order {
        let due = left.iter_mut().filter(|(from, _)| *from <= day);
        let amount = due.fold(amount, |amount, (_, cost)| {
            crate::imputation::impute(amount, [cost])
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
