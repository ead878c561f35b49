use super::*;
use maan_policy::testkit::eur;
use maan_policy::types::DebtorKind;

fn owing(country: &str, kind: DebtorKind, due: &str, today: &str) -> Case {
    let mut case = case(today)
        .kind(kind, country)
        .invoice(|i| i.due(due).open(eur("100.00")));
    case.agreement.applicable_law = Some(maan_policy::testkit::country_of(country));
    case
}

fn said(case: &Case) -> Option<(String, Day)> {
    said_of(case, &case.statute(vec![]))
}

fn said_of(case: &Case, view: &StatuteCase) -> Option<(String, Day)> {
    let warnings = judge_view(case, view).warnings;
    let warning = warnings
        .into_iter()
        .find(|warning| warning.code.starts_with("limitation"))?;
    match warning.arguments[..] {
        [_, maan_policy::types::Argument::Day(last), _] => Some((warning.code, last)),
        _ => Some((warning.code, 0)),
    }
}

const CONSUMER: DebtorKind = DebtorKind::Consumer;
const BUSINESS: DebtorKind = DebtorKind::Business;

#[test]
fn each_country_has_its_term_and_a_warning_before_it_ends() {
    for (country, kind, due, last, near) in [
        ("NL", BUSINESS, "2021-03-10", "2026-03-10", "limitation-near"),
        ("NL", CONSUMER, "2021-03-10", "2026-03-10", "limitation-near"),
        (
            "BE",
            BUSINESS,
            "2016-03-10",
            "2026-03-10",
            "limitation-near-court",
        ),
        (
            "DE",
            CONSUMER,
            "2022-01-01",
            "2025-12-31",
            "limitation-near-court",
        ),
        (
            "DE",
            BUSINESS,
            "2022-12-31",
            "2025-12-31",
            "limitation-near-court",
        ),
        (
            "FR",
            BUSINESS,
            "2021-03-10",
            "2026-03-10",
            "limitation-near-court",
        ),
        (
            "LU",
            BUSINESS,
            "2016-03-10",
            "2026-03-10",
            "limitation-near-court",
        ),
        (
            "GB",
            BUSINESS,
            "2020-03-10",
            "2026-03-10",
            "limitation-near-court",
        ),
    ] {
        let at = |day: Day| {
            let mut case = owing(country, kind, due, "2026-01-01");
            case.context.today = day;
            said(&case)
        };
        let last = on(last);
        assert_eq!(at(last - 90), None, "{country}");
        assert_eq!(at(last - 89), Some((near.into(), last)), "{country}");
        assert_eq!(at(last), Some((near.into(), last)), "{country}");
        assert_eq!(
            at(last + 1),
            Some(("limitation-passed".into(), last)),
            "{country}"
        );
    }
}

#[test]
fn french_consumers_count_from_the_invoice_and_sales_lapse_sooner() {
    // Invoiced on 8 February 2024.
    let french = owing("FR", CONSUMER, "2024-03-09", "2026-02-09");
    assert_eq!(
        said(&french),
        Some(("limitation-passed".into(), on("2026-02-08")))
    );
    for (country, last) in [("NL", "2026-03-10"), ("BE", "2025-03-10"), ("LU", "2025-03-10")] {
        let mut sale = owing(country, CONSUMER, "2024-03-10", "2026-03-11");
        assert_eq!(said(&sale), None, "{country}");
        sale.agreement.consumer_sale = true;
        assert_eq!(
            said(&sale),
            Some(("limitation-passed".into(), on(last))),
            "{country}"
        );
    }
    let mut business = owing("NL", BUSINESS, "2024-03-10", "2026-03-11");
    business.agreement.consumer_sale = true;
    assert_eq!(said(&business), None);
}

#[test]
fn a_letter_interrupts_in_the_netherlands_only() {
    for (country, due, interrupts) in [
        ("NL", "2021-03-10", true),
        ("FR", "2021-03-10", false),
        ("DE", "2022-03-10", false),
    ] {
        let case = posted(
            owing(country, BUSINESS, due, "2026-05-01"),
            "2024-06-01",
            "2024-06-20",
            0,
        );
        assert_eq!(said(&case).is_none(), interrupts, "{country}");
    }
    let case = owing("NL", BUSINESS, "2021-03-10", "2026-05-01");
    for (level, channel, proof, interrupts) in [
        (Level::Reminder1, Channel::Letter, false, true),
        (Level::Notice3, Channel::Letter, false, false),
        (Level::Reminder1, Channel::Email, false, false),
        (Level::Reminder1, Channel::Email, true, true),
        (Level::Reminder1, Channel::Sms, true, false),
        (Level::FormalNotice, Channel::Bailiff, false, true),
    ] {
        let mut case = posted(case.clone(), "2024-06-01", "2024-06-20", 0);
        let step = &mut case.steps_done[0];
        (step.level, step.channel, step.proof) = (level, channel, proof);
        assert_eq!(said(&case).is_none(), interrupts, "{level:?} {channel:?} {proof}");
    }
}

#[test]
fn the_new_term_counts_from_the_interruption() {
    let case = posted(
        owing("NL", BUSINESS, "2019-03-10", "2026-05-01"),
        "2021-05-10",
        "2021-06-01",
        0,
    );
    assert_eq!(said(&case), Some(("limitation-near".into(), on("2026-05-10"))));
}

#[test]
fn paying_a_part_or_agreeing_a_plan_starts_the_term_again_everywhere() {
    for (country, due) in [
        ("NL", "2020-03-10"),
        ("BE", "2015-03-10"),
        ("DE", "2021-03-10"),
        ("FR", "2020-03-10"),
        ("GB", "2019-03-10"),
    ] {
        let case = owing(country, BUSINESS, due, "2026-05-01");
        assert!(said(&case).is_some(), "{country}");
        let mut paid = with_payments(&case, &[("2024-06-01", eur("10.00"))]);
        paid.items[0].open = eur("90.00");
        assert_eq!(said_of(&case, &paid), None, "{country}");
        let mut planned = case.plan(&[0], &[("2024-07-01", eur("100.00"))], 0, eur("100.00"));
        planned.plans[0].agreed_on = on("2024-06-01");
        assert_eq!(said(&planned), None, "{country}");
    }
}

#[test]
fn where_the_law_is_not_known_an_old_claim_is_said() {
    for (today, expected) in [
        ("2026-03-10", None),
        ("2026-03-11", Some(("limitation-unknown".into(), 0))),
    ] {
        assert_eq!(
            said(&owing("AT", BUSINESS, "2025-03-10", today)),
            expected,
            "{today}"
        );
    }
    assert_eq!(said(&owing("US", BUSINESS, "2015-01-10", "2026-05-01")), None);
}

#[test]
fn a_part_that_is_paid_today_starts_the_term_again() {
    let case = owing("NL", BUSINESS, "2021-03-10", "2026-03-10");
    assert_eq!(said(&case), Some(("limitation-near".into(), on("2026-03-10"))));
    let mut paid = with_payments(&case, &[("2026-03-10", eur("10.00"))]);
    paid.items[0].open = eur("90.00");
    assert_eq!(said_of(&case, &paid), None);
}
