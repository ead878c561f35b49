//! Flows: steps with a trigger, conditions, a channel, a tone and how much goes by itself.

use std::collections::BTreeMap;

use maan_policy::MajorAmount;
use maan_policy::actions::{Automation, Tone};
use maan_policy::types::{Channel, DebtorKind, Level};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Hours};

/// A flow for some segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentFlow {
    /// Name of the flow.
    pub name: String,
    /// Segments that follow it.
    pub segments: Vec<String>,
    /// Its steps, in rising order of level.
    pub steps: Vec<Step>,
    /// The flow rests through this day.
    #[serde(default, skip_serializing_if = "is_default")]
    pub paused_until: Option<Date>,
}

/// One step of a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Level that is reached.
    pub level: Level,
    /// When the step is due. It stays due until done.
    pub when: Trigger,
    /// How much the system does by itself.
    pub automation: Automation,
    /// The same by segment.
    #[serde(default, skip_serializing_if = "is_default")]
    pub automation_by_segment: BTreeMap<String, Automation>,
    /// Only for these segments; empty for all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub only_segments: Vec<String>,
    /// Not for these segments: they go on to the next step.
    #[serde(default, skip_serializing_if = "is_default")]
    pub not_segments: Vec<String>,
    /// Only for these kinds of debtor; empty for all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub only_kinds: Vec<DebtorKind>,
    /// Only where this channel reaches the debtor; others go on to the next step.
    #[serde(default, skip_serializing_if = "is_default")]
    pub only_reachable: Option<Channel>,
    /// Only where this level was done.
    #[serde(default, skip_serializing_if = "is_default")]
    pub only_after: Option<Level>,
    /// Below this amount the flow rests before this step.
    #[serde(default, skip_serializing_if = "is_default")]
    pub minimum_amount: MajorAmount,
    /// Below this amount the step is passed over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skip_below: MajorAmount,
    /// From this amount on the step is passed over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skip_from: Option<MajorAmount>,
    /// Channel of the step, after the debtor's own preference.
    #[serde(default, skip_serializing_if = "is_default")]
    pub channel: Option<Channel>,
    /// Tone of the step, whatever the segment.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Option<Tone>,
    /// The message names a last day to pay, so many days on; the flow waits for it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deadline_days: Option<u16>,
    /// The message announces the next step of the flow.
    #[serde(default, skip_serializing_if = "is_default")]
    pub announces_next: bool,
    /// Other hours than those of the settings.
    #[serde(default, skip_serializing_if = "is_default")]
    pub hours: Option<Hours>,
    /// The user is told too, by a task: of a payment that falls due for example.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tell_user: bool,
}

/// When a step is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// Days before the due date; lapses on the due date. 0 is the due date itself, hours before it ends.
    BeforeDue(u16),
    /// Days after the due date.
    AfterDue(u16),
    /// Days after the previous step was done.
    AfterPrevious(u16),
    /// Days after the last day to pay that the previous step named.
    AfterDeadline(u16),
    /// Days after something happened since the previous step; passed over where it did not happen.
    AfterEvent {
        /// What happened.
        event: Event,
        /// Days after it.
        days: u16,
    },
}

/// What can happen to an item between two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// Nobody answered a call, or it reached a voicemail or a third party.
    NotReached,
    /// The debtor was spoken to.
    Reached,
    /// The debtor said that paying is not possible now.
    CannotPay,
    /// The debtor said that there will be no payment.
    WillNotPay,
    /// A promise was broken.
    PromiseBroken,
    /// A direct debit came back.
    DebitReturned,
    /// The debtor wrote.
    Reply,
}

impl Step {
    /// A step for everyone.
    pub fn new(level: Level, when: Trigger, automation: Automation) -> Self {
        Self {
            level,
            when,
            automation,
            automation_by_segment: BTreeMap::new(),
            only_segments: Vec::new(),
            not_segments: Vec::new(),
            only_kinds: Vec::new(),
            only_reachable: None,
            only_after: None,
            minimum_amount: MajorAmount::default(),
            skip_below: MajorAmount::default(),
            skip_from: None,
            channel: None,
            tone: None,
            deadline_days: None,
            announces_next: false,
            hours: None,
            tell_user: false,
        }
    }
}

/// Whether a level comes before the due date.
pub(crate) const fn is_notice(level: Level) -> bool {
    matches!(level, Level::Notice1 | Level::Notice2 | Level::Notice3)
}

/// What is as it is for everyone is not written: each batch reads the settings anew.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
