//! What never makes a difference, and what only goes one way.

use maan_policy::slots::Question;
use maan_policy::testkit::{Case, case};
use maan_policy::types::*;
use proptest::prelude::*;

use crate::common::decide;

fn build(late: &[i32], open: i64) -> Case {
    let mut case = case("2026-10-15");
    for (n, &late) in (1..).zip(late) {
        let due = case.context.today - 30 * n;
        case.behaviour.due.insert(0, due);
        case.behaviour
            .paid
            .insert(0, (due + late).min(case.context.today));
        case.behaviour.amount.insert(0, 100_000);
    }
    case.account.open = open;
    case
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Accept => 0,
        Verdict::AcceptOnConditions => 1,
        Verdict::Review => 2,
        Verdict::Decline => 3,
    }
}

proptest! {
    #[test]
    fn flow_8_language_and_traits_change_nothing(
        late in prop::collection::vec(-5..60_i32, 0..20), open in 0..1_000_000_i64, language in "[a-z]{0,3}",
    ) {
        let one = build(&late, open);
        let mut other = one.clone();
        other.debtor.language = language.clone();
        other.debtor.traits = vec![("label".into(), language)];
        prop_assert_eq!(decide(&one, Question::Review), decide(&other, Question::Review));
    }

    #[test]
    fn more_exposed_never_gets_a_kinder_answer(
        late in prop::collection::vec(-5..60_i32, 0..20), open in 0..1_000_000_i64, more in 0..1_000_000_i64,
        order in 1..500_000_i64,
    ) {
        let less = decide(&build(&late, open), Question::Order(order));
        let more = decide(&build(&late, open + more), Question::Order(order));
        prop_assert!(rank(more.verdict) >= rank(less.verdict));
        prop_assert_eq!(more.limit, less.limit, "the limit does not follow the exposure");
    }

    #[test]
    fn a_limit_never_leaves_its_steps(late in prop::collection::vec(-5..60_i32, 0..20), before in 1..10_000_000_i64) {
        let mut case = build(&late, 0);
        case.in_force.limit = Some(before);
        let limit = decide(&case, Question::Review).limit.unwrap();
        prop_assert!(limit <= before * 1250 / 1000 && limit >= before / 2);
    }

    #[test]
    fn a_person_is_never_declined(
        late in prop::collection::vec(-5..60_i32, 0..20), open in 0..10_000_000_i64, order in 0..10_000_000_i64,
    ) {
        let person = build(&late, open).consumer("NL");
        prop_assert_ne!(decide(&person, Question::Order(order)).verdict, Verdict::Decline);
    }

    #[test]
    fn what_the_counterfactual_names_would_change_the_answer(
        late in prop::collection::vec(-5..4_i32, 3..20), open in 0..450_000_i64, order in 1..400_000_i64,
    ) {
        let case = build(&late, open);
        let decision = decide(&case, Question::Order(order));
        if let Some(less) = decision.counterfactual.filter(|&less| less <= open) {
            let better = build(&late, open - less);
            prop_assert_eq!(decide(&better, Question::Order(order)).verdict, Verdict::Accept);
        }
    }
}
