//! Exact money: minor units with their currency, checked when added.

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

use crate::types::{Currency, Failure, Minor, PerMille};

/// ISO 4217 numeric code of the euro.
pub const EUR: Currency = 978;

/// An amount in the minor unit of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units: cents for EUR.
    pub minor: Minor,
    /// ISO 4217 numeric code.
    pub currency: Currency,
}

/// Why an amount cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Two currencies in one sum; the codes.
    Currencies(Currency, Currency),
    /// Beyond what 64 bits hold.
    TooLarge,
}

impl std::fmt::Display for MoneyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Currencies(a, b) => write!(f, "amounts in currencies {a} and {b} cannot be added"),
            Self::TooLarge => f.write_str("an amount is too large to be counted"),
        }
    }
}

impl std::error::Error for MoneyError {}

impl From<MoneyError> for Failure {
    fn from(error: MoneyError) -> Self {
        Self {
            message: error.to_string(),
        }
    }
}

impl Money {
    /// An amount of minor units.
    pub const fn new(minor: Minor, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// The sum, in one currency.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Currencies(self.currency, other.currency));
        }
        add(self.minor, other.minor).map(|minor| Self { minor, ..self })
    }

    /// The difference, in one currency.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(Self {
            minor: other.minor.checked_neg().ok_or(MoneyError::TooLarge)?,
            ..other
        })
    }

    /// A share of it, rounded half away from zero.
    pub fn share(self, share: PerMille) -> Self {
        Self {
            minor: self::share(self.minor, share),
            ..self
        }
    }

    /// In major units: 12.34 for 1234 cents.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, minor_digits(self.currency))
    }

    /// From major units, rounded half away from zero to the minor unit.
    pub fn from_decimal(major: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let digits = minor_digits(currency);
        let scale = Decimal::from(10_i64.pow(digits));
        major
            .checked_mul(scale)
            .and_then(|minor| {
                minor
                    .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
                    .to_i64()
            })
            .map(|minor| Self { minor, currency })
            .ok_or(MoneyError::TooLarge)
    }
}

/// The sum of two amounts of one currency.
pub fn add(a: Minor, b: Minor) -> Result<Minor, MoneyError> {
    a.checked_add(b).ok_or(MoneyError::TooLarge)
}

/// The sum of amounts of one currency.
pub fn sum(amounts: impl IntoIterator<Item = Minor>) -> Result<Minor, MoneyError> {
    amounts.into_iter().try_fold(0, add)
}

/// A share of an amount, rounded half away from zero. A share above 1000 counts as the whole.
pub fn share(amount: Minor, share: PerMille) -> Minor {
    let product = i128::from(amount) * i128::from(share.min(1000));
    let rounded = (product + 500 * product.signum()) / 1000;
    Minor::try_from(rounded).unwrap_or(amount)
}

/// Digits after the point by ISO 4217: two, but for the currencies listed.
pub const fn minor_digits(currency: Currency) -> u32 {
    match currency {
        108 | 152 | 174 | 262 | 324 | 352 | 392 | 410 | 548 | 600 | 646 | 704 | 800 | 950 | 952 | 953 => 0,
        48 | 368 | 400 | 414 | 434 | 512 | 788 => 3,
        927 | 990 => 4,
        _ => 2,
    }
}

/// A number of the contract as a decimal; `None` beyond what a decimal holds.
pub fn decimal(number: crate::types::Decimal) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(number.units.into(), number.scale.into()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_of_two_currencies_are_never_added() {
        assert_eq!(
            Money::new(1, EUR).plus(Money::new(1, 826)),
            Err(MoneyError::Currencies(EUR, 826))
        );
    }

    #[test]
    fn a_sum_that_does_not_fit_is_an_error() {
        assert_eq!(
            Money::new(i64::MAX, EUR).plus(Money::new(1, EUR)),
            Err(MoneyError::TooLarge)
        );
        assert_eq!(
            Money::new(0, EUR).minus(Money::new(i64::MIN, EUR)),
            Err(MoneyError::TooLarge)
        );
    }

    #[test]
    fn a_share_rounds_half_away_from_zero() {
        assert_eq!(share(5, 100), 1);
        assert_eq!(share(-5, 100), -1);
        assert_eq!(share(4, 100), 0);
    }

    #[test]
    fn the_yen_has_no_minor_unit() {
        assert_eq!(
            Money::from_decimal(Decimal::new(1005, 1), 392),
            Ok(Money::new(101, 392))
        );
    }

    proptest! {
        #[test]
        fn major_units_and_back_lose_nothing(minor: i64, currency in prop::sample::select(vec![978_u16, 392, 48])) {
            let money = Money::new(minor, currency);
            prop_assert_eq!(Money::from_decimal(money.to_decimal(), currency), Ok(money));
        }

        #[test]
        fn a_share_never_exceeds_the_whole(amount: i64, per_mille: u16) {
            let part = share(amount, per_mille);
            prop_assert!(part.unsigned_abs() <= amount.unsigned_abs());
            prop_assert_eq!(share(amount, 1000), amount);
        }
    }
}
