//! An administration of any size: five invoices for each customer, four of them paid, over the last two years.

use maan_dialects::model::{self, Administration, Customer, Invoice, Payment, State};
use maan_ledger::{Currency, Day, Moment, Money};

const INVOICES: u64 = 5;
const PAID: u64 = 4;
/// 1 December 2024; invoices spread over so many days from then on.
const FIRST: Day = Day(20_058);
const DAYS: u64 = 700;

/// The administration without its books.
pub(crate) fn nothing() -> Administration {
    Administration {
        customers: Vec::new(),
        invoices: Vec::new(),
        payments: Vec::new(),
        settlements: Vec::new(),
        orders: Vec::new(),
        ..model::administration()
    }
}

/// One customer's part of it after another. Consecutive invoices are of different customers, as they are in life.
pub(crate) fn parts(invoices: u64) -> impl Iterator<Item = Administration> {
    let like = model::administration().customers.remove(0);
    let customers = invoices / INVOICES;
    (0..customers).map(move |customer| {
        let like = customer_of(&like, customer);
        let numbers = (0..INVOICES).map(|nth| customer + nth * customers);
        let all: Vec<Invoice> = numbers.map(|number| invoice(&like, number, invoices)).collect();
        Administration {
            payments: all.iter().take(PAID as usize).map(payment).collect(),
            invoices: all,
            customers: vec![like],
            ..nothing()
        }
    })
}

fn customer_of(like: &Customer, number: u64) -> Customer {
    Customer {
        number: text(format!("{:06}", 100_000 + number)),
        company: text(format!("Bakkerij De Korst {number} BV")),
        email: text(format!("crediteuren@korst{number}.example")),
        ..like.clone()
    }
}

fn invoice(customer: &Customer, number: u64, of: u64) -> Invoice {
    let issued = FIRST.plus((number * DAYS / of) as i32);
    Invoice {
        number: text(format!("{}", 2_026_000_000 + number)),
        customer: customer.number,
        issued,
        due: issued.plus(30),
        amount: Money::new(10_000 + (number % 9_973) as i64 * 100, Currency::EUR),
        reference: text(format!("PO-{number}")),
        corrects: None,
        state: State::Issued,
        instalments: Vec::new(),
        disputed: false,
        promised: None,
        stamp: stamp(issued, number),
    }
}

fn payment(invoice: &Invoice) -> Payment {
    let on = invoice.due.plus(3);
    Payment {
        number: invoice.number,
        customer: invoice.customer,
        invoice: Some(invoice.number),
        amount: invoice.amount,
        on,
        stamp: stamp(on, invoice.stamp.sequence),
    }
}

fn stamp(day: Day, sequence: u64) -> model::Stamp {
    let at = Moment(i64::from(day.0) * 86_400_000_000);
    model::Stamp {
        created: at,
        changed: at,
        sequence,
    }
}

/// The model's texts last as long as the program.
fn text(text: String) -> &'static str {
    text.leak()
}
