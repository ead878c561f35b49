//! How reliably a debtor pays: the share paid on time, by amount; what is overdue now counts as late.

use maan_policy::DaysLate;
use maan_policy::slots::CreditCase;
use maan_policy::types::{Context, ItemKind, Minor, PerMille};

use crate::settings::Reliability as Settings;

/// Half a year: what fell due since is compared with what fell due before.
const RECENT_DAYS: i32 = 182;
/// Fewer invoices than this on one side say nothing of a trend.
const TREND_INVOICES: u32 = 3;

/// Classes of reliability, the worst first. Unknown stands outside of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Unknown,
    Bad,
    Poor,
    Fair,
    Good,
}

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reliability {
    /// As it is when what is past its due date now is paid: known by then, where those payments are enough.
    pub class: Class,
    /// What it makes of a limit, in thousandths.
    pub worth: u16,
    /// Share on time, by amount.
    pub on_time: PerMille,
    /// Payments and overdue items counted.
    pub counted: u32,
    /// Paid in the last year, in the creditor's currency.
    pub turnover: Minor,
    /// Days since the oldest open item fell due.
    pub oldest: i32,
    /// Days since the oldest open instalment fell due.
    pub oldest_instalment: i32,
    /// By how many days what fell due in the last half year was later than before; negative is earlier.
    pub later: i32,
}

/// Measures a debtor's payments.
///
/// An overdue invoice counts as late with its whole amount, now and after it is paid: so paying it changes nothing
/// here, and more overdue never makes anyone more reliable.
pub(crate) fn measure(settings: &Settings, context: &Context, case: &CreditCase) -> Reliability {
    let today = context.today;
    let grace = i32::from(settings.grace_days);
    let start = today.saturating_sub(settings.window_days.into());
    let (mut in_time, mut all, mut paid_invoices) = (0_i128, 0_i128, 0_u32);
    let (mut recent, mut before) = (DaysLate::default(), DaysLate::default());
    let mut turnover: Minor = 0;
    let history = case
        .behaviour
        .due
        .iter()
        .zip(&case.behaviour.paid)
        .zip(&case.behaviour.amount);
    for ((&due, &paid), &amount) in history {
        if due < start || due > today || amount <= 0 {
            continue;
        }
        let late = paid.saturating_sub(due);
        paid_invoices += 1;
        all += i128::from(amount);
        if late <= grace {
            in_time += i128::from(amount);
        }
        if today.saturating_sub(due) <= RECENT_DAYS {
            recent.add(late, amount);
        } else {
            before.add(late, amount);
        }
        if today.saturating_sub(paid) <= 365 {
            turnover = turnover.saturating_add(amount);
        }
    }
    let (mut oldest, mut oldest_instalment) = (0, 0);
    let (mut past_due, mut overdue) = (0, 0);
    for item in case
        .items
        .iter()
        .filter(|item| item.kind != ItemKind::CreditNote && item.open > 0)
    {
        let late = today.saturating_sub(item.due);
        oldest = oldest.max(late);
        if item.kind == ItemKind::Instalment {
            oldest_instalment = oldest_instalment.max(late);
        }
        if late <= 0 || item.currency != context.creditor.currency {
            continue;
        }
        past_due += 1;
        if late > grace {
            overdue += 1;
            let amount = item.amount.max(item.open);
            all += i128::from(amount);
            if late <= RECENT_DAYS {
                recent.add(late, amount);
            } else {
                before.add(late, amount);
            }
        }
    }
    let on_time = if all == 0 {
        0
    } else {
        PerMille::try_from(in_time * 1000 / all).unwrap_or(1000)
    };
    let broken = case
        .behaviour
        .promises_broken
        .saturating_add(case.behaviour.returned_debits);
    let by_payment = lowered(
        class_of(settings, on_time),
        settings.broken > 0 && broken >= settings.broken,
    );
    let least = settings.least_payments.into();
    let class = if all > 0 && paid_invoices + past_due >= least {
        by_payment
    } else {
        Class::Unknown
    };
    // Too few payments tell nothing good; what is overdue tells something bad all the same.
    let worth = if paid_invoices >= least {
        worth(settings, by_payment)
    } else if overdue > 0 {
        settings.worth_unknown.min(worth(settings, by_payment))
    } else {
        settings.worth_unknown
    };
    Reliability {
        class,
        worth: if settings.counts { worth } else { 1000 },
        on_time,
        counted: paid_invoices + overdue,
        turnover,
        oldest,
        oldest_instalment,
        later: recent.later_than(before, TREND_INVOICES).unwrap_or(0),
    }
}

fn class_of(settings: &Settings, on_time: PerMille) -> Class {
    if on_time >= settings.good {
        Class::Good
    } else if on_time >= settings.fair {
        Class::Fair
    } else if on_time >= settings.poor {
        Class::Poor
    } else {
        Class::Bad
    }
}

fn lowered(class: Class, lower: bool) -> Class {
    match class {
        _ if !lower => class,
        Class::Good => Class::Fair,
        Class::Fair => Class::Poor,
        Class::Poor | Class::Bad => Class::Bad,
        Class::Unknown => Class::Unknown,
    }
}

/// What a class makes of a limit, in thousandths.
const fn worth(settings: &Settings, class: Class) -> u16 {
    match class {
        Class::Unknown => settings.worth_unknown,
        Class::Bad => settings.worth_bad,
        Class::Poor => settings.worth_poor,
        Class::Fair => settings.worth_fair,
        Class::Good => settings.worth_good,
    }
}

/// The code of a class in reasons.
pub(crate) const fn code(class: Class) -> &'static str {
    match class {
        Class::Unknown => "reliability.unknown",
        Class::Bad => "reliability.bad",
        Class::Poor => "reliability.poor",
        Class::Fair => "reliability.fair",
        Class::Good => "reliability.good",
    }
}
