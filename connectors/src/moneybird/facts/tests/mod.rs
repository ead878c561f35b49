//! Records as the specification shows them, and the facts that follow, written by hand.

mod again;
mod contact;
mod invoice;
mod order_and_bank;

use maan_ledger::{
    Allocation, Body, Channel, Country, Currency, Day, DebtorKind, Delivery, DeliveryState, Fact,
    ItemDescription, ItemKind, ItemState, Known, LanguageSource, Moment, Money, OrderState, Source,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::dto;
use super::*;
use crate::mapping::{Context, Mapped};
use crate::{Batch, Entity, Ids, Progress, ReadRecord, changes};

const IDS: Ids = Ids(Uuid::from_u128(7));
const NOW: Moment = Moment(1_795_291_200_000_000); // 2026-11-21 20:00 UTC

fn context(history: bool) -> Context<'static> {
    Context {
        ids: IDS,
        zone: chrono_tz::Tz::Europe__Amsterdam,
        language: "nl",
        currency: "EUR",
        history,
        at: NOW,
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn eur(text: &str) -> Money {
    Money::parse(text, Currency::EUR).unwrap()
}

fn at(stamp: &str) -> Moment {
    Moment::from_utc(stamp.parse().unwrap())
}

fn open_invoice() -> Value {
    json!({
        "id": "9001", "contact_id": "42", "contact": {"id": "42", "delivery_method": "Manual"}, "invoice_id": "2026-0003",
        "state": "open", "invoice_date": "2026-08-21", "due_date": "2026-09-04", "reference": "PO 12", "language": "nl",
        "currency": "EUR", "original_sales_invoice_id": null, "sent_at": "2026-08-21", "total_price_incl_tax": "363.0",
        "total_unpaid": "363.0", "payment_url": "https://pay.example/1", "created_at": "2026-08-21T13:50:19.001Z",
        "updated_at": "2026-08-21T13:50:19.129Z", "version": 1787320219, "payments": [], "notes": [], "paused": false
    })
}

fn with(mut record: Value, changed: Value) -> Value {
    for (key, value) in changed.as_object().unwrap() {
        record[key] = value.clone();
    }
    record
}

fn payment(id: &str, price: &str, on: &str) -> Value {
    json!({
        "id": id, "price": price, "payment_date": on, "credit_invoice_id": null, "financial_account_id": "5",
        "financial_mutation_id": "6", "transaction_identifier": null, "created_at": format!("{on}T20:00:00.000Z")
    })
}

fn mapped(record: &Value, history: bool) -> Mapped {
    let dto: dto::Invoice = serde_json::from_value(record.clone()).unwrap();
    invoice(&context(history), &dto).unwrap()
}

fn problem(record: &Value) -> String {
    let dto: dto::Invoice = serde_json::from_value(record.clone()).unwrap();
    invoice(&context(true), &dto).unwrap_err().to_string()
}

fn described() -> ItemDescription {
    ItemDescription {
        item: IDS.item("9001"),
        reference: "9001".to_owned(),
        number: "2026-0003".to_owned(),
        kind: ItemKind::Invoice,
        state: ItemState::Issued,
        issued: day("2026-08-21"),
        due: day("2026-09-04"),
        amount: eur("363.00"),
        order_reference: "PO 12".to_owned(),
        corrects: None,
        payment_link: "https://pay.example/1".to_owned(),
    }
}

fn item_fact(description: ItemDescription) -> Fact {
    Fact {
        happened: description.issued,
        known: Known::Assumed(at("2026-08-21T13:50:19.001Z")),
        body: Body::ItemDescribed(description),
    }
}

fn allocation(payment: &str, amount: Money, on: &str, source: Source) -> Fact {
    let credit = if source == Source::Direct { "" } else { "9002" };
    Fact {
        happened: day(on),
        known: Known::Assumed(at(&format!("{on}T20:00:00Z"))),
        body: Body::Allocated(Allocation {
            allocation: IDS.allocation(payment, &format!("{amount}/{on}/{credit}")),
            source,
            item: IDS.item("9001"),
            amount,
            on: day(on),
        }),
    }
}

fn record(mapped: Mapped, deleted: bool) -> ReadRecord {
    ReadRecord {
        reference: "9001".to_owned(),
        version: 1,
        debtor: mapped.debtor,
        alias: mapped.alias,
        language: mapped.language,
        facts: mapped.facts,
        with_payments: mapped.with_payments,
        deleted,
        ends: deleted.then(|| "9001".to_owned()),
        problem: mapped.problem,
    }
}

fn batch(entity: Entity) -> Batch {
    let progress = Progress {
        read: 1,
        total: 1,
        complete: true,
    };
    Batch {
        entity,
        ids: IDS,
        at: NOW,
        today: day("2026-11-21"),
        records: Vec::new(),
        cursor: None,
        progress,
    }
}

/// What is added for an invoice, and kept with what was known.
fn keep(known: &mut Vec<Fact>, mapped: Mapped) -> Vec<Body> {
    let new = changes(&batch(Entity::Invoice), &record(mapped, false), known);
    known.extend(new.clone());
    new.into_iter().map(|fact| fact.body).collect()
}

fn company() -> Value {
    json!({
        "id": "42", "company_name": "Foobar Holding B.V.", "firstname": "Ann", "lastname": "Peeters", "address1": "Hoofdstraat 12",
        "zipcode": "1234AB", "city": "Amsterdam", "country": "NL", "phone": "020-1", "delivery_method": "Email",
        "customer_id": "K1", "tax_number": "NL001", "chamber_of_commerce": "12345678", "attention": "Ann Peeters",
        "email": "info@example.com", "send_invoices_to_attention": "", "send_invoices_to_email": "ap@example.com, info@example.com; x",
        "sepa_iban": "nl02 abna 0123 4567 89", "created_at": "2025-01-02T23:30:00.000Z", "updated_at": "2026-08-21T13:50:18.626Z",
        "contact_people": [{"firstname": "Jo", "lastname": "Smit", "email": "jo@example.com", "phone": null, "department": "Crediteuren"}]
    })
}

fn debtor_of(record: &Value, history: bool) -> (Fact, maan_ledger::DebtorDescription) {
    let dto: dto::Contact = serde_json::from_value(record.clone()).unwrap();
    let fact = debtor(&context(history), &dto).unwrap();
    let Body::DebtorDescribed(description) = fact.body.clone() else {
        panic!("{fact:?}")
    };
    (fact, description)
}
