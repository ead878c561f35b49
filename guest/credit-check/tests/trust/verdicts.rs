//! What each debtor is trusted with, and on which terms.

use maan_policy::CreditCheck;
use maan_policy::slots::Question;
use maan_policy::testkit::{case, eur, on};
use maan_policy::types::*;
use maan_policy_credit_check::{DefaultCreditCheck, Exposure, Settings, describe};

use crate::common::{TODAY, codes, decide, decide_by, good};

#[test]
fn prev_1_an_application_within_the_limit_is_accepted_with_limit_term_and_reasons() {
    let decision = decide(&good(), Question::Application(eur("3000")));
    assert_eq!(decision.verdict, Verdict::Accept);
    assert_eq!(
        decision.limit,
        Some(eur("3750")),
        "1.5 times the start for a small company"
    );
    assert_eq!(decision.term_days, Some(30));
    assert_eq!(codes(&decision), ["reliability.good", "within-limit"]);
    assert!(!decision.advice_only);
}

#[test]
fn prev_1_an_unknown_customer_gets_half_and_an_earlier_review() {
    let decision = decide(&case(TODAY), Question::Application(eur("1000")));
    assert_eq!(
        (decision.verdict, decision.limit),
        (Verdict::Accept, Some(eur("1250")))
    );
    assert_eq!(decision.next_review, on("2026-12-14"));
}

#[test]
fn prev_2_an_order_above_the_room_is_flagged_with_a_prepayment() {
    let mut debtor = good();
    debtor.account.open = eur("3000");
    let decision = decide(&debtor, Question::Order(eur("1000")));
    assert_eq!(decision.verdict, Verdict::AcceptOnConditions);
    assert_eq!(decision.prepayment_share, 250);
    assert_eq!(decision.counterfactual, Some(eur("250")));
    assert_eq!(decision.term_days, Some(14));
}

#[test]
fn prev_2_a_quotation_far_above_the_room_is_declined() {
    let mut debtor = good();
    debtor.account.open = eur("3000");
    let decision = decide(&debtor, Question::Quotation(eur("1900")));
    assert_eq!(
        (decision.verdict, decision.prepayment_share),
        (Verdict::Decline, 0)
    );
    assert_eq!(decision.counterfactual, Some(eur("1150")));
}

#[test]
fn exposure_is_open_and_orders_and_quotations_and_unbilled_each_switchable() {
    let mut debtor = good();
    debtor.account.open = eur("100");
    debtor.account.orders = eur("20");
    debtor.account.quotations = eur("3");
    debtor.account.unbilled = eur("0.40");
    debtor.account.credits = eur("0.05");
    let exposure = |exposure| {
        decide_by(
            Settings {
                exposure,
                ..Settings::default()
            },
            &debtor,
            Question::Review,
        )
        .exposure
    };
    let all = Exposure {
        quotations: true,
        ..Exposure::default()
    };
    assert_eq!(
        exposure(Exposure::default()),
        eur("120.35"),
        "a quotation may be refused"
    );
    assert_eq!(exposure(all), eur("123.35"));
    assert_eq!(exposure(Exposure { open: false, ..all }), eur("23.35"));
    assert_eq!(exposure(Exposure { orders: false, ..all }), eur("103.35"));
    assert_eq!(
        exposure(Exposure {
            quotations: false,
            ..all
        }),
        eur("120.35")
    );
    assert_eq!(
        exposure(Exposure {
            unbilled: false,
            ..all
        }),
        eur("122.95")
    );
    assert_eq!(
        exposure(Exposure {
            less_credits: false,
            ..all
        }),
        eur("123.40")
    );
}

#[test]
fn the_exposure_of_the_group_counts() {
    let mut debtor = good();
    debtor.account.group_exposure = Some(eur("9000"));
    assert_eq!(decide(&debtor, Question::Review).exposure, eur("9000"));
    // The debtor's own 1,000 are in the 9,000 once; orders and credits are the debtor's alone.
    debtor.account.open = eur("1000");
    assert_eq!(decide(&debtor, Question::Review).exposure, eur("9000"));
    debtor.account.orders = eur("500");
    assert_eq!(decide(&debtor, Question::Review).exposure, eur("9500"));
    debtor.account.credits = eur("2000");
    assert_eq!(
        decide(&debtor, Question::Review).exposure,
        eur("8000"),
        "credits cover what the debtor owes, not what the others owe"
    );
    // A sum that was stated before the debtor's latest invoice is no less than what the debtor owes.
    debtor.account.credits = 0;
    debtor.account.open = eur("9500");
    assert_eq!(decide(&debtor, Question::Review).exposure, eur("10000"));
    let alone = Settings {
        exposure: Exposure {
            group: false,
            ..Exposure::default()
        },
        ..Settings::default()
    };
    debtor.account.open = eur("1000");
    assert_eq!(decide_by(alone, &debtor, Question::Review).exposure, eur("1500"));
}

#[test]
fn a_natural_person_is_never_refused_by_itself() {
    for kind in [DebtorKind::Consumer, DebtorKind::SoleTrader, DebtorKind::Unknown] {
        let person = case(TODAY).kind(kind, "NL").paid_late(12, 60);
        let decision = decide(&person, Question::Order(eur("2000")));
        assert!(decision.advice_only);
        assert_eq!(decision.verdict, Verdict::Review);
        assert_eq!(decision.counterfactual, Some(eur("1600")), "the limit is € 400");
        assert!(codes(&decision).contains(&"person-decides"));
    }
}

#[test]
fn days_within_the_grace_make_nobody_bad() {
    let new = (1..=3).fold(case(TODAY), |case, _| {
        case.invoice(|i| i.due("2026-10-12").open(eur("10")))
    });
    let decision = decide(&new, Question::Order(eur("10")));
    assert_eq!(decision.verdict, Verdict::Accept);
    assert!(codes(&decision).contains(&"reliability.unknown"));
}

#[test]
fn who_pays_badly_pays_a_share_beforehand() {
    let bad = case(TODAY).paid_late(12, 60);
    let decision = decide(&bad, Question::Order(eur("100")));
    assert_eq!(
        (decision.verdict, decision.prepayment_share, decision.term_days),
        (Verdict::AcceptOnConditions, 250, Some(14))
    );
    let mut trusting = Settings::default();
    trusting.terms.bad_prepaid = 0;
    assert_eq!(
        decide_by(trusting, &bad, Question::Order(eur("100"))).verdict,
        Verdict::Accept
    );
}

#[test]
fn no_prepayment_is_asked_where_none_is_wanted() {
    let mut debtor = good();
    debtor.account.open = eur("3000");
    let mut settings = Settings::default();
    settings.terms.most_prepaid = 0;
    assert_eq!(
        decide_by(settings, &debtor, Question::Order(eur("1000"))).verdict,
        Verdict::Decline
    );
}

#[test]
fn the_counterfactual_says_what_to_pay_and_is_confirmed() {
    let person = case(TODAY)
        .consumer("NL")
        .paid_on_time(30)
        .invoice(|i| i.due("2026-09-20").open(eur("240")))
        .invoice(|i| i.due("2026-10-10").open(eur("60")));
    let decision = decide(&person, Question::Order(eur("100")));
    assert_eq!(
        (decision.verdict, decision.counterfactual),
        (Verdict::AcceptOnConditions, Some(eur("240")))
    );
    assert!(codes(&decision).contains(&"would-accept.overdue"));
    let abroad = person.invoice(|i| i.due("2026-09-01").open(eur("1")).currency(826));
    let decision = decide(&abroad, Question::Order(eur("100")));
    assert_eq!(
        decision.counterfactual, None,
        "an amount in euro would not change it"
    );
}

#[test]
fn no_amount_changes_what_is_not_about_an_amount() {
    let bankrupt = good().legal(LegalSituation::Bankruptcy, "2026-10-01");
    assert_eq!(
        decide(&bankrupt, Question::Order(eur("10000"))).counterfactual,
        None
    );
}

#[test]
fn who_cannot_or_will_not_pay_gets_no_more() {
    for willingness in [Willingness::Cannot, Willingness::WillNot] {
        assert_eq!(
            decide(&good().willing(willingness), Question::Order(eur("10"))).verdict,
            Verdict::Decline
        );
    }
}

#[test]
fn amounts_beyond_counting_are_a_failure_of_this_case() {
    let mut debtor = good();
    debtor.account.open = i64::MAX;
    debtor.account.orders = 1;
    let policy = DefaultCreditCheck::new(Settings::default()).unwrap();
    assert!(
        policy
            .decide(&debtor.context, &debtor.credit_check(Question::Review))
            .is_err()
    );
}

#[test]
fn settings_that_make_no_sense_are_named() {
    let paths = |json: &str| -> Vec<String> {
        DefaultCreditCheck::configure(json)
            .unwrap_err()
            .into_iter()
            .map(|problem| problem.path)
            .collect()
    };
    assert_eq!(paths(r#"{"limit":{"step_down":1001}}"#), ["/limit/step_down"]);
    assert_eq!(paths(r#"{"reliability":{"good":500}}"#), ["/reliability"]);
    assert_eq!(
        paths(r#"{"hold":{"release_below":2000}}"#),
        ["/hold/release_below"]
    );
    assert_eq!(
        paths(r#"{"limit":{"countries":{"NLD":900}}}"#),
        ["/limit/countries/NLD"]
    );
    assert_eq!(paths(r#"{"limit":{"most":"x"}}"#), ["/limit/most"]);
}

#[test]
fn every_preset_is_accepted_and_every_reason_has_words() {
    let described = describe();
    for preset in &described.presets {
        DefaultCreditCheck::configure(&preset.settings).unwrap();
    }
    let mut all = good()
        .business("US")
        .report(ReportAnswer::Present, Some(60), Some(eur("100")));
    all.account
        .report
        .as_mut()
        .unwrap()
        .marks
        .push("attachment".into());
    all.account.insured_limit = Some(eur("50"));
    all.in_force.limit = Some(eur("1000"));
    for case in [
        all,
        case(TODAY),
        good().willing(Willingness::Cannot),
        case(TODAY).consumer("NL").paid_late(9, 70),
    ] {
        for code in codes(&decide(&case, Question::Order(eur("9000")))) {
            assert_eq!(
                described.texts.iter().filter(|text| text.code == code).count(),
                4,
                "{code}"
            );
        }
    }
}
