//! Which facts of a record are new.

mod debtor;
mod promise;

use maan_ledger::{
    AgreementEnd, AgreementId, Allocation, AllocationId, Body, EndReason, Fact, ItemId, Known, Money,
    OrderState, Removed, Source,
};

use crate::{Batch, Entity, ReadRecord};

/// The reason of a limit or hold that the platform has. What was set here has another one, and is not undone by
/// reading the same again.
pub(crate) const ON_PLATFORM: &str = "as set on the platform";

/// Whether a limit or hold is as the platform has it, and not set here.
pub fn is_as_on_platform(reason: &str) -> bool {
    reason == ON_PLATFORM
}

/// The facts to add for a record of a batch, given all facts of its debtor so far (in the order in which they were
/// kept).
///
/// A record that did not change adds nothing. A payment that is gone becomes an allocation removed, a record that
/// is gone removes what it described. Records of one debtor are worked through in order, each seeing what the
/// earlier ones added.
pub fn changes(batch: &Batch, record: &ReadRecord, known: &[Fact]) -> Vec<Fact> {
    let history = History(known);
    if record.deleted {
        return gone(batch, history, record);
    }
    let mut new = Vec::new();
    for fact in &record.facts {
        if is_new(history, &record.facts, fact) {
            new.push(match &fact.body {
                Body::DebtorDescribed(description) => {
                    let description = debtor::carried_over(history.debtor(), description.clone());
                    Fact {
                        body: Body::DebtorDescribed(description),
                        ..fact.clone()
                    }
                }
                _ => fact.clone(),
            });
        }
    }
    new.retain(|fact| match &fact.body {
        Body::DebtorDescribed(description) => history.debtor() != Some(description),
        _ => true,
    });
    new.extend(vanished(batch, history, record));
    new.extend(promise::changed(batch, history, record));
    new.extend(debtor::language_of_document(history, &new, record));
    new
}

/// All facts of a debtor so far.
#[derive(Clone, Copy)]
struct History<'a>(&'a [Fact]);

impl<'a> History<'a> {
    /// The newest fact that a question concerns, in the order in which a snapshot takes them: by the moment it became
    /// known, then by the day on which it happened, then as kept.
    fn newest<T>(self, concerns: impl Fn(&'a Body) -> Option<T>) -> Option<T> {
        let found = self
            .0
            .iter()
            .filter_map(|fact| Some(((fact.known.moment(), fact.happened), concerns(&fact.body)?)));
        found
            .reduce(|best, next| if next.0 >= best.0 { next } else { best })
            .map(|(_, found)| found)
    }

    fn debtor(self) -> Option<&'a maan_ledger::DebtorDescription> {
        self.newest(|body| match body {
            Body::DebtorDescribed(description) => Some(Some(description)),
            Body::DebtorRemoved => Some(None),
            _ => None,
        })
        .flatten()
    }

    fn item(self, item: ItemId) -> Option<&'a Body> {
        self.newest(|body| match body {
            Body::ItemDescribed(description) if description.item == item => Some(Some(body)),
            Body::ItemRemoved(removed) if removed.id == item => Some(None),
            _ => None,
        })
        .flatten()
    }

    fn allocated(self, allocation: AllocationId) -> bool {
        self.newest(|body| match body {
            Body::Allocated(found) if found.allocation == allocation => Some(true),
            Body::AllocationRemoved(removed) if removed.id == allocation => Some(false),
            _ => None,
        })
        .unwrap_or(false)
    }

    fn received(self, receipt: maan_ledger::ReceiptId) -> bool {
        self.newest(|body| match body {
            Body::Received(found) if found.receipt == receipt => Some(true),
            Body::ReceiptRemoved(removed) if removed.id == receipt => Some(false),
            _ => None,
        })
        .unwrap_or(false)
    }

    /// The credit limit as the platform had it last, whatever was set here since.
    fn limit_there(self) -> Option<Option<Money>> {
        self.newest(|body| match body {
            Body::LimitSet(limit) if limit.reason == ON_PLATFORM => Some(limit.limit),
            _ => None,
        })
    }

    /// Whether the platform held deliveries last, whatever was set here since.
    fn held_there(self) -> bool {
        let held = self.newest(|body| match body {
            Body::HoldSet(hold) if hold.reason == ON_PLATFORM => Some(hold.held),
            _ => None,
        });
        held.unwrap_or(false)
    }

    fn disputed(self, dispute: AgreementId) -> bool {
        let open = self.newest(|body| match body {
            Body::Disputed(found) if found.agreement == dispute => Some(true),
            Body::AgreementEnded(end) if end.agreement == dispute => Some(false),
            _ => None,
        });
        open.unwrap_or(false)
    }

    fn order(self, reference: &str) -> Option<&'a maan_ledger::Order> {
        self.newest(|body| match body {
            Body::OrderDescribed(order) if order.reference == reference => Some(order),
            _ => None,
        })
    }
}

fn is_new(history: History<'_>, now: &[Fact], fact: &Fact) -> bool {
    match &fact.body {
        Body::DebtorDescribed(_) => true, // compared after what persons know has been carried over
        Body::ItemDescribed(description) => match history.item(description.item) {
            // of a series (issued, then written off) only the last describes it now
            Some(known) => known != &fact.body && is_last_description(now, fact, description.item),
            None => true,
        },
        Body::Allocated(allocation) => !history.allocated(allocation.allocation),
        Body::Received(receipt) => !history.received(receipt.receipt),
        Body::OrderDescribed(order) => history.order(&order.reference) != Some(order),
        // no limit is the same as never a limit
        Body::LimitSet(limit) => history.limit_there().flatten() != limit.limit,
        Body::HoldSet(hold) => history.held_there() != hold.held,
        Body::Disputed(dispute) => !history.disputed(dispute.agreement),
        Body::Promised(_) => false, // compared with all promises of its item
        other => !history.0.iter().any(|known| &known.body == other),
    }
}

fn is_last_description(facts: &[Fact], fact: &Fact, item: ItemId) -> bool {
    let mut descriptions = facts
        .iter()
        .rev()
        .filter(|other| matches!(&other.body, Body::ItemDescribed(one) if one.item == item));
    descriptions.next().is_some_and(|last| last == fact)
}

/// Allocations, receipts, disputes and instalments of the record that it no longer has.
fn vanished(batch: &Batch, history: History<'_>, record: &ReadRecord) -> Vec<Fact> {
    // what cannot be read stays as it was
    if record.problem.is_some() && record.facts.is_empty() {
        return Vec::new();
    }
    let item = batch.ids.item(&record.reference);
    let still = |body: &Body| record.facts.iter().any(|fact| same_thing(&fact.body, body));
    let mut gone = Vec::new();
    for fact in history.0 {
        let removed = match &fact.body {
            Body::Allocated(one)
                if is_part(batch, record, one)
                    || (record.with_payments
                        && one.source != Source::WriteOff
                        && (one.item == item || is_described(record, one.item))) =>
            {
                history
                    .allocated(one.allocation)
                    .then_some(Body::AllocationRemoved(Removed { id: one.allocation }))
            }
            Body::Received(one)
                if one.receipt == batch.ids.receipt(batch.entity, &record.reference, one.amount) =>
            {
                history
                    .received(one.receipt)
                    .then_some(Body::ReceiptRemoved(Removed { id: one.receipt }))
            }
            Body::Disputed(one)
                if batch.entity.is_item() && one.agreement == batch.ids.dispute(&record.reference) =>
            {
                history
                    .disputed(one.agreement)
                    .then_some(Body::AgreementEnded(AgreementEnd {
                        agreement: one.agreement,
                        reason: EndReason::Withdrawn,
                    }))
            }
            Body::ItemDescribed(one)
                if batch.entity.is_item()
                    && record.alias.is_none()
                    && is_below(&one.reference, &record.reference) =>
            {
                history
                    .item(one.item)
                    .map(|_| Body::ItemRemoved(Removed { id: one.item }))
            }
            _ => None,
        };
        let Some(removed) = removed.filter(|_| !still(&fact.body)) else {
            continue;
        };
        if !gone.iter().any(|other: &Fact| other.body == removed) {
            gone.push(learnt(batch, removed));
        }
    }
    gone
}

/// Whether a record made an allocation, see [`crate::Ids::part`] and [`crate::Ids::credit`].
fn is_part(batch: &Batch, record: &ReadRecord, one: &Allocation) -> bool {
    let Allocation { item, amount, on, .. } = *one;
    let (ids, entity) = (batch.ids, batch.entity);
    let credit = match one.source {
        Source::CreditNote(note) => Some(ids.credit(entity, &record.reference, note, item, amount, on)),
        _ => None,
    };
    one.allocation == ids.part(entity, &record.reference, item, amount, on) || credit == Some(one.allocation)
}

/// Whether a record describes an item, such as one of its instalments.
fn is_described(record: &ReadRecord, item: ItemId) -> bool {
    let described = |fact: &Fact| matches!(&fact.body, Body::ItemDescribed(one) if one.item == item);
    record.facts.iter().any(described)
}

/// Whether an item is an instalment of a document, or is the document although it now has instalments.
fn is_below(item: &str, document: &str) -> bool {
    item.strip_prefix(document)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn same_thing(one: &Body, other: &Body) -> bool {
    match (one, other) {
        (Body::Allocated(one), Body::Allocated(other)) => one.allocation == other.allocation,
        (Body::Received(one), Body::Received(other)) => one.receipt == other.receipt,
        (Body::Disputed(one), Body::Disputed(other)) => one.agreement == other.agreement,
        (Body::ItemDescribed(one), Body::ItemDescribed(other)) => one.item == other.item,
        _ => false,
    }
}

/// What a record described is no longer so.
fn gone(batch: &Batch, history: History<'_>, record: &ReadRecord) -> Vec<Fact> {
    match batch.entity {
        Entity::Contact => history
            .debtor()
            .map(|_| learnt(batch, Body::DebtorRemoved))
            .into_iter()
            .collect(),
        Entity::Quotation | Entity::Order => {
            let order = history
                .order(&record.reference)
                .filter(|order| order.state != OrderState::Lapsed);
            order
                .map(|order| {
                    let lapsed = maan_ledger::Order {
                        state: OrderState::Lapsed,
                        ..order.clone()
                    };
                    learnt(batch, Body::OrderDescribed(lapsed))
                })
                .into_iter()
                .collect()
        }
        Entity::Invoice | Entity::ExternalInvoice | Entity::CreditNote => {
            let mut facts = Vec::new();
            if let Some(item) = &record.ends {
                facts = ended(batch, history, item);
            }
            let more = vanished(batch, history, record);
            facts.extend(
                more.into_iter()
                    .filter(|fact| !is_among(&facts, fact))
                    .collect::<Vec<_>>(),
            );
            facts
        }
        Entity::Payment | Entity::BankTransaction | Entity::Removal => vanished(batch, history, record),
    }
}

fn is_among(facts: &[Fact], fact: &Fact) -> bool {
    facts.iter().any(|other| other.body == fact.body)
}

/// An item with its instalments and all uses of money and credit that ended with it.
fn ended(batch: &Batch, history: History<'_>, reference: &str) -> Vec<Fact> {
    let items = history.0.iter().filter_map(|fact| match &fact.body {
        Body::ItemDescribed(one) if is_below(&one.reference, reference) => Some(one.item),
        _ => None,
    });
    let mut facts = Vec::new();
    for item in items.filter(|item| history.item(*item).is_some()) {
        let removed = learnt(batch, Body::ItemRemoved(Removed { id: item }));
        if is_among(&facts, &removed) {
            continue;
        }
        facts.push(removed);
        for fact in history.0 {
            if let Body::Allocated(one) = &fact.body
                && (one.item == item || one.source == Source::CreditNote(item))
                && history.allocated(one.allocation)
            {
                let removed = learnt(batch, Body::AllocationRemoved(Removed { id: one.allocation }));
                if !is_among(&facts, &removed) {
                    facts.push(removed);
                }
            }
        }
    }
    facts
}

/// A fact that was learnt because something is no longer there: it happened when it was noticed.
fn learnt(batch: &Batch, body: Body) -> Fact {
    Fact {
        happened: batch.today,
        known: Known::At(batch.at),
        body,
    }
}
