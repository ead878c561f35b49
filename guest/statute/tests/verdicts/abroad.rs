use super::*;
use maan_policy::testkit::{country_of, eur};
use maan_policy::types::{ClaimBasis, CompanySize, DebtorKind, LegalSituation, Registration};

const COUNTRIES: [&str; 10] = ["NL", "BE", "DE", "FR", "LU", "GB", "AT", "PL", "US", ""];
const KINDS: [DebtorKind; 5] = [
    DebtorKind::Unknown,
    DebtorKind::Consumer,
    DebtorKind::SoleTrader,
    DebtorKind::Business,
    DebtorKind::PublicBody,
];

fn owing(country: &str, kind: DebtorKind, today: &str) -> Case {
    let code = if country.is_empty() {
        0
    } else {
        country_of(country)
    };
    let mut case = case(today).invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    (case.debtor.kind, case.debtor.country) = (kind, code);
    case.agreement.applicable_law = Some(code);
    case.agreement.costs_clause = true;
    case.reachable(Channel::Letter).reachable(Channel::Email)
}

fn all_proposals(case: &Case) -> Vec<Proposal> {
    let kinds = [
        (ActionKind::Message, Level::Notice1),
        (ActionKind::Message, Level::Reminder1),
        (ActionKind::Message, Level::LastReminder),
        (ActionKind::Message, Level::FormalNotice),
        (ActionKind::Call, Level::Call1),
        (ActionKind::PlanOffer, Level::None),
        (ActionKind::Thanks, Level::None),
        (ActionKind::HandOver, Level::HandOver),
        (ActionKind::WriteOff, Level::WriteOff),
    ];
    let channels = [Channel::Email, Channel::Letter, Channel::Sms];
    let all = kinds
        .iter()
        .flat_map(|kind| channels.map(|channel| (*kind, channel)));
    let early = |proposal: Proposal| Proposal {
        from_minute: 0,
        ..proposal
    };
    all.flat_map(|((kind, level), channel)| {
        let one = proposal(case, kind, level, channel);
        [one.clone(), early(one)]
    })
    .collect()
}

#[test]
fn every_veto_and_every_change_names_its_articles_with_a_source() {
    for country in COUNTRIES {
        for kind in KINDS {
            let plain = owing(country, kind, TODAY);
            let mut represented = plain.clone();
            represented.debtor.represented = true;
            let mut cases = vec![plain.clone(), represented, owing(country, kind, "2026-11-01")];
            let situations = [
                LegalSituation::Bankruptcy,
                LegalSituation::Moratorium,
                LegalSituation::DebtScheme,
                LegalSituation::Guardianship,
                LegalSituation::Deceased,
                LegalSituation::Dissolved,
            ];
            cases.extend(situations.map(|situation| plain.clone().legal(situation, "2026-10-10")));
            cases.push(plain.clone().situation("debt-help", "2026-10-10"));
            for case in cases {
                for answer in judge(&case, all_proposals(&case)).answers {
                    let (articles, reasons) = match &answer {
                        Answer::Allow => continue,
                        Answer::Amend(change) => (&change.articles, &change.reasons),
                        Answer::Veto(veto) => (&veto.articles, &veto.reasons),
                    };
                    assert!(
                        !articles.is_empty() && !reasons.is_empty(),
                        "{country} {kind:?}: {answer:?}"
                    );
                    assert!(
                        articles
                            .iter()
                            .all(|one| !one.name.is_empty() && !one.source.is_empty())
                    );
                }
            }
        }
    }
}

#[test]
fn whatever_is_charged_rests_on_articles() {
    for country in COUNTRIES {
        for kind in KINDS {
            let charges = charges(&owing(country, kind, TODAY));
            let sum = charges.costs + charges.lump_sum + charges.interest;
            assert!(sum == 0 || !charges.articles.is_empty(), "{country} {kind:?}");
            assert!(!charges.reasons.is_empty(), "{country} {kind:?}");
        }
    }
}

#[test]
fn consumers_abroad_bear_no_costs_and_no_fixed_sum() {
    for country in ["DE", "FR", "LU", "GB", "AT", "PL"] {
        for kind in [DebtorKind::Consumer, DebtorKind::Unknown] {
            let case = owing(country, kind, TODAY);
            for level in [Level::LastReminder, Level::FormalNotice] {
                let charges = amended(&case, message(&case, level)).charges.unwrap();
                assert_eq!((charges.costs, charges.lump_sum), (0, 0), "{country} {kind:?}");
                assert!(
                    codes(&charges.reasons).contains(&"no-costs-from-consumers"),
                    "{country}"
                );
            }
            let over = amended(&case, hand_over(&case));
            assert_eq!(codes(&over.reasons), ["no-costs-from-consumers"], "{country}");
        }
    }
}

#[test]
fn plans_of_consumers_are_without_charges_in_every_country() {
    for country in COUNTRIES {
        let case = owing(country, DebtorKind::Consumer, TODAY);
        let offer = amended(
            &case,
            proposal(&case, ActionKind::PlanOffer, Level::None, Channel::Email),
        );
        let offered = offer.charges.unwrap();
        assert_eq!(
            (offered.costs, offered.lump_sum, offered.interest),
            (0, 0, 0),
            "{country}"
        );
        let agreed = charges(&case.plan(&[0], &[("2026-12-01", eur("500.00"))], 0, eur("500.00")));
        assert_eq!(
            (agreed.costs, agreed.lump_sum, agreed.interest),
            (0, 0, 0),
            "{country}"
        );
    }
    let business = owing("DE", DebtorKind::Business, TODAY);
    let offer = proposal(&business, ActionKind::PlanOffer, Level::None, Channel::Email);
    assert_eq!(answer(&business, offer), Answer::Allow);
}

#[test]
fn law_3_a_formal_notice_goes_where_its_arrival_can_be_shown() {
    for country in ["NL", "BE", "DE", "FR", "LU", "GB", "AT"] {
        for kind in [DebtorKind::Consumer, DebtorKind::Business, DebtorKind::PublicBody] {
            let case = owing(country, kind, TODAY);
            let change = amended(&case, message(&case, Level::FormalNotice));
            assert_eq!(change.channel, Some(Channel::Letter), "{country} {kind:?}");
            assert!(codes(&change.reasons).contains(&"provable-channel-leads"));
            let nowhere = case.clone().unreachable().reachable(Channel::Whatsapp);
            for channel in [Channel::Whatsapp, Channel::Sms, Channel::Portal] {
                let notice = proposal(&nowhere, ActionKind::Message, Level::FormalNotice, channel);
                let veto = vetoed(&nowhere, notice);
                assert_eq!(
                    codes(&veto.reasons),
                    ["no-provable-channel"],
                    "{country} {kind:?}"
                );
            }
            let served = proposal(
                &nowhere,
                ActionKind::Message,
                Level::FormalNotice,
                Channel::Bailiff,
            );
            assert_eq!(amended(&nowhere, served).channel, None, "a bailiff proves it");
            let by_mail_only = case.unreachable().reachable(Channel::Email);
            let change = amended(&by_mail_only, message(&by_mail_only, Level::FormalNotice));
            assert_eq!(change.channel, None);
            assert!(
                codes(&change.reasons).contains(&"arrival-must-be-provable"),
                "{country} {kind:?}"
            );
        }
    }
}

#[test]
fn nobody_gets_a_formal_notice_or_is_handed_over_before_default() {
    for country in ["NL", "BE", "DE", "FR", "LU", "GB", "AT"] {
        for kind in KINDS {
            let case = owing(country, kind, "2026-10-01");
            for proposal in [
                message(&case, Level::FormalNotice),
                message(&case, Level::LastReminder),
                hand_over(&case),
            ] {
                assert_eq!(
                    vetoed(&case, proposal).earliest,
                    day("2026-10-02"),
                    "{country} {kind:?}"
                );
            }
        }
    }
}

#[test]
fn announcing_a_hand_over_to_a_consumer_before_default_is_a_threat_in_every_country() {
    for country in ["NL", "BE", "DE", "FR", "LU", "GB", "AT"] {
        for (today, lawful) in [
            ("2026-10-01", false),
            ("2026-10-02", !matches!(country, "NL" | "BE")),
        ] {
            let case = owing(country, DebtorKind::Consumer, today);
            let mut notice = message(&case, Level::Reminder1);
            notice.announces = Level::HandOver;
            assert_eq!(
                answer(&case, notice) == Answer::Allow,
                lawful,
                "{country} {today}"
            );
        }
    }
    let case = owing("DE", DebtorKind::Business, "2026-10-01");
    let mut notice = message(&case, Level::Reminder1);
    notice.announces = Level::HandOver;
    assert_eq!(answer(&case, notice), Answer::Allow);
}

#[test]
fn a_german_consumer_without_agreed_term_is_in_default_after_a_reminder() {
    let mut case = case("2026-10-21")
        .consumer("DE")
        .invoice(|i| i.due("2026-09-01").open(eur("36500.00")));
    let from_due = charges(&case);
    assert_eq!(from_due.segments[0].start, on("2026-09-02"));
    case.agreement.term_days = None;
    assert_eq!(
        codes(&charges(&case).reasons),
        ["no-costs-from-consumers", "no-interest-yet"]
    );
    assert!(codes(&judge(&case, vec![]).warnings).contains(&"term-not-recorded"));
    let mut reminded = posted(case, "2026-10-01", "2026-10-10", 0);
    reminded.steps_done[0].level = Level::Reminder1;
    let charged = charges(&reminded);
    // Ten days from 11 October at 6.52 a day.
    assert_eq!(
        (charged.segments[0].start, charged.interest),
        (on("2026-10-11"), eur("65.20"))
    );
    reminded.steps_done[0].deadline = None;
    assert_eq!(charges(&reminded).segments[0].start, on("2026-10-02"));
    reminded.steps_done[0].level = Level::Notice3;
    assert_eq!(
        charges(&reminded).interest,
        0,
        "a notice before the due date is no reminder"
    );
    reminded.steps_done[0].level = Level::HandOver;
    assert_eq!(charges(&reminded).interest, 0, "a hand-over is none either");
    reminded.steps_done[0].level = Level::Reminder1;
    reminded.steps_done[0].round = 1;
    assert_eq!(
        charges(&reminded).interest,
        0,
        "a reminder of another round does not count"
    );
}

#[test]
fn fixed_sums_are_in_the_currency_of_the_law() {
    let mut british = owing("GB", DebtorKind::Business, TODAY);
    let charged = charges(&british);
    assert_eq!(
        (charged.lump_sum, codes(&charged.reasons)[0]),
        (0, "costs-in-other-currency")
    );
    assert!(charged.interest > 0);
    british.context.creditor.currency = 826;
    british.items[0].currency = 826;
    assert_eq!(charges(&british).lump_sum, eur("70.00"));
    let mut german = owing("DE", DebtorKind::Business, TODAY);
    german.context.creditor.currency = 826;
    german.items[0].currency = 826;
    assert_eq!(charges(&german).lump_sum, 0);
}

#[test]
fn fixed_sums_are_counted_once_or_for_each_invoice_as_the_law_has_it() {
    for (country, expected) in [
        ("NL", "40.00"),
        ("BE", "40.00"),
        ("DE", "40.00"),
        ("LU", "40.00"),
        ("AT", "40.00"),
        ("FR", "80.00"),
    ] {
        let case =
            owing(country, DebtorKind::Business, TODAY).invoice(|i| i.due("2026-10-05").open(eur("100.00")));
        let judgement = judge(&case, vec![]);
        assert_eq!(judgement.charges.lump_sum, eur(expected), "{country}");
        let said = codes(&judgement.warnings).contains(&"lump-sum-once");
        assert_eq!(said, country != "FR", "{country}");
    }
}

#[test]
fn longest_terms() {
    for (country, kind, longest) in [
        ("NL", DebtorKind::Business, 60),
        ("NL", DebtorKind::SoleTrader, 60),
        ("NL", DebtorKind::PublicBody, 30),
        ("BE", DebtorKind::Business, 60),
        ("DE", DebtorKind::Business, 60),
        ("DE", DebtorKind::PublicBody, 30),
        ("FR", DebtorKind::Business, 60),
        ("FR", DebtorKind::PublicBody, 30),
        ("LU", DebtorKind::Business, 60),
        ("GB", DebtorKind::Business, 60),
        ("AT", DebtorKind::Business, 60),
    ] {
        let mut case = owing(country, kind, TODAY);
        for (term, said) in [(longest, false), (longest + 1, true)] {
            case.agreement.term_days = Some(term);
            let warned = codes(&judge(&case, vec![]).warnings).contains(&"term-too-long");
            assert_eq!(warned, said, "{country} {kind:?} {term}");
        }
    }
}

#[test]
fn a_large_dutch_debtor_gets_thirty_days_from_a_smaller_creditor_only() {
    for (country, debtor, creditor, said) in [
        ("NL", CompanySize::Large, CompanySize::Small, true),
        ("NL", CompanySize::Large, CompanySize::Medium, true),
        ("NL", CompanySize::Large, CompanySize::Micro, true),
        ("NL", CompanySize::Large, CompanySize::Large, false),
        ("NL", CompanySize::Medium, CompanySize::Small, false),
        ("NL", CompanySize::Unknown, CompanySize::Small, false),
        ("BE", CompanySize::Large, CompanySize::Small, false),
    ] {
        let mut case = owing(country, DebtorKind::Business, TODAY).size(debtor);
        case.context.creditor.size = creditor;
        case.agreement.term_days = Some(31);
        let warned = codes(&judge(&case, vec![]).warnings).contains(&"term-too-long");
        assert_eq!(warned, said, "{country} {debtor:?} {creditor:?}");
    }
}

#[test]
fn consumers_are_not_approached_on_the_holidays_of_their_own_country() {
    for (country, today, first) in [
        ("BE", "2026-07-21", "2026-07-22"),
        ("DE", "2026-10-03", "2026-10-05"),
        ("FR", "2026-07-14", "2026-07-15"),
        ("LU", "2026-06-23", "2026-06-24"),
        ("GB", "2026-08-31", "2026-09-01"),
        ("AT", "2026-12-26", "2026-12-28"),
    ] {
        let mut case = owing(country, DebtorKind::Consumer, today);
        case.items[0].due = case.context.today - 40;
        assert_eq!(
            amended(&case, message(&case, Level::Reminder1)).earliest,
            day(first),
            "{country}"
        );
        let mut trader = owing(country, DebtorKind::SoleTrader, today);
        trader.items[0].due = trader.context.today - 40;
        assert_eq!(
            answer(&trader, message(&trader, Level::Reminder1)),
            Answer::Allow,
            "{country}"
        );
        let mut dutch = owing("NL", DebtorKind::Consumer, today);
        dutch.items[0].due = dutch.context.today - 40;
        assert_eq!(
            answer(&dutch, message(&dutch, Level::Reminder1)) == Answer::Allow,
            today != "2026-12-26",
            "{country}"
        );
    }
}

#[test]
fn law_2_collecting_for_others_needs_the_registration_of_the_debtors_country() {
    for (country, register, kinds) in [
        ("BE", "FOD Economie", &[DebtorKind::Consumer][..]),
        (
            "DE",
            "Rechtsdienstleistungsregister",
            &[DebtorKind::Consumer, DebtorKind::Business],
        ),
        (
            "FR",
            "Procureur de la République",
            &[DebtorKind::Consumer, DebtorKind::Business],
        ),
        ("LU", "CSSF", &[DebtorKind::Consumer, DebtorKind::Business]),
    ] {
        for kind in kinds {
            let mut case = owing(country, *kind, TODAY);
            case.context.creditor.claims = ClaimBasis::ForOthers(vec![]);
            let veto = vetoed(&case, message(&case, Level::Reminder1));
            assert_eq!(
                veto.reasons,
                [maan_policy::reason!("registration-missing", register)]
            );
            case.context.creditor.claims = ClaimBasis::ForOthers(vec![Registration {
                country: country_of(country),
                register: register.into(),
                valid_until: None,
            }]);
            assert_eq!(
                answer(&case, message(&case, Level::Reminder1)),
                Answer::Allow,
                "{country}"
            );
        }
    }
}

#[test]
fn a_formal_notice_to_a_consumer_abroad_names_what_accrued_on_its_own_items() {
    let case = owing("DE", DebtorKind::Consumer, TODAY);
    let case = case.invoice(|i| i.due("2026-10-01").open(eur("36500.00")));
    let mut notice = message(&case, Level::FormalNotice);
    notice.items = vec![1];
    let charges = amended(&case, notice).charges.unwrap();
    // 2 October to 1 November at 6.52 a day; the day of payment bears none.
    assert_eq!(charges.interest, eur("202.12"));
    assert!(charges.segments.iter().all(|part| part.item == 1));
}

#[test]
fn a_last_reminder_to_a_consumer_abroad_keeps_its_channel() {
    for country in ["DE", "FR", "LU", "GB", "AT"] {
        let case = owing(country, DebtorKind::Consumer, TODAY);
        let change = amended(&case, message(&case, Level::LastReminder));
        assert_eq!(change.channel, None, "{country}");
        assert!(!codes(&change.reasons).contains(&"provable-channel-leads"));
    }
}

#[test]
fn without_agreed_term_a_german_consumer_is_in_default_after_the_first_of_several_reminders() {
    let mut case = case("2026-11-02")
        .consumer("DE")
        .invoice(|i| i.due("2026-09-01").open(eur("36500.00")));
    case.agreement.term_days = None;
    let mut reminded = posted(
        posted(case, "2026-10-01", "2026-10-10", 0),
        "2026-10-15",
        "2026-10-24",
        0,
    );
    assert_eq!(charges(&reminded).segments[0].start, on("2026-10-11"));
    reminded.steps_done.reverse();
    assert_eq!(charges(&reminded).segments[0].start, on("2026-10-11"));
}
