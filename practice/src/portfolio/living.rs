//! Plays days: what is due on a day happens, in a fixed order.

use super::model::{Event, Record};
use super::{BANK_FILE, MORNING, Played, Portfolio};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};

/// The day itself, or the Monday after it: banks book on working days.
pub(super) fn bank_day(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}

impl Portfolio {
    /// Plays all days up to and including that of `moment` and sets the clock to it; the clock never goes back.
    pub(crate) fn play_until(&mut self, moment: NaiveDateTime) -> Played {
        self.played = Played {
            touches: self.played.touches,
            ..Played::default()
        };
        while self.today() < moment.date() {
            let day = self.today() + Days::new(1);
            self.now = day.and_time(BANK_FILE);
            self.play_day(day);
            self.now = self.now.max(day.and_time(MORNING));
            self.played.days += 1;
        }
        self.now = self.now.max(moment);
        std::mem::take(&mut self.played)
    }

    fn play_day(&mut self, day: NaiveDate) {
        let mut events = self.calendar.remove(&day).unwrap_or_default();
        events.sort_unstable();
        events.dedup();
        for event in events {
            match event {
                Event::Late(ix) => self.falls_late(ix),
                Event::OwnReminder(ix) => self.own_reminder(ix),
                Event::Pay(ix) => self.pays(ix),
                Event::Dispute(ix) => self.dispute(ix),
                Event::Resolve(ix) => self.resolve(ix),
                Event::WriteOff(ix) => self.write_off(ix),
                Event::ApplyCredit(ix) => self.apply_credit(ix),
                Event::Allocate(mutation, invoice) => self.allocate_found(mutation, invoice),
                Event::AnswerEstimate(ix) => self.answer_estimate(ix),
                Event::EstimateLate(ix) => self.estimate_late(ix),
                Event::Buy(ix) => self.buy(ix),
                Event::Scripted(ix, script) => self.play_script(ix, script),
            }
        }
    }

    fn falls_late(&mut self, ix: usize) {
        if self.invoices.get(ix).is_some_and(|invoice| !invoice.settled()) {
            self.changed(Record::Invoice(ix), "sales_invoice_state_changed_to_late");
        }
    }

    fn own_reminder(&mut self, ix: usize) {
        let Some(invoice) = self.invoices.get_mut(ix).filter(|invoice| !invoice.settled()) else {
            return;
        };
        invoice.reminders += 1;
        self.changed(Record::Invoice(ix), "sales_invoice_send_reminder_email");
    }

    fn write_off(&mut self, ix: usize) {
        let today = self.today();
        let Some(invoice) = self
            .invoices
            .get_mut(ix)
            .filter(|invoice| !invoice.settled() && invoice.instalments == 0)
        else {
            return;
        };
        invoice.uncollectible = Some(today);
        self.changed(
            Record::Invoice(ix),
            "sales_invoice_state_changed_to_uncollectible",
        );
        self.close_if_done(ix);
    }

    /// Takes a settled or written-off invoice from its debtor's open ones.
    pub(super) fn close_if_done(&mut self, ix: usize) {
        let Some(invoice) = self.invoices.get(ix) else {
            return;
        };
        let done = invoice.settled() || invoice.uncollectible.is_some();
        if done && let Some(debtor) = self.debtors.get_mut(invoice.debtor) {
            debtor.open.retain(|open| *open != ix);
        }
    }
}
