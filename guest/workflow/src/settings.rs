//! What a business sets about its follow-up: the flow is data.

use std::collections::BTreeMap;

use maan_policy::MajorAmount;
use maan_policy::actions::{Automation, HandOverTo, Tone};
use maan_policy::settings::problem;
use maan_policy::types::{Channel, Level, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings of the workflow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The steps of the flow, in rising order of level.
    pub steps: Vec<Step>,
    /// Tone by segment, where a step sets none.
    pub tones: BTreeMap<String, Tone>,
    /// Channels in order, after the debtor's preference and the step's.
    pub channels: Vec<Channel>,
    /// Least number of days between two messages to one debtor.
    pub minimum_interval_days: u16,
    /// Nothing is chased below this amount.
    pub minimum_amount: MajorAmount,
    /// After days without a run, go to the highest step that is due instead of the next one.
    /// What precedes costs is never skipped.
    pub skip_levels: bool,
    /// Reminders wait while the bank is not booked through so many working days ago; 0 never waits.
    pub bank_within_working_days: u16,
    /// A proposal may leave for so many days.
    pub valid_days: u16,
    /// Messages leave between these minutes since midnight, at the debtor's place.
    pub hours: Hours,
    /// What happens with promises to pay.
    pub promises: Promises,
    /// Days after a direct debit on which it can still come back.
    pub direct_debit_days: u16,
    /// The letter that must precede costs for consumers.
    pub formal_notice: FormalNotice,
    /// Payment plans for those who cannot pay just now.
    pub plans: Plans,
    /// Coded situations in which all steps stop and a person takes over.
    pub stop_situations: Vec<String>,
    /// To whom a case is handed over.
    pub hand_over_to: HandOverTo,
    /// What the clause for contract and invoice says beside the steps.
    pub clause: Clause,
}

/// One step of the flow.
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
    #[serde(default)]
    pub automation_by_segment: BTreeMap<String, Automation>,
    /// Only for these segments; empty for all.
    #[serde(default)]
    pub only_segments: Vec<String>,
    /// Not for these segments: they go on to the next step.
    #[serde(default)]
    pub not_segments: Vec<String>,
    /// Below this amount the flow rests before this step.
    #[serde(default)]
    pub minimum_amount: MajorAmount,
    /// Channel of the step, after the debtor's own preference.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Tone of the step, whatever the segment.
    #[serde(default)]
    pub tone: Option<Tone>,
    /// The message names a last day to pay, so many days on; the flow waits for it.
    #[serde(default)]
    pub deadline_days: Option<u16>,
    /// The message announces the next step of the flow.
    #[serde(default)]
    pub announces_next: bool,
}

/// When a step is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// Days before the due date; lapses on the due date.
    BeforeDue(u16),
    /// Days after the due date.
    AfterDue(u16),
    /// Days after the previous step was done.
    AfterPrevious(u16),
    /// Days after the last day to pay that the previous step named.
    AfterDeadline(u16),
}

/// Minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// First minute.
    pub from: u16,
    /// Last minute.
    pub to: u16,
}

/// What happens with promises to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Promises {
    /// Days after the promised day before a promise counts as broken: the bank needs them.
    pub grace_days: u16,
    /// Thanks for a promise that was kept.
    pub thanks: bool,
}

/// The letter that must precede costs for consumers (in the Netherlands art. 6:96 paragraph 6 BW).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FormalNotice {
    /// Consumers in these countries get the formal notice in place of a last reminder; two letters each.
    pub countries: Vec<String>,
    /// Days to pay that it names at least.
    pub deadline_days: u16,
}

/// Payment plans for those who cannot pay just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Plans {
    /// A plan is offered before the last reminder to who cannot pay.
    pub offer: bool,
    /// At most so many instalments.
    pub max_instalments: u16,
    /// An instalment is at least this much.
    pub min_instalment: MajorAmount,
    /// Days between instalments.
    pub interval_days: u16,
    /// The first instalment within so many days.
    pub first_within_days: u16,
    /// A plan that is not taken up is offered again, or the flow asks a person, after so many days.
    pub offer_again_days: u16,
}

/// What the clause says beside the steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Clause {
    /// Days to pay from the invoice's date.
    pub term_days: u16,
    /// Ways to pay, the preferred one first.
    pub payment_methods: Vec<PaymentMethod>,
}

/// Ways to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum PaymentMethod {
    BankTransfer,
    DirectDebit,
    PaymentLink,
    Card,
}

impl Default for Hours {
    fn default() -> Self {
        Self {
            from: 9 * 60,
            to: 17 * 60,
        }
    }
}

impl Default for Promises {
    fn default() -> Self {
        Self {
            grace_days: 2,
            thanks: true,
        }
    }
}

impl Default for FormalNotice {
    fn default() -> Self {
        Self {
            countries: vec!["NL".into()],
            deadline_days: 16,
        }
    }
}

impl Default for Plans {
    fn default() -> Self {
        Self {
            offer: true,
            max_instalments: 12,
            min_instalment: MajorAmount::whole(25),
            interval_days: 30,
            first_within_days: 14,
            offer_again_days: 14,
        }
    }
}

impl Default for Clause {
    fn default() -> Self {
        Self {
            term_days: 30,
            payment_methods: vec![PaymentMethod::BankTransfer],
        }
    }
}

impl Step {
    /// A step for everyone, that goes by itself.
    pub fn new(level: Level, when: Trigger, automation: Automation) -> Self {
        Self {
            level,
            when,
            automation,
            automation_by_segment: BTreeMap::new(),
            only_segments: Vec::new(),
            not_segments: Vec::new(),
            minimum_amount: MajorAmount::default(),
            channel: None,
            tone: None,
            deadline_days: None,
            announces_next: false,
        }
    }
}

/// Whether a level comes before the due date.
pub(crate) const fn is_notice(level: Level) -> bool {
    matches!(level, Level::Notice1 | Level::Notice2 | Level::Notice3)
}

/// What is wrong with settings that could be read.
pub(crate) fn problems(settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut before = Level::None;
    for (index, step) in settings.steps.iter().enumerate() {
        let mut add = |field: &str, message: &str| {
            problems.push(problem(format!("/steps/{index}/{field}"), message));
        };
        if step.level <= before {
            add(
                "level",
                "must be higher than that of the step before: a level is done once",
            );
        }
        before = before.max(step.level);
        match (is_notice(step.level), step.when) {
            (true, Trigger::BeforeDue(days)) if days > 0 => {}
            (true, _) => add(
                "when",
                "a notice goes before the due date: before-due with at least one day",
            ),
            (false, Trigger::BeforeDue(_)) => add("when", "only a notice goes before the due date"),
            (false, _) => {}
        }
    }
    if let [before @ .., last] = settings.steps.as_slice()
        && last.announces_next
    {
        let path = format!("/steps/{}/announces_next", before.len());
        problems.push(problem(path, "no step follows, so nothing can be announced"));
    }
    if settings.hours.from >= settings.hours.to || settings.hours.to > 24 * 60 {
        problems.push(problem(
            "/hours",
            "must run from an earlier to a later minute, at most 1440",
        ));
    }
    if settings.channels.is_empty() {
        problems.push(problem("/channels", "is empty; name at least one channel"));
    }
    if settings
        .formal_notice
        .countries
        .iter()
        .any(|country| country.len() != 2)
    {
        problems.push(problem(
            "/formal_notice/countries",
            "must be two letters each, such as \"NL\"",
        ));
    }
    problems
}
