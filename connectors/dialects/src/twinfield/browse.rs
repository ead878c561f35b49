//! Browse code 100: the lines of customers' transactions.

use maan_ledger::{Day, Money};

use super::{OFFICE, between, escape};
use crate::model::{Administration, State};
use crate::server::World;

/// How many absurd lines there are: the year 9999, an unknown currency.
pub(super) const ABSURD: usize = 2;

/// Columns that the browse has.
const FIELDS: [&str; 17] = [
    "fin.trs.head.office",
    "fin.trs.head.yearperiod",
    "fin.trs.head.code",
    "fin.trs.head.number",
    "fin.trs.head.date",
    "fin.trs.head.status",
    "fin.trs.head.curcode",
    "fin.trs.line.dim2",
    "fin.trs.line.dim2name",
    "fin.trs.line.invnumber",
    "fin.trs.line.datedue",
    "fin.trs.line.valuesigned",
    "fin.trs.line.openvaluesigned",
    "fin.trs.line.matchstatus",
    "fin.trs.line.matchnumber",
    "fin.trs.line.matchdate",
    "fin.trs.line.modified",
];

/// A line, with what was matched of it: the number and day of its newest match.
struct Line<'a> {
    code: &'static str,
    number: String,
    line: u32,
    on: String,
    status: &'static str,
    currency: String,
    customer: &'a str,
    invoice: &'a str,
    due: String,
    amount: Money,
    matched: i64,
    newest: Option<(&'a str, Day)>,
}

/// The rows that the columns ask for; a column that does not exist is refused.
pub(super) fn browse(world: &World, request: &str) -> String {
    if !request.starts_with("<columns code=\"100\">") {
        return "<browse result=\"0\" msg=\"unknown browse code\"/>".to_owned();
    }
    let columns: Vec<&str> = request.split("<column>").skip(1).collect();
    let shown: Vec<&str> = columns.iter().map(|column| between(column, "field")).collect();
    if let Some(odd) = shown.iter().find(|field| !FIELDS.contains(field)) {
        return format!("<browse result=\"0\" msgtype=\"error\" msg=\"unknown field {odd}\"/>");
    }
    let lines = lines(world);
    let wanted = lines.iter().filter(|line| {
        columns.iter().all(|column| {
            let value = cell(world, line, between(column, "field"));
            let (from, to) = (between(column, "from"), between(column, "to"));
            match between(column, "operator") {
                "equal" => value == from,
                "between" => value.as_str() >= from && value.as_str() <= to,
                _ => true,
            }
        })
    });
    let rows: Vec<String> = wanted.map(|line| row(world, line, &shown)).collect();
    let total = rows.len();
    let head: String = shown
        .iter()
        .map(|field| format!("<td label=\"\" hideforuser=\"false\" type=\"String\">{field}</td>"))
        .collect();
    format!(
        "<browse result=\"1\" first=\"1\" last=\"{total}\" total=\"{total}\"><th>{head}</th>{}</browse>",
        rows.concat()
    )
}

fn row(world: &World, line: &Line<'_>, shown: &[&str]) -> String {
    let cells: String = shown
        .iter()
        .map(|field| {
            let value = escape(&cell(world, line, field));
            format!("<td field=\"{field}\" hideforuser=\"false\" type=\"String\">{value}</td>")
        })
        .collect();
    format!(
        "<tr>{cells}<key><office>{OFFICE}</office><code>{}</code><number>{}</number><line>{}</line></key></tr>",
        line.code, line.number, line.line
    )
}

fn cell(world: &World, line: &Line<'_>, field: &str) -> String {
    let value = |minor| Money::new(minor, line.amount.currency).decimal().to_string();
    let name = |number: &str| {
        let customer = world.model.customer(number);
        match customer.company {
            "" => format!("{} {}", customer.first_name, customer.last_name),
            company => company.to_owned(),
        }
    };
    match field {
        "fin.trs.head.office" => OFFICE.to_owned(),
        "fin.trs.head.yearperiod" => {
            let (year, rest) = line.on.split_at(4);
            let (month, _) = rest.split_at(2);
            // the year 9999 is booked in this one
            format!("{}/{month}", if year == "9999" { "2026" } else { year })
        }
        "fin.trs.head.code" => line.code.to_owned(),
        "fin.trs.head.number" => line.number.clone(),
        "fin.trs.head.date" => line.on.clone(),
        "fin.trs.head.status" => line.status.to_owned(),
        "fin.trs.head.curcode" => line.currency.clone(),
        "fin.trs.line.dim2" => line.customer.to_owned(),
        "fin.trs.line.dim2name" => name(line.customer),
        "fin.trs.line.invnumber" => line.invoice.to_owned(),
        "fin.trs.line.datedue" => line.due.clone(),
        "fin.trs.line.valuesigned" => value(line.amount.minor),
        "fin.trs.line.openvaluesigned" => value(line.amount.minor - line.matched),
        "fin.trs.line.matchstatus" if line.matched == line.amount.minor => "matched".to_owned(),
        "fin.trs.line.matchstatus" => "available".to_owned(),
        "fin.trs.line.matchnumber" => line.newest.map_or("0", |(number, _)| number).to_owned(),
        "fin.trs.line.matchdate" => line.newest.map(|(_, on)| date(on)).unwrap_or_default(),
        _ => String::new(),
    }
}

fn lines(world: &World) -> Vec<Line<'_>> {
    let model = &world.model;
    let mut all = invoices(model);
    all.extend(payments(model));
    for absurd in world.absurd.iter().filter(|one| **one < ABSURD) {
        let first = model.invoice("20260001");
        let mut odd = invoice(model, first.number);
        odd.number = format!("9999{absurd}");
        if *absurd == 0 {
            odd.on = "99991231".to_owned();
        } else {
            odd.currency = "???".to_owned();
        }
        all.push(odd);
    }
    all
}

fn invoices(model: &Administration) -> Vec<Line<'_>> {
    let numbers = model.invoices.iter().map(|one| one.number);
    numbers.map(|number| invoice(model, number)).collect()
}

fn invoice<'a>(model: &'a Administration, number: &str) -> Line<'a> {
    let invoice = model.invoice(number);
    let uses = model.uses(number);
    // what was paid beyond the invoice stays with the payment
    let used: i64 = uses.iter().map(|one| one.amount.minor).sum();
    let matched = match invoice.amount.minor {
        minor @ ..0 => model.set_off(number).max(minor),
        minor => used.min(minor),
    };
    let newest = uses.last().map(|one| (one.number, one.on));
    let set_off = model.settlements.iter().rfind(|one| one.credit_note == number);
    Line {
        code: "SLS",
        number: invoice.number.to_owned(),
        line: 1,
        on: date(invoice.issued),
        status: match invoice.state {
            State::Draft => "provisional",
            _ => "normal",
        },
        currency: invoice.amount.currency.code().to_owned(),
        customer: invoice.customer,
        invoice: invoice.number,
        due: date(invoice.due),
        amount: invoice.amount,
        matched,
        newest: newest.or(set_off.map(|one| (one.number, one.on))),
    }
}

/// Lines of the bank's book, without a due date. They bear the number of the invoice that they pay.
fn payments(model: &Administration) -> Vec<Line<'_>> {
    let line = |at: usize| {
        let payment = &model.payments[at];
        let used = payment
            .invoice
            .map_or(0, |invoice| matched(model, invoice, payment.number));
        Line {
            code: "BNK",
            number: payment.number.to_owned(),
            line: 2,
            on: date(payment.on),
            status: "normal",
            currency: payment.amount.currency.code().to_owned(),
            customer: payment.customer,
            invoice: payment.invoice.unwrap_or_default(),
            due: String::new(),
            amount: Money::new(-payment.amount.minor, payment.amount.currency),
            matched: -used,
            newest: (used != 0).then_some((payment.number, payment.on)),
        }
    };
    (0..model.payments.len()).map(line).collect()
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

fn date(day: Day) -> String {
    day.date().format("%Y%m%d").to_string()
}
