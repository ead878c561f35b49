use super::*;
use maan_policy::testkit::eur;

fn owing(today: &str) -> Case {
    consumer(today)
        .invoice(|i| i.due("2026-10-01").open(eur("1000.00")))
        .reachable(Channel::Letter)
}

fn costs(case: &Case) -> i64 {
    charges(case).costs
}

#[test]
fn costs_are_due_from_the_day_after_the_last_day() {
    for (today, expected) in [
        ("2026-11-17", 0),
        ("2026-11-18", 0),
        ("2026-11-19", eur("150.00")),
    ] {
        let case = posted(owing(today), "2026-11-02", "2026-11-18", eur("150.00"));
        assert_eq!(costs(&case), expected, "on {today}");
        assert_eq!(judge(&case, vec![]).last_day, day("2026-11-18"));
    }
}

#[test]
fn a_last_day_that_is_one_day_too_early_voids_the_costs() {
    assert_eq!(
        costs(&posted(
            owing("2027-01-04"),
            "2026-11-02",
            "2026-11-17",
            eur("150.00")
        )),
        0
    );
    assert_eq!(
        costs(&posted(
            owing("2026-12-04"),
            "2026-11-12",
            "2026-11-29",
            eur("150.00")
        )),
        0
    );
    assert_eq!(
        costs(&posted(
            owing("2026-12-04"),
            "2026-11-12",
            "2026-11-30",
            eur("150.00")
        )),
        eur("150.00")
    );
}

#[test]
fn costs_that_are_a_cent_too_high_are_lost() {
    assert_eq!(
        costs(&posted(
            owing("2026-12-04"),
            "2026-11-02",
            "2026-11-18",
            eur("150.01")
        )),
        0
    );
}

#[test]
fn a_letter_before_default_is_no_letter() {
    assert_eq!(
        costs(&posted(
            owing("2026-12-04"),
            "2026-10-01",
            "2026-10-31",
            eur("150.00")
        )),
        0
    );
    assert_eq!(
        costs(&posted(
            owing("2026-12-04"),
            "2026-10-02",
            "2026-10-31",
            eur("150.00")
        )),
        eur("150.00")
    );
}

#[test]
fn a_letter_without_a_last_day_or_without_provable_arrival_is_no_letter() {
    let mut case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    case.steps_done[0].deadline = None;
    assert_eq!(costs(&case), 0);
    case.steps_done[0].deadline = day("2026-11-18");
    for (channel, proof, expected) in [
        (Channel::Email, false, 0),
        (Channel::Email, true, eur("150.00")),
        (Channel::Sms, true, 0),
        (Channel::RegisteredLetter, false, eur("150.00")),
    ] {
        (case.steps_done[0].channel, case.steps_done[0].proof) = (channel, proof);
        assert_eq!(costs(&case), expected, "{channel:?}");
    }
}

#[test]
fn the_fee_is_over_what_was_unpaid_when_the_term_ended() {
    let case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    for (paid_on, expected) in [("2026-11-18", "60.00"), ("2026-11-19", "150.00")] {
        let mut view = with_payments(&case, &[(paid_on, eur("600.00"))]);
        view.items[0].open = eur("400.00");
        assert_eq!(
            judge_view(&case, &view).charges.costs,
            eur(expected),
            "paid on {paid_on}"
        );
    }
}

#[test]
fn a_dispute_raised_after_the_letter_lowers_the_fee_and_voids_nothing() {
    let mut case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    case.disputes.push(maan_policy::types::Dispute {
        item: 0,
        amount: eur("600.00"),
        since: on("2026-11-03"),
        cause: "goods".into(),
    });
    assert_eq!(costs(&case), eur("60.00"));
    case.disputes[0].since = on("2026-11-02");
    assert_eq!(costs(&case), 0);
}

#[test]
fn a_paid_invoice_of_the_letter_leaves_the_costs_over_the_rest() {
    let two = owing("2026-12-04").invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    let case = posted(two, "2026-11-02", "2026-11-18", eur("300.00"));
    let mut view = with_payments(&case, &[("2026-11-10", eur("1000.00"))]);
    view.items[0].open = 0;
    assert_eq!(judge_view(&case, &view).charges.costs, eur("150.00"));
}

#[test]
fn a_demand_after_the_term_sees_all_that_the_letter_was_about() {
    let two = owing("2026-12-04").invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    let mut case = posted(two, "2026-11-02", "2026-11-18", eur("300.00"));
    let mut demand = message(&case, Level::LastReminder);
    demand.items = vec![1];
    assert_eq!(
        amended(&case, demand.clone()).charges.unwrap().costs,
        eur("150.00")
    );
    case.items[0].open = 0;
    let mut view = case.statute(vec![demand]);
    view.payments = with_payments(&case, &[("2026-11-10", eur("1000.00"))]).payments;
    let Answer::Amend(change) = judge_view(&case, &view).answers.remove(0) else {
        panic!("no amendment")
    };
    assert_eq!(change.charges.unwrap().costs, eur("150.00"));
}

#[test]
fn a_creditor_who_claims_no_costs_needs_no_letter() {
    let case = owing(TODAY);
    let mut reminder = message(&case, Level::Reminder1);
    reminder.announces = Level::HandOver;
    let view = case.statute(vec![
        hand_over(&case),
        message(&case, Level::FormalNotice),
        reminder,
    ]);
    let policy = policy(r#"{"collection-costs": false}"#);
    let judgement = policy.decide(&case.context, &view).unwrap();
    let [Answer::Amend(one), Answer::Amend(other), Answer::Allow] = &judgement.answers[..] else {
        panic!("{judgement:?}")
    };
    for change in [one, other] {
        assert_eq!(change.charges.as_ref().unwrap().costs, 0);
        assert_eq!(codes(&change.reasons), ["costs-not-claimed"]);
    }
    assert_eq!(judgement.last_day, None);
}

#[test]
fn a_letter_on_more_invoices_takes_in_what_an_earlier_one_charged() {
    let earlier = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    let case = earlier.invoice(|i| i.due("2026-11-25").open(eur("1000.00")));
    let change = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(change.charges.unwrap().costs, eur("300.00"));
}

#[test]
fn a_payment_after_the_term_goes_to_costs_first() {
    let case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    let mut view = with_payments(&case, &[("2026-11-20", eur("200.00"))]);
    view.items[0].open = eur("800.00");
    let charges = judge_view(&case, &view).charges;
    // 49 days of interest from 2 October: 5.37; the rest of the payment lowers the principal.
    let bases: Vec<_> = charges
        .segments
        .iter()
        .map(|part| (part.start, part.base))
        .collect();
    assert_eq!(
        bases,
        [
            (on("2026-10-02"), 1_000_00),
            (on("2026-11-20"), 1_000_00 - (200_00 - 150_00 - 5_37))
        ]
    );
}

#[test]
fn two_letters_with_competing_costs_void_each_other() {
    let one = posted(owing("2026-12-30"), "2026-11-02", "2026-11-18", eur("150.00"));
    assert_eq!(costs(&posted(one, "2026-11-09", "2026-11-30", eur("140.00"))), 0);
}

#[test]
fn a_correct_letter_repairs_one_that_was_not() {
    let one = posted(owing("2026-12-30"), "2026-11-02", "2026-11-10", eur("150.00"));
    assert_eq!(
        costs(&posted(one, "2026-11-23", "2026-12-09", eur("150.00"))),
        eur("150.00")
    );
}

#[test]
fn separate_letters_never_cost_more_than_one() {
    let mut case = posted(
        consumer("2026-12-30").invoice(|i| i.due("2026-10-01").open(eur("100.00"))),
        "2026-11-02",
        "2026-11-18",
        eur("40.00"),
    )
    .invoice(|i| i.due("2026-10-15").open(eur("100.00")));
    let mut other = case.steps_done[0];
    (other.item, other.on, other.deadline) = (1, on("2026-11-09"), day("2026-11-30"));
    case.steps_done.push(other);
    assert_eq!(costs(&case), eur("40.00"));
}

#[test]
fn while_a_letter_runs_a_second_one_is_vetoed() {
    let case = posted(owing("2026-11-09"), "2026-11-02", "2026-11-18", eur("150.00"));
    let veto = vetoed(&case, message(&case, Level::FormalNotice));
    assert_eq!(
        (veto.earliest, codes(&veto.reasons)),
        (day("2026-11-19"), vec!["letter-running"])
    );
}

#[test]
fn after_the_term_a_demand_carries_the_costs_that_are_due() {
    let case = posted(owing("2026-11-20"), "2026-11-02", "2026-11-18", eur("150.00"));
    let change = amended(&case, message(&case, Level::LastReminder));
    assert_eq!(change.charges.unwrap().costs, eur("150.00"));
    assert_eq!((change.deadline, change.phrases.len()), (None, 0));
}

#[test]
fn a_demand_after_the_term_leaves_the_first_letter_as_it_is() {
    let mut case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    let mut demand = case.steps_done[0];
    (demand.on, demand.deadline, demand.channel) = (on("2026-11-23"), day("2026-11-27"), Channel::Email);
    case.steps_done.push(demand);
    assert_eq!(costs(&case), eur("150.00"));
    assert_eq!(answer(&case, hand_over(&case)), Answer::Allow);
}

#[test]
fn a_new_letter_waits_for_the_end_of_one_with_costs_too_high() {
    let case = posted(owing("2026-11-09"), "2026-11-02", "2026-11-18", eur("151.00"));
    assert_eq!(
        vetoed(&case, message(&case, Level::FormalNotice)).earliest,
        day("2026-11-19")
    );
    let veto = vetoed(&case, hand_over(&case));
    assert_eq!(
        codes(&veto.reasons),
        ["hand-over-without-letter", "letter-costs-too-high"]
    );
    // Posted on Thursday 19 November, it arrives on Saturday and runs through 5 December, a Saturday.
    assert_eq!(veto.earliest, day("2026-12-08"));
}

#[test]
fn why_a_letter_makes_no_costs_due_is_said() {
    for (deadline, announced, code) in [
        ("2026-11-17", "150.00", "letter-too-early"),
        ("2026-11-18", "150.01", "letter-costs-too-high"),
    ] {
        let case = posted(owing("2026-12-04"), "2026-11-02", deadline, eur(announced));
        assert!(codes(&charges(&case).reasons).contains(&code), "{code}");
    }
}

#[test]
fn email_proves_its_arrival_where_the_setting_says_so() {
    let mut case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    case.steps_done[0].channel = Channel::Email;
    let view = case.statute(vec![message(&case, Level::FormalNotice)]);
    let judge = |settings| policy(settings).decide(&case.context, &view).unwrap();
    assert_eq!(judge("{}").charges.costs, 0);
    assert_eq!(
        judge(r#"{"email-proves-arrival": true}"#).charges.costs,
        eur("150.00")
    );
}

#[test]
fn after_a_defective_letter_a_new_one_may_go() {
    let case = posted(owing("2026-11-20"), "2026-11-02", "2026-11-16", eur("150.00"));
    let change = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(change.charges.unwrap().costs, eur("150.00"));
    assert_eq!(change.deadline, day("2026-12-08"));
}

#[test]
fn a_letter_of_an_earlier_round_no_longer_counts() {
    let mut case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    case.items[0].round = 1;
    assert_eq!(costs(&case), 0);
}

#[test]
fn the_final_text_must_hold_the_words_and_none_that_void_them() {
    let case = owing(TODAY);
    let letter = message(&case, Level::FormalNotice);
    let words =
        "Betaal binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd. Anders ook € 150,00.";
    for (text, lawful) in [
        (words.to_owned(), true),
        ("Betaal binnen 14 dagen, anders ook € 150,00.".to_owned(), false),
        (words.replace("150,00", "151,00"), false),
        (format!("{words} U hebt 14 dagen na dagtekening."), false),
    ] {
        let mut view = case.statute(vec![letter.clone()]);
        view.texts = Some(vec![text.clone()]);
        let answer = judge_view(&case, &view).answers.remove(0);
        assert_eq!(matches!(answer, Answer::Amend(_)), lawful, "{text}: {answer:?}");
    }
}

#[test]
fn the_wording_that_is_given_is_accepted() {
    let case = owing(TODAY);
    for language in ["nl", "en", "de", "fr", "pl"] {
        let mut case = case.clone();
        case.debtor.language = language.into();
        let letter = message(&case, Level::FormalNotice);
        let phrases = amended(&case, letter.clone()).phrases;
        let mut view = case.statute(vec![letter]);
        view.texts = Some(vec![
            phrases.into_iter().map(|(_, wording)| wording + "\n").collect(),
        ]);
        assert!(
            matches!(judge_view(&case, &view).answers[0], Answer::Amend(_)),
            "{language}"
        );
    }
}

#[test]
fn small_recurring_instalments_cost_at_most_140_in_six_months() {
    let mut case = consumer("2026-11-02").reachable(Channel::Letter);
    case.agreement.regular_supply = true;
    for _ in 0..5 {
        case = case.invoice(|i| i.due("2026-10-01").open(eur("200.00")));
    }
    let change = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(change.charges.unwrap().costs, eur("140.00"));
    assert!(codes(&change.reasons).contains(&"small-instalments-capped"));
}

#[test]
fn a_margin_for_slow_post_makes_the_last_day_later() {
    let case = owing(TODAY);
    let view = case.statute(vec![message(&case, Level::FormalNotice)]);
    let judgement = policy(r#"{"delivery-margin-days": 5}"#)
        .decide(&case.context, &view)
        .unwrap();
    let Answer::Amend(change) = &judgement.answers[0] else {
        panic!("{:?}", judgement.answers)
    };
    assert_eq!(change.deadline, day("2026-11-23"));
    assert_eq!(judgement.last_day, day("2026-11-23"));
}

#[test]
fn vat_is_added_only_for_a_creditor_who_declares_it_and_cannot_deduct_it() {
    let mut case = owing(TODAY);
    for (setting, deducts, expected) in [
        (true, false, "181.50"),
        (true, true, "150.00"),
        (false, false, "150.00"),
    ] {
        case.context.creditor.deducts_vat = deducts;
        let view = case.statute(vec![message(&case, Level::FormalNotice)]);
        let policy = policy(&format!(r#"{{"vat-on-collection-costs": {setting}}}"#));
        let judgement = policy.decide(&case.context, &view).unwrap();
        let Answer::Amend(change) = &judgement.answers[0] else {
            panic!("{:?}", judgement.answers)
        };
        assert_eq!(change.charges.as_ref().unwrap().costs, eur(expected));
    }
}

#[test]
fn past_verified_rates_a_consumer_gets_no_new_charge() {
    let case = consumer("2027-01-04").reachable(Channel::Letter);
    let case = case.invoice(|i| i.due("2026-12-01").open(eur("36500.00")));
    let judgement = judge(
        &case,
        vec![
            message(&case, Level::FormalNotice),
            message(&case, Level::LastReminder),
        ],
    );
    assert!(codes(&judgement.warnings).contains(&"rates-unverified"));
    // Thirty days of December at 4 per cent, none of January.
    assert_eq!(judgement.charges.interest, eur("120.00"));
    let [Answer::Veto(_), Answer::Amend(change)] = &judgement.answers[..] else {
        panic!("{judgement:?}")
    };
    assert_eq!(change.charges.as_ref().unwrap().costs, 0);
    let before = consumer("2026-12-31").invoice(|i| i.due("2026-12-01").open(eur("10.00")));
    assert_eq!(judge(&before, vec![]).warnings, []);
}

#[test]
fn what_was_unpaid_when_the_letter_left_may_be_announced() {
    let case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    // Paid on the day of the letter: it may announce the whole, and makes due the fee over the rest.
    for (paid_on, expected) in [("2026-11-01", "0.00"), ("2026-11-02", "90.00")] {
        let mut view = with_payments(&case, &[(paid_on, eur("400.00"))]);
        view.items[0].open = eur("600.00");
        assert_eq!(
            judge_view(&case, &view).charges.costs,
            eur(expected),
            "paid on {paid_on}"
        );
    }
}

#[test]
fn a_creditor_who_claims_no_costs_hears_nothing_of_bad_letters() {
    let case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-10", eur("150.00"));
    let policy = policy(r#"{"collection-costs": false}"#);
    let charges = policy
        .decide(&case.context, &case.statute(vec![]))
        .unwrap()
        .charges;
    assert_eq!(
        codes(&charges.reasons),
        ["costs-not-claimed", "interest-statutory"]
    );
}

/// Six instalments of a size on which costs of EUR 120 were announced on a day, and a seventh.
fn instalments(size: &str, announced: &str) -> Case {
    let mut case = consumer("2026-11-02").reachable(Channel::Letter);
    case.agreement.regular_supply = true;
    for due in ["2026-03-01", "2026-10-01"] {
        case = case.invoice(|i| i.due(due).open(eur(size)));
    }
    for level in [Level::LastReminder, Level::FormalNotice] {
        let mut step = posted(
            consumer("2026-11-02").invoice(|i| i),
            announced,
            "2026-11-01",
            eur("60.00"),
        );
        step.steps_done[0].level = level;
        case.steps_done.extend(step.steps_done);
    }
    case
}

#[test]
fn costs_of_small_instalments_count_for_half_a_year_and_below_their_size() {
    for (size, announced, expected) in [
        ("266.66", "2026-06-01", "20.00"),
        ("266.67", "2026-06-01", "40.00"),
        // 183 days before the letter, and 184.
        ("266.66", "2026-05-03", "20.00"),
        ("266.66", "2026-05-02", "40.00"),
    ] {
        let case = instalments(size, announced);
        let mut letter = message(&case, Level::FormalNotice);
        letter.items = vec![1];
        let change = amended(&case, letter.clone());
        assert_eq!(change.charges.unwrap().costs, eur(expected), "{size} {announced}");
        let mut single = case;
        single.agreement.regular_supply = false;
        assert_eq!(amended(&single, letter).charges.unwrap().costs, eur("40.00"));
    }
}

#[test]
fn the_letter_itself_does_not_count_towards_its_cap() {
    let mut case = instalments("200.00", "2026-06-01");
    case.steps_done.truncate(1);
    let rows = case.steps_done.clone();
    // A second row of the same message is no second letter.
    case.steps_done.extend(rows);
    let mut letter = message(&case, Level::FormalNotice);
    letter.items = vec![1];
    assert_eq!(
        amended(&case, letter.clone()).charges.unwrap().costs,
        eur("40.00")
    );
    letter.items = vec![0, 1];
    assert_eq!(amended(&case, letter).charges.unwrap().costs, eur("60.00"));
}

/// A letter by post about one item of a case.
fn posted_on(mut case: Case, item: u32, sent: &str, deadline: &str, costs: i64) -> Case {
    let only = posted(owing(TODAY), sent, deadline, costs).steps_done;
    case.steps_done
        .extend(only.into_iter().map(|step| StepDone { item, ..step }));
    case
}

/// Two invoices of EUR 1,000.00.
fn owing_two(today: &str) -> Case {
    owing(today).invoice(|i| i.due("2026-10-15").open(eur("1000.00")))
}

#[test]
fn a_demand_that_announced_no_costs_is_no_letter() {
    let case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", 0);
    let veto = vetoed(&case, hand_over(&case));
    assert_eq!(codes(&veto.reasons), ["hand-over-without-letter"]);
    assert!(judge(&case, vec![]).last_day > day("2026-12-04"));
}

#[test]
fn a_letter_counts_from_the_day_on_which_it_was_sent_through_its_last_day() {
    for today in [TODAY, "2026-11-18"] {
        let case = posted(owing(today), "2026-11-02", "2026-11-18", eur("150.00"));
        let veto = vetoed(&case, message(&case, Level::FormalNotice));
        assert_eq!(
            (veto.earliest, codes(&veto.reasons)),
            (day("2026-11-19"), vec!["letter-running"]),
            "{today}"
        );
        assert_eq!(judge(&case, vec![]).last_day, day("2026-11-18"), "{today}");
    }
}

#[test]
fn a_new_letter_on_several_invoices_waits_for_the_last_term_that_runs() {
    for item in [0, 1] {
        let one = posted_on(
            owing_two("2026-11-10"),
            item,
            "2026-11-02",
            "2026-11-18",
            eur("150.00"),
        );
        let case = posted_on(one, 1 - item, "2026-11-09", "2026-11-30", eur("150.00"));
        let veto = vetoed(&case, message(&case, Level::FormalNotice));
        assert_eq!(
            (veto.earliest, codes(&veto.reasons)),
            (day("2026-12-01"), vec!["letter-running"])
        );
        assert_eq!(judge(&case, vec![]).last_day, day("2026-11-30"));
    }
}

#[test]
fn a_new_letter_waits_for_all_letters_on_its_invoice() {
    let one = posted(owing("2026-11-10"), "2026-11-02", "2026-11-18", eur("150.00"));
    let case = posted(one, "2026-11-09", "2026-11-30", eur("140.00"));
    assert_eq!(
        vetoed(&case, message(&case, Level::FormalNotice)).earliest,
        day("2026-12-01")
    );
}

#[test]
fn letters_with_other_costs_compete_when_one_was_sent_within_the_term_of_the_other() {
    for (sent, expected) in [("2026-11-18", "0.00"), ("2026-11-19", "150.00")] {
        let one = posted(owing("2026-12-30"), "2026-11-02", "2026-11-18", eur("150.00"));
        let case = posted(one, sent, "2026-12-09", eur("140.00"));
        assert_eq!(costs(&case), eur(expected), "sent on {sent}");
    }
}

#[test]
fn letters_compete_when_they_share_one_of_their_invoices() {
    let both = posted(owing_two("2026-12-30"), "2026-11-02", "2026-11-18", eur("300.00"));
    assert_eq!(costs(&both), eur("300.00"));
    let case = posted_on(both, 1, "2026-11-09", "2026-11-30", eur("150.00"));
    assert_eq!(costs(&case), 0);
    assert!(codes(&charges(&case).reasons).contains(&"letters-compete"));
}

#[test]
fn a_letter_about_an_invoice_that_was_not_due_yet_makes_no_costs_due_on_the_others() {
    for (due, expected) in [("2026-11-01", "300.00"), ("2026-11-02", "0.00")] {
        let two = owing("2026-12-04").invoice(|i| i.due(due).open(eur("1000.00")));
        let case = posted(two, "2026-11-02", "2026-11-18", eur("300.00"));
        assert_eq!(costs(&case), eur(expected), "due {due}");
        let said = codes(&charges(&case).reasons).contains(&"letter-before-default");
        assert_eq!(said, expected == "0.00", "due {due}");
    }
}

#[test]
fn where_what_is_recorded_of_one_letter_differs_the_debtor_gets_the_better_of_it() {
    let case = posted(owing_two("2026-12-04"), "2026-11-02", "2026-11-18", eur("300.00"));
    assert_eq!(costs(&case), eur("300.00"));
    for row in [0, 1] {
        let mut early = case.clone();
        early.steps_done[row].deadline = day("2026-11-17");
        assert_eq!(costs(&early), 0, "a last day that is too early in row {row}");
        let mut high = case.clone();
        high.steps_done[row].announced_costs = eur("300.01");
        assert_eq!(costs(&high), 0, "costs that are too high in row {row}");
    }
}

#[test]
fn a_letter_whose_invoice_was_paid_in_time_hides_no_defect_of_another() {
    let one = posted_on(
        owing_two("2026-12-04"),
        0,
        "2026-11-02",
        "2026-11-18",
        eur("150.00"),
    );
    let case = posted_on(one, 1, "2026-11-09", "2026-11-20", eur("150.00"));
    let mut view = with_payments(&case, &[("2026-11-10", eur("1000.00"))]);
    view.items[0].open = 0;
    let charges = judge_view(&case, &view).charges;
    assert_eq!(charges.costs, 0);
    assert!(codes(&charges.reasons).contains(&"letter-too-early"));
}

#[test]
fn a_payment_on_the_last_day_goes_to_no_costs_and_one_on_the_day_after_does() {
    let case = posted(owing("2026-12-04"), "2026-11-02", "2026-11-18", eur("150.00"));
    // 47 days of interest are 5.15; 48 are 5.26.
    for (paid_on, costs, base) in [
        ("2026-11-18", "120.00", "805.15"),
        ("2026-11-19", "150.00", "955.26"),
    ] {
        let mut view = with_payments(&case, &[(paid_on, eur("200.00"))]);
        view.items[0].open = eur("800.00");
        let charges = judge_view(&case, &view).charges;
        assert_eq!(
            (charges.costs, charges.segments[1].base),
            (eur(costs), eur(base)),
            "paid on {paid_on}"
        );
    }
}

#[test]
fn one_instalment_that_is_not_small_lifts_the_cap() {
    for (size, expected) in [("266.66", "140.00"), ("266.67", "160.00")] {
        let mut case = consumer(TODAY).reachable(Channel::Letter);
        case.agreement.regular_supply = true;
        for size in ["200.00", "200.00", "200.00", "200.00", size] {
            case = case.invoice(|i| i.due("2026-10-01").open(eur(size)));
        }
        let change = amended(&case, message(&case, Level::FormalNotice));
        assert_eq!(change.charges.unwrap().costs, eur(expected), "{size}");
    }
}

#[test]
fn costs_that_reach_the_cap_are_not_said_to_be_lowered() {
    for (last, capped) in [("133.34", false), ("133.40", true)] {
        let mut case = consumer(TODAY).reachable(Channel::Letter);
        case.agreement.regular_supply = true;
        for size in ["200.00", "200.00", "200.00", "200.00", last] {
            case = case.invoice(|i| i.due("2026-10-01").open(eur(size)));
        }
        let change = amended(&case, message(&case, Level::FormalNotice));
        assert_eq!(change.charges.unwrap().costs, eur("140.00"), "{last}");
        let said = codes(&change.reasons).contains(&"small-instalments-capped");
        assert_eq!(said, capped, "{last}");
    }
}

#[test]
fn a_demand_without_costs_hides_no_letter_of_its_day_from_the_cap() {
    let mut case = instalments("200.00", "2026-06-01");
    let demands = case.steps_done.clone().into_iter().map(|step| StepDone {
        announced_costs: 0,
        ..step
    });
    case.steps_done = demands.chain(case.steps_done.clone()).collect();
    let mut letter = message(&case, Level::FormalNotice);
    letter.items = vec![1];
    assert_eq!(amended(&case, letter).charges.unwrap().costs, eur("20.00"));
}

#[test]
fn an_earlier_letter_on_one_of_its_invoices_does_not_count_towards_the_cap() {
    let mut case = instalments("200.00", "2026-06-01");
    let mut letter = message(&case, Level::FormalNotice);
    case.steps_done.truncate(1);
    case.steps_done[0].announced_costs = eur("120.00");
    for (items, expected) in [(vec![1], "20.00"), (vec![0, 1], "60.00")] {
        letter.items = items;
        let change = amended(&case, letter.clone());
        assert_eq!(change.charges.unwrap().costs, eur(expected));
    }
}

#[test]
fn letters_of_one_day_over_different_channels_both_count_towards_the_cap() {
    let mut case = instalments("200.00", "2026-06-01");
    for step in &mut case.steps_done {
        step.level = Level::FormalNotice;
    }
    let mut letter = message(&case, Level::FormalNotice);
    letter.items = vec![1];
    for (channel, expected) in [(Channel::Letter, "40.00"), (Channel::Email, "20.00")] {
        case.steps_done[1].channel = channel;
        let change = amended(&case, letter.clone());
        assert_eq!(change.charges.unwrap().costs, eur(expected), "{channel:?}");
    }
}
