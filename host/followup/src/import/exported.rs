//! An export of this program, taken in again: every fact with the day on which it happened.

use std::collections::{BTreeSet, HashMap, HashSet};

use maan_connectors::files::Export;
use maan_ledger::{Body, DebtorId, Fact, Known};
use maan_store::AdministrationBody;

use super::ImportError;
use super::report::FileReport;
use super::work::Work;

impl Work<'_> {
    /// Takes in lines of an export. What is there already is not news.
    pub(super) async fn exported(
        &mut self,
        lines: Vec<(u64, Export)>,
        report: &mut FileReport,
    ) -> Result<(), ImportError> {
        let debtors: BTreeSet<DebtorId> = lines
            .iter()
            .filter_map(|(_, line)| match line {
                Export::Fact { debtor, .. } => Some(*debtor),
                _ => None,
            })
            .collect();
        let facts = self.facts_of(debtors.into_iter()).await?;
        let mut there: HashMap<DebtorId, HashSet<Vec<u8>>> = facts
            .iter()
            .map(|(debtor, facts)| (*debtor, facts.iter().map(told).collect()))
            .collect();
        let mut new: Vec<(DebtorId, Vec<Fact>)> = Vec::new();
        for (line, one) in lines {
            match one {
                Export::Head { administration, .. } => {
                    report.first(|| format!("everything of {administration}"))
                }
                Export::Administration { administration_fact } => {
                    self.exported_of_administration(line, administration_fact, report);
                }
                Export::Fact { debtor, fact } => {
                    report.count("facts");
                    if let Body::ItemDescribed(item) = &fact.body {
                        report.count("items");
                        report.sum("items", item.amount);
                    }
                    if !is_plausible(&fact) {
                        report.skip(
                            line,
                            "a day of this fact is beyond all days that can be meant".into(),
                        );
                        continue;
                    }
                    if !there.entry(debtor).or_default().insert(told(&fact)) {
                        report.known += 1;
                        continue;
                    }
                    match new.last_mut() {
                        Some((last, facts)) if *last == debtor => facts.push(self.history(fact)),
                        _ => new.push((debtor, vec![self.history(fact)])),
                    }
                }
            }
        }
        self.keep_facts(new, facts).await
    }

    /// What another installation recorded is history here, known when it was known there.
    fn history(&self, fact: Fact) -> Fact {
        Fact {
            known: Known::Assumed(fact.known.moment().min(self.at)),
            ..fact
        }
    }

    fn exported_of_administration(&mut self, line: u64, fact: serde_json::Value, report: &mut FileReport) {
        report.count("facts of the administration");
        let Ok(fact) = serde_json::from_value::<maan_store::AdministrationFact>(fact) else {
            return report.skip(
                line,
                "a fact of the administration that this program does not know".into(),
            );
        };
        match fact.body {
            AdministrationBody::BankBooked { through } => self.booked(through),
            AdministrationBody::PaymentUnplaced { payment } => {
                let is_new = !self.known.has_receipt(payment.id) && !self.unplaced.contains_key(&payment.id);
                if is_new {
                    self.administration.push(AdministrationBody::PaymentUnplaced {
                        payment: payment.clone(),
                    });
                    self.unplaced.insert(payment.id, payment);
                } else {
                    report.known += 1;
                }
            }
            AdministrationBody::PaymentPlaced { id } => {
                if self.unplaced.remove(&id).is_some() {
                    self.administration.push(AdministrationBody::PaymentPlaced { id });
                }
            }
            body if self.there.contains(&body) || self.administration.contains(&body) => report.known += 1,
            body => self.administration.push(body),
        }
    }
}

/// Whether the days by which debtors are judged can be meant.
fn is_plausible(fact: &Fact) -> bool {
    let described = match &fact.body {
        Body::ItemDescribed(item) => item.issued.is_plausible() && item.due.is_plausible(),
        _ => true,
    };
    described && fact.happened.is_plausible()
}

/// A fact without the kind of its second time, which changes on the way.
fn told(fact: &Fact) -> Vec<u8> {
    let assumed = Fact {
        known: Known::Assumed(fact.known.moment()),
        ..fact.clone()
    };
    maan_ledger::encode_page(&[assumed])
}
