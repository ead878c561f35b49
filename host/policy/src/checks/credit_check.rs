//! Checks of a credit decision.

use super::field::{Bounds, Checked, at_most, not_negative, per_mille, some};
use crate::contract::{Context, CreditCase, CreditDecision};

/// Longest term of payment, in days.
const TERM: u16 = 3_653;

pub(crate) fn credit_check(context: &Context, case: &CreditCase, decision: &mut CreditDecision) -> Checked {
    let bounds = Bounds::new(context, case.items.len());
    some(decision.limit.as_ref(), |limit| not_negative("limit", *limit))?;
    some(decision.term_days.as_ref(), |days| {
        at_most("term-days", *days, TERM, "days")
    })?;
    per_mille("prepayment-share", decision.prepayment_share)?;
    some(decision.effective_on.as_ref(), |day| {
        bounds.ahead("effective-on", *day)
    })?;
    bounds.ahead("next-review", decision.next_review)?;
    some(decision.counterfactual.as_ref(), |amount| {
        not_negative("counterfactual", *amount)
    })?;
    bounds.reasons("reasons", &decision.reasons)?;
    bounds.volume(decision, 1)
}
