//! What never makes a difference, and what only goes one way.

use maan_policy::Segmentation;
use maan_policy::slots::Segment;
use maan_policy::testkit::{Case, case};
use maan_policy::types::*;
use maan_policy_segmentation::{DefaultSegmentation, Settings};
use proptest::prelude::*;

const TODAY: &str = "2026-10-15";

fn decide(case: &Case) -> Segment {
    DefaultSegmentation::new(Settings::default())
        .unwrap()
        .decide(&case.context, &case.segmentation())
        .unwrap()
}

fn build(history: &[(i32, i32, i64)], open: &[(i32, i64)]) -> Case {
    let mut case = case(TODAY);
    let today = case.context.today;
    let mut history = history.to_vec();
    history.sort_unstable_by_key(|&(back, _, _)| std::cmp::Reverse(back));
    for (back, late, amount) in history {
        case.behaviour.due.push(today - back);
        case.behaviour.paid.push((today - back + late).min(today));
        case.behaviour.amount.push(amount);
    }
    for &(back, amount) in open {
        case = case.invoice(|i| i.open(amount));
        let item = case.items.last_mut().unwrap();
        item.due = today - back;
        if back > 0 {
            case.account.overdue += amount;
        }
    }
    case
}

proptest! {
    #[test]
    fn the_order_of_items_changes_nothing(
        history in prop::collection::vec((0..900_i32, -10..90_i32, 1..10_000_000_i64), 0..30),
        open in prop::collection::vec((-30..200_i32, 1..10_000_000_i64), 0..8),
    ) {
        let forwards = decide(&build(&history, &open));
        let mut turned = open.clone();
        turned.reverse();
        prop_assert_eq!(forwards, decide(&build(&history, &turned)));
    }

    #[test]
    fn language_and_place_in_the_list_change_nothing(
        history in prop::collection::vec((0..900_i32, -10..90_i32, 1..10_000_000_i64), 0..30),
        language in "[a-z]{0,3}",
    ) {
        let one = build(&history, &[]);
        let mut other = one.clone();
        other.debtor.language = language;
        prop_assert_eq!(decide(&one), decide(&other));
    }

    #[test]
    fn a_day_older_never_ranks_lower(
        back in 1..400_i32, amount in 1..1_000_000_000_i64, other in 1..1_000_000_000_i64,
    ) {
        prop_assert!(decide(&build(&[], &[(back + 1, other)])).rank > decide(&build(&[], &[(back, amount)])).rank);
    }

    #[test]
    fn nothing_that_a_case_can_hold_makes_it_fail(
        due in prop::collection::vec(any::<i32>(), 0..5),
        paid in prop::collection::vec(any::<i32>(), 0..5),
        amount in prop::collection::vec(any::<i64>(), 0..5),
        open in any::<i64>(), day in any::<i32>(), today in any::<i32>(), overdue in any::<i64>(),
    ) {
        let mut case = case(TODAY).invoice(|i| i.disputed(5));
        case.context.today = today;
        case.behaviour.due = due;
        case.behaviour.paid = paid;
        case.behaviour.amount = amount;
        case.items[0].open = open;
        case.items[0].due = day;
        case.account.overdue = overdue;
        let segment = decide(&case);
        prop_assert!(segment.confidence <= 1000 && !segment.key.is_empty());
    }

    /// Large and small payments, late and on the day, in turn: the weighted delay swings, the segment does not.
    #[test]
    fn seg_8_nobody_moves_to_a_milder_segment_soon_after_a_move(
        payments in prop::collection::vec((prop::sample::select(vec![0, 30]), 0..3_u32), 15..50), gap in 3..12_i32,
    ) {
        let mut case = case(TODAY);
        let begin = case.context.today;
        for (n, (late, size)) in (0..).zip(payments) {
            let due = begin + n * gap;
            while case.context.today < due + late {
                next_day(&mut case)?;
            }
            case.behaviour.due.push(due);
            case.behaviour.paid.push(due + late);
            case.behaviour.amount.push(1_000 * 100_i64.pow(size));
        }
    }

    #[test]
    fn every_reason_and_piece_of_evidence_has_words(
        leanings in prop::collection::vec((0..4_usize, -1500..1500_i16, 0..500_i32), 0..5),
        outcomes in prop::collection::vec((0..4_usize, 0..400_i32), 0..3),
        history in prop::collection::vec((0..900_i32, -10..90_i32, 1..10_000_000_i64), 0..30),
        open in prop::collection::vec((-30..200_i32, 1..10_000_000_i64), 0..4),
        numbers in any::<[u16; 4]>(), chance in prop::option::of(0..1000_u16), was in prop::option::of(0..5_usize),
    ) {
        let mut case = build(&history, &open).was("slow-payer");
        let today = case.context.today;
        for (which, leaning, age) in leanings {
            let criterion = [
                Criterion::BeliefsAboutPaying, Criterion::SelfDirection, Criterion::WillingnessToConcede,
                Criterion::FinancialRoom,
            ][which];
            case.conversation.evidence.push(Evidence { criterion, on: today - age, leaning });
        }
        for (which, age) in outcomes {
            let outcome = [
                ContactOutcome::CannotPay, ContactOutcome::WillNotPay, ContactOutcome::AsksPlan, ContactOutcome::DebtHelp,
            ][which];
            case.conversation.contacts.push(Contact {
                on: today - age, channel: Channel::Phone, outcome, right_person: true, inbound: false, unhandled: false,
            });
        }
        case = case.situation("income-loss", "2026-01-01").report(ReportAnswer::Present, chance, None);
        case.account.report.as_mut().unwrap().marks = vec!["attachment".into()];
        let [kept, broken, justified, unjustified] = numbers;
        (case.behaviour.promises_kept, case.behaviour.promises_broken) = (kept, broken);
        (case.behaviour.disputes_justified, case.behaviour.disputes_unjustified) = (justified, unjustified);
        case.in_force.segment_since = was.map(|days| today - 7 * days as i32);
        let segment = decide(&case);
        let texts = maan_policy_segmentation::describe().texts;
        let evidence = segment.evidence.iter().map(|piece| &piece.reason);
        prop_assert!(segment.evidence.iter().all(|piece| piece.weight.abs() <= 1000));
        for reason in segment.reasons.iter().chain(evidence) {
            let words: Vec<_> = texts.iter().filter(|text| text.code == reason.code).collect();
            prop_assert_eq!(words.len(), 4, "{}", reason.code);
            let named = (0..9).filter(|n| words[0].text.contains(&format!("{{{n}}}"))).max();
            prop_assert!(named.is_none_or(|last| last < reason.arguments.len()), "{}", reason.code);
        }
        prop_assert_eq!(texts.iter().filter(|text| text.code == segment.key).count(), 4);
    }

    #[test]
    fn the_order_of_evidence_changes_nothing_but_its_list(
        leanings in prop::collection::vec((0..4_usize, -1000..1000_i16), 0..6),
    ) {
        let mut case = build(&[], &[(40, 100_000)]);
        for (which, leaning) in leanings {
            let criterion = [
                Criterion::BeliefsAboutPaying, Criterion::SelfDirection, Criterion::WillingnessToConcede,
                Criterion::FinancialRoom,
            ][which];
            case = case.evidence(criterion, leaning);
        }
        let one = decide(&case);
        case.conversation.evidence.reverse();
        let mut other = decide(&case);
        other.evidence.reverse();
        prop_assert_eq!(one, other);
    }
}

/// Segments by how a debtor pays, the mildest first.
const HARDNESS: [&str; 5] = [
    "good-payer",
    "forgetter",
    "occasional-late",
    "slow-payer",
    "frequent-late",
];

/// Decides as the host does, day after day, and fails when a milder segment follows within a fortnight.
fn next_day(case: &mut Case) -> Result<(), TestCaseError> {
    let today = case.context.today;
    let key = decide(case).key;
    let before = case.in_force.segment.clone();
    if before.as_deref() != Some(key.as_str()) {
        let hardness = |key: &str| HARDNESS.iter().position(|one| *one == key);
        if let (Some(from), Some(to)) = (before.as_deref().and_then(hardness), hardness(&key)) {
            let lasted = today - case.in_force.segment_since.unwrap();
            prop_assert!(
                to > from || lasted >= 14,
                "{before:?} to {key} after {lasted} days"
            );
        }
        case.in_force.segment = Some(key);
        case.in_force.segment_since = Some(today);
    }
    case.context.today += 1;
    Ok(())
}
