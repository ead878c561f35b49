//! How a debtor pays: measured on the payments of the window and on what is overdue now.

use maan_policy::DaysLate;
use maan_policy::types::{Behaviour, Context, Day, Item, ItemKind, Minor, PerMille};

use crate::settings::Settings;

/// Half a year: the recent side of the trend.
const RECENT_DAYS: i32 = 182;
/// Fewer invoices than this on one side say nothing of a trend.
const TREND_INVOICES: u32 = 3;

/// What was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Payments {
    /// Invoices paid in the window.
    pub paid: u32,
    /// Invoices counted: paid in the window or overdue now.
    pub counted: u32,
    /// Of those, late beyond the grace.
    pub late: u32,
    /// Occasions on which one or more were late.
    pub misses: u32,
    /// Days late, weighted by amount; early counts as zero.
    pub delay: u32,
    /// Days by which what fell due in the last half year was later than before, open invoices included; negative is
    /// earlier.
    pub trend: i32,
    /// Paid in the last year, in the creditor's currency.
    pub turnover: Minor,
    /// Days since the oldest open item fell due; 0 where nothing is overdue.
    pub oldest: u32,
    /// Invoices overdue now, beyond the grace.
    pub overdue_now: u32,
}

impl Payments {
    /// Late among the counted, in thousandths.
    pub(crate) fn late_share(&self) -> PerMille {
        if self.counted == 0 {
            return 0;
        }
        PerMille::try_from(u64::from(self.late) * 1000 / u64::from(self.counted)).unwrap_or(1000)
    }
}

/// Distinct occasions among late due dates that come in rising order.
struct Misses {
    same_within: i32,
    last: Option<Day>,
    number: u32,
}

impl Misses {
    fn add(&mut self, due: Day) {
        if self
            .last
            .is_none_or(|last| due.saturating_sub(last) > self.same_within)
        {
            self.number += 1;
        }
        self.last = Some(self.last.map_or(due, |last| last.max(due)));
    }
}

/// Measures the payments of a debtor.
pub(crate) fn measure(
    settings: &Settings,
    context: &Context,
    behaviour: &Behaviour,
    items: &[Item],
) -> Payments {
    let today = context.today;
    let grace = i32::from(settings.grace_days);
    let start = today.saturating_sub(i32::from(settings.window_days));
    let mut result = Payments::default();
    let (mut recent, mut before) = (DaysLate::default(), DaysLate::default());
    let mut misses = Misses {
        same_within: i32::from(settings.same_miss_days),
        last: None,
        number: 0,
    };

    let history = behaviour.due.iter().zip(&behaviour.paid).zip(&behaviour.amount);
    for ((&due, &paid), &amount) in history {
        if due < start || due > today {
            continue;
        }
        let days = paid.saturating_sub(due);
        result.paid += 1;
        if days > grace {
            result.late += 1;
            misses.add(due);
        }
        if today.saturating_sub(due) <= RECENT_DAYS {
            recent.add(days, amount)
        } else {
            before.add(days, amount)
        }
        if today.saturating_sub(paid) <= 365 {
            result.turnover = result.turnover.saturating_add(amount.max(0));
        }
    }
    let overdue = items
        .iter()
        .filter(|item| item.kind != ItemKind::CreditNote && item.open > 0 && item.due < today);
    let mut late = Vec::new();
    for item in overdue {
        let days = today.saturating_sub(item.due);
        result.oldest = result.oldest.max(days.unsigned_abs());
        if days <= grace {
            continue;
        }
        result.overdue_now += 1;
        late.push(item.due);
        if item.currency == context.creditor.currency {
            if days <= RECENT_DAYS {
                recent.add(days, item.open)
            } else {
                before.add(days, item.open)
            }
        }
    }
    // As a rule they come by due date.
    late.sort_unstable();
    late.into_iter().for_each(|due| misses.add(due));
    result.late += result.overdue_now;
    result.counted = result.paid + result.overdue_now;
    result.misses = misses.number;
    result.delay = recent.and(before).mean();
    result.trend = recent.later_than(before, TREND_INVOICES).unwrap_or(0);
    result
}
