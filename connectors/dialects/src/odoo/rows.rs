//! Rows of bookings on the account of receivables, and the matches between them.

use maan_ledger::{Day, Money};
use serde_json::{Value, json};

use super::records::{at, company, currency, float, number};
use crate::model::{Administration, Invoice, Payment, Stamp, State};
use crate::server::World;

/// A row: its id, booking and kind of booking.
struct Row<'a> {
    id: u64,
    of: (u64, &'a str),
    customer: &'a str,
    amount: Money,
    residual: i64,
    on: Day,
    due: Day,
    lines: Vec<u64>,
}

impl Row<'_> {
    fn value(&self, world: &World) -> Value {
        let (id, kind) = self.of;
        let is_money = kind == "entry";
        let code = self.amount.currency;
        json!({
            "id": self.id, "name": if is_money { json!("Betaling") } else { Value::Null }, "company_id": company(world),
            "move_id": { "id": id, "name": id.to_string(), "line_ids": self.lines.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>() },
            "move_type": kind, "parent_state": "posted", "account_type": "asset_receivable",
            "journal_id": { "id": 1, "name": "x", "type": if is_money { "bank" } else { "sale" } },
            "partner_id": { "id": number(self.customer), "name": self.customer },
            "date": self.on.to_string(), "date_maturity": self.due.to_string(), "currency_id": currency(code.code()),
            "amount_currency": float(self.amount), "amount_residual_currency": float(Money::new(self.residual, code)),
            "amount_residual": float(Money::new(self.residual, code)), "reconciled": self.residual == 0,
        })
    }
}

/// All rows, of invoices, credit notes and money.
pub(super) fn all(world: &World) -> Vec<Value> {
    let model = &world.model;
    let invoices = model.invoices.iter().filter(|one| one.state != State::Draft);
    let mut all: Vec<Value> = invoices
        .flat_map(of_invoice)
        .map(|row| row.value(world))
        .collect();
    all.extend(model.payments.iter().map(|one| money(model, one).value(world)));
    all
}

fn of_invoice(invoice: &Invoice) -> Vec<Row<'_>> {
    let mut parts = invoice.instalments.clone();
    if parts.is_empty() {
        parts.push((invoice.due, invoice.amount.minor));
    }
    let first = number(invoice.number) * 10;
    let lines: Vec<u64> = (first..).take(parts.len()).collect();
    let kind = if invoice.amount.minor < 0 {
        "out_refund"
    } else {
        "out_invoice"
    };
    let parts = parts.into_iter().zip(lines.clone());
    parts
        .map(|((due, minor), id)| Row {
            id,
            of: (number(invoice.number), kind),
            customer: invoice.customer,
            amount: Money::new(minor, invoice.amount.currency),
            residual: minor,
            on: invoice.issued,
            due,
            lines: lines.clone(),
        })
        .collect()
}

fn money<'a>(model: &'a Administration, payment: &'a Payment) -> Row<'a> {
    let id = number(payment.number) * 10;
    Row {
        id,
        of: (number(payment.number), "entry"),
        customer: payment.customer,
        amount: Money::new(-payment.amount.minor, payment.amount.currency),
        residual: used(model, payment) - payment.amount.minor,
        on: payment.on,
        due: payment.on,
        lines: vec![id],
    }
}

/// How much of a payment its invoice took: never more than it owed.
fn used(model: &Administration, payment: &Payment) -> i64 {
    let Some(invoice) = payment.invoice else { return 0 };
    let mut left = model.invoice(invoice).amount.minor;
    for one in model.uses(invoice) {
        let part = one.amount.minor.min(left);
        if one.number == payment.number {
            return part;
        }
        left -= part;
    }
    0
}

/// Matches of invoices with money and with credit notes, and one of a supplier's.
pub(super) fn matches(world: &World) -> Vec<Value> {
    let model = &world.model;
    let mut all = Vec::new();
    for payment in &model.payments {
        let Some(invoice) = payment.invoice else { continue };
        let amount = Money::new(used(model, payment), payment.amount.currency);
        let paying = number(payment.number) * 10;
        all.push(between(
            world,
            (payment.number, payment.stamp),
            (invoice, paying),
            amount,
            payment.on,
        ));
    }
    for one in &model.settlements {
        let paying = number(one.credit_note) * 10;
        all.push(between(
            world,
            (one.number, one.stamp),
            (one.invoice, paying),
            one.amount,
            one.on,
        ));
    }
    if let Some(first) = all.first().cloned() {
        let mut bought = first;
        (bought["id"], bought["debit_move_id"]["account_type"]) = (json!(7), json!("liability_payable"));
        all.push(bought);
    }
    all
}

fn between(
    world: &World,
    (id, stamp): (&str, Stamp),
    (invoice, paying): (&str, u64),
    amount: Money,
    on: Day,
) -> Value {
    let owing = number(invoice) * 10;
    let code = currency(amount.currency.code());
    json!({
        "id": number(id), "company_id": company(world), "max_date": on.to_string(),
        "debit_move_id": { "id": owing, "name": "x", "account_type": "asset_receivable" },
        "credit_move_id": { "id": paying, "name": "x", "account_type": "asset_receivable" },
        "debit_amount_currency": float(amount), "credit_amount_currency": float(amount),
        "debit_currency_id": code, "credit_currency_id": code,
        "create_date": at(stamp.created), "write_date": at(stamp.changed),
    })
}
