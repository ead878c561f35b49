//! A story as it stands in its file.

mod expect;
mod fact;
mod people;
mod read;
mod value;

use maan_ledger::Day;
use maan_policy_host::contract::Slot;
use serde::Deserialize;

pub(crate) use expect::{
    ActionWanted, ChargesWanted, CreditWanted, Expect, Expected, Never, NotChosenWanted, Question,
    RestWanted, SegmentWanted, TextWanted, VerdictWanted,
};
pub(crate) use fact::{Fact, OrderIs, RegistersSay, What};
pub(crate) use people::{AgreementIs, CreditorIs, DebtorIs, RegistrationIs};
pub use read::{Located, ReadError, read_all};
pub(crate) use value::{Amount, Date, Word, Words};

/// A story.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Requirements that it shows.
    pub id: OneOrMore<String>,
    /// What it shows, in a line.
    pub title: String,
    /// What happens, in a few sentences.
    #[serde(default)]
    pub story: String,
    pub(crate) policy: OneOrMore<Word<Slot>>,
    pub(crate) preset: Option<String>,
    pub(crate) begin: Date,
    end: Option<Date>,
    #[serde(default = "yes")]
    pub(crate) approve: bool,
    #[serde(default = "yes")]
    pub(crate) people: bool,
    #[serde(default)]
    pub(crate) only: bool,
    #[serde(default)]
    pub(crate) creditor: CreditorIs,
    #[serde(default)]
    pub(crate) debtor: toml::Table,
    #[serde(default)]
    pub(crate) agreement: AgreementIs,
    #[serde(default)]
    pub(crate) other: Vec<Other>,
    #[serde(default)]
    pub(crate) settings: Vec<Change>,
    #[serde(default, rename = "fact")]
    pub(crate) facts: Vec<Fact>,
    #[serde(default, rename = "expect")]
    pub(crate) expects: Vec<Expect>,
    #[serde(default)]
    pub(crate) never: Vec<Never>,
    #[serde(default)]
    pub(crate) without: Vec<Without>,
    #[serde(default)]
    pub(crate) alike: Vec<Alike>,
}

/// One value or a list of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore<T> {
    /// One.
    One(T),
    /// Several.
    More(Vec<T>),
}

impl<T> OneOrMore<T> {
    /// All of them.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}

/// A change to the settings of a policy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    pub(crate) policy: Word<Slot>,
    pub(crate) preset: Option<String>,
    #[serde(default)]
    pub(crate) set: toml::Table,
    #[serde(default)]
    pub(crate) remove: Vec<String>,
}

/// A rule switched off: by settings, by what rests on it in the answers of the statute policy, or, where a reason is
/// the host's, by what the host stops for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Without {
    pub(crate) name: String,
    pub(crate) policy: Word<Slot>,
    pub(crate) preset: Option<String>,
    #[serde(default)]
    pub(crate) set: toml::Table,
    #[serde(default)]
    pub(crate) remove: Vec<String>,
    #[serde(default)]
    pub(crate) articles: Vec<String>,
    #[serde(default)]
    pub(crate) reasons: Vec<String>,
}

impl Without {
    /// The change of settings that switches the rule off, where there is one.
    pub(crate) fn change(&self) -> Option<Change> {
        let change = Change {
            policy: self.policy,
            preset: self.preset.clone(),
            set: self.set.clone(),
            remove: self.remove.clone(),
        };
        let any = change.preset.is_some() || !change.set.is_empty() || !change.remove.is_empty();
        any.then_some(change)
    }
}

/// The same debtor but for what must not matter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Alike {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) debtor: toml::Table,
    #[serde(default)]
    pub(crate) neighbours: bool,
}

/// Another debtor of the same business.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Other {
    pub(crate) called: String,
    #[serde(flatten)]
    pub(crate) debtor: toml::Table,
}

fn yes() -> bool {
    true
}

impl Story {
    /// The last day that is played.
    pub(crate) fn end(&self) -> Day {
        let named = self
            .expects
            .iter()
            .flat_map(|expect| [Some(expect.on), expect.until]);
        let never = self.never.iter().map(|never| never.until);
        let facts = self.facts.iter().map(|fact| Some(fact.on));
        let last = named.chain(never).chain(facts).flatten().max();
        self.end
            .or(last)
            .map_or(self.begin.0, |end| end.0.max(self.begin.0))
    }

    /// What is contradictory or missing in it, in words.
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.expects.is_empty() {
            problems.push("it expects nothing; a policy that does nothing would pass".to_owned());
        }
        if self.without.is_empty() {
            problems.push("it has no [[without]]: say how its rule is switched off".to_owned());
        }
        if self.id.as_slice().is_empty() || self.policy.as_slice().is_empty() {
            problems.push("`id` and `policy` need at least one entry each".to_owned());
        }
        for without in &self.without {
            let masks = !without.articles.is_empty() || !without.reasons.is_empty();
            if !masks && without.change().is_none() {
                problems.push(format!("[[without]] `{}` switches nothing off", without.name));
            }
            let of_law =
                !without.articles.is_empty() || without.reasons.iter().any(|code| !code.starts_with("host."));
            if of_law && without.policy.0 != Slot::Statute {
                let name = &without.name;
                problems.push(format!(
                    "[[without]] `{name}`: articles and reasons are taken out of the statute policy alone; switch \
                     another policy's rule off by its settings"
                ));
            }
        }
        let known = |who: &Option<String>| match who {
            None => true,
            Some(who) => self.other.iter().any(|other| other.called == *who),
        };
        let named = self.facts.iter().map(|fact| &fact.who);
        let named = named.chain(self.expects.iter().map(|expect| &expect.who));
        for stranger in named.filter(|who| !known(who)).flatten() {
            problems.push(format!(
                "`{stranger}` is not there; tell who that is with [[other]]"
            ));
        }
        let last = self.end();
        for expect in &self.expects {
            if expect.on < self.begin || expect.until.unwrap_or(expect.on).0 > last {
                problems.push(format!(
                    "{} is expected outside the days that are played",
                    expect.on.0
                ));
            }
        }
        problems
    }
}
