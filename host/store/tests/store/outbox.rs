use std::collections::BTreeMap;

use maan_ledger::{ActionId, Body, Channel, Fact, Known, Level, Moment, StepDone};
use maan_store::{ActionState, Claim, Decision, Follows, NewAction, SendOutcome, Store, TenantStore};

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(
    an_action_goes_through_the_outbox_once,
    workers_at_the_same_time_claim_each_action_once,
    a_lease_that_ran_out_is_taken_over_and_the_late_worker_loses,
    a_worker_lost_while_sending_leaves_the_action_to_a_person,
    a_failure_is_tried_again_no_earlier_than_asked,
    what_is_looked_at_again_does_not_leave,
    a_person_or_a_new_decision_takes_an_action_from_the_outbox,
    a_person_finds_out_that_an_unknown_message_left,
    what_left_without_an_item_leaves_that_item_free,
    one_message_claims_each_item_at_its_own_level_and_keeps_what_left,
    a_message_on_the_wire_has_time_of_its_own,
    what_follows_from_a_letter_is_made_once_and_stays_when_nothing_is_proposed,
);

const LEASE: i64 = 60;

/// How long a message may be on the wire.
const SENDING: i64 = 300;

fn after(seconds: i64) -> Moment {
    NOW.plus_seconds(seconds)
}

/// Debtor 1 with queued actions 1 to `count`.
async fn queued(store: &TenantStore, count: u128) {
    known_debtors(store, 1).await;
    decide(store, 1, 1, (1..=count).map(|n| reminder(n, n)).collect()).await;
}

async fn claim_one(store: &TenantStore, at: Moment) -> Claim {
    store.claim_outbox("worker", at, LEASE, 1).await.unwrap()[0].claim
}

async fn state(store: &TenantStore, n: u128) -> ActionState {
    store.action(action_id(n)).await.unwrap().unwrap().state
}

fn sent() -> SendOutcome {
    SendOutcome::Sent {
        proof: "250 2.0.0 Ok".into(),
    }
}

async fn an_action_goes_through_the_outbox_once(f: Fixture) {
    let store = f.own();
    queued(&store, 3).await;
    let claimed = store.claim_outbox("a", NOW, LEASE, 2).await.unwrap();
    let ranks: Vec<i64> = claimed.iter().map(|claimed| claimed.action.rank).collect();
    assert_eq!(ranks, [3, 2]);
    assert_eq!(claimed[0].action.title, reminder(3, 3).title);
    let claim = claimed[0].claim;
    assert!(store.start_sending(&claim, "<3@maan>", after(1)).await.unwrap());
    assert!(
        !store.start_sending(&claim, "<3@maan>", after(1)).await.unwrap(),
        "it is being sent"
    );
    assert_eq!(state(&store, 3).await, ActionState::Sending);
    let done = store.finish_sending(&claim, sent(), Some((debtor(1), vec![fact(9)])), after(2));
    assert!(done.await.unwrap());
    assert!(
        !store
            .finish_sending(&claim, sent(), Some((debtor(1), vec![fact(9)])), after(3))
            .await
            .unwrap()
    );

    let action = store.action(action_id(3)).await.unwrap().unwrap();
    assert_eq!(
        (action.state, action.message_id.as_deref()),
        (ActionState::Sent, Some("<3@maan>"))
    );
    assert_eq!(
        (action.proof.as_deref(), action.changed_at),
        (Some("250 2.0.0 Ok"), after(2))
    );
    assert_eq!(store.facts(debtor(1)).await.unwrap(), [fact(1), fact(9)]);
    assert_eq!(
        store.due(ENVIRONMENT, TODAY, None, 9).await.unwrap().len(),
        1,
        "what happened is a reason to look"
    );
    let steps: Vec<_> = store
        .history(action_id(3))
        .await
        .unwrap()
        .iter()
        .map(|step| step.to)
        .collect();
    assert_eq!(
        steps,
        [ActionState::Queued, ActionState::Sending, ActionState::Sent]
    );
    assert_eq!(store.sent_between(NOW, after(2)).await.unwrap(), 0);
    assert_eq!(store.sent_between(NOW, after(3)).await.unwrap(), 1);
    let rest = store.claim_outbox("b", after(1), LEASE, 9).await.unwrap();
    assert_eq!(
        rest.iter().map(|claimed| claimed.action.id).collect::<Vec<_>>(),
        [action_id(1)]
    );
}

async fn workers_at_the_same_time_claim_each_action_once(f: Fixture) {
    queued(&f.own(), 60).await;
    let mut workers = Vec::new();
    for name in ["a", "b", "c"] {
        // each with connections of its own, as in another process
        let store = Store::open(&f.url, &f.key).await.unwrap().tenant(f.tenant);
        workers.push(tokio::spawn(async move {
            let mut mine: Vec<ActionId> = Vec::new();
            loop {
                let claimed = store.claim_outbox(name, NOW, LEASE, 4).await.unwrap();
                if claimed.is_empty() {
                    return mine;
                }
                for one in claimed {
                    assert!(store.start_sending(&one.claim, "<m>", NOW).await.unwrap());
                    assert!(store.finish_sending(&one.claim, sent(), None, NOW).await.unwrap());
                    mine.push(one.action.id);
                }
            }
        }));
    }
    let mut times: BTreeMap<ActionId, u32> = BTreeMap::new();
    for worker in workers {
        for action in worker.await.unwrap() {
            *times.entry(action).or_default() += 1;
        }
    }
    assert_eq!(times, (1..=60).map(|n| (action_id(n), 1)).collect());
    assert_eq!(f.own().action_counts().await.unwrap(), [(ActionState::Sent, 60)]);
}

async fn a_lease_that_ran_out_is_taken_over_and_the_late_worker_loses(f: Fixture) {
    let store = f.own();
    queued(&store, 1).await;
    let late = claim_one(&store, NOW).await;
    assert!(
        store
            .claim_outbox("b", after(LEASE), LEASE, 1)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        !store.start_sending(&late, "<m>", after(LEASE + 1)).await.unwrap(),
        "its lease ran out"
    );
    let newer = claim_one(&store, after(LEASE + 1)).await;
    assert!(newer.fence > late.fence);
    assert!(!store.start_sending(&late, "<m>", after(LEASE)).await.unwrap());
    assert!(
        !store
            .put_back(&late, ActionState::Withdrawn, "", after(LEASE))
            .await
            .unwrap()
    );
    assert!(
        store
            .start_sending(&newer, "<m>", after(LEASE + 2))
            .await
            .unwrap()
    );
    assert!(
        !store
            .finish_sending(&late, sent(), Some((debtor(1), vec![fact(9)])), after(LEASE + 3))
            .await
            .unwrap()
    );
    assert_eq!(state(&store, 1).await, ActionState::Sending);
    assert_eq!(store.facts(debtor(1)).await.unwrap(), [fact(1)]);
}

async fn a_worker_lost_while_sending_leaves_the_action_to_a_person(f: Fixture) {
    let store = f.own();
    queued(&store, 1).await;
    let lost = claim_one(&store, NOW).await;
    assert!(store.start_sending(&lost, "<m>", NOW).await.unwrap());
    assert!(
        store
            .claim_outbox("b", after(SENDING), LEASE, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        state(&store, 1).await,
        ActionState::Sending,
        "its lease still runs"
    );
    assert!(
        store
            .claim_outbox("b", after(SENDING + 1), LEASE, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(state(&store, 1).await, ActionState::Unknown);
    assert!(
        !store
            .finish_sending(&lost, sent(), None, after(SENDING + 2))
            .await
            .unwrap()
    );
    assert!(
        store
            .claim_outbox("b", after(9999), LEASE, 9)
            .await
            .unwrap()
            .is_empty(),
        "never sent again"
    );
    let history = store.history(action_id(1)).await.unwrap();
    assert_eq!(
        (history[2].from, history[2].to),
        (Some(ActionState::Sending), ActionState::Unknown)
    );
}

async fn a_failure_is_tried_again_no_earlier_than_asked(f: Fixture) {
    let store = f.own();
    queued(&store, 1).await;
    let claim = claim_one(&store, NOW).await;
    store.start_sending(&claim, "<m>", NOW).await.unwrap();
    let busy = SendOutcome::Failed {
        why: "451 try later".into(),
        retry_at: Some(after(300)),
    };
    assert!(store.finish_sending(&claim, busy, None, after(1)).await.unwrap());
    assert!(
        store
            .claim_outbox("b", after(299), LEASE, 9)
            .await
            .unwrap()
            .is_empty()
    );
    let claim = claim_one(&store, after(300)).await;
    store.start_sending(&claim, "<m>", after(300)).await.unwrap();
    let never = SendOutcome::Failed {
        why: "550 no such user".into(),
        retry_at: None,
    };
    assert!(
        store
            .finish_sending(&claim, never, None, after(301))
            .await
            .unwrap()
    );
    assert_eq!(state(&store, 1).await, ActionState::Failed);
    let notes: Vec<String> = store
        .history(action_id(1))
        .await
        .unwrap()
        .into_iter()
        .map(|step| step.note)
        .collect();
    assert_eq!(
        (notes[2].as_str(), notes[4].as_str()),
        ("451 try later", "550 no such user")
    );

    let unknown = SendOutcome::Unknown {
        why: "the line broke after DATA".into(),
    };
    decide(&store, 2, 1, vec![reminder(2, 2)]).await;
    let claim = claim_one(&store, after(400)).await;
    assert!(
        !store
            .finish_sending(&claim, unknown.clone(), None, after(400))
            .await
            .unwrap(),
        "not being sent"
    );
    store.start_sending(&claim, "<m>", after(400)).await.unwrap();
    assert!(
        store
            .finish_sending(&claim, unknown, None, after(401))
            .await
            .unwrap()
    );
    assert_eq!(state(&store, 2).await, ActionState::Unknown);
    let counted = store.sent_between(NOW, after(500)).await.unwrap();
    assert_eq!(counted, 1, "it may have left");
}

async fn what_is_looked_at_again_does_not_leave(f: Fixture) {
    let store = f.own();
    queued(&store, 3).await;
    let claims = store.claim_outbox("a", NOW, LEASE, 9).await.unwrap();
    let [third, second, first] = [0, 1, 2].map(|n| claims[n].claim);
    assert!(
        store
            .put_back(&third, ActionState::Vetoed, "holiday", after(1))
            .await
            .unwrap()
    );
    assert!(
        store
            .put_back(&second, ActionState::Queued, "", after(1))
            .await
            .unwrap()
    );
    assert!(
        store
            .put_back_until(&first, after(500), "opens at nine", after(1))
            .await
            .unwrap()
    );
    assert!(!store.start_sending(&third, "<m>", after(1)).await.unwrap());
    assert_eq!(state(&store, 3).await, ActionState::Vetoed);
    let ids = async |at| -> Vec<ActionId> {
        let claimed = store.claim_outbox("b", at, 1, 9).await.unwrap();
        claimed.into_iter().map(|claimed| claimed.action.id).collect()
    };
    assert_eq!(ids(after(1)).await, [action_id(2)]);
    assert_eq!(ids(after(500)).await, [action_id(2), action_id(1)]);
    // the vetoed one's obligation is free
    assert_eq!(
        decide(&store, 2, 1, vec![reminder(30, 3)]).await.made,
        [action_id(30)]
    );
}

async fn a_person_or_a_new_decision_takes_an_action_from_the_outbox(f: Fixture) {
    let store = f.own();
    queued(&store, 2).await;
    let claims = store.claim_outbox("a", NOW, LEASE, 9).await.unwrap();
    let reject = store.move_action(
        action_id(2),
        &[ActionState::Queued],
        ActionState::Rejected,
        "nee",
        "anna",
        NOW,
    );
    assert!(reject.await.unwrap());
    let nothing = Decision {
        actions: vec![],
        ..decision(1, 0)
    };
    let written = store
        .write_batch(batch(&store, 2, vec![nothing]).await)
        .await
        .unwrap();
    assert_eq!(written.withdrawn, [action_id(1)]);
    for claimed in claims {
        assert!(!store.start_sending(&claimed.claim, "<m>", NOW).await.unwrap());
    }
    assert!(
        store
            .claim_outbox("b", after(9999), LEASE, 9)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn a_person_finds_out_that_an_unknown_message_left(f: Fixture) {
    let store = f.own();
    queued(&store, 1).await;
    let found = || {
        let follows = Follows {
            debtor: debtor(1),
            facts: vec![fact(8), fact(9)],
            action: None,
        };
        store.settle(
            action_id(1),
            &[ActionState::Unknown],
            ActionState::Sent,
            "it left",
            "anna",
            follows,
            after(9),
        )
    };
    assert!(!found().await.unwrap(), "it is not unknown");
    let claim = claim_one(&store, NOW).await;
    store.start_sending(&claim, "<m>", NOW).await.unwrap();
    let unknown = SendOutcome::Unknown {
        why: "the line broke".into(),
    };
    store.finish_sending(&claim, unknown, None, NOW).await.unwrap();
    assert!(found().await.unwrap());
    assert!(!found().await.unwrap());
    assert_eq!(state(&store, 1).await, ActionState::Sent);
    assert_eq!(store.facts(debtor(1)).await.unwrap(), [fact(1), fact(8), fact(9)]);
}

async fn what_left_without_an_item_leaves_that_item_free(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let two = NewAction {
        items: vec![(item(1), 1), (item(2), 1)],
        ..reminder(1, 1)
    };
    decide(&store, 1, 1, vec![two]).await;
    let claim = claim_one(&store, NOW).await;
    store.start_sending(&claim, "<m>", NOW).await.unwrap();
    let step = StepDone {
        action: action_id(1),
        items: vec![item(1)],
        level: Level::Reminder1,
        kind: "message".into(),
        round: 1,
        on: TODAY,
        channel: Channel::Email,
        proof: false,
        deadline: None,
        announced_costs: None,
    };
    let left = Fact {
        happened: TODAY,
        known: Known::At(NOW),
        body: Body::StepDone(step),
    };
    assert!(
        store
            .finish_sending(&claim, sent(), Some((debtor(1), vec![left])), after(1))
            .await
            .unwrap()
    );
    let written = decide(&store, 2, 1, vec![reminder(11, 1), reminder(12, 2)]).await;
    assert_eq!(written.made, [action_id(12)]);
    assert_eq!(written.refused.len(), 1);
}

async fn one_message_claims_each_item_at_its_own_level_and_keeps_what_left(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let joined = NewAction {
        level: Level::Reminder2,
        also: vec![(item(2), 1, Level::Reminder1), (item(3), 1, Level::Reminder1)],
        ..reminder(1, 1)
    };
    let written = decide(&store, 1, 1, vec![joined]).await;
    assert_eq!(written.made, [action_id(1)]);
    let action = store.action(action_id(1)).await.unwrap().unwrap();
    assert_eq!(action.items, [1, 2, 3].map(|on| (item(on), 1)));
    let claim = claim_one(&store, NOW).await;
    store.start_sending(&claim, "<m>", NOW).await.unwrap();
    let step = |level, on: u128| Fact {
        happened: TODAY,
        known: Known::At(NOW),
        body: Body::StepDone(StepDone {
            action: action_id(1),
            items: vec![item(on)],
            level,
            kind: "message".into(),
            round: 1,
            on: TODAY,
            channel: Channel::Email,
            proof: false,
            deadline: None,
            announced_costs: None,
        }),
    };
    // item 3 was paid before it left
    let left = vec![step(Level::Reminder2, 1), step(Level::Reminder1, 2)];
    let kept = store.finish_sending(&claim, sent(), Some((debtor(1), left)), after(1));
    assert!(kept.await.unwrap());
    let second = |id, on| NewAction {
        level: Level::Reminder2,
        ..reminder(id, on)
    };
    let others = vec![
        second(11, 1),
        reminder(12, 2),
        second(13, 2),
        reminder(14, 1),
        reminder(15, 3),
    ];
    let written = decide(&store, 2, 1, others).await;
    assert_eq!(
        written.made,
        [13, 14, 15].map(action_id),
        "other levels and what did not leave"
    );
    let why = |refused: &maan_store::Refused| match refused.why {
        maan_store::Refusal::Claimed { item, level, .. } => (item, level),
        maan_store::Refusal::Ended(state) => panic!("{state}"),
    };
    let refused: Vec<_> = written.refused.iter().map(why).collect();
    assert_eq!(
        refused,
        [(item(1), Level::Reminder2), (item(2), Level::Reminder1)]
    );
}

async fn a_message_on_the_wire_has_time_of_its_own(f: Fixture) {
    let store = f.own();
    queued(&store, 1).await;
    let claim = claim_one(&store, NOW).await;
    assert!(store.start_sending(&claim, "<m>", after(LEASE)).await.unwrap());
    store
        .claim_outbox("b", after(LEASE + SENDING), LEASE, 9)
        .await
        .unwrap();
    assert_eq!(state(&store, 1).await, ActionState::Sending);
    store
        .claim_outbox("b", after(LEASE + SENDING + 1), LEASE, 9)
        .await
        .unwrap();
    assert_eq!(state(&store, 1).await, ActionState::Unknown);
}

async fn what_follows_from_a_letter_is_made_once_and_stays_when_nothing_is_proposed(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let letter = NewAction {
        channel: Channel::Letter,
        state: ActionState::ToDo,
        ..reminder(1, 1)
    };
    decide(&store, 1, 1, vec![letter]).await;
    let copy = NewAction {
        kind: "copy".into(),
        level: Level::None,
        ..reminder(2, 1)
    };
    let posted = |from| {
        let follows = Follows {
            debtor: debtor(1),
            facts: vec![fact(9)],
            action: Some(copy.clone()),
        };
        let from = [from];
        let store = &store;
        async move {
            let settled = store.settle(
                action_id(1),
                &from,
                ActionState::Done,
                "posted",
                "anna",
                follows,
                after(9),
            );
            settled.await.unwrap()
        }
    };
    assert!(!posted(ActionState::Queued).await);
    assert!(
        store.action(action_id(2)).await.unwrap().is_none(),
        "the letter was not posted"
    );
    assert!(posted(ActionState::ToDo).await);
    assert!(posted(ActionState::Done).await, "said again");
    let made = store.action(action_id(2)).await.unwrap().unwrap();
    let letter = store.action(action_id(1)).await.unwrap().unwrap();
    assert_eq!((made.title, made.decision), (copy.title.clone(), letter.decision));
    assert_eq!(
        (made.kind.as_str(), made.level, made.items),
        ("copy", Level::None, vec![(item(1), 1)])
    );
    let steps = store.history(action_id(2)).await.unwrap();
    let steps: Vec<_> = steps.iter().map(|step| (step.who.as_str(), step.to)).collect();
    assert_eq!(steps, [("anna", ActionState::Queued)], "made once");

    let written = decide(&store, 2, 1, vec![reminder(3, 2)]).await;
    assert_eq!(written.withdrawn, [], "a copy is no proposal");
    let claimed = store.claim_outbox("a", after(10), LEASE, 9).await.unwrap();
    let claimed: Vec<_> = claimed.iter().map(|claimed| claimed.action.id).collect();
    assert_eq!(claimed, [action_id(3), action_id(2)]);
}
