//! The administration as records of Odoo, with their relations as whole records.

use maan_ledger::{Moment, Money};
use serde_json::{Value, json};

use super::rows;
use crate::model::{Customer, Invoice, Order, OrderKind, State};
use crate::server::World;

/// How many absurd records there are: year 9999, an unknown currency, ten million letters, an unknown state, an amount
/// beyond all measure, a negative total.
pub(super) const ABSURD: usize = 6;
/// Which of them is an invoice with a negative total.
pub(super) const NEGATIVE: usize = 5;

/// All records of a model; none when there is no such model.
pub(super) fn all(world: &World, model: &str) -> Option<Vec<Value>> {
    match model {
        "res.company" => Some(vec![company(world)]),
        "res.partner" => Some(partners(world)),
        "account.move" => Some(moves(world)),
        "account.move.line" => Some(rows::all(world)),
        "account.partial.reconcile" => Some(rows::matches(world)),
        "sale.order" => Some(world.model.orders.iter().map(|one| sale(world, one)).collect()),
        _ => None,
    }
}

pub(super) fn number(text: &str) -> u64 {
    text.parse().unwrap()
}

/// A stamp in UTC, without saying so.
pub(super) fn at(moment: Moment) -> String {
    moment.to_utc().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// A floating point number.
pub(super) fn float(money: Money) -> f64 {
    money.decimal().to_string().parse().unwrap()
}

fn or_false(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

pub(super) fn currency(code: &str) -> Value {
    json!({ "id": 1, "name": code })
}

pub(super) fn company(world: &World) -> Value {
    json!({
        "id": number(world.model.id), "name": world.model.name, "currency_id": currency("EUR"), "country_code": "NL",
        "partner_id": { "id": 1, "name": world.model.name },
    })
}

fn partners(world: &World) -> Vec<Value> {
    let mut all: Vec<Value> = world.model.customers.iter().map(partner).collect();
    let like = |id: u64, name: &str, rank: u64, commercial: u64| {
        let mut other = partner(world.model.customer("1001"));
        (other["id"], other["name"], other["customer_rank"]) = (json!(id), json!(name), json!(rank));
        other["commercial_partner_id"] = json!({ "id": commercial, "name": name });
        other
    };
    // the company itself, a supplier, and a person at a customer
    all.push(like(1, world.model.name, 0, 1));
    all.push(like(9_001, "Leverancier BV", 0, 9_001));
    all.push(like(5_004, "Inkoop", 1, 1_004));
    if world.absurd.contains(&2) {
        all.push(like(19_999, &"é".repeat(10_000_000), 1, 19_999));
    }
    all
}

fn partner(customer: &Customer) -> Value {
    let person = format!("{} {}", customer.first_name, customer.last_name);
    let is_company = !customer.company.is_empty();
    let name = if is_company { customer.company } else { &person };
    let id = number(customer.number);
    let lang = match customer.language {
        "" => Value::Null,
        "en" => json!("en_US"),
        language => json!(format!("{language}_NL")),
    };
    json!({
        "id": id, "name": name, "ref": customer.number, "is_company": is_company, "active": true, "company_id": null,
        "commercial_partner_id": { "id": id, "name": name }, "customer_rank": 1, "email": or_false(customer.email),
        "phone": null, "lang": lang, "tz": "Europe/Amsterdam", "vat": or_false(customer.vat),
        "company_registry": or_false(customer.registration), "street": customer.street, "street2": null,
        "zip": customer.postal_code, "city": customer.city, "country_code": customer.country,
        "credit_limit": customer.limit.map_or(0.0, |limit| float(Money::new(limit, maan_ledger::Currency::EUR))),
        "use_partner_credit_limit": customer.limit.is_some(),
        "create_date": at(customer.stamp.created), "write_date": at(customer.stamp.changed),
    })
}

fn moves(world: &World) -> Vec<Value> {
    let model = &world.model;
    let mut all: Vec<Value> = model.invoices.iter().map(|one| invoice(world, one)).collect();
    // bought, and cancelled: neither is owed by a customer
    for (id, kind, state) in [(7, "in_invoice", "posted"), (8, "out_invoice", "cancel")] {
        let mut other = invoice(world, &model.invoices[0]);
        (other["id"], other["move_type"], other["state"]) = (json!(id), json!(kind), json!(state));
        all.push(other);
    }
    for absurd in world.absurd.iter().filter(|one| **one != 2) {
        let mut odd = invoice(world, model.invoice("20260001"));
        odd["id"] = json!(29_990 + absurd);
        match *absurd {
            0 => odd["invoice_date_due"] = json!("9999-12-31"),
            1 => odd["currency_id"] = currency("???"),
            3 => odd["state"] = json!("disputed"),
            NEGATIVE => odd["amount_total"] = json!(-100.0),
            _ => odd["amount_total"] = json!(1e300),
        }
        all.push(odd);
    }
    all
}

fn invoice(world: &World, one: &Invoice) -> Value {
    let customer = world
        .model
        .customers
        .iter()
        .find(|customer| customer.number == one.customer);
    let total = Money::new(one.amount.minor.abs(), one.amount.currency);
    let is_draft = one.state == State::Draft;
    json!({
        "id": number(one.number), "name": if is_draft { Value::Null } else { json!(one.number) },
        "move_type": if one.amount.minor < 0 { "out_refund" } else { "out_invoice" },
        "state": if is_draft { "draft" } else { "posted" }, "company_id": company(world),
        "invoice_date": if is_draft { Value::Null } else { json!(one.issued.to_string()) },
        "invoice_date_due": one.due.to_string(), "amount_total": float(total),
        "currency_id": currency(one.amount.currency.code()), "commercial_partner_id": customer.map(partner),
        "ref": or_false(one.reference), "reversed_entry_id": one.corrects.map(|invoice| {
            json!({ "id": number(invoice), "name": invoice })
        }),
        "create_date": at(one.stamp.created), "write_date": at(one.stamp.changed),
    })
}

fn sale(world: &World, order: &Order) -> Value {
    let quotation = order.kind == OrderKind::Quotation;
    let partner = partner(world.model.customer(order.customer));
    // invoices of this customer go to a person there
    let invoiced = match order.customer {
        "1004" => json!({ "id": 5_004, "name": "Inkoop" }),
        _ => partner.clone(),
    };
    json!({
        "id": number(order.number), "name": order.number, "state": if order.accepted { "sale" } else { "sent" },
        "invoice_status": if order.accepted { "to invoice" } else { "no" }, "company_id": company(world),
        "partner_id": partner, "partner_invoice_id": invoiced, "amount_total": float(order.amount),
        "currency_id": currency(order.amount.currency.code()), "date_order": format!("{} 09:30:00", order.on),
        "validity_date": quotation.then(|| order.on.plus(30).to_string()),
        "create_date": at(order.stamp.created), "write_date": at(order.stamp.changed),
    })
}
