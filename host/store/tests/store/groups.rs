use maan_ledger::{
    Body, CompanySize, Country, DebtorDescription, DebtorKind, Fact, GroupExposure, Known, LanguageSource,
    Relation,
};
use maan_store::{GroupMember, GroupStatement, Ingest};

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(
    debtors_of_groups_are_found_without_their_facts,
    what_is_stated_is_a_fact_and_makes_the_debtor_due,
    who_left_a_group_is_found_until_that_is_stated,
);

fn described(group: Option<&str>) -> Fact {
    Fact {
        happened: TODAY,
        known: Known::At(NOW),
        body: Body::DebtorDescribed(DebtorDescription {
            reference: "1".into(),
            number: "1".into(),
            name: "Van Dam".into(),
            kind: DebtorKind::Business,
            size: CompanySize::Unknown,
            country: Country::from_code("NL"),
            sector: String::new(),
            language: String::new(),
            language_source: LanguageSource::Unknown,
            since: None,
            group: group.map(str::to_owned),
            payer: None,
            relation: Relation::Customer,
            traits: vec![],
            reach: vec![],
            vat_number: String::new(),
            registration: String::new(),
        }),
    }
}

fn member(n: u128, group: &str, stated: Option<i64>) -> GroupMember {
    GroupMember {
        debtor: debtor(n),
        group: group.into(),
        open: None,
        stated,
    }
}

fn statement(n: u128, open: Option<i64>) -> GroupStatement {
    GroupStatement {
        debtor: debtor(n),
        open,
        fact: Fact {
            happened: TODAY,
            known: Known::At(NOW),
            body: Body::GroupExposureStated(GroupExposure {
                open: open.map(euros),
            }),
        },
    }
}

async fn take_in(f: &Fixture, debtors: &[(u128, Fact)]) {
    let debtors = debtors
        .iter()
        .map(|(n, fact)| (debtor(*n), row(*n), vec![fact.clone()]));
    let ingest = Ingest {
        debtors: debtors.collect(),
        ..Ingest::default()
    };
    f.own().ingest(ingest, NOW).await.unwrap();
}

async fn debtors_of_groups_are_found_without_their_facts(f: Fixture) {
    let all = [
        (1, described(Some("a"))),
        (2, described(None)),
        (3, described(Some("b"))),
        (4, described(Some("a"))),
        (5, fact(1)),
    ];
    take_in(&f, &all).await;
    let found = f.own().group_members().await.unwrap();
    assert_eq!(
        found,
        [member(1, "a", None), member(4, "a", None), member(3, "b", None)]
    );
    // What becomes known of a debtor without describing it leaves the group as it is.
    take_in(&f, &[(1, fact(2))]).await;
    assert_eq!(f.own().group_members().await.unwrap(), found);
}

async fn what_is_stated_is_a_fact_and_makes_the_debtor_due(f: Fixture) {
    take_in(&f, &[(1, described(Some("a"))), (2, described(Some("a")))]).await;
    let store = f.own();
    let before = store.debtor(debtor(1)).await.unwrap().unwrap().fact_version;
    let statements = [statement(1, Some(350)), statement(2, Some(350))];
    store.state_groups(&statements, NOW).await.unwrap();
    let after = store.debtor(debtor(1)).await.unwrap().unwrap().fact_version;
    assert_eq!(after, before + 1);
    let facts = store.facts(debtor(1)).await.unwrap();
    assert_eq!(facts.last(), Some(&statements[0].fact));
    let found = store.group_members().await.unwrap();
    assert_eq!(found, [member(1, "a", Some(350)), member(2, "a", Some(350))]);
    assert!(
        store.state_groups(&[statement(9, None)], NOW).await.is_err(),
        "nobody"
    );
    assert_eq!(store.group_members().await.unwrap(), found);
}

async fn who_left_a_group_is_found_until_that_is_stated(f: Fixture) {
    take_in(&f, &[(1, described(Some("a"))), (2, described(Some("a")))]).await;
    let store = f.own();
    store.state_groups(&[statement(1, Some(350))], NOW).await.unwrap();
    take_in(&f, &[(1, described(None))]).await;
    let found = store.group_members().await.unwrap();
    assert_eq!(found, [member(1, "", Some(350)), member(2, "a", None)]);
    store.state_groups(&[statement(1, None)], NOW).await.unwrap();
    assert_eq!(store.group_members().await.unwrap(), [member(2, "a", None)]);
}
