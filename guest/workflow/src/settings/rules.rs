//! The rules beside the steps.

use std::collections::BTreeMap;

use maan_policy::MajorAmount;
use maan_policy::actions::Automation;
use maan_policy::types::{DebtorKind, Level, PerMille};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// First minute.
    pub from: u16,
    /// Last minute.
    pub to: u16,
}

/// What the debtor said, and how long the flow waits for somebody to look into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// "I never got the invoice", "send me a copy": it is sent again, and the flow waits so many days.
    pub copy_days: u16,
    /// "It is paid": the payment is looked for, and the flow waits so many days.
    pub paid_days: u16,
    /// "That is not right": the dispute is recorded, and the flow waits so many days for it.
    pub dispute_days: u16,
}

/// What happens with promises to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Promises {
    /// Days after the promised day before a promise counts as broken: the bank needs them.
    pub grace_days: u16,
    /// Thanks for a promise that was kept.
    pub thanks: bool,
    /// A broken promise makes the next step due at once.
    pub broken_hurries: bool,
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

/// Payment plans for those who cannot pay just now, and what follows when a plan slips.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Plans {
    /// A plan is offered to who cannot pay, before the step of `from`.
    pub offer: bool,
    /// From this level on. Who asks for a plan gets the offer at once.
    pub from: Level,
    /// At most so many instalments.
    pub max_instalments: u16,
    /// The same by segment.
    pub max_by_segment: BTreeMap<String, u16>,
    /// Bounds follow the amount and the history: no more instalments than the amount needs, half as many where
    /// more promises were broken than kept.
    pub adapt: bool,
    /// An instalment is at least this much.
    pub min_instalment: MajorAmount,
    /// Days between instalments.
    pub interval_days: u16,
    /// The first instalment within so many days.
    pub first_within_days: u16,
    /// An offer stands for so many days; then it is made again, or the case ends.
    pub offer_again_days: u16,
    /// So many offers at most.
    pub most_offers: u16,
    /// An instalment counts as missed after so many days: the bank needs them.
    pub grace_days: u16,
    /// The message on a missed instalment gives so many days; then the plan is over and a person ends or adapts it.
    pub missed_days: u16,
    /// A plan that is over lapses by itself, and the flow goes on.
    pub lapses: bool,
}

/// Extensions of the term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Extensions {
    /// So many days from today; 0 offers none.
    pub days: u16,
    /// For these segments; empty for all.
    pub segments: Vec<String>,
    /// Up to this amount; above it a plan is offered.
    pub maximum_amount: MajorAmount,
}

/// A discount for paying early.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Discount {
    /// Share that is taken off, in per mille; 0 offers none.
    pub share: PerMille,
    /// For payment within so many days of the invoice's date.
    pub within_days: u16,
    /// From this amount of an invoice.
    pub minimum_amount: MajorAmount,
    /// For these segments; empty for all.
    pub segments: Vec<String>,
    /// How much the system does by itself.
    pub automation: Automation,
}

/// Thanks after payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Thanks {
    /// Thanks for a payment that followed a message of ours.
    pub after_payment: bool,
    /// Thanks come within so many days.
    pub within_days: u16,
}

/// Contact with customers without arrears.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CheckIn {
    /// So many days after the last contact; 0 never.
    pub every_days: u16,
    /// For these segments; empty for all.
    pub segments: Vec<String>,
    /// How much the system does by itself. A person calls where there is a number.
    pub automation: Automation,
}

/// A credit report before steps in which it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// Before the steps of these levels. Before a formal notice or hand-over, no answer means wait.
    pub before: Vec<Level>,
    /// Only on these kinds of debtor.
    pub kinds: Vec<DebtorKind>,
    /// Only from this overdue amount on.
    pub minimum_amount: MajorAmount,
    /// A report of so many days ago still counts.
    pub valid_days: u16,
    /// It is ordered so many days before the step.
    pub lead_days: u16,
    /// The step waits at most so many days for the answer.
    pub wait_days: u16,
    /// From this chance of failing on the position in the call is to get security.
    pub risky_from: PerMille,
}

/// How a case ends that is not paid. Shares are the business's own experience; without one there is no figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Outcome {
    /// At the end the ways are weighed: court, agency, plan, write-off.
    pub weigh: bool,
    /// What a lawsuit costs at least.
    pub court_cost: MajorAmount,
    /// What it costs beside, as a share of the claim.
    pub court_cost_share: PerMille,
    /// Share of such claims that an agency brings in, after its fee.
    pub agency_share: Option<PerMille>,
    /// What handing over costs in any case.
    pub agency_cost: MajorAmount,
    /// Share that plans bring in; else the debtor's own promises kept, where there are three or more.
    pub plan_share: Option<PerMille>,
    /// A claim that is too small to be handed over is proposed for write-off.
    pub write_off_small: bool,
    /// Who cannot pay and has this chance of failing by the credit report: the loss is taken.
    pub hopeless_from: PerMille,
    /// Instalments of the very long plan for who cannot pay; 0 offers none.
    pub long_plan_instalments: u16,
    /// After the last step a person is asked for the end of the case, after so many days.
    pub after_days: u16,
    /// Whether a person is asked.
    pub ask: bool,
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
