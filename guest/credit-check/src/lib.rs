//! The default credit-check policy: how much trust, on which terms?
//!
//! Exposure against a limit that follows reliability, size, country and report, a step at a time and at a review;
//! early signals bring the review forward. For natural persons the answer is advice to a person, never a refusal by
//! itself. An answer that is no acceptance says what would make it one.

mod check;
mod counterfactual;
mod exposure;
mod hold;
mod limit;
mod reliability;
mod report;
mod review;
mod settings;
mod signals;
mod texts;
mod verdict;

use maan_policy::MajorAmount;
use maan_policy::manifest::{Manifest, Slot, preset};
use maan_policy::slots::{CreditCase, CreditDecision};
use maan_policy::types::{Context, Failure, Problem};

use crate::check::Check;

pub use settings::{Exposure, Hold, Limit, Reliability, Report, Review, Settings, Signals, Terms};

/// The policy with its settings.
#[derive(Clone, Debug)]
pub struct DefaultCreditCheck {
    settings: Settings,
}

impl maan_policy::CreditCheck for DefaultCreditCheck {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        let problems = settings::problems(&settings);
        if problems.is_empty() {
            Ok(Self { settings })
        } else {
            Err(problems)
        }
    }

    fn decide(&self, context: &Context, case: &CreditCase) -> Result<CreditDecision, Failure> {
        Ok(Check::new(&self.settings, context, case).decide()?)
    }
}

fn manifest() -> Manifest {
    let careful = Settings {
        limit: Limit {
            months_of_turnover: 1,
            step_up: 100,
            most: MajorAmount::whole(50_000),
            ..Limit::default()
        },
        report: Report {
            needed_above: MajorAmount::whole(2_500),
            ..Report::default()
        },
        hold: Hold {
            after_days: 30,
            above: 1000,
            ..Hold::default()
        },
        ..Settings::default()
    };
    Manifest {
        name: "maan-credit-check",
        version: env!("CARGO_PKG_VERSION"),
        publisher: "maan",
        presets: vec![
            preset(Slot::CreditCheck, "default", &Settings::default()),
            preset(Slot::CreditCheck, "careful", &careful),
        ],
        texts: texts::texts(),
    }
}

maan_policy::export! {
    manifest: manifest(),
    credit_check: DefaultCreditCheck,
}
