//! Facts of a story.

use maan_ledger::{
    Channel, Criterion, DeliveryState, DisputeCause, EndReason, LegalSituation, Level, OrderState, Outcome,
    ReportAnswer, Verdict, Willingness, WithheldCause,
};
use serde::{Deserialize, Deserializer};

use super::read::{rest, take};
use super::{Amount, Date, Word};

/// A fact: when it happened, to whom, and what.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) on: Date,
    pub(crate) known: Option<Date>,
    pub(crate) who: Option<String>,
    /// As it stands in the file, on a line.
    pub(crate) told: String,
    pub(crate) what: What,
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut table = toml::Table::deserialize(d)?;
        let place = format!("the fact {}: ", toml::Value::Table(table.clone()));
        let on = take(&mut table, "on", &place)?;
        Ok(Self {
            on: on.ok_or_else(|| serde::de::Error::custom(format!("{place}lacks `on`, the day")))?,
            known: take(&mut table, "known", &place)?,
            who: take(&mut table, "who", &place)?,
            told: line(&table),
            what: rest(table, &place)?,
        })
    }
}

/// A fact on a line: what it is, then its fields.
fn line(table: &toml::Table) -> String {
    let plain = |value: &toml::Value| match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let what = table.get("what").map(plain).unwrap_or_default();
    let fields = table.iter().filter(|(key, _)| *key != "what");
    let fields: Vec<_> = fields
        .map(|(key, value)| format!("{key} {}", plain(value)))
        .collect();
    format!("{what}: {}", fields.join(", "))
}

/// An order, a quotation, or what was delivered and not yet invoiced.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderIs {
    pub(crate) number: String,
    pub(crate) amount: Amount,
    #[serde(default = "open")]
    pub(crate) state: OrderState,
}

/// An instalment of a plan.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InstalmentIs {
    pub(crate) due: Date,
    pub(crate) amount: Amount,
}

/// What happened.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum What {
    Invoice {
        number: String,
        amount: Amount,
        due: Option<Date>,
        term: Option<u16>,
        issued: Option<Date>,
        #[serde(default)]
        order_reference: String,
    },
    Instalment {
        number: String,
        amount: Amount,
        due: Option<Date>,
        term: Option<u16>,
        issued: Option<Date>,
    },
    CreditNote {
        number: String,
        amount: Amount,
        corrects: Option<String>,
    },
    Payment {
        amount: Amount,
        invoice: Option<String>,
        name: Option<String>,
    },
    PaymentUndone {
        name: String,
    },
    Applied {
        credit_note: Option<String>,
        payment: Option<String>,
        invoice: String,
        amount: Amount,
    },
    WrittenOff {
        invoice: String,
        amount: Amount,
    },
    Removed {
        invoice: String,
    },
    PaidBefore {
        count: u16,
        last_due: Date,
        #[serde(default = "thirty")]
        every_days: u16,
        amount: Amount,
        #[serde(default)]
        days_late: Vec<i32>,
        #[serde(default = "thirty")]
        term: u16,
    },
    Quotation(OrderIs),
    Order(OrderIs),
    Unbilled(OrderIs),
    Delivery {
        invoice: String,
        state: DeliveryState,
        #[serde(default = "email")]
        channel: Channel,
        #[serde(default)]
        proof: bool,
        #[serde(default)]
        order_reference_missing: bool,
    },
    DirectDebit {
        invoice: String,
        collection_day: Date,
        #[serde(default)]
        return_code: String,
        returned_on: Option<Date>,
    },
    Withheld {
        invoice: String,
        amount: Amount,
        cause: WithheldCause,
        name: Option<String>,
    },
    Payables {
        amount: Amount,
    },
    CreditReport {
        #[serde(default = "present")]
        answer: ReportAnswer,
        failure: Option<u16>,
        advised_limit: Option<Amount>,
        #[serde(default)]
        worsened_by: i16,
        #[serde(default)]
        marks: Vec<String>,
        #[serde(default = "agency")]
        agency: String,
    },
    Limit {
        limit: Option<Amount>,
        insured: Option<Amount>,
    },
    DeliveriesHeld {
        held: bool,
    },
    Legal {
        situation: LegalSituation,
        since: Option<Date>,
        until: Option<Date>,
        #[serde(default = "register")]
        source: String,
        file_claim_by: Option<Date>,
    },
    Registers {
        answer: RegistersSay,
    },
    Step {
        level: Word<Level>,
        items: Vec<String>,
        #[serde(default = "email")]
        channel: Channel,
        #[serde(default)]
        proof: bool,
        deadline: Option<Date>,
        announced_costs: Option<Amount>,
        #[serde(default = "message")]
        kind: String,
    },
    NewRound {
        invoice: String,
        round: u16,
    },
    Cost {
        level: Word<Level>,
        amount: Amount,
    },
    Judged {
        segment: String,
        #[serde(default)]
        willingness: Willingness,
        verdict: Option<Verdict>,
        limit: Option<Amount>,
        #[serde(default)]
        hold: bool,
        review_on: Option<Date>,
    },
    Call {
        outcome: Outcome,
        #[serde(default)]
        right_person: bool,
        #[serde(default)]
        items: Vec<String>,
    },
    Reply {
        outcome: Outcome,
        #[serde(default = "email")]
        channel: Channel,
        #[serde(default = "yes")]
        unhandled: bool,
        name: Option<String>,
    },
    Handled {
        name: String,
        outcome: Option<Outcome>,
    },
    Evidence {
        criterion: Criterion,
        leaning: i16,
    },
    Situation {
        code: String,
        until: Option<Date>,
    },
    Promise {
        amount: Amount,
        by: Date,
        #[serde(default)]
        items: Vec<String>,
        name: Option<String>,
    },
    Plan {
        #[serde(default)]
        items: Vec<String>,
        instalments: Vec<InstalmentIs>,
        name: Option<String>,
    },
    Dispute {
        invoice: String,
        amount: Option<Amount>,
        #[serde(default = "goods")]
        cause: DisputeCause,
        name: Option<String>,
    },
    Pause {
        invoice: Option<String>,
        until: Option<Date>,
        name: Option<String>,
    },
    Extension {
        items: Vec<String>,
        until: Date,
        name: Option<String>,
    },
    Ended {
        name: String,
        #[serde(default = "withdrawn")]
        how: EndReason,
    },
    Complaint {
        name: String,
        #[serde(default)]
        settled: bool,
    },
    CourtChance {
        chance: u16,
        #[serde(default)]
        basis: String,
    },
    Debtor(toml::Table),
    Bank {
        through: Option<Date>,
    },
    NoRun {
        through: Date,
    },
    ByHand {
        level: Word<Level>,
        #[serde(default = "email")]
        channel: Channel,
        #[serde(default)]
        items: Vec<String>,
    },
}

/// What all registers say from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RegistersSay {
    /// They answer every day that nothing is known.
    Nothing,
    /// They are asked every day and do not answer.
    NoAnswer,
    /// Nobody asks them.
    Unasked,
}

impl What {
    /// What people say and agree is known after the day's run, all else before it.
    pub(crate) fn is_said(&self) -> bool {
        matches!(
            self,
            Self::Call { .. }
                | Self::Reply { .. }
                | Self::Handled { .. }
                | Self::Evidence { .. }
                | Self::Situation { .. }
                | Self::Promise { .. }
                | Self::Plan { .. }
                | Self::Dispute { .. }
                | Self::Pause { .. }
                | Self::Extension { .. }
                | Self::Ended { .. }
                | Self::Complaint { .. }
                | Self::CourtChance { .. }
                | Self::Debtor(_)
        )
    }
}

fn open() -> OrderState {
    OrderState::Open
}

fn thirty() -> u16 {
    30
}

fn email() -> Channel {
    Channel::Email
}

fn present() -> ReportAnswer {
    ReportAnswer::Present
}

fn agency() -> String {
    "agency".into()
}

fn register() -> String {
    "register".into()
}

fn message() -> String {
    "message".into()
}

fn goods() -> DisputeCause {
    DisputeCause::Goods
}

fn withdrawn() -> EndReason {
    EndReason::Withdrawn
}

fn yes() -> bool {
    true
}
