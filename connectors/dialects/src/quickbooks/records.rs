//! The administration as records of QuickBooks Online.

use maan_ledger::{Currency, Money};
use serde_json::{Value, json};

use super::stamp;
use crate::model::{Administration, Customer, Invoice, Kind, Order, OrderKind, Payment, Settlement, Stamp};
use crate::server::World;

/// How many absurd records there are: year 9999, an unknown currency, ten million letters, a negative total.
pub(super) const ABSURD: usize = 4;
/// Which of them is an invoice with a negative total.
pub(super) const NEGATIVE: usize = 3;

/// A JSON number with the decimals that it has.
fn number(minor: i64) -> Value {
    let money = Money::new(minor, Administration::CURRENCY);
    Value::Number(money.decimal().to_string().parse().unwrap())
}

fn currency(currency: Currency) -> Value {
    json!({ "value": currency.code(), "name": currency.code() })
}

/// All records of a kind; none for a kind that there is not. Of customers those that are active.
pub(super) fn all(world: &World, kind: &str) -> Option<Vec<Value>> {
    let model = &world.model;
    let invoices = |sign: i64| {
        model
            .invoices
            .iter()
            .filter(move |one| one.amount.minor.signum() == sign)
    };
    Some(match kind {
        "Customer" => {
            let mut rows: Vec<Value> = model.customers.iter().map(customer).collect();
            if world.absurd.contains(&2) {
                let mut absurd = customer(model.customer("1001"));
                absurd["Id"] = json!("1999");
                absurd["CompanyName"] = json!("é".repeat(10_000_000));
                rows.push(absurd);
            }
            rows
        }
        "Invoice" => {
            let issued = invoices(1).filter(|one| one.state != crate::model::State::Draft);
            let mut rows: Vec<Value> = issued.map(|one| sale(model, one)).collect();
            for absurd in world.absurd.iter().filter(|one| **one != 2) {
                let mut row = sale(model, model.invoice("20260001"));
                row["Id"] = json!(format!("2999{absurd}"));
                match *absurd {
                    0 => row["TxnDate"] = json!("9999-12-31"),
                    NEGATIVE => row["TotalAmt"] = json!(-100),
                    _ => row["CurrencyRef"] = json!({ "value": "???" }),
                }
                rows.push(row);
            }
            rows
        }
        "CreditMemo" => invoices(-1).map(|one| sale(model, one)).collect(),
        "Payment" => {
            let money = model.payments.iter().map(|one| payment(model, one));
            money
                .chain(model.settlements.iter().map(|one| settlement(model, one)))
                .collect()
        }
        "Estimate" => {
            let quotations = model.orders.iter().filter(|one| one.kind == OrderKind::Quotation);
            quotations.map(|one| estimate(model, one)).collect()
        }
        _ => return None,
    })
}

/// What change data capture tells of removed records. A customer cannot be deleted, only made inactive.
pub(super) fn removed(world: &World, kind: &str) -> Vec<Value> {
    let of = |one: Kind| match one {
        Kind::Customer => "Customer",
        Kind::Invoice => "Invoice",
        Kind::Payment => "Payment",
    };
    let gone = world.model.removed.iter().filter(|one| of(one.kind) == kind);
    gone.map(|one| {
        let meta = json!({ "LastUpdatedTime": stamp(one.stamp.changed) });
        if one.kind == Kind::Customer {
            json!({ "Id": one.number, "DisplayName": "Weg (deleted)", "Active": false, "MetaData": meta, "domain": "QBO" })
        } else {
            json!({ "Id": one.number, "status": "Deleted", "domain": "QBO", "MetaData": meta })
        }
    })
    .collect()
}

/// Ids are numbers, as text; versions rise with each change.
fn head(id: &str, stamps: Stamp) -> Value {
    json!({
        "Id": id, "SyncToken": stamps.sequence.to_string(), "domain": "QBO", "sparse": false,
        "MetaData": { "CreateTime": stamp(stamps.created), "LastUpdatedTime": stamp(stamps.changed) },
    })
}

fn with(mut record: Value, fields: Value) -> Value {
    for (name, value) in fields.as_object().unwrap() {
        record[name] = value.clone();
    }
    record
}

/// Countries are names, as people write them.
fn country(code: &str) -> &str {
    match code {
        "NL" => "Nederland",
        "BE" => "Belgique",
        "DE" => "Deutschland",
        "GB" => "UK",
        other => other,
    }
}

fn display_name(customer: &Customer) -> String {
    if customer.company.is_empty() {
        format!("{} {}", customer.first_name, customer.last_name)
    } else {
        customer.company.to_owned()
    }
}

fn customer(customer: &Customer) -> Value {
    let mut record = with(
        head(customer.number, customer.stamp),
        json!({
            "DisplayName": display_name(customer), "Active": true, "Job": false, "Taxable": true,
            "BillAddr": {
                "Id": "7", "Line1": customer.street, "City": customer.city, "PostalCode": customer.postal_code,
                "Country": country(customer.country),
            },
            "PreferredDeliveryMethod": "Email", "PrimaryEmailAddr": { "Address": customer.email },
            "CurrencyRef": currency(Administration::CURRENCY), "Balance": number(0), "Notes": "",
        }),
    );
    let optional = [
        ("CompanyName", customer.company),
        ("GivenName", customer.first_name),
        ("FamilyName", customer.last_name),
    ];
    for (field, value) in optional.iter().filter(|(_, value)| !value.is_empty()) {
        record[*field] = json!(value);
    }
    if !customer.vat.is_empty() {
        let shown: String = customer.vat.chars().skip(customer.vat.len() - 5).collect();
        record["PrimaryTaxIdentifier"] = json!(format!("XXXXXXX{shown}"));
    }
    if let Some(limit) = customer.limit {
        record["CreditLimit"] = number(limit);
    }
    record
}

fn customer_ref(model: &Administration, number: &str) -> Value {
    let found = model.customers.iter().find(|one| one.number == number);
    json!({ "value": number, "name": found.map(display_name).unwrap_or_default() })
}

/// An invoice or a credit memo: both have positive amounts.
fn sale(model: &Administration, invoice: &Invoice) -> Value {
    let open = model.open(invoice.number).minor;
    let open = if invoice.amount.minor < 0 {
        -open
    } else {
        open.max(0)
    };
    let mut record = with(
        head(invoice.number, model.touched(invoice.number)),
        json!({
            "DocNumber": invoice.number, "TxnDate": invoice.issued.to_string(), "DueDate": invoice.due.to_string(),
            "CustomerRef": customer_ref(model, invoice.customer), "CurrencyRef": currency(invoice.amount.currency),
            "ExchangeRate": 1, "TotalAmt": number(invoice.amount.minor.abs()), "Balance": number(open),
            "EmailStatus": "EmailSent", "PrintStatus": "NotSet", "Line": [], "LinkedTxn": [],
        }),
    );
    if invoice.amount.minor < 0 {
        record["RemainingCredit"] = number(open);
    }
    if !invoice.reference.is_empty() {
        record["CustomField"] = json!([
            { "DefinitionId": "1", "Name": "Crew #", "Type": "StringType" },
            { "DefinitionId": "2", "Name": "P.O. Number", "Type": "StringType", "StringValue": invoice.reference },
        ]);
    }
    record
}

fn line(id: &str, kind: &str, minor: i64) -> Value {
    json!({ "Amount": number(minor), "LinkedTxn": [{ "TxnId": id, "TxnType": kind }] })
}

/// How much of a payment went to its invoice: never more than the invoice.
fn used(model: &Administration, payment: &Payment) -> Option<(&'static str, i64)> {
    let invoice = payment.invoice?;
    let mut left = model.invoice(invoice).amount.minor;
    for used in model.uses(invoice) {
        let part = used.amount.minor.min(left);
        if used.number == payment.number {
            return Some((invoice, part));
        }
        left -= part;
    }
    None
}

fn payment(model: &Administration, payment: &Payment) -> Value {
    let used = used(model, payment);
    let left = payment.amount.minor - used.map_or(0, |(_, part)| part);
    let lines = used.map(|(invoice, part)| line(invoice, "Invoice", part));
    with(
        head(payment.number, payment.stamp),
        json!({
            "TxnDate": payment.on.to_string(), "CustomerRef": customer_ref(model, payment.customer),
            "CurrencyRef": currency(payment.amount.currency), "ExchangeRate": 1, "ProcessPayment": false,
            "TotalAmt": number(payment.amount.minor), "UnappliedAmt": number(left),
            "Line": lines.into_iter().collect::<Vec<Value>>(), "LinkedTxn": [],
        }),
    )
}

/// A credit memo is used by a payment of nothing that links both.
fn settlement(model: &Administration, one: &Settlement) -> Value {
    let customer = model.invoice(one.invoice).customer;
    let lines = [
        line(one.invoice, "Invoice", one.amount.minor),
        line(one.credit_note, "CreditMemo", one.amount.minor),
    ];
    with(
        head(one.number, one.stamp),
        json!({
            "TxnDate": one.on.to_string(), "CustomerRef": customer_ref(model, customer),
            "CurrencyRef": currency(one.amount.currency), "TotalAmt": number(0), "UnappliedAmt": number(0),
            "ProcessPayment": false, "Line": lines, "LinkedTxn": [],
        }),
    )
}

fn estimate(model: &Administration, order: &Order) -> Value {
    let mut record = with(
        head(order.number, order.stamp),
        json!({
            "DocNumber": order.number, "TxnDate": order.on.to_string(), "CustomerRef": customer_ref(model, order.customer),
            "CurrencyRef": currency(order.amount.currency), "TotalAmt": number(order.amount.minor),
            "TxnStatus": if order.accepted { "Accepted" } else { "Pending" }, "Line": [], "LinkedTxn": [],
        }),
    );
    if order.accepted {
        record["AcceptedDate"] = json!("2026-11-21");
    }
    record
}
