//! How much is at stake now.

use maan_policy::money::{MoneyError, sum};
use maan_policy::types::{Account, Minor};

use crate::settings::Exposure;

/// The exposure, never below zero. Credits of the debtor lower what the debtor owes, not what the others of the group owe.
pub(crate) fn exposure(settings: &Exposure, account: &Account) -> Result<Minor, MoneyError> {
    let counted = |on: bool, amount: Minor| if on { amount } else { 0 };
    let own = sum([
        counted(settings.open, account.open),
        counted(settings.orders, account.orders),
        counted(settings.quotations, account.quotations),
        counted(settings.unbilled, account.unbilled),
        counted(settings.less_credits, account.credits.saturating_neg()),
        counted(settings.less_credits, account.unallocated.saturating_neg()),
        counted(settings.less_credits, account.prepayments.saturating_neg()),
    ])?;
    Ok(sum([own.max(0), others(settings, account)])?.max(0))
}

/// What the others of the debtor's group owe.
fn others(settings: &Exposure, account: &Account) -> Minor {
    let group = account.group_exposure.filter(|_| settings.group);
    group.map_or(0, |group| group.saturating_sub(account.open.max(0)).max(0))
}
