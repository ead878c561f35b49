//! Money: debtors pay wholly, partly, twice or without saying for what; the bookkeeper allocates.

use super::model::{Event, InvoiceIx, Mutation, MutationIx, Payment, Record, Stamps};
use super::{DebtorIx, Portfolio, Purpose};
use chrono::Days;
use rand::{Rng, RngExt};

/// Days until the bookkeeper looks again whether there is something to set a credit note off against.
const CREDIT_WAITS_DAYS: u64 = 15;

/// How a payment goes.
enum Paying {
    Whole,
    /// This part, the rest at a later time.
    Part(i64),
    /// Almost all, and the debtor thinks it is done.
    Short(i64),
    /// More than asked.
    Over(i64),
    /// Twice.
    Twice,
    /// Without a reference that says for what.
    Unreferenced,
}

impl Paying {
    fn draw(dice: &mut impl Rng, part_chance: u32, unpaid: i64) -> Self {
        if unpaid > 10_000 && dice.random_ratio(part_chance, 1000) {
            return Self::Part(unpaid * dice.random_range(25..70) / 100 / 100 * 100);
        }
        match dice.random_range(0..1000) {
            0..16 => Self::Unreferenced,
            16..20 => Self::Over(dice.random_range(1..40) * 100),
            20..23 => Self::Twice,
            23..28 if unpaid > 2_000 => Self::Short(dice.random_range(1..600)),
            _ => Self::Whole,
        }
    }
}

impl Portfolio {
    /// The debtor pays, if it still means to today.
    pub(super) fn pays(&mut self, ix: InvoiceIx) {
        let today = self.today();
        let Some(invoice) = self.invoices.get_mut(ix) else {
            return;
        };
        if invoice.intention != Some(today) || invoice.settled() {
            return;
        }
        invoice.intention = None;
        let (debtor, unpaid) = (invoice.debtor, invoice.unpaid());
        let key = invoice.serial ^ ((invoice.payments.len() as u64) << 48);
        if invoice.instalments > 0 {
            let instalment = unpaid / i64::from(invoice.instalments);
            invoice.instalments -= 1;
            if invoice.instalments > 0 {
                self.intend(ix, today + Days::new(30));
            }
            self.receive_for(ix, instalment, instalment);
            return;
        }
        let scripted = self.history && debtor < super::showcase::ROLES.len();
        let part_chance = self
            .debtors
            .get(debtor)
            .map_or(0, |debtor| debtor.hidden.character.habit().part);
        let mut dice = self.dice(debtor, key, Purpose::Paying);
        let paying = if scripted {
            Paying::Whole
        } else {
            Paying::draw(&mut dice, part_chance, unpaid)
        };
        match paying {
            Paying::Whole => self.receive_for(ix, unpaid, unpaid),
            Paying::Short(missing) => self.receive_for(ix, unpaid - missing, unpaid - missing),
            Paying::Over(extra) => self.receive_for(ix, unpaid + extra, unpaid),
            Paying::Twice => {
                self.receive_for(ix, unpaid, unpaid);
                self.receive_for(ix, unpaid, unpaid);
            }
            Paying::Part(part) => {
                self.receive_for(ix, part, part);
                self.intend(ix, today + Days::new(dice.random_range(14..45)));
            }
            Paying::Unreferenced => {
                let mutation = self.receive(debtor, unpaid, "Betaling, met dank".to_owned());
                if dice.random_ratio(7, 10) {
                    self.plan(
                        today + Days::new(dice.random_range(4..30)),
                        Event::Allocate(mutation, ix),
                    );
                }
            }
        }
    }

    /// Pays an invoice in full as of `minutes` ago; gives the amount in cents, `None` when there is nothing to pay.
    pub(crate) fn pay_now(&mut self, ix: InvoiceIx, minutes: i64) -> Option<i64> {
        let unpaid = self
            .invoices
            .get(ix)
            .filter(|invoice| !invoice.settled() && invoice.total() > 0)?
            .unpaid();
        let now = self.now;
        self.now = now - chrono::TimeDelta::minutes(minutes);
        self.receive_for(ix, unpaid, unpaid);
        self.now = now.max(self.now);
        Some(unpaid)
    }

    /// Money comes in with the invoice's number, and that much of it is allocated.
    fn receive_for(&mut self, ix: InvoiceIx, cents: i64, allocated: i64) {
        let Some(invoice) = self.invoices.get(ix) else {
            return;
        };
        let (debtor, message) = (invoice.debtor, format!("Factuur {}", invoice.number));
        let mutation = self.receive(debtor, cents, message);
        self.allocate(mutation, ix, allocated);
    }

    /// Money comes in; nothing of it is allocated yet.
    fn receive(&mut self, debtor: DebtorIx, cents: i64, message: String) -> MutationIx {
        self.played.payments += 1;
        self.played.received += cents;
        let (id, at) = (self.next_id(), self.tick());
        self.mutations.push(Mutation {
            id,
            debtor,
            cents,
            date: at.date(),
            message,
            allocated: Vec::new(),
            open: cents,
            stamps: Stamps::new(at),
        });
        self.mutations.len() - 1
    }

    fn allocate(&mut self, mutation_ix: MutationIx, ix: InvoiceIx, cents: i64) {
        let (id, at) = (self.next_id(), self.tick());
        let Some(mutation) = self.mutations.get_mut(mutation_ix) else {
            return;
        };
        let Some(invoice) = self.invoices.get_mut(ix) else {
            return;
        };
        invoice.payments.push(Payment {
            id,
            cents,
            date: mutation.date,
            mutation: Some(mutation.id),
            credit_invoice: None,
            at,
        });
        mutation.allocated.push((ix, id));
        mutation.open -= cents;
        mutation.stamps.touch(at);
        let settled = invoice.settled();
        self.changed(
            Record::Invoice(ix),
            if settled {
                "sales_invoice_state_changed_to_paid"
            } else {
                "payment_registered"
            },
        );
        self.close_if_done(ix);
    }

    /// The bookkeeper finds out for which invoice unallocated money was.
    pub(super) fn allocate_found(&mut self, mutation: MutationIx, ix: InvoiceIx) {
        let open = self.mutations.get(mutation).map_or(0, |mutation| mutation.open);
        let unpaid = self.invoices.get(ix).map_or(0, super::Invoice::unpaid);
        if open > 0 && unpaid > 0 {
            self.allocate(mutation, ix, open.min(unpaid));
        }
    }

    /// Sets a credit note off against its invoice, or another of the same debtor, as far as both reach.
    pub(super) fn apply_credit(&mut self, credit_ix: InvoiceIx) {
        let Some(credit) = self.invoices.get(credit_ix) else {
            return;
        };
        let own = credit.original.and_then(|original| self.invoice_ix(original));
        let others = self
            .debtors
            .get(credit.debtor)
            .map(|debtor| debtor.open.as_slice())
            .unwrap_or_default();
        let owed = |ix: &InvoiceIx| self.invoices.get(*ix).is_some_and(|invoice| invoice.unpaid() > 0);
        let Some(ix) = own.into_iter().chain(others.iter().copied()).find(owed) else {
            self.plan(
                self.today() + Days::new(CREDIT_WAITS_DAYS),
                Event::ApplyCredit(credit_ix),
            );
            return;
        };
        let (credit_id, left) = (credit.id, -credit.unpaid());
        let cents = left.min(self.invoices.get(ix).map_or(0, super::Invoice::unpaid));
        if cents <= 0 {
            return;
        }
        for (target, cents, credit_invoice) in [(ix, cents, Some(credit_id)), (credit_ix, -cents, None)] {
            let (id, at) = (self.next_id(), self.tick());
            let date = at.date();
            if let Some(invoice) = self.invoices.get_mut(target) {
                invoice.payments.push(Payment {
                    id,
                    cents,
                    date,
                    mutation: None,
                    credit_invoice,
                    at,
                });
            }
            self.changed(Record::Invoice(target), "payment_registered");
            self.close_if_done(target);
        }
    }
}
