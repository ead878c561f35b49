//! Exact money: whole minor units with their currency, checked when added.

use std::fmt;
use std::str::FromStr;

use minicbor::{CborLen, Decode, Encode};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// ISO 4217 numeric code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Currency(pub u16);

impl Currency {
    /// Euro.
    pub const EUR: Currency = Currency(978);
    /// Pound sterling.
    pub const GBP: Currency = Currency(826);

    /// The currency of a three-letter code.
    pub fn from_code(code: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(code)
            .map(|currency| Self(currency.numeric()))
            .ok_or_else(|| MoneyError::UnknownCurrency(code.chars().take(8).collect()))
    }

    /// The three-letter code, `XXX` for a number that ISO 4217 does not know.
    pub fn code(self) -> &'static str {
        iso_currency::Currency::from_numeric(self.0).map_or("XXX", |currency| currency.code())
    }

    /// Digits behind the decimal sign: 2 for EUR, 0 for JPY.
    pub fn exponent(self) -> u32 {
        iso_currency::Currency::from_numeric(self.0)
            .and_then(|currency| currency.exponent())
            .map_or(2, u32::from)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::from_code(&String::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}

/// An amount in the minor unit of its currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, CborLen)]
pub struct Money {
    /// Whole minor units, cents for EUR.
    #[n(0)]
    pub minor: i64,
    /// The currency.
    #[n(1)]
    pub currency: Currency,
}

impl Money {
    /// An amount in minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads a decimal amount such as `1210.00`; more digits than the currency has are refused, not rounded.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let amount = Decimal::from_str_exact(text.trim())
            .map_err(|_| MoneyError::NotAnAmount(text.chars().take(32).collect()))?;
        Self::from_decimal(amount, currency)
    }

    /// The amount of a decimal number; more digits than the currency has are refused, not rounded.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let scaled = amount
            .checked_mul(Decimal::from(10_i64.pow(currency.exponent())))
            .ok_or(MoneyError::TooLarge)?;
        if !scaled.fract().is_zero() {
            return Err(MoneyError::TooPrecise(amount, currency));
        }
        i64::try_from(scaled)
            .map(|minor| Self::new(minor, currency))
            .map_err(|_| MoneyError::TooLarge)
    }

    /// The amount nearest to a decimal number, halves away from zero as commercial rounding does.
    pub fn rounded(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let strategy = RoundingStrategy::MidpointAwayFromZero;
        Self::from_decimal(
            amount.round_dp_with_strategy(currency.exponent(), strategy),
            currency,
        )
    }

    /// The amount as a decimal number in whole currency units.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }

    /// The sum, when both are in one currency and it fits.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self::new(minor, self.currency))
    }

    /// The difference, when both are in one currency and it fits.
    pub fn minus(self, other: Money) -> Result<Money, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self::new(minor, self.currency))
    }

    pub(crate) fn same_currency(self, other: Money) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::TwoCurrencies(self.currency, other.currency))
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.decimal())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    /// Reads `EUR 1210.00`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (code, amount) = text
            .trim()
            .split_once(' ')
            .ok_or_else(|| MoneyError::NotAnAmount(text.chars().take(32).collect()))?;
        Self::parse(amount, Currency::from_code(code)?)
    }
}

/// What can be wrong with an amount.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Not a decimal number.
    #[error("`{0}` is not an amount; write it as 1210.00")]
    NotAnAmount(String),
    /// More digits than the currency has.
    #[error("{0} has more digits than {1} allows; round it first")]
    TooPrecise(Decimal, Currency),
    /// Beyond what 64 bits of minor units hold.
    #[error("an amount is too large to be kept")]
    TooLarge,
    /// Adding different currencies.
    #[error("amounts in {0} and {1} cannot be added; convert one first")]
    TwoCurrencies(Currency, Currency),
    /// A code that ISO 4217 does not have.
    #[error("`{0}` is not a currency of ISO 4217")]
    UnknownCurrency(String),
}
