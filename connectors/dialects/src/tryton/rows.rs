//! Rows of bookings on the account of receivables.
//!
//! A row is reconciled as a whole: an invoice that is paid in part has its payments beside it, one that is paid in full
//! is reconciled with them. Money beyond the invoice is a row of its own.

use maan_ledger::{Day, Money};
use serde_json::{Value, json};

use super::records::{at, currency, date, decimal, number, record};
use crate::model::{Administration, Invoice, Payment, Settlement, State};
use crate::server::World;

/// The day on which everything was written off.
const LOST: &str = "2026-11-01";

/// The rows of an invoice or credit note.
pub(super) struct Rows {
    pub(super) to_pay: Vec<Value>,
    pub(super) payments: Vec<Value>,
    pub(super) paid: bool,
}

/// A row before it is part of a reconciliation.
struct Row<'a> {
    id: u64,
    amount: Money,
    on: Day,
    due: Option<Day>,
    journal: &'a str,
    origin: Option<&'a str>,
}

impl Row<'_> {
    /// In another currency the columns hold what it was worth in that of the books.
    fn value(&self) -> Value {
        let own = self.amount.currency == Administration::CURRENCY;
        let worth = if own {
            self.amount.minor
        } else {
            self.amount.minor * 9 / 10
        };
        let column = |minor: i64| decimal(Money::new(minor.max(0), Administration::CURRENCY));
        let origin = self.origin.map(|invoice| format!("account.invoice,{invoice}"));
        let journal = record("account.journal", 1, json!({ "type": self.journal }));
        let booking =
            json!({ "date": date(self.on), "origin": origin, "journal": journal, "description": null });
        record(
            "account.move.line",
            self.id,
            json!({
                "debit": column(worth), "credit": column(-worth), "maturity_date": self.due.map(date),
                "second_currency": if own { Value::Null } else { currency(self.amount.currency.code()) },
                "amount_second_currency": if own { Value::Null } else { decimal(self.amount) },
                "move": record("account.move", self.id, booking), "create_date": at(maan_ledger::Moment(0)),
                "reconciliation": null,
            }),
        )
    }
}

pub(super) fn of(model: &Administration, invoice: &Invoice) -> Rows {
    if invoice.state == State::Draft {
        return Rows {
            to_pay: Vec::new(),
            payments: Vec::new(),
            paid: false,
        };
    }
    let own = own(invoice);
    let mut against: Vec<Value> = payments(model, invoice).iter().map(Row::value).collect();
    let settled = |note: &Settlement| note.credit_note == invoice.number || note.invoice == invoice.number;
    let settlements: Vec<&Settlement> = model.settlements.iter().filter(|one| settled(one)).collect();
    // the row of a credit note stands beside the invoice that it pays
    for one in settlements.iter().filter(|one| one.invoice == invoice.number) {
        against.extend(self::own(model.invoice(one.credit_note)).iter().map(Row::value));
    }
    if invoice.state == State::Uncollectible {
        let lost = Row {
            id: number(invoice.number) * 10 + 9,
            amount: Money::new(-invoice.amount.minor, invoice.amount.currency),
            on: LOST.parse().unwrap(),
            due: None,
            journal: "write-off",
            origin: None,
        };
        against.push(lost.value());
    }
    // a reconciliation belongs to the invoice, also where a credit note is part of it
    let of: Vec<&str> = settlements.iter().map(|one| one.invoice).collect();
    let whole = of.first().map_or(invoice, |number| model.invoice(number));
    let paid = invoice.state == State::Uncollectible || model.open(whole.number).minor <= 0;
    let paid = paid && (invoice.amount.minor > 0 || !settlements.is_empty());
    let mut to_pay: Vec<Value> = own.iter().map(Row::value).collect();
    if paid {
        let lines: Vec<Value> = if whole.number == invoice.number {
            to_pay.iter().chain(&against).cloned().collect()
        } else {
            of_whole(model, whole)
        };
        let group = record(
            "account.move.reconciliation",
            number(whole.number),
            json!({
                "date": lines.iter().map(|line| line["move"]["date"].clone()).next_back(), "lines": lines,
            }),
        );
        for row in to_pay.iter_mut().chain(&mut against) {
            row["reconciliation"] = group.clone();
        }
    }
    Rows {
        to_pay,
        payments: against,
        paid,
    }
}

/// All rows of the reconciliation of an invoice.
fn of_whole(model: &Administration, whole: &Invoice) -> Vec<Value> {
    let rows = of(model, whole);
    let mut all: Vec<Value> = rows.to_pay.into_iter().chain(rows.payments).collect();
    for row in &mut all {
        row["reconciliation"] = Value::Null;
    }
    all
}

fn own(invoice: &Invoice) -> Vec<Row<'_>> {
    let mut parts = invoice.instalments.clone();
    if parts.is_empty() {
        parts.push((invoice.due, invoice.amount.minor));
    }
    let row = |(ix, (due, minor))| Row {
        id: number(invoice.number) * 10 + ix as u64,
        amount: Money::new(minor, invoice.amount.currency),
        on: invoice.issued,
        due: Some(due),
        journal: "revenue",
        origin: Some(invoice.number),
    };
    parts.into_iter().enumerate().map(row).collect()
}

/// What was paid on an invoice, as far as it owed that.
fn payments<'a>(model: &'a Administration, invoice: &'a Invoice) -> Vec<Row<'a>> {
    let used = model
        .payments
        .iter()
        .filter(|one| one.invoice == Some(invoice.number));
    used.map(|one| money(one, used_of(model, one), 0)).collect()
}

fn money(payment: &Payment, minor: i64, part: u64) -> Row<'_> {
    Row {
        id: number(payment.number) * 10 + part,
        amount: Money::new(-minor, payment.amount.currency),
        on: payment.on,
        due: None,
        journal: "cash",
        // a payment names the invoice that it was entered on
        origin: payment.invoice,
    }
}

fn used_of(model: &Administration, payment: &Payment) -> i64 {
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

/// Rows of money as the list of rows has them, used ones too.
pub(super) fn bank(world: &World) -> Vec<Value> {
    let model = &world.model;
    let mut all = Vec::new();
    for payment in &model.payments {
        let used = used_of(model, payment);
        for (part, minor) in [(0, used), (1, payment.amount.minor - used)] {
            if minor == 0 {
                continue;
            }
            let mut row = money(payment, minor, part).value();
            let booked = payment.invoice.filter(|_| part == 0);
            let paid = booked.is_some_and(|invoice| model.open(invoice).minor <= 0);
            row["date"] = row["move"]["date"].clone();
            row["party"] = record("party.party", number(payment.customer), json!({}));
            row["description"] = json!("Betaling");
            row["write_date"] = Value::Null;
            row["invoice_payments"] = booked.map_or(json!([]), |invoice| json!([number(invoice)]));
            row["reconciliation"] = booked
                .filter(|_| paid)
                .map_or(Value::Null, |one| json!(number(one)));
            row["account"] = json!({ "type": { "receivable": true } });
            row["move"]["company"] = json!({ "id": number(model.id) });
            row["move"]["state"] = json!("posted");
            row["create_date"] = at(payment.stamp.created);
            all.push(row);
        }
    }
    all
}
