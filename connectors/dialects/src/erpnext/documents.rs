//! The administration as documents of ERPNext.

use chrono_tz::Tz;
use maan_ledger::{Currency, Moment, Money};
use serde_json::{Value, json};

use super::ledger;
use crate::model::{Customer, Invoice, Order, OrderKind, Payment, State};
use crate::server::World;

/// How many absurd documents there are: year 9999, an unknown currency, ten million letters, an unknown state, an amount
/// beyond all measure, a negative total.
pub(super) const ABSURD: usize = 6;
/// Which of them is an invoice with a negative total.
pub(super) const NEGATIVE: usize = 5;

const COUNTRIES: [(&str, &str); 4] = [
    ("Netherlands", "nl"),
    ("Belgium", "be"),
    ("Germany", "de"),
    ("United Kingdom", "gb"),
];

/// All documents of a type, or rows of a table; none when there is no such type.
pub(super) fn all(world: &World, doctype: &str) -> Option<Vec<Value>> {
    let model = &world.model;
    match doctype {
        "Company" => Some(vec![json!({
            "name": model.name, "company_name": model.name, "country": "Netherlands", "default_currency": "EUR",
        })]),
        "Country" => Some(
            COUNTRIES
                .iter()
                .map(|(name, code)| json!({ "name": name, "code": code }))
                .collect(),
        ),
        "Customer" => Some(customers(world)),
        "Customer Credit Limit" => Some(
            customers(world)
                .iter()
                .flat_map(|one| one["credit_limits"].as_array().unwrap().clone())
                .collect(),
        ),
        "Address" => Some(model.customers.iter().map(address).collect()),
        "Sales Invoice" => Some(invoices(world)),
        "Payment Ledger Entry" => Some(ledger::all(world)),
        "Quotation" => Some(orders(world, OrderKind::Quotation)),
        "Sales Order" => Some(orders(world, OrderKind::Order)),
        "Bank Transaction" => Some(model.payments.iter().map(|one| transaction(world, one)).collect()),
        _ => None,
    }
}

/// In the time of the site, without saying so.
pub(super) fn at(moment: Moment) -> String {
    let local = moment.to_utc().with_timezone(&Tz::Europe__Amsterdam);
    local.format("%Y-%m-%d %H:%M:%S%.6f").to_string()
}

/// A floating point number.
pub(super) fn float(money: Money) -> f64 {
    money.decimal().to_string().parse().unwrap()
}

fn or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

fn customers(world: &World) -> Vec<Value> {
    let mut all: Vec<Value> = world
        .model
        .customers
        .iter()
        .map(|one| customer(world, one))
        .collect();
    if world.absurd.contains(&2) {
        let mut absurd = customer(world, world.model.customer("1001"));
        absurd["name"] = json!("19999");
        absurd["customer_name"] = json!("é".repeat(10_000_000));
        all.push(absurd);
    }
    all
}

fn customer(world: &World, one: &Customer) -> Value {
    let person = format!("{} {}", one.first_name, one.last_name);
    let is_company = !one.company.is_empty();
    let limit = |company: &str, limit: i64| {
        json!({
            "name": format!("{}-{company}", one.number), "parent": one.number, "company": company,
            "credit_limit": float(Money::new(limit, Currency::EUR)), "bypass_credit_limit_check": 0,
        })
    };
    // another company of the site has a limit of its own
    let limits: Vec<Value> = one
        .limit
        .map(|own| limit(world.model.name, own))
        .into_iter()
        .chain([limit("Zuiderlicht BV", 77_00)])
        .collect();
    json!({
        "name": one.number, "customer_name": if is_company { one.company } else { &person },
        "customer_type": if is_company { "Company" } else { "Individual" }, "tax_id": or_null(one.vat),
        "language": or_null(one.language), "is_frozen": u8::from(one.held), "email_id": or_null(one.email),
        "mobile_no": null, "customer_primary_address": format!("{}-Billing", one.number), "credit_limits": limits,
        "creation": at(one.stamp.created), "modified": at(one.stamp.changed),
    })
}

fn address(one: &Customer) -> Value {
    let country = COUNTRIES
        .iter()
        .find(|(_, code)| code.eq_ignore_ascii_case(one.country));
    json!({
        "name": format!("{}-Billing", one.number), "address_line1": one.street, "address_line2": null, "city": one.city,
        "pincode": one.postal_code, "country": country.map(|(name, _)| name), "phone": null,
    })
}

fn invoices(world: &World) -> Vec<Value> {
    let model = &world.model;
    let mut all: Vec<Value> = model.invoices.iter().map(|one| invoice(world, one)).collect();
    // cancelled, and of another company
    for (name, status, company) in [("cancelled", 2, model.name), ("elsewhere", 1, "Zuiderlicht BV")] {
        let mut other = invoice(world, &model.invoices[0]);
        (other["name"], other["docstatus"], other["company"]) = (json!(name), json!(status), json!(company));
        all.push(other);
    }
    for absurd in world.absurd.iter().filter(|one| **one != 2) {
        let mut odd = invoice(world, model.invoice("20260001"));
        odd["name"] = json!(format!("absurd-{absurd}"));
        match *absurd {
            0 => odd["due_date"] = json!("9999-12-31"),
            1 => odd["currency"] = json!("???"),
            3 => odd["docstatus"] = json!(9),
            NEGATIVE => odd["grand_total"] = json!(-100.0),
            _ => odd["grand_total"] = json!(1e300),
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
    json!({
        "name": one.number, "customer": one.customer, "company": world.model.name,
        "customer_name": customer.map(|customer| format!("{}{}", customer.company, customer.last_name)),
        "posting_date": one.issued.to_string(), "due_date": one.due.to_string(),
        "currency": one.amount.currency.code(), "grand_total": float(one.amount),
        // rounding is switched off
        "rounded_total": 0.0, "is_return": u8::from(one.amount.minor < 0), "return_against": one.corrects,
        "po_no": or_null(one.reference), "docstatus": u8::from(one.state != State::Draft),
        "creation": at(one.stamp.created), "modified": at(one.stamp.changed),
    })
}

fn orders(world: &World, kind: OrderKind) -> Vec<Value> {
    let all = world.model.orders.iter().filter(|one| one.kind == kind);
    let mut all: Vec<Value> = all.map(|one| order(world, one)).collect();
    if kind == OrderKind::Quotation
        && let Some(first) = all.first().cloned()
    {
        // for somebody who is no customer yet
        let mut lead = first;
        (lead["name"], lead["quotation_to"], lead["party_name"]) =
            (json!("lead"), json!("Lead"), json!("L-1"));
        all.push(lead);
    }
    all
}

fn order(world: &World, one: &Order) -> Value {
    let status = match (one.kind, one.accepted) {
        (OrderKind::Quotation, false) => "Open",
        (OrderKind::Quotation, true) => "Ordered",
        (OrderKind::Order, _) => "To Deliver and Bill",
    };
    let mut told = json!({
        "name": one.number, "company": world.model.name, "transaction_date": one.on.to_string(), "status": status,
        "currency": one.amount.currency.code(), "grand_total": float(one.amount), "rounded_total": float(one.amount),
        "creation": at(one.stamp.created), "modified": at(one.stamp.changed),
    });
    match one.kind {
        OrderKind::Quotation => {
            (told["quotation_to"], told["party_name"]) = (json!("Customer"), json!(one.customer));
        }
        OrderKind::Order => told["customer"] = json!(one.customer),
    }
    told
}

fn transaction(world: &World, one: &Payment) -> Value {
    json!({ "name": one.number, "company": world.model.name, "docstatus": 1, "date": one.on.to_string() })
}
