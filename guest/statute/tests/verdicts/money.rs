use super::*;
use maan_policy::testkit::country_of;
use maan_policy::types::DebtorKind;
use maan_policy_statute::countries::be::indemnity::highest;
use maan_policy_statute::countries::nl::collection_costs::fee;
use proptest::prelude::*;

fn total(case: &Case, view: &StatuteCase) -> i64 {
    let charges = judge_view(case, view).charges;
    charges.costs + charges.lump_sum + charges.interest
}

fn owing(kind: DebtorKind, due_days_ago: i32, amount: i64) -> Case {
    owing_in("NL", kind, due_days_ago, amount, fee(amount))
}

/// A debt under the law of a country, with a letter that announced costs.
fn owing_in(country: &str, kind: DebtorKind, due_days_ago: i32, amount: i64, announced: i64) -> Case {
    let mut case = case("2026-12-01")
        .kind(kind, country)
        .invoice(|i| i.due("2026-01-01").open(amount));
    let currency = if country == "GB" { 826 } else { 978 };
    case.agreement.applicable_law = Some(country_of(country));
    case.agreement.costs_clause = true;
    (case.context.creditor.currency, case.items[0].currency) = (currency, currency);
    (case.items[0].due, case.items[0].issued) = (
        case.context.today - due_days_ago,
        case.context.today - due_days_ago - 30,
    );
    posted(case, "2026-11-02", "2026-11-20", announced)
}

fn countries() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["NL", "BE", "DE", "FR", "LU", "GB", "AT", "PL"])
}

/// Costs that the law of the country allows in a letter.
fn allowed(country: &str, amount: i64) -> i64 {
    match country {
        "NL" => fee(amount),
        "BE" => highest(amount),
        _ => 0,
    }
}

fn lettered(country: &str, kind: DebtorKind, ago: i32, amount: i64) -> Case {
    owing_in(country, kind, ago, amount, allowed(country, amount))
}

fn kinds() -> impl Strategy<Value = DebtorKind> {
    prop::sample::select(vec![
        DebtorKind::Consumer,
        DebtorKind::SoleTrader,
        DebtorKind::Business,
        DebtorKind::PublicBody,
    ])
}

proptest! {
    #[test]
    fn in_every_country_more_principal_never_costs_less(
        country in countries(), kind in kinds(), ago in 0..2_000, amount in 1i64..1_000_000_00, more in 0i64..100_000_00
    ) {
        let charged = |amount| {
            let case = lettered(country, kind, ago, amount);
            total(&case, &case.statute(vec![]))
        };
        prop_assert!(charged(amount) <= charged(amount + more));
    }

    #[test]
    fn in_every_country_a_later_day_never_costs_less(
        country in countries(), kind in kinds(), ago in 0..2_000, amount in 1i64..1_000_000_00, on in 0..60, later in 0..60
    ) {
        let case = lettered(country, kind, ago, amount);
        let charged = |plus| {
            let mut view = case.statute(vec![]);
            view.charges_on = case.context.today - 30 + plus;
            total(&case, &view)
        };
        prop_assert!(charged(on) <= charged(on + later));
    }

    #[test]
    fn in_every_country_splitting_a_payment_changes_nothing_and_paying_a_part_earlier_costs_no_more(
        country in countries(), kind in kinds(), ago in 60..2_000, amount in 1_000_00i64..1_000_000_00,
        one in 1i64..500_00, other in 1i64..500_00, back in 0..30, earlier in 0..300
    ) {
        let case = lettered(country, kind, ago, amount);
        let charged = |parts: &[(i64, i32)]| {
            let mut view = case.statute(vec![]);
            for (part, days) in parts {
                view.payments.items.push(0);
                view.payments.days.push(case.context.today - days);
                view.payments.amounts.push(*part);
                view.items[0].open -= part;
            }
            let charges = judge_view(&case, &view).charges;
            (charges.costs + charges.lump_sum + charges.interest, i64::try_from(charges.segments.len()).unwrap())
        };
        let (whole, _) = charged(&[(one + other, back)]);
        prop_assert_eq!(charged(&[(one, back), (other, back)]).0, whole);
        // Each segment is rounded by itself.
        let (early, segments) = charged(&[(one, back + earlier), (other, back)]);
        prop_assert!(early <= whole + segments, "{} > {}", early, whole);
    }

    #[test]
    fn in_every_country_segments_add_up_follow_each_other_and_stay_within_their_days(
        country in countries(), kind in kinds(), ago in 0..4_000, amount in 1i64..5_000_000_00
    ) {
        let case = lettered(country, kind, ago, amount);
        let charges = charges(&case);
        prop_assert_eq!(charges.segments.iter().map(|part| part.interest).sum::<i64>(), charges.interest);
        for part in &charges.segments {
            prop_assert!(case.items[0].due < part.start && part.start < part.end);
            prop_assert!(part.end <= case.context.today + 1);
        }
        for pair in charges.segments.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start);
        }
    }

    #[test]
    fn more_principal_never_costs_less(
        kind in kinds(), ago in 0..2_000, amount in 1i64..1_000_000_00, more in 0i64..1_000_000_00
    ) {
        let charged = |amount| {
            let case = owing(kind, ago, amount);
            total(&case, &case.statute(vec![]))
        };
        prop_assert!(charged(amount) <= charged(amount + more));
    }

    #[test]
    fn a_later_day_never_costs_less(
        kind in kinds(), ago in 0..2_000, amount in 1i64..1_000_000_00, on in 0..30, later in 0..30
    ) {
        let case = owing(kind, ago, amount);
        let charged = |plus| {
            let mut view = case.statute(vec![]);
            view.charges_on = case.context.today - 20 + plus;
            total(&case, &view)
        };
        prop_assert!(charged(on) <= charged(on + later));
    }

    #[test]
    fn splitting_a_payment_on_its_day_changes_nothing(
        kind in kinds(), ago in 30..2_000, amount in 1_000_00i64..1_000_000_00,
        one in 1i64..500_00, other in 1i64..500_00, back in 0..30
    ) {
        let case = owing(kind, ago, amount);
        let charged = |parts: &[i64]| {
            let mut view = case.statute(vec![]);
            for part in parts {
                view.payments.items.push(0);
                view.payments.days.push(case.context.today - back);
                view.payments.amounts.push(*part);
                view.items[0].open -= part;
            }
            total(&case, &view)
        };
        prop_assert_eq!(charged(&[one, other]), charged(&[one + other]));
        prop_assert_eq!(charged(&[other, one]), charged(&[one + other]));
    }

    #[test]
    fn interest_is_the_sum_of_its_segments_and_costs_keep_their_bounds(
        kind in kinds(), ago in 0..4_000, amount in 1i64..5_000_000_00
    ) {
        let case = owing(kind, ago, amount);
        let charges = charges(&case);
        prop_assert_eq!(charges.segments.iter().map(|part| part.interest).sum::<i64>(), charges.interest);
        prop_assert!(charges.costs + charges.lump_sum <= fee(amount));
        prop_assert!(charges.segments.iter().all(|part| part.start < part.end));
    }
}
