//! What a business sets about the trust it gives.

mod defaults;
mod problems;

use std::collections::BTreeMap;

use maan_policy::MajorAmount;
use maan_policy::types::CompanySize;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use problems::problems;

/// Settings of the credit check. Where nothing else is said, a threshold of 0 switches its rule off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What counts as exposed.
    pub exposure: Exposure,
    /// How a limit comes about.
    pub limit: Limit,
    /// How reliability is measured.
    pub reliability: Reliability,
    /// When a credit report is needed and what it does.
    pub report: Report,
    /// On which terms trust is given.
    pub terms: Terms,
    /// When deliveries are held and released.
    pub hold: Hold,
    /// Early signals that a debtor's payment gets worse.
    pub signals: Signals,
    /// Days until the next review.
    pub review: Review,
    /// For natural persons, sole traders included, the answer is advice: a person decides, nothing is refused and no
    /// delivery is held by itself. Off only with a ground in art. 22(2) GDPR.
    pub persons_decide: bool,
    /// An answer that is no acceptance says how much less overdue, open or asked would make it one.
    pub counterfactual: bool,
}

/// What counts as exposed, in the creditor's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Exposure {
    /// Open invoices.
    pub open: bool,
    /// Orders and accepted quotations, not yet invoiced.
    pub orders: bool,
    /// Quotations that were not answered yet.
    pub quotations: bool,
    /// Delivered and not yet invoiced.
    pub unbilled: bool,
    /// Credits, unallocated money and prepayments are taken off.
    pub less_credits: bool,
    /// What the others of the debtor's group owe counts as well.
    pub group: bool,
}

/// How a limit comes about: what the size allows, what was earned or what an agency advises, by reliability and
/// country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limit {
    /// Start for natural persons and those of whom nothing is known.
    pub person: MajorAmount,
    /// Start for companies whose size is unknown, micro or small.
    pub small: MajorAmount,
    /// Start for medium-sized companies.
    pub medium: MajorAmount,
    /// Start for large companies and public bodies.
    pub large: MajorAmount,
    /// Months of what was paid in the last year, where that is more than the start.
    pub months_of_turnover: u8,
    /// Whether the limit goes by country.
    pub by_country: bool,
    /// Share by country in thousandths; two letters each.
    pub countries: BTreeMap<String, u16>,
    /// Share for other countries than the creditor's own, in thousandths.
    pub abroad: u16,
    /// Never more than the insurer covers, where one does.
    pub within_insured: bool,
    /// Never more than this; "0" for no such bound.
    pub most: MajorAmount,
    /// No trust while a legal situation such as insolvency holds.
    pub none_when_insolvent: bool,
    /// No trust for who was judged unable or unwilling to pay.
    pub none_when_unwilling: bool,
    /// What is advised above the limit in the books gives no room before it stands there: a person approves it.
    pub raise_needs_approval: bool,
    /// A limit changes at a review alone. What an agency, an insurer or the law says lowers it at once.
    pub at_review: bool,
    /// A limit does not go up while something is late or a signal says that payment gets worse.
    pub no_raise_when_late: bool,
    /// A limit changes in steps. Insolvency knows none.
    pub in_steps: bool,
    /// A limit goes up by at most this share at a time, in thousandths.
    pub step_up: u16,
    /// A limit goes down by at most this share at a time, in thousandths.
    pub step_down: u16,
}

/// How reliability is measured: the share paid on time by amount, and what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Reliability {
    /// Whether the limit follows reliability.
    pub counts: bool,
    /// How many days back payments count.
    pub window_days: u16,
    /// Paid so many days after the due date still counts as on time.
    pub grace_days: u16,
    /// With fewer payments than this, reliability is unknown.
    pub least_payments: u16,
    /// Good: at least this share on time, in thousandths.
    pub good: u16,
    /// Fair: at least this share on time, in thousandths.
    pub fair: u16,
    /// Poor: at least this share on time; below is bad.
    pub poor: u16,
    /// So many broken promises and returned direct debits together lower it by one class.
    pub broken: u16,
    /// What good reliability makes of a limit, in thousandths.
    pub worth_good: u16,
    /// What fair reliability makes of a limit, in thousandths.
    pub worth_fair: u16,
    /// What unknown reliability makes of a limit, in thousandths.
    pub worth_unknown: u16,
    /// What poor reliability makes of a limit, in thousandths.
    pub worth_poor: u16,
    /// What bad reliability makes of a limit, in thousandths.
    pub worth_bad: u16,
}

/// When a credit report is needed and what it does. No answer is never a clean answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// Whether a report is ever asked for.
    pub ask: bool,
    /// Needed above this exposure, and before a call above this overdue amount.
    pub needed_above: MajorAmount,
    /// A report is good for so many days.
    pub valid_days: u16,
    /// Whether a report sets the position to take in a call.
    pub position: bool,
    /// A chance of failing within a year of at least so many thousandths halves the limit.
    pub weak: u16,
    /// A chance of failing within a year of at least so many thousandths leaves no limit.
    pub failing: u16,
    /// The limit never exceeds what the agency advises.
    pub within_advised: bool,
    /// This share of what the agency advises is a start for the limit, where it is more, in thousandths.
    pub advised_start: u16,
    /// A chance that rose by so many thousandths in a year is looked at by a person.
    pub worsened: u16,
    /// Facts in a report that a person looks at.
    pub marks: Vec<String>,
}

/// On which terms trust is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// Days to pay, where nothing else was agreed.
    pub term_days: u16,
    /// At most so many days to pay on conditions.
    pub short_term_days: u16,
    /// More than this share paid beforehand is no trust: then the answer is no. In thousandths; 0 never asks for it.
    pub most_prepaid: u16,
    /// Share to be paid beforehand by who pays badly, in thousandths.
    pub bad_prepaid: u16,
    /// More than so many days late is a reason for conditions.
    pub late_days: u16,
}

/// When deliveries are held and released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Hold {
    /// Hold when something is so many days late.
    pub after_days: u16,
    /// Hold when exposure is above this share of the limit, in thousandths.
    pub above: u16,
    /// Working days before a hold takes effect, so that it can be told.
    pub lead_days: u16,
    /// Release by itself when all is well again.
    pub release: bool,
    /// Release when exposure is at most this share of the limit, in thousandths, and nothing is late.
    pub release_below: u16,
    /// Working days before a release takes effect.
    pub release_lead_days: u16,
}

/// Early signals that a debtor's payment gets worse. Each is named with its cause and brings the review forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Signals {
    /// What fell due in the last half year was so many days later than before, open invoices included.
    pub later_days: u16,
    /// An instalment is so many days late.
    pub instalment_days: u16,
    /// So many more promises were broken than kept.
    pub broken_promises: u16,
    /// So many direct debits came back.
    pub returned_debits: u16,
    /// The next review is at most so many days after a signal.
    pub review_days: u16,
}

/// Days until the next review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Review {
    /// After an acceptance.
    pub accepted_days: u16,
    /// After an acceptance on conditions, and for new customers.
    pub conditions_days: u16,
    /// After anything else.
    pub other_days: u16,
}

impl Limit {
    /// The start for a company of a size.
    pub(crate) fn company(&self, size: CompanySize) -> MajorAmount {
        match size {
            CompanySize::Unknown | CompanySize::Micro | CompanySize::Small => self.small,
            CompanySize::Medium => self.medium,
            CompanySize::Large => self.large,
        }
    }
}
