//! Selling: debtors buy and get invoices; some ask for an estimate first.

use super::character::Character;
use super::living::bank_day;
use super::model::{
    Buys, Estimate, EstimateOutcome, Event, Invoice, InvoiceIx, Number, Record, Script, Stamps,
};
use super::names::WORK;
use super::{DebtorIx, Portfolio, Purpose};
use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use rand::{Rng, RngExt};

/// Days past due after which a debtor with several overdue invoices gets no new ones.
const SUPPLY_STOP_DAYS: u64 = 30;

/// Days past due after which the bookkeeper gives up.
const WRITE_OFF_DAYS: u64 = 180;

/// What is sold to whom: an order for one invoice or estimate.
struct Order {
    debtor: DebtorIx,
    excl: i64,
    work: &'static str,
    buys: Buys,
}

/// Price without VAT, rounded to quarters of a euro.
fn price(dice: &mut impl Rng, (low, high): (i64, i64)) -> i64 {
    // the smaller of two draws: many small invoices and few large ones
    let drawn = dice.random_range(low..high).min(dice.random_range(low..high));
    drawn / 25 * 25
}

/// VAT to the cent, halves away from zero.
pub(super) fn vat(excl: i64, percent: i64) -> i64 {
    (excl * percent + 50 * excl.signum()) / 100
}

/// The day of a large organisation's payment run on or after `day`: the fifteenth or the last of the month.
pub(super) fn payment_run(day: NaiveDate) -> NaiveDate {
    if day.day() <= 15 {
        return day.with_day(15).unwrap_or(day);
    }
    let first_of_next = day
        .with_day(1)
        .and_then(|first| first.checked_add_months(chrono::Months::new(1)));
    first_of_next.and_then(|first| first.pred_opt()).unwrap_or(day)
}

impl Portfolio {
    fn order(&self, ix: DebtorIx, purpose: Purpose) -> Option<(Order, rand_chacha::ChaCha8Rng)> {
        let debtor = self.debtors.get(ix)?;
        let mut dice = self.dice(ix, debtor.invoiced, purpose);
        let excl = price(&mut dice, debtor.buys.cents);
        let work = WORK
            .get(dice.random_range(0..WORK.len()))
            .copied()
            .unwrap_or("Onderhoud");
        Some((
            Order {
                debtor: ix,
                excl,
                work,
                buys: debtor.buys,
            },
            dice,
        ))
    }

    /// The debtor buys, unless too much is overdue, and will buy again.
    pub(super) fn buy(&mut self, ix: DebtorIx) {
        let Some((order, mut dice)) = self.order(ix, Purpose::Buying) else {
            return;
        };
        let every = u64::from(order.buys.every);
        let next = self.today() + Days::new(every * dice.random_range(6..=14) / 10 + 1);
        self.plan(next, Event::Buy(ix));
        if self.supply_stopped(ix) {
            return;
        }
        let estimated = dice.random_ratio(1, 14);
        let corrected = dice.random_ratio(1, 45).then(|| dice.random_range(4..26));
        if estimated {
            self.estimate(&order);
        } else {
            let invoice = self.invoice(&order, None);
            self.decide(invoice);
            if let Some(days) = corrected {
                self.plan(self.today() + Days::new(days), Event::Resolve(invoice));
            }
        }
    }

    fn supply_stopped(&self, ix: DebtorIx) -> bool {
        let today = self.today();
        let overdue = |invoice: &&InvoiceIx| {
            self.invoices
                .get(**invoice)
                .is_some_and(|invoice| !invoice.disputed && invoice.due + Days::new(SUPPLY_STOP_DAYS) < today)
        };
        self.debtors
            .get(ix)
            .is_some_and(|debtor| debtor.open.iter().filter(overdue).count() >= 2)
    }

    fn invoice(&mut self, order: &Order, estimate: Option<u64>) -> InvoiceIx {
        let ix = self.book_invoice(order, estimate, None);
        self.played.invoices += 1;
        let due = self.today() + Days::new(u64::from(order.buys.term));
        self.plan(due + Days::new(1), Event::Late(ix));
        self.plan(due + Days::new(WRITE_OFF_DAYS), Event::WriteOff(ix));
        ix
    }

    fn book_invoice(&mut self, order: &Order, estimate: Option<u64>, original: Option<u64>) -> InvoiceIx {
        let today = self.today();
        let place = if self.last_invoice.year == today.year() {
            self.last_invoice.place + 1
        } else {
            1
        };
        self.last_invoice = Number {
            year: today.year(),
            place,
        };
        let (id, at, ix) = (self.next_id(), self.tick(), self.invoices.len());
        let serial = self.debtors.get(order.debtor).map_or(0, |debtor| debtor.invoiced);
        self.invoices.push(Invoice {
            id,
            debtor: order.debtor,
            serial,
            number: self.last_invoice,
            date: today,
            due: today + Days::new(u64::from(order.buys.term)),
            work: order.work,
            excl: order.excl,
            vat: vat(order.excl, order.buys.vat),
            payments: Vec::new(),
            original,
            estimate,
            paused: false,
            reminders: 0,
            uncollectible: None,
            disputed: false,
            notes: Vec::new(),
            stamps: Stamps::new(at),
            intention: None,
            instalments: 0,
            touches: 0,
        });
        if let Some(debtor) = self.debtors.get_mut(order.debtor) {
            debtor.invoiced += 1;
            debtor.open.push(ix);
        }
        self.announce(Record::Invoice(ix), "sales_invoice_created");
        ix
    }

    /// A credit note of today over a part of an invoice, in the same words; its amount is negative.
    pub(super) fn credit(&mut self, of: InvoiceIx, excl: i64) -> Option<InvoiceIx> {
        let invoice = self.invoices.get(of)?;
        let buys = Buys {
            term: 14,
            ..self.debtors.get(invoice.debtor)?.buys
        };
        let order = Order {
            debtor: invoice.debtor,
            excl: -excl,
            work: invoice.work,
            buys,
        };
        let original = invoice.id;
        Some(self.book_invoice(&order, None, Some(original)))
    }

    /// The debtor makes up its mind about a new invoice.
    fn decide(&mut self, ix: InvoiceIx) {
        let Some(invoice) = self.invoices.get(ix) else {
            return;
        };
        let Some(debtor) = self.debtors.get(invoice.debtor) else {
            return;
        };
        let (due, character) = (invoice.due, debtor.hidden.character);
        let habit = character.habit();
        let mut dice = self.dice(invoice.debtor, invoice.serial, Purpose::Invoice);
        if self.history && dice.random_ratio(35, 100) {
            self.plan(due + Days::new(20), Event::OwnReminder(ix));
        }
        if dice.random_ratio(habit.dispute, 1000) {
            self.plan(
                due + TimeDelta::days(dice.random_range(-8..9)),
                Event::Dispute(ix),
            );
            return;
        }
        let days = if dice.random_ratio(habit.prompt_chance, 1000) {
            dice.random_range(habit.prompt.0..=habit.prompt.1)
        } else if dice.random_ratio(habit.late_chance, 1000) {
            dice.random_range(habit.late.0..=habit.late.1)
        } else {
            return;
        };
        self.intend(ix, due + TimeDelta::days(days));
    }

    /// The debtor means to pay on a day: later than today, a banking day, for large organisations a payment run.
    pub(super) fn intend(&mut self, ix: InvoiceIx, day: NaiveDate) {
        let tomorrow = self.today() + Days::new(1);
        let Some(invoice) = self.invoices.get_mut(ix) else {
            return;
        };
        let runs = self
            .debtors
            .get(invoice.debtor)
            .is_some_and(|debtor| debtor.hidden.character == Character::Multinational);
        let day = if runs {
            payment_run(day.max(tomorrow))
        } else {
            day.max(tomorrow)
        };
        let day = bank_day(day);
        invoice.intention = Some(day);
        self.plan(day, Event::Pay(ix));
    }

    /// Issues an invoice of a script.
    pub(super) fn play_script(&mut self, ix: DebtorIx, script: Script) {
        let Some(debtor) = self.debtors.get(ix) else {
            return;
        };
        let order = Order {
            debtor: ix,
            excl: script.excl,
            work: "Maandelijkse dienstverlening",
            buys: debtor.buys,
        };
        let invoice = self.invoice(&order, None);
        if let Some(days) = script.paid_after {
            let due = self.today() + Days::new(u64::from(order.buys.term));
            self.intend(invoice, due + TimeDelta::days(days));
        }
    }

    fn estimate(&mut self, order: &Order) {
        let today = self.today();
        let place = if self.last_estimate.year == today.year() {
            self.last_estimate.place + 1
        } else {
            1
        };
        self.last_estimate = Number {
            year: today.year(),
            place,
        };
        let (id, at, ix) = (self.next_id(), self.tick(), self.estimates.len());
        let serial = self.debtors.get(order.debtor).map_or(0, |debtor| debtor.invoiced);
        let mut dice = self.dice(order.debtor, serial, Purpose::Estimate);
        self.estimates.push(Estimate {
            id,
            debtor: order.debtor,
            serial,
            number: self.last_estimate,
            date: today,
            due: today + Days::new(30),
            work: order.work,
            excl: order.excl * 3,
            vat: vat(order.excl * 3, order.buys.vat),
            outcome: None,
            stamps: Stamps::new(at),
        });
        if let Some(debtor) = self.debtors.get_mut(order.debtor) {
            debtor.invoiced += 1;
        }
        self.announce(Record::Estimate(ix), "estimate_created");
        self.plan(today + Days::new(31), Event::EstimateLate(ix));
        self.plan(
            today + Days::new(dice.random_range(5..45)),
            Event::AnswerEstimate(ix),
        );
    }

    pub(super) fn estimate_late(&mut self, ix: usize) {
        if self
            .estimates
            .get(ix)
            .is_some_and(|estimate| estimate.outcome.is_none())
        {
            self.changed(Record::Estimate(ix), "estimate_state_changed_to_late");
        }
    }

    /// An open estimate is accepted, rejected or left to expire; an accepted one is carried out and invoiced.
    pub(super) fn answer_estimate(&mut self, ix: usize) {
        let today = self.today();
        let Some(estimate) = self.estimates.get(ix) else {
            return;
        };
        let mut dice = self.dice(estimate.debtor, estimate.serial, Purpose::Answer);
        let (outcome, action) = match estimate.outcome.map(|(outcome, _)| outcome) {
            None => match dice.random_range(0..10) {
                0..6 => (EstimateOutcome::Accepted, "estimate_mark_accepted"),
                6..8 => (EstimateOutcome::Rejected, "estimate_mark_rejected"),
                _ => return,
            },
            Some(EstimateOutcome::Accepted) => (EstimateOutcome::Billed, "estimate_billed"),
            Some(_) => return,
        };
        let done = today + Days::new(dice.random_range(15..70));
        if outcome == EstimateOutcome::Accepted {
            self.plan(done, Event::AnswerEstimate(ix));
        }
        if outcome == EstimateOutcome::Billed {
            self.bill(ix);
        }
        if let Some(estimate) = self.estimates.get_mut(ix) {
            estimate.outcome = Some((outcome, today));
        }
        self.changed(Record::Estimate(ix), action);
    }

    fn bill(&mut self, ix: usize) {
        let Some(estimate) = self.estimates.get(ix) else {
            return;
        };
        let Some(debtor) = self.debtors.get(estimate.debtor) else {
            return;
        };
        let order = Order {
            debtor: estimate.debtor,
            excl: estimate.excl,
            work: estimate.work,
            buys: debtor.buys,
        };
        let estimate = estimate.id;
        let invoice = self.invoice(&order, Some(estimate));
        self.decide(invoice);
    }
}
