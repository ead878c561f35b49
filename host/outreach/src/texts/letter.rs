//! What a letter is written from.

use maan_ledger::{Day, Money};
use serde::Serialize;

use super::offer::Offer;
use crate::Language;

/// Who writes, or to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Name of the business or person.
    pub name: String,
    /// The person addressed or writing; empty when unknown.
    pub contact: String,
    /// Bank account to pay to; empty for a debtor.
    pub iban: String,
    /// Where an answer goes: e-mail and telephone, empty for a debtor.
    pub email: String,
    /// Telephone number for questions.
    pub phone: String,
}

/// A line of the list of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterItem {
    /// Invoice number.
    pub number: String,
    /// Date of the invoice.
    pub issued: Day,
    /// Last day of the term.
    pub due: Day,
    /// What is asked for this item.
    pub open: Money,
    /// A part that is not asked now, disputed for example.
    pub withheld: Option<Money>,
    /// Where it can be paid; empty when there is none.
    pub payment_link: String,
}

/// What else is open and asked in the same letter, at a lower level than the letter's own: it has its own last day,
/// and nothing that the letter announces holds for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Items, oldest first.
    pub items: Vec<LetterItem>,
    /// Last day to pay that is named for them.
    pub deadline: Option<Day>,
}

/// Everything that a text needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Level and tone, such as `reminder-1.friendly`.
    pub key: String,
    /// Language of the text.
    pub language: Language,
    /// The creditor.
    pub sender: Party,
    /// The debtor.
    pub debtor: Party,
    /// The day on which it leaves.
    pub today: Day,
    /// Items, oldest first.
    pub items: Vec<LetterItem>,
    /// What else is asked, the highest level first.
    pub also: Vec<Section>,
    /// Credits and unallocated money, shown first and taken off the total.
    pub credits: Option<Money>,
    /// Last day to pay that is named.
    pub deadline: Option<Day>,
    /// Collection costs that are due or will be.
    pub costs: Option<Money>,
    /// Interest that is asked.
    pub interest: Option<Money>,
    /// What is offered; a text of an offer is not written without.
    pub offer: Option<Offer>,
    /// The step that is announced, as a level: `call`, `last-reminder`, `formal-notice`, `hand-over`.
    pub announces: Option<String>,
    /// Phrases that the law requires, in the language of the letter.
    pub phrases: Vec<String>,
}

impl Letter {
    /// All items, those of the letter's own level first.
    pub(super) fn all_items(&self) -> impl Iterator<Item = &LetterItem> {
        self.items
            .iter()
            .chain(self.also.iter().flat_map(|section| &section.items))
    }
}
