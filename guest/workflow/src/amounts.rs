//! What is to be chased: open amounts less what is disputed or withheld, less what the debtor has to receive.

use maan_policy::slots::WorkflowCase;
use maan_policy::types::{Context, Currency, Day, ItemKind, Level, Minor};

use crate::flow::{Progress, bit};
use crate::settings::{RestCause, Settings};

/// Where an item stands today.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// To be chased, in the item's currency.
    pub chase: Minor,
    pub progress: Progress,
    /// Why it is not chased now.
    pub rest: Option<Rest>,
    /// What makes its next step due at once.
    pub hurried_by: Option<&'static str>,
}

/// Why an item is not chased now, and through which day, where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rest {
    pub why: &'static str,
    pub through: Option<Day>,
}

impl Standing {
    /// Lets the item rest; the longest rest counts.
    pub(crate) fn rest(&mut self, why: &'static str, through: Option<Day>) {
        let longer = |rest: Rest| match (rest.through, through) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(old), Some(new)) => new > old,
        };
        if self.rest.is_none_or(longer) {
            self.rest = Some(Rest { why, through });
        }
    }

    /// Makes the next step due since this day.
    pub(crate) fn hurry(&mut self, why: &'static str, since: Day) {
        if self.progress.hurry.is_none_or(|other| since > other) {
            self.progress.hurry = Some(since);
            self.hurried_by = Some(why);
        }
    }
}

/// The standing of every item, before what else may let it rest. Parallel to the case's items.
pub(crate) fn standings(settings: &Settings, context: &Context, case: &WorkflowCase) -> Vec<Standing> {
    let extension = case
        .in_force
        .extension_until
        .filter(|_| settings.rests(RestCause::Extended))
        .unwrap_or(Day::MIN);
    let mut standings: Vec<Standing> = case
        .items
        .iter()
        .map(|item| Standing {
            chase: if item.kind == ItemKind::CreditNote {
                0
            } else {
                item.open.max(0)
            },
            progress: Progress {
                due: item.due.max(extension),
                last: item.last_level,
                last_day: item.last_level_day,
                done: 0,
                deadline: None,
                hurry: None,
            },
            rest: None,
            hurried_by: None,
        })
        .collect();
    if settings.rests(RestCause::Disputed) {
        for dispute in case.disputes.iter().flatten() {
            take(&mut standings, dispute.item, dispute.amount, "disputed");
        }
    }
    if settings.rests(RestCause::Withheld) {
        for withheld in case.withheld.iter().flatten() {
            take(&mut standings, withheld.item, withheld.amount, "withheld");
        }
    }
    for done in &case.steps_done {
        let at = done.item as usize;
        if let (Some(standing), Some(item)) = (standings.get_mut(at), case.items.get(at))
            && done.level != Level::None
            && done.round == item.round
        {
            standing.progress.done |= bit(done.level);
            if done.level == item.last_level {
                standing.progress.deadline = standing.progress.deadline.max(done.deadline);
            }
        }
    }
    cover_all(settings, context.creditor.currency, case, &mut standings);
    tolerate(settings, case, &mut standings);
    standings
}

/// Credits, money that is not allocated and what we owe the same party, before anyone is reminded.
fn cover_all(settings: &Settings, home: Currency, case: &WorkflowCase, standings: &mut [Standing]) {
    let account = &case.account;
    if settings.rests(RestCause::Covered) {
        let money = account.credits.max(0).saturating_add(account.unallocated.max(0));
        cover(case, standings, home, money, "covered");
        let foreign = case
            .items
            .iter()
            .filter(|item| item.kind == ItemKind::CreditNote && item.currency != home);
        for credit in foreign {
            cover(
                case,
                standings,
                credit.currency,
                credit.open.saturating_neg().max(0),
                "covered",
            );
        }
    }
    if settings.rests(RestCause::SetOff) {
        cover(case, standings, home, account.payables.max(0), "set-off");
    }
}

/// What is left by rounding or bank charges is not chased.
fn tolerate(settings: &Settings, case: &WorkflowCase, standings: &mut [Standing]) {
    for (standing, item) in standings.iter_mut().zip(&case.items) {
        if (1..=settings.tolerance.minor(item.currency)).contains(&standing.chase) {
            standing.chase = 0;
            standing.rest("within-tolerance", None);
        }
    }
}

fn take(standings: &mut [Standing], item: u32, amount: Minor, why: &'static str) {
    if let Some(standing) = standings.get_mut(item as usize)
        && standing.chase > 0
    {
        standing.chase = standing.chase.saturating_sub(amount.max(0)).max(0);
        if standing.chase == 0 {
            standing.rest(why, None);
        }
    }
}

/// Takes an amount off the items of a currency, the oldest first.
fn cover(
    case: &WorkflowCase,
    standings: &mut [Standing],
    currency: Currency,
    amount: Minor,
    why: &'static str,
) {
    if amount == 0 {
        return;
    }
    let mut open: Vec<(Day, Minor, usize)> = case
        .items
        .iter()
        .zip(standings.iter())
        .enumerate()
        .filter(|(_, (item, standing))| item.currency == currency && standing.chase > 0)
        .map(|(at, (item, standing))| (item.due, standing.chase, at))
        .collect();
    open.sort_unstable();
    let mut left = amount;
    for (_, chase, at) in open {
        let taken = chase.min(left);
        left -= taken;
        if let Some(standing) = standings.get_mut(at) {
            standing.chase -= taken;
            if standing.chase == 0 {
                standing.rest(why, None);
            }
        }
        if left == 0 {
            break;
        }
    }
}

/// What is overdue and to be chased, in the creditor's currency. Items in other currencies are counted
/// by the host's sum, which is in the creditor's.
pub(crate) fn overdue(context: &Context, case: &WorkflowCase, standings: &[Standing]) -> Minor {
    let home = context.creditor.currency;
    let late = case
        .items
        .iter()
        .zip(standings)
        .filter(|(_, standing)| standing.chase > 0 && standing.progress.due < context.today);
    let mut sum: Minor = 0;
    let mut foreign = false;
    for (item, standing) in late {
        if item.currency == home {
            sum = sum.saturating_add(standing.chase)
        } else {
            foreign = true
        }
    }
    if foreign {
        sum = sum.max(
            case.account
                .overdue
                .saturating_sub(case.account.credits)
                .saturating_sub(case.account.unallocated),
        );
    }
    sum
}
