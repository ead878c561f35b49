//! A date in settings: "2026-10-01".

use std::borrow::Cow;

use maan_policy::day;
use maan_policy::types::Day;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day that a setting names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub Day);

fn parse(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let mut number = |digits| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part)
    };
    let year = number(4)?.parse().ok()?;
    let (month, day_of_month) = (number(2)?.parse().ok()?, number(2)?.parse().ok()?);
    day::ymd(year, month, day_of_month)
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match day::to_date(self.0) {
            Some(date) => serializer.collect_str(&date),
            None => serializer.serialize_str(""),
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let unread = || de::Error::custom(format!("{text:?} is no date; write it as \"2026-10-01\""));
        parse(&text).map(Self).ok_or_else(unread)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date"})
    }
}
