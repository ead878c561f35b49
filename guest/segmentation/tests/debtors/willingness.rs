//! Whether a debtor cannot or will not pay, and what is missing to say so.

use maan_policy::testkit::case;
use maan_policy::types::*;
use maan_policy_segmentation::Settings;

use crate::common::{TODAY, codes, decide, decide_by, overdue};

#[test]
fn seg_6_no_evidence_is_unknown_and_not_a_judgement() {
    let segment = decide(&overdue(case(TODAY).paid_late(12, 60)));
    assert_eq!(segment.willingness, Willingness::Unknown);
    assert!(segment.evidence.is_empty());
}

#[test]
fn seg_6_one_criterion_alone_stays_unknown() {
    let one = overdue(
        case(TODAY)
            .paid_late(12, 60)
            .evidence(Criterion::FinancialRoom, -900),
    );
    let segment = decide(&one);
    assert_eq!(segment.willingness, Willingness::Unknown);
    assert_eq!(
        segment.evidence.len(),
        1,
        "what is recorded is shown all the same"
    );
}

#[test]
fn seg_6_no_room_and_good_will_cannot_pay() {
    let cannot = overdue(
        case(TODAY)
            .paid_late(12, 60)
            .evidence(Criterion::FinancialRoom, -800)
            .evidence(Criterion::WillingnessToConcede, 600),
    );
    let segment = decide(&cannot);
    assert_eq!(
        (segment.key.as_str(), segment.willingness),
        ("cannot-pay", Willingness::Cannot)
    );
    assert_eq!(segment.confidence, 400);
    assert_eq!(segment.evidence[0].weight, -800);
}

#[test]
fn seg_6_room_but_no_will_will_not_pay() {
    let frustrated = case(TODAY)
        .paid_late(12, 60)
        .evidence(Criterion::FinancialRoom, 700)
        .evidence(Criterion::BeliefsAboutPaying, -600)
        .evidence(Criterion::WillingnessToConcede, -800);
    assert_eq!(decide(&overdue(frustrated)).key, "will-not-pay");
}

#[test]
fn seg_6_nobody_is_called_unwilling_while_room_is_unknown() {
    let unknown = case(TODAY)
        .evidence(Criterion::BeliefsAboutPaying, -900)
        .evidence(Criterion::WillingnessToConcede, -900);
    assert_eq!(decide(&unknown).willingness, Willingness::Unknown);
}

#[test]
fn seg_6_evidence_grows_old() {
    let mut old = case(TODAY)
        .evidence(Criterion::FinancialRoom, -800)
        .evidence(Criterion::SelfDirection, -800);
    for piece in &mut old.conversation.evidence {
        piece.on -= 366;
    }
    assert_eq!(decide(&old).willingness, Willingness::Unknown);
}

#[test]
fn seg_6_what_the_right_person_says_is_evidence_and_what_another_says_is_not() {
    let says = |right: bool| {
        let mut case = overdue(case(TODAY).paid_late(12, 60))
            .contact("2026-10-01", ContactOutcome::CannotPay)
            .contact("2026-10-08", ContactOutcome::AsksPlan);
        case.conversation
            .contacts
            .iter_mut()
            .for_each(|contact| contact.right_person = right);
        decide(&case)
    };
    let segment = says(true);
    assert_eq!(segment.willingness, Willingness::Cannot);
    assert_eq!(
        segment
            .evidence
            .iter()
            .map(|piece| piece.weight)
            .collect::<Vec<_>>(),
        [-500, 500]
    );
    assert_eq!(
        (says(false).willingness, says(false).evidence.len()),
        (Willingness::Unknown, 0)
    );
}

#[test]
fn seg_6_a_report_tells_the_room_of_who_does_not_want_to() {
    let refuses = overdue(case(TODAY).paid_late(12, 60)).contact("2026-10-01", ContactOutcome::WillNotPay);
    let unknown = decide(&refuses);
    assert_eq!(unknown.willingness, Willingness::Unknown);
    assert!(codes(&unknown).contains(&"willingness.too-little"));
    let sound = refuses.clone().report(ReportAnswer::Present, Some(10), None);
    assert_eq!(decide(&sound).willingness, Willingness::WillNot);
    let failing = refuses.clone().report(ReportAnswer::Present, Some(400), None);
    assert_eq!(decide(&failing).willingness, Willingness::Cannot);
    let mut marked = refuses.clone().report(ReportAnswer::Present, None, None);
    marked.account.report.as_mut().unwrap().marks = vec!["attachment".into()];
    assert_eq!(decide(&marked).willingness, Willingness::Cannot);
    let silent = refuses.report(ReportAnswer::NoAnswer, Some(10), None);
    assert_eq!(decide(&silent).willingness, Willingness::Unknown);
}

#[test]
fn seg_6_a_report_and_behaviour_alone_judge_nobody() {
    let mut failing = overdue(case(TODAY).paid_late(12, 60)).report(ReportAnswer::Present, Some(900), None);
    failing.behaviour.promises_broken = 5;
    failing.behaviour.returned_debits = 5;
    let segment = decide(&failing);
    assert_eq!(
        (segment.willingness, segment.evidence.len()),
        (Willingness::Unknown, 0)
    );
}

#[test]
fn seg_6_behaviour_supports_or_contradicts_what_was_said() {
    let weight = |change: fn(&mut Behaviour)| {
        let mut case = overdue(case(TODAY).evidence(Criterion::FinancialRoom, 100));
        change(&mut case.behaviour);
        let segment = decide(&case);
        segment
            .evidence
            .iter()
            .map(|piece| piece.weight)
            .skip(1)
            .collect::<Vec<_>>()
    };
    assert_eq!(weight(|b| (b.promises_kept, b.promises_broken) = (1, 3)), [-150]);
    assert_eq!(weight(|b| (b.promises_kept, b.promises_broken) = (3, 0)), [300]);
    assert_eq!(
        weight(|b| (b.disputes_justified, b.disputes_unjustified) = (0, 1)),
        [-300]
    );
    assert_eq!(
        weight(|b| (b.disputes_justified, b.disputes_unjustified) = (1, 1)),
        [0_i16; 0]
    );
    assert_eq!(weight(|b| b.returned_debits = 1), [-300]);
}

#[test]
fn seg_6_a_situation_in_force_speaks_of_no_room() {
    let lost = overdue(
        case(TODAY)
            .evidence(Criterion::WillingnessToConcede, 600)
            .situation("income-loss", "2026-09-01"),
    );
    assert_eq!(decide(&lost).willingness, Willingness::Cannot);
    let mut ended = lost;
    ended.conversation.situations.as_mut().unwrap()[0].until = Some(ended.context.today - 1);
    assert_eq!(decide(&ended).willingness, Willingness::Unknown);
}

#[test]
fn seg_6_unknown_says_what_is_missing() {
    let room_unknown = case(TODAY)
        .evidence(Criterion::BeliefsAboutPaying, -900)
        .evidence(Criterion::WillingnessToConcede, -900);
    assert!(codes(&decide(&room_unknown)).contains(&"willingness.room-unknown"));
    let undecided = case(TODAY)
        .evidence(Criterion::FinancialRoom, 100)
        .evidence(Criterion::WillingnessToConcede, 100);
    assert!(codes(&decide(&undecided)).contains(&"willingness.undecided"));
}

#[test]
fn seg_6_who_paid_since_and_owes_nothing_late_is_judged_no_longer() {
    let mut paid = case(TODAY).paid_on_time(8);
    for criterion in [Criterion::FinancialRoom, Criterion::SelfDirection] {
        paid.conversation.evidence.push(Evidence {
            criterion,
            on: paid.context.today - 60,
            leaning: -900,
        });
    }
    let segment = decide(&paid);
    assert_eq!(
        (segment.key.as_str(), segment.willingness),
        ("good-payer", Willingness::Unknown)
    );
    assert!(codes(&segment).contains(&"willingness.paid-since"));
    assert_eq!(decide(&overdue(paid)).willingness, Willingness::Cannot);
}

#[test]
fn seg_6_judging_can_be_switched_off() {
    let cannot = overdue(
        case(TODAY)
            .evidence(Criterion::FinancialRoom, -800)
            .evidence(Criterion::SelfDirection, -800),
    );
    let mut settings = Settings::default();
    settings.willingness.judged = false;
    assert_eq!(decide(&cannot).willingness, Willingness::Cannot);
    assert_eq!(decide_by(settings, &cannot).willingness, Willingness::Unknown);
}
