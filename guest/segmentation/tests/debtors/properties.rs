//! What never makes a difference, and what only goes one way.

use maan_policy::Segmentation;
use maan_policy::slots::Segment;
use maan_policy::testkit::{Case, case};
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
}
