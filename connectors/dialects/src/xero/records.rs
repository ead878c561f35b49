//! The administration as records of Xero. What a record does not have is left out.

use maan_ledger::{Day, Moment, Money};
use serde_json::{Value, json};

use super::guid;
use crate::model::{self, Administration, Customer, Invoice, Kind, OrderKind, Payment, Stamp, State};
use crate::server::World;

/// How many absurd records there are: year 9999, an unknown currency, ten million letters, a negative total.
pub(super) const ABSURD: usize = 4;
/// Which of them is an invoice with a negative total.
pub(super) const NEGATIVE: usize = 3;

fn date(day: Day) -> String {
    format!("/Date({}+0000)/", i64::from(day.0) * 86_400_000)
}

fn at(moment: Moment) -> String {
    format!("/Date({}+0000)/", moment.0 / 1_000)
}

/// A JSON number.
fn number(minor: i64) -> Value {
    let money = Money::new(minor, Administration::CURRENCY);
    Value::Number(money.decimal().to_string().parse().unwrap())
}

pub(super) fn organisation(world: &World) -> Value {
    json!({
        "OrganisationID": super::tenant(), "Name": world.model.name, "LegalName": world.model.name, "BaseCurrency": "EUR",
        "CountryCode": "NL", "IsDemoCompany": false, "OrganisationStatus": "ACTIVE", "Timezone": "WEUROPESTANDARDTIME",
    })
}

/// The records of a kind that were removed, as they were in the first place.
fn removed<'a>(world: &'a World, kind: Kind) -> impl Iterator<Item = (&'static str, Stamp)> + use<'a> {
    let all = world.model.removed.iter().filter(move |one| one.kind == kind);
    all.map(|one| (one.number, one.stamp))
}

pub(super) fn contacts(world: &World) -> Vec<Value> {
    let model = &world.model;
    let mut rows: Vec<Value> = model.customers.iter().map(|one| contact(model, one)).collect();
    let before = model::administration();
    for (number, stamp) in removed(world, Kind::Customer) {
        let mut row = contact(&before, before.customer(number));
        row["ContactStatus"] = json!("ARCHIVED");
        row["UpdatedDateUTC"] = json!(at(stamp.changed));
        rows.push(row);
    }
    rows.push(json!({
        "ContactID": guid("contact", "9001"), "ContactStatus": "ACTIVE", "Name": "Leverancier BV", "IsSupplier": true,
        "IsCustomer": false, "Addresses": [], "Phones": [], "UpdatedDateUTC": at(Moment(1_700_000_000_000_000)),
    }));
    if world.absurd.contains(&2) {
        let mut absurd = contact(model, model.customer("1001"));
        absurd["ContactID"] = json!(guid("contact", "absurd"));
        absurd["Name"] = json!("é".repeat(10_000_000));
        rows.push(absurd);
    }
    rows
}

/// Countries are names, as people write them.
fn country(code: &str) -> &str {
    match code {
        "NL" => "Netherlands",
        "BE" => "Belgium",
        "DE" => "Germany",
        "GB" => "United Kingdom",
        other => other,
    }
}

fn contact(model: &Administration, customer: &Customer) -> Value {
    let invoices = model
        .invoices
        .iter()
        .filter(|one| one.customer == customer.number);
    let open: i64 = invoices.clone().map(|one| model.open(one.number).minor).sum();
    let person = format!("{} {}", customer.first_name, customer.last_name);
    let name = if customer.company.is_empty() {
        person.as_str()
    } else {
        customer.company
    };
    let mut row = json!({
        "ContactID": guid("contact", customer.number), "ContactStatus": "ACTIVE", "AccountNumber": customer.number,
        "Name": name, "EmailAddress": customer.email, "BankAccountDetails": customer.iban,
        "Addresses": [
            { "AddressType": "STREET", "City": "", "Region": "", "PostalCode": "", "Country": "" },
            {
                "AddressType": "POBOX", "AddressLine1": customer.street, "City": customer.city, "Region": "",
                "PostalCode": customer.postal_code, "Country": country(customer.country), "AttentionTo": "",
            },
        ],
        "Phones": [{ "PhoneType": "DEFAULT", "PhoneNumber": "", "PhoneAreaCode": "", "PhoneCountryCode": "" }],
        "ContactPersons": [], "IsSupplier": false, "IsCustomer": invoices.count() > 0, "HasAttachments": false,
        "Balances": { "AccountsReceivable": { "Outstanding": number(open), "Overdue": number(0) } },
        "UpdatedDateUTC": at(customer.stamp.changed),
    });
    for (field, value) in [
        ("FirstName", customer.first_name),
        ("LastName", customer.last_name),
        ("TaxNumber", customer.vat),
        ("CompanyNumber", customer.registration),
    ] {
        if !value.is_empty() {
            row[field] = json!(value);
        }
    }
    row
}

/// The little that other records hold of a contact.
fn contact_of(model: &Administration, customer: &str) -> Value {
    let found = model.customers.iter().find(|one| one.number == customer);
    json!({
        "ContactID": guid("contact", customer), "Name": found.map_or("", |one| one.company), "Addresses": [], "Phones": [],
        "ContactPersons": [], "HasValidationErrors": false,
    })
}

fn status(invoice: &Invoice, open: i64) -> &'static str {
    match invoice.state {
        State::Draft => "DRAFT",
        _ if open == 0 => "PAID",
        _ => "AUTHORISED",
    }
}

pub(super) fn invoices(world: &World) -> Vec<Value> {
    let model = &world.model;
    let all = model.invoices.iter().filter(|one| one.amount.minor > 0);
    let mut rows: Vec<Value> = all.map(|one| invoice(model, one)).collect();
    let before = model::administration();
    for (number, stamp) in removed(world, Kind::Invoice) {
        let mut row = invoice(&before, before.invoice(number));
        row["Status"] = json!("VOIDED");
        row["AmountDue"] = json!(0);
        row["UpdatedDateUTC"] = json!(at(stamp.changed));
        rows.push(row);
    }
    for absurd in world.absurd.iter().filter(|one| **one != 2) {
        let mut row = invoice(model, model.invoice("20260001"));
        row["InvoiceID"] = json!(guid("invoice", &format!("absurd/{absurd}")));
        match *absurd {
            0 => row["Date"] = json!("/Date(253402214400000+0000)/"),
            NEGATIVE => row["Total"] = json!(-100),
            _ => row["CurrencyCode"] = json!("???"),
        }
        rows.push(row);
    }
    rows
}

fn invoice(model: &Administration, invoice: &Invoice) -> Value {
    let open = model.open(invoice.number).minor.max(0);
    let stamp = model.touched(invoice.number);
    let mut row = json!({
        "Type": "ACCREC", "InvoiceID": guid("invoice", invoice.number), "InvoiceNumber": invoice.number,
        "Reference": invoice.reference, "Contact": contact_of(model, invoice.customer), "Date": date(invoice.issued),
        "DueDate": date(invoice.due), "Status": status(invoice, open), "LineAmountTypes": "Exclusive", "LineItems": [],
        "Total": number(invoice.amount.minor), "AmountDue": number(open), "AmountPaid": number(invoice.amount.minor - open),
        "CurrencyCode": invoice.amount.currency.code(), "CurrencyRate": 1, "SentToContact": true,
        "UpdatedDateUTC": at(stamp.changed),
    });
    if let Some(by) = invoice.promised {
        row["ExpectedPaymentDate"] = json!(date(by));
    }
    row
}

/// What other records hold of an invoice or credit note.
fn invoice_of(model: &Administration, number: &str) -> Value {
    let invoice = model.invoice(number);
    let (kind, id) = if invoice.amount.minor < 0 {
        ("ACCRECCREDIT", guid("credit-note", number))
    } else {
        ("ACCREC", guid("invoice", number))
    };
    json!({
        "Type": kind, "InvoiceID": id, "InvoiceNumber": number, "Contact": contact_of(model, invoice.customer),
        "CurrencyCode": invoice.amount.currency.code(), "LineItems": [], "HasErrors": false, "IsDiscounted": false,
    })
}

pub(super) fn credit_notes(world: &World) -> Vec<Value> {
    let model = &world.model;
    let all = model.invoices.iter().filter(|one| one.amount.minor < 0);
    let row = |note: &Invoice| {
        let left = -model.open(note.number).minor;
        let used = model
            .settlements
            .iter()
            .filter(|one| one.credit_note == note.number);
        let used = used.map(|one| {
            json!({
                "AllocationID": guid("allocation", one.number), "Amount": number(one.amount.minor), "Date": date(one.on),
                "Invoice": { "InvoiceID": guid("invoice", one.invoice), "InvoiceNumber": one.invoice, "LineItems": [] },
                "IsDeleted": false,
            })
        });
        json!({
            "Type": "ACCRECCREDIT", "CreditNoteID": guid("credit-note", note.number), "CreditNoteNumber": note.number,
            "Reference": note.reference, "Contact": contact_of(model, note.customer), "Date": date(note.issued),
            "DueDate": date(note.due), "Status": status(note, left), "Total": number(-note.amount.minor),
            "RemainingCredit": number(left), "Allocations": used.collect::<Vec<Value>>(), "Payments": [],
            "CurrencyCode": note.amount.currency.code(), "CurrencyRate": 1, "SentToContact": false,
            "UpdatedDateUTC": at(model.touched(note.number).changed),
        })
    };
    all.map(row).collect()
}

/// How much of a payment went to its invoice: never more than the invoice.
fn used(model: &Administration, payment: &Payment) -> i64 {
    let Some(invoice) = payment.invoice else { return 0 };
    let mut left = model.invoice(invoice).amount.minor;
    for used in model.uses(invoice) {
        let part = used.amount.minor.min(left);
        if used.number == payment.number {
            return part;
        }
        left -= part;
    }
    0
}

pub(super) fn payments(world: &World) -> Vec<Value> {
    let model = &world.model;
    let row = |model: &Administration, payment: &Payment, status: &str, stamp: Stamp| {
        let invoice = payment.invoice?;
        Some(json!({
            "PaymentID": guid("payment", payment.number), "Date": date(payment.on), "Amount": number(used(model, payment)),
            "BankAmount": number(payment.amount.minor), "CurrencyRate": 1, "PaymentType": "ACCRECPAYMENT",
            "Status": status, "Reference": "", "IsReconciled": true, "Invoice": invoice_of(model, invoice),
            "HasAccount": true, "HasValidationErrors": false, "UpdatedDateUTC": at(stamp.changed),
        }))
    };
    let all = model.payments.iter();
    let mut rows: Vec<Value> = all
        .filter_map(|one| row(model, one, "AUTHORISED", one.stamp))
        .collect();
    let before = model::administration();
    for (number, stamp) in removed(world, Kind::Payment) {
        let payment = before.payments.iter().find(|one| one.number == number);
        rows.extend(payment.and_then(|one| row(&before, one, "DELETED", stamp)));
    }
    rows
}

/// What was paid beyond an invoice.
pub(super) fn overpayments(world: &World) -> Vec<Value> {
    let model = &world.model;
    let all = model.payments.iter().filter(|one| one.invoice.is_some());
    let beyond = all.map(|one| (one, one.amount.minor - used(model, one)));
    let beyond = beyond.filter(|(_, left)| *left > 0);
    beyond
        .map(|(one, left)| {
            let mut row = unused(model, one, left, "RECEIVE-OVERPAYMENT");
            row["OverpaymentID"] = json!(guid("overpayment", one.number));
            row
        })
        .collect()
}

/// What was paid without an invoice.
pub(super) fn prepayments(world: &World) -> Vec<Value> {
    let model = &world.model;
    let all = model.payments.iter().filter(|one| one.invoice.is_none());
    all.map(|one| {
        let mut row = unused(model, one, one.amount.minor, "RECEIVE-PREPAYMENT");
        row["PrepaymentID"] = json!(guid("prepayment", one.number));
        row
    })
    .collect()
}

fn unused(model: &Administration, payment: &Payment, left: i64, kind: &str) -> Value {
    json!({
        "Type": kind, "Contact": contact_of(model, payment.customer), "Date": date(payment.on), "Status": "AUTHORISED",
        "LineAmountTypes": "NoTax", "LineItems": [], "Total": number(left), "RemainingCredit": number(left),
        "Allocations": [], "CurrencyCode": payment.amount.currency.code(), "CurrencyRate": 1, "HasAttachments": false,
        "Reference": "Betaling", "UpdatedDateUTC": at(payment.stamp.changed),
    })
}

pub(super) fn quotes(world: &World) -> Vec<Value> {
    let all = world
        .model
        .orders
        .iter()
        .filter(|one| one.kind == OrderKind::Quotation);
    all.map(|one| {
        json!({
            "QuoteID": guid("quote", one.number), "QuoteNumber": one.number, "Contact": contact_of(&world.model, one.customer),
            "Date": date(one.on), "Status": if one.accepted { "ACCEPTED" } else { "SENT" }, "LineItems": [],
            "CurrencyCode": one.amount.currency.code(), "CurrencyRate": 1, "Total": number(one.amount.minor),
            "LineAmountTypes": "EXCLUSIVE", "UpdatedDateUTC": at(one.stamp.changed),
        })
    })
    .collect()
}
