//! Rows of the payment ledger.

use maan_ledger::{Day, Money};
use serde_json::{Value, json};

use super::documents::{at, float};
use crate::model::{Administration, Invoice, Payment, Stamp, State};
use crate::server::World;

/// A row: its document, and that which it is against.
struct Row<'a> {
    voucher: (&'a str, &'a str),
    against: (&'a str, &'a str),
    customer: &'a str,
    /// What is owed is above zero.
    amount: Money,
    on: Day,
    stamp: Stamp,
}

impl Row<'_> {
    fn value(&self, world: &World) -> Value {
        json!({
            "name": format!("{}>{}", self.voucher.1, self.against.1), "company": world.model.name,
            "account_type": "Receivable", "party_type": "Customer", "party": self.customer, "delinked": 0,
            "voucher_type": self.voucher.0, "voucher_no": self.voucher.1,
            "against_voucher_type": self.against.0, "against_voucher_no": self.against.1,
            "amount_in_account_currency": float(self.amount), "account_currency": self.amount.currency.code(),
            "posting_date": self.on.to_string(), "remarks": "Betaling",
            "creation": at(self.stamp.created), "modified": at(self.stamp.changed),
        })
    }
}

const INVOICE: &str = "Sales Invoice";
const PAYMENT: &str = "Payment Entry";

/// All rows, with some that say nothing of a customer.
pub(super) fn all(world: &World) -> Vec<Value> {
    let model = &world.model;
    let invoices = model.invoices.iter().filter(|one| one.state != State::Draft);
    let mut rows: Vec<Row<'_>> = invoices.filter_map(|one| owed(model, one)).collect();
    for payment in &model.payments {
        rows.extend(paid(model, payment));
    }
    // a return that is set off is against the invoice, not against itself
    rows.extend(model.settlements.iter().map(|one| Row {
        voucher: (INVOICE, one.credit_note),
        against: (INVOICE, one.invoice),
        customer: model.invoice(one.invoice).customer,
        amount: Money::new(-one.amount.minor, one.amount.currency),
        on: one.on,
        stamp: one.stamp,
    }));
    let mut all: Vec<Value> = rows.iter().map(|row| row.value(world)).collect();
    // a row that no longer counts, one of a supplier, and a difference in exchange without an amount
    for (field, value) in [
        ("delinked", json!(1)),
        ("account_type", json!("Payable")),
        ("amount_in_account_currency", json!(0.0)),
    ] {
        let mut other = all[0].clone();
        other["name"] = json!(field);
        (other["voucher_type"], other["voucher_no"]) = (json!("Journal Entry"), json!("JV-1"));
        other[field] = value;
        all.push(other);
    }
    all
}

fn owed<'a>(model: &Administration, invoice: &'a Invoice) -> Option<Row<'a>> {
    let left = invoice.amount.minor - model.set_off(invoice.number);
    (left != 0).then_some(Row {
        voucher: (INVOICE, invoice.number),
        against: (INVOICE, invoice.number),
        customer: invoice.customer,
        amount: Money::new(left, invoice.amount.currency),
        on: invoice.issued,
        stamp: invoice.stamp,
    })
}

/// What a payment takes off its invoice, and what is left of it.
fn paid<'a>(model: &Administration, payment: &'a Payment) -> Vec<Row<'a>> {
    let mut used = 0;
    if let Some(invoice) = payment.invoice {
        let mut left = model.invoice(invoice).amount.minor;
        for one in model.uses(invoice) {
            let part = one.amount.minor.min(left);
            left -= part;
            if one.number == payment.number {
                used = part;
            }
        }
    }
    let row = |against: (&'a str, &'a str), minor: i64| {
        (minor != 0).then_some(Row {
            voucher: (PAYMENT, payment.number),
            against,
            customer: payment.customer,
            amount: Money::new(-minor, payment.amount.currency),
            on: payment.on,
            stamp: payment.stamp,
        })
    };
    let invoice = payment.invoice.and_then(|invoice| row((INVOICE, invoice), used));
    let rest = row((PAYMENT, payment.number), payment.amount.minor - used);
    invoice.into_iter().chain(rest).collect()
}
