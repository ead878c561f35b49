//! Values as Odoo writes them.

use std::ops::Deref;

use chrono::NaiveDateTime;
use maan_ledger::Moment;
use serde::{Deserialize, Deserializer};

use crate::mapping::Text;

/// A text or number; what is empty comes as `false`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word(Text);

impl Word {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Word {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.0
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WireWord {
    Flag(bool),
    Text(Text),
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(match WireWord::deserialize(d)? {
            WireWord::Flag(false) => Self::default(),
            WireWord::Flag(true) => Self("true".into()),
            WireWord::Text(text) => Self(text),
        })
    }
}

/// A record that another refers to: its id and name; both are empty when there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) id: Text,
    pub(super) name: Text,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WireLink {
    Pair(Text, Text),
    Nothing(Option<bool>),
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        match WireLink::deserialize(d)? {
            WireLink::Pair(id, name) => Ok(Self { id, name }),
            WireLink::Nothing(Some(true)) => Err(serde::de::Error::custom("a record that is `true`")),
            WireLink::Nothing(_) => Ok(Self::default()),
        }
    }
}

/// A stamp such as `2026-11-28 07:16:55`, in UTC without saying so.
pub(super) fn stamp(text: &str) -> Option<Moment> {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok()?;
    Some(Moment::from_utc(naive.and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_false() {
        let word = |json: &str| serde_json::from_str::<Word>(json).unwrap().to_string();
        assert_eq!(
            [word("false"), word("null"), word("\" a \""), word("12.5")],
            ["", "", "a", "12.5"]
        );
        let link = |json: &str| serde_json::from_str::<Link>(json);
        assert_eq!(link("false").unwrap(), Link::default());
        let both = link("[7, \"EUR\"]").unwrap();
        assert_eq!((&*both.id, &*both.name), ("7", "EUR"));
        assert!(link("\"EUR\"").is_err());
    }

    #[test]
    fn stamps_are_in_utc() {
        assert_eq!(stamp("2018-10-20 00:00:00"), Some(Moment(1_539_993_600_000_000)));
        assert_eq!(stamp("2018-10-20"), None);
    }
}
