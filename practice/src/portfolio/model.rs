//! The records of one administration, as the bookkeeping knows them, and what only the debtor knows.

use super::character::{Character, Level};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Place of a debtor in the portfolio.
pub(crate) type DebtorIx = usize;
/// Place of an invoice in the portfolio.
pub(crate) type InvoiceIx = usize;
/// Place of a bank mutation in the portfolio.
pub(crate) type MutationIx = usize;

/// When a record was made and last changed, and its version, which rises with every change and only then.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamps {
    pub(crate) created: NaiveDateTime,
    pub(crate) updated: NaiveDateTime,
    pub(crate) version: i64,
}

impl Stamps {
    pub(crate) fn new(at: NaiveDateTime) -> Self {
        Self {
            created: at,
            updated: at,
            version: at.and_utc().timestamp(),
        }
    }

    pub(crate) fn touch(&mut self, at: NaiveDateTime) {
        self.updated = self.updated.max(at);
        self.version = (self.version + 1).max(at.and_utc().timestamp());
    }
}

/// A note on a contact, an invoice or an estimate.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub(crate) id: u64,
    pub(crate) text: String,
    pub(crate) todo: bool,
    pub(crate) assignee: Option<u64>,
    pub(crate) at: NaiveDateTime,
}

/// A contact of the administration: someone who owes or owed money.
#[derive(Debug)]
pub(crate) struct Debtor {
    pub(crate) id: u64,
    pub(crate) number: usize,
    pub(crate) company_name: Option<String>,
    pub(crate) firstname: String,
    pub(crate) lastname: String,
    pub(crate) address: String,
    pub(crate) zipcode: String,
    pub(crate) city: String,
    pub(crate) country: &'static str,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) tax_number: Option<String>,
    pub(crate) chamber_of_commerce: Option<String>,
    pub(crate) iban: String,
    pub(crate) stamps: Stamps,
    pub(crate) notes: Vec<Note>,
    pub(crate) buys: Buys,
    pub(crate) hidden: Hidden,
    /// Invoices not yet settled.
    pub(crate) open: Vec<InvoiceIx>,
    /// Invoices, credit notes and estimates made so far.
    pub(crate) invoiced: u64,
}

/// How a debtor buys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buys {
    /// Days between two invoices, on average.
    pub(crate) every: u32,
    /// Smallest and largest amount without VAT, in cents.
    pub(crate) cents: (i64, i64),
    /// Days from invoice to due date.
    pub(crate) term: u32,
    /// VAT in percent.
    pub(crate) vat: i64,
}

/// What the bookkeeping cannot see.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hidden {
    pub(crate) character: Character,
    /// How often the debtor was bothered twice about the same thing.
    pub(crate) annoyed: u32,
    pub(crate) last_touch: Option<(NaiveDate, Level)>,
}

/// A sales invoice; a credit note has a negative amount and usually an original invoice.
#[derive(Debug)]
pub(crate) struct Invoice {
    pub(crate) id: u64,
    pub(crate) debtor: DebtorIx,
    /// Place among the debtor's own invoices and estimates; the key of its draws.
    pub(crate) serial: u64,
    pub(crate) number: Number,
    pub(crate) date: NaiveDate,
    pub(crate) due: NaiveDate,
    pub(crate) work: &'static str,
    /// Amount without VAT, in cents.
    pub(crate) excl: i64,
    /// VAT in cents.
    pub(crate) vat: i64,
    pub(crate) payments: Vec<Payment>,
    pub(crate) original: Option<u64>,
    pub(crate) estimate: Option<u64>,
    pub(crate) paused: bool,
    pub(crate) reminders: u32,
    pub(crate) uncollectible: Option<NaiveDate>,
    pub(crate) disputed: bool,
    pub(crate) notes: Vec<Note>,
    pub(crate) stamps: Stamps,
    /// The day on which the debtor means to pay; known to the debtor only.
    pub(crate) intention: Option<NaiveDate>,
    /// What an agreed plan still has to bring in: instalments left.
    pub(crate) instalments: u32,
    /// Messages and calls about this invoice.
    pub(crate) touches: u64,
}

impl Invoice {
    pub(crate) fn total(&self) -> i64 {
        self.excl + self.vat
    }

    pub(crate) fn paid(&self) -> i64 {
        self.payments.iter().map(|payment| payment.cents).sum()
    }

    pub(crate) fn unpaid(&self) -> i64 {
        self.total() - self.paid()
    }

    /// Nothing left to pay or to use; more than all was paid counts as settled too.
    pub(crate) fn settled(&self) -> bool {
        self.unpaid() * self.total().signum() <= 0
    }

    pub(crate) fn state(&self, today: NaiveDate) -> InvoiceState {
        if self.settled() {
            InvoiceState::Paid
        } else if self.uncollectible.is_some() {
            InvoiceState::Uncollectible
        } else if self.reminders > 0 {
            InvoiceState::Reminded
        } else if self.due < today {
            InvoiceState::Late
        } else {
            InvoiceState::Open
        }
    }

    pub(crate) fn settled_on(&self) -> Option<NaiveDate> {
        self.settled()
            .then(|| self.payments.iter().map(|payment| payment.date).max())
            .flatten()
    }
}

/// State of an invoice as the platform words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InvoiceState {
    Open,
    Reminded,
    Late,
    Paid,
    Uncollectible,
}

impl InvoiceState {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Reminded => "reminded",
            Self::Late => "late",
            Self::Paid => "paid",
            Self::Uncollectible => "uncollectible",
        }
    }
}

/// Year and place in the year: `2026-00042`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number {
    pub(crate) year: i32,
    pub(crate) place: u32,
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:05}", self.year, self.place)
    }
}

impl Number {
    /// Reads a number written exactly as it is displayed.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (year, place) = text.split_once('-')?;
        let number = Self {
            year: year.parse().ok()?,
            place: place.parse().ok()?,
        };
        (number.to_string() == text).then_some(number)
    }
}

/// Money allocated to an invoice; from the bank, or from a credit note.
#[derive(Debug, Clone)]
pub(crate) struct Payment {
    pub(crate) id: u64,
    pub(crate) cents: i64,
    pub(crate) date: NaiveDate,
    pub(crate) mutation: Option<u64>,
    pub(crate) credit_invoice: Option<u64>,
    pub(crate) at: NaiveDateTime,
}

/// A line of the bank statement.
#[derive(Debug)]
pub(crate) struct Mutation {
    pub(crate) id: u64,
    pub(crate) debtor: DebtorIx,
    pub(crate) cents: i64,
    pub(crate) date: NaiveDate,
    pub(crate) message: String,
    /// Parts allocated to invoices.
    pub(crate) allocated: Vec<(InvoiceIx, u64)>,
    pub(crate) open: i64,
    pub(crate) stamps: Stamps,
}

/// An estimate (quotation).
#[derive(Debug)]
pub(crate) struct Estimate {
    pub(crate) id: u64,
    pub(crate) debtor: DebtorIx,
    pub(crate) serial: u64,
    pub(crate) number: Number,
    pub(crate) date: NaiveDate,
    pub(crate) due: NaiveDate,
    pub(crate) work: &'static str,
    pub(crate) excl: i64,
    pub(crate) vat: i64,
    pub(crate) outcome: Option<(EstimateOutcome, NaiveDate)>,
    pub(crate) stamps: Stamps,
}

/// What became of an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EstimateOutcome {
    Accepted,
    Rejected,
    Billed,
}

impl Estimate {
    pub(crate) fn state(&self, today: NaiveDate) -> &'static str {
        match self.outcome {
            Some((EstimateOutcome::Accepted, _)) => "accepted",
            Some((EstimateOutcome::Rejected, _)) => "rejected",
            Some((EstimateOutcome::Billed, _)) => "billed",
            None if self.due < today => "late",
            None => "open",
        }
    }
}

/// Something that will happen on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    /// An invoice falls due and is late from now.
    Late(InvoiceIx),
    /// The administration's own reminder, before this product took over.
    OwnReminder(InvoiceIx),
    /// The debtor means to pay.
    Pay(InvoiceIx),
    /// The debtor raises a complaint.
    Dispute(InvoiceIx),
    /// A complaint is settled with a credit note for a part.
    Resolve(InvoiceIx),
    /// The bookkeeper gives up.
    WriteOff(InvoiceIx),
    /// A credit note is set off against its invoice.
    ApplyCredit(InvoiceIx),
    /// The bookkeeper finds the invoice of unallocated money.
    Allocate(MutationIx, InvoiceIx),
    /// The debtor answers an estimate, or it is carried out.
    AnswerEstimate(usize),
    /// An estimate is not answered in time.
    EstimateLate(usize),
    /// The debtor buys.
    Buy(DebtorIx),
    /// An invoice of a showcase debtor, as written in its script.
    Scripted(DebtorIx, Script),
}

/// One invoice of a showcase debtor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Script {
    /// Amount without VAT, in cents.
    pub(crate) excl: i64,
    /// Day of payment after the due date; `None` leaves it open.
    pub(crate) paid_after: Option<i64>,
}

/// Something that changed and that a webhook may want to tell.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) action: &'static str,
    pub(crate) record: Record,
}

/// A record by kind and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Record {
    Contact(DebtorIx),
    Invoice(InvoiceIx),
    Estimate(usize),
}

/// What was played between two moments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Played {
    /// Days that passed.
    pub days: u32,
    /// Invoices made, without credit notes.
    pub invoices: u32,
    /// Payments that came in.
    pub payments: u32,
    /// Money that came in, in cents.
    pub received: i64,
    /// Complaints raised.
    pub disputes: u32,
    /// Messages and calls that reached a debtor.
    pub touches: u32,
}

impl Debtor {
    /// The company's name, or the person's.
    pub(crate) fn name(&self) -> String {
        self.company_name
            .clone()
            .unwrap_or_else(|| format!("{} {}", self.firstname, self.lastname))
    }
}
