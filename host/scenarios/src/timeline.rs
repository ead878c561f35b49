//! What was played: the facts, decisions and actions of each day.

use maan_followup::{Guarded, Stopped};
use maan_ledger::{Day, Money};
use maan_policy_host::contract::{CreditDecision, Judgement, PlanOfAction, Segment};
use serde::Serialize;

/// What happened, line by line, and what the checks look at.
#[derive(Default)]
pub struct Timeline {
    /// Told to a person.
    pub lines: Vec<Line>,
    /// Names of the debtors; the first is empty.
    pub(crate) people: Vec<String>,
    pub(crate) actions: Vec<Seen>,
    pub(crate) decisions: Vec<DecidedOn>,
    /// Answers to what expectations ask, by their place in the story.
    pub(crate) answers: Vec<(usize, Asked)>,
}

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The day.
    pub day: Day,
    /// Another debtor than the one whose story it is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// What kind of line.
    pub mark: Mark,
    /// In words.
    pub text: String,
}

/// Kinds of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Something became known.
    Fact,
    /// The policies decided.
    Decided,
    /// An action goes on.
    Proposed,
    /// An action was stopped.
    Stopped,
    /// What became of an action.
    Became,
}

impl Mark {
    /// A sign for the margin.
    pub fn sign(self) -> char {
        match self {
            Self::Fact => '·',
            Self::Decided => '=',
            Self::Proposed => '→',
            Self::Stopped => '×',
            Self::Became => '✓',
        }
    }
}

/// An action as it was proposed, and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) who: usize,
    pub(crate) on: Day,
    pub(crate) guarded: Guarded,
    /// Numbers of its items.
    pub(crate) numbers: Vec<String>,
    pub(crate) amount: Money,
    /// It leaves in the message that was proposed before it.
    pub(crate) joined: bool,
    pub(crate) by_hand: bool,
    /// When it was done.
    pub(crate) done: Option<Day>,
    /// The words that left.
    pub(crate) words: Option<String>,
}

impl Seen {
    /// It was neither vetoed nor stopped by the host.
    pub(crate) fn goes_on(&self) -> bool {
        self.guarded.stopped.is_none()
    }

    /// The guard changed it.
    pub(crate) fn amended(&self) -> bool {
        let one = &self.guarded;
        let changed = one.charges.is_some() || one.addressee.is_some() || !one.phrases.is_empty();
        self.goes_on() && (changed || !one.articles.is_empty() || !one.reasons.is_empty())
    }

    /// Codes of the reasons of the workflow and of the guard.
    pub(crate) fn codes(&self) -> Vec<&str> {
        let stopped = match &self.guarded.stopped {
            Some(Stopped::Host(reason)) => Some(reason),
            _ => None,
        };
        let reasons = self.guarded.proposal.reasons.iter().chain(&self.guarded.reasons);
        reasons
            .chain(stopped)
            .map(|reason| reason.code.as_str())
            .collect()
    }
}

/// A decision about a debtor.
#[derive(Clone, Debug)]
pub(crate) struct DecidedOn {
    pub(crate) who: usize,
    pub(crate) on: Day,
    pub(crate) held: Option<String>,
    pub(crate) segment: Option<Segment>,
    pub(crate) credit: Option<CreditDecision>,
    pub(crate) plan: Option<PlanOfAction>,
    pub(crate) next_look: Option<Day>,
}

/// The answer to what an expectation asked.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    Credit(Result<CreditDecision, String>),
    Law(Result<Judgement, String>),
    Text(Result<String, String>),
}

impl Timeline {
    /// The latest decision about a debtor up to a day.
    pub(crate) fn decided(&self, who: usize, day: Day) -> Option<&DecidedOn> {
        let of = self.decisions.iter().rev();
        of.into_iter()
            .find(|decided| decided.who == who && decided.on <= day)
    }

    /// What became of the actions, without words: the same for all whom the policies must treat alike.
    pub(crate) fn projection(&self) -> Vec<String> {
        let of_main = self.actions.iter().filter(|seen| seen.who == 0);
        let actions = of_main.map(|seen| {
            let one = &seen.guarded;
            let proposal = &one.proposal;
            let charges = one.charges.as_ref().map(|charges| (charges.costs, charges.interest, charges.lump_sum));
            let stopped = match &one.stopped {
                None => "goes on".to_owned(),
                Some(Stopped::Law(veto)) => format!("vetoed until {:?}", veto.earliest.map(Day)),
                Some(Stopped::Host(reason)) => reason.code.clone(),
            };
            format!(
                "{}: {} {}, {} of {}, automation {:?}, between {} and {}, deadline {:?}, charges {charges:?}, {stopped}, done {:?}",
                seen.on,
                maan_followup::parts::kind_name(proposal.kind),
                maan_followup::level_name(one.level()),
                seen.amount,
                seen.numbers.join(" "),
                proposal.automation,
                Day(proposal.earliest),
                Day(proposal.latest),
                one.deadline(),
                seen.done,
            )
        });
        let decided = self.decisions.iter().filter(|decided| decided.who == 0);
        let decided = decided.map(|decided| {
            let segment = decided
                .segment
                .as_ref()
                .map(|segment| (&segment.key, segment.willingness));
            let credit = decided
                .credit
                .as_ref()
                .map(|credit| (credit.verdict, credit.limit, credit.hold));
            format!("{}: segment {segment:?}, credit {credit:?}", decided.on)
        });
        actions.chain(decided).collect()
    }
}
