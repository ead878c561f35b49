//! An invoice and what the books have used for it, compared with what is known.

use std::collections::BTreeMap;

use maan_connectors::files::{Invoice, Settled};
use maan_ledger::{
    Allocation, AllocationId, Body, Day, Fact, ItemDescription, ItemId, ItemState, Money, Removed, Source,
};
use uuid::Uuid;

use super::debtor::term;
use super::work::New;

/// Days to pay where nothing was agreed: thirty after the invoice (Directive 2011/7/EU art. 3).
const LEGAL_TERM: u16 = 30;

/// What a file makes known of an invoice.
pub(super) fn news(invoice: &Invoice, item: ItemId, scope: Uuid, facts: &[Fact], today: Day) -> Vec<New> {
    let known = described(facts, item);
    let Some(amount) = amount(invoice, known) else {
        return Vec::new();
    };
    let or_known = |new: &str, old: Option<&String>| match (new, old) {
        ("", Some(old)) => old.clone(),
        (new, _) => new.to_owned(),
    };
    let due = invoice.due.or(known.map(|known| known.due)).unwrap_or_else(|| {
        let days = invoice.party.term_days.or(term(facts)).unwrap_or(LEGAL_TERM);
        invoice.issued.plus(i32::from(days))
    });
    let reference = match invoice.payment_reference.as_str() {
        "" => known.map_or(invoice.number.clone(), |known| known.reference.clone()),
        reference => reference.to_owned(),
    };
    let description = ItemDescription {
        item,
        // what the debtor is asked to pay with names it best
        reference,
        number: invoice.number.clone(),
        kind: invoice.kind,
        state: ItemState::Issued,
        issued: invoice.issued,
        due,
        amount,
        order_reference: or_known(
            &invoice.order_reference,
            known.map(|known| &known.order_reference),
        ),
        corrects: known.and_then(|known| known.corrects),
        payment_link: known.map_or(String::new(), |known| known.payment_link.clone()),
    };
    let mut news = Vec::new();
    if known != Some(&description) {
        let first = known.is_none();
        news.push(New {
            happened: if first { invoice.issued } else { today },
            first,
            body: Body::ItemDescribed(description),
        });
    }
    if let Some(open) = invoice.open.filter(|open| open.currency == amount.currency) {
        let paid = amount.minor.saturating_sub(open.minor);
        let on = if open.minor == 0 { due.min(today) } else { today };
        news.extend(stated(
            item,
            Money::new(paid, amount.currency),
            on.max(invoice.issued),
            scope,
            facts,
            today,
        ));
    }
    news
}

/// The amount: what the file says, else what is known when that can be, else what is open.
fn amount(invoice: &Invoice, known: Option<&ItemDescription>) -> Option<Money> {
    let open = invoice.open;
    let before = known.map(|known| known.amount).filter(|amount| {
        open.is_none_or(|open| amount.currency == open.currency && amount.minor.abs() >= open.minor.abs())
    });
    invoice.amount.or(before).or(open)
}

/// The description of an item that was kept last.
pub(super) fn described(facts: &[Fact], item: ItemId) -> Option<&ItemDescription> {
    facts
        .iter()
        .rev()
        .find_map(|fact| match &fact.body {
            Body::ItemDescribed(described) if described.item == item => Some(Some(described)),
            Body::ItemRemoved(removed) if removed.id == item => Some(None),
            _ => None,
        })
        .flatten()
}

/// The allocations of an item that stand.
fn standing(facts: &[Fact], item: ItemId) -> BTreeMap<AllocationId, &Allocation> {
    let mut standing = BTreeMap::new();
    for fact in facts {
        match &fact.body {
            Body::Allocated(allocation) if allocation.item == item => {
                standing.insert(allocation.allocation, allocation);
            }
            Body::AllocationRemoved(removed) => {
                standing.remove(&removed.id);
            }
            _ => {}
        }
    }
    standing
}

/// The books say how much of an item is paid in all. What the bank already brought counts in that, and a statement
/// that was taken in before is not news, however the bank went on since.
fn stated(item: ItemId, paid: Money, on: Day, scope: Uuid, facts: &[Fact], today: Day) -> Vec<New> {
    let id = AllocationId::derived(scope, &format!("stated/{item}/{}", paid.minor));
    let standing = standing(facts, item);
    if standing.contains_key(&id) {
        return Vec::new();
    }
    let by_books = |allocation: &&Allocation| allocation.source == Source::Direct;
    let sum = |books: bool| -> i64 {
        let of = standing
            .values()
            .copied()
            .filter(|allocation| by_books(allocation) == books);
        of.map(|allocation| allocation.amount.minor).sum()
    };
    let (books, others) = (sum(true), sum(false));
    let wanted = match paid.minor {
        paid if paid >= 0 => paid.saturating_sub(others).max(0),
        paid => paid.saturating_sub(others).min(0),
    };
    if wanted == books {
        return Vec::new();
    }
    let grows = wanted.abs() > books.abs();
    let mut news = Vec::new();
    if !grows {
        let undone = standing
            .values()
            .filter(|allocation| allocation.source == Source::Direct);
        news.extend(undone.map(|allocation| New {
            happened: today,
            first: false,
            body: Body::AllocationRemoved(Removed {
                id: allocation.allocation,
            }),
        }));
    }
    let amount = if grows { wanted - books } else { wanted };
    if amount != 0 {
        news.push(allocated(
            id,
            item,
            Source::Direct,
            Money::new(amount, paid.currency),
            on,
        ));
    }
    news
}

/// What a file makes known of a booking on an item. One that the bank brought already is the same money.
pub(super) fn settled(settled: &Settled, item: ItemId, scope: Uuid, facts: &[Fact]) -> Option<New> {
    let id = AllocationId::derived(scope, &format!("settled/{item}/{}", settled.booking));
    let standing = standing(facts, item);
    let new = allocated(id, item, Source::Direct, settled.amount, settled.on);
    let known = standing
        .get(&id)
        .is_some_and(|known| Body::Allocated((*known).clone()) == new.body);
    let by_bank = standing
        .values()
        .any(|known| matches!(known.source, Source::Receipt(_)) && known.amount == settled.amount);
    (!known && !by_bank).then_some(New {
        first: !standing.contains_key(&id),
        ..new
    })
}

/// Use of money or credit for an item.
pub(super) fn allocated(id: AllocationId, item: ItemId, source: Source, amount: Money, on: Day) -> New {
    New {
        happened: on,
        first: true,
        body: Body::Allocated(Allocation {
            allocation: id,
            source,
            item,
            amount,
            on,
        }),
    }
}
