use std::ops::Deref;

use serde::{Deserialize, Deserializer};

use crate::mapping::Text;

/// A value of Tryton as text: amounts and days come as objects that name their class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Coded(Text);

impl Coded {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Coded {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.0
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Wire {
    Object(Object),
    Plain(Text),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Object {
    #[serde(rename = "__class__")]
    class: String,
    decimal: Text,
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    microsecond: u32,
}

impl<'de> Deserialize<'de> for Coded {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let object = match Wire::deserialize(d)? {
            Wire::Plain(text) => return Ok(Self(text)),
            Wire::Object(object) => object,
        };
        let date = format!("{:04}-{:02}-{:02}", object.year, object.month, object.day);
        match object.class.as_str() {
            "Decimal" => Ok(Self(object.decimal)),
            "date" => Ok(Self(date.as_str().into())),
            // the server counts in UTC
            "datetime" => {
                let (hour, minute, second) = (object.hour, object.minute, object.second);
                let stamp = format!(
                    "{date}T{hour:02}:{minute:02}:{second:02}.{:06}Z",
                    object.microsecond
                );
                Ok(Self(stamp.as_str().into()))
            }
            other => Err(serde::de::Error::custom(format!("a value of class `{other}`"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_class_are_text() {
        for (json, text) in [
            (r#"{"__class__": "Decimal", "decimal": "484.00"}"#, "484.00"),
            (
                r#"{"__class__": "date", "year": 2026, "month": 9, "day": 1}"#,
                "2026-09-01",
            ),
            (
                r#"{"__class__": "datetime", "year": 2026, "month": 11, "day": 28, "hour": 7, "minute": 16, "second": 5,
                    "microsecond": 970}"#,
                "2026-11-28T07:16:05.000970Z",
            ),
            ("null", ""),
            ("12", "12"),
            (r#"" x ""#, "x"),
        ] {
            assert_eq!(
                serde_json::from_str::<Coded>(json).unwrap().as_str(),
                text,
                "{json}"
            );
        }
        assert!(serde_json::from_str::<Coded>(r#"{"__class__": "bytes", "base64": ""}"#).is_err());
        assert!(serde_json::from_str::<Coded>(r#"{"__class__": "date", "year": -1}"#).is_err());
    }
}
