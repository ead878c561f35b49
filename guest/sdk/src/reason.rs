//! Reasons: a code that the manifest explains in words, with typed arguments.

use crate::money::Money;
use crate::types::{Amount, Argument, Decimal, Failure, Reason};

/// A reason with its arguments in order: `reason!("overdue", money, days(12))`.
#[macro_export]
macro_rules! reason {
    ($code:expr $(, $argument:expr)* $(,)?) => {
        $crate::types::Reason {
            code: ::std::string::String::from($code),
            arguments: ::std::vec![$($crate::types::Argument::from($argument)),*],
        }
    };
}

/// A day as an argument.
pub fn day(day: crate::types::Day) -> Argument {
    Argument::Day(day)
}

/// A share in per mille as an argument.
pub fn share(per_mille: crate::types::PerMille) -> Argument {
    Argument::Share(per_mille)
}

/// A reference to an item of the case as an argument.
pub fn item(index: usize) -> Argument {
    Argument::Item(u32::try_from(index).unwrap_or(u32::MAX))
}

/// A count or a number of days as an argument.
pub fn count(number: impl TryInto<i64>) -> Argument {
    Argument::Count(number.try_into().unwrap_or(i64::MAX))
}

impl From<Money> for Argument {
    fn from(money: Money) -> Self {
        Self::Amount(Amount {
            minor: money.minor,
            currency: money.currency,
        })
    }
}

impl From<Decimal> for Argument {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

/// A case that could not be decided, with words for who looks after the policy.
pub fn failure(message: impl Into<String>) -> Failure {
    Failure {
        message: message.into(),
    }
}

impl Reason {
    /// A reason without arguments.
    pub fn plain(code: &str) -> Self {
        Self {
            code: code.into(),
            arguments: Vec::new(),
        }
    }
}
