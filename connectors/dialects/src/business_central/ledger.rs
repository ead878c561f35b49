//! The customer ledger: an entry for each document and payment, and detailed entries of what it began with and what was
//! applied to it. Detailed entries are numbered as they are posted and stay. Amounts are in the company's own currency.

use maan_ledger::{Day, Money};
use serde_json::{Value, json};

use super::records::number;
use crate::model::{self, Administration, Kind, Payment, State};
use crate::server::World;

/// What is posted at once, and where.
struct Posted<'a> {
    sequence: u64,
    customer: &'a str,
    on: Day,
    kind: &'static str,
    document: &'a str,
}

/// Detailed entries in the making.
#[derive(Default)]
struct Book(Vec<Value>);

impl Book {
    fn add(
        &mut self,
        posted: &Posted<'_>,
        part: u64,
        entry: u64,
        entry_type: &str,
        minor: i64,
        applied: u64,
    ) {
        self.0.push(json!({
            "cleEntryNo": entry, "dcleEntryNo": posted.sequence * 10 + part, "clePostingDate": posted.on.to_string(),
            "dclePostingDate": posted.on.to_string(), "dcleEntryType": entry_type.replace(' ', "_x0020_"),
            "dcleDocumentType": posted.kind.replace(' ', "_x0020_"), "dcleDocumentNo": posted.document,
            "dcleAmountLCY": number(minor), "dcleCustomerNo": posted.customer, "dcleAppliedCustLedgerEntryNo": applied,
        }));
    }

    fn begin(&mut self, posted: &Posted<'_>, minor: i64) {
        let entry = entry(posted.document);
        self.add(posted, 0, entry, "Initial Entry", minor, 0);
    }

    /// Sets an invoice and what pays it off against each other; both halves are posted.
    fn apply(&mut self, posted: &Posted<'_>, part: u64, invoice: &str, paying: &str, minor: i64) {
        let (invoice, paying) = (entry(invoice), entry(paying));
        self.add(posted, part, paying, "Application", minor, invoice);
        self.add(posted, part + 1, invoice, "Application", -minor, paying);
    }
}

/// Entries are numbered like their documents.
fn entry(document: &str) -> u64 {
    document.trim_start_matches("R").parse::<u64>().unwrap()
        + if document.starts_with('R') { 500_000 } else { 0 }
}

/// In the company's own currency: a dollar is 0.90, a pound 1.15.
fn local(money: Money) -> i64 {
    match money.currency.code() {
        "USD" => money.minor * 90 / 100,
        "GBP" => money.minor * 115 / 100,
        _ => money.minor,
    }
}

pub(super) fn rows(world: &World) -> Vec<Value> {
    let model = &world.model;
    let mut book = Book::default();
    for invoice in model.invoices.iter().filter(|one| one.state != State::Draft) {
        let posted = Posted {
            sequence: invoice.stamp.sequence,
            customer: invoice.customer,
            on: invoice.issued,
            kind: if invoice.amount.minor < 0 {
                "Credit Memo"
            } else {
                "Invoice"
            },
            document: invoice.number,
        };
        book.begin(&posted, local(invoice.amount));
    }
    for payment in &model.payments {
        paid(&mut book, model, payment);
    }
    let before = model::administration();
    for removed in model.removed.iter().filter(|one| one.kind == Kind::Payment) {
        let found = before.payments.iter().find(|one| one.number == removed.number);
        let payment = found.unwrap();
        paid(&mut book, &before, payment);
        reversed(&mut book, &before, payment, removed.stamp.sequence);
    }
    for one in &model.settlements {
        let posted = Posted {
            sequence: one.stamp.sequence,
            customer: model.invoice(one.invoice).customer,
            on: one.on,
            kind: "Credit Memo",
            document: one.credit_note,
        };
        book.apply(&posted, 1, one.invoice, one.credit_note, local(one.amount));
    }
    book.0
}

fn of_payment(payment: &Payment, sequence: u64) -> Posted<'_> {
    Posted {
        sequence,
        customer: payment.customer,
        on: payment.on,
        kind: "Payment",
        document: payment.number,
    }
}

fn paid(book: &mut Book, model: &Administration, payment: &Payment) {
    let posted = of_payment(payment, payment.stamp.sequence);
    book.begin(&posted, -local(payment.amount));
    if let Some((invoice, used)) = used(model, payment) {
        book.apply(&posted, 1, invoice, payment.number, used);
    }
}

/// The application is undone, and the payment set off against its reversal.
fn reversed(book: &mut Book, model: &Administration, payment: &Payment, sequence: u64) {
    let posted = of_payment(payment, sequence);
    if let Some((invoice, used)) = used(model, payment) {
        book.apply(&posted, 1, invoice, payment.number, -used);
    }
    let number = format!("R{}", payment.number);
    let back = Posted {
        document: &number,
        ..of_payment(payment, sequence)
    };
    book.begin(&back, local(payment.amount));
    book.apply(&back, 3, &number, payment.number, local(payment.amount));
}

/// The invoice of a payment, and how much of it was used for that: never more than the invoice.
fn used(model: &Administration, payment: &Payment) -> Option<(&'static str, i64)> {
    let invoice = payment.invoice?;
    let mut left = model.invoice(invoice).amount.minor;
    for used in model.uses(invoice) {
        let part = used.amount.minor.min(left);
        if used.number == payment.number {
            return Some((invoice, local(Money::new(part, used.amount.currency))));
        }
        left -= part;
    }
    None
}
