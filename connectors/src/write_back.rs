use maan_ledger::{Day, Money};

/// What is written back to the platform. References are the platform's ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteBack {
    /// A note of what was sent or said.
    Note {
        /// Contact whom it concerns.
        contact: String,
        /// Invoice that it concerns; none for the contact as a whole.
        invoice: Option<String>,
        /// The note.
        text: String,
        /// It is something to do, not only to know.
        todo: bool,
    },
    /// The credit limit of a contact; none takes it away.
    CreditLimit {
        /// Contact.
        contact: String,
        /// The limit, in the administration's currency.
        limit: Option<Money>,
    },
    /// Deliveries held, or released.
    Hold {
        /// Contact.
        contact: String,
        /// Held.
        held: bool,
    },
    /// The day by which the debtor promised to pay; none takes it away.
    PromisedDate {
        /// Invoice.
        invoice: String,
        /// The day.
        by: Option<Day>,
    },
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is there, under this id of the platform where it has one.
    Done(Option<String>),
    /// The platform has no place for it; why, for a person.
    NotOffered(&'static str),
}
