//! What a person proposes by hand goes through the same door as what a policy proposes.

use maan_ledger::{Channel, Day, DebtorId, ItemId, Level, Snapshot};
use maan_policy_host::contract::{ActionKind, Automation, Context, Particulars, Proposal, Tone};

use crate::followup::Followup;
use crate::guard::{self, Guarded, text_of};
use crate::policies::{Answers, Policies};
use crate::views::{self, channel};
use crate::{RunError, actions};

/// What a person wants to do.
#[derive(Clone, Debug)]
pub struct ByHand {
    /// With which debtor.
    pub debtor: DebtorId,
    /// Dunning level that it reaches.
    pub level: Level,
    /// Over which channel.
    pub channel: Channel,
    /// For which items; everything overdue when empty.
    pub items: Vec<ItemId>,
}

impl Followup {
    /// What the law and the host's own rules say of it today; none when there is nothing to ask.
    ///
    /// # Errors
    /// The database, or the statute policy could not answer.
    pub async fn judge_by_hand(
        &self,
        policies: &Policies,
        wish: &ByHand,
    ) -> Result<Option<Guarded>, RunError> {
        let settings = self.tenant.settings().await?;
        let context = self.context(&settings).await?;
        let facts = self.tenant.facts(wish.debtor).await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        tokio::task::block_in_place(|| by_hand(policies, &context, &snapshot, wish))
    }
}

/// What the law and the host's own rules say of a person's wish; none when there is nothing to ask.
///
/// # Errors
/// The statute policy could not answer, or an incident of its host.
pub fn by_hand(
    policies: &impl Answers,
    context: &Context,
    snapshot: &Snapshot<'_>,
    wish: &ByHand,
) -> Result<Option<Guarded>, RunError> {
    let ids = views::item_ids(snapshot);
    let wanted = |id: &ItemId| match wish.items.as_slice() {
        [] => snapshot
            .item(*id)
            .is_some_and(|item| item.is_overdue(snapshot.as_of)),
        some => some.contains(id),
    };
    let asked = |id: &ItemId| wanted(id) && actions::claimable(snapshot, *id).minor > 0;
    let items: Vec<u32> = (0..)
        .zip(&ids)
        .filter(|(_, id)| asked(id))
        .map(|(index, _)| index)
        .collect();
    if items.is_empty() {
        return Ok(None);
    }
    let proposal = proposal(wish, items, snapshot.as_of);
    let case = views::statute(snapshot, vec![proposal.clone()], None, snapshot.as_of);
    let decisions = policies.statute(context, std::slice::from_ref(&case))?;
    let judgement = decisions.into_iter().next().map(|decision| decision.outcome);
    match judgement {
        Some(Ok(judgement)) => Ok(guard::judge(snapshot, &ids, vec![proposal], &judgement, |_| false).pop()),
        Some(Err(undecided)) => Err(RunError::Undecided(undecided.to_string())),
        None => Err(RunError::Undecided("the statute policy gave no answer".into())),
    }
}

fn proposal(wish: &ByHand, items: Vec<u32>, today: Day) -> Proposal {
    let kind = match wish.level {
        Level::HandOver => ActionKind::HandOver,
        Level::WriteOff => ActionKind::WriteOff,
        Level::Call1 | Level::Call2 => ActionKind::Call,
        _ => ActionKind::Message,
    };
    Proposal {
        kind,
        level: views::level(wish.level),
        items,
        channel: channel(wish.channel),
        tone: Tone::Neutral,
        text: format!("{}.neutral", text_of(wish.level)),
        earliest: today.0,
        latest: today.plus(7).0,
        from_minute: 9 * 60,
        to_minute: 17 * 60,
        automation: Automation::Person,
        particulars: Particulars::None,
        deadline: None,
        announces: views::level(Level::None),
        reasons: vec![],
    }
}
