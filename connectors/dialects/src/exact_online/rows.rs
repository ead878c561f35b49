//! The administration as rows of Exact Online.

use maan_ledger::{Day, Moment, Money};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::model::{Administration, Customer, Invoice, Kind, OrderKind, Stamp, State};
use crate::server::World;

/// How many absurd rows there are: year 9999, an unknown currency, ten million letters.
pub(super) const ABSURD: usize = 3;

/// Ids are the same in every run.
pub(super) fn guid(kind: &str, number: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{kind}/{number}").as_bytes()).to_string()
}

fn date(day: Day) -> String {
    format!("/Date({})/", i64::from(day.0) * 86_400_000)
}

fn at(moment: Moment) -> String {
    format!("/Date({})/", moment.0 / 1_000)
}

/// A JSON number with the decimals that it has.
fn number(money: Money) -> Value {
    let text = money.decimal().to_string();
    Value::Number(text.parse().unwrap())
}

fn or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

pub(super) fn accounts(world: &World) -> Vec<Value> {
    let mut rows: Vec<Value> = world.model.customers.iter().map(account).collect();
    // a supplier, to whom nothing is sold
    rows.push(json!({
        "ID": guid("account", "9001"), "Timestamp": 1, "Code": padded("9001"), "Name": "Leverancier BV", "Status": null,
        "IsSales": false, "IsSupplier": true, "Country": "NL", "Created": at(Moment(0)), "Modified": at(Moment(0)),
    }));
    if world.absurd.contains(&2) {
        let mut absurd = account(world.model.customer("1001"));
        absurd["ID"] = json!(guid("account", "absurd"));
        absurd["Name"] = json!("é".repeat(10_000_000));
        rows.push(absurd);
    }
    rows
}

/// Codes are 18 wide, with blanks in front.
fn padded(code: &str) -> String {
    format!("{code:>18}")
}

fn account(customer: &Customer) -> Value {
    let person = format!("{} {}", customer.first_name, customer.last_name);
    let name = if customer.company.is_empty() {
        person.as_str()
    } else {
        customer.company
    };
    json!({
        "ID": guid("account", customer.number), "Timestamp": customer.stamp.sequence * 10, "Code": padded(customer.number),
        "Name": name, "AddressLine1": customer.street, "AddressLine2": null, "AddressLine3": null,
        "Postcode": customer.postal_code, "City": customer.city, "Country": format!("{} ", customer.country),
        "Language": or_null(customer.language), "Email": or_null(customer.email), "Phone": null,
        "VATNumber": or_null(customer.vat), "ChamberOfCommerce": or_null(customer.registration), "Status": "C",
        "IsSales": true, "Blocked": customer.held, "InvoicingMethod": 2,
        "CreditLineSales": customer.limit.map(|limit| number(Money::new(limit, Administration::CURRENCY))),
        "Created": at(customer.stamp.created), "Modified": at(customer.stamp.changed),
    })
}

/// Rows of all items, open and matched, and of money that was not used.
pub(super) fn terms(world: &World) -> Vec<Value> {
    let model = &world.model;
    let mut rows = Vec::new();
    for invoice in model.invoices.iter().filter(|one| one.state != State::Draft) {
        rows.extend(parts(model, invoice));
    }
    for payment in &model.payments {
        // what was used is matched, the rest is open
        let used = payment
            .invoice
            .map_or(0, |invoice| matched(model, invoice, payment.number));
        for (part, minor, status) in [("used", used, 50), ("rest", payment.amount.minor - used, 20)] {
            if minor == 0 {
                continue;
            }
            let amount = Money::new(-minor, payment.amount.currency);
            rows.push(row(model, payment.customer, &format!("{}/{part}", payment.number), payment.stamp, json!({
                "AmountFC": number(amount), "TransactionAmountFC": number(Money::new(-payment.amount.minor, amount.currency)),
                "Currency": amount.currency.code(), "InvoiceDate": date(payment.on), "DueDate": date(payment.on),
                "Status": status, "EndDate": if status == 50 { json!(date(payment.on)) } else { Value::Null },
                "TransactionType": 40, "TransactionEntryID": guid("entry", payment.number), "InvoiceNumber": null,
                "YourRef": null, "Description": "Betaling",
            })));
        }
    }
    for absurd in world.absurd.iter().filter(|one| **one < 2) {
        let mut odd = parts(model, model.invoice("20260001")).remove(0);
        odd["ID"] = json!(guid("term", &format!("absurd/{absurd}")));
        odd["TransactionEntryID"] = json!(guid("entry", &format!("absurd/{absurd}")));
        if *absurd == 0 {
            odd["InvoiceDate"] = json!("/Date(253402214400000)/");
        } else {
            odd["Currency"] = json!("???");
        }
        rows.push(odd);
    }
    rows
}

/// How much of a payment went to its invoice: never more than the invoice.
fn matched(model: &Administration, invoice: &str, payment: &str) -> i64 {
    let mut left = model.invoice(invoice).amount.minor;
    for used in model.uses(invoice) {
        let part = used.amount.minor.min(left);
        if used.number == payment {
            return part;
        }
        left -= part;
    }
    0
}

/// An item's rows: one for each use of it, one for what is open. A row keeps its id while it stays; the open one has
/// that of the item.
fn parts(model: &Administration, invoice: &Invoice) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut left = invoice.amount.minor;
    let mut part = |id: String, minor: i64, ended: Option<Day>, stamp: Stamp| {
        let amount = Money::new(minor, invoice.amount.currency);
        rows.push(row(model, invoice.customer, &id, stamp, json!({
            "AmountFC": number(amount), "TransactionAmountFC": number(invoice.amount), "Currency": amount.currency.code(),
            "InvoiceDate": date(invoice.issued), "DueDate": date(invoice.due), "TransactionDueDate": date(invoice.due),
            "Status": if ended.is_some() { 50 } else { 20 }, "EndDate": ended.map(date), "LastPaymentDate": ended.map(date),
            "TransactionType": if invoice.amount.minor < 0 { 21 } else { 20 },
            "TransactionEntryID": guid("entry", invoice.number), "InvoiceNumber": invoice.number.parse::<u64>().unwrap(),
            "YourRef": or_null(invoice.reference), "Description": null,
        })));
    };
    // the transaction's rows are all new when it is edited
    let newer = |stamp: Stamp| {
        if invoice.stamp.sequence > stamp.sequence {
            invoice.stamp
        } else {
            stamp
        }
    };
    for used in model.uses(invoice.number) {
        let minor = used.amount.minor.min(left);
        left -= minor;
        part(
            format!("{}/{}", invoice.number, used.number),
            minor,
            Some(used.on),
            newer(used.stamp),
        );
    }
    for one in model
        .settlements
        .iter()
        .filter(|one| one.credit_note == invoice.number)
    {
        left += one.amount.minor;
        part(
            format!("{}/{}", invoice.number, one.number),
            -one.amount.minor,
            Some(one.on),
            newer(one.stamp),
        );
    }
    if left != 0 {
        part(
            invoice.number.to_owned(),
            left,
            None,
            model.touched(invoice.number),
        );
    }
    rows
}

fn row(model: &Administration, customer: &str, id: &str, stamp: Stamp, fields: Value) -> Value {
    let name = model
        .customers
        .iter()
        .find(|one| one.number == customer)
        .map(|one| one.company);
    let mut row = json!({
        "ID": guid("term", id), "Timestamp": stamp.sequence * 10, "Account": guid("account", customer),
        "AccountCode": padded(customer), "AccountName": name, "LineType": 20, "Created": at(stamp.created),
        "Modified": at(stamp.changed),
    });
    for (name, value) in fields.as_object().unwrap() {
        row[name] = value.clone();
    }
    row
}

/// What was removed: records of the model, and rows of items that were merged into others.
pub(super) fn deleted(world: &World) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut add = |kind: u32, key: String, stamp: Stamp| {
        let id = guid("deletion", &key);
        rows.push(json!({
            "ID": id, "EntityType": kind, "EntityKey": key, "Timestamp": stamp.sequence * 10,
            "DeletedDate": at(stamp.changed),
        }));
    };
    // another kind of record that nobody here reads
    let old = Stamp {
        created: Moment(0),
        changed: Moment(0),
        sequence: 1,
    };
    add(9, guid("item", "1"), old);
    for removed in &world.model.removed {
        match removed.kind {
            Kind::Customer => add(2, guid("account", removed.number), removed.stamp),
            Kind::Invoice => add(10, guid("term", removed.number), removed.stamp),
            Kind::Payment => {
                // the matched row of its invoice goes with it
                add(
                    10,
                    guid("term", &format!("{}/used", removed.number)),
                    removed.stamp,
                );
                for invoice in &world.model.invoices {
                    let key = guid("term", &format!("{}/{}", invoice.number, removed.number));
                    add(10, key, removed.stamp);
                }
            }
        }
    }
    // an item that is matched in full has no open row any more
    for invoice in &world.model.invoices {
        if invoice.state != State::Draft && world.model.open(invoice.number).minor == 0 {
            add(
                10,
                guid("term", invoice.number),
                world.model.touched(invoice.number),
            );
        }
    }
    rows
}

pub(super) fn quotations(world: &World) -> Vec<Value> {
    let orders = world
        .model
        .orders
        .iter()
        .filter(|one| one.kind == OrderKind::Quotation);
    let row = |one: &crate::model::Order| {
        json!({
            "QuotationID": guid("quotation", one.number), "QuotationNumber": one.number.parse::<u64>().unwrap(),
            "OrderAccount": guid("account", one.customer), "QuotationDate": date(one.on), "Currency": one.amount.currency.code(),
            "AmountFC": number(one.amount), "Status": if one.accepted { 50 } else { 25 },
            "CloseDate": one.accepted.then(|| date(Day::at(one.stamp.changed, "Europe/Amsterdam".parse().unwrap()))),
            "Created": at(one.stamp.created), "Modified": at(one.stamp.changed),
        })
    };
    orders.map(row).collect()
}

pub(super) fn orders(world: &World) -> Vec<Value> {
    let orders = world
        .model
        .orders
        .iter()
        .filter(|one| one.kind == OrderKind::Order);
    let row = |one: &crate::model::Order| {
        json!({
            "OrderID": guid("order", one.number), "OrderNumber": one.number.parse::<u64>().unwrap(),
            "OrderedBy": guid("account", one.customer), "OrderDate": date(one.on), "Currency": one.amount.currency.code(),
            "AmountFC": number(one.amount), "Status": 12, "InvoiceStatus": 12,
            "Created": at(one.stamp.created), "Modified": at(one.stamp.changed),
        })
    };
    orders.map(row).collect()
}

pub(super) fn bank(world: &World) -> Vec<Value> {
    let newest = world.model.payments.iter().map(|one| one.on).max();
    newest.into_iter().map(|on| json!({ "Date": date(on) })).collect()
}
