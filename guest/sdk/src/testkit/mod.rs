//! Builds cases for tests in a few lines. Natively only; a wrong date or amount panics.
//!
//! ```
//! use maan_policy::testkit::{case, eur};
//! let case = case("2026-10-05").consumer("NL").paid_on_time(12).invoice(|i| i.due("2026-10-01").open(eur("1210.00")));
//! assert_eq!(case.account.overdue, 121_000);
//! let view = case.workflow();
//! assert_eq!(view.items.len(), 1);
//! ```
#![expect(clippy::expect_used, reason = "a test with a wrong date must fail")]

mod case;
mod invoice;
mod views;

pub use case::{Case, case};
pub use invoice::Invoice;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::money::EUR;
use crate::types::{ClaimBasis, CompanySize, Context, Country, Creditor, Day, Minor};
use crate::{Money, country, day};

/// The day of an ISO date, such as "2026-10-01".
pub fn on(date: &str) -> Day {
    day::from_date(date.parse::<NaiveDate>().expect("a date such as 2026-10-01"))
}

/// Cents of an amount in euro, such as "1210.00".
pub fn eur(amount: &str) -> Minor {
    let amount = amount.parse::<Decimal>().expect("an amount such as 1210.00");
    Money::from_decimal(amount, EUR)
        .expect("an amount that fits")
        .minor
}

/// The number of a country's two letters.
pub fn country_of(letters: &str) -> Country {
    country::code(letters.as_bytes().try_into().expect("two letters such as NL"))
}

/// A small Dutch creditor with own claims in euro, who works on weekdays and has booked the bank through yesterday.
pub fn context(today: &str) -> Context {
    let today = on(today);
    Context {
        today,
        creditor: Creditor {
            country: country::NL,
            size: CompanySize::Small,
            deducts_vat: true,
            claims: ClaimBasis::OwnClaims,
            currency: EUR,
            bank_booked_through: Some(today - 1),
            non_working_days: (today - 60..today + 120)
                .filter(|&day| day::days_from_monday(day) > 4)
                .collect(),
        },
    }
}
