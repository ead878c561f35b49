//! The portfolio as generated.

use crate::support::{cents, start, start_with};
use chrono::NaiveDate;
use maan_practice::{Character, Role};
use serde_json::Value;
use std::collections::HashSet;
use std::time::{Duration, Instant};

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes_and_another_seed_another_world() {
    let everything = |seed: u64| async move {
        let server = start_with(80, |config| config.administrations[0].seed = seed).await;
        let api = server.connect().await.unchecked();
        server.practice.advance("2026-12-20".parse().unwrap()).unwrap();
        let a = server.administration();
        let mut text = String::new();
        for resource in ["contacts", "sales_invoices", "estimates", "financial_mutations"] {
            for record in api.synchronized(&format!("{a}/{resource}")).await {
                text.push_str(&record.to_string());
            }
        }
        text
    };
    let first = everything(5).await;
    assert!(first == everything(5).await);
    assert!(first != everything(6).await);
}

#[tokio::test]
async fn a_portfolio_of_1200_is_quick_and_looks_like_a_business() {
    let start_of = Instant::now();
    let server = start_with(1_200, |config| config.administrations.truncate(1)).await;
    assert!(
        start_of.elapsed() < Duration::from_secs(8),
        "generation took {:?}",
        start_of.elapsed()
    );
    let status = server.practice.status();
    let one = &status.administrations[0];
    println!("{one:#?}");
    let overdue = one.overdue_cents * 100 / one.open_cents;
    assert!((25..=40).contains(&overdue), "{overdue} % overdue");
    assert!(
        one.disputed > 5 && one.unapplied_credits > 5 && one.unallocated > 10 && one.uncollectible_cents > 0
    );
    let characters: HashSet<Character> = server
        .practice
        .characters(&one.id)
        .unwrap()
        .into_iter()
        .map(|(_, character)| character)
        .collect();
    assert_eq!(characters.len(), Character::SHARES.len());
    let api = server.connect().await.unchecked();
    let contacts = api.all(&format!("{}/contacts.json?per_page=100", one.id)).await;
    let countries: HashSet<&str> = contacts
        .iter()
        .map(|contact| contact["country"].as_str().unwrap())
        .collect();
    assert_eq!(countries, HashSet::from(["NL", "BE"]));
    let emails: Vec<&str> = contacts
        .iter()
        .map(|contact| contact["email"].as_str().unwrap())
        .collect();
    let missing = emails.iter().filter(|email| email.is_empty()).count();
    let invalid = emails
        .iter()
        .filter(|email| !email.is_empty() && !email.contains('@'))
        .count();
    assert!(
        (20..100).contains(&missing) && (5..60).contains(&invalid),
        "{missing} missing, {invalid} invalid"
    );
    assert!(
        emails
            .iter()
            .filter(|email| email.contains('@'))
            .all(|email| email.ends_with(".example"))
    );
}

#[tokio::test]
async fn pages_stay_quick_with_20000_debtors() {
    let server = start_with(20_000, |config| config.administrations.truncate(1)).await;
    let api = server.connect().await.unchecked();
    let a = server.administration();
    for path in [
        "contacts.json?page=150&per_page=100",
        "sales_invoices.json?page=300&per_page=100",
    ] {
        let mut quickest = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            let response = api
                .request(reqwest::Method::GET, &format!("{a}/{path}"))
                .send()
                .await
                .unwrap();
            let page: Value = response.json().await.unwrap();
            assert_eq!(page.as_array().unwrap().len(), 100);
            quickest = quickest.min(start.elapsed());
        }
        println!("{path}: {quickest:?}");
        assert!(quickest < Duration::from_secs(2), "{path} took {quickest:?}");
    }
}

#[tokio::test]
async fn showcase_debtors_show_what_they_say() {
    let server = start(20).await;
    let api = server.connect().await;
    let a = server.administration();
    let today: NaiveDate = server.practice.status().now.date();
    let showcase = server.practice.status().administrations[0].showcase.clone();
    let mut arrears = Vec::new();
    for one in &showcase {
        let invoice = api
            .get(&format!("{a}/sales_invoices/{}.json", one.sales_invoice_id))
            .await
            .body;
        assert_eq!(
            (invoice["invoice_id"].as_str(), invoice["state"].as_str()),
            (Some(one.invoice_id.as_str()), Some("late"))
        );
        let due: NaiveDate = invoice["due_date"].as_str().unwrap().parse().unwrap();
        let history = api
            .all(&format!(
                "{a}/sales_invoices.json?filter=contact_id:{}&per_page=100",
                one.contact_id
            ))
            .await;
        let late: Vec<i64> = history
            .iter()
            .filter(|invoice| invoice["state"] == "paid")
            .map(days_late)
            .collect();
        let other_open = history.iter().filter(|other| other["state"] != "paid").count();
        assert_eq!(other_open, 1, "{:?} has one open invoice", one.role);
        arrears.push((
            one.role,
            cents(&invoice["total_unpaid"]),
            (today - due).num_days(),
        ));
        match one.role {
            Role::Forgetter => assert!(late.len() > 12 && late.iter().all(|days| *days <= 2), "{late:?}"),
            Role::Defaulter => assert!(late.len() > 10 && late.iter().all(|days| *days > 30), "{late:?}"),
            Role::Consumer => assert!(invoice["contact"]["company_name"].is_null()),
            Role::Disputed => assert!(invoice["notes"][0]["note"].as_str().unwrap().contains("betwist")),
            Role::AboutToPay | Role::CannotPay => {}
        }
    }
    assert_eq!((arrears[0].1, arrears[0].2), (121_000, 21));
    assert_eq!((arrears[0].1, arrears[0].2), (arrears[1].1, arrears[1].2));
}

fn days_late(invoice: &Value) -> i64 {
    let day = |name: &str| -> NaiveDate { invoice[name].as_str().unwrap().parse().unwrap() };
    (day("paid_at") - day("due_date")).num_days()
}

#[tokio::test]
async fn a_debtor_pays_an_hour_ago_on_command() {
    let server = start(20).await;
    let api = server.connect().await;
    let a = server.administration();
    let showcase = server.practice.status().administrations[0].showcase.clone();
    let one = showcase.iter().find(|one| one.role == Role::AboutToPay).unwrap();
    let before = api
        .get(&format!("{a}/sales_invoices/{}.json", one.sales_invoice_id))
        .await
        .body;
    let paid = server.practice.pay_invoice(&one.sales_invoice_id, 60).unwrap();
    assert_eq!(paid, cents(&before["total_unpaid"]));
    let after = api
        .get(&format!("{a}/sales_invoices/{}.json", one.sales_invoice_id))
        .await
        .body;
    assert_eq!(
        (after["state"].as_str(), after["total_unpaid"].as_str()),
        (Some("paid"), Some("0.0"))
    );
    assert!(after["version"].as_i64() > before["version"].as_i64());
    assert!(
        after["payments"][0]["created_at"]
            .as_str()
            .unwrap()
            .starts_with("2026-11-23T07:00:0")
    );
    assert!(server.practice.pay_invoice(&one.sales_invoice_id, 60).is_err());
}
