use maan_ledger::{Currency, Day, Moment, Money};

use super::seed::day;
use super::{Administration, Invoice, Kind, Payment, Removed, Settlement, Stamp, State};

/// What happens after the first reading, in this order. Each is told in the hand-written expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Part of an open invoice is paid.
    PaidInPart,
    /// A payment is taken back: its invoice is open again.
    PaymentReversed,
    /// Amount and due date of an invoice are corrected.
    InvoiceEdited,
    /// An invoice is deleted.
    InvoiceDeleted,
    /// Name and credit limit of a customer change.
    CustomerChanged,
    /// A new customer gets a first invoice.
    CustomerAdded,
    /// A credit note is set off against part of an invoice.
    Credited,
    /// A quotation is accepted.
    QuotationAccepted,
    /// A customer to whom nothing was sold is deleted.
    CustomerDeleted,
    /// Deliveries are released.
    Released,
    /// A user notes that an invoice is promised to be paid by a day.
    Promised,
}

impl Change {
    /// All, in order.
    pub const ALL: [Change; 11] = [
        Self::PaidInPart,
        Self::PaymentReversed,
        Self::InvoiceEdited,
        Self::InvoiceDeleted,
        Self::CustomerChanged,
        Self::CustomerAdded,
        Self::Credited,
        Self::QuotationAccepted,
        Self::CustomerDeleted,
        Self::Released,
        Self::Promised,
    ];

    /// Its name in the expectation.
    pub fn word(self) -> &'static str {
        match self {
            Self::PaidInPart => "paid-in-part",
            Self::PaymentReversed => "payment-reversed",
            Self::InvoiceEdited => "invoice-edited",
            Self::InvoiceDeleted => "invoice-deleted",
            Self::CustomerChanged => "customer-changed",
            Self::CustomerAdded => "customer-added",
            Self::Credited => "credited",
            Self::QuotationAccepted => "quotation-accepted",
            Self::CustomerDeleted => "customer-deleted",
            Self::Released => "released",
            Self::Promised => "promised",
        }
    }
}

const HOUR: i64 = 3_600;

impl Administration {
    /// Makes a change, an hour after the last one.
    pub fn change(&mut self, change: Change) {
        let eur = |minor| Money::new(minor, Currency::EUR);
        match change {
            Change::PaidInPart => {
                let stamp = self.touch();
                self.payments.push(Payment {
                    number: "40020",
                    customer: "1001",
                    invoice: Some("20260001"),
                    amount: eur(210_00),
                    on: day("2026-11-21"),
                    stamp,
                });
            }
            Change::PaymentReversed => {
                self.remove(Kind::Payment, "40001");
                // its invoice is another one then
                self.edit_invoice("20260002", |_| {});
            }
            Change::InvoiceEdited => self.edit_invoice("20260006", |invoice| {
                invoice.due = day("2026-12-10");
                invoice.amount.minor = 2_400_00;
            }),
            Change::InvoiceDeleted => self.remove(Kind::Invoice, "20260012"),
            Change::CustomerChanged => {
                let stamp = self.touch();
                let customer = self
                    .customers
                    .iter_mut()
                    .find(|one| one.number == "1001")
                    .unwrap();
                customer.company = "Bakkerij De Korst Holding BV";
                customer.limit = Some(7_500_00);
                customer.stamp = changed(customer.stamp, stamp);
            }
            Change::CustomerAdded => {
                let newcomer = self.newcomer("1007", "Nieuw Begin BV");
                self.customers.push(newcomer);
                self.issue("20260013", "1007", 121_00, None);
            }
            Change::Credited => {
                self.issue("20260107", "1002", -200_00, Some("20260003"));
                let stamp = self.touch();
                self.settlements.push(Settlement {
                    number: "50002",
                    credit_note: "20260107",
                    invoice: "20260003",
                    amount: eur(200_00),
                    on: day("2026-11-21"),
                    stamp,
                });
            }
            Change::QuotationAccepted => {
                let stamp = self.touch();
                // a platform without quotations has none that could be accepted
                if let Some(quotation) = self.orders.iter_mut().find(|one| one.number == "30001") {
                    quotation.accepted = true;
                    quotation.stamp = changed(quotation.stamp, stamp);
                }
            }
            Change::CustomerDeleted => self.remove(Kind::Customer, "1008"),
            Change::Released => {
                let stamp = self.touch();
                let customer = self
                    .customers
                    .iter_mut()
                    .find(|one| one.number == "1005")
                    .unwrap();
                customer.held = false;
                customer.stamp = changed(customer.stamp, stamp);
            }
            Change::Promised => self.promise("20260001", Some(day("2026-12-03"))),
        }
    }

    /// What somebody keeps who is not done yet with [`Change::InvoiceEdited`], which comes in the same second then.
    /// Gives the moment.
    pub fn begin_editing(&mut self) -> Moment {
        self.edit_invoice("20260006", |invoice| invoice.due = day("2026-12-05"));
        let at = self.now;
        self.soon(0);
        self.now.0 += 300_000;
        at
    }

    /// The next change comes so many seconds after the last one.
    pub fn soon(&mut self, seconds: i64) {
        self.now = self.now.plus_seconds(seconds - HOUR);
    }

    /// A customer gets a credit note that corrects no invoice.
    pub fn credit(&mut self, number: &'static str, customer: &'static str, minor: i64) {
        self.issue(number, customer, -minor, None);
    }

    /// Notes the day by which an invoice is promised to be paid, an hour after the last change.
    pub fn promise(&mut self, number: &str, by: Option<Day>) {
        self.edit_invoice(number, |invoice| invoice.promised = by);
    }

    fn edit_invoice(&mut self, number: &str, edit: impl FnOnce(&mut Invoice)) {
        let stamp = self.touch();
        let invoice = self.invoices.iter_mut().find(|one| one.number == number).unwrap();
        edit(invoice);
        invoice.stamp = changed(invoice.stamp, stamp);
    }

    fn issue(
        &mut self,
        number: &'static str,
        customer: &'static str,
        minor: i64,
        corrects: Option<&'static str>,
    ) {
        let stamp = self.touch();
        self.invoices.push(Invoice {
            number,
            customer,
            issued: day("2026-11-21"),
            due: day("2026-12-21"),
            amount: Money::new(minor, Currency::EUR),
            reference: "",
            corrects,
            state: State::Issued,
            instalments: Vec::new(),
            disputed: false,
            promised: None,
            stamp,
        });
    }

    fn remove(&mut self, kind: Kind, number: &'static str) {
        let stamp = self.touch();
        match kind {
            Kind::Customer => self.customers.retain(|one| one.number != number),
            Kind::Invoice => self.invoices.retain(|one| one.number != number),
            Kind::Payment => self.payments.retain(|one| one.number != number),
        }
        self.removed.push(Removed { kind, number, stamp });
    }

    /// An hour later.
    pub(super) fn touch(&mut self) -> Stamp {
        self.sequence += 1;
        self.now = self.now.plus_seconds(HOUR);
        Stamp {
            created: self.now,
            changed: self.now,
            sequence: self.sequence,
        }
    }
}

fn changed(made: Stamp, now: Stamp) -> Stamp {
    Stamp {
        created: made.created,
        ..now
    }
}
