//! What a snapshot holds.

use serde::Serialize;

use crate::{
    Agreement, Allocation, Contact, Cost, CourtChance, CreditReport, Currency, Day, DebtorDescription,
    Delivery, Dispute, Evidence, Extension, ItemDescription, ItemId, LegalStatus, Level, Mandate, Moment,
    Money, Order, OrderState, Pause, Plan, Promise, RegisterAnswer, Situation, StepDone, Verdict,
    Willingness, Withholding,
};

/// A debtor on a day, as known at a moment. It borrows the facts that it was made of.
///
/// Every list but [`items`](Self::items) is sparse and names only items that are in `items`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Snapshot<'a> {
    /// The day; all that happened through its end counts.
    pub as_of: Day,
    /// The moment; all that was known by then counts.
    pub known_at: Moment,
    /// Currency of the books, in which totals are kept.
    pub home: Currency,
    /// Master data; none when never described, or removed.
    pub debtor: Option<&'a DebtorDescription>,
    /// The platform removed the debtor. Items stay until they are removed themselves.
    pub removed: bool,
    /// What was agreed about paying.
    pub agreement: Option<&'a Agreement>,
    /// Legal situations in force, by first day.
    pub legal: Vec<&'a LegalStatus>,
    /// The last answer of each public register, by the register's code.
    pub registers: Vec<Dated<'a, RegisterAnswer>>,
    /// Issued items, open and closed, sorted by id.
    pub items: Vec<Item<'a>>,
    /// What was allocated to items, sorted by item and day.
    pub payments: Vec<Payment>,
    /// Allocations that count for nothing: their item is not there, or is in another currency.
    pub unmatched: Vec<&'a Allocation>,
    /// Steps of the follow-up that were done, oldest first. A step may name items that are no longer there.
    pub steps: Vec<&'a StepDone>,
    /// Deliveries of documents, oldest first.
    pub deliveries: Vec<&'a Delivery>,
    /// Disputes that are not settled, oldest first.
    pub disputes: Vec<OpenPart<'a, Dispute>>,
    /// Parts of items that are not to be chased, oldest first.
    pub withheld: Vec<OpenPart<'a, Withholding>>,
    /// Direct debits, by collection day.
    pub mandates: Vec<&'a Mandate>,
    /// All promises, oldest first.
    pub promises: Vec<PromiseStanding<'a>>,
    /// Plans that have not ended and are not paid, oldest first.
    pub plans: Vec<PlanStanding<'a>>,
    /// Pauses in force, oldest first.
    pub pauses: Vec<&'a Pause>,
    /// Extensions in force, oldest first.
    pub extensions: Vec<&'a Extension>,
    /// Orders and quotations that may still become invoices, oldest first.
    pub orders: Vec<OrderStanding<'a>>,
    /// Totals, limit and report.
    pub account: Account<'a>,
    /// How the debtor paid and kept his word over two years.
    pub behaviour: Behaviour,
    /// Contacts, evidence and situations.
    pub conversation: Conversation<'a>,
    /// Costs of following up, oldest first.
    pub costs: Vec<Dated<'a, Cost>>,
    /// What earlier decisions say and still holds.
    pub judged: Option<Judged<'a>>,
    /// Chance in court, as last entered.
    pub court_chance: Option<&'a CourtChance>,
    /// Last day on which the debtor was contacted or a contact was tried, whatever came of it. A talk with a
    /// third party counts as none.
    pub last_outbound: Option<Day>,
}

impl<'a> Snapshot<'a> {
    /// The item with an id.
    pub fn item(&self, id: ItemId) -> Option<&Item<'a>> {
        self.items.get(self.item_index(id)?)
    }

    /// The place of an item in [`items`](Self::items).
    pub fn item_index(&self, id: ItemId) -> Option<usize> {
        self.items.binary_search_by_key(&id, |item| item.id).ok()
    }

    /// Items with something open, credit notes included.
    pub fn open_items(&self) -> impl Iterator<Item = &Item<'a>> {
        self.items.iter().filter(|item| item.open.minor != 0)
    }

    /// What was allocated to an item, by day.
    pub fn payments_of(&self, item: ItemId) -> &[Payment] {
        super::items::payments_of(&self.payments, item)
    }
}

/// An issued item and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item<'a> {
    /// Which.
    pub id: ItemId,
    /// The description that holds.
    pub described: &'a ItemDescription,
    /// What is left: amount less allocations, never below zero. For a credit note, what is left of it as a
    /// negative amount, never above zero.
    pub open: Money,
    /// Money allocated to it.
    pub paid: Money,
    /// Credit notes applied to it.
    pub credited: Money,
    /// Written off.
    pub written_off: Money,
    /// Allocated beyond the amount: a credit on the account. For a credit note, used beyond what it holds: a
    /// debit on the account.
    pub excess: Money,
    /// Day since which nothing is open; none while something is, and for credit notes.
    pub closed_on: Option<Day>,
    /// The same day, when money made up more than half of the amount: a payment in full, in the sense of
    /// payment behaviour. What was mostly credited or written off says nothing about paying.
    pub paid_on: Option<Day>,
    /// Running round, from 0.
    pub round: u16,
    /// Highest level done in the running round.
    pub last_level: Level,
    /// Day on which that level was done last.
    pub last_level_on: Option<Day>,
}

impl Item<'_> {
    /// Whether something is claimed and the last day to pay lies before `day`. An extension does not change
    /// the due date.
    pub fn is_overdue(&self, day: Day) -> bool {
        self.open.minor > 0 && self.described.due < day
    }
}

/// What settled part of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// Money.
    Money,
    /// A credit note.
    CreditNote,
    /// A write-off.
    WriteOff,
}

/// An allocation that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// For which item.
    pub item: ItemId,
    /// On which day.
    pub on: Day,
    /// How much, in the item's currency.
    pub amount: Money,
    /// By what.
    pub means: Means,
    /// The money came from a receipt.
    pub receipt: bool,
}

/// Something with the day on which it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Dated<'a, T> {
    /// When.
    pub on: Day,
    /// What.
    pub what: &'a T,
}

/// A part of an item that is set apart, and how much of it is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OpenPart<'a, T> {
    /// The dispute or withholding.
    pub what: &'a T,
    /// Since when.
    pub since: Day,
    /// The part, at most what is open of the item.
    pub open: Money,
}

/// An order or quotation that may still become an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OrderStanding<'a> {
    /// The order.
    pub order: &'a Order,
    /// Open or accepted. What was described only after the day counts as accepted when it was invoiced by
    /// then, and as open when it had lapsed.
    pub state: OrderState,
}

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromiseState {
    /// The day has not passed, and not all was paid.
    Open,
    /// Paid by the day.
    Kept,
    /// The day has passed, and not all was paid by then.
    Broken,
    /// Withdrawn or replaced by its day.
    Withdrawn,
}

/// A promise and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PromiseStanding<'a> {
    /// The promise.
    pub promise: &'a Promise,
    /// When it was made.
    pub made_on: Day,
    /// Settled by money or credit from that day through its last day.
    pub paid: Money,
    /// How it stands.
    pub state: PromiseState,
}

/// A plan in force and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlanStanding<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// When it was agreed.
    pub agreed_on: Day,
    /// Settled by money or credit since that day.
    pub paid: Money,
    /// Instalments whose last day has passed, less what was paid.
    pub missed: Money,
}

/// Totals in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Open invoices.
    pub open: Money,
    /// Open invoices whose last day to pay has passed.
    pub overdue: Money,
    /// Credit notes not yet used and allocations beyond the amount of their item, as a positive amount.
    pub credits: Money,
    /// Receipts less what was allocated from them; negative when money was returned and its allocation stands.
    pub unallocated: Money,
}

/// The account as a whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Account<'a> {
    /// In the currency of the books.
    pub totals: Totals,
    /// In each other currency, by currency; never added to the others.
    pub other_currencies: Vec<Totals>,
    /// What is owed to the same party, as last stated.
    pub payables: Option<Money>,
    /// Orders and accepted quotations not yet invoiced, in the currency of the books.
    pub orders: Money,
    /// Quotations not yet answered, likewise.
    pub quotations: Money,
    /// Delivered and not yet invoiced, likewise.
    pub unbilled: Money,
    /// Open invoices of the debtor's whole group, likewise; none outside a group.
    pub group_open: Option<Money>,
    /// Credit limit; none is no limit set.
    pub limit: Option<Money>,
    /// The insured part.
    pub insured: Option<Money>,
    /// Deliveries are held.
    pub held: bool,
    /// The credit report that was asked last.
    pub report: Option<Dated<'a, CreditReport>>,
}

/// Payments of two years as flat columns, by day of payment, and counters over the same time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Behaviour {
    /// Last day to pay.
    pub due: Vec<Day>,
    /// Day of payment in full.
    pub paid: Vec<Day>,
    /// Amount of the invoice in minor units of the currency of the books.
    pub amount: Vec<i64>,
    /// Promises kept.
    pub promises_kept: u16,
    /// Promises broken.
    pub promises_broken: u16,
    /// Disputes settled in the debtor's favour.
    pub disputes_justified: u16,
    /// Disputes settled in the creditor's favour.
    pub disputes_unjustified: u16,
    /// Direct debits that came back.
    pub returned_debits: u16,
}

/// What is known from talking and writing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Conversation<'a> {
    /// Contacts, oldest first.
    pub contacts: Vec<Dated<'a, Contact>>,
    /// Evidence on willingness, oldest first.
    pub evidence: Vec<Dated<'a, Evidence>>,
    /// Situations in force, oldest first.
    pub situations: Vec<Dated<'a, Situation>>,
    /// Complaints that are not settled.
    pub complaints_open: u16,
}

/// What earlier decisions say and still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Judged<'a> {
    /// Segment key.
    pub segment: &'a str,
    /// First day of the unbroken time in this segment.
    pub segment_since: Day,
    /// Willingness to pay.
    pub willingness: Willingness,
    /// Verdict of the credit check that was asked last; what follows comes from the same check.
    pub verdict: Option<Verdict>,
    /// Advised limit.
    pub limit: Option<Money>,
    /// Deliveries should be held.
    pub hold: bool,
    /// Day of the next credit review.
    pub review_on: Option<Day>,
}
