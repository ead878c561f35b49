use super::*;
use maan_policy::types::DebtorKind;
use maan_policy_statute::countries::nl::collection_costs::fee;
use proptest::prelude::*;

fn total(case: &Case, view: &StatuteCase) -> i64 {
    let charges = judge_view(case, view).charges;
    charges.costs + charges.lump_sum + charges.interest
}

fn owing(kind: DebtorKind, due_days_ago: i32, amount: i64) -> Case {
    let mut case = case("2026-12-01")
        .kind(kind, "NL")
        .invoice(|i| i.due("2026-01-01").open(amount));
    case.items[0].due = case.context.today - due_days_ago;
    posted(case, "2026-11-02", "2026-11-18", fee(amount))
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
