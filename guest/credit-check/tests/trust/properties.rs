//! What never makes a difference, and what only goes one way.

use maan_policy::slots::Question;
use maan_policy::testkit::{Case, case};
use maan_policy::types::*;
use maan_policy_credit_check::describe;
use proptest::prelude::*;

use crate::common::decide;

/// Days late of a payment history a month apart, and what is open.
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

/// Invoices so many days past their due dates, by due date.
fn overdue(mut case: Case, overdue: &[(i32, i64)]) -> Case {
    let mut overdue = overdue.to_vec();
    overdue.sort_unstable_by_key(|&(days, _)| std::cmp::Reverse(days));
    for (days, amount) in overdue {
        case = case.invoice(|i| i.open(amount));
        case.items.last_mut().unwrap().due -= days;
        case.account.overdue += amount;
    }
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

fn kinds() -> impl Strategy<Value = DebtorKind> {
    prop::sample::select(vec![
        DebtorKind::Unknown,
        DebtorKind::Consumer,
        DebtorKind::SoleTrader,
        DebtorKind::Business,
        DebtorKind::PublicBody,
    ])
}

fn histories() -> impl Strategy<Value = Vec<i32>> {
    prop::collection::vec(-5..60_i32, 0..20)
}

fn invoices() -> impl Strategy<Value = Vec<(i32, i64)>> {
    prop::collection::vec((1..200_i32, 1..1_000_000_i64), 0..5)
}

fn reports() -> impl Strategy<Value = Option<CreditReport>> {
    let report = (
        0..400_u16,
        prop::option::of(0..5_000_000_i64),
        -100..100_i16,
        0..300_i32,
    );
    prop::option::of(
        report.prop_map(|(chance, advised_limit, worsened_by, age)| CreditReport {
            answer: ReportAnswer::Present,
            on: maan_policy::testkit::on("2026-10-15") - age,
            failure_chance: Some(chance),
            advised_limit,
            worsened_by,
            marks: vec![],
        }),
    )
}

/// What earlier decisions said, and a limit in the books.
fn decided_before(case: &mut Case, (advised, review_in, approved): (Option<i64>, i32, Option<i64>)) {
    case.in_force.limit = advised;
    case.in_force.credit_review_on = advised.map(|_| case.context.today + review_in);
    case.account.limit = approved;
}

fn before() -> impl Strategy<Value = (Option<i64>, i32, Option<i64>)> {
    (
        prop::option::of(0..3_000_000_i64),
        -30..60_i32,
        prop::option::of(0..3_000_000_i64),
    )
}

proptest! {
    #[test]
    fn flow_8_language_and_traits_change_nothing(
        late in histories(), open in 0..1_000_000_i64, language in "[a-z]{0,3}",
    ) {
        let one = build(&late, open);
        let mut other = one.clone();
        other.debtor.language = language.clone();
        other.debtor.traits = Some(vec![format!("label={language}")]);
        prop_assert_eq!(decide(&one, Question::Review), decide(&other, Question::Review));
    }

    #[test]
    fn flow_8_the_order_of_items_changes_nothing(late in histories(), invoices in invoices(), order in 0..500_000_i64) {
        let one = overdue(build(&late, 0), &invoices);
        let mut other = one.clone();
        other.items.reverse();
        prop_assert_eq!(decide(&one, Question::Order(order)), decide(&other, Question::Order(order)));
    }

    #[test]
    fn more_overdue_never_raises_a_limit_nor_gets_a_kinder_answer(
        late in histories(), less in invoices(), more in invoices(), older in 0..200_i32, kind in kinds(),
        before in before(), report in reports(), order in 0..500_000_i64,
        (kept, broken) in (0..3_u16, 0..3_u16),
    ) {
        let mut build = build(&late, 0).kind(kind, "NL");
        decided_before(&mut build, before);
        build.account.report = report;
        (build.behaviour.promises_kept, build.behaviour.promises_broken) = (kept, broken);
        let worse: Vec<_> = less.iter().map(|&(days, amount)| (days + older, amount)).chain(more).collect();
        let (less, more) = (overdue(build.clone(), &less), overdue(build, &worse));
        for question in [Question::Order(order), Question::Review, Question::Application(order)] {
            let (less, more) = (decide(&less, question), decide(&more, question));
            prop_assert!(more.limit <= less.limit, "{:?} {:?}", less.limit, more.limit);
            prop_assert!(rank(more.verdict) >= rank(less.verdict));
        }
    }

    #[test]
    fn more_exposed_never_gets_a_kinder_answer(
        late in histories(), open in 0..1_000_000_i64, more in 0..1_000_000_i64, order in 1..500_000_i64,
    ) {
        let less = decide(&build(&late, open), Question::Order(order));
        let more = decide(&build(&late, open + more), Question::Order(order));
        prop_assert!(rank(more.verdict) >= rank(less.verdict));
        prop_assert_eq!(more.limit, less.limit, "the limit does not follow the exposure");
    }

    #[test]
    fn prev_5_a_limit_never_leaves_its_steps(late in histories(), before in 1..10_000_000_i64) {
        let mut case = build(&late, 0);
        case.in_force.limit = Some(before);
        let limit = decide(&case, Question::Review).limit.unwrap();
        prop_assert!(limit <= before * 1250 / 1000 && limit >= before / 2);
    }

    #[test]
    fn prev_5_advice_that_is_asked_every_day_does_not_climb_by_itself(late in histories(), first in 1..1_000_000_i64) {
        let mut case = build(&late, 0);
        case.in_force.limit = Some(first);
        let mut changes = 0;
        for _ in 0..60 {
            let decision = decide(&case, Question::Review);
            changes += i32::from(decision.limit != case.in_force.limit);
            case.in_force.limit = decision.limit;
            case.in_force.credit_verdict = Some(decision.verdict);
            case.in_force.credit_review_on = Some(decision.next_review);
            case.context.today += 1;
        }
        prop_assert!(changes <= 5, "{changes} changes in sixty days");
    }

    #[test]
    fn a_person_is_never_declined_and_no_delivery_is_held_by_itself(
        late in histories(), invoices in invoices(), open in 0..10_000_000_i64, order in 0..10_000_000_i64,
        kind in prop::sample::select(vec![DebtorKind::Unknown, DebtorKind::Consumer, DebtorKind::SoleTrader]),
    ) {
        let person = overdue(build(&late, open).kind(kind, "NL"), &invoices);
        let decision = decide(&person, Question::Order(order));
        prop_assert!(decision.advice_only);
        prop_assert_ne!(decision.verdict, Verdict::Decline);
        prop_assert_ne!(decision.hold, HoldAdvice::Hold);
    }

    /// Paying the amount, the oldest first, and asking the rest less, gives the better answer.
    #[test]
    fn what_the_counterfactual_names_does_change_the_answer(
        late in histories(), invoices in invoices(), open in 0..450_000_i64, order in 1..400_000_i64, kind in kinds(),
    ) {
        let case = overdue(build(&late, open).kind(kind, "NL"), &invoices);
        let decision = decide(&case, Question::Order(order));
        if let Some(less) = decision.counterfactual {
            let mut better = case.clone();
            let mut left = less;
            for item in &mut better.items {
                let paid = item.open.min(left);
                item.open -= paid;
                left -= paid;
                better.account.open -= paid;
                better.account.overdue -= paid;
                if item.open == 0 {
                    better.behaviour.due.push(item.due);
                    better.behaviour.paid.push(case.context.today);
                    better.behaviour.amount.push(item.amount);
                }
            }
            better.items.retain(|item| item.open > 0);
            // The limit stays through the day on which it is paid: it changes at a review.
            better.in_force.limit = decision.limit;
            better.in_force.credit_review_on = Some(case.context.today + 1);
            let paid_else = left.min(better.account.open);
            better.account.open -= paid_else;
            let question = Question::Order((order - (left - paid_else)).max(0));
            let answer = decide(&better, question).verdict;
            prop_assert!(rank(answer) < rank(decision.verdict));
        }
    }

    #[test]
    fn nothing_that_a_case_can_hold_makes_it_panic_and_every_reason_has_words(
        due in prop::collection::vec(any::<i32>(), 0..5), paid in prop::collection::vec(any::<i32>(), 0..5),
        amount in prop::collection::vec(any::<i64>(), 0..5), amounts in any::<[i64; 6]>(), days in any::<[i32; 4]>(),
        numbers in any::<[u16; 4]>(), kind in kinds(), report in reports(), held: bool,
    ) {
        let [open, overdue, limit, advised, asked, item] = amounts;
        let [today, due_on, review_on, report_on] = days;
        let mut case = case("2026-10-15").kind(kind, "US").invoice(|i| i);
        case.context.today = today;
        case.behaviour = Behaviour {
            due, paid, amount, promises_kept: numbers[0], promises_broken: numbers[1],
            disputes_justified: 0, disputes_unjustified: 0, returned_debits: numbers[2],
        };
        (case.items[0].open, case.items[0].amount, case.items[0].due) = (item, item, due_on);
        (case.account.open, case.account.overdue, case.account.limit) = (open, overdue, Some(limit));
        case.account.held = held;
        case.account.report = report.map(|report| CreditReport { on: report_on, failure_chance: Some(numbers[3]), ..report });
        (case.in_force.limit, case.in_force.credit_review_on) = (Some(advised), Some(review_on));
        let policy = <maan_policy_credit_check::DefaultCreditCheck as maan_policy::CreditCheck>::configure("").unwrap();
        let texts = describe().texts;
        for question in [
            Question::Application(asked), Question::Quotation(asked), Question::Order(asked), Question::Review,
            Question::BeforeCall,
        ] {
            use maan_policy::CreditCheck;
            if let Ok(decision) = policy.decide(&case.context, &case.credit_check(question)) {
                prop_assert!(decision.limit.unwrap() >= 0 && decision.prepayment_share <= 1000);
                prop_assert!(decision.next_review > today || today == i32::MAX);
                prop_assert!(decision.counterfactual.is_none_or(|less| less > 0));
                for reason in &decision.reasons {
                    let words: Vec<_> = texts.iter().filter(|text| text.code == reason.code).collect();
                    prop_assert_eq!(words.len(), 4, "{}", reason.code);
                    let named = (0..9).filter(|n| words[0].text.contains(&format!("{{{n}}}"))).max();
                    prop_assert!(named.is_none_or(|last| last < reason.arguments.len()), "{}", reason.code);
                }
            }
        }
    }
}
