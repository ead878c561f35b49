//! The default statute policy: the guard that answers each proposal with allow, amend or veto, and computes what
//! may be charged.
//!
//! Covered is Dutch law ([`countries::nl`]); everywhere else nothing is charged and the answer says so. Where a rule
//! is weak the lower amount is taken. Amounts are minor units, days are days since 1970-01-01, nothing is a float.
//!
//! What the host must see to: the items that a letter with costs was about stay in the case until the round is
//! closed, paid ones too; a letter is judged by all of them. A proposal's window of minutes lies within the lawful
//! hours, since an answer can move the day only.
//!
//! A further country is a further folder in [`countries`], with its dated tables and one file a concern.

#![expect(
    clippy::inconsistent_digit_grouping,
    reason = "cents stand apart: 40_00 is EUR 40.00"
)]

pub mod calendar;
mod check;
pub mod claims;
pub mod countries;
mod guard;
pub mod inquiry;
pub mod law;
mod registration;
mod rounding;
pub mod settings;
mod stops;
mod texts;
mod verdict;

use maan_policy::manifest::{Manifest, Slot, preset};
use maan_policy::settings::problem;
use maan_policy::slots::{Judgement, StatuteCase};
use maan_policy::types::{Context, Failure, Problem};

pub use settings::Settings;

/// The policy, configured.
#[derive(Debug)]
pub struct DefaultStatute {
    settings: Settings,
}

impl maan_policy::Statute for DefaultStatute {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        if settings.delivery_margin_days > settings::LONGEST_MARGIN {
            let most = settings::LONGEST_MARGIN;
            let message = format!("at most {most} days can be granted for slow post");
            return Err(vec![problem("/delivery-margin-days", message)]);
        }
        Ok(Self { settings })
    }

    fn decide(&self, context: &Context, case: &StatuteCase) -> Result<Judgement, Failure> {
        guard::judge(&self.settings, context, case)
    }
}

fn manifest() -> Manifest {
    Manifest {
        name: "maan-policy-statute",
        version: env!("CARGO_PKG_VERSION"),
        publisher: "maan",
        presets: vec![preset(Slot::Statute, "default", &Settings::default())],
        texts: texts::texts(),
    }
}

maan_policy::export! {
    manifest: manifest(),
    statute: DefaultStatute,
}
