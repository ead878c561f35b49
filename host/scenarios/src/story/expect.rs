//! What must come of a story, and what must not.

use std::collections::BTreeMap;

use maan_ledger::Level;
use maan_policy_host::contract::{
    ActionKind, Automation, Channel, HandOverTo, HoldAdvice, Tone, Verdict, Willingness,
};
use serde::{Deserialize, Deserializer};

use super::read::{rest, take};
use super::{Amount, Date, Word};

/// What must be so on a day.
#[derive(Clone, Debug)]
pub(crate) struct Expect {
    pub(crate) on: Date,
    pub(crate) until: Option<Date>,
    pub(crate) who: Option<String>,
    /// As it stands in the file, for the account of a difference.
    pub(crate) told: String,
    pub(crate) what: Expected,
}

/// What is expected.
#[derive(Clone, Debug)]
pub(crate) enum Expected {
    Action(Box<ActionWanted>),
    Rest(RestWanted),
    NotChosen(NotChosenWanted),
    Segment(SegmentWanted),
    Credit(Box<CreditWanted>),
    Charges(ChargesWanted),
    Clause(TextWanted),
    Newsletter(TextWanted),
}

impl<'de> Deserialize<'de> for Expect {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut table = toml::Table::deserialize(d)?;
        let told = toml::Value::Table(table.clone()).to_string();
        let place = format!("the expectation {told}: ");
        let lacks = |field: &str| serde::de::Error::custom(format!("{place}lacks `{field}`"));
        let on = take(&mut table, "on", &place)?.ok_or_else(|| lacks("on"))?;
        let until = take(&mut table, "until", &place)?;
        let who = take(&mut table, "who", &place)?;
        let what = table
            .get("what")
            .and_then(|what| what.as_str())
            .map(str::to_owned);
        let what = what.ok_or_else(|| lacks("what"))?;
        let mut others = table.clone();
        others.remove("what");
        let what = match what.as_str() {
            "rest" => Expected::Rest(rest(others, &place)?),
            "not-chosen" => Expected::NotChosen(rest(others, &place)?),
            "segment" => Expected::Segment(rest(others, &place)?),
            "credit" => Expected::Credit(rest(others, &place)?),
            "charges" => Expected::Charges(rest(others, &place)?),
            "clause" => Expected::Clause(rest(others, &place)?),
            "newsletter" => Expected::Newsletter(rest(others, &place)?),
            _ => Expected::Action(rest(table, &place)?),
        };
        Ok(Self {
            on,
            until,
            who,
            told,
            what,
        })
    }
}

/// What must not happen between two days.
#[derive(Clone, Debug)]
pub(crate) struct Never {
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) who: Option<String>,
    pub(crate) told: String,
    pub(crate) action: ActionWanted,
}

impl<'de> Deserialize<'de> for Never {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut table = toml::Table::deserialize(d)?;
        let told = toml::Value::Table(table.clone()).to_string();
        let place = format!("never {told}: ");
        Ok(Self {
            from: take(&mut table, "from", &place)?,
            until: take(&mut table, "until", &place)?,
            who: take(&mut table, "who", &place)?,
            told,
            action: rest(table, &place)?,
        })
    }
}

/// What the guard must have said of an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum VerdictWanted {
    #[default]
    GoesOn,
    Allow,
    Amend,
    Veto,
    Stopped,
}

/// An action with what must be so of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ActionWanted {
    pub(crate) what: Option<Word<ActionKind>>,
    pub(crate) level: Option<Word<Level>>,
    pub(crate) items: Option<Vec<String>>,
    pub(crate) amount: Option<Amount>,
    pub(crate) channel: Option<Word<Channel>>,
    pub(crate) tone: Option<Word<Tone>>,
    pub(crate) automation: Option<Word<Automation>>,
    pub(crate) verdict: VerdictWanted,
    pub(crate) reasons: Vec<String>,
    pub(crate) text: Option<String>,
    pub(crate) deadline: Option<Date>,
    pub(crate) announces: Option<Word<maan_policy_host::contract::Level>>,
    pub(crate) earliest: Option<Date>,
    pub(crate) articles: Vec<String>,
    pub(crate) addressee: Option<String>,
    pub(crate) copy: Option<Word<Channel>>,
    pub(crate) phrases: Vec<String>,
    pub(crate) costs: Option<Amount>,
    pub(crate) interest: Option<Amount>,
    pub(crate) lump_sum: Option<Amount>,
    pub(crate) task: Option<String>,
    pub(crate) goal: Option<String>,
    pub(crate) questions: Vec<String>,
    pub(crate) most_instalments: Option<u16>,
    pub(crate) least_instalment: Option<Amount>,
    pub(crate) first_by: Option<Date>,
    pub(crate) extended_until: Option<Date>,
    pub(crate) discount: Option<u16>,
    pub(crate) discount_until: Option<Date>,
    pub(crate) to: Option<Word<HandOverTo>>,
    pub(crate) estimate: BTreeMap<String, Amount>,
    pub(crate) says: Vec<String>,
    pub(crate) by_hand: Option<bool>,
    pub(crate) joined: Option<bool>,
    pub(crate) done: Option<bool>,
}

/// Nothing goes on, and why.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RestWanted {
    pub(crate) reasons: Vec<String>,
    pub(crate) next_look: Option<Date>,
}

/// What was weighed and not chosen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct NotChosenWanted {
    pub(crate) kind: Option<Word<ActionKind>>,
    pub(crate) level: Option<Word<maan_policy_host::contract::Level>>,
    pub(crate) reasons: Vec<String>,
}

/// Who the debtor is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SegmentWanted {
    pub(crate) is: Option<String>,
    pub(crate) willingness: Option<Word<Willingness>>,
    pub(crate) traits: BTreeMap<String, String>,
    pub(crate) evidence: Vec<String>,
    pub(crate) reasons: Vec<String>,
    pub(crate) at_risk: Option<Amount>,
    pub(crate) confidence_from: Option<u16>,
    pub(crate) confidence_to: Option<u16>,
    pub(crate) above: Option<String>,
}

/// What the credit check is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Question {
    #[default]
    Review,
    Application,
    Quotation,
    Order,
    BeforeCall,
}

/// How much trust, on which terms.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CreditWanted {
    pub(crate) question: Question,
    pub(crate) asks: Option<Amount>,
    pub(crate) verdict: Option<Word<Verdict>>,
    pub(crate) advice_only: Option<bool>,
    pub(crate) limit: Option<Amount>,
    pub(crate) limit_from: Option<Amount>,
    pub(crate) limit_to: Option<Amount>,
    pub(crate) exposure: Option<Amount>,
    pub(crate) term_days: Option<u16>,
    pub(crate) prepayment: Option<u16>,
    pub(crate) hold: Option<Word<HoldAdvice>>,
    pub(crate) effective_on: Option<Date>,
    pub(crate) report_needed: Option<bool>,
    pub(crate) next_review: Option<Date>,
    pub(crate) counterfactual: Option<Amount>,
    pub(crate) reasons: Vec<String>,
}

/// What may be charged.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ChargesWanted {
    pub(crate) rate_kind: String,
    pub(crate) costs: Option<Amount>,
    pub(crate) interest: Option<Amount>,
    pub(crate) lump_sum: Option<Amount>,
    pub(crate) last_day: Option<Date>,
    pub(crate) law: Option<String>,
    pub(crate) articles: Vec<String>,
    pub(crate) reasons: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

/// What a text says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextWanted {
    pub(crate) language: String,
    #[serde(default)]
    pub(crate) segment: String,
    pub(crate) says: Vec<String>,
    #[serde(default)]
    pub(crate) says_not: Vec<String>,
}
