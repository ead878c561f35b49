//! Records that vanish, move, are absurd or come back.

use maan_connectors::{Entity, Platform as _, ReadError, ReadOptions, Reading, Remedy};
use maan_ledger::{Body, DebtorKind};
use serde_json::json;

use crate::platform::{NOW, Platform, kinds};
use crate::support::Books;

#[tokio::test]
async fn lists_are_asked_for_with_a_period_and_archived_contacts() {
    let platform = Platform::start().await;
    Books::default().read(&platform.moneybird).await.unwrap();
    let queries = platform.says.lock().unwrap().queries.clone();
    assert_eq!(queries.len(), 5);
    assert!(
        queries[0].starts_with("/api/v2/123/contacts/synchronization.json?include_archived=true"),
        "{}",
        queries[0]
    );
    for query in &queries[1..] {
        assert!(
            query.contains("filter=period%3A20000101..20361231%2Cstate%3A"),
            "{query}"
        );
    }
}

#[tokio::test]
async fn removed_records_are_removed_once() {
    let platform = Platform::start().await;
    platform.contact("1", 10, "Een BV");
    platform.invoice("7", 10, json!({"total_unpaid": "60.0", "payments": [{"id": "p", "price": "40.0", "payment_date": "2026-10-01", "financial_account_id": "1", "created_at": "2026-10-01T10:00:00Z"}]}));
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(
        kinds(&books, "1", &platform),
        ["debtor", "item", "allocated", "debtor"],
        "the language comes from the invoice"
    );
    platform.lost("sales_invoices", "7");
    platform.lost("contacts", "1");
    books.read(&platform.moneybird).await.unwrap();
    let added = ["debtor removed", "item removed", "allocation removed"];
    assert_eq!(kinds(&books, "1", &platform)[4..], added);
    assert_eq!(books.read(&platform.moneybird).await.unwrap(), 0);
    // and come back
    platform.contact("1", 11, "Een BV");
    platform.invoice("7", 11, json!({}));
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform)[7..9], ["debtor", "item"]);
}

#[tokio::test]
async fn an_invoice_that_moves_to_another_contact_moves_between_debtors() {
    let platform = Platform::start().await;
    platform.contact("1", 10, "Een BV");
    platform.contact("2", 10, "Twee BV");
    platform.invoice("7", 10, json!({"language": null}));
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    platform.invoice("7", 11, json!({"language": null, "contact_id": "2"}));
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform), ["debtor", "item", "item removed"]);
    assert_eq!(kinds(&books, "2", &platform), ["debtor", "item"]);
    assert_eq!(
        books.known.get(Entity::Invoice, "7").unwrap().debtor,
        Some(platform.moneybird.ids().debtor("2"))
    );
}

#[tokio::test]
async fn an_invoice_brings_a_contact_along_that_was_made_meanwhile() {
    let platform = Platform::start().await;
    let contact =
        json!({"id": "5", "company_name": "", "firstname": "Jan", "lastname": "Smit", "country": "NL"});
    platform.invoice("7", 10, json!({"contact_id": "5", "contact": contact}));
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    let facts = &books.facts[&platform.moneybird.ids().debtor("5")];
    let Body::DebtorDescribed(debtor) = &facts[0].body else {
        panic!("{facts:?}")
    };
    assert_eq!(
        (debtor.name.as_str(), debtor.kind),
        ("Jan Smit", DebtorKind::Consumer)
    );
}

#[tokio::test]
async fn absurd_records_are_told_one_by_one_and_read_again_when_corrected() {
    let platform = Platform::start().await;
    platform.contact("1", 10, "Een BV");
    platform.contact("2", 10, &"é".repeat(100_000));
    platform.has(
        "contacts",
        json!({"id": "3", "version": 10, "company_name": {"unexpected": []}}),
    );
    platform.invoice("7", 10, json!({"due_date": "9999-12-31"}));
    platform.invoice("8", 10, json!({"currency": "???"}));
    platform.invoice("9", 10, json!({}));
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    let told: Vec<&str> = books
        .problems
        .iter()
        .map(|problem| problem.split(':').next().unwrap())
        .collect();
    assert_eq!(told, ["2", "3", "7", "8"]);
    assert_eq!(kinds(&books, "1", &platform), ["debtor", "item", "debtor"]);
    // told once, not at each reading
    assert_eq!(books.read(&platform.moneybird).await.unwrap(), 0);
    platform.invoice("7", 11, json!({}));
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform)[3..], ["item"]);
    // a known record that becomes absurd stays as it was
    platform.invoice("9", 12, json!({"total_price_incl_tax": "NaN"}));
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform).len(), 4);
    assert!(
        books
            .problems
            .last()
            .unwrap()
            .starts_with("9: total_price_incl_tax"),
        "{:?}",
        books.problems
    );
    platform.lost("sales_invoices", "9");
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform)[4..], ["item removed"]);
}

#[tokio::test]
async fn a_record_changed_this_very_second_is_read_again() {
    let platform = Platform::start().await;
    let this_second = u64::try_from(NOW.0 / 1_000_000).unwrap();
    platform.contact("1", this_second - 2, "Een BV");
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    // the same second, the same version, another name
    platform.contact("1", this_second - 2, "Een NV");
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform), ["debtor", "debtor"]);
}

#[tokio::test]
async fn a_list_that_is_suddenly_empty_removes_nothing_without_being_asked() {
    let platform = Platform::start().await;
    for id in 100..130 {
        platform.contact(&id.to_string(), 10, "Een BV");
    }
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    platform
        .says
        .lock()
        .unwrap()
        .records
        .get_mut("contacts")
        .unwrap()
        .clear();
    let error = books.read(&platform.moneybird).await.unwrap_err();
    assert!(
        matches!(
            error,
            ReadError::MuchVanished {
                vanished: 30,
                known: 30,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(error.remedy(), Remedy::AskPerson);
    assert_eq!(kinds(&books, "100", &platform), ["debtor"]);
    let allowed = ReadOptions {
        allow_much_removal: true,
        ..ReadOptions::default()
    };
    let mut reading = Reading::of(&platform.moneybird, books.known.clone(), allowed);
    let batch = reading.next().await.unwrap().unwrap();
    assert!(batch.records.len() == 30 && batch.records.iter().all(|record| record.deleted));
}
