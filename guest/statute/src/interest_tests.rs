use super::*;
use crate::calendar::day;
use crate::countries::{de, gb, nl};
use crate::rates::REFERENCE;
use crate::regime::SIMPLE;
use proptest::prelude::*;

const SIX: Rate = Rate::Fixed(Percentage { units: 6, scale: 0 });
const FOUR: Rate = Rate::Fixed(Percentage { units: 400, scale: 2 });

const STATUTORY: Table = Table::of(&nl::rates::STATUTORY);
const COMMERCIAL: Table = Table::of(&nl::rates::COMMERCIAL);
const BASE_PLUS_FIVE: Table = Table {
    rows: &de::rates::BASE,
    plus: 5_00,
};
const BRITISH: Table = Table {
    rows: &gb::rates::BANK_RATE,
    plus: 8_00,
};
const COMPOUND: Method = Method {
    compounds: true,
    year: Year::FromStart,
    order: Order::InterestFirst,
};
const OF_365: Method = Method {
    year: Year::Of365,
    order: Order::PrincipalFirst,
    ..SIMPLE
};

fn accrue(principal: i64, start: Day, end: Day, payments: &[Payment], rate: Rate) -> Option<Accrual> {
    super::accrue(principal, start, end, payments, rate, COMPOUND)
}

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
            Rate::Table(STATUTORY)
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
        Rate::Table(STATUTORY),
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
    assert_eq!(interest(36_500_00, start, start, Rate::Table(COMMERCIAL)), 0);
    assert_eq!(
        interest(36_500_00, start, start + 1, Rate::Table(COMMERCIAL)),
        10_40
    );
    assert_eq!(
        interest(36_500_00, start - 1, start, Rate::Table(COMMERCIAL)),
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
        Rate::Table(COMMERCIAL),
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
        Rate::Table(STATUTORY),
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
        Rate::Table(STATUTORY),
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

fn simply(principal: i64, start: Day, end: Day, payments: &[Payment], rate: Rate, method: Method) -> Accrual {
    super::accrue(principal, start, end, payments, rate, method).unwrap()
}

#[test]
fn german_half_year_at_the_base_rate_plus_five() {
    let (start, end) = (day(2023, 1, 1), day(2023, 7, 1));
    let accrual = simply(10_000_00, start, end, &[], Rate::Table(BASE_PLUS_FIVE), SIMPLE);
    assert_eq!((end - start, accrual.interest), (181, 328_28));
    assert_eq!(
        accrual.segments[0].rate,
        Percentage {
            units: 6_62,
            scale: 2
        }
    );
}

#[test]
fn sixty_days_at_the_british_rate_of_the_first_day() {
    let start = day(2026, 5, 15);
    let accrual = simply(10_000_00, start, start + 60, &[], Rate::AtStart(BRITISH), OF_365);
    assert_eq!(accrual.interest, 193_15);
    assert_eq!(
        accrual.segments.len(),
        1,
        "the rate of July does not touch an older debt"
    );
}

#[test]
fn the_british_rate_is_that_of_the_half_year_in_which_interest_starts() {
    for (start, units) in [
        (day(2025, 12, 31), 12_25),
        (day(2026, 1, 1), 11_75),
        (day(2020, 6, 30), 8_75),
        (day(2020, 7, 1), 8_10),
    ] {
        let accrual = simply(10_000_00, start, start + 400, &[], Rate::AtStart(BRITISH), OF_365);
        assert_eq!(accrual.segments[0].rate, Percentage { units, scale: 2 });
    }
}

#[test]
fn forty_five_days_at_the_french_rate() {
    let rate = Table {
        rows: &REFERENCE,
        plus: 10_00,
    };
    let start = day(2026, 2, 1);
    let accrual = simply(2_400_00, start, start + 45, &[], Rate::Table(rate), SIMPLE);
    assert_eq!(accrual.interest, 35_95);
}

#[test]
fn simple_interest_bears_none_and_counts_over_the_calendar_year() {
    let accrual = simply(10_000_00, day(2023, 7, 1), day(2025, 7, 1), &[], SIX, SIMPLE);
    let parts: Vec<_> = accrual
        .segments
        .iter()
        .map(|part| (part.start, part.base, part.interest))
        .collect();
    // 184 of 365 days, 366 of 366, 181 of 365.
    let expected = [
        (day(2023, 7, 1), 10_000_00, 302_47),
        (day(2024, 1, 1), 10_000_00, 600_00),
        (day(2025, 1, 1), 10_000_00, 297_53),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn an_agreed_rate_above_the_highest_runs_as_the_legal_one_while_it_is_above() {
    const MOST: Table = Table::of(&[(day(2025, 1, 1), 11_50), (day(2025, 7, 1), 10_50)]);
    const LEGAL: Table = Table::of(&[(day(2025, 1, 1), 4_50)]);
    let rates = |units: i64| {
        let agreed = Percentage { units, scale: 2 };
        let (start, end) = (day(2025, 6, 1), day(2025, 8, 1));
        let accrued = simply(
            1_000_00,
            start,
            end,
            &[],
            Rate::Within(MOST, LEGAL, agreed),
            SIMPLE,
        );
        let segments = accrued.segments.into_iter();
        segments.map(|segment| segment.rate.units).collect::<Vec<_>>()
    };
    assert_eq!(rates(10_50), [10_50, 10_50], "as high as the highest");
    assert_eq!(rates(10_51), [10_51, 4_50], "above it from July on");
    assert_eq!(rates(11_51), [4_50, 4_50]);
    assert_eq!(rates(3_00), [3_00, 3_00]);
}

#[test]
fn over_365_days_a_leap_year_costs_a_day_more() {
    let year = |year| simply(10_000_00, day(year, 1, 1), day(year + 1, 1, 1), &[], SIX, OF_365).interest;
    assert_eq!((year(2023), year(2024)), (600_00, 60_164));
}

#[test]
fn a_payment_counts_towards_the_principal_first_where_the_method_says_so() {
    let payments = [Payment {
        from: day(2023, 4, 11),
        amount: 4_000_00,
    }];
    let (start, end) = (day(2023, 1, 1), day(2023, 7, 20));
    let bases = |method| -> Vec<i64> {
        let accrual = simply(10_000_00, start, end, &payments, SIX, method);
        accrual.segments.iter().map(|part| part.base).collect()
    };
    // A hundred days at 6 per cent are 164.38.
    assert_eq!(bases(OF_365), [10_000_00, 6_000_00]);
    assert_eq!(bases(SIMPLE), [10_000_00, 10_000_00 - (4_000_00 - 164_38)]);
}

#[test]
fn what_a_payment_leaves_after_the_principal_goes_to_interest() {
    let payments = [Payment {
        from: day(2023, 4, 11),
        amount: 10_100_00,
    }];
    let accrual = simply(
        10_000_00,
        day(2023, 1, 1),
        day(2023, 7, 20),
        &payments,
        SIX,
        OF_365,
    );
    assert_eq!(
        (accrual.principal_open, accrual.interest_open, accrual.interest),
        (0, 64_38, 164_38)
    );
}

#[test]
fn a_rate_of_more_decimals_than_can_be_counted_is_next_to_nothing() {
    let tiny = Percentage { units: 1, scale: 255 };
    let four = Percentage {
        units: 4_00,
        scale: 2,
    };
    assert!(tiny.is_below(four));
    assert!(!four.is_below(tiny) && !tiny.is_below(tiny));
}

#[test]
fn an_agreed_rate_that_equals_the_dated_one_is_written_as_the_dated_one() {
    let same = Percentage { units: 4, scale: 0 };
    let rate = Rate::Lower(STATUTORY, same);
    let accrual = simply(100_00, day(2026, 2, 1), day(2026, 3, 1), &[], rate, SIMPLE);
    assert_eq!(
        accrual.segments[0].rate,
        Percentage {
            units: 4_00,
            scale: 2
        }
    );
}

#[test]
fn the_lower_of_two_rates_runs_in_each_half_year() {
    let agreed = Percentage { units: 55, scale: 1 };
    let accrual = simply(
        36_500_00,
        day(2025, 12, 31),
        day(2026, 1, 2),
        &[],
        Rate::Lower(STATUTORY, agreed),
        SIMPLE,
    );
    let rates: Vec<_> = accrual.segments.iter().map(|part| part.rate).collect();
    assert_eq!(
        rates,
        [
            agreed,
            Percentage {
                units: 4_00,
                scale: 2
            }
        ]
    );
}

fn any_day() -> impl Strategy<Value = Day> {
    day(2009, 1, 1)..day(2030, 1, 1)
}

proptest! {
    #[test]
    fn more_principal_never_bears_less(
        principal in 0i64..1_000_000_00, more in 0i64..1_000_000_00, start in any_day(), length in 0..4_000
    ) {
        let rate = Rate::Table(STATUTORY);
        let end = start + length;
        prop_assert!(interest(principal, start, end, rate) <= interest(principal + more, start, end, rate));
    }

    #[test]
    fn a_later_day_never_bears_less(
        principal in 0i64..1_000_000_00, start in any_day(), length in 0..4_000, later in 0..400
    ) {
        let rate = Rate::Table(COMMERCIAL);
        let to = start + length;
        prop_assert!(interest(principal, start, to, rate) <= interest(principal, start, to + later, rate));
    }

    #[test]
    fn splitting_a_payment_changes_nothing_on_its_day_and_paying_part_of_it_earlier_costs_no_more(
        principal in 0i64..1_000_000_00, one in 0i64..500_000_00, other in 0i64..500_000_00,
        start in any_day(), length in 1..3_000, at in 0..3_000, earlier in 0..300
    ) {
        let rate = Rate::Table(COMMERCIAL);
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
        let accrual = accrue(principal, start, start + length, &payments, Rate::Table(STATUTORY)).unwrap();
        let owed = principal + accrual.interest;
        prop_assert_eq!(accrual.principal_open + accrual.interest_open, (owed - paid).max(0));
        prop_assert_eq!(accrual.segments.iter().map(|part| part.interest).sum::<i64>(), accrual.interest);
    }
}

#[test]
fn a_rate_within_a_highest_one_changes_when_either_table_does() {
    const MOST: Table = Table::of(&[(day(2025, 1, 1), 8_00), (day(2025, 3, 1), 6_00)]);
    const OTHERWISE: Table = Table::of(&[(day(2025, 1, 1), 4_00), (day(2025, 5, 1), 3_00)]);
    let agreed = Percentage { units: 7, scale: 0 };
    let accrued = simply(
        10_000_00,
        day(2025, 1, 1),
        day(2025, 7, 1),
        &[],
        Rate::Within(MOST, OTHERWISE, agreed),
        SIMPLE,
    );
    let segments = accrued.segments.into_iter();
    assert_eq!(
        segments
            .map(|segment| (segment.start, segment.rate.units))
            .collect::<Vec<_>>(),
        [
            (day(2025, 1, 1), 7),
            (day(2025, 3, 1), 4_00),
            (day(2025, 5, 1), 3_00)
        ]
    );
}
