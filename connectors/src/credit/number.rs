//! Numbers of an answer, read exactly: a JSON number keeps the digits that were sent.

use maan_ledger::{Currency, Day, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// More is no limit that anybody advises: a hundred thousand million.
const LARGEST: i64 = 100_000_000_000;

/// A number that a service writes as a number or as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Number(String);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <Box<RawValue>>::deserialize(deserializer)?;
        let text = raw.get().trim().trim_matches('"');
        Ok(Self(text.chars().take(40).collect()))
    }
}

impl Number {
    /// Nothing was written.
    pub(super) fn is_absent(&self) -> bool {
        self.0.is_empty() || self.0 == "null"
    }

    /// The number, from `low` through `high`.
    pub(super) fn between(&self, low: i64, high: i64) -> Option<Decimal> {
        let number = Decimal::from_str_exact(&self.0).ok()?;
        (Decimal::from(low)..=Decimal::from(high))
            .contains(&number)
            .then_some(number)
    }

    /// An amount in whole currency units, from nothing up.
    pub(super) fn money(&self, currency: &str) -> Option<Money> {
        let currency = Currency::from_code(currency).ok()?;
        Money::rounded(self.between(0, LARGEST)?, currency).ok()
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Number {
    fn from(text: &str) -> Self {
        Self(text.trim().chars().take(40).collect())
    }
}

/// A day written as `2024-01-31`, `2024-01-31T…`, `20240131` or `31-01-2024`, of a year that can be.
pub(super) fn day(text: &str) -> Option<Day> {
    let text: String = text.trim().chars().take(10).collect();
    let read = |form| chrono::NaiveDate::parse_from_str(&text, form).ok();
    let compact = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() == 8;
    let date = match compact {
        true => read("%Y%m%d"),
        false => read("%Y-%m-%d").or_else(|| read("%d-%m-%Y")),
    };
    date.map(Day::from_date).filter(|day| day.is_plausible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_absurd_ones_are_none() {
        let read = |text: &str| serde_json::from_str::<Number>(text).unwrap();
        assert_eq!(
            read("12345.67").money("EUR"),
            Some(Money::new(1_234_567, Currency::EUR))
        );
        assert_eq!(
            read("\"5000\"").money("EUR"),
            Some(Money::new(500_000, Currency::EUR))
        );
        for absurd in [
            "-1",
            "1e400",
            "\"lots\"",
            "null",
            "{}",
            "999999999999999999999999",
        ] {
            assert_eq!(read(absurd).money("EUR"), None, "{absurd}");
        }
        assert_eq!(read("62").money("euros"), None);
    }

    #[test]
    fn days_are_read_in_the_forms_of_the_services() {
        for text in ["2024-01-31", "2024-01-31T10:00:00Z", "20240131", "31-01-2024"] {
            assert_eq!(
                day(text).map(|day| day.to_string()),
                Some("2024-01-31".into()),
                "{text}"
            );
        }
        for text in ["", "2024-13-01", "99999999", "soon", "0001-01-01"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
