//! The administration as records of Tryton, with their relations as whole records.

use maan_ledger::{Day, Moment, Money};
use serde_json::{Value, json};

use super::rows;
use crate::model::{Administration, Customer, Invoice, Order, OrderKind, State};
use crate::server::World;

/// How many absurd records there are: year 9999, an unknown currency, ten million letters, an unknown state.
pub(super) const ABSURD: usize = 4;

/// All records of a model; none when there is no such model.
pub(super) fn all(world: &World, model: &str) -> Option<Vec<Value>> {
    match model {
        "ir.model" => {
            let models = ["account.invoice", "party.party.credit_limit_amount", "sale.sale"];
            let all = models.iter().enumerate();
            Some(
                all.map(|(ix, name)| json!({ "id": ix + 1, "__name__": "ir.model", "name": name }))
                    .collect(),
            )
        }
        "company.company" => Some(vec![company(world)]),
        "party.party" => Some(parties(world)),
        "account.invoice" => Some(invoices(world)),
        "account.move.line" => Some(rows::bank(world)),
        "sale.sale" => Some(world.model.orders.iter().map(|one| sale(world, one)).collect()),
        _ => None,
    }
}

pub(super) fn date(day: Day) -> Value {
    let text = day.to_string();
    let parts: Vec<i64> = text.split('-').map(|part| part.parse().unwrap()).collect();
    json!({ "__class__": "date", "year": parts[0], "month": parts[1], "day": parts[2] })
}

pub(super) fn at(moment: Moment) -> Value {
    let utc = moment.to_utc();
    let number = |format: &str| utc.format(format).to_string().parse::<i64>().unwrap();
    json!({
        "__class__": "datetime", "year": number("%Y"), "month": number("%m"), "day": number("%d"), "hour": number("%H"),
        "minute": number("%M"), "second": number("%S"), "microsecond": moment.0.rem_euclid(1_000_000),
    })
}

pub(super) fn decimal(money: Money) -> Value {
    json!({ "__class__": "Decimal", "decimal": money.decimal().to_string() })
}

/// A record of a model, with its id.
pub(super) fn record(model: &str, id: impl Into<Value>, mut fields: Value) -> Value {
    fields["id"] = id.into();
    fields["__name__"] = json!(model);
    fields
}

fn or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

pub(super) fn number(text: &str) -> u64 {
    text.parse().unwrap()
}

fn company_id(world: &World) -> u64 {
    number(world.model.id)
}

fn company(world: &World) -> Value {
    let own = json!({
        "name": world.model.name, "lang": code("ir.lang", 1, "nl"),
        "addresses": [record("party.address", 1, json!({ "country": code("country.country", 1, "NL") }))],
    });
    record(
        "company.company",
        company_id(world),
        json!({
            "party": record("party.party", 1, own), "currency": currency("EUR"), "timezone": "Europe/Amsterdam",
        }),
    )
}

fn code(model: &str, id: u64, code: &str) -> Value {
    record(model, id, json!({ "code": code }))
}

pub(super) fn currency(of: &str) -> Value {
    let codes = ["EUR", "USD", "GBP"];
    let id = codes.iter().position(|code| *code == of).unwrap_or(9);
    code("currency.currency", id as u64 + 1, of)
}

fn parties(world: &World) -> Vec<Value> {
    let own = Customer {
        number: "1",
        company: world.model.name,
        ..world.model.customers[0].clone()
    };
    let mut all: Vec<Value> = std::iter::once(&own)
        .chain(&world.model.customers)
        .map(party)
        .collect();
    if world.absurd.contains(&2) {
        let mut absurd = party(world.model.customer("1001"));
        absurd["id"] = json!(19_999);
        absurd["name"] = json!("é".repeat(10_000_000));
        all.push(absurd);
    }
    all
}

fn party(customer: &Customer) -> Value {
    let id = number(customer.number);
    let person = format!("{} {}", customer.first_name, customer.last_name);
    let name = if customer.company.is_empty() {
        person.as_str()
    } else {
        customer.company
    };
    let write_date = at(customer.stamp.changed);
    let mut identifiers = Vec::new();
    let mut identify = |kind: &str, code: &str| {
        if !code.is_empty() {
            let fields = json!({ "type": kind, "code": code, "write_date": write_date });
            identifiers.push(record(
                "party.identifier",
                id * 10 + identifiers.len() as u64,
                fields,
            ));
        }
    };
    match customer.country {
        "DE" => identify("de_handelsregisternummer", customer.registration),
        "BE" => identify("be_businessid", customer.registration),
        _ => {}
    }
    let european = customer.country != "GB";
    identify(if european { "eu_vat" } else { "gb_vat" }, customer.vat);
    let country = code("country.country", 7, customer.country);
    let address = json!({
        "street": customer.street, "postal_code": customer.postal_code, "city": customer.city, "country": country,
        "write_date": Value::Null,
    });
    let mechanisms = if customer.email.is_empty() {
        Vec::new()
    } else {
        let fields = json!({ "type": "email", "value": customer.email, "name": null, "write_date": null });
        vec![record("party.contact_mechanism", id, fields)]
    };
    record(
        "party.party",
        id,
        json!({
            "name": name, "code": customer.number, "active": true, "identifiers": identifiers,
            "lang": if customer.language.is_empty() { Value::Null } else { code("ir.lang", 3, customer.language) },
            "addresses": [record("party.address", id, address)], "contact_mechanisms": mechanisms,
            "credit_limit_amount": customer.limit.map(|limit| decimal(Money::new(limit, Administration::CURRENCY))),
            "create_date": at(customer.stamp.created), "write_date": write_date,
        }),
    )
}

fn invoices(world: &World) -> Vec<Value> {
    let model = &world.model;
    let mut all: Vec<Value> = model.invoices.iter().map(|one| invoice(world, one)).collect();
    // bought, and cancelled by a move of its own: neither is owed by a customer
    let back = record("account.move", 4, json!({ "origin": "account.move,3" }));
    for (id, kind, state, cancel) in [(7, "in", "posted", Value::Null), (8, "out", "cancelled", back)] {
        let mut other = invoice(world, &model.invoices[0]);
        (other["id"], other["type"], other["state"], other["cancel_move"]) =
            (json!(id), json!(kind), json!(state), cancel);
        all.push(other);
    }
    for absurd in world.absurd.iter().filter(|one| **one != 2) {
        let mut odd = invoice(world, model.invoice("20260001"));
        odd["id"] = json!(29_990 + absurd);
        match absurd {
            0 => odd["lines_to_pay"][0]["maturity_date"]["year"] = json!(9_999),
            1 => odd["currency"] = currency("???"),
            _ => odd["state"] = json!("disputed"),
        }
        all.push(odd);
    }
    all
}

fn invoice(world: &World, one: &Invoice) -> Value {
    let model = &world.model;
    let rows = rows::of(model, one);
    // an invoice that is credited in full is cancelled by the booking of its credit note
    let uses = model.uses(one.number);
    let note = uses
        .first()
        .and_then(|used| used.credit_note)
        .filter(|_| rows.paid);
    let cancel = note.map(|note| {
        record(
            "account.move",
            number(note),
            json!({ "origin": format!("account.invoice,{note}") }),
        )
    });
    let state = match one.state {
        State::Draft => "draft",
        State::Issued if cancel.is_some() => "cancelled",
        State::Issued | State::Uncollectible if rows.paid => "paid",
        State::Issued | State::Uncollectible => "posted",
    };
    let customer = model
        .customers
        .iter()
        .find(|customer| customer.number == one.customer);
    let origin = one
        .corrects
        .map(|invoice| record("account.invoice", number(invoice), json!({})));
    record(
        "account.invoice",
        number(one.number),
        json!({
            "number": if one.state == State::Draft { Value::Null } else { json!(one.number) },
            "type": "out", "state": state, "company": company(world), "cancel_move": cancel, "party": customer.map(party),
            "invoice_date": if one.state == State::Draft { Value::Null } else { date(one.issued) },
            "reference": or_null(one.reference), "total_amount": decimal(one.amount),
            "currency": currency(one.amount.currency.code()), "origin_invoices": origin.into_iter().collect::<Vec<_>>(),
            "lines_to_pay": rows.to_pay, "payment_lines": rows.payments,
            "create_date": at(one.stamp.created), "write_date": at(one.stamp.changed),
        }),
    )
}

fn sale(world: &World, order: &Order) -> Value {
    let party = party(world.model.customer(order.customer));
    let quotation = order.kind == OrderKind::Quotation;
    record(
        "sale.sale",
        number(order.number),
        json!({
            "number": order.number, "state": if order.accepted { "processing" } else { "quotation" },
            "invoice_state": if order.accepted { "pending" } else { "none" }, "company": company(world), "party": party,
            "invoice_party": null, "total_amount": decimal(order.amount), "currency": currency(order.amount.currency.code()),
            "sale_date": if order.accepted && !quotation { date(order.on) } else { Value::Null },
            "quotation_date": date(order.on), "quotation_expire": quotation.then(|| date(order.on.plus(30))),
            "create_date": at(order.stamp.created), "write_date": at(order.stamp.changed),
        }),
    )
}
