//! The administration, as plain data. Amounts are minor units of their currency.

mod changes;
mod seed;

use maan_ledger::{Currency, Day, Moment, Money};

pub use changes::Change;
pub use seed::administration;

use crate::case::Case;

/// Everything in the books.
#[derive(Clone, Debug)]
pub struct Administration {
    /// The platform's id.
    pub id: &'static str,
    /// Name of the business.
    pub name: &'static str,
    /// Whom it sells to.
    pub customers: Vec<Customer>,
    /// Invoices and credit notes.
    pub invoices: Vec<Invoice>,
    /// Money that came in.
    pub payments: Vec<Payment>,
    /// Credit notes set off against invoices.
    pub settlements: Vec<Settlement>,
    /// Quotations and orders.
    pub orders: Vec<Order>,
    /// What was removed.
    pub removed: Vec<Removed>,
    /// The last change.
    pub sequence: u64,
    /// When the last change was.
    pub now: Moment,
}

/// When a record was made and changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When it was made.
    pub created: Moment,
    /// When it was changed last.
    pub changed: Moment,
    /// Rises with each change of the administration.
    pub sequence: u64,
}

/// A customer. Empty text is what is not known.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Customer number.
    pub number: &'static str,
    /// Name of the company; empty for a consumer.
    pub company: &'static str,
    /// First name of the person.
    pub first_name: &'static str,
    /// Last name of the person.
    pub last_name: &'static str,
    /// Street and number.
    pub street: &'static str,
    /// Postal code.
    pub postal_code: &'static str,
    /// Town.
    pub city: &'static str,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'static str,
    /// Language that it is written to in.
    pub language: &'static str,
    /// Where invoices go.
    pub email: &'static str,
    /// VAT number.
    pub vat: &'static str,
    /// Number in the trade register.
    pub registration: &'static str,
    /// Account that it pays from.
    pub iban: &'static str,
    /// Credit limit in the administration's currency.
    pub limit: Option<i64>,
    /// Deliveries are held.
    pub held: bool,
    /// Times.
    pub stamp: Stamp,
}

/// Where an invoice stands, apart from what was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not issued.
    Draft,
    /// Issued.
    Issued,
    /// Written off.
    Uncollectible,
}

/// An invoice, or a credit note when its amount is negative.
#[derive(Clone, Debug)]
pub struct Invoice {
    /// Its number.
    pub number: &'static str,
    /// Customer number.
    pub customer: &'static str,
    /// Its date.
    pub issued: Day,
    /// Last day to pay.
    pub due: Day,
    /// VAT included.
    pub amount: Money,
    /// The customer's order reference.
    pub reference: &'static str,
    /// The invoice that a credit note corrects.
    pub corrects: Option<&'static str>,
    /// State.
    pub state: State,
    /// Instalments by due day; none when it is due as a whole.
    pub instalments: Vec<(Day, i64)>,
    /// The customer disputes it.
    pub disputed: bool,
    /// The day by which somebody noted that it will be paid.
    pub promised: Option<Day>,
    /// Times.
    pub stamp: Stamp,
}

/// Money that came in.
#[derive(Clone, Debug)]
pub struct Payment {
    /// Its number.
    pub number: &'static str,
    /// Customer number.
    pub customer: &'static str,
    /// The invoice that it was booked on; none when it was not used yet.
    pub invoice: Option<&'static str>,
    /// How much.
    pub amount: Money,
    /// Booking day.
    pub on: Day,
    /// Times.
    pub stamp: Stamp,
}

/// A credit note set off against an invoice.
#[derive(Clone, Debug)]
pub struct Settlement {
    /// Its number.
    pub number: &'static str,
    /// Number of the credit note.
    pub credit_note: &'static str,
    /// Number of the invoice.
    pub invoice: &'static str,
    /// How much.
    pub amount: Money,
    /// When.
    pub on: Day,
    /// Times.
    pub stamp: Stamp,
}

/// What an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderKind {
    /// A quotation.
    Quotation,
    /// An order.
    Order,
}

/// A quotation or an order.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its number.
    pub number: &'static str,
    /// Customer number.
    pub customer: &'static str,
    /// Kind.
    pub kind: OrderKind,
    /// A quotation was accepted; an order always is.
    pub accepted: bool,
    /// VAT included.
    pub amount: Money,
    /// Its date.
    pub on: Day,
    /// Times.
    pub stamp: Stamp,
}

/// What kind of record was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A customer.
    Customer,
    /// An invoice or credit note.
    Invoice,
    /// A payment.
    Payment,
}

/// A record that was removed, as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Kind.
    pub kind: Kind,
    /// Its number.
    pub number: &'static str,
    /// When.
    pub stamp: Stamp,
}

impl Administration {
    /// The books' own currency.
    pub const CURRENCY: Currency = Currency::EUR;

    /// The customer of a number.
    pub fn customer(&self, number: &str) -> &Customer {
        let found = self.customers.iter().find(|one| one.number == number);
        found.unwrap_or_else(|| panic!("there is no customer {number}"))
    }

    /// The invoice of a number.
    pub fn invoice(&self, number: &str) -> &Invoice {
        let found = self.invoices.iter().find(|one| one.number == number);
        found.unwrap_or_else(|| panic!("there is no invoice {number}"))
    }

    /// What was paid and set off on an invoice, each with number, amount, day, stamp and the credit note that it came
    /// from, in the order of booking. What was paid beyond the invoice is included.
    pub fn uses(&self, invoice: &str) -> Vec<Use> {
        let money = self.payments.iter().filter(|one| one.invoice == Some(invoice));
        let money = money.map(|one| Use {
            number: one.number,
            amount: one.amount,
            on: one.on,
            credit_note: None,
            stamp: one.stamp,
        });
        let credit = self.settlements.iter().filter(|one| one.invoice == invoice);
        let credit = credit.map(|one| Use {
            number: one.number,
            amount: one.amount,
            on: one.on,
            credit_note: Some(one.credit_note),
            stamp: one.stamp,
        });
        let mut all: Vec<Use> = money.chain(credit).collect();
        all.sort_by_key(|one| (one.on, one.number));
        all
    }

    /// How much of a credit note was set off, as a negative amount.
    pub fn set_off(&self, credit_note: &str) -> i64 {
        let used = self
            .settlements
            .iter()
            .filter(|one| one.credit_note == credit_note);
        -used.map(|one| one.amount.minor).sum::<i64>()
    }

    /// What is open of an invoice or credit note; below zero when too much was paid on an invoice.
    pub fn open(&self, number: &str) -> Money {
        let invoice = self.invoice(number);
        let used: i64 = self.uses(number).iter().map(|one| one.amount.minor).sum();
        Money::new(
            invoice.amount.minor - used - self.set_off(number),
            invoice.amount.currency,
        )
    }

    /// The newest stamp of an invoice and all that was booked on it.
    pub fn touched(&self, number: &str) -> Stamp {
        let invoice = self.invoice(number).stamp;
        let used = self.uses(number).into_iter().map(|one| one.stamp);
        let set_off = self
            .settlements
            .iter()
            .filter(|one| one.credit_note == number)
            .map(|one| one.stamp);
        let newest = used.chain(set_off).fold(invoice, |newest, next| {
            if next.sequence > newest.sequence {
                next
            } else {
                newest
            }
        });
        Stamp {
            created: invoice.created,
            ..newest
        }
    }

    /// The administration without the documents of cases that a platform cannot express.
    pub fn without(&mut self, cases: &[Case]) {
        let left_out = |number: &str| cases.iter().any(|case| case.documents().contains(&number));
        self.invoices.retain(|one| !left_out(one.number));
        self.payments.retain(|one| !left_out(one.number));
        self.orders.retain(|one| !left_out(one.number));
    }
}

/// Use of money or credit on an invoice.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// Its number.
    pub number: &'static str,
    /// How much.
    pub amount: Money,
    /// When.
    pub on: Day,
    /// The credit note that it came from.
    pub credit_note: Option<&'static str>,
    /// Times.
    pub stamp: Stamp,
}
