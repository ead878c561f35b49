//! Invoices and their payments out of lines.

use std::collections::{BTreeMap, HashMap};

use maan_ledger::{Currency, Day, ItemKind, Money};
use rust_decimal::Decimal;

use super::Line;
use crate::files::{Entry, Invoice, Issuer, Party, Settled};

/// What belongs to one invoice: customer and invoice number, else the key under which lines were matched, else the
/// document.
type Key = (String, String);

/// Lines by invoice, from the sub-ledger and from the ledger itself.
#[derive(Default)]
pub(super) struct Items {
    subledger: BTreeMap<Key, Open>,
    ledger: BTreeMap<Key, Open>,
    nameless: u64,
}

/// An invoice as far as its lines are known.
#[derive(Default)]
struct Open {
    amount: Decimal,
    issued: Option<Day>,
    due: Option<Day>,
    settled: Vec<(String, Decimal, Option<Day>)>,
    invoiced: bool,
}

impl Items {
    /// A line of the sub-ledger of debtors.
    pub(super) fn line(&mut self, line: Line, amount: Decimal, on: Option<Day>) {
        match key(&line) {
            Some(key) => self.subledger.entry(key).or_default().add(line, amount, on),
            None => self.nameless += 1,
        }
    }

    /// A line of the ledger that names a customer.
    pub(super) fn booked(&mut self, line: Line, amount: Decimal, on: Option<Day>) {
        if let Some(key) = key(&line) {
            self.ledger.entry(key).or_default().add(line, amount, on);
        }
    }

    pub(super) fn has_subledger(&self) -> bool {
        !self.subledger.is_empty()
    }

    /// Invoices with what the books used for them, and the sum of what is open.
    pub(super) fn entries(
        self,
        parties: &HashMap<String, Party>,
        currency: Currency,
    ) -> (Vec<Entry>, Decimal) {
        let items = if self.subledger.is_empty() {
            self.ledger
        } else {
            self.subledger
        };
        let mut entries = Vec::new();
        let mut open = Decimal::ZERO;
        if self.nameless > 0 {
            entries.push(Entry::Warning(format!(
                "{} lines of the sub-ledger name no customer and no invoice, and are not taken in",
                self.nameless
            )));
        }
        for ((customer, number), item) in items {
            open += item.balance();
            let party = parties.get(&customer).cloned().unwrap_or_else(|| Party {
                number: customer,
                ..Party::default()
            });
            entries.extend(item.entries(party, number, currency));
        }
        (entries, open)
    }
}

impl Open {
    fn add(&mut self, line: Line, amount: Decimal, on: Option<Day>) {
        self.due = self.due.or(line.due);
        if line.payment {
            let name = match line.transaction.is_empty() {
                true => format!("opening/{}", line.number),
                false => format!("{}/{}/{}", line.journal, line.transaction, line.number),
            };
            self.settled.push((name, -amount, on));
        } else {
            self.amount += amount;
            self.invoiced = true;
            self.issued = self.issued.or(line.issued).or(on);
        }
    }

    fn balance(&self) -> Decimal {
        self.amount - self.settled.iter().map(|(_, amount, _)| *amount).sum::<Decimal>()
    }

    fn entries(self, party: Party, number: String, currency: Currency) -> Vec<Entry> {
        let skipped = |why: String| vec![Entry::Skipped(format!("{number}: {why}"))];
        if !self.invoiced {
            let balance = self.balance();
            return match balance.is_zero() {
                true => Vec::new(),
                false => skipped(format!(
                    "payments of {} without an invoice in the file",
                    (-balance).normalize()
                )),
            };
        }
        let Some(issued) = self.issued else {
            return skipped("no line says when it was issued".into());
        };
        let amount = match Money::from_decimal(self.amount, currency) {
            Ok(amount) => amount,
            Err(error) => return skipped(error.to_string()),
        };
        let mut entries = vec![Entry::Invoice(Invoice {
            party: party.clone(),
            number: number.clone(),
            kind: if amount.minor < 0 {
                ItemKind::CreditNote
            } else {
                ItemKind::Invoice
            },
            issued,
            due: self.due,
            amount: Some(amount),
            open: None,
            payment_reference: String::new(),
            order_reference: String::new(),
            corrects: String::new(),
            issuer: Issuer::default(),
        })];
        for (booking, settled, on) in self.settled {
            entries.push(match Money::from_decimal(settled, currency) {
                Ok(settled) => Entry::Settled(Settled {
                    party: party.clone(),
                    number: number.clone(),
                    booking,
                    amount: settled,
                    on: on.unwrap_or(issued),
                }),
                Err(error) => Entry::Skipped(format!("{number}: {error}")),
            });
        }
        entries
    }
}

fn key(line: &Line) -> Option<Key> {
    let names = [&line.invoice, &line.match_key, &line.document];
    let name = names.into_iter().find(|name| !name.is_empty())?;
    (!line.customer.is_empty()).then(|| (line.customer.clone(), name.clone()))
}
