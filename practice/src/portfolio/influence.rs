//! What a message or a call does to a debtor.

use super::character::{Channel, Character, Level};
use super::model::{Event, InvoiceIx, Record};
use super::{DebtorIx, Portfolio, Purpose};
use chrono::{Days, TimeDelta};
use rand::RngExt;

/// Days within which a second contact of the same level counts as a duplicate.
const DUPLICATE_DAYS: i64 = 2;
/// Duplicates after which a debtor complains.
const COMPLAINS_AFTER: u32 = 2;
/// Instalments of an accepted plan, one a month.
const INSTALMENTS: u32 = 4;

/// A debtor was reached.
#[derive(Debug, Clone)]
pub(crate) struct Touch {
    pub(crate) debtor: DebtorIx,
    /// The invoices it was about; none means whatever is open, with half the force.
    pub(crate) invoices: Vec<InvoiceIx>,
    pub(crate) channel: Channel,
    pub(crate) level: Level,
    /// A payment plan was offered.
    pub(crate) plan: bool,
}

impl Portfolio {
    /// The debtor takes in a message or call and may change its mind about each invoice.
    pub(crate) fn touch(&mut self, touch: &Touch) {
        let today = self.today();
        let Some(debtor) = self.debtors.get_mut(touch.debtor) else {
            return;
        };
        let duplicate = debtor
            .hidden
            .last_touch
            .is_some_and(|(day, level)| level >= touch.level && (today - day).num_days() <= DUPLICATE_DAYS);
        debtor.hidden.annoyed += u32::from(duplicate);
        debtor.hidden.last_touch = Some((today, touch.level));
        let (character, annoyed) = (debtor.hidden.character, debtor.hidden.annoyed);
        if duplicate && annoyed == COMPLAINS_AFTER {
            let complaint = "Klant klaagt dat dezelfde herinnering meermaals kwam.";
            self.add_note(Record::Contact(touch.debtor), complaint, false, None);
        }
        let Some(debtor) = self.debtors.get(touch.debtor) else {
            return;
        };
        let vague = touch.invoices.is_empty();
        let invoices = if vague {
            debtor.open.clone()
        } else {
            touch.invoices.clone()
        };
        self.played.touches += 1;
        let full = character.reaction(touch.channel, touch.level, annoyed);
        let chance = match (duplicate, vague) {
            (true, _) => 0,
            (false, true) => full / 2,
            (false, false) => full,
        };
        for ix in invoices {
            self.reconsider(ix, touch, character, chance);
        }
    }

    fn reconsider(&mut self, ix: InvoiceIx, touch: &Touch, character: Character, chance: u32) {
        let today = self.today();
        let Some(invoice) = self.invoices.get_mut(ix) else {
            return;
        };
        if invoice.debtor != touch.debtor || invoice.settled() || invoice.total() < 0 {
            return;
        }
        invoice.touches += 1;
        let (key, disputed, planned) = (
            invoice.serial ^ (invoice.touches << 48),
            invoice.disputed,
            invoice.instalments > 0,
        );
        let mut dice = self.dice(touch.debtor, key, Purpose::Touch);
        let habit = character.habit();
        if disputed {
            if touch.channel == Channel::Call && dice.random_ratio(4, 10) {
                self.plan(today + Days::new(dice.random_range(3..9)), Event::Resolve(ix));
            }
        } else if planned {
            // keeps to the plan that was agreed
        } else if touch.plan && dice.random_ratio(habit.plan, 1000) {
            if let Some(invoice) = self.invoices.get_mut(ix) {
                invoice.instalments = INSTALMENTS;
            }
            self.intend(ix, today + Days::new(dice.random_range(4..9)));
        } else if dice.random_ratio(chance, 1000) {
            let day = today + TimeDelta::days(dice.random_range(habit.reacts_in.0..=habit.reacts_in.1));
            let due = self.invoices.get(ix).map_or(today, |invoice| invoice.due);
            // a notice before the due date moves nobody to pay early
            let day = if touch.level == Level::Notice {
                day.max(due)
            } else {
                day
            };
            self.hurry(ix, day);
        }
    }

    /// Brings a payment forward to a day; never puts it off.
    fn hurry(&mut self, ix: InvoiceIx, day: chrono::NaiveDate) {
        let sooner = self
            .invoices
            .get(ix)
            .is_some_and(|invoice| invoice.intention.is_none_or(|planned| planned > day));
        if sooner {
            self.intend(ix, day);
        }
    }
}
