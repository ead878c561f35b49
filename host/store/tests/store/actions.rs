use maan_ledger::{Level, Moment};
use maan_store::{
    Action, ActionFilter, ActionState, Decision, DecisionId, NewAction, Refusal, Refused, Written,
};
use uuid::Uuid;

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(
    an_action_comes_back_as_it_was_made,
    the_worklist_is_filtered_and_ordered_by_rank,
    an_obligation_is_claimed_once_whatever_claims_it,
    what_was_sent_keeps_its_obligation_whatever_is_stopped_later,
    what_is_proposed_again_keeps_its_state_and_is_brought_up_to_date,
    what_is_no_longer_proposed_is_withdrawn_and_its_obligation_free,
    what_ended_undone_can_be_proposed_again_except_what_a_person_rejected,
    an_item_that_an_action_no_longer_covers_is_free,
    an_action_moves_only_from_where_it_was_expected,
    what_is_sent_or_unknown_is_never_made_again,
    what_is_stopped_leaves_the_outbox_and_claims_nothing,
    an_open_action_moves_only_towards_a_person,
    an_approval_holds_for_what_was_approved,
    what_a_person_rejected_rests_through_its_last_day,
    what_failed_and_is_no_longer_proposed_is_withdrawn,
);

fn all() -> ActionFilter {
    ActionFilter {
        limit: 100,
        ..ActionFilter::default()
    }
}

async fn an_action_comes_back_as_it_was_made(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let new = NewAction {
        items: vec![(item(1), 1), (item(2), 3)],
        ..reminder(5, 1)
    };
    let written = decide(&store, 1, 1, vec![new.clone()]).await;
    assert_eq!(
        written,
        Written {
            number: 1,
            made: vec![action_id(5)],
            ..Written::default()
        }
    );
    let action = store.action(action_id(5)).await.unwrap().unwrap();
    let expected = Action {
        id: new.id,
        debtor: debtor(1),
        decision: DecisionId {
            batch: Uuid::from_u128(1),
            position: 0,
        },
        kind: new.kind,
        level: new.level,
        items: new.items,
        channel: new.channel,
        state: ActionState::Queued,
        automation: new.automation,
        earliest: new.earliest,
        latest: new.latest,
        rank: new.rank,
        amount: new.amount,
        title: new.title,
        body: Some(new.body),
        changed_at: NOW,
        message_id: None,
        proof: None,
        not_before: None,
    };
    assert_eq!(action, expected);
    let history = store.history(action_id(5)).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].from, history[0].to, history[0].at),
        (None, ActionState::Queued, NOW)
    );
    assert_eq!(store.action(action_id(6)).await.unwrap(), None);
}

async fn the_worklist_is_filtered_and_ordered_by_rank(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 2).await;
    let waiting = |id| NewAction {
        state: ActionState::Waiting,
        ..reminder(id, id)
    };
    let actions = vec![
        reminder(1, 1),
        waiting(2),
        NewAction {
            rank: 1,
            ..waiting(3)
        },
    ];
    decide(&store, 1, 1, actions).await;
    decide(&store, 2, 2, vec![waiting(9)]).await;
    let ids = async |filter: ActionFilter| -> Vec<u128> {
        let actions = store.actions(filter).await.unwrap();
        actions.into_iter().map(|action| action.id.0.as_u128()).collect()
    };
    assert_eq!(ids(all()).await, [9, 2, 1, 3]);
    assert_eq!(ids(ActionFilter { limit: 2, ..all() }).await, [9, 2]);
    let states = vec![ActionState::Waiting, ActionState::Waiting, ActionState::Sent];
    assert_eq!(
        ids(ActionFilter {
            states: states.clone(),
            ..all()
        })
        .await,
        [9, 2, 3]
    );
    assert_eq!(
        ids(ActionFilter {
            states,
            debtor: Some(debtor(1)),
            limit: 1
        })
        .await,
        [2]
    );
    assert_eq!(
        ids(ActionFilter {
            debtor: Some(debtor(2)),
            ..all()
        })
        .await,
        [9]
    );
    let counts = store.action_counts().await.unwrap();
    assert_eq!(counts, [(ActionState::Waiting, 3), (ActionState::Queued, 1)]);
}

fn claimed(action: u128, on: u128, by: u128) -> Refused {
    let why = Refusal::Claimed {
        item: item(on),
        level: Level::Reminder1,
        round: 1,
        by: action_id(by),
    };
    Refused {
        action: action_id(action),
        why,
    }
}

async fn an_obligation_is_claimed_once_whatever_claims_it(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 2).await;
    // within a batch the first one has it
    let written = decide(&store, 1, 1, vec![reminder(1, 1), reminder(2, 1)]).await;
    assert_eq!(
        (written.made, written.refused),
        (vec![action_id(1)], vec![claimed(2, 1, 1)])
    );
    // and so it stays between batches, also when other items are free
    let both = NewAction {
        items: vec![(item(7), 1), (item(1), 1)],
        ..reminder(3, 7)
    };
    let decision = Decision {
        actions: vec![both],
        withdraw: false,
        ..decision(1, 0)
    };
    let written = store
        .write_batch(batch(&store, 2, vec![decision]).await)
        .await
        .unwrap();
    assert_eq!(written.refused, [claimed(3, 1, 1)]);
    // another level, another round, no level at all and a free item are other things
    let others = vec![
        reminder(1, 1),
        NewAction {
            level: Level::Reminder2,
            ..reminder(4, 1)
        },
        NewAction {
            items: vec![(item(1), 2)],
            ..reminder(5, 1)
        },
        NewAction {
            level: Level::None,
            ..reminder(6, 1)
        },
        reminder(7, 7),
    ];
    let written = decide(&store, 3, 1, others).await;
    assert_eq!(written.made, [4, 5, 6, 7].map(action_id));
    assert_eq!((written.kept, written.refused), (vec![action_id(1)], vec![]));
}

async fn what_was_sent_keeps_its_obligation_whatever_is_stopped_later(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    decide(&store, 1, 1, vec![reminder(1, 1), reminder(2, 2)]).await;
    let queued = [ActionState::Queued];
    let sent = store.move_action(action_id(1), &queued, ActionState::Sent, "left", "sender", NOW);
    assert!(sent.await.unwrap());
    let stopped = |id, on| NewAction {
        state: ActionState::Vetoed,
        ..reminder(id, on)
    };
    let written = decide(
        &store,
        2,
        1,
        vec![stopped(1, 1), stopped(2, 2), reminder(3, 1), reminder(4, 2)],
    )
    .await;
    // the one that was sent has it for good, that of the one that is stopped goes over
    let ended = Refused {
        action: action_id(1),
        why: Refusal::Ended(ActionState::Sent),
    };
    assert_eq!(written.refused, [ended, claimed(3, 1, 1)]);
    assert_eq!(
        (written.made, written.kept),
        (vec![action_id(4)], vec![action_id(2)])
    );
    let written = decide(&store, 3, 1, vec![reminder(5, 2)]).await;
    assert_eq!(
        (written.made, written.withdrawn),
        (vec![action_id(5)], vec![action_id(4)])
    );
    let written = decide(&store, 4, 1, vec![reminder(5, 2), reminder(6, 2)]).await;
    assert_eq!(written.refused, [claimed(6, 2, 5)]);
}

async fn what_is_proposed_again_keeps_its_state_and_is_brought_up_to_date(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let waiting = NewAction {
        state: ActionState::Waiting,
        ..reminder(1, 1)
    };
    decide(&store, 1, 1, vec![waiting.clone()]).await;
    let approve = store.move_action(
        action_id(1),
        &[ActionState::Waiting],
        ActionState::Queued,
        "ok",
        "anna",
        NOW,
    );
    assert!(approve.await.unwrap());
    let newer = NewAction {
        title: "nieuw".into(),
        amount: euros(5),
        latest: TODAY.plus(9),
        ..waiting
    };
    let written = decide(&store, 2, 1, vec![newer]).await;
    assert_eq!(
        (written.kept, written.made, written.withdrawn),
        (vec![action_id(1)], vec![], vec![])
    );
    let action = store.action(action_id(1)).await.unwrap().unwrap();
    assert_eq!(
        (action.state, action.title.as_str(), action.amount),
        (ActionState::Queued, "nieuw", euros(5))
    );
    assert_eq!(
        (action.latest, action.decision.batch),
        (TODAY.plus(9), Uuid::from_u128(2))
    );
    assert_eq!(store.history(action_id(1)).await.unwrap().len(), 2);
}

async fn what_is_no_longer_proposed_is_withdrawn_and_its_obligation_free(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 2).await;
    decide(&store, 1, 1, vec![reminder(1, 1), reminder(2, 2)]).await;
    decide(&store, 2, 2, vec![reminder(3, 3)]).await;
    // without the order to withdraw, everything stays
    let keep = Decision {
        withdraw: false,
        ..decision(1, 0)
    };
    let written = store
        .write_batch(batch(&store, 3, vec![keep]).await)
        .await
        .unwrap();
    assert!(written.withdrawn.is_empty());
    let written = decide(&store, 4, 1, vec![reminder(2, 2), reminder(4, 1)]).await;
    assert_eq!(
        (written.withdrawn, written.kept),
        (vec![action_id(1)], vec![action_id(2)])
    );
    assert_eq!(written.made, [action_id(4)]);
    assert_eq!(
        store.action(action_id(1)).await.unwrap().unwrap().state,
        ActionState::Withdrawn
    );
    assert_eq!(
        store.action(action_id(3)).await.unwrap().unwrap().state,
        ActionState::Queued
    );
    let history = store.history(action_id(1)).await.unwrap();
    assert_eq!(
        (history[1].from, history[1].to),
        (Some(ActionState::Queued), ActionState::Withdrawn)
    );
}

async fn what_ended_undone_can_be_proposed_again_except_what_a_person_rejected(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    for (n, end) in [
        (1, ActionState::Withdrawn),
        (2, ActionState::Vetoed),
        (3, ActionState::Rejected),
    ] {
        decide(&store, n * 10, 1, vec![reminder(n, n)]).await;
        let end = store.move_action(action_id(n), &[ActionState::Queued], end, "weg", "anna", NOW);
        assert!(end.await.unwrap());
        let back = store.move_action(
            action_id(n),
            &ActionState::ALL,
            ActionState::Queued,
            "terug",
            "anna",
            NOW,
        );
        assert!(!back.await.unwrap(), "it would come back without its obligation");
        let written = decide(&store, n * 10 + 1, 1, vec![reminder(n, n)]).await;
        let history = store.history(action_id(n)).await.unwrap();
        if n == 3 {
            let why = Refusal::Ended(ActionState::Rejected);
            assert_eq!(
                written.refused,
                [Refused {
                    action: action_id(3),
                    why
                }]
            );
            assert_eq!(history.len(), 2);
        } else {
            assert_eq!(written.made, [action_id(n)]);
            assert_eq!(
                (history[2].from, history[2].to),
                (history[1].to.into(), ActionState::Queued)
            );
            let rival = decide_more(&store, n * 10 + 2, vec![reminder(90 + n, n)]).await;
            assert_eq!(rival.refused, [claimed(90 + n, n, n)]);
        }
    }
    // what was rejected leaves its obligation to others
    assert_eq!(
        decide(&store, 99, 1, vec![reminder(50, 3)]).await.made,
        [action_id(50)]
    );
}

async fn decide_more(store: &maan_store::TenantStore, number: u128, actions: Vec<NewAction>) -> Written {
    let decision = Decision {
        actions,
        withdraw: false,
        ..decision(1, 0)
    };
    store
        .write_batch(batch(store, number, vec![decision]).await)
        .await
        .unwrap()
}

async fn an_item_that_an_action_no_longer_covers_is_free(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let two = NewAction {
        items: vec![(item(1), 1), (item(2), 1)],
        ..reminder(1, 1)
    };
    decide(&store, 1, 1, vec![two]).await;
    decide(&store, 2, 1, vec![reminder(1, 1)]).await;
    let written = decide(&store, 3, 1, vec![reminder(1, 1), reminder(2, 2)]).await;
    assert_eq!(
        (written.made, written.kept),
        (vec![action_id(2)], vec![action_id(1)])
    );
}

async fn an_action_moves_only_from_where_it_was_expected(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    decide(
        &store,
        1,
        1,
        vec![NewAction {
            state: ActionState::ToDo,
            ..reminder(1, 1)
        }],
    )
    .await;
    let later = Moment(NOW.0 + 5);
    let from = [ActionState::Waiting, ActionState::Queued];
    assert!(
        !store
            .move_action(action_id(1), &from, ActionState::Done, "", "anna", later)
            .await
            .unwrap()
    );
    assert!(
        !store
            .move_action(action_id(8), &from, ActionState::Done, "", "anna", later)
            .await
            .unwrap()
    );
    let to_do = [ActionState::ToDo];
    assert!(
        store
            .move_action(action_id(1), &to_do, ActionState::Done, "gebeld", "anna", later)
            .await
            .unwrap()
    );
    assert!(
        !store
            .move_action(action_id(1), &to_do, ActionState::Done, "gebeld", "anna", later)
            .await
            .unwrap()
    );
    let history = store.history(action_id(1)).await.unwrap();
    let last = &history[1];
    assert_eq!(
        (last.from, last.to, last.at),
        (Some(ActionState::ToDo), ActionState::Done, later)
    );
    assert_eq!(
        (last.who.as_str(), last.note.as_str(), history.len()),
        ("anna", "gebeld", 2)
    );
    assert_eq!(
        store.action(action_id(1)).await.unwrap().unwrap().changed_at,
        later
    );
}

async fn what_is_sent_or_unknown_is_never_made_again(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let ends = [
        ActionState::Sent,
        ActionState::Unknown,
        ActionState::Failed,
        ActionState::Done,
    ];
    for (n, end) in (1..).zip(ends) {
        decide(&store, n * 10, 1, vec![reminder(n, n)]).await;
        let end_it = store.move_action(action_id(n), &[ActionState::Queued], end, "", "anna", NOW);
        assert!(end_it.await.unwrap());
        let same = decide(&store, n * 10 + 1, 1, vec![reminder(n, n)]).await;
        assert_eq!(
            same.refused,
            [Refused {
                action: action_id(n),
                why: Refusal::Ended(end)
            }]
        );
        let rival = decide_more(&store, n * 10 + 2, vec![reminder(n + 50, n)]).await;
        assert_eq!(rival.refused, [claimed(n + 50, n, n)]);
    }
}

fn in_state(state: ActionState, action: NewAction) -> NewAction {
    NewAction { state, ..action }
}

async fn what_is_stopped_leaves_the_outbox_and_claims_nothing(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    decide(&store, 1, 1, vec![reminder(1, 1)]).await;
    let claim = store.claim_outbox("a", NOW, 60, 1).await.unwrap()[0].claim;
    // the same one is stopped now, and another does what it was for
    let stopped = in_state(ActionState::Vetoed, reminder(1, 1));
    let written = decide(&store, 2, 1, vec![stopped.clone(), reminder(2, 1)]).await;
    assert_eq!(
        (written.kept, written.made),
        (vec![action_id(1)], vec![action_id(2)])
    );
    assert!(!store.start_sending(&claim, "<m>", NOW).await.unwrap());
    let last = store.history(action_id(1)).await.unwrap().pop().unwrap();
    assert_eq!(
        (last.from, last.to),
        (Some(ActionState::Queued), ActionState::Vetoed)
    );
    // stopped again is nothing new
    decide(&store, 3, 1, vec![stopped, reminder(2, 1)]).await;
    assert_eq!(store.history(action_id(1)).await.unwrap().len(), 2);
    // one that is stopped from the start leaves the way free for a later one with more items
    let stopped = in_state(ActionState::Vetoed, reminder(5, 5));
    decide(&store, 4, 1, vec![stopped]).await;
    let both = NewAction {
        items: vec![(item(5), 1), (item(6), 1)],
        ..reminder(6, 6)
    };
    assert_eq!(decide(&store, 5, 1, vec![both]).await.made, [action_id(6)]);
}

async fn an_open_action_moves_only_towards_a_person(f: Fixture) {
    use ActionState::{Queued, ToDo, Waiting};
    let store = f.own();
    known_debtors(&store, 1).await;
    let cases = [
        (Queued, Waiting, Waiting),
        (Queued, ToDo, ToDo),
        (Waiting, Queued, Waiting),
        (Waiting, ToDo, ToDo),
        (ToDo, Queued, ToDo),
        (ToDo, Waiting, ToDo),
    ];
    for (n, (before, proposed, after)) in (1..).zip(cases) {
        decide(&store, n * 2, 1, vec![in_state(before, reminder(n, n))]).await;
        let other = NewAction {
            automation: "approve".into(),
            ..in_state(proposed, reminder(n, n))
        };
        decide(&store, n * 2 + 1, 1, vec![other]).await;
        let action = store.action(action_id(n)).await.unwrap().unwrap();
        assert_eq!(action.state, after, "{before} proposed as {proposed}");
    }
}

async fn an_approval_holds_for_what_was_approved(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let approval = |amount| NewAction {
        automation: "approve".into(),
        amount: euros(amount),
        ..in_state(ActionState::Waiting, reminder(1, 1))
    };
    decide(&store, 1, 1, vec![approval(100)]).await;
    let waiting = [ActionState::Waiting];
    assert!(
        store
            .move_action(action_id(1), &waiting, ActionState::Queued, "ok", "anna", NOW)
            .await
            .unwrap()
    );
    let state = async || store.action(action_id(1)).await.unwrap().unwrap().state;
    decide(&store, 2, 1, vec![approval(90)]).await;
    assert_eq!(state().await, ActionState::Queued, "it asks less");
    decide(&store, 3, 1, vec![approval(110)]).await;
    assert_eq!(
        state().await,
        ActionState::Waiting,
        "it asks more than was approved"
    );
}

async fn what_a_person_rejected_rests_through_its_last_day(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 2).await;
    decide(&store, 1, 1, vec![reminder(1, 1)]).await;
    let queued = [ActionState::Queued];
    assert!(
        store
            .move_action(action_id(1), &queued, ActionState::Rejected, "no", "anna", NOW)
            .await
            .unwrap()
    );
    decide(&store, 9, 2, vec![reminder(9, 9)]).await;
    let resting = store.rejected(TODAY.plus(5)).await.unwrap();
    assert_eq!(
        resting.into_iter().collect::<Vec<_>>(),
        [(debtor(1), vec![action_id(1)])]
    );
    assert!(store.rejected(TODAY.plus(6)).await.unwrap().is_empty());
    for (number, day, made) in [(2, TODAY.plus(5), vec![]), (3, TODAY.plus(6), vec![action_id(1)])] {
        let again = Decision {
            actions: vec![reminder(1, 1)],
            ..decision(1, 0)
        };
        let later = maan_store::DecidedBatch {
            as_of: day,
            ..batch(&store, number, vec![again]).await
        };
        assert_eq!(store.write_batch(later).await.unwrap().made, made);
    }
}

async fn what_failed_and_is_no_longer_proposed_is_withdrawn(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    decide(&store, 1, 1, vec![reminder(1, 1)]).await;
    let queued = [ActionState::Queued];
    assert!(
        store
            .move_action(action_id(1), &queued, ActionState::Failed, "550", "outbox", NOW)
            .await
            .unwrap()
    );
    let written = decide(&store, 2, 1, vec![reminder(2, 1)]).await;
    assert_eq!(
        (written.withdrawn, written.made),
        (vec![action_id(1)], vec![action_id(2)])
    );
}
