//! Debtors react by their character and to what they receive.

use crate::mailbox::{mail, send};
use crate::support::{Api, Server, cents, start, start_with};
use chrono::{Days, NaiveDate};
use maan_practice::{Channel, Character, Contacted, Level, Role};
use serde_json::Value;
use std::collections::HashMap;

fn day(invoice: &Value, name: &str) -> Option<NaiveDate> {
    invoice[name].as_str().map(|day| day.parse().unwrap())
}

async fn characters(server: &Server) -> HashMap<String, Character> {
    server
        .practice
        .characters(&server.administration())
        .unwrap()
        .into_iter()
        .collect()
}

async fn invoices(server: &Server, api: &Api, filter: &str) -> Vec<Value> {
    let a = server.administration();
    api.all(&format!(
        "{a}/sales_invoices.json?per_page=100&filter=period:20200101..20301231{filter}"
    ))
    .await
}

fn play(server: &Server, days: u64) {
    server
        .practice
        .advance(server.practice.status().now.date() + Days::new(days))
        .unwrap();
}

async fn one_administration(debtors: usize) -> Server {
    start_with(debtors, |config| config.administrations.truncate(1)).await
}

#[tokio::test]
async fn loyal_payers_are_sooner_than_slow_ones_and_the_unwilling_mostly_do_not_pay() {
    let server = one_administration(350).await;
    let api = server.connect().await.unchecked();
    let characters = characters(&server).await;
    let start = server.practice.status().now.date();
    play(&server, 90);
    let mut late: HashMap<Character, Vec<i64>> = HashMap::new();
    let mut unpaid: HashMap<Character, (usize, usize)> = HashMap::new();
    for invoice in invoices(&server, &api, "").await {
        let due = day(&invoice, "due_date").unwrap();
        if cents(&invoice["total_price_incl_tax"]) < 0 || due < start || due > start + Days::new(50) {
            continue;
        }
        let character = characters[invoice["contact_id"].as_str().unwrap()];
        let count = unpaid.entry(character).or_default();
        count.1 += 1;
        match day(&invoice, "paid_at") {
            Some(paid) => late.entry(character).or_default().push((paid - due).num_days()),
            None => count.0 += 1,
        }
    }
    let mean = |character: Character| late[&character].iter().sum::<i64>() / late[&character].len() as i64;
    assert!(mean(Character::Loyal) + 10 < mean(Character::Slow), "{late:?}");
    assert!(mean(Character::Loyal) <= 1);
    let share = |character: Character| unpaid[&character].0 * 100 / unpaid[&character].1;
    assert!(share(Character::WillNotPay) > 60, "{unpaid:?}");
    assert!(share(Character::Loyal) < 8, "{unpaid:?}");
}

/// The share of overdue invoices of a character that is paid after some days, when `reach` was done first.
async fn paid_after(character: Character, days: u64, reach: Option<(Channel, Level, bool)>) -> usize {
    let server = one_administration(700).await;
    let api = server.connect().await.unchecked();
    let characters = characters(&server).await;
    let late = invoices(&server, &api, ",state:late|reminded").await;
    let chosen: Vec<&Value> = late
        .iter()
        .filter(|invoice| characters[invoice["contact_id"].as_str().unwrap()] == character)
        .filter(|invoice| cents(&invoice["total_unpaid"]) > 0)
        .collect();
    assert!(chosen.len() >= 15, "{} of {character:?}", chosen.len());
    if let Some((channel, level, plan)) = reach {
        for invoice in &chosen {
            let contacted = Contacted {
                contact_id: invoice["contact_id"].as_str().unwrap().to_owned(),
                sales_invoice_ids: vec![invoice["id"].as_str().unwrap().to_owned()],
                level,
                channel,
                plan,
            };
            server.practice.contacted(&contacted).unwrap();
        }
    }
    play(&server, days);
    let mut better = 0;
    for invoice in &chosen {
        let now = api
            .get(&format!(
                "{}/sales_invoices/{}.json",
                server.administration(),
                invoice["id"].as_str().unwrap()
            ))
            .await;
        better += usize::from(cents(&now.body["total_unpaid"]) < cents(&invoice["total_unpaid"]));
    }
    better * 100 / chosen.len()
}

#[tokio::test]
async fn a_reminder_brings_forgetters_to_pay_and_a_call_more_so() {
    let left_alone = paid_after(Character::Forgetter, 10, None).await;
    let mailed = paid_after(
        Character::Forgetter,
        10,
        Some((Channel::Email, Level::Reminder, false)),
    )
    .await;
    let called = paid_after(
        Character::Forgetter,
        10,
        Some((Channel::Call, Level::Reminder, false)),
    )
    .await;
    println!("forgetters: {left_alone} % left alone, {mailed} % mailed, {called} % called");
    assert!(left_alone + 25 < mailed && mailed < called);
}

#[tokio::test]
async fn a_plan_helps_those_who_cannot_pay() {
    let reminded = paid_after(
        Character::CannotPay,
        20,
        Some((Channel::Email, Level::Reminder, false)),
    )
    .await;
    let offered = paid_after(
        Character::CannotPay,
        20,
        Some((Channel::Email, Level::Reminder, true)),
    )
    .await;
    println!("cannot pay: {reminded} % reminded, {offered} % with a plan offered");
    assert!(reminded + 25 < offered);
}

#[tokio::test]
async fn the_unwilling_hardly_react_and_firmness_helps_with_the_slow() {
    let unwilling = paid_after(
        Character::WillNotPay,
        20,
        Some((Channel::Email, Level::Reminder, false)),
    )
    .await;
    assert!(unwilling < 25, "{unwilling}");
    let slow = paid_after(
        Character::Slow,
        12,
        Some((Channel::Email, Level::Reminder, false)),
    )
    .await;
    let firm = paid_after(Character::Slow, 12, Some((Channel::Email, Level::Final, false))).await;
    assert!(slow < firm, "{slow} {firm}");
}

#[tokio::test]
async fn a_mail_is_matched_by_address_and_invoice_number() {
    let server = start(30).await;
    let api = server.connect().await.unchecked();
    let a = server.administration();
    let showcase = server.practice.status().administrations[0].showcase.clone();
    let one = showcase.iter().find(|one| one.role == Role::Forgetter).unwrap();
    let contact = api
        .get(&format!("{a}/contacts/{}.json", one.contact_id))
        .await
        .body;
    let text = format!(
        "Geachte heer/mevrouw,\n\nHerinnering: factuur {} staat open.",
        one.invoice_id
    );
    send(
        &server.practice,
        mail(contact["email"].as_str().unwrap(), "Betalingsherinnering", &text),
    )
    .await
    .unwrap();
    send(
        &server.practice,
        mail("onbekend@nergens.example", "Betalingsherinnering", &text),
    )
    .await
    .unwrap();
    let played = server.practice.advance("2026-11-30".parse().unwrap()).unwrap();
    assert_eq!(played[0].touches, 1);
    assert_eq!(played[1].touches, 0);
}

#[tokio::test]
async fn what_one_debtor_receives_does_not_shift_the_others() {
    let run = |contacted: bool| async move {
        let server = one_administration(60).await;
        let api = server.connect().await.unchecked();
        let one = server.practice.status().administrations[0].showcase[0].clone();
        if contacted {
            let touch = Contacted {
                contact_id: one.contact_id.clone(),
                sales_invoice_ids: Vec::new(),
                level: Level::Final,
                channel: Channel::Call,
                plan: false,
            };
            server.practice.contacted(&touch).unwrap();
        }
        play(&server, 40);
        let all = invoices(&server, &api, "").await;
        let others = all
            .into_iter()
            .filter(|invoice| invoice["contact_id"] != one.contact_id.as_str());
        others
            .map(|invoice| {
                let fields = [
                    "contact_id",
                    "invoice_date",
                    "total_price_incl_tax",
                    "total_paid",
                    "paid_at",
                ];
                fields.map(|name| invoice[name].clone())
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(run(true).await, run(false).await);
}

#[tokio::test]
async fn duplicates_annoy_and_are_complained_about() {
    let server = start(20).await;
    let api = server.connect().await.unchecked();
    let one = server.practice.status().administrations[0].showcase[0].clone();
    let touch = Contacted {
        contact_id: one.contact_id.clone(),
        sales_invoice_ids: vec![one.sales_invoice_id.clone()],
        level: Level::Reminder,
        channel: Channel::Email,
        plan: false,
    };
    for _ in 0..3 {
        server.practice.contacted(&touch).unwrap();
    }
    let contact = api
        .get(&format!(
            "{}/contacts/{}.json",
            server.administration(),
            one.contact_id
        ))
        .await
        .body;
    assert!(
        contact["notes"][0]["note"].as_str().unwrap().contains("klaagt"),
        "{contact}"
    );
}
