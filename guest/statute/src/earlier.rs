//! What earlier formal notices to a business named, so that one more names only what it adds.
//!
//! Neither art. 6:96 BW nor the laws of the neighbours say how several notices to one debtor add up. The lowest reading
//! is taken: a fixed sum that is counted once is named once, and a table is over all that was demanded together. Each
//! notice is answered as if it left alone, since the host lets one letter with legal effect leave a day.

use crate::calendar::Day;
use crate::charges::{Scope, demanded_through};
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::regime::LumpSum;
use maan_policy::types::{Level, StepDone};

/// What notices on other claims named. Amounts in minor units of the creditor's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// What was unpaid of those claims when they were demanded in vain; what is, where the notice still runs.
    pub unpaid: i64,
    /// The fixed sum.
    pub lump_sum: i64,
}

impl Named {
    /// Costs that were named, the fixed sum included, where a table gives them.
    pub fn by_table(&self, inquiry: &Inquiry, costs: fn(&Inquiry, i64) -> i64) -> i64 {
        costs(inquiry, self.unpaid).max(self.lump_sum)
    }
}

/// What formal notices sent by a day named on claims outside a scope; none where they named no costs.
pub fn named(inquiry: &Inquiry, claims: &[Claim], scope: Scope, on: Day) -> Option<Named> {
    let Scope::Open(items) = scope else { return None };
    let sum = inquiry.regime.lump_sum.filter(|sum| !sum.for_each)?;
    let others = claims
        .iter()
        .filter(|claim| !items.is_empty() && !items.contains(&claim.item))
        .filter(|claim| Scope::Everything.holds(claim));
    let (mut named, mut announced) = (Named::default(), false);
    for claim in others {
        let mut notices = notices(inquiry, claim, on).peekable();
        if notices.peek().is_none() {
            continue;
        }
        announced |= notices.any(|notice| notice.announced_costs > 0);
        add(&mut named, inquiry, &sum, claim);
    }
    announced.then_some(named)
}

fn add(named: &mut Named, inquiry: &Inquiry, sum: &LumpSum, claim: &Claim) {
    let unpaid = demanded_through(inquiry, claim, Day::MAX).map_or(0, |last| claim.unpaid_after(last));
    named.unpaid = named.unpaid.saturating_add(unpaid);
    let due = (sum.amount)(claim.unpaid_after(claim.due));
    named.lump_sum = named.lump_sum.max(due);
}

/// Formal notices on a claim in its running round.
fn notices<'a>(inquiry: &'a Inquiry, claim: &Claim, on: Day) -> impl Iterator<Item = &'a StepDone> {
    let (item, round) = (claim.item, claim.round);
    let steps = inquiry.case.steps_done.iter();
    steps.filter(move |step| {
        (step.item, step.round, step.level) == (item, round, Level::FormalNotice) && step.on <= on
    })
}
