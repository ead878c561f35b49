//! One administration's portfolio: its debtors, invoices, bank and estimates, and the days that are still to come.
//!
//! Everything follows from the seed: each draw is keyed by seed, debtor, record and purpose, so what happens to one
//! debtor does not shift the draws of another, and contacted and uncontacted worlds can be compared.

mod bank;
mod character;
mod corrections;
mod generation;
mod influence;
mod living;
mod model;
mod names;
mod numbers;
mod people;
mod sales;
mod showcase;

pub use character::{Channel, Character, Level};
pub(crate) use influence::Touch;
pub use model::Played;
pub(crate) use model::{
    Change, Debtor, DebtorIx, Estimate, EstimateOutcome, Invoice, InvoiceIx, Mutation, Note, Number, Payment,
    Record, Stamps,
};
pub(crate) use people::Home;
pub use showcase::{Role, Showcase};

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use model::Event;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashMap};

/// The records of one administration, and its future.
pub(crate) struct Portfolio {
    pub(crate) id: u64,
    seed: u64,
    pub(crate) debtors: Vec<Debtor>,
    pub(crate) invoices: Vec<Invoice>,
    pub(crate) mutations: Vec<Mutation>,
    pub(crate) estimates: Vec<Estimate>,
    pub(crate) showcase: Vec<Showcase>,
    /// The practice clock of this administration, in UTC.
    pub(crate) now: NaiveDateTime,
    calendar: BTreeMap<NaiveDate, Vec<Event>>,
    by_address: HashMap<String, Vec<DebtorIx>>,
    last_id: u64,
    last_invoice: Number,
    last_estimate: Number,
    /// The past is being played: nobody watches and the administration sends its own reminders.
    history: bool,
    /// Changes since the last look, kept only while somebody watches.
    pub(crate) changes: Vec<Change>,
    pub(crate) watched: bool,
    played: Played,
}

/// What a draw is for; part of its key.
#[derive(Debug, Clone, Copy)]
enum Purpose {
    Person = 1,
    Buying,
    Invoice,
    Estimate,
    Answer,
    Paying,
    Touch,
    Complaint,
    Correction,
}

/// The moment of the day at which a played day ends and people come to work, in UTC.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// The moment at which the bank's file of a day is read, in UTC.
const BANK_FILE: NaiveTime = match NaiveTime::from_hms_opt(4, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

impl Portfolio {
    pub(crate) fn today(&self) -> NaiveDate {
        self.now.date()
    }

    /// The debtors that are addressed by an e-mail address.
    pub(crate) fn debtors_at(&self, address: &str) -> &[DebtorIx] {
        self.by_address
            .get(&address.to_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// The invoice with a number.
    pub(crate) fn numbered(&self, number: Number) -> Option<InvoiceIx> {
        self.invoices
            .binary_search_by_key(&number, |invoice| invoice.number)
            .ok()
    }

    /// The invoice with an id; ids rise, so records are found by halving.
    pub(crate) fn invoice_ix(&self, id: u64) -> Option<InvoiceIx> {
        self.invoices.binary_search_by_key(&id, |invoice| invoice.id).ok()
    }

    pub(crate) fn debtor_ix(&self, id: u64) -> Option<DebtorIx> {
        self.debtors.binary_search_by_key(&id, |debtor| debtor.id).ok()
    }

    /// Moves the clock one second on, so that no two changes carry the same moment.
    fn tick(&mut self) -> NaiveDateTime {
        self.now += TimeDelta::seconds(1);
        self.now
    }

    pub(crate) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    fn dice(&self, debtor: DebtorIx, record: u64, purpose: Purpose) -> ChaCha8Rng {
        let words = [self.seed, debtor as u64, record, purpose as u64];
        let mut key = [0; 32];
        for (place, byte) in key
            .iter_mut()
            .zip(words.iter().flat_map(|word| word.to_le_bytes()))
        {
            *place = byte;
        }
        ChaCha8Rng::from_seed(key)
    }

    /// Plans an event; what should have been today or earlier happens tomorrow.
    fn plan(&mut self, day: NaiveDate, event: Event) {
        let day = day.max(self.today() + Days::new(1));
        self.calendar.entry(day).or_default().push(event);
    }

    pub(crate) fn changed(&mut self, record: Record, action: &'static str) {
        let at = self.tick();
        let stamps = match record {
            Record::Contact(ix) => self.debtors.get_mut(ix).map(|debtor| &mut debtor.stamps),
            Record::Invoice(ix) => self.invoices.get_mut(ix).map(|invoice| &mut invoice.stamps),
            Record::Estimate(ix) => self.estimates.get_mut(ix).map(|estimate| &mut estimate.stamps),
        };
        if let Some(stamps) = stamps {
            stamps.touch(at);
        }
        self.announce(record, action);
    }

    fn announce(&mut self, record: Record, action: &'static str) {
        if self.watched {
            self.changes.push(Change { action, record });
        }
    }

    /// Adds a note to a record and returns it; `None` when there is no such record.
    pub(crate) fn add_note(
        &mut self,
        record: Record,
        text: &str,
        todo: bool,
        assignee: Option<u64>,
    ) -> Option<Note> {
        let note = Note {
            id: self.next_id(),
            text: text.to_owned(),
            todo,
            assignee,
            at: self.now,
        };
        let notes = match record {
            Record::Contact(ix) => &mut self.debtors.get_mut(ix)?.notes,
            Record::Invoice(ix) => &mut self.invoices.get_mut(ix)?.notes,
            Record::Estimate(_) => return None,
        };
        notes.push(note.clone());
        self.changed(record, if todo { "todo_created" } else { "note_created" });
        Some(note)
    }
}
