//! What files say, in the ledger's words and before anything is compared with what is known.

use maan_ledger::{Channel, Country, Day, DebtorKind, DisputeCause, ItemKind, Level, Money};

/// Something that a file says, and where it says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Line of a table, statement entry or document; from 1.
    pub line: u64,
    /// What it says.
    pub entry: Entry,
}

/// One statement of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A debtor.
    Debtor(Party),
    /// An invoice or credit note.
    Invoice(Invoice),
    /// What the books used for an invoice.
    Settled(Settled),
    /// An entry of a bank statement.
    Bank(BankEntry),
    /// The bank is complete through this day.
    BankThrough(Day),
    /// Something that the follow-up did before.
    Event(Event),
    /// A line that was not taken in, and why.
    Skipped(String),
    /// Something that a person should know about the file as a whole.
    Warning(String),
}

/// A customer, as far as a file knows it; what it does not know is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Party {
    /// Customer number.
    pub number: String,
    /// Name; untrusted text.
    pub name: String,
    /// Kind.
    pub kind: DebtorKind,
    /// Country.
    pub country: Country,
    /// BCP 47 tag.
    pub language: String,
    /// VAT number.
    pub vat_number: String,
    /// Number in the trade register.
    pub registration: String,
    /// Name of a contact.
    pub contact: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Postal address on lines.
    pub address: String,
    /// Bank accounts, in capitals without spaces.
    pub accounts: Vec<String>,
    /// Credit limit.
    pub limit: Option<Money>,
    /// Agreed term in days from the invoice's date.
    pub term_days: Option<u16>,
}

/// An invoice, or a credit note with a negative amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    /// Who owes it.
    pub party: Party,
    /// Number as the debtor knows it.
    pub number: String,
    /// Kind.
    pub kind: ItemKind,
    /// Date; that of the due day when a file gives no other.
    pub issued: Day,
    /// Last day to pay; none where the file does not say.
    pub due: Option<Day>,
    /// Amount, VAT included. Where a file only says what is open, that.
    pub amount: Option<Money>,
    /// What is open of it on the day of the file; none where the file does not say.
    pub open: Option<Money>,
    /// The reference that the debtor is asked to pay with.
    pub payment_reference: String,
    /// The debtor's order reference.
    pub order_reference: String,
    /// Number of the invoice that a credit note corrects.
    pub corrects: String,
    /// VAT number, trade register number or name of who issued it; empty where the file does not say.
    pub issuer: Issuer,
}

/// Who issued an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issuer {
    /// VAT number.
    pub vat_number: String,
    /// Number in the trade register.
    pub registration: String,
    /// Name.
    pub name: String,
}

/// A payment or other use that the books have for an invoice.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// Who owes the invoice.
    pub party: Party,
    /// The invoice.
    pub number: String,
    /// Names the booking within the administration.
    pub booking: String,
    /// How much; negative when it opens the invoice again.
    pub amount: Money,
    /// When.
    pub on: Day,
}

/// An entry of a bank statement, or one transaction of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct BankEntry {
    /// Names the transaction within the statements of all banks: the same entry on another statement has the same.
    pub key: String,
    /// Booking day.
    pub on: Day,
    /// How much came in; negative when it went back to the debtor.
    pub amount: Money,
    /// Who paid.
    pub name: String,
    /// The account it came from, in capitals without spaces.
    pub account: String,
    /// Structured reference of the creditor.
    pub reference: String,
    /// Text of the payer.
    pub text: String,
    /// End-to-end id, where the payer gave one.
    pub end_to_end: String,
    /// Reason of a return (ISO 20022); empty when it is none.
    pub return_code: String,
}

/// Something that another tool or a person did before.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// With whom.
    pub party: Party,
    /// Numbers of the invoices; none for the whole account.
    pub invoices: Vec<String>,
    /// When.
    pub on: Day,
    /// What.
    pub what: Happening,
}

/// What was done or agreed.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A step of the follow-up.
    Step {
        /// Level reached.
        level: Level,
        /// Over which channel.
        channel: Channel,
        /// There is proof of delivery.
        proof: bool,
        /// Last day to pay that was named.
        deadline: Option<Day>,
        /// Costs that were announced.
        costs: Option<Money>,
    },
    /// A promise to pay.
    Promise {
        /// How much; all that is open when the file does not say.
        amount: Option<Money>,
        /// Until when.
        by: Day,
    },
    /// An instalment of a payment plan.
    Instalment {
        /// Tells several plans of one debtor apart.
        plan: String,
        /// Last day to pay.
        due: Day,
        /// How much.
        amount: Money,
    },
    /// A dispute.
    Dispute {
        /// The disputed part; the whole invoice when the file does not say.
        amount: Option<Money>,
        /// Cause.
        cause: DisputeCause,
        /// In words; untrusted text.
        text: String,
    },
    /// A rest.
    Pause {
        /// Through this day; until lifted when none.
        until: Option<Day>,
        /// Why.
        reason: String,
    },
}
