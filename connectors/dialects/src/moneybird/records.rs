//! The administration as records of Moneybird: ids and amounts are text.

use maan_ledger::{Day, Moment, Money};
use serde_json::{Value, json};

use crate::model::{Customer, Invoice, Order, OrderKind, Payment, Stamp, State};
use crate::server::World;

/// How many absurd records there are: year 9999, an unknown currency, ten million letters.
pub(super) const ABSURD: usize = 3;

pub(super) fn administration(world: &World) -> Value {
    json!({
        "id": world.model.id, "name": world.model.name, "language": "nl", "currency": "EUR", "country": "NL",
        "time_zone": "Europe/Amsterdam", "access": "user", "suspended": false, "period_locked_until": null,
    })
}

/// All records of a resource with their versions.
pub(super) fn all(world: &World, resource: &str) -> Vec<(u64, Value)> {
    let model = &world.model;
    match resource {
        "contacts" => {
            let mut all: Vec<_> = model.customers.iter().map(contact).collect();
            if world.absurd.contains(&2) {
                let (version, mut record) = contact(model.customer("1001"));
                record["id"] = json!("19999");
                record["company_name"] = json!("é".repeat(10_000_000));
                all.push((version, record));
            }
            all
        }
        "sales_invoices" => {
            let mut all: Vec<_> = model.invoices.iter().map(|one| invoice(world, one)).collect();
            for absurd in world.absurd.iter().filter(|one| **one < 2) {
                let (version, mut record) = invoice(world, model.invoice("20260001"));
                record["id"] = json!(format!("2999{absurd}"));
                if *absurd == 0 {
                    record["due_date"] = json!("9999-12-31");
                } else {
                    record["currency"] = json!("???");
                }
                all.push((version, record));
            }
            all
        }
        "estimates" => {
            let quotations = model.orders.iter().filter(|one| one.kind == OrderKind::Quotation);
            quotations.map(estimate).collect()
        }
        "financial_mutations" => {
            let unused = model.payments.iter().filter(|one| one.invoice.is_none());
            unused.map(|one| mutation(world, one)).collect()
        }
        _ => Vec::new(),
    }
}

/// Versions are the second of the last change.
fn version(stamp: Stamp) -> u64 {
    u64::try_from(stamp.changed.0 / 1_000_000).unwrap()
}

fn at(moment: Moment) -> String {
    moment.to_utc().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn amount(money: Money) -> String {
    money.decimal().to_string()
}

fn or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

fn contact(customer: &Customer) -> (u64, Value) {
    let record = json!({
        "id": format!("1{}", customer.number), "customer_id": customer.number, "company_name": or_null(customer.company),
        "firstname": or_null(customer.first_name), "lastname": or_null(customer.last_name), "address1": customer.street,
        "address2": null, "zipcode": customer.postal_code, "city": customer.city, "country": customer.country,
        "phone": null, "email": or_null(customer.email), "send_invoices_to_email": or_null(customer.email),
        "delivery_method": "Email", "tax_number": or_null(customer.vat), "chamber_of_commerce": or_null(customer.registration),
        "sepa_iban": or_null(customer.iban), "bank_account": null, "archived": false, "contact_people": [],
        "created_at": at(customer.stamp.created), "updated_at": at(customer.stamp.changed),
        "version": version(customer.stamp),
    });
    (version(customer.stamp), record)
}

/// Invoices are written in the customer's language, which a contact itself does not have.
fn language(customer: &Customer) -> &str {
    match (customer.language, customer.country) {
        ("", "BE") => "fr",
        ("", "GB") => "en",
        ("", _) => "nl",
        (language, _) => language,
    }
}

fn invoice(world: &World, invoice: &Invoice) -> (u64, Value) {
    let model = &world.model;
    let stamp = model.touched(invoice.number);
    let open = model.open(invoice.number);
    let unpaid = if invoice.amount.minor > 0 {
        Money::new(open.minor.max(0), open.currency)
    } else {
        open
    };
    let state = match invoice.state {
        State::Draft => "draft",
        State::Uncollectible => "uncollectible",
        State::Issued if unpaid.minor == 0 => "paid",
        State::Issued if invoice.due < Day::at(world.clock.now(), "Europe/Amsterdam".parse().unwrap()) => {
            "late"
        }
        State::Issued => "open",
    };
    let mut payments: Vec<Value> = Vec::new();
    for used in model.uses(invoice.number) {
        payments.push(payment(
            used.number,
            used.amount,
            used.on,
            used.credit_note,
            used.stamp.created,
        ));
    }
    // the other half of a settlement, on the credit note
    for one in model
        .settlements
        .iter()
        .filter(|one| one.credit_note == invoice.number)
    {
        let back = Money::new(-one.amount.minor, one.amount.currency);
        let mut half = payment(&format!("{}1", one.number), back, one.on, None, one.stamp.created);
        half["financial_account_id"] = Value::Null;
        half["manual_payment_action"] = json!("invoices_settlement");
        payments.push(half);
    }
    let customer = model.customer(invoice.customer);
    let record = json!({
        "id": format!("2{}", invoice.number), "contact_id": format!("1{}", invoice.customer), "contact": contact(customer).1,
        "invoice_id": if invoice.state == State::Draft { Value::Null } else { json!(invoice.number) },
        "reference": or_null(invoice.reference), "state": state,
        "invoice_date": if invoice.state == State::Draft { Value::Null } else { json!(invoice.issued.to_string()) },
        "due_date": invoice.due.to_string(), "language": language(customer), "currency": invoice.amount.currency.code(),
        "original_sales_invoice_id": invoice.corrects.map(|number| format!("2{number}")),
        "total_price_incl_tax": amount(invoice.amount), "total_unpaid": amount(unpaid), "sent_at": null,
        "marked_uncollectible_on": (invoice.state == State::Uncollectible).then_some("2026-11-01"), "payment_url": "",
        "created_at": at(stamp.created), "updated_at": at(stamp.changed), "version": version(stamp),
        "payments": payments, "notes": [],
    });
    (version(stamp), record)
}

fn payment(number: &str, price: Money, on: Day, credit_note: Option<&str>, created: Moment) -> Value {
    json!({
        "id": format!("3{number}"), "price": amount(price), "payment_date": on.to_string(),
        "credit_invoice_id": credit_note.map(|number| format!("2{number}")),
        "financial_account_id": credit_note.is_none().then_some("81"), "financial_mutation_id": null,
        "transaction_identifier": null, "manual_payment_action": null, "created_at": at(created),
    })
}

fn estimate(order: &Order) -> (u64, Value) {
    let changed = Day::at(order.stamp.changed, "Europe/Amsterdam".parse().unwrap());
    let record = json!({
        "id": format!("4{}", order.number), "contact_id": format!("1{}", order.customer), "estimate_id": order.number,
        "state": if order.accepted { "accepted" } else { "open" }, "estimate_date": order.on.to_string(),
        "currency": order.amount.currency.code(), "total_price_incl_tax": amount(order.amount),
        "accepted_at": order.accepted.then(|| changed.to_string()), "rejected_at": null, "archived_at": null,
        "created_at": at(order.stamp.created), "updated_at": at(order.stamp.changed), "version": version(order.stamp),
    });
    (version(order.stamp), record)
}

fn mutation(world: &World, payment: &Payment) -> (u64, Value) {
    let record = json!({
        "id": format!("5{}", payment.number), "date": payment.on.to_string(), "message": "Betaling",
        "contra_account_number": world.model.customer(payment.customer).iban, "amount": amount(payment.amount),
        "amount_open": amount(payment.amount), "currency": payment.amount.currency.code(),
        "created_at": at(payment.stamp.created), "version": version(payment.stamp),
    });
    (version(payment.stamp), record)
}
