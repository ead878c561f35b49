//! What a business sets about its follow-up: the flow is data, and each rule has a switch.

mod causes;
mod check;
mod date;
mod defaults;
mod rules;
mod steps;

use std::collections::BTreeMap;

use maan_policy::MajorAmount;
use maan_policy::actions::{HandOverTo, Tone};
use maan_policy::types::Channel;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use causes::{RestCause, StopCause};
pub(crate) use check::problems;
pub use date::Date;
pub use rules::{
    Answers, CheckIn, Clause, Discount, Extensions, FormalNotice, Hours, Outcome, PaymentMethod, Plans,
    Promises, Report, Thanks,
};
pub(crate) use steps::is_notice;
pub use steps::{Event, SegmentFlow, Step, Trigger};

/// Settings of the workflow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The steps of the flow, in rising order of level.
    pub steps: Vec<Step>,
    /// Other flows, for some segments. The first that names the segment holds.
    pub flows: Vec<SegmentFlow>,
    /// The flow of `steps` rests through this day.
    pub paused_until: Option<Date>,
    /// Tone by segment, where a step sets none.
    pub tones: BTreeMap<String, Tone>,
    /// Channels in order, after the debtor's preference and the step's.
    pub channels: Vec<Channel>,
    /// The debtor's preferred channel goes before that of the step.
    pub preference_leads: bool,
    /// Least number of days between two messages to one debtor.
    pub minimum_interval_days: u16,
    /// Nothing is chased below this amount.
    pub minimum_amount: MajorAmount,
    /// An item of which no more than this is left is not chased.
    pub tolerance: MajorAmount,
    /// After days without a run, go to the highest step that is due instead of the next one.
    /// What precedes costs is never skipped.
    pub skip_levels: bool,
    /// Everything that is due goes into one message, each item at its own level.
    pub one_message: bool,
    /// The flow waits for the last day to pay that the last message named.
    pub wait_for_deadline: bool,
    /// Reminders wait while the bank is not booked through so many working days ago; 0 never waits.
    pub bank_within_working_days: u16,
    /// A proposal may leave for so many days.
    pub valid_days: u16,
    /// Messages leave between these minutes since midnight, at the debtor's place.
    pub hours: Hours,
    /// What stops all steps for a debtor.
    pub stops: Vec<StopCause>,
    /// What lets single items rest.
    pub rests: Vec<RestCause>,
    /// What the debtor said to a message or in a call.
    pub answers: Answers,
    /// What happens with promises to pay.
    pub promises: Promises,
    /// Days after a direct debit on which it can still come back.
    pub direct_debit_days: u16,
    /// A direct debit that came back is acted on by its code.
    pub act_on_returns: bool,
    /// A credit that was promised and is not booked after so many days goes to a person; 0 never.
    pub credit_within_days: u16,
    /// The letter that must precede costs for consumers.
    pub formal_notice: FormalNotice,
    /// Payment plans for those who cannot pay just now.
    pub plans: Plans,
    /// Extensions of the term for good customers in a tight spot.
    pub extensions: Extensions,
    /// A discount for paying early.
    pub discount: Discount,
    /// Thanks after payment.
    pub thanks: Thanks,
    /// Contact with customers without arrears.
    pub check_in: CheckIn,
    /// A credit report before steps in which it counts.
    pub report: Report,
    /// How a case ends that is not paid.
    pub outcome: Outcome,
    /// Coded situations in which all steps stop and a person takes over.
    pub stop_situations: Vec<String>,
    /// To whom a case is handed over.
    pub hand_over_to: HandOverTo,
    /// The same by segment.
    pub hand_over_by_segment: BTreeMap<String, HandOverTo>,
    /// What the clause for contract and invoice says beside the steps.
    pub clause: Clause,
}

impl Settings {
    /// Whether this lets an item rest.
    pub(crate) fn rests(&self, cause: RestCause) -> bool {
        self.rests.contains(&cause)
    }

    /// Whether this stops all steps.
    pub(crate) fn stops(&self, cause: StopCause) -> bool {
        self.stops.contains(&cause)
    }
}
