//! What each debtor is trusted with, and on which terms.

use maan_policy::CreditCheck;
use maan_policy::slots::Question;
use maan_policy::testkit::{Case, case, eur, on};
use maan_policy::types::*;
use maan_policy_credit_check::{DefaultCreditCheck, Exposure, Settings, describe};

use crate::common::{codes, decide, decide_by};

const TODAY: &str = "2026-10-15";

/// A small business that always paid on time, € 12,000 in the last year.
fn good() -> Case {
    case(TODAY).paid_on_time(12)
}

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
fn prev_5_limits_follow_reliability_up_and_down_a_step_at_a_time() {
    let mut debtor = good();
    debtor.in_force.limit = Some(eur("2000"));
    let up = decide(&debtor, Question::Review);
    assert_eq!(up.limit, Some(eur("2500")));
    assert!(codes(&up).contains(&"limit.step"));
    let mut bad = case(TODAY).paid_late(12, 60);
    bad.in_force.limit = Some(eur("2000"));
    assert_eq!(decide(&bad, Question::Review).limit, Some(eur("1000")));
}

/// A good payer with a limit advised and the next review in a month.
fn reviewed() -> Case {
    let mut debtor = good();
    debtor.in_force.limit = Some(eur("2000"));
    debtor.in_force.credit_review_on = Some(on("2026-11-15"));
    debtor
}

#[test]
fn prev_5_between_reviews_the_limit_and_the_day_of_the_review_stay() {
    let decision = decide(&reviewed(), Question::Review);
    assert_eq!(
        (decision.limit, decision.next_review),
        (Some(eur("2000")), on("2026-11-15"))
    );
    assert!(codes(&decision).contains(&"limit.at-review"));
    let on_the_day = Case {
        in_force: reviewed().in_force,
        ..case("2026-11-15").paid_on_time(12)
    };
    let decision = decide(&on_the_day, Question::Review);
    assert_eq!(
        (decision.limit, decision.next_review),
        (Some(eur("2500")), on("2027-05-14"))
    );
    let mut free = Settings::default();
    free.limit.at_review = false;
    assert_eq!(
        decide_by(free, &reviewed(), Question::Review).limit,
        Some(eur("2500"))
    );
}

#[test]
fn prev_5_what_the_agency_or_the_insurer_says_lowers_a_limit_between_reviews() {
    let mut debtor = reviewed();
    debtor.account.insured_limit = Some(eur("900"));
    assert_eq!(decide(&debtor, Question::Review).limit, Some(eur("900")));
    let failing = reviewed().report(ReportAnswer::Present, Some(500), None);
    assert_eq!(decide(&failing, Question::Review).limit, Some(0));
}

#[test]
fn prev_5_a_report_that_was_waited_for_is_a_review() {
    let mut debtor = reviewed().report(ReportAnswer::Present, Some(10), None);
    debtor.in_force.credit_review_on = Some(on("2026-11-14"));
    assert_eq!(decide(&debtor, Question::Review).limit, Some(eur("2000")));
    debtor.in_force.credit_verdict = Some(Verdict::Review);
    assert_eq!(decide(&debtor, Question::Review).limit, Some(eur("2500")));
    debtor.account.report.as_mut().unwrap().on = on("2026-10-14");
    assert_eq!(
        decide(&debtor, Question::Review).limit,
        Some(eur("2000")),
        "known at the last review"
    );
}

#[test]
fn prev_5_an_application_is_a_review_and_steps_from_what_was_approved_alone() {
    let mut debtor = reviewed();
    let limit = |debtor: &Case| decide(debtor, Question::Application(eur("2400"))).limit;
    assert_eq!(limit(&debtor), Some(eur("3750")));
    debtor.account.limit = Some(eur("2000"));
    assert_eq!(limit(&debtor), Some(eur("2500")));
}

#[test]
fn prev_2_a_review_comes_before_what_is_late_would_hold_deliveries() {
    let late = good().invoice(|i| i.due("2026-10-10").open(eur("100")));
    assert_eq!(decide(&late, Question::Review).next_review, on("2026-11-24"));
    let not_yet = good().invoice(|i| i.due("2026-10-15").open(eur("100")));
    assert_eq!(decide(&not_yet, Question::Review).next_review, on("2027-04-13"));
}

#[test]
fn prev_5_steps_go_from_what_was_approved_and_not_from_advice() {
    let mut debtor = good();
    debtor.in_force.limit = Some(eur("2500"));
    debtor.account.limit = Some(eur("2000"));
    assert_eq!(decide(&debtor, Question::Review).limit, Some(eur("2500")));
    let mut whole = Settings::default();
    whole.limit.in_steps = false;
    assert_eq!(
        decide_by(whole, &debtor, Question::Review).limit,
        Some(eur("3750"))
    );
}

#[test]
fn prev_5_a_raise_gives_no_room_before_it_is_approved() {
    let mut debtor = good();
    debtor.account.limit = Some(eur("2000"));
    let decision = decide(&debtor, Question::Order(eur("2400")));
    assert_eq!(
        (decision.verdict, decision.limit),
        (Verdict::AcceptOnConditions, Some(eur("2500")))
    );
    assert!(codes(&decision).contains(&"limit.to-approve"));
    let mut settings = Settings::default();
    settings.limit.raise_needs_approval = false;
    assert_eq!(
        decide_by(settings, &debtor, Question::Order(eur("2400"))).verdict,
        Verdict::Accept
    );
    assert_eq!(
        decide(&debtor, Question::Application(eur("2400"))).verdict,
        Verdict::Accept,
        "an application asks for the raise itself"
    );
}

#[test]
fn prev_5_no_limit_goes_up_while_something_is_late() {
    let mut debtor = good().invoice(|i| i.due("2026-09-20").open(eur("100")));
    debtor.in_force.limit = Some(eur("2000"));
    let decision = decide(&debtor, Question::Review);
    assert_eq!(decision.limit, Some(eur("2000")));
    assert!(codes(&decision).contains(&"limit.no-raise"));
    let mut settings = Settings::default();
    settings.limit.no_raise_when_late = false;
    assert_eq!(
        decide_by(settings, &debtor, Question::Review).limit,
        Some(eur("2500"))
    );
}

#[test]
fn few_payments_and_something_overdue_are_worth_no_more_than_few_payments() {
    let new = case(TODAY).paid_on_time(2);
    assert_eq!(decide(&new, Question::Review).limit, Some(eur("1250")));
    let late = new.invoice(|i| i.due("2026-10-01").open(eur("1")));
    assert_eq!(decide(&late, Question::Review).limit, Some(eur("1250")));
    let never_paid = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("1")));
    assert_eq!(decide(&never_paid, Question::Review).limit, Some(eur("500")));
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
fn a_report_is_a_start_for_who_is_not_known_yet() {
    let known = case(TODAY).report(ReportAnswer::Present, Some(10), Some(eur("20000")));
    assert_eq!(
        decide(&known, Question::Application(eur("5000"))).limit,
        Some(eur("5000"))
    );
    let mut without = Settings::default();
    without.report.advised_start = 0;
    assert_eq!(
        decide_by(without, &known, Question::Application(eur("5000"))).limit,
        Some(eur("1250"))
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
fn a_reason_to_hold_a_persons_deliveries_is_told_and_nothing_is_held() {
    let person = case(TODAY)
        .kind(DebtorKind::SoleTrader, "NL")
        .paid_on_time(12)
        .invoice(|i| i.due("2026-08-25").open(eur("100")));
    let decision = decide(&person, Question::Review);
    assert_eq!((decision.hold, decision.effective_on), (HoldAdvice::Keep, None));
    assert!(codes(&decision).contains(&"hold.late-person"));
    let settings = Settings {
        persons_decide: false,
        ..Settings::default()
    };
    assert_eq!(
        decide_by(settings, &person, Question::Review).hold,
        HoldAdvice::Hold
    );
}

#[test]
fn prev_9_signals_are_named_with_their_cause_and_bring_the_review_forward() {
    let seen = |change: fn(Case) -> Case| {
        let decision = decide(&change(good()), Question::Review);
        let signals: Vec<_> = codes(&decision)
            .iter()
            .filter(|code| code.starts_with("signal"))
            .map(|code| code.to_string())
            .collect();
        (signals, decision.next_review - on(TODAY))
    };
    let one = |code: &str| (vec![code.to_string()], 14);
    assert_eq!(seen(|debtor| debtor), (vec![], 180));
    assert_eq!(seen(|debtor| slower(debtor, 12)), one("signal.later"));
    assert_eq!(seen(|debtor| slower(debtor, 9)).0, Vec::<String>::new());
    assert_eq!(
        seen(|mut debtor| {
            debtor.behaviour.promises_broken = 1;
            debtor
        }),
        one("signal.promises")
    );
    assert_eq!(
        seen(|mut debtor| {
            (debtor.behaviour.promises_broken, debtor.behaviour.promises_kept) = (1, 1);
            debtor
        })
        .0,
        Vec::<String>::new()
    );
    assert_eq!(
        seen(|mut debtor| {
            debtor.behaviour.returned_debits = 1;
            debtor
        }),
        one("signal.debits")
    );
    assert_eq!(
        seen(|debtor| {
            let mut debtor = debtor.invoice(|i| i.due("2026-10-10").open(eur("10")));
            debtor.items[0].kind = ItemKind::Instalment;
            debtor
        }),
        one("signal.instalment")
    );
}

/// The last half year so many days later than the time before.
fn slower(mut debtor: Case, days: i32) -> Case {
    let today = debtor.context.today;
    for (due, paid) in debtor.behaviour.due.iter().zip(&mut debtor.behaviour.paid) {
        if today - due <= 182 {
            *paid = due + days;
        }
    }
    debtor
}

#[test]
fn prev_8_the_report_sets_the_position_in_the_call() {
    let owing = || good().invoice(|i| i.due("2026-09-01").open(eur("6000")));
    let position = |debtor: Case| {
        let decision = decide(&debtor, Question::BeforeCall);
        codes(&decision)
            .iter()
            .find(|code| code.starts_with("call."))
            .map(|code| code.to_string())
    };
    assert_eq!(position(owing()).as_deref(), Some("call.report-first"));
    let with = |chance| owing().report(ReportAnswer::Present, Some(chance), None);
    assert_eq!(position(with(10)).as_deref(), Some("call.in-full"));
    assert_eq!(position(with(60)).as_deref(), Some("call.plan"));
    assert_eq!(position(with(300)).as_deref(), Some("call.secure"));
    let mut settings = Settings::default();
    settings.report.position = false;
    let decision = decide_by(settings, &owing(), Question::BeforeCall);
    assert!(!codes(&decision).iter().any(|code| code.starts_with("call.")));
}

#[test]
fn insolvency_knows_no_step() {
    let mut debtor = good().legal(LegalSituation::Bankruptcy, "2026-10-01");
    debtor.in_force.limit = Some(eur("2000"));
    let decision = decide(&debtor, Question::Order(eur("1")));
    assert_eq!((decision.limit, decision.verdict), (Some(0), Verdict::Decline));
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
fn promises_broken_and_debits_returned_lower_the_trust() {
    let mut debtor = good();
    debtor.behaviour.promises_broken = 1;
    debtor.behaviour.returned_debits = 1;
    let decision = decide(&debtor, Question::Review);
    assert!(codes(&decision).contains(&"reliability.fair"));
    assert_eq!(decision.limit, Some(eur("2500")));
}

#[test]
fn what_is_overdue_now_counts_as_late() {
    let debtor = good().invoice(|i| i.due("2026-09-01").open(eur("12000")));
    assert!(codes(&decide(&debtor, Question::Review)).contains(&"reliability.poor"));
}

#[test]
fn a_large_order_needs_a_report_first() {
    let large = good().size(CompanySize::Large);
    let decision = decide(&large, Question::Order(eur("6000")));
    assert!(decision.report_needed);
    assert_eq!(decision.verdict, Verdict::Review);
    let known = large.report(ReportAnswer::Present, Some(10), None);
    let decision = decide(&known, Question::Order(eur("6000")));
    assert_eq!(
        (decision.report_needed, decision.verdict),
        (false, Verdict::Accept)
    );
}

#[test]
fn no_answer_is_never_a_clean_answer() {
    for answer in [ReportAnswer::NoAnswer, ReportAnswer::NotFound] {
        let asked = good().size(CompanySize::Large).report(answer, None, None);
        let decision = decide(&asked, Question::Order(eur("6000")));
        assert!(decision.report_needed);
        assert_eq!(decision.verdict, Verdict::Review);
        assert!(codes(&decision).contains(&"report.unanswered"));
    }
}

#[test]
fn a_report_that_is_too_old_is_no_report() {
    let mut old = good()
        .size(CompanySize::Large)
        .report(ReportAnswer::Present, Some(10), None);
    old.account.report.as_mut().unwrap().on -= 181;
    assert!(decide(&old, Question::Order(eur("6000"))).report_needed);
}

#[test]
fn prev_8_a_report_is_ordered_before_a_call_about_much() {
    let much = good().invoice(|i| i.due("2026-09-01").open(eur("6000")));
    assert!(decide(&much, Question::BeforeCall).report_needed);
    let little = good().invoice(|i| i.due("2026-09-01").open(eur("600")));
    assert!(!decide(&little, Question::BeforeCall).report_needed);
}

#[test]
fn the_advised_limit_and_the_insurer_cap_and_failure_ends_it() {
    let limit = |case: Case| decide(&case, Question::Review).limit;
    assert_eq!(
        limit(good().report(ReportAnswer::Present, Some(10), Some(eur("800")))),
        Some(eur("800"))
    );
    assert_eq!(
        limit(good().report(ReportAnswer::Present, Some(60), None)),
        Some(eur("1875"))
    );
    assert_eq!(
        limit(good().report(ReportAnswer::Present, Some(300), None)),
        Some(0)
    );
    let mut insured = good();
    insured.account.insured_limit = Some(eur("700"));
    assert_eq!(limit(insured), Some(eur("700")));
}

#[test]
fn prev_9_a_report_that_worsened_or_has_a_mark_goes_to_a_person() {
    let mut marked = good().report(ReportAnswer::Present, Some(10), None);
    marked
        .account
        .report
        .as_mut()
        .unwrap()
        .marks
        .push("attachment".into());
    assert_eq!(
        decide(&marked, Question::Order(eur("10"))).verdict,
        Verdict::Review
    );
    let mut worse = good().report(ReportAnswer::Present, Some(10), None);
    worse.account.report.as_mut().unwrap().worsened_by = 60;
    assert_eq!(
        decide(&worse, Question::Order(eur("10"))).verdict,
        Verdict::Review
    );
}

#[test]
fn abroad_is_trusted_less() {
    assert_eq!(
        decide(&good().business("BE"), Question::Review).limit,
        Some(eur("3750"))
    );
    assert_eq!(
        decide(&good().business("US"), Question::Review).limit,
        Some(eur("2625"))
    );
}

#[test]
fn late_deliveries_are_held_with_a_lead_and_released_when_well() {
    let late = good().invoice(|i| i.due("2026-08-25").open(eur("100")));
    let decision = decide(&late, Question::Review);
    assert_eq!(
        (decision.hold, decision.effective_on),
        (HoldAdvice::Hold, Some(on("2026-10-20")))
    );
    let mut held = late;
    held.account.held = true;
    assert_eq!(decide(&held, Question::Review).hold, HoldAdvice::Keep);
    let mut paid = good();
    paid.account.held = true;
    let decision = decide(&paid, Question::Review);
    assert_eq!(
        (decision.hold, decision.effective_on),
        (HoldAdvice::Release, Some(on(TODAY)))
    );
}

#[test]
fn too_much_exposed_is_held_and_not_released_just_below() {
    let mut debtor = good();
    debtor.account.open = eur("4501");
    assert_eq!(decide(&debtor, Question::Review).hold, HoldAdvice::Hold);
    debtor.account.open = eur("3600");
    debtor.account.held = true;
    assert_eq!(decide(&debtor, Question::Review).hold, HoldAdvice::Keep);
    debtor.account.open = eur("3300");
    assert_eq!(decide(&debtor, Question::Review).hold, HoldAdvice::Release);
}

#[test]
fn the_next_review_is_not_after_the_report_has_grown_old() {
    let mut debtor = good().report(ReportAnswer::Present, Some(10), None);
    debtor.account.report.as_mut().unwrap().on -= 170;
    assert_eq!(decide(&debtor, Question::Review).next_review, on("2026-10-25"));
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
