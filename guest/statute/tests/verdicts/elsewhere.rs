use super::*;
use maan_policy::country::{BE, DE, NL};
use maan_policy::testkit::{country_of, eur};
use maan_policy::types::LegalSituation;

fn owing() -> Case {
    case(TODAY).invoice(|i| i.due("2026-01-01").open(eur("1000.00")))
}

fn assert_nothing(charges: &Charges, country: &str) {
    assert_eq!((charges.costs, charges.lump_sum, charges.interest), (0, 0, 0));
    assert_eq!(
        charges.reasons,
        [maan_policy::reason!("country-not-covered", country)]
    );
}

#[test]
fn a_country_that_is_not_covered_charges_nothing_and_is_named() {
    for country in ["US", "CH", "NO", "JP"] {
        let case = owing().consumer(country);
        let judgement = judge(
            &case,
            vec![
                message(&case, Level::FormalNotice),
                message(&case, Level::Reminder1),
            ],
        );
        assert_nothing(&judgement.charges, country);
        assert_eq!((judgement.law, judgement.last_day), (country_of(country), None));
        let [Answer::Amend(change), Answer::Allow] = &judgement.answers[..] else {
            panic!("{judgement:?}")
        };
        assert_nothing(change.charges.as_ref().unwrap(), country);
    }
}

#[test]
fn a_business_abroad_falls_under_the_law_of_the_seller_or_of_the_contract() {
    let mut abroad = owing().business("DE");
    assert_eq!(judge(&abroad, vec![]).law, NL);
    assert_eq!(charges(&abroad).lump_sum, eur("40.00"));
    abroad.agreement.applicable_law = Some(DE);
    assert_eq!(judge(&abroad, vec![]).law, DE);
    abroad.agreement.applicable_law = Some(country_of("US"));
    assert_nothing(&charges(&abroad), "US");
}

#[test]
fn a_consumer_keeps_the_protection_of_the_own_country_whatever_was_chosen() {
    let mut at_home = owing().consumer("NL");
    at_home.agreement.applicable_law = Some(BE);
    assert_eq!(judge(&at_home, vec![]).law, NL);
    let mut abroad = owing().consumer("CH");
    abroad.agreement.applicable_law = Some(NL);
    assert_nothing(&charges(&abroad), "CH");
}

#[test]
fn an_unknown_country_charges_nothing() {
    let mut case = owing().consumer("NL");
    case.debtor.country = 0;
    assert_eq!(codes(&charges(&case).reasons), ["country-unknown"]);
}

#[test]
fn law_1_legal_situations_stop_in_every_country() {
    let case = owing()
        .consumer("BE")
        .legal(LegalSituation::DebtScheme, "2026-10-01");
    assert_eq!(
        vetoed(&case, message(&case, Level::Reminder1)).reasons[0].code,
        "stop-debt-scheme"
    );
}

#[test]
fn where_the_law_is_not_covered_a_term_need_not_be_recorded() {
    let mut case = owing().consumer("US");
    case.agreement.term_days = None;
    assert!(!codes(&judge(&case, vec![]).warnings).contains(&"term-not-recorded"));
}
