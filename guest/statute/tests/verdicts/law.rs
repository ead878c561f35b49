use super::*;
use maan_policy::testkit::eur;
use maan_policy::types::{ClaimBasis, ContactOutcome, DebtorKind, LegalSituation, Registration};

const SITUATIONS: [(LegalSituation, &str, &str); 6] = [
    (LegalSituation::Bankruptcy, "stop-bankruptcy", "curator"),
    (LegalSituation::Moratorium, "stop-moratorium", "administrator"),
    (
        LegalSituation::DebtScheme,
        "stop-debt-scheme",
        "debt-scheme-administrator",
    ),
    (LegalSituation::Guardianship, "stop-guardianship", "guardian"),
    (LegalSituation::Deceased, "stop-deceased", "heirs"),
    (LegalSituation::Dissolved, "stop-dissolved", "liquidator"),
];

fn owing() -> Case {
    case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("36500.00")))
}

#[test]
fn law_1_a_legal_situation_stops_every_demand_from_its_day_and_names_whom_to_address() {
    for (situation, code, addressee) in SITUATIONS {
        let case = owing().legal(situation, TODAY);
        for (kind, level) in [
            (ActionKind::Message, Level::Notice1),
            (ActionKind::Message, Level::Reminder1),
            (ActionKind::Message, Level::FormalNotice),
            (ActionKind::Call, Level::Call1),
            (ActionKind::PlanOffer, Level::None),
            (ActionKind::HandOver, Level::HandOver),
        ] {
            let veto = vetoed(&case, proposal(&case, kind, level, Channel::Email));
            assert_eq!(veto.reasons[0].code, code);
            assert!(!veto.articles.is_empty(), "{code} names its article");
        }
        let thanks = proposal(&case, ActionKind::Thanks, Level::None, Channel::Email);
        assert_eq!(amended(&case, thanks).addressee.as_deref(), Some(addressee));
        for kind in [ActionKind::Task, ActionKind::WriteOff, ActionKind::OrderReport] {
            assert_eq!(
                answer(&case, proposal(&case, kind, Level::None, Channel::Email)),
                Answer::Allow
            );
        }
    }
}

#[test]
fn law_1_before_its_day_a_situation_stops_nothing() {
    let case = owing().legal(LegalSituation::Bankruptcy, "2026-11-03");
    assert_eq!(answer(&case, message(&case, Level::Reminder1)), Answer::Allow);
}

#[test]
fn law_1_nothing_accrues_from_the_day_of_the_situation() {
    let case = owing().legal(LegalSituation::Bankruptcy, "2026-10-12");
    // 2 to 11 October at 10.40 a day.
    let charges = charges(&case);
    assert_eq!(charges.interest, eur("104.00"));
    assert!(codes(&charges.reasons).contains(&"charges-stopped"));
}

#[test]
fn law_1_a_term_that_ends_after_the_situation_began_makes_no_costs_due() {
    let letter = |since: &str| {
        let case = consumer("2026-12-04").invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
        posted(case, "2026-11-02", "2026-11-18", eur("150.00")).legal(LegalSituation::DebtScheme, since)
    };
    assert_eq!(charges(&letter("2026-11-18")).costs, 0);
    assert_eq!(charges(&letter("2026-11-19")).costs, eur("150.00"));
}

#[test]
fn law_1_the_day_for_filing_the_claim_is_said() {
    let mut case = owing().legal(LegalSituation::Bankruptcy, "2026-10-12");
    case.debtor.legal_status.as_mut().unwrap()[0].file_claim_by = day("2026-12-01");
    let veto = vetoed(&case, message(&case, Level::Reminder1));
    assert_eq!(
        codes(&veto.reasons),
        ["stop-bankruptcy", "address-instead", "file-claim-by"]
    );
}

#[test]
fn law_1_debt_help_stops_while_it_lasts() {
    let mut case = owing().consumer("NL").situation("debt-counselling", "2026-10-20");
    assert_eq!(
        vetoed(&case, message(&case, Level::Reminder1)).reasons[0].code,
        "stop-debt-help"
    );
    case.conversation.situations.as_mut().unwrap()[0].until = day("2026-11-01");
    assert_eq!(answer(&case, message(&case, Level::Reminder1)), Answer::Allow);
}

#[test]
fn law_1_debt_help_told_and_not_handled_stops() {
    let mut case = owing()
        .consumer("NL")
        .contact("2026-10-30", ContactOutcome::DebtHelp);
    assert_eq!(answer(&case, message(&case, Level::Reminder1)), Answer::Allow);
    case.conversation.contacts[0].unhandled = true;
    assert_eq!(
        vetoed(&case, message(&case, Level::Reminder1)).reasons[0].code,
        "stop-debt-help"
    );
}

#[test]
fn law_1_a_represented_debtor_is_addressed_through_the_representative() {
    let mut case = owing();
    case.debtor.represented = true;
    let change = amended(&case, message(&case, Level::Reminder1));
    assert_eq!(change.addressee.as_deref(), Some("representative"));
}

fn for_others(mut case: Case, held: Vec<Registration>) -> Case {
    case.context.creditor.claims = ClaimBasis::ForOthers(held);
    case
}

fn registered(country: &str, register: &str, valid_until: Option<Day>) -> Registration {
    Registration {
        country: maan_policy::testkit::country_of(country),
        register: register.into(),
        valid_until,
    }
}

#[test]
fn law_2_collecting_for_others_without_registration_is_vetoed_by_the_registers_name() {
    for (kind, country, register) in [
        (DebtorKind::Consumer, "NL", "Wki"),
        (DebtorKind::SoleTrader, "NL", "Wki"),
        (DebtorKind::Unknown, "NL", "Wki"),
        (DebtorKind::Consumer, "BE", "FOD Economie"),
    ] {
        let case = for_others(owing().kind(kind, country), vec![]);
        let veto = vetoed(&case, message(&case, Level::Reminder1));
        assert_eq!(
            veto.reasons,
            [maan_policy::reason!("registration-missing", register)]
        );
    }
}

#[test]
fn law_2_a_registration_counts_through_its_last_day_and_in_its_country() {
    for (held, lawful) in [
        (registered("NL", "Wki", None), true),
        (registered("NL", "Wki", day(TODAY)), true),
        (registered("NL", "Wki", day("2026-11-01")), false),
        (registered("BE", "Wki", None), false),
        (registered("NL", "FOD Economie", None), false),
    ] {
        let case = for_others(owing().consumer("NL"), vec![held.clone()]);
        let allowed = answer(&case, message(&case, Level::Reminder1)) == Answer::Allow;
        assert_eq!(allowed, lawful, "{held:?}");
    }
}

#[test]
fn law_2_what_leaves_after_the_last_day_of_the_registration_is_vetoed() {
    let case = owing().consumer("NL");
    let case = for_others(case, vec![registered("NL", "Wki", day("2026-11-03"))]);
    let mut reminder = message(&case, Level::Reminder1);
    for (earliest, lawful) in [("2026-11-03", true), ("2026-11-04", false)] {
        reminder.earliest = on(earliest);
        let lets_go = answer(&case, reminder.clone()) == Answer::Allow;
        assert_eq!(lets_go, lawful, "{earliest}");
    }
}

#[test]
fn law_2_where_the_duty_is_not_known_every_answer_says_so() {
    for (country, said) in [("NL", false), ("LU", false), ("AT", true), ("GB", true)] {
        let case = owing().business(country);
        let warned = |case: &Case| codes(&judge(case, vec![]).warnings).contains(&"registration-unknown");
        assert!(!warned(&case), "own claims need none");
        assert_eq!(warned(&for_others(case, vec![])), said, "{country}");
    }
}

#[test]
fn law_2_businesses_and_own_claims_need_none() {
    let business = for_others(owing(), vec![]);
    assert_eq!(
        answer(&business, message(&business, Level::Reminder1)),
        Answer::Allow
    );
    let own = owing().consumer("NL");
    assert_eq!(answer(&own, message(&own, Level::Reminder1)), Answer::Allow);
}

fn reminder_on(today: &str, kind: DebtorKind) -> (Case, Proposal) {
    let case = case(today)
        .kind(kind, "NL")
        .invoice(|i| i.due("2026-03-01").open(eur("10.00")));
    let reminder = message(&case, Level::Reminder1);
    (case, reminder)
}

#[test]
fn a_natural_person_is_not_approached_on_a_sunday_or_holiday() {
    for (today, first) in [
        ("2026-11-01", "2026-11-02"),
        ("2026-04-26", "2026-04-28"),
        ("2026-04-27", "2026-04-28"),
        ("2026-12-25", "2026-12-28"),
        ("2026-04-03", "2026-04-04"),
        ("2026-04-05", "2026-04-07"),
    ] {
        let (case, reminder) = reminder_on(today, DebtorKind::Consumer);
        let change = amended(&case, reminder.clone());
        assert_eq!(change.earliest, day(first), "{today}");
        let short = Proposal {
            latest: case.context.today,
            ..reminder
        };
        assert_eq!(vetoed(&case, short).earliest, day(first), "{today}");
    }
    let (case, reminder) = reminder_on("2026-11-07", DebtorKind::Consumer);
    assert_eq!(answer(&case, reminder), Answer::Allow);
}

#[test]
fn a_letter_and_a_business_know_no_sunday() {
    let (case, mut reminder) = reminder_on("2026-11-01", DebtorKind::Consumer);
    reminder.channel = Channel::Letter;
    assert_eq!(answer(&case, reminder), Answer::Allow);
    let (case, reminder) = reminder_on("2026-11-01", DebtorKind::Business);
    assert_eq!(answer(&case, reminder), Answer::Allow);
}

#[test]
fn a_natural_person_is_approached_between_eight_and_eight() {
    for (from, to, lawful) in [
        (480, 1200, true),
        (479, 1200, false),
        (480, 1201, false),
        (540, 1020, true),
        (0, 1440, false),
    ] {
        let (case, reminder) = reminder_on(TODAY, DebtorKind::SoleTrader);
        let reminder = Proposal {
            from_minute: from,
            to_minute: to,
            ..reminder
        };
        assert_eq!(answer(&case, reminder) == Answer::Allow, lawful, "{from} to {to}");
    }
}

#[test]
fn a_letter_that_cannot_leave_on_sunday_counts_from_the_day_it_leaves() {
    let case = consumer("2026-11-01").invoice(|i| i.due("2026-10-01").open(eur("100.00")));
    let change = amended(&case, message(&case, Level::FormalNotice));
    assert_eq!(
        (change.earliest, change.deadline),
        (day("2026-11-02"), day("2026-11-17"))
    );
}

#[test]
fn who_cannot_be_approached_on_sunday_is_approached_on_monday_if_the_proposal_may_wait() {
    let (case, reminder) = reminder_on("2026-11-01", DebtorKind::Consumer);
    let until_monday = Proposal {
        latest: on("2026-11-02"),
        ..reminder
    };
    assert_eq!(amended(&case, until_monday).earliest, day("2026-11-02"));
}

#[test]
fn law_1_debt_help_stops_from_its_first_day_through_its_last() {
    for (code, since, until, stops) in [
        ("debt-help", TODAY, None, true),
        ("debt-help", "2026-11-03", None, false),
        ("debt-help", "2026-10-20", day(TODAY), true),
        ("debt-help", "2026-10-20", day("2026-11-01"), false),
        ("divorce", "2026-10-20", None, false),
    ] {
        let mut case = owing().consumer("NL").situation(code, since);
        case.conversation.situations.as_mut().unwrap()[0].until = until;
        let stopped = matches!(answer(&case, message(&case, Level::Reminder1)), Answer::Veto(_));
        assert_eq!(stopped, stops, "{code} {since} {until:?}");
    }
}

#[test]
fn law_1_debt_help_told_today_stops_today() {
    let mut case = owing().consumer("NL").contact(TODAY, ContactOutcome::DebtHelp);
    case.conversation.contacts[0].unhandled = true;
    assert_eq!(
        vetoed(&case, message(&case, Level::Reminder1)).reasons[0].code,
        "stop-debt-help"
    );
}

#[test]
fn law_1_nothing_accrues_from_the_first_day_of_debt_help_told_or_known() {
    for (known, told) in [("2026-10-12", "2026-10-20"), ("2026-10-20", "2026-10-12")] {
        let case = owing().consumer("NL").situation("debt-help", known);
        let mut case = case.contact(told, ContactOutcome::DebtHelp);
        case.conversation.contacts[0].unhandled = true;
        // 2 to 11 October at 4.00 a day.
        assert_eq!(
            charges(&case).interest,
            eur("40.00"),
            "known {known}, told {told}"
        );
    }
}

#[test]
fn law_1_representation_rests_on_the_law_of_the_debtors_country() {
    for (country, article) in [
        ("NL", "art. 1:381 en 1:438 BW"),
        ("BE", "art. 13 and 15 Hague Convention of 13 January 2000"),
    ] {
        let mut case = owing().consumer(country);
        case.debtor.represented = true;
        let change = amended(&case, message(&case, Level::Reminder1));
        assert_eq!(names(&change.articles), [article]);
    }
}
