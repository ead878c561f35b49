//! Actions: what is kept of a proposal that goes on, and its identity.

use maan_ledger::{ActionId, Day, DebtorId, ItemId, Level, Money, Snapshot, TenantId};
use maan_outreach::Text;
use maan_policy_host::contract::{ActionKind, Automation, Particulars};
use maan_store::{ActionState, NewAction};
use serde::{Deserialize, Serialize};

use crate::RunError;
use crate::guard::{Guarded, LEAVING, Stopped};

/// What is kept of an action, sealed: enough to carry it out, and to say why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prepared {
    /// Version of this form.
    pub version: u8,
    /// The proposal as the guard left it.
    pub guarded: Guarded,
    /// Segment of the debtor when it was proposed.
    pub segment: String,
    /// Its words, where they are settled: those of the copy of a letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

/// The form that this program writes. In the first a message carried one level.
const VERSION: u8 = 2;

/// The form of an action whose words are settled.
const WRITTEN: u8 = 3;

impl Prepared {
    /// Reads what was kept.
    ///
    /// # Errors
    /// The form is newer than this program, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, RunError> {
        let prepared: Self = serde_json::from_slice(bytes).map_err(|error| RunError::Unreadable {
            what: "an action",
            why: error.to_string(),
        })?;
        match prepared.version {
            1 | VERSION | WRITTEN => Ok(prepared),
            newer => Err(RunError::Unreadable {
                what: "an action",
                why: format!("it was written in form {newer} by a newer program; update this one"),
            }),
        }
    }

    /// An action with words of its own.
    pub(crate) fn written(guarded: Guarded, segment: &str, text: Text) -> Self {
        Self {
            version: WRITTEN,
            guarded,
            segment: segment.to_owned(),
            text: Some(text),
        }
    }

    pub(crate) fn write(&self) -> Result<Vec<u8>, RunError> {
        serde_json::to_vec(self).map_err(|error| RunError::Unreadable {
            what: "an action",
            why: error.to_string(),
        })
    }
}

/// Actions of a debtor that a person rejected and that rest as long as they could have been done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Administration, which is part of an action's identity.
    pub tenant: TenantId,
    /// Which actions.
    pub actions: Vec<ActionId>,
}

impl Rejected {
    /// Whether a proposal, by itself, would become one of them again.
    pub(crate) fn holds(&self, debtor: DebtorId, snapshot: &Snapshot<'_>, guarded: &Guarded) -> bool {
        let items = rounds(snapshot, &guarded.items);
        let id = identity(self.tenant, debtor, snapshot, guarded, &items, &[]);
        self.actions.contains(&id)
    }
}

/// The actions that guarded proposals become. Of proposals that come to the same action the first that goes on
/// counts: no policy can make two of one.
pub fn new_actions(
    tenant: TenantId,
    debtor: DebtorId,
    snapshot: &Snapshot<'_>,
    guarded: &[Guarded],
    segment: &str,
    rank: i64,
) -> Result<Vec<NewAction>, RunError> {
    let mut actions: Vec<NewAction> = Vec::with_capacity(guarded.len());
    for one in guarded {
        let action = new_action(tenant, debtor, snapshot, one, segment, rank)?;
        match actions.iter_mut().find(|other| other.id == action.id) {
            None => actions.push(action),
            Some(other) if other.state == ActionState::Vetoed => *other = action,
            Some(_) => {}
        }
    }
    Ok(actions)
}

/// The action that a guarded proposal becomes.
fn new_action(
    tenant: TenantId,
    debtor: DebtorId,
    snapshot: &Snapshot<'_>,
    guarded: &Guarded,
    segment: &str,
    rank: i64,
) -> Result<NewAction, RunError> {
    let proposal = &guarded.proposal;
    let items = rounds(snapshot, &guarded.items);
    let also: Vec<(ItemId, u16, Level)> = guarded
        .also
        .iter()
        .flat_map(|part| {
            let items = rounds(snapshot, &part.items).into_iter();
            items.map(|(item, round)| (item, round, part.level()))
        })
        .collect();
    let kind = kind_name(proposal.kind);
    let id = identity(tenant, debtor, snapshot, guarded, &items, &also);
    let prepared = Prepared {
        version: VERSION,
        guarded: guarded.clone(),
        segment: segment.to_owned(),
        text: None,
    };
    Ok(NewAction {
        id,
        kind: kind.to_owned(),
        level: guarded.level(),
        items,
        also,
        channel: guarded.channel(),
        state: state(guarded),
        automation: automation_name(proposal.automation).to_owned(),
        earliest: Day(proposal.earliest),
        latest: Day(proposal.latest),
        rank,
        amount: asked(snapshot, guarded),
        body: prepared.write()?,
        title: title(snapshot, guarded),
    })
}

/// Items with their rounds.
fn rounds(snapshot: &Snapshot<'_>, items: &[ItemId]) -> Vec<(ItemId, u16)> {
    let known = items.iter().filter_map(|id| snapshot.item(*id));
    known.map(|item| (item.id, item.round)).collect()
}

/// The same step in the same words for the same items in the same rounds, with the same other items at the same
/// levels, is the same action, whichever run proposes it; what says something else is another action, which a person
/// approves anew. Actions that are no dunning are counted, so
/// that a second one comes only after the first was done.
fn identity(
    tenant: TenantId,
    debtor: DebtorId,
    snapshot: &Snapshot<'_>,
    guarded: &Guarded,
    items: &[(ItemId, u16)],
    also: &[(ItemId, u16, Level)],
) -> ActionId {
    let kind = kind_name(guarded.proposal.kind);
    let (mut sorted, mut beside) = (items.to_vec(), also.to_vec());
    sorted.sort_unstable();
    beside.sort_unstable();
    let mut reference = format!("{debtor}|{kind}|{:?}", guarded.level());
    for (item, round) in sorted {
        reference.push_str(&format!("|{item}@{round}"));
    }
    for (item, round, level) in beside {
        reference.push_str(&format!("|{level:?} {item}@{round}"));
    }
    reference.push_str(&format!("|{}", guarded.proposal.text));
    if guarded.level() == Level::None {
        let done = snapshot.steps.iter().filter(|step| step.kind == kind).count();
        reference.push_str(&format!("|{done}"));
    }
    if let Particulars::Task(code) = &guarded.proposal.particulars {
        reference.push_str(&format!("|{code}"));
    }
    ActionId::derived(tenant.0, &reference)
}

fn state(guarded: &Guarded) -> ActionState {
    match (&guarded.stopped, guarded.proposal.automation) {
        (Some(_), _) => ActionState::Vetoed,
        (None, Automation::Automatic) if guarded.goes_by_itself() => ActionState::Queued,
        (None, Automation::Approve) if guarded.is_mail() => ActionState::Waiting,
        (None, _) => ActionState::ToDo,
    }
}

/// What is asked: the open parts of the items, without what is disputed or withheld.
pub fn asked(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Money {
    let mut sum = Money::zero(snapshot.home);
    for (place, id) in guarded.all_items().enumerate() {
        let Some(item) = snapshot.item(id) else { continue };
        let open = claimable(snapshot, id);
        if place == 0 {
            sum = Money::zero(item.open.currency);
        }
        sum = sum.plus(open).unwrap_or(sum);
    }
    sum
}

/// What is open of an item and neither disputed nor withheld.
pub(crate) fn claimable(snapshot: &Snapshot<'_>, id: ItemId) -> Money {
    let Some(item) = snapshot.item(id) else {
        return Money::zero(snapshot.home);
    };
    let apart = set_apart(snapshot, id);
    Money::new(
        item.open.minor.saturating_sub(apart.minor).max(0),
        item.open.currency,
    )
}

/// What is disputed or withheld of an item.
pub(crate) fn set_apart(snapshot: &Snapshot<'_>, id: ItemId) -> Money {
    let currency = snapshot.item(id).map_or(snapshot.home, |item| item.open.currency);
    let disputed = snapshot
        .disputes
        .iter()
        .filter(|part| part.what.item == id)
        .map(|part| part.open.minor);
    let withheld = snapshot
        .withheld
        .iter()
        .filter(|part| part.what.item == id)
        .map(|part| part.open.minor);
    Money::new(disputed.chain(withheld).fold(0, i64::saturating_add), currency)
}

/// What it is and about which items, each part of a message by itself.
fn title(snapshot: &Snapshot<'_>, guarded: &Guarded) -> String {
    let parts: Vec<String> = guarded.parts().map(|part| part_title(snapshot, part)).collect();
    parts.join("; ")
}

fn part_title(snapshot: &Snapshot<'_>, guarded: &Guarded) -> String {
    let step = match (guarded.level(), &guarded.proposal.particulars) {
        (Level::None, Particulars::Task(code)) => format!("task, {}", code.replace('-', " ")),
        (Level::None, _) => kind_name(guarded.proposal.kind).replace('-', " "),
        (level, _) => level_name(level).to_owned(),
    };
    let number = guarded
        .items
        .first()
        .and_then(|id| snapshot.item(*id))
        .map(|item| &item.described.number);
    match (number, guarded.items.len()) {
        (None, _) => step,
        (Some(number), 1) => format!("{step}: {number}"),
        (Some(number), count) => format!("{step}: {number} and {} more", count.saturating_sub(1)),
    }
}

/// A level in words.
pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::None => "no dunning",
        Level::Notice1 => "notice before the due date",
        Level::Notice2 => "second notice before the due date",
        Level::Notice3 => "third notice before the due date",
        Level::Reminder1 => "first reminder",
        Level::Reminder2 => "second reminder",
        Level::Reminder3 => "third reminder",
        Level::Call1 => "call",
        Level::Call2 => "second call",
        Level::LastReminder => "last reminder",
        Level::FormalNotice => "formal notice",
        Level::HandOver => "hand-over",
        Level::WriteOff => "write-off",
    }
}

/// A kind of action as the contract names it.
pub fn kind_name(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Message => "message",
        ActionKind::Call => "call",
        ActionKind::PlanOffer => "plan-offer",
        ActionKind::ExtensionOffer => "extension-offer",
        ActionKind::DiscountOffer => "discount-offer",
        ActionKind::Thanks => "thanks",
        ActionKind::CheckIn => "check-in",
        ActionKind::StatementOfAccount => "statement-of-account",
        ActionKind::Task => "task",
        ActionKind::OrderReport => "order-report",
        ActionKind::HandOver => "hand-over",
        ActionKind::WriteOff => "write-off",
    }
}

/// Whether an action of a kind is said to the debtor, in writing or in a call.
pub fn speaks(kind: &str) -> bool {
    let mut kinds = LEAVING.into_iter().chain([ActionKind::Call]);
    kinds.any(|one| kind_name(one) == kind)
}

pub(crate) fn automation_name(automation: Automation) -> &'static str {
    match automation {
        Automation::Automatic => "automatic",
        Automation::Approve => "approve",
        Automation::Person => "person",
    }
}

impl Guarded {
    /// The law's or the host's reason, where the action was stopped.
    pub fn veto(&self) -> Option<&maan_policy_host::contract::Veto> {
        match &self.stopped {
            Some(Stopped::Law(veto)) => Some(veto),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::reason;
    use crate::samples::{guarded, invoice, item, known, snapshot_of, story};
    use maan_ledger::Currency;

    fn made(guarded: &[Guarded]) -> Vec<NewAction> {
        let (tenant, debtor) = (
            TenantId(uuid::Uuid::from_u128(1)),
            DebtorId(uuid::Uuid::from_u128(2)),
        );
        new_actions(tenant, debtor, &snapshot_of(&story()), guarded, "", 0).unwrap()
    }

    fn id(guarded: Guarded) -> ActionId {
        made(&[guarded])[0].id
    }

    #[test]
    fn a_step_keeps_its_id_until_its_words_change() {
        let reminder = guarded(Level::Reminder1, &[1]);
        let mut later = reminder.clone();
        (later.proposal.earliest, later.proposal.latest) = (30_000, 30_007);
        assert_eq!(id(reminder.clone()), id(later));
        let mut firmer = reminder.clone();
        firmer.proposal.text = "reminder-1.firm".into();
        assert_ne!(id(reminder), id(firmer), "an approval was for the other words");
    }

    #[test]
    fn what_joins_a_message_makes_it_another_action() {
        let mut facts = story();
        facts.push(known(invoice(2, Money::new(5_000, Currency::EUR))));
        let made = |guarded: &Guarded| {
            let (tenant, debtor) = (TenantId(uuid::Uuid::nil()), DebtorId(uuid::Uuid::nil()));
            let guarded = std::slice::from_ref(guarded);
            new_actions(tenant, debtor, &snapshot_of(&facts), guarded, "", 0)
                .unwrap()
                .remove(0)
        };
        let alone = guarded(Level::Reminder2, &[1]);
        let joined = |level| Guarded {
            also: vec![guarded(level, &[2])],
            ..alone.clone()
        };
        let (alone, joined, otherwise) = (
            made(&alone),
            made(&joined(Level::Reminder1)),
            made(&joined(Level::Notice1)),
        );
        assert_ne!(alone.id, joined.id, "an approval was for fewer words");
        assert_ne!(joined.id, otherwise.id);
        assert_eq!(joined.also, [(item(2), 0, Level::Reminder1)]);
        assert_eq!(joined.amount, Money::new(15_000, Currency::EUR));
        assert_eq!(joined.title, "second reminder: 1; first reminder: 2");
        let read = Prepared::read(&joined.body).unwrap();
        assert_eq!(read.guarded.parts().count(), 2);
    }

    #[test]
    fn one_action_comes_of_two_proposals_of_the_same() {
        let reminder = guarded(Level::Reminder1, &[1]);
        let stopped = Guarded {
            stopped: Some(Stopped::Host(reason("stands-alone", vec![]))),
            ..reminder.clone()
        };
        for pair in [[stopped.clone(), reminder.clone()], [reminder, stopped]] {
            let states: Vec<_> = made(&pair).into_iter().map(|action| action.state).collect();
            assert_eq!(states, [ActionState::Queued]);
        }
    }

    #[test]
    fn two_tasks_about_the_same_items_are_two_actions() {
        let task = |code: &str| {
            let mut task = guarded(Level::None, &[1]);
            (task.proposal.kind, task.proposal.particulars) =
                (ActionKind::Task, Particulars::Task(code.into()));
            task
        };
        assert_eq!(made(&[task("check-address"), task("book-the-bank")]).len(), 2);
    }
}
