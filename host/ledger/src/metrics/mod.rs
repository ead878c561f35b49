//! Key figures of accounts receivable: what each is, how it is computed, and from where the definition comes.
//!
//! Sums are exact, in minor units; quotients are decimals of up to 28 digits. A quotient whose divisor is zero or negative has
//! no value and is `None`, never zero. Amounts of different currencies are refused, never added.

mod ageing;
mod delay;
mod dso;
mod forecast;
mod promises;

pub use ageing::{AGEING_LIMITS, Ageing, Bucket, ageing};
pub use delay::{ItemDelay, average_days_late};
pub use dso::{MonthSales, best_possible_dso, cei, dso_count_back, dso_simple, monthly_sales};
pub use forecast::{Delays, expected_within};
pub use promises::{KeptRate, promise_kept_rate};

use rust_decimal::Decimal;

/// A quotient of sums, none when the divisor is zero or negative or the result does not fit.
fn quotient(dividend: i128, divisor: i128) -> Option<Decimal> {
    if divisor <= 0 {
        return None;
    }
    let number = |value| Decimal::try_from_i128_with_scale(value, 0).ok();
    number(dividend)?.checked_div(number(divisor)?)
}
