//! How late items are paid.

use rust_decimal::Decimal;

use super::quotient;
use crate::{Day, Item, Money, MoneyError};

/// An item, paid in full or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemDelay {
    /// Last day to pay.
    pub due: Day,
    /// Day of payment in full.
    pub paid: Option<Day>,
    /// Amount of the item when it is paid, else what is open of it.
    pub amount: Money,
}

impl ItemDelay {
    /// What an item contributes; none for one that was mostly credited or written off, and for credit notes.
    pub fn of(item: &Item<'_>) -> Option<Self> {
        let due = item.described.due;
        match item.paid_on {
            Some(_) => Some(Self {
                due,
                paid: item.paid_on,
                amount: item.described.amount,
            }),
            None => (item.open.minor > 0).then_some(Self {
                due,
                paid: None,
                amount: item.open,
            }),
        }
    }
}

/// Average days late, weighted by amount:
///
/// ```text
/// Σ amount × days late ÷ Σ amount
/// days late = paid − due when paid in full, and as_of − due when open and overdue
/// ```
///
/// Early payments count with negative days, open items that are not due yet not at all. Open overdue items are
/// counted with the days so far, because an average of paid items alone looks better the longer the worst do not
/// pay. Weighting by amount is that of *Weighted Average Days Late* in Oracle Fusion Financials, which counts
/// closed items only. None without any amount.
pub fn average_days_late(
    as_of: Day,
    items: impl IntoIterator<Item = ItemDelay>,
) -> Result<Option<Decimal>, MoneyError> {
    let (mut weighted, mut total, mut currency) = (0_i128, 0_i128, None);
    for item in items {
        let in_one = *currency.get_or_insert(item.amount.currency);
        if in_one != item.amount.currency {
            return Err(MoneyError::TwoCurrencies(in_one, item.amount.currency));
        }
        let late = match item.paid {
            Some(paid) => paid.since(item.due),
            None if item.due < as_of => as_of.since(item.due),
            None => continue,
        };
        weighted += i128::from(item.amount.minor) * i128::from(late);
        total += i128::from(item.amount.minor);
    }
    Ok(quotient(weighted, total))
}
