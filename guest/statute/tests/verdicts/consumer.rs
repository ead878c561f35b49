use super::*;
use maan_policy::testkit::eur;

fn owing(today: &str, amounts: &[&str]) -> Case {
    amounts
        .iter()
        .fold(consumer(today), |case, amount| {
            case.invoice(|i| i.due("2026-10-01").open(eur(amount)))
        })
        .reachable(Channel::Letter)
}

#[test]
fn no_costs_before_the_letter_ran_out() {
    let charges = charges(&owing(TODAY, &["1000.00"]));
    assert_eq!((charges.costs, charges.lump_sum), (0, 0));
    assert!(codes(&charges.reasons).contains(&"no-costs-before-letter"));
    assert_eq!(charges.articles[0].name, "art. 6:96 lid 6 BW");
}

#[test]
fn a_reminder_stays_as_it_is() {
    let case = owing(TODAY, &["100.00"]);
    assert_eq!(answer(&case, message(&case, Level::Reminder1)), Answer::Allow);
}

#[test]
fn law_3_a_formal_notice_gets_exact_costs_last_day_words_and_a_channel_with_proof() {
    let case = owing(TODAY, &["1000.00"]);
    let change = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(change.charges.as_ref().unwrap().costs, eur("150.00"));
    assert_eq!(change.deadline, day("2026-11-18"));
    assert_eq!(change.channel, Some(Channel::Letter));
    let wording: String = change
        .phrases
        .iter()
        .map(|(_, wording)| wording.as_str())
        .collect();
    assert!(wording.contains("binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd"));
    assert!(wording.contains("€ 150,00"));
    assert!(names(&change.articles).contains(&"art. 6:96 lid 6 BW"));
}

#[test]
fn law_3_a_last_reminder_is_the_letter_as_well_and_speaks_the_debtors_language() {
    let mut case = owing(TODAY, &["267.00"]);
    case.debtor.language = "en-GB".into();
    let change = amended(&case, message(&case, Level::LastReminder));
    assert_eq!(change.charges.unwrap().costs, eur("40.05"));
    assert!(change.phrases[0].1.contains("fourteen days from the day after"));
    assert!(change.phrases[1].1.contains("€40.05"));
}

#[test]
fn law_3_without_an_address_for_letters_email_must_have_proof() {
    let case = consumer(TODAY).invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    let change = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(change.channel, None);
    assert_eq!(change.deadline, day("2026-11-17"));
    assert!(codes(&change.reasons).contains(&"arrival-must-be-provable"));
}

#[test]
fn law_3_a_channel_without_any_proof_is_no_way_for_the_letter() {
    let case = consumer(TODAY).unreachable().reachable(Channel::Sms);
    let case = case.invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    let veto = vetoed(
        &case,
        proposal(&case, ActionKind::Message, Level::FormalNotice, Channel::Sms),
    );
    assert_eq!(codes(&veto.reasons), ["no-provable-channel"]);
}

#[test]
fn several_invoices_add_up_in_one_letter() {
    let case = owing(TODAY, &["100.00", "100.00", "100.00"]);
    let change = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(change.charges.unwrap().costs, eur("45.00"));
}

#[test]
fn a_later_last_day_is_kept_and_an_earlier_one_is_not() {
    let case = owing(TODAY, &["1000.00"]);
    for (named, expected) in [
        ("2026-11-17", day("2026-11-18")),
        ("2026-11-18", None),
        ("2026-12-01", None),
    ] {
        let mut letter = proposal(&case, ActionKind::Message, Level::FormalNotice, Channel::Letter);
        letter.deadline = day(named);
        assert_eq!(amended(&case, letter).deadline, expected, "named {named}");
    }
}

#[test]
fn disputed_and_withheld_parts_are_not_charged() {
    let case = consumer(TODAY).reachable(Channel::Letter).invoice(|i| {
        i.due("2026-10-01")
            .open(eur("1000.00"))
            .disputed(eur("300.00"))
            .withheld(eur("100.00"), maan_policy::types::WithheldCause::CreditExpected)
    });
    let change = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(change.charges.unwrap().costs, eur("90.00"));
}

#[test]
fn a_wholly_disputed_item_gets_no_formal_notice() {
    let case = consumer(TODAY).invoice(|i| i.due("2026-10-01").open(eur("50.00")).disputed(eur("50.00")));
    assert_eq!(
        codes(&vetoed(&case, message(&case, Level::FormalNotice)).reasons),
        ["nothing-chargeable"]
    );
}

#[test]
fn credit_notes_lower_the_costs() {
    let case = owing(TODAY, &["1000.00"]).credit_note(eur("400.00"));
    let mut letter = message(&case, Level::FormalNotice);
    letter.items = vec![0];
    assert_eq!(amended(&case, letter).charges.unwrap().costs, eur("90.00"));
}

#[test]
fn a_formal_notice_needs_default_first_day() {
    let on_due_day = consumer("2026-11-02").invoice(|i| i.due("2026-11-02").open(eur("100.00")));
    let veto = vetoed(&on_due_day, message(&on_due_day, Level::FormalNotice));
    assert_eq!(
        (veto.earliest, codes(&veto.reasons)),
        (day("2026-11-03"), vec!["not-in-default"])
    );
    let day_after = consumer("2026-11-03").invoice(|i| i.due("2026-11-02").open(eur("100.00")));
    assert!(
        amended(&day_after, message(&day_after, Level::FormalNotice))
            .charges
            .is_some()
    );
}

#[test]
fn hand_over_without_a_letter_is_vetoed_with_the_first_lawful_day() {
    let case = owing(TODAY, &["1000.00"]);
    let veto = vetoed(&case, hand_over(&case));
    assert_eq!(veto.earliest, day("2026-11-19"));
    assert_eq!(veto.articles[0].name, "art. 6:96 lid 6 BW");
    assert_eq!(codes(&veto.reasons), ["hand-over-without-letter"]);
}

#[test]
fn hand_over_is_lawful_from_the_day_after_the_term() {
    let on_last_day = posted(
        owing("2026-11-18", &["1000.00"]),
        "2026-11-02",
        "2026-11-18",
        eur("150.00"),
    );
    let veto = vetoed(&on_last_day, hand_over(&on_last_day));
    assert_eq!(
        (veto.earliest, codes(&veto.reasons)),
        (day("2026-11-19"), vec!["hand-over-before-term-ends"])
    );
    let day_after = posted(
        owing("2026-11-19", &["1000.00"]),
        "2026-11-02",
        "2026-11-18",
        eur("150.00"),
    );
    assert_eq!(answer(&day_after, hand_over(&day_after)), Answer::Allow);
}

#[test]
fn announcing_a_hand_over_before_the_letter_is_a_threat() {
    let case = owing(TODAY, &["1000.00"]);
    let mut reminder = message(&case, Level::Reminder2);
    reminder.announces = Level::HandOver;
    assert_eq!(vetoed(&case, reminder).articles[0].name, "art. 6:193h lid 2 BW");
    let mut letter = message(&case, Level::FormalNotice);
    letter.announces = Level::HandOver;
    assert!(amended(&case, letter).deadline.is_some());
}

#[test]
fn a_plan_for_a_consumer_is_without_charges() {
    let case = owing(TODAY, &["1000.00"]);
    let change = amended(
        &case,
        proposal(&case, ActionKind::PlanOffer, Level::None, Channel::Email),
    );
    let charges = change.charges.unwrap();
    assert_eq!((charges.costs, charges.interest), (0, 0));
    let in_plan = case.plan(&[0], &[("2026-12-01", eur("500.00"))], 0, eur("500.00"));
    let charges = super::charges(&in_plan);
    assert_eq!(
        (charges.interest, codes(&charges.reasons)),
        (0, vec!["plan-without-charges"])
    );
}

#[test]
fn unknown_kinds_have_the_protection_of_a_consumer() {
    let case = owing(TODAY, &["1000.00"]).kind(maan_policy::types::DebtorKind::Unknown, "NL");
    assert_eq!(vetoed(&case, hand_over(&case)).earliest, day("2026-11-19"));
    assert_eq!(super::charges(&case).costs, 0);
}

#[test]
fn statutory_interest_runs_to_the_day_asked_and_the_agreed_rate_only_lowers_it() {
    let mut case = consumer("2026-10-11").invoice(|i| i.due("2026-10-01").open(eur("36500.00")));
    // Nine days at 4 per cent: the day of payment does not count.
    assert_eq!(super::charges(&case).interest, eur("36.00"));
    case.agreement.interest_rate = Some(maan_policy::types::Decimal { units: 12, scale: 0 });
    let mut view = case.statute(vec![]);
    view.rate_kind = "contractual".into();
    assert_eq!(judge_view(&case, &view).charges.interest, eur("36.00"));
    view.rate_kind = "commercial".into();
    assert_eq!(judge_view(&case, &view).charges.interest, eur("36.00"));
    view.rate_kind = "contractual".into();
    case.agreement.interest_rate = Some(maan_policy::types::Decimal { units: 20, scale: 1 });
    view.agreement = case.agreement;
    let judgement = judge_view(&case, &view);
    assert_eq!(judgement.charges.interest, eur("18.00"));
    assert!(codes(&judgement.warnings).contains(&"agreed-rate-capped"));
}

#[test]
fn a_term_that_is_not_recorded_is_said() {
    let mut case = owing(TODAY, &["10.00"]);
    case.agreement.term_days = None;
    assert_eq!(codes(&judge(&case, vec![]).warnings), ["term-not-recorded"]);
}

#[test]
fn the_last_day_is_that_of_a_letter_posted_today() {
    assert_eq!(
        judge(&owing(TODAY, &["10.00"]), vec![]).last_day,
        day("2026-11-18")
    );
    assert_eq!(
        judge(&owing("2026-11-12", &["10.00"]), vec![]).last_day,
        day("2026-11-30")
    );
    assert_eq!(judge(&consumer(TODAY), vec![]).last_day, None);
}

#[test]
fn on_the_due_day_nothing_is_said_but_that() {
    let mut case = consumer(TODAY).invoice(|i| i.due(TODAY).open(eur("10.00")));
    case.agreement.term_days = None;
    let judgement = judge(&case, vec![]);
    assert_eq!(codes(&judgement.charges.reasons), ["nothing-overdue"]);
    assert_eq!(judgement.warnings, []);
}

#[test]
fn interest_through_the_last_verified_day_is_whole() {
    for (today, unverified) in [("2027-01-01", false), ("2027-01-02", true)] {
        let case = consumer(today).invoice(|i| i.due("2026-12-01").open(eur("36500.00")));
        let charges = super::charges(&case);
        assert_eq!(charges.interest, eur("120.00"), "{today}");
        assert_eq!(
            codes(&charges.reasons).contains(&"interest-unverified"),
            unverified,
            "{today}"
        );
    }
}

#[test]
fn rates_are_said_to_be_unverified_when_today_or_the_day_asked_is_beyond_them() {
    for (today, asked, unverified) in [
        ("2026-12-31", "2026-12-31", false),
        ("2026-12-31", "2027-01-01", true),
        ("2027-01-01", "2026-12-31", true),
    ] {
        let case = consumer(today).invoice(|i| i.due("2026-12-01").open(eur("10.00")));
        let mut view = case.statute(vec![]);
        view.charges_on = on(asked);
        let warnings = judge_view(&case, &view).warnings;
        assert_eq!(
            codes(&warnings).contains(&"rates-unverified"),
            unverified,
            "{today} {asked}"
        );
    }
}

#[test]
fn a_letter_may_leave_on_the_last_day_for_which_its_costs_were_checked() {
    for (today, lawful) in [("2026-12-31", true), ("2027-01-02", false)] {
        let case = consumer(today).reachable(Channel::Letter);
        let case = case.invoice(|i| i.due("2026-12-01").open(eur("1000.00")));
        let leaves = matches!(
            answer(&case, message(&case, Level::FormalNotice)),
            Answer::Amend(_)
        );
        assert_eq!(leaves, lawful, "{today}");
    }
}

#[test]
fn a_consumer_who_disputes_all_of_it_has_no_last_day_to_pay() {
    let disputed = consumer(TODAY).invoice(|i| i.due("2026-10-01").open(eur("10.00")).disputed(eur("10.00")));
    assert_eq!(judge(&disputed, vec![]).last_day, None);
}
