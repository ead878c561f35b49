use maan_ledger::{
    Body, Channel, Complaint, Contact, GroupExposure, Hold, Judgement, LegalSituation, LegalStatus, Limit,
    Mandate, Outcome, RegisterAnswer, RegisterState, Situation, Verdict, Willingness,
};

use crate::support::{Story, day, eur, item_id};

fn contact(id: &str, outcome: Outcome, inbound: bool) -> Body {
    Body::Contacted(Contact {
        id: id.into(),
        channel: Channel::Phone,
        outcome,
        right_person: false,
        inbound,
        unhandled: inbound,
        items: Vec::new(),
    })
}

#[test]
fn the_last_outbound_contact_counts_attempts_but_no_third_party_and_no_inbound() {
    let story = Story::default()
        .fact("2026-03-01", contact("a", Outcome::NoAnswer, false))
        .fact("2026-03-02", contact("b", Outcome::ThirdParty, false))
        .fact("2026-03-03", contact("c", Outcome::Reached, true));
    let snapshot = story.at("2026-03-04");
    assert_eq!(snapshot.last_outbound, Some(day("2026-03-01")));
    assert_eq!(snapshot.conversation.contacts.len(), 3);
}

#[test]
fn a_contact_recorded_again_replaces_the_earlier_record() {
    let handled = Contact {
        id: "a".into(),
        channel: Channel::Phone,
        outcome: Outcome::Promised,
        right_person: true,
        inbound: true,
        unhandled: false,
        items: Vec::new(),
    };
    let story = Story::default()
        .fact("2026-03-01", contact("a", Outcome::Other, true))
        .late_fact("2026-03-01", "2026-03-02", Body::Contacted(handled));
    assert!(story.at("2026-03-01").conversation.contacts[0].what.unhandled);
    let contacts = story.at("2026-03-02").conversation.contacts;
    assert_eq!((contacts.len(), contacts[0].what.unhandled), (1, false));
}

#[test]
fn situations_and_legal_situations_hold_through_their_last_day() {
    let legal = |until| {
        Body::LegalStatusRecorded(LegalStatus {
            situation: LegalSituation::Moratorium,
            since: day("2026-03-01"),
            until,
            source: "register".into(),
            file_claim_by: None,
        })
    };
    let situation = Situation {
        code: "move".into(),
        until: Some(day("2026-03-10")),
    };
    let story = Story::default()
        .fact("2026-03-01", Body::SituationRecorded(situation))
        .fact("2026-03-02", legal(None))
        .fact("2026-04-01", legal(Some(day("2026-04-01"))));
    assert_eq!(story.at("2026-03-10").conversation.situations.len(), 1);
    assert!(story.at("2026-03-11").conversation.situations.is_empty());
    assert_eq!(story.at("2026-03-31").legal.len(), 1);
    assert_eq!(story.at("2026-04-01").legal.len(), 1);
    assert!(story.at("2026-04-02").legal.is_empty());
}

#[test]
fn a_complaint_is_open_until_it_is_settled() {
    let complaint = |settled| {
        Body::Complained(Complaint {
            id: "c".into(),
            settled,
        })
    };
    let story = Story::default()
        .fact("2026-03-01", complaint(false))
        .fact("2026-03-09", complaint(true));
    assert_eq!(story.at("2026-03-08").conversation.complaints_open, 1);
    assert_eq!(story.at("2026-03-09").conversation.complaints_open, 0);
}

#[test]
fn the_limit_and_hold_of_the_latest_day_count_also_when_an_older_one_becomes_known_later() {
    let limit = |minor| {
        Body::LimitSet(Limit {
            limit: Some(eur(minor)),
            insured: None,
            reason: String::new(),
        })
    };
    let story = Story::default()
        .fact("2026-03-05", limit(500))
        .late_fact("2026-03-01", "2026-03-06", limit(900))
        .fact(
            "2026-03-07",
            Body::HoldSet(Hold {
                held: true,
                reason: String::new(),
            }),
        );
    assert_eq!(story.at("2026-03-06").account.limit, Some(eur(500)));
    assert_eq!(
        story.at_known("2026-03-04", "2026-03-06").account.limit,
        Some(eur(900))
    );
    assert!(!story.at("2026-03-06").account.held);
    assert!(story.at("2026-03-07").account.held);
}

#[test]
fn a_direct_debit_that_came_back_is_counted() {
    let mandate = |code: &str| {
        Body::MandateUsed(Mandate {
            item: item_id(1),
            collection_day: day("2026-03-20"),
            return_code: code.into(),
            returned_on: (!code.is_empty()).then(|| day("2026-03-24")),
        })
    };
    let story = Story::default()
        .invoice(1, "2026-03-01", 10_000)
        .fact("2026-03-10", mandate(""))
        .fact("2026-03-24", mandate("AM04"));
    assert_eq!(story.at("2026-03-23").mandates[0].return_code, "");
    let after = story.at("2026-03-24");
    assert_eq!((after.mandates.len(), after.behaviour.returned_debits), (1, 1));
}

#[test]
fn the_segment_holds_since_it_was_first_given_and_the_check_since_it_was_asked() {
    let judged = |segment: &str, verdict| {
        Body::Judged(Judgement {
            segment: segment.into(),
            willingness: Willingness::Pays,
            verdict,
            limit: verdict.map(|_| eur(100)),
            hold: false,
            review_on: None,
        })
    };
    let story = Story::default()
        .fact("2026-03-01", judged("new", None))
        .fact("2026-03-05", judged("loyal", Some(Verdict::Accept)))
        .fact("2026-03-09", judged("loyal", None));
    let snapshot = story.at("2026-03-10");
    let judged = snapshot.judged.unwrap();
    assert_eq!(
        (judged.segment, judged.segment_since),
        ("loyal", day("2026-03-05"))
    );
    assert_eq!(
        (judged.verdict, judged.limit),
        (Some(Verdict::Accept), Some(eur(100)))
    );
}

#[test]
fn of_each_register_the_answer_of_the_latest_day_holds() {
    use RegisterState::{NoAnswer, Nothing};
    let asked = |register: &str, answer| {
        Body::RegisterAsked(RegisterAnswer {
            register: register.into(),
            answer,
        })
    };
    let story = Story::default()
        .fact("2026-03-01", asked("cir", Nothing))
        .fact("2026-03-02", asked("ccbr", Nothing))
        .fact("2026-03-04", asked("cir", NoAnswer));
    let answers = |on: &str| {
        let snapshot = story.at(on);
        let answers = snapshot.registers.iter();
        answers
            .map(|answer| (answer.what.register.clone(), answer.on, answer.what.answer))
            .collect::<Vec<_>>()
    };
    let ccbr = ("ccbr".to_owned(), day("2026-03-02"), Nothing);
    assert_eq!(
        answers("2026-03-03"),
        [ccbr.clone(), ("cir".to_owned(), day("2026-03-01"), Nothing)]
    );
    assert_eq!(
        answers("2026-03-04"),
        [ccbr, ("cir".to_owned(), day("2026-03-04"), NoAnswer)]
    );
}

#[test]
fn what_the_group_owes_holds_until_something_else_is_stated() {
    let stated = |open| Body::GroupExposureStated(GroupExposure { open });
    let story = Story::default()
        .fact("2026-03-01", stated(Some(eur(35_000))))
        .fact("2026-03-05", stated(None));
    assert_eq!(story.at("2026-02-28").account.group_open, None);
    assert_eq!(story.at("2026-03-04").account.group_open, Some(eur(35_000)));
    assert_eq!(
        story.at("2026-03-05").account.group_open,
        None,
        "the debtor left the group"
    );
}
