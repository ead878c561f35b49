use super::super::rates::{COMMERCIAL, STATUTORY};
use super::*;
use crate::calendar::day;
use proptest::prelude::*;

const SIX: Rate = Rate::Fixed(Percentage { units: 6, scale: 0 });
const FOUR: Rate = Rate::Fixed(Percentage { units: 400, scale: 2 });

fn interest(principal: i64, start: Day, end: Day, rate: Rate) -> i64 {
    accrue(principal, start, end, &[], rate).unwrap().interest
}

#[test]
fn one_year_at_six_per_cent() {
    assert_eq!(
        interest(5_000_00, day(2024, 3, 15), day(2025, 3, 15), SIX),
        300_00
    );
}

#[test]
fn two_years_compound_on_the_anniversary() {
    let accrual = accrue(5_000_00, day(2024, 3, 15), day(2026, 3, 15), &[], SIX).unwrap();
    assert_eq!(accrual.interest, 618_00);
    assert_eq!(accrual.segments.last().unwrap().base, 5_300_00);
}

#[test]
fn ninety_days_at_four_per_cent() {
    assert_eq!(interest(2_500_00, day(2026, 1, 1), day(2026, 4, 1), FOUR), 24_66);
}

#[test]
fn statutory_interest_of_2014() {
    assert_eq!(
        interest(
            3_000_00,
            day(2014, 5, 29),
            day(2014, 12, 12),
            Rate::Table(&STATUTORY)
        ),
        48_58
    );
}

#[test]
fn a_segment_ends_at_the_half_year_and_is_rounded_by_itself() {
    let accrual = accrue(
        1_000_00,
        day(2025, 12, 1),
        day(2026, 3, 1),
        &[],
        Rate::Table(&STATUTORY),
    )
    .unwrap();
    let parts: Vec<_> = accrual
        .segments
        .iter()
        .map(|part| (part.start, part.end, part.interest))
        .collect();
    let turn = day(2026, 1, 1);
    assert_eq!(
        parts,
        [(day(2025, 12, 1), turn, 5_10), (turn, day(2026, 3, 1), 6_47)]
    );
    assert_eq!(accrual.interest, 11_57);
}

#[test]
fn a_leap_year_costs_no_more_than_another_year() {
    let leap = interest(10_000_00, day(2024, 1, 1), day(2025, 1, 1), SIX);
    assert_eq!(leap, 600_00);
    assert_eq!(interest(10_000_00, day(2023, 1, 1), day(2024, 1, 1), SIX), leap);
}

#[test]
fn no_day_no_interest_and_the_first_day_counts() {
    let start = day(2026, 7, 1);
    assert_eq!(interest(36_500_00, start, start, Rate::Table(&COMMERCIAL)), 0);
    assert_eq!(
        interest(36_500_00, start, start + 1, Rate::Table(&COMMERCIAL)),
        10_40
    );
    assert_eq!(
        interest(36_500_00, start - 1, start, Rate::Table(&COMMERCIAL)),
        10_15
    );
}

#[test]
fn before_the_tables_begin_nothing_is_charged() {
    let accrual = accrue(
        1_000_00,
        day(2009, 12, 1),
        day(2010, 1, 11),
        &[],
        Rate::Table(&COMMERCIAL),
    )
    .unwrap();
    assert_eq!(accrual.segments.len(), 1);
    assert_eq!(accrual.segments[0].start, day(2010, 1, 1));
}

#[test]
fn a_payment_goes_to_interest_first_and_lowers_the_base_from_its_day() {
    let payments = [Payment {
        from: day(2014, 12, 12),
        amount: 1_400_00,
    }];
    let accrual = accrue(
        3_000_00,
        day(2014, 5, 29),
        day(2014, 12, 13),
        &payments,
        Rate::Table(&STATUTORY),
    )
    .unwrap();
    let last = accrual.segments.last().unwrap();
    assert_eq!(
        (last.start, last.base),
        (day(2014, 12, 12), 3_000_00 - (1_400_00 - 48_58))
    );
}

#[test]
fn what_is_paid_in_full_stops() {
    let payments = [Payment {
        from: day(2026, 2, 1),
        amount: 2_000_00,
    }];
    let accrual = accrue(
        1_000_00,
        day(2026, 1, 1),
        day(2026, 12, 1),
        &payments,
        Rate::Table(&STATUTORY),
    )
    .unwrap();
    assert_eq!(accrual.segments.len(), 1);
    assert_eq!((accrual.principal_open, accrual.interest_open), (0, 0));
}

#[test]
fn sums_that_do_not_fit_are_refused() {
    let rate = Rate::Fixed(Percentage {
        units: i64::MAX,
        scale: 0,
    });
    assert_eq!(
        accrue(i64::MAX, day(1970, 1, 1), day(2199, 1, 1), &[], rate),
        None
    );
    let rate = Rate::Fixed(Percentage { units: 1, scale: 255 });
    assert_eq!(accrue(1_00, day(2026, 1, 1), day(2027, 1, 1), &[], rate), None);
}

fn any_day() -> impl Strategy<Value = Day> {
    day(2009, 1, 1)..day(2030, 1, 1)
}

proptest! {
    #[test]
    fn more_principal_never_bears_less(
        principal in 0i64..1_000_000_00, more in 0i64..1_000_000_00, start in any_day(), length in 0..4_000
    ) {
        let rate = Rate::Table(&STATUTORY);
        let end = start + length;
        prop_assert!(interest(principal, start, end, rate) <= interest(principal + more, start, end, rate));
    }

    #[test]
    fn a_later_day_never_bears_less(
        principal in 0i64..1_000_000_00, start in any_day(), length in 0..4_000, later in 0..400
    ) {
        let rate = Rate::Table(&COMMERCIAL);
        let to = start + length;
        prop_assert!(interest(principal, start, to, rate) <= interest(principal, start, to + later, rate));
    }

    #[test]
    fn splitting_a_payment_changes_nothing_on_its_day_and_paying_part_of_it_earlier_costs_no_more(
        principal in 0i64..1_000_000_00, one in 0i64..500_000_00, other in 0i64..500_000_00,
        start in any_day(), length in 1..3_000, at in 0..3_000, earlier in 0..300
    ) {
        let rate = Rate::Table(&COMMERCIAL);
        let end = start + length;
        let accrued = |payments: &[Payment]| accrue(principal, start, end, payments, rate).unwrap();
        let from = start + at;
        let whole = accrued(&[Payment { from, amount: one + other }]);
        let split = accrued(&[Payment { from, amount: one }, Payment { from, amount: other }]);
        prop_assert_eq!(&split, &whole);
        let early = accrued(&[Payment { from: from - earlier, amount: one }, Payment { from, amount: other }]);
        // Each segment is rounded by itself, up or down.
        let rounding = i64::try_from(early.segments.len()).unwrap();
        prop_assert!(early.interest <= whole.interest + rounding, "{} > {}", early.interest, whole.interest);
    }

    #[test]
    fn nothing_is_lost_between_payments_interest_and_what_is_open(
        principal in 0i64..1_000_000_00, paid in 0i64..2_000_000_00,
        start in any_day(), length in 1..3_000, at in -100..3_000
    ) {
        let payments = [Payment { from: start + at, amount: paid }];
        let accrual = accrue(principal, start, start + length, &payments, Rate::Table(&STATUTORY)).unwrap();
        let owed = principal + accrual.interest;
        prop_assert_eq!(accrual.principal_open + accrual.interest_open, (owed - paid).max(0));
        prop_assert_eq!(accrual.segments.iter().map(|part| part.interest).sum::<i64>(), accrual.interest);
    }
}
