use maan_ledger::{
    Behaviour, Body, Currency, Day, Delays, Dispute, DisputeCause, ItemDelay, Money, MoneyError, MonthSales,
    PromiseState, ageing, average_days_late, best_possible_dso, cei, dso_count_back, dso_simple,
    expected_within, monthly_sales, promise_kept_rate,
};
use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{Story, agreement_id, day, eur, item_id};

/// A quotient rounded as its publisher wrote it.
fn rounded(value: Option<Decimal>, digits: u32) -> String {
    value.unwrap().round_dp(digits).to_string()
}

fn months(of: &[(u32, i64)]) -> Vec<MonthSales> {
    of.iter()
        .map(|(days, sales)| MonthSales {
            days: *days,
            sales: eur(*sales),
        })
        .collect()
}

#[test]
fn ageing_counts_days_past_the_due_date() {
    let today = day("2026-06-30");
    let late = [-5, 0, 1, 30, 31, 60, 61, 90, 91, 120, 121, 4_000];
    let aged = ageing(
        today,
        Currency::EUR,
        late.map(|days| (today.plus(-days), eur(100))),
    )
    .unwrap();
    assert_eq!(aged.buckets.map(|bucket| bucket.count), [2; 6]);
    assert_eq!(aged.buckets.map(|bucket| bucket.amount), [eur(200); 6]);
    assert_eq!((aged.total.count, aged.total.amount), (12, eur(1_200)));
}

#[test]
fn ageing_refuses_to_add_currencies() {
    let items = [
        (day("2026-01-01"), eur(1)),
        (day("2026-01-01"), Money::new(1, Currency::GBP)),
    ];
    let refused = ageing(day("2026-06-30"), Currency::EUR, items);
    assert_eq!(
        refused,
        Err(MoneyError::TwoCurrencies(Currency::EUR, Currency::GBP))
    );
}

#[test]
fn dso_by_count_back_agrees_with_published_figures() {
    let published = months(&[(30, 10_000_000), (30, 8_000_000), (30, 7_000_000)]);
    let found = dso_count_back(eur(21_200_000), &published).unwrap();
    assert_eq!(
        rounded(found, 1),
        "73.7",
        "212,000 after sales of 70,000, 80,000 and 100,000"
    );
}

#[test]
fn dso_by_count_back_takes_the_last_month_pro_rata_and_passes_months_without_sales() {
    let sales = months(&[(10, 50_000), (31, 0), (30, 50_000)]);
    let dso = |receivables| dso_count_back(eur(receivables), &sales).unwrap();
    assert_eq!(dso(0), Some(Decimal::ZERO));
    assert_eq!(dso(-5), Some(Decimal::ZERO));
    assert_eq!(dso(25_000), Some(Decimal::from(5)));
    assert_eq!(dso(50_000), Some(Decimal::from(10)));
    assert_eq!(dso(60_000), Some(Decimal::from(47)));
    assert_eq!(dso(100_000), Some(Decimal::from(71)));
    assert_eq!(dso(100_001), None, "older than the history");
    assert_eq!(dso_count_back(eur(1), &[]).unwrap(), None);
}

#[test]
fn simple_dso_agrees_with_published_figures() {
    assert_eq!(
        rounded(dso_simple(eur(15_000_000), eur(180_000_000), 365).unwrap(), 1),
        "30.4"
    );
    assert_eq!(dso_simple(eur(100), eur(0), 365).unwrap(), None);
    assert_eq!(
        rounded(
            best_possible_dso(eur(9_000_000), eur(180_000_000), 365).unwrap(),
            2
        ),
        "18.25"
    );
}

#[test]
fn cei_agrees_with_published_figures() {
    let quarter = cei(eur(620_000), eur(1_089_000), 3, eur(634_000), eur(359_000)).unwrap();
    assert_eq!(rounded(quarter, 1), "55.9");
    let period = cei(
        eur(40_000_000),
        eur(120_000_000),
        1,
        eur(35_000_000),
        eur(28_000_000),
    )
    .unwrap();
    assert_eq!(rounded(period, 1), "94.7");
    assert_eq!(
        cei(eur(100), eur(0), 1, eur(100), eur(100)).unwrap(),
        None,
        "nothing could be collected"
    );
    assert_eq!(
        cei(eur(100), eur(100), 0, eur(100), eur(100)).unwrap(),
        None,
        "no months"
    );
}

#[test]
fn sales_are_summed_by_calendar_month_and_the_running_month_has_the_days_so_far() {
    let items = [
        (day("2026-03-10"), eur(1)),
        (day("2026-03-01"), eur(20)),
        (day("2026-02-28"), eur(300)),
        (day("2026-01-31"), eur(4_000)),
        (day("2026-01-15"), eur(-1_000)),
        (day("2025-12-31"), eur(50_000)),
        (day("2026-03-11"), eur(600_000)),
    ];
    let found = monthly_sales(day("2026-03-10"), 3, Currency::EUR, items).unwrap();
    assert_eq!(found, months(&[(10, 21), (28, 300), (31, 3_000)]));
}

#[test]
fn average_days_late_weighs_by_amount_and_counts_open_overdue_items() {
    let today = day("2026-06-30");
    let item = |late: i32, paid: bool, minor| {
        let due = today.plus(if paid { -100 } else { -late });
        ItemDelay {
            due,
            paid: paid.then(|| due.plus(late)),
            amount: eur(minor),
        }
    };
    let average = |items: &[ItemDelay]| average_days_late(today, items.iter().copied()).unwrap();
    assert_eq!(average(&[]), None);
    assert_eq!(
        average(&[item(10, true, 100), item(20, true, 300)]),
        Some(Decimal::new(175, 1))
    );
    assert_eq!(
        average(&[item(10, true, 100), item(-10, true, 100)]),
        Some(Decimal::ZERO)
    );
    assert_eq!(
        average(&[item(0, true, 100), item(90, false, 100)]),
        Some(Decimal::from(45))
    );
    assert_eq!(
        average(&[item(10, true, 100), item(-5, false, 9_900)]),
        Some(Decimal::from(10))
    );
    assert_eq!(
        average(&[item(-5, false, 9_900)]),
        None,
        "nothing is late or paid"
    );
}

#[test]
fn the_delay_of_an_item_is_its_payment_in_full_or_what_is_open() {
    let story = Story::default()
        .invoice(1, "2026-01-01", 1_000)
        .paid(1, "2026-02-10", 1_000)
        .invoice(2, "2026-01-01", 4_000)
        .paid(2, "2026-02-10", 1_000)
        .invoice(3, "2026-01-01", -500);
    let snapshot = story.at("2026-03-02");
    let delays: Vec<ItemDelay> = snapshot.items.iter().filter_map(ItemDelay::of).collect();
    assert_eq!(delays.len(), 2);
    // 1,000 ten days late and 3,000 thirty days late so far
    assert_eq!(
        average_days_late(snapshot.as_of, delays).unwrap(),
        Some(Decimal::from(25))
    );
}

#[test]
fn promises_that_are_open_or_withdrawn_do_not_enter_the_kept_rate() {
    use PromiseState::{Broken, Kept, Open, Withdrawn};
    let promises = [
        (Kept, eur(100)),
        (Kept, eur(100)),
        (Broken, eur(600)),
        (Open, eur(7)),
        (Withdrawn, eur(8)),
    ];
    let rate = promise_kept_rate(promises).unwrap();
    assert_eq!(rounded(rate.by_count, 4), "0.6667");
    assert_eq!(rate.by_amount, Some(Decimal::new(25, 2)));
    assert_eq!(promise_kept_rate([(Open, eur(7))]).unwrap().by_count, None);
}

/// Payments that many days late, of that many minor units.
fn paid(of: &[(i32, i64)]) -> Behaviour {
    Behaviour {
        due: of.iter().map(|_| Day(20_000)).collect(),
        paid: of.iter().map(|(late, _)| Day(20_000 + late)).collect(),
        amount: of.iter().map(|(_, amount)| *amount).collect(),
        ..Behaviour::default()
    }
}

#[test]
fn the_share_paid_within_days_is_of_what_was_still_unpaid() {
    let delays = Delays::new([&paid(&[(0, 100), (10, 300), (40, 600)])]);
    let share = |late, days| delays.share_paid_within(late, days);
    assert_eq!(share(-1, 1), Some(Decimal::new(1, 1)));
    assert_eq!(share(0, 10), Some(Decimal::ONE / Decimal::from(3)));
    assert_eq!(share(0, 9), Some(Decimal::ZERO));
    assert_eq!(share(10, 30), Some(Decimal::ONE));
    assert_eq!(share(40, 30), None, "nothing was ever paid that late");
    assert_eq!(share(i32::MAX, u32::MAX), None);
}

#[test]
fn the_expected_amount_follows_the_debtor_s_own_payments_when_there_are_enough() {
    let mut story = Story::default();
    for (number, late) in [(1, 5), (2, 5), (3, 20), (4, 20)] {
        let paid = day("2026-01-31").plus(late).to_string();
        story = story
            .invoice(number, "2026-01-01", 1_000)
            .paid(number, &paid, 1_000);
    }
    let story = story.invoice(5, "2026-03-01", 9_000);
    let prompt = Delays::new([&paid(&[(0, 1)])]);
    let expected = |on: &str, days| expected_within(&story.at(on), &prompt, days);
    assert_eq!(expected("2026-03-31", 4), eur(0));
    assert_eq!(expected("2026-03-31", 5), eur(4_500));
    assert_eq!(
        expected("2026-04-05", 15),
        eur(9_000),
        "what is late five days comes after twenty"
    );
    assert_eq!(expected("2026-05-30", 30), eur(0), "later than anyone ever paid");
}

#[test]
fn the_expected_amount_follows_the_portfolio_when_the_debtor_paid_too_few() {
    let story = Story::default().invoice(1, "2026-03-01", 9_000);
    let portfolio = Delays::new([&paid(&[(10, 1), (20, 2)])]);
    assert_eq!(
        expected_within(&story.at("2026-03-31"), &portfolio, 10),
        eur(3_000)
    );
    assert_eq!(
        expected_within(&story.at("2026-03-31"), &Delays::default(), 10),
        eur(0)
    );
}

#[test]
fn what_is_disputed_or_already_in_is_not_expected() {
    let dispute = Dispute {
        agreement: agreement_id(1),
        item: item_id(1),
        amount: eur(4_000),
        cause: DisputeCause::Price,
        text: String::new(),
    };
    let story = Story::default()
        .invoice(1, "2026-03-01", 9_000)
        .fact("2026-03-02", Body::Disputed(dispute))
        .received(1, "2026-03-20", 6_000);
    let portfolio = Delays::new([&paid(&[(10, 1)])]);
    assert_eq!(
        expected_within(&story.at("2026-03-19"), &portfolio, 30),
        eur(5_000)
    );
    assert_eq!(
        expected_within(&story.at("2026-03-31"), &portfolio, 30),
        eur(3_000)
    );
}

proptest! {
    #[test]
    fn the_buckets_of_an_ageing_add_up(items in vec((0..2_000_i32, -1_000_000..1_000_000_i64), 0..40)) {
        let items = items.into_iter().map(|(due, open)| (Day(20_000 + due), eur(open)));
        let aged = ageing(Day(21_000), Currency::EUR, items).unwrap();
        prop_assert_eq!(aged.buckets.iter().map(|b| b.amount.minor).sum::<i64>(), aged.total.amount.minor);
        prop_assert_eq!(aged.buckets.iter().map(|b| b.count).sum::<u32>(), aged.total.count);
    }

    #[test]
    fn more_receivables_never_mean_a_lower_dso(
        sales in vec(0..100_000_i64, 1..12),
        receivables in 0..500_000_i64,
        more in 0..500_000_i64,
    ) {
        let sales = months(&sales.iter().map(|sales| (30, *sales)).collect::<Vec<_>>());
        let low = dso_count_back(eur(receivables), &sales).unwrap();
        let high = dso_count_back(eur(receivables + more), &sales).unwrap();
        prop_assert!(high.is_none() || low <= high);
    }

    #[test]
    fn more_days_never_mean_less_expected_money(
        history in vec((-10..60_i32, 1..10_000_i64), 1..8),
        minor in 1..1_000_000_i64,
        (fewer, more) in (0..60_u32, 0..60_u32),
    ) {
        let story = Story::default().invoice(1, "2026-03-01", minor);
        let snapshot = story.at("2026-03-31");
        let portfolio = Delays::new([&paid(&history)]);
        let soon = expected_within(&snapshot, &portfolio, fewer);
        let later = expected_within(&snapshot, &portfolio, fewer + more);
        prop_assert!(0 <= soon.minor && soon.minor <= later.minor && later.minor <= minor);
    }
}
