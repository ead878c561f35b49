use super::*;
use maan_policy::testkit::eur;

fn refused(change: impl FnOnce(&mut StatuteCase)) -> String {
    let case = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("100.00")));
    let mut view = case.statute(vec![message(&case, Level::Reminder1)]);
    change(&mut view);
    policy("{}").decide(&case.context, &view).unwrap_err().message
}

#[test]
fn a_case_that_makes_no_sense_is_refused_with_what_is_wrong() {
    assert!(refused(|view| view.payments.items.push(0)).contains("columns of payments"));
    assert!(refused(|view| view.items[0].due = i32::MAX).contains("2147483647"));
    assert!(refused(|view| view.charges_on = -1).contains("charges-on"));
    assert!(refused(|view| view.rate_kind = "usury".into()).contains("usury"));
    assert!(refused(|view| view.proposals[0].items = vec![7]).contains("item 7"));
    assert!(refused(|view| view.texts = Some(vec![String::new(); 3])).contains("text"));
    assert!(refused(|view| view.proposals[0].earliest = i32::MIN).contains("proposal"));
    let negative = refused(|view| {
        view.payments = maan_policy::slots::ItemPayments {
            items: vec![0],
            days: vec![20_000],
            amounts: vec![-1],
        };
    });
    assert!(negative.contains("negative"));
}

#[test]
fn enormous_amounts_are_refused_or_computed_but_never_wrap() {
    let mut case = case(TODAY).invoice(|i| i.due("2010-01-01").open(eur("100.00")));
    (case.items[0].amount, case.items[0].open) = (i64::MAX, i64::MAX);
    let result = policy("{}").decide(&case.context, &case.statute(vec![]));
    assert!(result.unwrap_err().message.contains("too large"));
}

#[test]
fn the_same_case_gets_the_same_answer() {
    let case = consumer(TODAY).invoice(|i| i.due("2026-10-01").open(eur("100.00")));
    let ask = || judge(&case, vec![message(&case, Level::FormalNotice), hand_over(&case)]);
    assert_eq!(ask(), ask());
}

#[test]
fn there_is_an_answer_for_each_proposal_in_order() {
    let case = consumer(TODAY).invoice(|i| i.due("2026-10-01").open(eur("100.00")));
    let answers = judge(
        &case,
        vec![
            hand_over(&case),
            message(&case, Level::Reminder1),
            hand_over(&case),
        ],
    )
    .answers;
    assert!(matches!(
        answers[..],
        [Answer::Veto(_), Answer::Allow, Answer::Veto(_)]
    ));
}

#[test]
fn days_from_1970_through_2199_are_judged_and_no_others() {
    let case = consumer(TODAY).invoice(|i| i.due("2026-10-01").open(eur("100.00")));
    let last = on("2199-12-31");
    for (charges_on, judged) in [(-1, false), (0, true), (last, true), (last + 1, false)] {
        let mut view = case.statute(vec![]);
        view.charges_on = charges_on;
        let judgement = policy("{}").decide(&case.context, &view);
        assert_eq!(judgement.is_ok(), judged, "day {charges_on}");
    }
}
