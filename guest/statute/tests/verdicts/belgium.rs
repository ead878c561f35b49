use super::*;
use maan_policy::testkit::eur;

/// A Belgian creditor with its number, and a Belgian consumer who agreed to a clause.
fn owing(today: &str, amounts: &[&str]) -> Case {
    let mut case = case(today).consumer("BE").reachable(Channel::Letter);
    case.context.creditor.country = maan_policy::country::BE;
    case.agreement.costs_clause = true;
    amounts.iter().fold(case, |case, amount| {
        case.invoice(|i| i.due("2026-10-01").open(eur(amount)))
    })
}

const SETTINGS: &str = r#"{"enterprise-number": "0123.456.749"}"#;

fn change_by(settings: &str, case: &Case, text: &str) -> Answer {
    let mut view = case.statute(vec![message(case, Level::FormalNotice)]);
    view.texts = Some(vec![text.into()]);
    policy(settings)
        .decide(&case.context, &view)
        .unwrap()
        .answers
        .remove(0)
}

#[test]
fn the_reminder_gets_its_indemnity_last_day_words_and_a_channel_with_proof() {
    let case = owing("2026-11-19", &["1000.00"]);
    let Answer::Amend(change) = change_by(SETTINGS, &case, "") else {
        panic!("no amendment")
    };
    assert_eq!(change.charges.as_ref().unwrap().costs, eur("90.00"));
    assert_eq!(
        (change.deadline, change.channel),
        (day("2026-12-07"), Some(Channel::Letter))
    );
    let words: Vec<&str> = change
        .phrases
        .iter()
        .map(|(_, wording)| wording.as_str())
        .collect();
    assert!(
        words[0].contains("vanaf de derde werkdag na de verzending"),
        "{words:?}"
    );
    assert!(words[1].contains("€ 90,00"), "{words:?}");
    assert!(words[2].contains("0123.456.749"), "{words:?}");
    assert!(names(&change.articles).contains(&"art. XIX.2 WER"));
    assert_eq!(
        codes(&change.reasons)[1..],
        ["provable-channel-leads", "be-reminder-content"]
    );
}

#[test]
fn each_language_has_its_words_for_post_and_for_email() {
    for (language, post, email) in [
        ("nl", "derde werkdag", "vanaf de dag na"),
        ("fr-BE", "troisième jour ouvrable", "du lendemain"),
        ("de", "dritten Werktag", "ab dem Tag nach"),
        ("en", "third working day", "from the day after"),
    ] {
        let mut case = owing("2026-11-19", &["1000.00"]);
        case.debtor.language = language.into();
        let Answer::Amend(change) = change_by(SETTINGS, &case, "") else {
            panic!("no amendment")
        };
        assert!(change.phrases[0].1.contains(post), "{:?}", change.phrases);
        let text: String = change
            .phrases
            .iter()
            .map(|(_, words)| format!("{words}\n"))
            .collect();
        assert!(
            matches!(change_by(SETTINGS, &case, &text), Answer::Amend(_)),
            "its own words are accepted"
        );
        let case = case.unreachable().reachable(Channel::Email);
        let Answer::Amend(change) = change_by(SETTINGS, &case, "") else {
            panic!("no amendment")
        };
        assert!(change.phrases[0].1.contains(email), "{:?}", change.phrases);
    }
}

#[test]
fn a_text_without_term_amount_or_number_does_not_leave() {
    let case = owing("2026-11-19", &["1000.00"]);
    let term = "binnen veertien kalenderdagen vanaf de derde werkdag na de verzending van deze herinnering";
    for (text, lacks) in [
        ("Betaal.".to_owned(), "be-term"),
        (format!("Betaal {term}."), "be-indemnity"),
        (format!("Betaal {term}. € 90,00."), "be-enterprise-number"),
    ] {
        let Answer::Veto(veto) = change_by(SETTINGS, &case, &text) else {
            panic!("{text} must not leave")
        };
        assert_eq!(veto.reasons, [maan_policy::reason!("text-not-lawful", lacks)]);
    }
}

#[test]
fn a_belgian_creditor_without_number_is_told_and_a_foreign_one_needs_none() {
    let mut case = owing("2026-11-19", &["1000.00"]);
    let Answer::Amend(change) = change_by("{}", &case, "") else {
        panic!("no amendment")
    };
    assert!(codes(&change.reasons).contains(&"be-number-missing"));
    let text: String = change
        .phrases
        .iter()
        .map(|(_, words)| format!("{words} "))
        .collect();
    assert!(matches!(change_by("{}", &case, &text), Answer::Veto(_)));
    case.context.creditor.country = maan_policy::country::NL;
    assert!(matches!(change_by("{}", &case, &text), Answer::Amend(_)));
}

#[test]
fn the_number_is_ten_digits() {
    for (number, accepted) in [
        ("", true),
        ("0123.456.749", true),
        ("0123456749", true),
        ("BE 0123.456.749", true),
        ("1123456749", true),
        ("2123456749", false),
        ("012345674", false),
        ("01234567490", false),
        ("0123 456 749", false),
        ("NL123", false),
        ("0.1.2.3.4.5.6.7.4.9.....", false),
    ] {
        let settings = format!(r#"{{"enterprise-number": "{number}"}}"#);
        let configured = DefaultStatute::configure(&settings);
        assert_eq!(configured.is_ok(), accepted, "{number}");
        if let Err(problems) = configured {
            assert_eq!(problems[0].path, "/enterprise-number");
        }
    }
}

#[test]
fn without_a_clause_there_is_no_indemnity_and_no_letter_is_needed() {
    let mut case = owing("2026-11-19", &["1000.00"]);
    case.agreement.costs_clause = false;
    let change = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(
        (change.charges.unwrap().costs, codes(&change.reasons)),
        (0, vec!["no-penalty-clause"])
    );
    assert_eq!(judge(&case, vec![]).last_day, None);
    assert_eq!(amended(&case, hand_over(&case)).charges.unwrap().costs, 0);
}

#[test]
fn hand_over_waits_for_the_term_of_the_reminder() {
    let case = owing("2026-11-19", &["1000.00"]);
    let veto = vetoed(&case, hand_over(&case));
    assert_eq!(
        (veto.earliest, names(&veto.articles)[0]),
        (day("2026-12-08"), "art. XIX.2 WER")
    );
    let sent = |today| {
        posted(
            owing(today, &["1000.00"]),
            "2026-11-19",
            "2026-12-07",
            eur("90.00"),
        )
    };
    assert_eq!(
        vetoed(&sent("2026-12-07"), hand_over(&sent("2026-12-07"))).earliest,
        day("2026-12-08")
    );
    assert_eq!(
        answer(&sent("2026-12-08"), hand_over(&sent("2026-12-08"))),
        Answer::Allow
    );
}

#[test]
fn a_reminder_whose_term_is_a_day_short_or_whose_indemnity_is_too_high_makes_nothing_due() {
    for (deadline, costs, expected) in [
        ("2026-12-07", "90.00", "90.00"),
        ("2026-12-06", "90.00", "0.00"),
        ("2026-12-07", "90.01", "0.00"),
        ("2026-12-07", "50.00", "50.00"),
    ] {
        let case = posted(
            owing("2026-12-20", &["1000.00"]),
            "2026-11-19",
            deadline,
            eur(costs),
        );
        assert_eq!(charges(&case).costs, eur(expected), "{deadline} {costs}");
    }
}

#[test]
fn several_invoices_cost_the_lower_of_together_and_apart() {
    for (amounts, expected) in [
        (&["100.00", "100.00"][..], "35.00"),
        (&["150.00", "150.00"], "40.00"),
        (&["500.00", "500.00"], "90.00"),
        (&["50000.00", "50000.00"], "2000.00"),
    ] {
        let case = owing("2026-11-19", amounts);
        let change = amended(&case, message(&case, Level::FormalNotice));
        assert_eq!(change.charges.unwrap().costs, eur(expected), "{amounts:?}");
    }
}

#[test]
fn an_agreed_share_counts_where_it_is_lower() {
    let mut case = owing("2026-11-19", &["1000.00"]);
    for (share, expected) in [(50, "50.00"), (90, "90.00"), (100, "90.00"), (0, "0.00")] {
        case.agreement.indemnity_share = Some(share);
        let change = amended(&case, message(&case, Level::FormalNotice));
        assert_eq!(change.charges.unwrap().costs, eur(expected), "{share} per mille");
    }
}

#[test]
fn between_businesses_an_agreed_indemnity_is_left_out_and_that_is_said() {
    let mut case = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    case.agreement.applicable_law = Some(maan_policy::country::BE);
    case.agreement.indemnity_share = Some(100);
    let judgement = judge(&case, vec![]);
    assert_eq!(
        (judgement.charges.costs, judgement.charges.lump_sum),
        (0, eur("40.00"))
    );
    assert_eq!(
        codes(&judgement.warnings),
        ["rate-by-formula", "agreed-indemnity-left-out"]
    );
}

#[test]
fn payments_count_towards_interest_before_principal_and_not_towards_the_indemnity() {
    let case = posted(
        owing("2027-01-11", &["36500.00"]),
        "2026-11-19",
        "2026-12-07",
        eur("1865.00"),
    );
    let mut view = with_payments(&case, &[("2026-12-18", eur("1000.00"))]);
    view.items[0].open = eur("35500.00");
    view.charges_on = on("2026-12-28");
    let charges = judge_view(&case, &view).charges;
    // Ten days at 4.50 a day come off first.
    let bases: Vec<_> = charges
        .segments
        .iter()
        .map(|part| (part.start, part.base))
        .collect();
    assert_eq!(
        bases,
        [
            (on("2026-12-08"), eur("36500.00")),
            (on("2026-12-18"), eur("35545.00"))
        ]
    );
    assert!(codes(&charges.reasons).contains(&"payments-to-interest"));
}

#[test]
fn without_costs_interest_starts_when_the_first_reminder_ran_out() {
    let mut case = owing("2026-12-18", &["36500.00"]);
    case.agreement.costs_clause = false;
    assert_eq!(
        codes(&charges(&case).reasons),
        ["no-penalty-clause", "no-interest-yet"]
    );
    for (channel, expected) in [
        (Channel::Letter, "45.00"),
        (Channel::Email, "63.00"),
        (Channel::Phone, "0.00"),
    ] {
        let mut reminded = posted(case.clone(), "2026-11-19", "2026-11-20", 0);
        reminded.steps_done[0].level = Level::Reminder1;
        reminded.steps_done[0].channel = channel;
        assert_eq!(charges(&reminded).interest, eur(expected), "{channel:?}");
    }
}

#[test]
fn without_costs_further_reminders_do_not_put_off_the_start_of_interest() {
    let mut case = owing("2026-12-18", &["36500.00"]);
    case.agreement.costs_clause = false;
    let once = posted(case, "2026-11-19", "2026-11-20", 0);
    let mut twice = posted(once, "2026-11-27", "2026-11-30", 0);
    // Ten days from 8 December at 4.50 a day.
    assert_eq!(charges(&twice).interest, eur("45.00"));
    twice.steps_done.reverse();
    assert_eq!(charges(&twice).interest, eur("45.00"));
}

#[test]
fn an_agreed_indemnity_of_nothing_is_not_said_to_be_left_out() {
    let mut case = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    case.agreement.applicable_law = Some(maan_policy::country::BE);
    for (share, said) in [(0, false), (1, true)] {
        case.agreement.indemnity_share = Some(share);
        let warnings = judge(&case, vec![]).warnings;
        assert_eq!(
            codes(&warnings).contains(&"agreed-indemnity-left-out"),
            said,
            "{share} per mille"
        );
    }
}
