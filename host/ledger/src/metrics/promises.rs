//! How promises are kept.

use rust_decimal::Decimal;

use super::quotient;
use crate::{Money, MoneyError, PromiseState};

/// Kept promises as a share of those that are decided, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct KeptRate {
    /// By number.
    pub by_count: Option<Decimal>,
    /// By amount promised.
    pub by_amount: Option<Decimal>,
}

/// Promise-kept rate: kept ÷ (kept + broken), by number and by amount, with no days of grace. Promises that are
/// open or were withdrawn count in neither. The *keep rate* of collection practice, the share of promises that is
/// honoured (Transformance, glossary: *Promise to pay*). None without a decided promise.
pub fn promise_kept_rate(
    promises: impl IntoIterator<Item = (PromiseState, Money)>,
) -> Result<KeptRate, MoneyError> {
    let (mut kept, mut decided) = ((0_i128, 0_i128), (0_i128, 0_i128));
    let mut currency = None;
    for (state, amount) in promises {
        let in_one = *currency.get_or_insert(amount.currency);
        if in_one != amount.currency {
            return Err(MoneyError::TwoCurrencies(in_one, amount.currency));
        }
        let minor = i128::from(amount.minor);
        if state == PromiseState::Kept {
            kept = (kept.0 + 1, kept.1 + minor);
        }
        if matches!(state, PromiseState::Kept | PromiseState::Broken) {
            decided = (decided.0 + 1, decided.1 + minor);
        }
    }
    Ok(KeptRate {
        by_count: quotient(kept.0, decided.0),
        by_amount: quotient(kept.1, decided.1),
    })
}
