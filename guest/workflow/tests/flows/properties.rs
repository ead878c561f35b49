//! What never makes a difference, and what only goes one way.

use crate::common::{actions, preset};
use maan_policy::Workflow;
use maan_policy::actions::ActionKind;
use maan_policy::slots::PlanOfAction;
use maan_policy::testkit::{Case, case};
use maan_policy::types::*;
use maan_policy_workflow::DefaultWorkflow;
use proptest::prelude::*;

const PRESETS: [&str; 6] = [
    "strict",
    "process",
    "process-30",
    "result",
    "proactive",
    "personal",
];

#[derive(Clone, Copy, Debug)]
struct Open {
    late: i32,
    amount: i64,
    level: Level,
    days_since: i32,
    disputed: i64,
}

fn level() -> impl Strategy<Value = Level> {
    prop::sample::select(vec![
        Level::None,
        Level::Notice1,
        Level::Reminder1,
        Level::Reminder2,
        Level::Call1,
        Level::LastReminder,
        Level::HandOver,
    ])
}

fn open() -> impl Strategy<Value = Open> {
    (-40..120_i32, 1..1_000_000_i64, level(), 0..40_i32, 0..200_000_i64).prop_map(
        |(late, amount, level, days_since, disputed)| Open {
            late,
            amount,
            level,
            days_since,
            disputed,
        },
    )
}

fn build(items: &[Open], unallocated: i64) -> Case {
    let mut case = case("2026-10-15")
        .segment("slow-payer")
        .reachable(Channel::Phone)
        .unallocated(unallocated);
    let today = case.context.today;
    for open in items {
        case = case.invoice(|i| i.open(open.amount).disputed(open.disputed));
        let item = case.items.last_mut().unwrap();
        item.due = today - open.late;
        item.last_level = open.level;
        item.last_level_day = today - open.days_since;
    }
    case
}

fn decide(policy: &DefaultWorkflow, case: &Case) -> PlanOfAction {
    policy.decide(&case.context, &case.workflow()).unwrap()
}

/// What must not depend on the order of items.
fn essence(plan: &PlanOfAction, amounts: &[i64]) -> impl PartialEq + std::fmt::Debug + use<> {
    let proposals: Vec<_> = plan
        .proposals
        .iter()
        .map(|one| {
            let mut items: Vec<_> = one.items.iter().map(|&item| amounts[item as usize]).collect();
            items.sort_unstable();
            (
                one.kind,
                one.level,
                items,
                one.earliest,
                one.latest,
                one.deadline,
                one.announces,
                one.channel,
            )
        })
        .collect();
    (proposals, plan.next_look, plan.checkpoint, plan.rejected.len())
}

proptest! {
    #[test]
    fn flow_8_the_order_of_items_changes_nothing(
        items in prop::collection::vec(open(), 0..8), unallocated in 0..500_000_i64, strict: bool,
    ) {
        let policy = preset(if strict { "strict" } else { "process" }, |_| {});
        let mut turned = items.clone();
        turned.reverse();
        let amounts: Vec<_> = items.iter().map(|open| open.amount).collect();
        let turned_amounts: Vec<_> = turned.iter().map(|open| open.amount).collect();
        prop_assert_eq!(
            essence(&decide(&policy, &build(&items, unallocated)), &amounts),
            essence(&decide(&policy, &build(&turned, unallocated)), &turned_amounts)
        );
    }

    #[test]
    fn flow_8_language_and_traits_change_nothing(
        items in prop::collection::vec(open(), 0..5), language in "[a-z]{0,3}", label in "[a-z]{0,8}",
    ) {
        let policy = preset("strict", |_| {});
        let one = build(&items, 0);
        let mut other = one.clone();
        other.debtor.language = language;
        other.debtor.traits = Some(vec![format!("label={label}")]);
        prop_assert_eq!(decide(&policy, &one), decide(&policy, &other));
    }

    #[test]
    fn more_days_late_never_lower_the_level(open in open(), more in 0..60_i32, strict: bool) {
        prop_assume!(open.late >= 0);
        let policy = preset(if strict { "strict" } else { "process" }, |_| {});
        let level = |late| crate::common::level(&decide(&policy, &build(&[Open { late, ..open }], 0)));
        prop_assert!(level(open.late + more) >= level(open.late));
    }

    #[test]
    fn no_level_is_skipped_or_repeated_and_one_conversation_leaves(
        items in prop::collection::vec(open(), 0..8), strict: bool,
    ) {
        let policy = preset(if strict { "strict" } else { "process" }, |_| {});
        let case = build(&items, 0);
        let plan = decide(&policy, &case);
        let dunning = || actions(&plan).into_iter().filter(|one| one.kind != ActionKind::OrderReport);
        let ends = |one: &&maan_policy::actions::Proposal| one.level >= Level::HandOver;
        let talking: Vec<_> = dunning().filter(|one| !ends(one)).collect();
        let (calls, written): (Vec<_>, Vec<_>) = talking.into_iter().partition(|one| one.kind == ActionKind::Call);
        prop_assert!(calls.len() <= 1);
        prop_assert!(written.iter().all(|one| one.kind == written[0].kind && one.channel == written[0].channel));
        prop_assert!(written.len() <= 1 || written[0].kind == ActionKind::Message);
        let ladder: Vec<Level> = match strict {
            true => vec![Level::Reminder1, Level::Reminder2, Level::Call1, Level::LastReminder, Level::HandOver],
            false => vec![Level::Reminder1, Level::Call1, Level::LastReminder, Level::HandOver],
        };
        for proposal in dunning().filter(|one| one.level < Level::WriteOff) {
            for &item in &proposal.items {
                let done = case.items[item as usize].last_level;
                let next = ladder.iter().copied().find(|&level| level > done);
                prop_assert!(proposal.level <= Level::Notice3 || Some(proposal.level) == next);
                prop_assert!(proposal.level > done);
            }
        }
    }

    #[test]
    fn the_next_look_is_tomorrow_at_the_earliest_and_within_31_days(items in prop::collection::vec(open(), 1..6)) {
        let case = build(&items, 0);
        let plan = decide(&preset("process", |_| {}), &case);
        prop_assert!((1..=31).contains(&(plan.next_look - case.context.today)));
    }

    /// No dead ends: an overdue item is acted on, or there is a word on why not.
    #[test]
    fn every_overdue_item_is_acted_on_or_named(
        items in prop::collection::vec(open(), 1..6), which in 0..PRESETS.len(), unallocated in 0..20_000_i64,
        contact in prop::option::of(-20..0_i32), cannot: bool, promise in prop::option::of(-10..20_i32),
    ) {
        let mut case = build(&items, unallocated);
        let today = case.context.today;
        case.last_contact = contact.map(|days| today + days);
        if cannot {
            case.willingness = Willingness::Cannot;
        }
        if let Some(days) = promise {
            let (made_on, by) = (today - 12, today + days);
            case.promises.push(Promise { items: vec![0], amount: 1, made_on, by, state: PromiseState::Open });
        }
        let plan = decide(&preset(PRESETS[which], |_| {}), &case);
        prop_assert!((1..=31).contains(&(plan.next_look - today)));
        let said = plan.reasons.iter().chain(plan.rejected.iter().flat_map(|one| &one.reasons));
        let said: Vec<_> = said.collect();
        // Words on all items at once, and words that count how many they are about.
        let of_all = ["too-soon", "amount-too-low", "offer-made", "report-needed", "cannot-pay-now"];
        let counting = ["too-early", "one-conversation", "handed-over", "written-off", "flow-ended"];
        let all = said.iter().any(|reason| of_all.contains(&reason.code.as_str()));
        let counted: i64 = said.iter().filter(|reason| counting.contains(&reason.code.as_str())).map(|reason| {
            reason.arguments.iter().find_map(|argument| match argument {
                Argument::Count(number) => Some(*number),
                _ => None,
            }).unwrap_or(0)
        }).sum();
        let unnamed = case.items.iter().zip(0_u32..).filter(|(item, at)| {
            let acted = plan.proposals.iter().any(|one| one.items.contains(at));
            let named = said.iter().any(|reason| reason.arguments.contains(&Argument::Item(*at)));
            item.due < today && item.open > 0 && !acted && !named
        }).count();
        prop_assert!(all || unnamed as i64 <= counted, "{unnamed} unnamed: {plan:#?}");
    }

    /// Played day by day, nothing that becomes due is overlooked until the next look.
    #[test]
    fn nothing_changes_before_the_next_look(
        items in prop::collection::vec(open(), 1..5), which in 0..PRESETS.len(), contact in prop::option::of(-20..0_i32),
        pause in prop::option::of(-5..20_i32), promise in prop::option::of((-10..20_i32, 0..5_u32)),
        collection in prop::option::of(-10..10_i32), unallocated in 0..20_000_i64,
    ) {
        let policy = preset(PRESETS[which], |_| {});
        let mut case = build(&items, unallocated);
        let today = case.context.today;
        case.last_contact = contact.map(|days| today + days);
        if let Some(days) = pause {
            case.pauses.push(Pause { item: Some(0), until: Some(today + days) });
        }
        if let Some((days, item)) = promise {
            let items = if item == 4 { vec![] } else { vec![item] };
            let (made_on, by) = (today - 12, today + days);
            case.promises.push(Promise { items, amount: 1, made_on, by, state: PromiseState::Open });
        }
        if let Some(days) = collection {
            let (collection_day, return_code) = (today + days, String::new());
            case.mandates.push(Mandate { item: 0, collection_day, return_code, returned_on: None });
        }
        let plan = decide(&policy, &case);
        let quiet_until = if actions(&plan).is_empty() { plan.next_look } else { today };
        for day in today + 1..quiet_until {
            case.context.today = day;
            case.context.creditor.bank_booked_through = Some(day);
            let later = decide(&policy, &case);
            prop_assert!(actions(&later).is_empty(), "due after {} days already: {later:#?}", day - today);
        }
    }

    #[test]
    fn nothing_that_a_case_can_hold_makes_it_fail(
        due: i32, today: i32, amount: i64, day: i32, until: i32, item: u32, credits: i64, last in level(),
        which in 0..PRESETS.len(), cannot: bool,
    ) {
        let mut case = build(&[], credits).invoice(|i| i.open(amount).disputed(amount).mandate("2026-10-01"));
        case.context.today = today;
        case.items[0].due = due;
        case.items[0].last_level = last;
        case.items[0].last_level_day = day;
        case.mandates[0].collection_day = until;
        case.disputes[0].item = item;
        case.last_contact = Some(until);
        case.in_force.extension_until = Some(day);
        case.promises.push(Promise {
            items: vec![item], amount, made_on: day, by: until, state: PromiseState::Open,
        });
        case.pauses.push(Pause { item: Some(item), until: Some(until) });
        case.plans.push(Plan {
            items: vec![], agreed_on: day, due: vec![until, due], amounts: vec![amount, credits], paid: credits, missed: amount,
        });
        case.account.payables = amount;
        case.account.report = Some(CreditReport {
            answer: ReportAnswer::Present, on: until, failure_chance: None, advised_limit: None, worsened_by: 0, marks: vec![],
        });
        case.in_force.court_chance = Some(u16::MAX);
        if cannot {
            case.willingness = Willingness::Cannot;
        }
        case = case.contact("2026-10-01", ContactOutcome::AsksPlan);
        case.conversation.contacts[0].on = day;
        case.behaviour.due.push(due);
        case.behaviour.paid.push(until);
        case.behaviour.amount.push(amount);
        let plan = decide(&preset(PRESETS[which], |_| {}), &case);
        prop_assert!(plan.next_look > today || today == i32::MAX);
    }
}
