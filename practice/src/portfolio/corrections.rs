//! Complaints and credit notes.

use super::model::{Event, InvoiceIx, Record};
use super::names::COMPLAINT;
use super::{Portfolio, Purpose};
use chrono::Days;
use rand::RngExt;

impl Portfolio {
    /// The debtor complains: a note on the invoice, and no payment until it is settled.
    pub(super) fn dispute(&mut self, ix: InvoiceIx) {
        let Some(invoice) = self
            .invoices
            .get(ix)
            .filter(|invoice| !invoice.settled() && !invoice.disputed)
        else {
            return;
        };
        let mut dice = self.dice(invoice.debtor, invoice.serial, Purpose::Complaint);
        let complaint = COMPLAINT
            .get(dice.random_range(0..COMPLAINT.len()))
            .copied()
            .unwrap_or_default();
        let settled = self.today() + Days::new(dice.random_range(35..110));
        if let Some(invoice) = self.invoices.get_mut(ix) {
            (invoice.disputed, invoice.intention) = (true, None);
        }
        self.played.disputes += 1;
        self.add_note(Record::Invoice(ix), complaint, false, None);
        self.plan(settled, Event::Resolve(ix));
    }

    /// A credit note for a part; the bookkeeper often sets it off later. The rest of a dispute is then paid.
    pub(super) fn resolve(&mut self, ix: InvoiceIx) {
        let Some(invoice) = self.invoices.get(ix).filter(|invoice| !invoice.settled()) else {
            return;
        };
        let mut dice = self.dice(invoice.debtor, invoice.serial, Purpose::Correction);
        let disputed = invoice.disputed;
        let unpaid_excl = invoice.excl * invoice.unpaid() / invoice.total().max(1);
        let part = unpaid_excl * dice.random_range(10..60) / 100;
        let (delay, rest) = (
            dice.random_range(5..50),
            self.today() + Days::new(dice.random_range(3..14)),
        );
        let at_once = dice.random_ratio(6, 10);
        if part > 0
            && let Some(credit) = self.credit(ix, part)
        {
            if at_once {
                self.apply_credit(credit);
            } else {
                self.plan(self.today() + Days::new(delay), Event::ApplyCredit(credit));
            }
        }
        if disputed {
            if let Some(invoice) = self.invoices.get_mut(ix) {
                invoice.disputed = false;
            }
            self.add_note(
                Record::Invoice(ix),
                "Klacht afgehandeld, creditnota gemaakt.",
                false,
                None,
            );
            self.intend(ix, rest);
        }
    }
}
