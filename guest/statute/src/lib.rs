//! The default statute policy: the guard that answers each proposal with allow, amend or veto, and computes what
//! may be charged.
//!
//! Covered are the Netherlands, Belgium, Germany, France, Luxembourg and the United Kingdom; in the rest of the Union
//! what its directives give at least; everywhere else nothing is charged and the answer says so. Businesses, sole
//! traders, consumers and public bodies are kept apart. Where a rule is weak the lower amount is taken and the answer
//! says so. Amounts are minor units, days are days since 1970-01-01, nothing is a float.
//!
//! What the host must see to: the items that a letter with costs was about stay in the case until the round is
//! closed, paid ones too; a letter is judged by all of them. A proposal's window of minutes lies within the lawful
//! hours, since an answer can move the day only.
//!
//! What a law gives is data: a regime for each kind of debtor, with dated tables, in a folder for each country in
//! [`countries`]; the arithmetic is shared. A further country is a further folder.
//!
//! Of several letters to one debtor each names what it adds to those before it: the judgement's charges are the sum of
//! what they named, as long as nothing is paid. Letters that are proposed together are answered each as if it left
//! alone, since the host lets one leave a day and asks again about the others.
//!
//! # Asking for the charges on one debt
//!
//! A calculator asks one debtor with one item and reads the judgement; nothing is computed outside.
//!
//! - **Context:** `today` is the day asked; the creditor is established in the country asked, claims for itself and
//!   keeps books in the currency of the debt (EUR, for the United Kingdom GBP).
//! - **Case:** `debtor.kind` and `debtor.country` as asked; `agreement`: `applicable-law` the country,
//!   `term-days` 30, `costs-clause` true unless the user says that none was agreed, `interest-rate` the agreed rate
//!   or none. Item 0: an invoice `issued` thirty days before `due`, `amount` the principal, `open` the principal less
//!   the payments so far, not below zero. `payments`: those through the day asked, on item 0. `reach`: the channel of
//!   the letter, reachable. `charges-on` is the day asked, `rate-kind` as asked or empty.
//! - **The letter** that must precede costs is the proposal of a `message` of level `formal-notice` about item 0,
//!   over `letter` or `email`, from minute 540 to 1020, `earliest` the day asked, `latest` thirty days later, without
//!   deadline, its text empty. *Amend* with `charges` is what a correct letter of that day announces, with its
//!   `deadline` as the last day to pay without costs; a *veto* says why there can be none that day.
//! - **No letter sent:** ask as at the day with that proposal. `costs`, `lump-sum`, `interest`, `segments` and
//!   `articles` come from the amendment's `charges` where the answer has them, else from the judgement's `charges`.
//! - **A letter sent:** ask as at the letter's day with that proposal and the payments through that day; then as at
//!   the day asked, without proposals, with a step done on item 0 (`formal-notice`, round 0, the letter's day and
//!   channel, `proof` true, `deadline` that of the amendment, `announced-costs` its `costs` plus `lump-sum`), and read
//!   the judgement's `charges`. Where the first answer is a veto, its reasons belong to the warnings and no step is
//!   given.
//! - In both: `last-day` and `warnings` are the judgement's; the total owed is the principal less the payments, plus
//!   `costs`, `lump-sum` and `interest`, since charges are what accrued, paid or not. An item that is paid in full by
//!   the books still counts in the judgement's charges, but never in those of an amendment.

#![expect(
    clippy::inconsistent_digit_grouping,
    reason = "cents stand apart: 40_00 is EUR 40.00"
)]

pub mod answer;
pub mod calendar;
pub mod charges;
mod check;
pub mod claims;
pub mod contact_time;
pub mod countries;
pub mod earlier;
mod filing;
mod guard;
pub mod holidays;
pub mod imputation;
pub mod inquiry;
pub mod interest;
pub mod language;
pub mod law;
pub mod letters;
pub mod limitation;
pub mod lump_sum;
pub mod provable;
pub mod rate_choice;
pub mod rates;
pub mod regime;
mod registration;
mod rounding;
pub mod settings;
pub mod sources;
pub mod start;
mod stops;
pub mod terms;
mod texts;
mod verdict;
pub mod warnings;

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
        let number = &settings.enterprise_number;
        if !is_enterprise_number(number) {
            let message = format!("{number:?} is no enterprise number; write it as \"0123.456.789\"");
            return Err(vec![problem("/enterprise-number", message)]);
        }
        Ok(Self { settings })
    }

    fn decide(&self, context: &Context, case: &StatuteCase) -> Result<Judgement, Failure> {
        guard::judge(&self.settings, context, case)
    }
}

/// Ten digits, of which the first is 0 or 1, with or without dots and the country in front; or nothing.
fn is_enterprise_number(number: &str) -> bool {
    let digits: String = number
        .strip_prefix("BE")
        .unwrap_or(number)
        .trim_start()
        .chars()
        .filter(|c| *c != '.')
        .collect();
    let numeric = digits.len() == 10 && digits.bytes().all(|digit| digit.is_ascii_digit());
    number.is_empty()
        || (numeric && digits.starts_with(['0', '1']) && number.len() <= settings::LONGEST_NUMBER)
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
