//! The administration as records of Business Central. The company's own currency and an empty option are blank.

use maan_ledger::{Day, Moment, Money};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::model::{Administration, Customer, Invoice, Order, OrderKind, Stamp, State};
use crate::server::World;

/// How many absurd records there are: year 9999, an unknown currency, ten million letters, a negative total.
pub(super) const ABSURD: usize = 4;
/// Which of them is an invoice with a negative total.
pub(super) const NEGATIVE: usize = 3;

/// The empty day.
pub(super) const NEVER: &str = "0001-01-01";

/// Ids are the same in every run.
pub(super) fn guid(kind: &str, number: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{kind}/{number}").as_bytes()).to_string()
}

/// The company's id.
pub(super) fn company() -> String {
    guid("company", "734512")
}

/// A JSON number with the decimals that it has.
pub(super) fn number(minor: i64) -> Value {
    let money = Money::new(minor, Administration::CURRENCY);
    Value::Number(money.decimal().to_string().parse().unwrap())
}

fn currency(money: Money) -> &'static str {
    match money.currency.code() {
        "EUR" => "",
        "USD" => "USD",
        "GBP" => "GBP",
        other => panic!("{other}"),
    }
}

/// A record with its version.
fn tagged(kind: &str, number: &str, stamp: Stamp, mut fields: Value) -> Value {
    fields["id"] = json!(guid(kind, number));
    fields["number"] = json!(number);
    fields["@odata.etag"] = json!(format!("W/\"JzQ0O{}\"", stamp.sequence));
    fields["lastModifiedDateTime"] = json!(at(stamp.changed));
    fields
}

pub(super) fn at(moment: Moment) -> String {
    moment.to_utc().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// All records of a set; none for one that there is not.
pub(super) fn all(world: &World, set: &str) -> Option<Vec<Value>> {
    let model = &world.model;
    let orders = |kind| model.orders.iter().filter(move |one| one.kind == kind);
    Some(match set {
        "customers" => {
            let mut rows: Vec<Value> = model.customers.iter().map(customer).collect();
            if world.absurd.contains(&2) {
                let mut absurd = customer(model.customer("1001"));
                absurd["id"] = json!(guid("customer", "absurd"));
                absurd["displayName"] = json!("é".repeat(10_000_000));
                rows.push(absurd);
            }
            rows
        }
        "salesInvoices" => {
            let invoices = model.invoices.iter().filter(|one| one.amount.minor > 0);
            let mut rows: Vec<Value> = invoices.map(|one| invoice(model, one)).collect();
            for absurd in world.absurd.iter().filter(|one| **one != 2) {
                let mut row = invoice(model, model.invoice("20260001"));
                row["id"] = json!(guid("invoice", &format!("absurd/{absurd}")));
                row["number"] = json!(format!("absurd-{absurd}"));
                match *absurd {
                    0 => row["invoiceDate"] = json!("9999-12-31"),
                    NEGATIVE => row["totalAmountIncludingTax"] = json!(-100),
                    _ => row["currencyCode"] = json!("???"),
                }
                rows.push(row);
            }
            rows
        }
        "salesCreditMemos" => {
            let memos = model.invoices.iter().filter(|one| one.amount.minor < 0);
            memos.map(|one| memo(model, one)).collect()
        }
        "salesQuotes" => orders(OrderKind::Quotation)
            .map(|one| quotation(model, one))
            .collect(),
        "salesOrders" => orders(OrderKind::Order).map(|one| order(model, one)).collect(),
        _ => return None,
    })
}

fn customer(customer: &Customer) -> Value {
    let person = format!("{} {}", customer.first_name, customer.last_name);
    let is_person = customer.company.is_empty();
    tagged(
        "customer",
        customer.number,
        customer.stamp,
        json!({
            "displayName": if is_person { person.as_str() } else { customer.company },
            "type": if is_person { "Person" } else { "Company" }, "addressLine1": customer.street, "addressLine2": "",
            "city": customer.city, "state": "", "country": customer.country, "postalCode": customer.postal_code,
            "phoneNumber": "", "email": customer.email, "website": "", "balanceDue": 0, "taxLiable": true,
            "creditLimit": number(customer.limit.unwrap_or_default()), "taxRegistrationNumber": customer.vat,
            "currencyCode": "", "blocked": if customer.held { "Ship" } else { "_x0020_" },
        }),
    )
}

fn of_customer(model: &Administration, customer: &str) -> Value {
    let found = model.customers.iter().find(|one| one.number == customer);
    let (id, name) = (guid("customer", customer), found.map_or("", |one| one.company));
    json!({
        "customerId": id, "customerNumber": customer, "customerName": name, "billToCustomerId": id,
        "billToCustomerNumber": customer, "billToName": name,
    })
}

fn with(mut record: Value, fields: Value) -> Value {
    for (name, value) in fields.as_object().unwrap() {
        record[name] = value.clone();
    }
    record
}

fn status(invoice: &Invoice, open: i64) -> &'static str {
    match invoice.state {
        State::Draft => "Draft",
        _ if open == 0 => "Paid",
        _ => "Open",
    }
}

fn invoice(model: &Administration, invoice: &Invoice) -> Value {
    let open = model.open(invoice.number).minor.max(0);
    let promised = invoice.promised.map_or(NEVER.to_owned(), |day| day.to_string());
    let fields = with(
        of_customer(model, invoice.customer),
        json!({
            "externalDocumentNumber": invoice.reference, "invoiceDate": invoice.issued.to_string(),
            "postingDate": invoice.issued.to_string(), "dueDate": invoice.due.to_string(), "promisedPayDate": promised,
            "customerPurchaseOrderReference": "", "currencyCode": currency(invoice.amount),
            "totalAmountIncludingTax": number(invoice.amount.minor), "remainingAmount": number(open),
            "status": status(invoice, open), "disputeStatus": if invoice.disputed { "PRICE" } else { "" },
            "disputeStatusId": Uuid::nil(), "email": "",
        }),
    );
    tagged("invoice", invoice.number, invoice.stamp, fields)
}

fn memo(model: &Administration, memo: &Invoice) -> Value {
    let corrected = memo.corrects.map(|number| guid("invoice", number));
    let fields = with(
        of_customer(model, memo.customer),
        json!({
            "externalDocumentNumber": memo.reference, "creditMemoDate": memo.issued.to_string(),
            "postingDate": memo.issued.to_string(), "dueDate": memo.due.to_string(), "currencyCode": currency(memo.amount),
            "totalAmountIncludingTax": number(-memo.amount.minor), "status": status(memo, model.open(memo.number).minor),
            "invoiceId": corrected.unwrap_or_else(|| Uuid::nil().to_string()), "invoiceNumber": memo.corrects.unwrap_or(""),
        }),
    );
    tagged("memo", memo.number, memo.stamp, fields)
}

fn quotation(model: &Administration, one: &Order) -> Value {
    let changed = Day::at(one.stamp.changed, "Europe/Amsterdam".parse().unwrap());
    let accepted = if one.accepted {
        changed.to_string()
    } else {
        NEVER.to_owned()
    };
    let fields = with(
        of_customer(model, one.customer),
        json!({
            "documentDate": one.on.to_string(), "dueDate": NEVER, "currencyCode": currency(one.amount),
            "totalAmountIncludingTax": number(one.amount.minor), "status": if one.accepted { "Accepted" } else { "Sent" },
            "sentDate": NEVER, "validUntilDate": NEVER, "acceptedDate": accepted,
        }),
    );
    tagged("quotation", one.number, one.stamp, fields)
}

fn order(model: &Administration, one: &Order) -> Value {
    let fields = with(
        of_customer(model, one.customer),
        json!({
            "orderDate": one.on.to_string(), "currencyCode": currency(one.amount), "fullyShipped": false,
            "totalAmountIncludingTax": number(one.amount.minor), "status": "Open",
        }),
    );
    tagged("order", one.number, one.stamp, fields)
}
