//! LAW-1: filing the claim with whoever administers the debtor's estate.

use super::*;
use maan_policy::testkit::eur;
use maan_policy::types::{DebtorKind, LegalSituation};

/// A debtor in a country and a situation since 12 October 2026.
fn in_trouble(country: &str, situation: LegalSituation) -> Case {
    let case = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    case.kind(DebtorKind::Business, country)
        .legal(situation, "2026-10-12")
}

fn task(case: &Case, code: &str) -> Proposal {
    Proposal {
        particulars: Particulars::Task(code.into()),
        ..proposal(case, ActionKind::Task, Level::None, Channel::Portal)
    }
}

/// Deadline, code of the first reason and first article of the answer to the task.
fn filed(case: &Case) -> (Option<Day>, String, String) {
    let change = amended(case, task(case, "file-claim"));
    (
        change.deadline,
        change.reasons[0].code.clone(),
        change.articles[0].name.clone(),
    )
}

#[test]
fn law_1_each_country_has_its_term_for_filing_a_claim() {
    use LegalSituation::{Bankruptcy, DebtScheme, Deceased, Dissolved, Moratorium};
    for (country, situation, last, article) in [
        ("NL", Bankruptcy, None, "art. 108 en 127 Fw"),
        ("NL", Moratorium, None, "art. 108 en 127 Fw"),
        ("NL", DebtScheme, None, "art. 108 en 127 Fw"),
        ("BE", Bankruptcy, day("2026-11-11"), "art. XX.104 en XX.155 WER"),
        (
            "BE",
            DebtScheme,
            day("2026-11-12"),
            "art. 1675/9 Gerechtelijk Wetboek",
        ),
        ("DE", Bankruptcy, day("2026-10-26"), "§ 28 und § 174 InsO"),
        (
            "FR",
            Bankruptcy,
            day("2026-12-12"),
            "art. L622-24 et R622-24 Code de commerce",
        ),
        (
            "LU",
            Bankruptcy,
            day("2027-04-12"),
            "loi du 7 août 2023 portant modernisation du droit de la faillite",
        ),
    ] {
        let (deadline, code, source) = filed(&in_trouble(country, situation));
        // the German term is over: its day is told, and is none to keep
        let to_keep = last.filter(|_| country != "DE");
        assert_eq!(
            (deadline, source.as_str()),
            (to_keep, article),
            "{country} {situation:?}"
        );
        let expected = if last.is_some() {
            "file-claim-by-law"
        } else {
            "file-claim-unknown"
        };
        assert_eq!(code, expected, "{country} {situation:?}");
    }
    for country in ["GB", "AT", "US", "BE"] {
        for situation in [Deceased, Dissolved] {
            let (deadline, code, _) = filed(&in_trouble(country, situation));
            assert_eq!(
                (deadline, code.as_str()),
                (None, "file-claim-unknown"),
                "{country}"
            );
        }
    }
}

#[test]
fn law_1_the_day_that_the_register_gives_leads() {
    for country in ["NL", "DE", "FR"] {
        let mut case = in_trouble(country, LegalSituation::Bankruptcy);
        case.debtor.legal_status.as_mut().unwrap()[0].file_claim_by = day("2026-12-01");
        let (deadline, code, _) = filed(&case);
        assert_eq!(
            (deadline, code.as_str()),
            (day("2026-12-01"), "file-claim-by"),
            "{country}"
        );
    }
}

#[test]
fn law_1_the_task_names_whom_to_address_and_says_when_it_is_late() {
    let case = in_trouble("DE", LegalSituation::Bankruptcy);
    let change = amended(&case, task(&case, "file-claim"));
    assert_eq!(change.addressee.as_deref(), Some("curator"));
    assert_eq!(codes(&change.reasons), ["file-claim-by-law", "file-claim-late"]);
    for (last, late) in [("2026-11-02", false), ("2026-11-01", true)] {
        let mut case = in_trouble("DE", LegalSituation::Bankruptcy);
        case.debtor.legal_status.as_mut().unwrap()[0].file_claim_by = day(last);
        let change = amended(&case, task(&case, "file-claim"));
        assert_eq!(
            codes(&change.reasons).contains(&"file-claim-late"),
            late,
            "{last}"
        );
    }
}

#[test]
fn law_1_other_tasks_and_guardianship_know_no_filing() {
    let bankrupt = in_trouble("NL", LegalSituation::Bankruptcy);
    assert_eq!(
        answer(&bankrupt, task(&bankrupt, "research-address")),
        Answer::Allow
    );
    let represented = in_trouble("NL", LegalSituation::Guardianship);
    assert_eq!(
        answer(&represented, task(&represented, "file-claim")),
        Answer::Allow
    );
    let sound = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("1000.00")));
    assert_eq!(answer(&sound, task(&sound, "file-claim")), Answer::Allow);
    let mut call = proposal(&bankrupt, ActionKind::Call, Level::Call1, Channel::Phone);
    call.particulars = Particulars::Task("file-claim".into());
    assert!(
        matches!(answer(&bankrupt, call), Answer::Veto(_)),
        "a call is no task"
    );
}

#[test]
fn law_1_of_several_situations_the_weightiest_leads_and_the_earliest_stops_what_accrues() {
    let owing = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("36500.00")));
    let case = owing
        .legal(LegalSituation::Guardianship, "2026-10-05")
        .legal(LegalSituation::Bankruptcy, "2026-10-20");
    let veto = vetoed(&case, message(&case, Level::Reminder1));
    assert_eq!(codes(&veto.reasons), ["stop-bankruptcy", "address-instead"]);
    assert_eq!(filed(&case).1, "file-claim-unknown");
    // 2 to 4 October at 10.40 a day.
    assert_eq!(charges(&case).interest, eur("31.20"));
    let helped = case.situation("debt-help", "2026-10-03");
    assert_eq!(charges(&helped).interest, eur("10.40"));
    assert_eq!(
        vetoed(&helped, message(&helped, Level::Reminder1)).reasons[0].code,
        "stop-bankruptcy"
    );
}

#[test]
fn law_1_a_claim_can_still_be_filed_on_the_last_day() {
    for (last, to_keep) in [(TODAY, day(TODAY)), ("2026-11-01", None)] {
        let mut case = in_trouble("DE", LegalSituation::Bankruptcy);
        case.debtor.legal_status.as_mut().unwrap()[0].file_claim_by = day(last);
        assert_eq!(filed(&case).0, to_keep, "{last}");
    }
}
