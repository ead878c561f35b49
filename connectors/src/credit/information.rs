use maan_ledger::{Country, Day, DebtorKind, LegalSituation, Money};
use serde::{Deserialize, Serialize};

use super::Service;

/// Longest text that is kept of a service's own words.
const LONGEST: usize = 120;

/// A company as a service knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Id by which the service is asked about it.
    pub id: String,
    /// Name; untrusted text.
    pub name: String,
    /// Number in the trade register; empty when the service does not tell it.
    pub registration: String,
    /// Country of the seat.
    pub country: Country,
}

impl Candidate {
    /// A company, with texts cut to what can be kept.
    pub(super) fn new(id: &str, name: &str, registration: &str, country: Country) -> Self {
        Self {
            id: cut(id),
            name: cut(name),
            registration: cut(registration),
            country,
        }
    }
}

/// What a service knows of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditInformation {
    /// Who says so.
    pub service: Service,
    /// Of which company.
    pub company: Candidate,
    /// The credit report, where the service makes them.
    pub report: Option<Report>,
    /// Insolvency, where the service tells it.
    pub insolvency: Insolvency,
    /// Whether the VAT number is valid, where the service tells it.
    pub vat_valid: Option<bool>,
    /// First day of the dissolution, where the service tells one.
    pub dissolved_since: Option<Day>,
    /// Its kind by its legal form, where the service tells a form that makes it another than a company.
    pub kind: Option<DebtorKind>,
    /// In the service's own words, short: its score, its status.
    pub original: String,
}

impl CreditInformation {
    /// Nothing known yet of a company.
    pub(super) fn about(service: Service, company: &Candidate, original: &str) -> Self {
        Self {
            service,
            company: company.clone(),
            report: None,
            insolvency: Insolvency::NotTold,
            vat_valid: None,
            dissolved_since: None,
            kind: None,
            original: cut(original),
        }
    }
}

/// A credit report in the ledger's form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Chance of failing within a year, per mille; none where the agency gives no score.
    pub failure_per_mille: Option<u16>,
    /// Advised limit.
    pub advised_limit: Option<Money>,
    /// Rise of that chance since the agency's score before, per mille.
    pub worsened_by: i16,
    /// Facts such as `judgments` or `not-active`.
    pub marks: Vec<String>,
}

/// What a register says of insolvency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Insolvency {
    /// It does not tell.
    NotTold,
    /// None is known to it today.
    None,
    /// In force, or ended on a day.
    Situations(Vec<(LegalSituation, Day, Option<Day>)>),
}

/// Untrusted text as it is kept: one line, bounded.
pub(super) fn cut(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(LONGEST)
        .collect::<String>()
        .trim()
        .to_owned()
}
