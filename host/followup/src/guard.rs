//! What became of a proposal after the statute policy and the host's own rules looked at it.

mod join;
mod rules;
mod texts;
mod work;

use maan_ledger::{Day, ItemId, Level, Snapshot};
use maan_policy_host::contract::{
    ActionKind, Amendment, Answer, Argument, Article, Automation, Channel, Charges, Judgement, Proposal,
    Reason, Veto,
};
use serde::{Deserialize, Serialize};

use self::texts::retitled;
use crate::views::{self, channel, level_of};

pub(crate) use self::join::may_join;
use self::rules::is_notice;
pub(crate) use self::rules::{distress, host_rule, passes};
pub(crate) use self::texts::text_of;

/// A proposal that was judged: what is left of it, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guarded {
    /// The proposal as the law lets it stand.
    pub proposal: Proposal,
    /// Items that it is about, parallel to the proposal's indices.
    pub items: Vec<ItemId>,
    /// Charges that the text may name.
    pub charges: Option<Charges>,
    /// Phrases that the law requires, code and wording.
    pub phrases: Vec<(String, String)>,
    /// Role that must be addressed, where the law says so.
    pub addressee: Option<String>,
    /// Channel that the debtor prefers and that gets a copy, where the law moved the action to another.
    #[serde(default)]
    pub copy: Option<Channel>,
    /// Articles on which the changes rest.
    pub articles: Vec<Article>,
    /// Why it was changed.
    pub reasons: Vec<Reason>,
    /// Why it does not go on, where it does not.
    pub stopped: Option<Stopped>,
    /// What leaves in the same message, the highest level first: each with its own items, last day and reasons, as it
    /// was judged. No two parts of a message share a level or an item.
    #[serde(default)]
    pub also: Vec<Guarded>,
}

/// Why a proposal does not go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stopped {
    /// The statute policy vetoed it.
    Law(Veto),
    /// A rule of the host that no policy can change, as a code.
    Host(Reason),
}

/// Puts each proposal beside the answer to it. Fewer answers than proposals cannot come: the host of the
/// policies refuses such a judgement. `rejected` says of which proposals a person rejected the action.
pub(crate) fn judge(
    snapshot: &Snapshot<'_>,
    ids: &[ItemId],
    proposals: Vec<Proposal>,
    judgement: &Judgement,
    rejected: impl Fn(&Guarded) -> bool,
) -> Vec<Guarded> {
    let answers = judgement.answers.iter().cloned();
    let judged = proposals
        .into_iter()
        .zip(answers)
        .map(|(proposal, answer)| apply(ids, proposal, answer));
    let mut guarded: Vec<Guarded> = judged.collect();
    for one in &mut guarded {
        if one.stopped.is_none() {
            one.stopped = host_rule(snapshot, one).map(Stopped::Host);
        }
    }
    join::one_conversation(snapshot, &mut guarded, rejected);
    work::in_measure(&mut guarded);
    guarded
}

/// Applies one answer to the proposal that it answers.
pub(crate) fn apply(ids: &[ItemId], mut proposal: Proposal, answer: Answer) -> Guarded {
    let items = proposal
        .items
        .iter()
        .filter_map(|index| ids.get(*index as usize).copied())
        .collect();
    let mut guarded = match answer {
        Answer::Allow => bare(proposal),
        Answer::Amend(amendment) => {
            let copy = copied(&proposal, &amendment);
            amend(&mut proposal, &amendment);
            Guarded {
                copy,
                charges: amendment.charges,
                phrases: amendment.phrases,
                addressee: amendment.addressee,
                articles: amendment.articles,
                reasons: amendment.reasons,
                ..bare(proposal)
            }
        }
        Answer::Veto(veto) => Guarded {
            articles: veto.articles.clone(),
            reasons: veto.reasons.clone(),
            stopped: Some(Stopped::Law(veto)),
            ..bare(proposal)
        },
    };
    guarded.items = items;
    guarded
}

fn bare(proposal: Proposal) -> Guarded {
    Guarded {
        proposal,
        items: vec![],
        charges: None,
        phrases: vec![],
        addressee: None,
        copy: None,
        articles: vec![],
        reasons: vec![],
        stopped: None,
        also: vec![],
    }
}

/// The channel that was chosen for the debtor, where a message must go over another: there it goes as a copy.
fn copied(proposal: &Proposal, amendment: &Amendment) -> Option<Channel> {
    let moved = amendment
        .channel
        .is_some_and(|channel| channel != proposal.channel);
    (moved && leaves(proposal)).then_some(proposal.channel)
}

fn amend(proposal: &mut Proposal, amendment: &Amendment) {
    if let Some(deadline) = amendment.deadline {
        proposal.deadline = Some(deadline);
    }
    if let Some(channel) = amendment.channel {
        proposal.channel = channel;
    }
    if let Some(level) = amendment.level {
        proposal.level = level;
        proposal.text = retitled(&proposal.text, level_of(level));
        if level_of(proposal.announces) <= level_of(level) {
            proposal.announces = views::level(Level::None);
        }
    }
    if let Some(earliest) = amendment.earliest {
        proposal.earliest = proposal.earliest.max(earliest);
        proposal.latest = proposal.latest.max(earliest);
    }
}

/// Kinds of action that reach the debtor.
pub(crate) const LEAVING: [ActionKind; 7] = [
    ActionKind::Message,
    ActionKind::PlanOffer,
    ActionKind::ExtensionOffer,
    ActionKind::DiscountOffer,
    ActionKind::Thanks,
    ActionKind::CheckIn,
    ActionKind::StatementOfAccount,
];

/// Whether the action reaches the debtor.
pub fn leaves(proposal: &Proposal) -> bool {
    LEAVING.contains(&proposal.kind)
}

/// A reason of the host itself; its words are in the host's own texts.
pub(crate) fn reason(code: &str, arguments: Vec<Argument>) -> Reason {
    Reason {
        code: format!("host.{code}"),
        arguments,
    }
}

impl Guarded {
    /// The message with what leaves in it, the highest level first.
    pub fn parts(&self) -> impl Iterator<Item = &Guarded> {
        std::iter::once(self).chain(&self.also)
    }

    /// All items that it is about, those of its own level first.
    pub fn all_items(&self) -> impl Iterator<Item = ItemId> {
        self.parts().flat_map(|part| part.items.iter().copied())
    }

    /// Dunning level that the action reaches.
    pub fn level(&self) -> Level {
        level_of(self.proposal.level)
    }

    /// Channel over which it goes.
    pub fn channel(&self) -> maan_ledger::Channel {
        crate::views::channel_of(self.proposal.channel)
    }

    /// Last day to pay that the text names.
    pub fn deadline(&self) -> Option<Day> {
        self.proposal.deadline.map(Day)
    }

    /// Whether the program may carry it out without a person: it is a message, over e-mail, set to go by itself.
    pub(crate) fn goes_by_itself(&self) -> bool {
        self.proposal.automation == Automation::Automatic && self.is_mail()
    }

    /// Whether the program can carry it out once a person approves.
    pub(crate) fn is_mail(&self) -> bool {
        leaves(&self.proposal) && self.proposal.channel == channel(maan_ledger::Channel::Email)
    }
}

#[cfg(test)]
mod tests;
