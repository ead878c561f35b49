//! Credit check.

use super::{Rule, Ruled, Varied};
use crate::contract::{
    Context, CreditCase, CreditDecision, Debtor, HoldAdvice, Item, ItemKind, Level, Verdict,
};
use crate::slots::CreditCheck;

/// The amount by which more is overdue, in minor units.
const MORE: i64 = 123_400;

impl Ruled for CreditCheck {
    fn debtor(case: &mut CreditCase) -> &mut Debtor {
        &mut case.debtor
    }

    fn items(case: &CreditCase) -> &[Item] {
        &case.items
    }

    fn acts(outcome: &CreditDecision) -> bool {
        outcome.verdict != Verdict::Accept || outcome.limit.is_some() || outcome.hold != HoldAdvice::Keep
    }

    fn without_words(outcome: &mut CreditDecision) {
        outcome.reasons.clear();
    }

    fn own_rules() -> Vec<Rule<Self>> {
        vec![Rule {
            name: "more overdue never raises a limit",
            vary: more_overdue,
            broken: raised,
        }]
    }
}

/// One invoice more, overdue since forty days.
fn more_overdue(
    context: &Context,
    case: &CreditCase,
    outcome: &CreditDecision,
) -> Option<Varied<CreditCase>> {
    outcome.limit?;
    let mut case = case.clone();
    let due = context.today.saturating_sub(40);
    let invoice = Item {
        kind: ItemKind::Invoice,
        issued: due.saturating_sub(30),
        due,
        amount: MORE,
        open: MORE,
        currency: context.creditor.currency,
        last_level: Level::None,
        last_level_day: 0,
        round: 0,
    };
    let place = case.items.partition_point(|item| item.due <= due);
    case.items.insert(place, invoice);
    case.account.open = case.account.open.saturating_add(MORE);
    case.account.overdue = case.account.overdue.saturating_add(MORE);
    Some(Varied {
        case,
        how: format!("one invoice of {MORE} minor units more is overdue"),
        items: vec![],
    })
}

fn raised(_: &Varied<CreditCase>, before: &CreditDecision, now: &CreditDecision) -> Option<String> {
    match (before.limit, now.limit) {
        (Some(before), Some(now)) if now > before => Some(format!("the limit rises from {before} to {now}")),
        _ => None,
    }
}
