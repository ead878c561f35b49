//! Amounts in settings: major units as a string, such as "2500" or "12.50", of the creditor's currency.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::money::minor_digits;
use crate::types::{Currency, Minor};

/// Ten-thousandths of a major unit: no currency of ISO 4217 is finer.
const SCALE: i64 = 10_000;
const PATTERN: &str = r"^[0-9]{1,14}(\.[0-9]{1,4})?$";

/// An amount that a setting names, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct MajorAmount(i64);

impl MajorAmount {
    /// Whole major units.
    pub const fn whole(units: u32) -> Self {
        Self(units as i64 * SCALE)
    }

    /// In minor units of a currency, cut to them.
    pub const fn minor(self, currency: Currency) -> Minor {
        self.0 / 10_i64.pow(4 - minor_digits(currency))
    }

    fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits =
            |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, 14) || !digits(fraction, 4) {
            return None;
        }
        let pad = 10_i64.pow(4 - u32::try_from(fraction.len()).ok()?);
        Some(Self(
            whole.parse::<i64>().ok()? * SCALE + fraction.parse::<i64>().ok()? * pad,
        ))
    }
}

impl fmt::Display for MajorAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % SCALE {
            0 => write!(f, "{}", self.0 / SCALE),
            rest if rest % 100 == 0 => write!(f, "{}.{:02}", self.0 / SCALE, rest / 100),
            rest => write!(f, "{}.{rest:04}", self.0 / SCALE),
        }
    }
}

impl Serialize for MajorAmount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MajorAmount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom(format!(
                "'{text}' is no amount; write it as \"2500\" or \"12.50\""
            ))
        })
    }
}

impl JsonSchema for MajorAmount {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": PATTERN,
            "description": "Amount in the creditor's currency, such as \"12.50\"",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EUR;

    #[test]
    fn an_amount_is_read_exactly() {
        let amount = |text| MajorAmount::parse(text).map(|amount| amount.minor(EUR));
        assert_eq!(amount("2500"), Some(250_000));
        assert_eq!(amount("12.5"), Some(1_250));
        assert_eq!(amount("0.019"), Some(1));
        for wrong in ["", "-1", "1,5", ".5", "5.", "1e3", "123456789012345", "1.23456"] {
            assert_eq!(amount(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_amount_is_written_as_it_is_read() {
        for text in ["2500", "12.50", "0.0191"] {
            let amount: MajorAmount = serde_json::from_str(&format!("\"{text}\"")).unwrap();
            assert_eq!(serde_json::to_string(&amount).unwrap(), format!("\"{text}\""));
        }
    }

    #[test]
    fn the_yen_has_no_cents() {
        assert_eq!(MajorAmount::whole(100).minor(392), 100);
        assert_eq!(MajorAmount::whole(100).minor(48), 100_000);
    }
}
