//! How much is at stake now.

use maan_policy::money::{MoneyError, sum};
use maan_policy::types::{Account, Minor};

use crate::settings::Exposure;

/// The exposure, never below zero.
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
    let group = account.group_exposure.filter(|_| settings.group).unwrap_or(0);
    Ok(own.max(group).max(0))
}
