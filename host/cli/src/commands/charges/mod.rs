//! `maan charges`: what the law lets charge on one debt. The statute component is asked; nothing is computed here.

mod ask;

use std::path::Path;
use std::process::ExitCode;

use maan_followup::Phrases;
use maan_ledger::{Currency, Day, Money};
use maan_outreach::Language;
use maan_policy_host::Statute;
use maan_policy_host::contract::{InterestSegment, Slot};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

use self::ask::{Answered, Debt};
use super::policy::{default_policies, settings_of};
use super::workshop::{Workshop, admitted, loaded};
use crate::arguments::Charges;
use crate::output::{Output, plain, table};
use crate::problem::Problem;

/// The answer.
#[derive(Serialize)]
struct Told {
    currency: Currency,
    principal: String,
    costs: String,
    interest: String,
    lump_sum: String,
    total: String,
    last_day: Option<Day>,
    segments: Vec<Segment>,
    articles: Vec<String>,
    warnings: Vec<String>,
}

/// Interest from a day up to and not including another.
#[derive(Serialize)]
struct Segment {
    from: Day,
    to: Day,
    rate: String,
    base: String,
    interest: String,
}

pub(crate) fn run(data: &Path, options: &Charges, output: Output) -> Result<ExitCode, Problem> {
    let debt = Debt::of(options)?;
    let workshop = Workshop::open(data)?;
    let component = match &options.component {
        Some(file) => admitted(&workshop.host, file)?,
        None => loaded(&workshop.host, &default_policies()?.join("statute.wasm"))?,
    };
    workshop.host.trust_statute(component.digest());
    let settings = settings_of(&component, Slot::Statute, None, None)?;
    let settings = if options.vat_on_costs {
        with_vat(&settings)?
    } else {
        settings
    };
    let policy = workshop.host.configure::<Statute>(&component, &settings)?;
    let answered = debt.ask(&policy)?;
    let mut phrases = Phrases::default();
    phrases.add(component.description());
    output.answer(&told(&debt, &answered, &phrases), Told::told)?;
    Ok(ExitCode::SUCCESS)
}

/// The settings with VAT on collection costs.
fn with_vat(settings: &str) -> Result<String, Problem> {
    let unusable = |error: serde_json::Error| Problem::failed(format!("the settings are no JSON: {error}"));
    let mut settings: Value = serde_json::from_str(settings).map_err(unusable)?;
    if let Some(fields) = settings.as_object_mut() {
        fields.insert("vat-on-collection-costs".into(), Value::Bool(true));
    }
    Ok(settings.to_string())
}

fn told(debt: &Debt, answered: &Answered, phrases: &Phrases) -> Told {
    let money = |minor: i64| amount(minor, debt.currency);
    let charges = &answered.charges;
    let sums = [charges.costs, charges.interest, charges.lump_sum];
    let owed = sums.into_iter().fold(debt.open_on(debt.on), i64::saturating_add);
    let say = |reason| phrases.say(Language::En, reason, |_| Some("the debt".to_owned()));
    let mut warnings: Vec<String> = answered.warnings.iter().map(say).collect();
    warnings.dedup();
    let mut articles: Vec<String> = Vec::new();
    for article in &charges.articles {
        let told = format!("{} ({})", article.name, article.source);
        if !articles.contains(&told) {
            articles.push(told);
        }
    }
    Told {
        currency: debt.currency,
        principal: money(debt.principal),
        costs: money(charges.costs),
        interest: money(charges.interest),
        lump_sum: money(charges.lump_sum),
        total: money(owed),
        last_day: answered.last_day,
        segments: charges
            .segments
            .iter()
            .map(|segment| part(segment, debt.currency))
            .collect(),
        articles,
        warnings,
    }
}

fn part(segment: &InterestSegment, currency: Currency) -> Segment {
    let scale = u32::from(segment.rate.scale);
    let rate = Decimal::try_from_i128_with_scale(i128::from(segment.rate.units), scale).unwrap_or_default();
    Segment {
        from: Day(segment.start),
        to: Day(segment.end),
        rate: two_places(rate),
        base: amount(segment.base, currency),
        interest: amount(segment.interest, currency),
    }
}

fn amount(minor: i64, currency: Currency) -> String {
    two_places(Money::new(minor, currency).decimal())
}

/// A number with two places at least.
fn two_places(mut number: Decimal) -> String {
    number.normalize_assign();
    number.rescale(number.scale().max(2));
    number.to_string()
}

impl Told {
    fn told(&self) -> String {
        let row = |what: &str, amount: &str| vec![what.to_owned(), amount.to_owned()];
        let sums = table(
            &["", self.currency.code()],
            &[1],
            [
                row("principal", &self.principal),
                row("costs", &self.costs),
                row("lump sum", &self.lump_sum),
                row("interest", &self.interest),
                row("to be paid", &self.total),
            ],
        );
        let interest = table(
            &["from", "up to", "rate", "on", "interest"],
            &[2, 3, 4],
            self.segments.iter().map(|part| {
                let (from, to) = (part.from.to_string(), part.to.to_string());
                vec![
                    from,
                    to,
                    part.rate.clone(),
                    part.base.clone(),
                    part.interest.clone(),
                ]
            }),
        );
        let mut text = format!("{sums}\n");
        if let Some(day) = self.last_day {
            text.push_str(&format!("\nlast day to pay without costs: {day}\n"));
        }
        if !self.segments.is_empty() {
            text.push_str(&format!("\n{interest}\n"));
        }
        for line in &self.articles {
            text.push_str(&format!("\n§ {}", plain(line)));
        }
        for line in &self.warnings {
            text.push_str(&format!("\n! {}", plain(line)));
        }
        text
    }
}
