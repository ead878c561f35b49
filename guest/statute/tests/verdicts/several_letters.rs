//! Several letters to one debtor, about different invoices: each announces what it adds, and together they announce
//! what is charged in the end.

use super::*;
use maan_policy::testkit::{country_of, eur};
use maan_policy::types::DebtorKind;
use proptest::prelude::*;

/// A debtor with an invoice of each amount, due on the first of October.
fn owing(kind: DebtorKind, country: &str, amounts: &[i64]) -> Case {
    let case = amounts
        .iter()
        .fold(case(TODAY).kind(kind, country), |case, amount| {
            case.invoice(|i| i.due("2026-10-01").open(*amount))
        });
    let mut case = case.reachable(Channel::Letter);
    case.agreement.applicable_law = Some(country_of(country));
    case.agreement.costs_clause = true;
    case
}

fn business(amounts: &[&str]) -> Case {
    let amounts: Vec<i64> = amounts.iter().map(|amount| eur(amount)).collect();
    owing(DebtorKind::Business, "NL", &amounts)
}

fn person(country: &str, amounts: &[&str]) -> Case {
    let amounts: Vec<i64> = amounts.iter().map(|amount| eur(amount)).collect();
    owing(DebtorKind::Consumer, country, &amounts)
}

/// A formal notice by post about these items.
fn notice(case: &Case, items: &[u32]) -> Proposal {
    Proposal {
        items: items.to_vec(),
        deadline: Some(case.context.today + 30),
        ..proposal(case, ActionKind::Message, Level::FormalNotice, Channel::Letter)
    }
}

/// The case after a notice about these items was posted on a day, with the fixed sum and the costs that it announced.
fn after(mut case: Case, day: &str, items: &[u32]) -> (Case, (i64, i64)) {
    case.context.today = on(day);
    let change = amended(&case, notice(&case, items));
    let charges = change.charges.unwrap();
    case.steps_done.extend(items.iter().map(|item| StepDone {
        item: *item,
        level: Level::FormalNotice,
        round: 0,
        on: case.context.today,
        channel: Channel::Letter,
        proof: true,
        deadline: change.deadline.or(Some(case.context.today + 30)),
        announced_costs: charges.costs + charges.lump_sum,
    }));
    (case, (charges.lump_sum, charges.costs))
}

/// What letters on these days about these items announce.
fn announced(case: Case, letters: &[(&str, &[u32])]) -> (Case, Vec<(i64, i64)>) {
    letters
        .iter()
        .fold((case, vec![]), |(case, mut all), (day, items)| {
            let (case, announced) = after(case, day, items);
            all.push(announced);
            (case, all)
        })
}

/// What is charged long after the last letter ran out, with nothing paid.
fn charged(mut case: Case) -> (i64, i64) {
    case.context.today = on("2026-12-31");
    let charges = charges(&case);
    (charges.lump_sum, charges.costs)
}

fn euros(parts: &[(&str, &str)]) -> Vec<(i64, i64)> {
    parts
        .iter()
        .map(|(lump, costs)| (eur(lump), eur(costs)))
        .collect()
}

const TWO_DAYS: [(&str, &[u32]); 2] = [("2026-11-02", &[0]), ("2026-11-09", &[1])];
const ONE_DAY: [(&str, &[u32]); 2] = [("2026-11-02", &[0]), ("2026-11-02", &[1])];

#[test]
fn a_second_notice_to_a_business_names_neither_the_fixed_sum_nor_the_table_again() {
    for (amounts, letters) in [
        // Together below the least amount of the table: the second adds nothing.
        (["100.00", "100.00"], [("40.00", "0.00"), ("0.00", "0.00")]),
        // EUR 45.00 over both.
        (["100.00", "200.00"], [("40.00", "0.00"), ("0.00", "5.00")]),
        (["1000.00", "1000.00"], [("40.00", "110.00"), ("0.00", "150.00")]),
        // The second falls in the slice of ten per cent: EUR 475.00 over both.
        (["2500.00", "1000.00"], [("40.00", "335.00"), ("0.00", "100.00")]),
    ] {
        for days in [TWO_DAYS, ONE_DAY] {
            let (case, said) = announced(business(&amounts), &days);
            assert_eq!(said, euros(&letters), "{amounts:?} {days:?}");
            let sum = said
                .iter()
                .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            assert_eq!(charged(case), sum, "{amounts:?} {days:?}");
        }
    }
}

#[test]
fn the_second_notice_says_why_it_names_less() {
    let (mut case, _) = after(business(&["1000.00", "1000.00"]), "2026-11-02", &[0]);
    case.context.today = on("2026-11-09");
    let charges = amended(&case, notice(&case, &[1])).charges.unwrap();
    assert_eq!(
        codes(&charges.reasons),
        ["lump-sum-named", "interest-commercial", "costs-beside-earlier"]
    );
    let money = |amount| maan_policy::Money::new(eur(amount), maan_policy::EUR);
    let told = maan_policy::reason!("costs-beside-earlier", money("300.00"), money("150.00"));
    assert!(charges.reasons.contains(&told));
    assert!(
        charges.segments.iter().all(|part| part.item == 1),
        "its own interest"
    );
}

#[test]
fn a_third_notice_counts_what_the_second_was_about_though_that_named_nothing() {
    let letters: [(&str, &[u32]); 3] = [("2026-11-02", &[0]), ("2026-11-04", &[1]), ("2026-11-06", &[2])];
    let (case, said) = announced(business(&["100.00", "100.00", "100.00"]), &letters);
    assert_eq!(
        said,
        euros(&[("40.00", "0.00"), ("0.00", "0.00"), ("0.00", "5.00")])
    );
    assert_eq!(charged(case), (eur("40.00"), eur("5.00")));
}

#[test]
fn a_notice_about_all_again_names_all() {
    let (mut case, _) = after(business(&["1000.00", "1000.00"]), "2026-11-02", &[0]);
    case.context.today = on("2026-11-09");
    for items in [&[0, 1][..], &[]] {
        let charges = amended(&case, notice(&case, items)).charges.unwrap();
        assert_eq!((charges.lump_sum, charges.costs), (eur("40.00"), eur("260.00")));
    }
}

#[test]
fn what_was_disputed_after_its_notice_leaves_its_costs_to_the_next() {
    let (mut case, _) = after(business(&["1000.00", "1000.00"]), "2026-11-02", &[0]);
    case.disputes.push(maan_policy::types::Dispute {
        item: 0,
        amount: eur("1000.00"),
        since: on("2026-11-04"),
        cause: "goods".into(),
    });
    let (case, said) = after(case, "2026-11-09", &[1]);
    assert_eq!(said, (eur("40.00"), eur("110.00")));
    assert_eq!(charged(case), said);
}

#[test]
fn a_last_reminder_that_ran_out_adds_nothing_to_what_the_notice_after_it_adds() {
    let (mut case, _) = after(business(&["100.00", "100.00"]), "2026-11-02", &[0]);
    case.steps_done.push(StepDone {
        item: 1,
        level: Level::LastReminder,
        on: on("2026-10-12"),
        deadline: day("2026-10-19"),
        announced_costs: 0,
        ..case.steps_done[0]
    });
    let (case, said) = after(case, "2026-11-09", &[1]);
    assert_eq!(said, (0, 0));
    assert_eq!(charged(case), (eur("40.00"), 0));
}

#[test]
fn a_last_reminder_or_a_notice_that_named_no_costs_leaves_them_to_the_next() {
    for (level, announced) in [
        (Level::LastReminder, 0),
        (Level::FormalNotice, 0),
        (Level::LastReminder, 1),
    ] {
        let (mut case, _) = after(business(&["1000.00", "1000.00"]), "2026-11-02", &[0]);
        (case.steps_done[0].level, case.steps_done[0].announced_costs) = (level, announced);
        case.context.today = on("2026-11-09");
        let charges = amended(&case, notice(&case, &[1])).charges.unwrap();
        assert_eq!(
            (charges.lump_sum, charges.costs),
            (eur("40.00"), eur("110.00")),
            "{level:?} {announced}"
        );
    }
}

#[test]
fn a_notice_of_an_earlier_round_or_of_a_later_day_named_nothing() {
    for change in [
        (|step: &mut StepDone| step.round = 1) as fn(&mut StepDone),
        |step| step.on = on("2026-11-10"),
    ] {
        let (mut case, _) = after(business(&["1000.00", "1000.00"]), "2026-11-02", &[0]);
        change(&mut case.steps_done[0]);
        case.context.today = on("2026-11-09");
        let charges = amended(&case, notice(&case, &[1])).charges.unwrap();
        assert_eq!(charges.lump_sum, eur("40.00"));
    }
}

#[test]
fn what_was_paid_of_an_earlier_notice_in_time_lifts_the_next_to_what_it_adds_then() {
    let (mut case, _) = after(business(&["1000.00", "1000.00"]), "2026-11-02", &[0]);
    case.context.today = on("2026-11-09");
    for (paid, costs) in [
        // The table over 100.00 and 1,000.00 is 165.00; over the 100.00 alone 40.00.
        ("900.00", "125.00"),
        // All is paid, but late: the fixed sum stays owed and was named.
        ("1000.00", "110.00"),
    ] {
        let mut view = with_payments(&case, &[("2026-11-05", eur(paid))]);
        view.items[0].open -= eur(paid);
        view.proposals = vec![notice(&case, &[1])];
        let Answer::Amend(change) = judge_view(&case, &view).answers.remove(0) else {
            panic!("no amendment")
        };
        let charges = change.charges.unwrap();
        assert_eq!((charges.lump_sum, charges.costs), (0, eur(costs)), "{paid} paid");
    }
}

#[test]
fn a_payment_on_the_second_notice_pays_no_fixed_sum_twice() {
    let (mut case, _) = after(business(&["36500.00", "36500.00"]), "2026-11-02", &[0]);
    case.context.today = on("2026-11-09");
    let mut view = case.statute(vec![notice(&case, &[1])]);
    view.payments.items = vec![0, 1];
    view.payments.days = vec![on("2026-10-11"), on("2026-10-12")];
    view.payments.amounts = vec![eur("40.00"), eur("1000.00")];
    (view.items[0].open, view.items[1].open) = (eur("36460.00"), eur("35500.00"));
    let judgement = judge_view(&case, &view);
    let Answer::Amend(change) = &judgement.answers[0] else {
        panic!("no amendment")
    };
    let own = |segments: &[maan_policy::slots::InterestSegment]| -> Vec<(Day, i64)> {
        let own = segments.iter().filter(|part| part.item == 1);
        own.map(|part| (part.start, part.base)).collect()
    };
    let named = own(&change.charges.as_ref().unwrap().segments);
    assert_eq!(named, own(&judgement.charges.segments));
    // Eleven days of interest are 114.40; the rest of the payment is principal.
    assert_eq!(named[1].1, eur("36500.00") - (eur("1000.00") - eur("114.40")));
}

#[test]
fn where_each_claim_bears_its_own_sum_each_notice_names_its_own() {
    let france = owing(DebtorKind::Business, "FR", &[eur("100.00"), eur("100.00")]);
    let (case, said) = announced(france, &TWO_DAYS);
    assert_eq!(said, euros(&[("40.00", "0.00"), ("40.00", "0.00")]));
    assert_eq!(charged(case), (eur("80.00"), 0));
}

#[test]
fn where_it_is_counted_once_without_a_table_the_second_notice_names_none() {
    for country in ["BE", "DE", "LU", "AT"] {
        let owing = owing(DebtorKind::Business, country, &[eur("100.00"), eur("900.00")]);
        let (case, said) = announced(owing, &TWO_DAYS);
        assert_eq!(said, euros(&[("40.00", "0.00"), ("0.00", "0.00")]), "{country}");
        assert_eq!(charged(case), (eur("40.00"), 0), "{country}");
    }
}

#[test]
fn a_second_letter_to_a_consumer_announces_what_it_adds() {
    for (country, amounts, letters) in [
        ("NL", ["1000.00", "1000.00"], ["150.00", "150.00"]),
        ("NL", ["200.00", "200.00"], ["40.00", "20.00"]),
        ("NL", ["2500.00", "1000.00"], ["375.00", "100.00"]),
        // 35.00 over both.
        ("BE", ["100.00", "100.00"], ["20.00", "15.00"]),
    ] {
        let (case, said) = announced(person(country, &amounts), &TWO_DAYS);
        let letters = letters.map(|costs| (0, eur(costs)));
        assert_eq!(said, letters, "{country} {amounts:?}");
        assert_eq!(
            charged(case),
            (0, letters[0].1 + letters[1].1),
            "{country} {amounts:?}"
        );
    }
}

#[test]
fn a_letter_that_is_lowered_by_earlier_ones_says_so() {
    let (mut case, _) = after(person("NL", &["200.00", "200.00"]), "2026-11-02", &[0]);
    case.context.today = on("2026-11-09");
    let change = amended(&case, notice(&case, &[1]));
    assert!(codes(&change.reasons).contains(&"letters-add-up"));
    let wording: String = change
        .phrases
        .iter()
        .map(|(_, wording)| wording.as_str())
        .collect();
    assert!(wording.contains("€ 20,00"), "{wording}");
    let alone = amended(&person("NL", &["200.00", "200.00"]), notice(&case, &[1]));
    assert!(!codes(&alone.reasons).contains(&"letters-add-up"));
}

#[test]
fn a_void_letter_lowers_no_other() {
    let (mut case, _) = after(person("NL", &["200.00", "200.00"]), "2026-11-02", &[0]);
    case.steps_done[0].deadline = day("2026-11-10");
    case.context.today = on("2026-11-20");
    assert_eq!(
        amended(&case, notice(&case, &[1])).charges.unwrap().costs,
        eur("40.00")
    );
}

#[test]
fn on_the_day_of_one_letter_to_a_consumer_another_waits() {
    let (case, _) = after(person("NL", &["200.00", "200.00"]), "2026-11-02", &[0]);
    let veto = vetoed(&case, notice(&case, &[1]));
    assert_eq!(
        (veto.earliest, codes(&veto.reasons)),
        (day("2026-11-03"), vec!["letter-of-today"])
    );
    let (_, said) = after(case, "2026-11-03", &[1]);
    assert_eq!(said, (0, eur("20.00")));
}

#[test]
fn what_can_bear_no_further_costs_is_handed_over_after_a_demand_in_vain() {
    let (mut case, _) = after(person("NL", &["100.00", "100.00"]), "2026-11-02", &[0]);
    let handed = |case: &Case| Proposal {
        items: vec![1],
        ..hand_over(case)
    };
    case.context.today = on("2026-12-01");
    assert_eq!(
        codes(&vetoed(&case, handed(&case)).reasons),
        ["hand-over-without-letter"],
        "nothing was asked of it yet"
    );
    let (mut case, said) = after(case, "2026-12-01", &[1]);
    assert_eq!(said, (0, 0));
    case.context.today = on("2026-12-31");
    assert_eq!(
        codes(&vetoed(&case, handed(&case)).reasons),
        ["hand-over-without-letter"],
        "its term runs"
    );
    case.context.today = on("2027-01-01");
    assert_eq!(answer(&case, handed(&case)), Answer::Allow);
    assert_eq!(charges(&case).costs, eur("40.00"));
}

#[test]
fn notices_that_are_proposed_together_are_answered_each_as_if_it_left_alone() {
    let case = business(&["1000.00", "1000.00"]);
    let judgement = judge(&case, vec![notice(&case, &[0]), notice(&case, &[1])]);
    for answer in judgement.answers {
        let Answer::Amend(change) = answer else {
            panic!("no amendment")
        };
        let charges = change.charges.unwrap();
        assert_eq!((charges.lump_sum, charges.costs), (eur("40.00"), eur("110.00")));
    }
}

/// Letters on working days of November, one for each of the items.
const DAYS: [&str; 5] = [
    "2026-11-02",
    "2026-11-03",
    "2026-11-05",
    "2026-11-09",
    "2026-11-12",
];

proptest! {
    #[test]
    fn together_letters_announce_exactly_what_is_charged_when_nothing_is_paid(
        kind in prop::sample::select(vec![DebtorKind::Business, DebtorKind::PublicBody, DebtorKind::Consumer]),
        country in prop::sample::select(vec!["NL", "BE", "DE", "FR", "LU"]),
        amounts in prop::collection::vec(prop_oneof![1i64..500_00, 500_00i64..400_000_00], 1..5),
        days in prop::collection::vec(0usize..5, 5),
    ) {
        let mut days: Vec<usize> = days.into_iter().take(amounts.len()).collect();
        days.sort_unstable();
        let protected = kind == DebtorKind::Consumer;
        if protected {
            days = (0..amounts.len()).collect();
        }
        let mut case = owing(kind, country, &amounts);
        let (mut lump_sum, mut costs) = (0, 0);
        for (item, day) in (0u32..).zip(days) {
            let (next, said) = after(case, DAYS[day], &[item]);
            case = next;
            lump_sum += said.0;
            costs += said.1;
        }
        prop_assert_eq!(charged(case), (lump_sum, costs));
    }
}
