//! Days, amounts and words of the contract as they stand in a story.

use maan_ledger::{Currency, Day, Level, Money, MoneyError};
use maan_policy_host::contract;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// A TOML date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date(pub(crate) Day);

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        // Within a fact or an expectation a date comes as text.
        let text = match toml::Value::deserialize(d)? {
            toml::Value::String(text) => text,
            other => other.to_string(),
        };
        let day = text.parse();
        day.map(Self)
            .map_err(|_| Error::custom(format!("`{text}` is no day; write it as 2026-04-03")))
    }
}

/// An amount: text such as `1210.00` in the currency of the books or `GBP 100.00`, or a whole number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Amount {
    Whole(i64),
    Text(String),
}

impl Amount {
    /// The amount, in the currency of the books where it names none.
    pub(crate) fn money(&self, home: Currency) -> Result<Money, MoneyError> {
        match self {
            Self::Whole(whole) => Money::parse(&whole.to_string(), home),
            Self::Text(text) if text.trim().contains(' ') => text.parse(),
            Self::Text(text) => Money::parse(text, home),
        }
    }
}

/// A word of the contract, in the contract's spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word<T>(pub(crate) T);

/// Words of the contract with their spelling.
pub(crate) trait Words: Copy + PartialEq + 'static {
    const WORDS: &'static [(&'static str, Self)];

    /// The spelling.
    fn spelt(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, word)| *word == self);
        found.map_or("?", |(spelling, _)| spelling)
    }
}

impl<'de, T: Words> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let found = T::WORDS.iter().find(|(spelling, _)| *spelling == text);
        found.map(|(_, word)| Self(*word)).ok_or_else(|| {
            let all: Vec<_> = T::WORDS.iter().map(|(spelling, _)| *spelling).collect();
            Error::custom(format!("`{text}` is none of {}", all.join(", ")))
        })
    }
}

macro_rules! words {
    ($($type:ty { $($variant:ident = $spelling:literal),+ $(,)? })+) => {
        $(impl Words for $type {
            const WORDS: &'static [(&'static str, Self)] = &[$(($spelling, <$type>::$variant)),+];
        })+
    };
}

words! {
    Level {
        None = "none", Notice1 = "notice-1", Notice2 = "notice-2", Notice3 = "notice-3", Reminder1 = "reminder-1",
        Reminder2 = "reminder-2", Reminder3 = "reminder-3", Call1 = "call-1", Call2 = "call-2",
        LastReminder = "last-reminder", FormalNotice = "formal-notice", HandOver = "hand-over",
        WriteOff = "write-off",
    }
    contract::Level {
        None = "none", Notice1 = "notice-1", Notice2 = "notice-2", Notice3 = "notice-3", Reminder1 = "reminder-1",
        Reminder2 = "reminder-2", Reminder3 = "reminder-3", Call1 = "call-1", Call2 = "call-2",
        LastReminder = "last-reminder", FormalNotice = "formal-notice", HandOver = "hand-over",
        WriteOff = "write-off",
    }
    contract::ActionKind {
        Message = "message", Call = "call", PlanOffer = "plan-offer", ExtensionOffer = "extension-offer",
        DiscountOffer = "discount-offer", Thanks = "thanks", CheckIn = "check-in",
        StatementOfAccount = "statement-of-account", Task = "task", OrderReport = "order-report",
        HandOver = "hand-over", WriteOff = "write-off",
    }
    contract::Channel {
        Email = "email", Letter = "letter", RegisteredLetter = "registered-letter", Sms = "sms",
        Whatsapp = "whatsapp", Phone = "phone", Portal = "portal", Bailiff = "bailiff",
    }
    contract::Tone {
        Understanding = "understanding", Friendly = "friendly", Neutral = "neutral", Firm = "firm",
    }
    contract::Automation { Automatic = "automatic", Approve = "approve", Person = "person" }
    contract::HandOverTo {
        Agency = "agency", SocialCollecting = "social-collecting", Bailiff = "bailiff", Court = "court",
    }
    contract::Willingness { Unknown = "unknown", Pays = "pays", Cannot = "cannot", WillNot = "will-not" }
    contract::Verdict {
        Accept = "accept", AcceptOnConditions = "accept-on-conditions", Review = "review", Decline = "decline",
    }
    contract::HoldAdvice { Keep = "keep", Hold = "hold", Release = "release" }
    contract::Slot {
        Segmentation = "segmentation", CreditCheck = "credit-check", Workflow = "workflow", Statute = "statute",
    }
}
