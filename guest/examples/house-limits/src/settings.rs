//! What a business can set.

use maan_policy::MajorAmount;
use maan_policy::settings::problem;
use maan_policy::types::{CompanySize, Debtor, DebtorKind, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Days within which a setting must stay.
const YEAR: u16 = 366;

/// The house rule in figures. Limits are in the creditor's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Limit for consumers, sole traders and those of whom nothing is known.
    pub person: MajorAmount,
    /// Limit for companies whose size is unknown, micro or small.
    pub small: MajorAmount,
    /// Limit for medium-sized companies.
    pub medium: MajorAmount,
    /// Limit for large companies.
    pub large: MajorAmount,
    /// Limit for public bodies.
    pub public_body: MajorAmount,
    /// Deliveries are held when anything is overdue for more days than this.
    pub hold_after_days: u16,
    /// Working days before a hold takes effect, so that it can be told.
    pub lead_days: u16,
    /// Days to pay, where nothing else was agreed.
    pub term_days: u16,
    /// Days until the next review.
    pub review_days: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            person: MajorAmount::whole(500),
            small: MajorAmount::whole(2_500),
            medium: MajorAmount::whole(10_000),
            large: MajorAmount::whole(50_000),
            public_body: MajorAmount::whole(50_000),
            hold_after_days: 30,
            lead_days: 3,
            term_days: 30,
            review_days: 90,
        }
    }
}

impl Settings {
    /// The fixed limit of a debtor's kind and size.
    pub(crate) fn limit(&self, debtor: &Debtor) -> MajorAmount {
        match (debtor.kind, debtor.size) {
            (DebtorKind::Unknown | DebtorKind::Consumer | DebtorKind::SoleTrader, _) => self.person,
            (DebtorKind::PublicBody, _) => self.public_body,
            (DebtorKind::Business, CompanySize::Large) => self.large,
            (DebtorKind::Business, CompanySize::Medium) => self.medium,
            (DebtorKind::Business, _) => self.small,
        }
    }

    /// What is wrong with settings that could be read.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let days = [
            ("/hold_after_days", self.hold_after_days, 0),
            ("/lead_days", self.lead_days, 0),
            ("/term_days", self.term_days, 0),
            ("/review_days", self.review_days, 1),
        ];
        days.into_iter()
            .filter(|(_, days, least)| !(*least..=YEAR).contains(days))
            .map(|(path, days, least)| problem(path, format!("is {days}; must be {least} to {YEAR} days")))
            .collect()
    }
}
