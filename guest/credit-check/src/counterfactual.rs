//! What would change the answer: how much less overdue, open or asked would make it an acceptance, confirmed by
//! giving the answer again.

use maan_policy::slots::CreditCase;
use maan_policy::types::{Day, Item, ItemKind, Minor, Reason, Verdict};
use maan_policy::{Money, reason};

use crate::settings::Terms;
use crate::verdict::Position;

/// The amount that would make it an acceptance, on conditions where nothing better can be had, with its reason; none
/// where no amount would.
pub(crate) fn less(
    terms: &Terms,
    today: Day,
    case: &CreditCase,
    position: &Position,
) -> Option<(Minor, Reason)> {
    let late = if position.late {
        late_amount(terms, today, case, position)
    } else {
        0
    };
    let amount = position
        .over()
        .max(late)
        .max(position.report_missing.unwrap_or(0));
    if amount <= 0 {
        return None;
    }
    let now = position.answer(terms).verdict;
    let code = match with_less(terms, today, case, position, amount)
        .answer(terms)
        .verdict
    {
        Verdict::AcceptOnConditions if now > Verdict::AcceptOnConditions => "would-accept.conditions",
        Verdict::Accept if amount <= position.overdue => "would-accept.overdue",
        Verdict::Accept if amount <= position.asked && late == 0 => "would-accept.asked",
        Verdict::Accept => "would-accept.exposure",
        _ => return None,
    };
    Some((amount, reason!(code, Money::new(amount, position.currency))))
}

/// The position with so much less, of which all that is late was paid.
fn with_less(terms: &Terms, today: Day, case: &CreditCase, position: &Position, less: Minor) -> Position {
    let mut left = less;
    let mut oldest = 0;
    for item in overdue(case, today) {
        let days = today.saturating_sub(item.due);
        if is_late(terms, days) && item.currency == position.currency && item.open <= left {
            left -= item.open;
        } else {
            oldest = oldest.max(days);
        }
    }
    Position {
        exposure: position.exposure.saturating_sub(less).max(0),
        after: position.after.saturating_sub(less),
        oldest,
        late: is_late(terms, oldest),
        report_missing: position
            .report_missing
            .map(|missing| missing.saturating_sub(less))
            .filter(|&missing| missing > 0),
        ..*position
    }
}

/// Whether days late are a reason for conditions.
pub(crate) fn is_late(terms: &Terms, days: i32) -> bool {
    terms.late_days > 0 && days > i32::from(terms.late_days)
}

fn late_amount(terms: &Terms, today: Day, case: &CreditCase, position: &Position) -> Minor {
    overdue(case, today)
        .filter(|item| item.currency == position.currency && is_late(terms, today.saturating_sub(item.due)))
        .fold(0, |sum: Minor, item| sum.saturating_add(item.open))
}

fn overdue(case: &CreditCase, today: Day) -> impl Iterator<Item = &Item> {
    case.items
        .iter()
        .filter(move |item| item.kind != ItemKind::CreditNote && item.open > 0 && item.due < today)
}
