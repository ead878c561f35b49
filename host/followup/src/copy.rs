//! The copy that the preferred channel gets of a letter that had to go by post.
//!
//! By e-mail it leaves through the outbox with the very words of the letter, once a person said that the letter was
//! posted. Over any other channel a person sends it. It asks nothing by itself and is no dunning.

use maan_ledger::{ActionId, Channel, Day, Level, Snapshot, TenantId};
use maan_outreach::{Posted, Text, compose_copy};
use maan_policy_host::contract::Automation;
use maan_store::{Action, ActionState, NewAction, TenantSettings};
use serde::Serialize;

use crate::RunError;
use crate::actions::{Prepared, automation_name};
use crate::guard::{Guarded, distress};
use crate::look::{Look, addressed, paid};
use crate::{letter, views};

/// Kind of the action; the contract of the policies knows none such.
pub(crate) const KIND: &str = "copy";

/// A copy that did not leave for so many days is of no use.
const VALID_DAYS: i32 = 7;

/// The copy of a letter that was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Copied {
    /// Over which channel.
    pub channel: Channel,
    /// The action that sends it; none where a person does.
    pub action: Option<ActionId>,
}

/// The channel over which a copy of an action goes.
///
/// # Errors
/// An action that cannot be read.
pub fn copy_channel(action: &Action) -> Result<Option<Channel>, RunError> {
    let prepared = action.body.as_deref().map(Prepared::read).transpose()?;
    Ok(prepared.and_then(|prepared| channel(&prepared.guarded)))
}

/// The channel over which a copy goes: the one that the debtor prefers, where the letter goes by post.
pub(crate) fn channel(guarded: &Guarded) -> Option<Channel> {
    let posted = matches!(guarded.channel(), Channel::Letter | Channel::RegisteredLetter);
    guarded.copy.filter(|_| posted).map(views::channel_of)
}

/// What becomes of the copy of a letter that is posted today, and the e-mail with the words of the letter where it goes
/// so. Nothing where the letter asks for nothing any more; a person sends what the program cannot write.
///
/// # Errors
/// The action cannot be kept.
pub(crate) fn of_letter(
    tenant: TenantId,
    settings: &TenantSettings,
    snapshot: &Snapshot<'_>,
    action: &Action,
    prepared: &Prepared,
) -> Result<(Option<Copied>, Option<NewAction>), RunError> {
    let guarded = &prepared.guarded;
    let letter = letter::letter(settings, snapshot, guarded);
    let (Some(channel), Some(letter)) = (channel(guarded), letter) else {
        return Ok((None, None));
    };
    let posted = Posted {
        on: snapshot.as_of,
        registered: guarded.channel() == Channel::RegisteredLetter,
    };
    let text = match channel {
        Channel::Email => compose_copy(&letter, posted).ok(),
        _ => None,
    };
    let email = text.map(|text| email(tenant, snapshot.as_of, action, prepared, text));
    let email = email.transpose()?;
    let copied = Copied {
        channel,
        action: email.as_ref().map(|email| email.id),
    };
    Ok((Some(copied), email))
}

/// The action that sends a copy by e-mail.
fn email(
    tenant: TenantId,
    today: Day,
    action: &Action,
    prepared: &Prepared,
    text: Text,
) -> Result<NewAction, RunError> {
    let copy = Prepared::written(as_copy(&prepared.guarded, today), &prepared.segment, text);
    Ok(NewAction {
        id: ActionId::derived(tenant.0, &format!("copy|{}", action.id)),
        kind: KIND.to_owned(),
        level: Level::None,
        items: action.items.clone(),
        also: vec![],
        channel: Channel::Email,
        state: ActionState::Queued,
        automation: automation_name(Automation::Automatic).to_owned(),
        earliest: today,
        latest: today.plus(VALID_DAYS),
        rank: action.rank,
        amount: action.amount,
        body: copy.write()?,
        title: format!("copy of the {}", action.title),
    })
}

/// What is kept of the letter for its copy: to whom and within which hours. Its level, charges and last day are the
/// letter's alone, so that nothing counts twice.
fn as_copy(guarded: &Guarded, today: Day) -> Guarded {
    let mut copy = Guarded {
        items: guarded.all_items().collect(),
        charges: None,
        phrases: vec![],
        copy: None,
        articles: vec![],
        reasons: vec![],
        also: vec![],
        ..guarded.clone()
    };
    let proposal = &mut copy.proposal;
    proposal.channel = views::channel(Channel::Email);
    proposal.level = views::level(Level::None);
    proposal.announces = views::level(Level::None);
    proposal.automation = Automation::Automatic;
    proposal.deadline = None;
    (proposal.earliest, proposal.latest) = (today.0, today.plus(VALID_DAYS).0);
    copy
}

/// Looks again at a copy that is ready. The law judged the letter, whose words these are.
pub(crate) fn look(snapshot: &Snapshot<'_>, guarded: Guarded, text: Text) -> Look {
    match over(snapshot, &guarded) {
        Some(why) => Look::Withdraw(why),
        None => addressed(snapshot, guarded, text),
    }
}

/// Why a copy is no longer wanted: everything was paid meanwhile, or nothing may be asked.
pub(crate) fn over(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<String> {
    let rests = || distress(snapshot).map(|_| "a legal situation or debt help: nothing may be asked".into());
    paid(snapshot, guarded).or_else(rests)
}

#[cfg(test)]
mod tests {
    use maan_ledger::{
        Allocation, AllocationId, Body, Currency, Fact, LegalSituation, LegalStatus, Moment, Money, Source,
    };
    use maan_policy_host::contract::Charges;
    use maan_store::DecisionId;
    use uuid::Uuid;

    use super::*;
    use crate::actions::new_actions;
    use crate::samples::{TODAY, guarded, item, known, settings, snapshot_of, story};
    use crate::send::facts_of;

    const TENANT: TenantId = TenantId(Uuid::nil());

    /// A formal notice that the law moved to the post.
    fn notice(way: Channel, copy: Channel) -> Guarded {
        let mut notice = guarded(Level::FormalNotice, &[1]);
        notice.proposal.channel = views::channel(way);
        notice.proposal.deadline = Some(TODAY.plus(16).0);
        notice.copy = Some(views::channel(copy));
        notice.charges = Some(Charges {
            costs: 4_000,
            lump_sum: 0,
            interest: 0,
            segments: vec![],
            reasons: vec![],
            articles: vec![],
        });
        notice
    }

    /// The letter as it stands in the worklist.
    fn letter(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Action {
        let debtor = maan_ledger::DebtorId(Uuid::nil());
        let guarded = std::slice::from_ref(guarded);
        let new = new_actions(TENANT, debtor, snapshot, guarded, "", 7)
            .unwrap()
            .remove(0);
        Action {
            id: new.id,
            debtor,
            decision: DecisionId {
                batch: Uuid::nil(),
                position: 0,
            },
            kind: new.kind,
            level: new.level,
            items: new.items,
            channel: new.channel,
            state: new.state,
            automation: new.automation,
            earliest: new.earliest,
            latest: new.latest,
            rank: new.rank,
            amount: new.amount,
            title: new.title,
            body: Some(new.body),
            changed_at: Moment(0),
            message_id: None,
            proof: None,
            not_before: None,
        }
    }

    fn copied(facts: &[Fact], guarded: &Guarded) -> (Option<Copied>, Option<NewAction>) {
        let snapshot = snapshot_of(facts);
        let action = letter(&snapshot, guarded);
        let prepared = Prepared::read(action.body.as_deref().unwrap()).unwrap();
        of_letter(TENANT, &settings(), &snapshot, &action, &prepared).unwrap()
    }

    fn paid_in_full() -> Fact {
        let allocation = Allocation {
            allocation: AllocationId(Uuid::nil()),
            source: Source::Direct,
            item: item(1),
            amount: Money::new(10_000, Currency::EUR),
            on: TODAY,
        };
        known(Body::Allocated(allocation))
    }

    fn bankrupt() -> Fact {
        let status = LegalStatus {
            situation: LegalSituation::Bankruptcy,
            since: TODAY,
            until: None,
            source: "cir".into(),
            file_claim_by: None,
        };
        known(Body::LegalStatusRecorded(status))
    }

    #[test]
    fn a_copy_has_the_words_of_the_letter_and_counts_as_no_step() {
        let facts = story();
        let (told, copy) = copied(&facts, &notice(Channel::RegisteredLetter, Channel::Email));
        let copy = copy.unwrap();
        assert_eq!(told.unwrap().action, Some(copy.id));
        assert_eq!((copy.kind.as_str(), copy.level), (KIND, Level::None));
        assert_eq!((copy.channel, copy.state), (Channel::Email, ActionState::Queued));
        let prepared = Prepared::read(&copy.body).unwrap();
        let text = prepared.text.unwrap();
        assert!(
            text.body.contains("aangetekend hebben verstuurd"),
            "{}",
            text.body
        );
        assert!(prepared.guarded.is_mail());

        let snapshot = snapshot_of(&facts);
        let sent = Action {
            kind: copy.kind.clone(),
            ..letter(&snapshot, &prepared.guarded)
        };
        let facts = facts_of(&sent, &prepared.guarded, &snapshot, TODAY, Moment(0));
        let steps: Vec<_> = facts.iter().map(|fact| &fact.body).collect();
        let [Body::StepDone(step)] = steps.as_slice() else {
            panic!("{steps:?}");
        };
        assert_eq!((step.kind.as_str(), step.level), (KIND, Level::None));
        assert_eq!((step.deadline, step.announced_costs), (None, None));
        assert!(step.items.is_empty(), "policies would take it for an offer");
    }

    #[test]
    fn a_copy_goes_only_of_a_posted_letter_that_asks_for_something() {
        let facts = story();
        let to = |guarded: &Guarded| {
            let (told, email) = copied(&facts, guarded);
            told.map(|told| (told.channel, email.is_some()))
        };
        let way = |way, copy| to(&notice(way, copy));
        assert_eq!(way(Channel::Letter, Channel::Email), Some((Channel::Email, true)));
        let by_person = Some((Channel::Whatsapp, false));
        assert_eq!(way(Channel::Letter, Channel::Whatsapp), by_person);
        assert_eq!(way(Channel::Email, Channel::Whatsapp), None, "nothing was posted");
        let mut unwritten = notice(Channel::Letter, Channel::Email);
        unwritten.proposal.text = "unheard-of".into();
        assert_eq!(to(&unwritten), Some((Channel::Email, false)), "a person sends it");
        unwritten.copy = None;
        assert_eq!(to(&unwritten), None, "the debtor prefers letters");
        let paid = [facts.clone(), vec![paid_in_full()]].concat();
        let notice = notice(Channel::Letter, Channel::Email);
        assert!(matches!(copied(&paid, &notice), (None, None)));
    }

    #[test]
    fn a_copy_stays_home_once_all_is_paid_or_nothing_may_be_asked() {
        let facts = story();
        let copy = as_copy(&notice(Channel::Letter, Channel::Email), TODAY);
        let over = |more: Vec<Fact>| over(&snapshot_of(&[facts.clone(), more].concat()), &copy);
        assert_eq!(over(vec![]), None);
        assert_eq!(over(vec![paid_in_full()]), Some(format!("paid on {TODAY}")));
        assert!(over(vec![bankrupt()]).is_some_and(|why| why.contains("nothing may be asked")));
        let text = Text {
            subject: String::new(),
            body: String::new(),
            html: String::new(),
        };
        let looked = look(&snapshot_of(&facts), copy.clone(), text);
        assert!(matches!(looked, Look::Send(ready) if ready.to.email == "jansen@example.com"));
    }
}
