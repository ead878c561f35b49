//! Payments: kept for whom they are, used for what is certain, and told to a person otherwise.

use maan_connectors::files::BankEntry;
use maan_ledger::{AllocationId, Body, DebtorId, ItemId, Mandate, Money, Receipt, ReceiptId, Source};
use maan_store::{AdministrationBody, UnplacedPayment};

use super::known::Received;
use super::place::{Placement, placed};
use super::report::{FileReport, Unsure};
use super::work::{New, Work};
use super::{Assigned, ImportError, invoice};

impl Work<'_> {
    pub(super) fn payment(&self, entry: BankEntry) -> UnplacedPayment {
        UnplacedPayment {
            id: ReceiptId::derived(self.scope, &format!("receipt/{}", entry.key)),
            on: entry.on,
            amount: entry.amount,
            name: entry.name,
            account: entry.account,
            reference: entry.reference,
            text: entry.text,
            end_to_end: entry.end_to_end,
            return_code: entry.return_code,
        }
    }

    /// A payment of a statement.
    pub(super) fn pay(&mut self, payment: UnplacedPayment, report: &mut FileReport) {
        report.count("payments");
        report.sum("payments", payment.amount);
        report.first(|| format!("{} from {} on {}", payment.amount, payment.name, payment.on));
        if self.known.has_receipt(payment.id) || self.unplaced.contains_key(&payment.id) {
            report.known += 1;
            return;
        }
        let placement = placed(&payment, &self.known);
        let Some(debtor) = placement.debtor else {
            // looked at again at the end, when all files are known
            self.administration.push(AdministrationBody::PaymentUnplaced {
                payment: payment.clone(),
            });
            self.unplaced.insert(payment.id, payment);
            return;
        };
        if placement.unsure.is_none() {
            report.count("payments used in full");
        }
        self.received(debtor, &payment, placement);
    }

    /// Notes a payment of a debtor, to be kept with the next flush.
    fn received(&mut self, debtor: DebtorId, payment: &UnplacedPayment, placement: Placement) {
        let text = [
            &payment.name,
            &payment.account,
            &payment.reference,
            &payment.text,
            &payment.end_to_end,
        ];
        let text: Vec<&str> = text
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        let text: String = text.join(" ").chars().take(1000).collect();
        let mut new = vec![New {
            happened: payment.on,
            first: true,
            body: Body::Received(Receipt {
                receipt: payment.id,
                amount: payment.amount,
                on: payment.on,
                text: text.clone(),
            }),
        }];
        for (item, amount) in &placement.used {
            new.push(self.used(payment.id, *item, *amount, payment.on));
            if let (Some((_, collected)), false) = (placement.returned, payment.return_code.is_empty()) {
                new.push(New {
                    happened: payment.on,
                    first: true,
                    body: Body::MandateUsed(Mandate {
                        item: *item,
                        collection_day: collected,
                        return_code: payment.return_code.clone(),
                        returned_on: Some(payment.on),
                    }),
                });
            }
        }
        if let Some((why, candidates)) = &placement.unsure {
            self.report
                .for_a_person
                .push(unsure(payment, why.clone(), candidates.clone()));
        }
        self.known.receive(
            debtor,
            Received {
                id: payment.id,
                amount: payment.amount,
                on: payment.on,
                text,
                used: placement.used,
            },
        );
        self.received.entry(debtor).or_default().extend(new);
    }

    /// Keeps the payments that were noted.
    pub(super) async fn flush_payments(&mut self) -> Result<(), ImportError> {
        let news = std::mem::take(&mut self.received);
        let facts = self.facts_of(news.keys().copied()).await?;
        self.keep(news, facts).await
    }

    fn used(&self, receipt: ReceiptId, item: ItemId, amount: Money, on: maan_ledger::Day) -> New {
        let id = AllocationId::derived(self.scope, &format!("used/{receipt}/{item}"));
        invoice::allocated(id, item, Source::Receipt(receipt), amount, on)
    }

    /// Looks again at money of which it was not known for whom it is; what stays so is told.
    pub(super) async fn retry_unplaced(&mut self) -> Result<(), ImportError> {
        for payment in std::mem::take(&mut self.unplaced).into_values() {
            let placement = placed(&payment, &self.known);
            match (placement.debtor, &placement.unsure) {
                (Some(debtor), _) => {
                    self.administration
                        .push(AdministrationBody::PaymentPlaced { id: payment.id });
                    self.received(debtor, &payment, placement);
                }
                (None, Some((why, candidates))) => {
                    let unsure = unsure(&payment, why.clone(), candidates.clone());
                    self.report.for_a_person.push(unsure);
                }
                (None, None) => {}
            }
        }
        self.flush_payments().await
    }

    /// Uses money as a person said.
    pub(super) async fn assign(&mut self, assigned: &[Assigned]) -> Result<(), ImportError> {
        for one in assigned {
            let begins = |id: &ReceiptId| id.to_string().starts_with(&one.payment);
            let items = self.known.numbered(&one.to, None);
            let target = match items.as_slice() {
                [item] => Some((item.debtor, Some((item.id, item.open)))),
                _ => self.debtor_called(&one.to).map(|debtor| (debtor, None)),
            };
            let Some((debtor, item)) = target else {
                return Err(ImportError::Unfit(format!(
                    "`{}` is neither the number of one invoice nor the number or name of one customer",
                    one.to
                )));
            };
            let unplaced: Vec<ReceiptId> = self.unplaced.keys().copied().filter(begins).collect();
            let on_account: Vec<(DebtorId, Received)> = self
                .known
                .all_receipts()
                .filter(|(_, receipt)| begins(&receipt.id) && receipt.rest() > 0)
                .map(|(debtor, receipt)| (debtor, receipt.clone()))
                .collect();
            match (unplaced.as_slice(), on_account.as_slice()) {
                ([id], []) => {
                    let Some(payment) = self.unplaced.remove(id) else {
                        continue;
                    };
                    let used = item.and_then(|(item, open)| used(item, open, payment.amount));
                    self.administration
                        .push(AdministrationBody::PaymentPlaced { id: *id });
                    let placement = Placement {
                        debtor: Some(debtor),
                        used: used.into_iter().collect(),
                        unsure: None,
                        returned: None,
                    };
                    self.received(debtor, &payment, placement);
                }
                ([], [(owner, receipt)]) if *owner == debtor => {
                    let rest = Money::new(receipt.rest(), receipt.amount.currency);
                    let Some((item, amount)) = item.and_then(|(item, open)| used(item, open, rest)) else {
                        continue;
                    };
                    let new = self.used(receipt.id, item, amount, receipt.on);
                    self.received.entry(debtor).or_default().push(new);
                }
                ([], [_]) => {
                    return Err(ImportError::Unfit(format!(
                        "payment `{}` is another customer's than `{}`",
                        one.payment, one.to
                    )));
                }
                ([], []) => {
                    return Err(ImportError::Unfit(format!(
                        "no payment that waits for a person begins with `{}`",
                        one.payment
                    )));
                }
                _ => {
                    return Err(ImportError::Unfit(format!(
                        "several payments begin with `{}`; give more of the id",
                        one.payment
                    )));
                }
            }
            // the next answer sees what this one used
            self.flush_payments().await?;
        }
        Ok(())
    }

    fn debtor_called(&self, name: &str) -> Option<DebtorId> {
        let party = maan_connectors::files::Party {
            number: name.to_owned(),
            ..Default::default()
        };
        self.known.debtor(&party).or_else(|| self.known.named(name))
    }
}

/// As much of an amount as an item has open.
fn used(item: ItemId, open: Money, amount: Money) -> Option<(ItemId, Money)> {
    let used = amount.minor.min(open.minor);
    (used > 0 && open.currency == amount.currency).then(|| (item, Money::new(used, amount.currency)))
}

fn unsure(payment: &UnplacedPayment, why: String, candidates: Vec<String>) -> Unsure {
    let payer = [payment.name.as_str(), payment.account.as_str()];
    let payer: Vec<&str> = payer.into_iter().filter(|part| !part.is_empty()).collect();
    Unsure {
        id: payment.id,
        on: payment.on,
        amount: payment.amount,
        payer: payer.join(", "),
        text: [payment.reference.as_str(), payment.text.as_str()]
            .join(" ")
            .trim()
            .chars()
            .take(140)
            .collect(),
        why,
        candidates,
    }
}
