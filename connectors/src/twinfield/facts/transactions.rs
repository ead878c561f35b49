use std::collections::HashMap;
use std::fmt::Write;

use maan_ledger::{Allocation, Body, Fact, ItemDescription, ItemKind, ItemState, Money, Receipt, Source};

use super::LONGEST;
use super::customer::customer_of;
use super::entry::Entry;
use super::settled::{Use, settled};
use crate::mapping::{Context, Mapped, RecordError, content_version, text};
use crate::twinfield::dto::Line;
use crate::{Entity, Look, ReadRecord};

/// A record for each line. That of an item holds all that settled it, that of money what was not used of it.
pub(in crate::twinfield) fn transactions(
    context: &Context<'_>,
    look: Look<'_>,
    lines: &[Line],
) -> Vec<ReadRecord> {
    let mut entries = Vec::with_capacity(lines.len());
    let mut records = Vec::with_capacity(lines.len());
    for line in lines {
        match Entry::of(context, line) {
            Ok(entry) => entries.push(entry),
            Err(error) => records.push(record(look, line, content(line, &[], &[]), Err(error))),
        }
    }
    let uses: HashMap<usize, Vec<Use>> = settled(&entries);
    for (at, entry) in entries.iter().enumerate() {
        let own = uses.get(&at).map(Vec::as_slice).unwrap_or_default();
        let mapped = mapped(context, &entries, entry, own).and_then(|mut mapped| {
            // made after the customers were read: the line brings along what it says of its customer
            if look.known.get(Entity::Contact, &entry.line.customer).is_none() {
                mapped.facts.insert(0, customer_of(context, entry.line)?);
            }
            Ok(mapped)
        });
        records.push(record(
            look,
            entry.line,
            content(entry.line, own, &entries),
            mapped,
        ));
    }
    records
}

fn record(look: Look<'_>, line: &Line, version: u64, mapped: Result<Mapped, RecordError>) -> ReadRecord {
    ReadRecord::mapped(Entity::Invoice, look, (line.key.clone(), version), mapped)
}

/// The version: all that the record is made from.
fn content(line: &Line, uses: &[Use], entries: &[Entry<'_>]) -> u64 {
    let mut all = format!("{line:?}");
    for one in uses {
        let from = one.from.and_then(|at| entries.get(at));
        let from = from.map_or("", |entry| entry.line.key.as_str());
        // writing to text does not fail
        let _ = write!(all, "/{from}/{}/{}", one.minor, one.on);
    }
    content_version(&all)
}

fn mapped(
    context: &Context<'_>,
    entries: &[Entry<'_>],
    entry: &Entry<'_>,
    uses: &[Use],
) -> Result<Mapped, RecordError> {
    let debtor = Some(context.ids.debtor(&entry.line.customer));
    if !entry.is_item() {
        return Ok(Mapped {
            debtor,
            facts: unused(context, entry)?.into_iter().collect(),
            ..Mapped::default()
        });
    }
    let mut facts = vec![described(context, entry)?];
    facts.extend(uses.iter().map(|one| allocated(context, entries, entry, one)));
    Ok(Mapped {
        debtor,
        facts,
        with_payments: true,
        ..Mapped::default()
    })
}

/// Money of which a part is not matched.
fn unused(context: &Context<'_>, entry: &Entry<'_>) -> Result<Option<Fact>, RecordError> {
    let left = entry.matched.saturating_sub(entry.amount.minor);
    if left <= 0 {
        return Ok(None);
    }
    let amount = Money::new(left, entry.amount.currency);
    let receipt = Receipt {
        receipt: context.ids.receipt(Entity::Invoice, &entry.line.key, amount),
        amount,
        on: entry.on,
        text: text("its invoice number", &entry.line.invoice, LONGEST)?,
    };
    Ok(Some(Fact {
        happened: entry.on,
        known: context.known(None, entry.on),
        body: Body::Received(receipt),
    }))
}

fn described(context: &Context<'_>, entry: &Entry<'_>) -> Result<Fact, RecordError> {
    let line = entry.line;
    let number = match text("its invoice number", &line.invoice, LONGEST)? {
        number if number.is_empty() => line.key.clone(),
        number => number,
    };
    let description = ItemDescription {
        item: context.ids.item(&line.key),
        reference: line.key.clone(),
        number,
        kind: if entry.amount.minor < 0 {
            ItemKind::CreditNote
        } else {
            ItemKind::Invoice
        },
        state: ItemState::Issued,
        issued: entry.on,
        due: entry.due.unwrap_or(entry.on),
        amount: entry.amount,
        order_reference: String::new(),
        corrects: None,
        payment_link: String::new(),
    };
    Ok(Fact {
        happened: entry.on,
        known: context.known(None, entry.on),
        body: Body::ItemDescribed(description),
    })
}

fn allocated(context: &Context<'_>, entries: &[Entry<'_>], entry: &Entry<'_>, one: &Use) -> Fact {
    let item = context.ids.item(&entry.line.key);
    let amount = Money::new(one.minor, entry.amount.currency);
    let from = one.from.and_then(|at| entries.get(at));
    let source = match from {
        Some(credit) if credit.is_item() => Source::CreditNote(context.ids.item(&credit.line.key)),
        _ => Source::Direct,
    };
    let payment = from.map_or(entry.line.key.as_str(), |from| from.line.key.as_str());
    Fact {
        happened: one.on,
        known: context.known(None, one.on),
        body: Body::Allocated(Allocation {
            allocation: context
                .ids
                .allocation(payment, &format!("{}/{amount}/{}", item.0, one.on)),
            source,
            item,
            amount,
            on: one.on,
        }),
    }
}
