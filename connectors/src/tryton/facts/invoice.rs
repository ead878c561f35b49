use std::collections::BTreeMap;

use maan_ledger::{
    Allocation, Body, Currency, Day, Fact, ItemDescription, ItemKind, ItemState, Moment, Money, Source,
};

use super::LONGEST;
use super::settle::{Entry, Origin, settle};
use crate::Entity;
use crate::mapping::{Context, Mapped, RecordError, amount, currency, moment, optional_day, text};
use crate::tryton::dto::{Invoice, Row};

/// Something that was paid, credited or written off: of which item, how much, and when.
struct Use {
    item: String,
    /// The row or reconciliation that tells it.
    by: String,
    minor: i64,
    on: Day,
    source: Source,
    booked: Option<Moment>,
}

/// An invoice or credit note with all that was paid of it.
pub(in crate::tryton) fn invoice(context: &Context<'_>, dto: &Invoice) -> Result<Mapped, RecordError> {
    let party = dto.party.as_ref().ok_or(RecordError::NoContact)?;
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(&party.id)),
        with_payments: true,
        ..Mapped::default()
    };
    let Some(state) = state(dto)? else {
        return Ok(mapped);
    };
    let code = dto.currency.clone().unwrap_or_default();
    let currency = currency(&code.code)?;
    let own = entries(context, &dto.lines_to_pay, currency)?;
    let items = items(context, dto, state, &own, currency)?;
    let uses = uses(context, dto, &own, &items, currency)?;
    let mut facts = Vec::new();
    for item in items {
        let mut settled = uses.iter().filter(|one| one.item == item.reference);
        let lost: i64 = settled
            .clone()
            .filter(|one| one.source == Source::WriteOff)
            .map(|one| one.minor)
            .fold(0, i64::saturating_add);
        let first = (item.issued, item.clone());
        let last = settled.clone().map(|one| one.on).max();
        if let (true, Some(last)) = (lost > 0 && lost == item.amount.minor, last) {
            // nothing was paid: it was an open one before
            let state = ItemState::Uncollectible;
            facts.push(described(context, dto, first));
            facts.push(described(context, dto, (last, ItemDescription { state, ..item })));
        } else {
            facts.push(described(context, dto, first));
            facts.extend(settled.by_ref().map(|one| allocated(context, dto, one, currency)));
        }
    }
    Ok(Mapped { facts, ..mapped })
}

/// None when it is not there any more: it was cancelled before it was posted, or by a move that takes it back.
fn state(dto: &Invoice) -> Result<Option<ItemState>, RecordError> {
    match dto.state.as_str() {
        "draft" | "validated" => Ok(Some(ItemState::Draft)),
        "posted" | "paid" => Ok(Some(ItemState::Issued)),
        // by a credit note, which settles it
        "cancelled" if is_credited(dto) => Ok(Some(ItemState::Issued)),
        "cancelled" => Ok(None),
        other => Err(RecordError::State(other.chars().take(40).collect())),
    }
}

fn is_credited(dto: &Invoice) -> bool {
    let by = dto.cancel_move.as_ref().map(|booking| &booking.origin);
    let note = by.and_then(|origin| origin.strip_prefix("account.invoice,"));
    note.is_some_and(|note| note != dto.id.as_str())
}

fn entries(context: &Context<'_>, rows: &[Row], currency: Currency) -> Result<Vec<Entry>, RecordError> {
    let all = rows.iter().map(|row| Entry::of(context, row, currency));
    all.filter_map(Result::transpose).collect()
}

/// The item; its instalments when it is to be paid by several rows.
fn items(
    context: &Context<'_>,
    dto: &Invoice,
    state: ItemState,
    own: &[Entry],
    currency: Currency,
) -> Result<Vec<ItemDescription>, RecordError> {
    let total = amount("total_amount", &dto.total_amount, currency)?;
    let issued = optional_day("invoice_date", &dto.invoice_date)?
        .or_else(|| context.day_of(moment(&dto.create_date)))
        .ok_or(RecordError::Missing("invoice_date"))?;
    let parts = instalments(own);
    let is_credit = total.minor < 0;
    let whole = ItemDescription {
        item: context.ids.item(&dto.id),
        reference: dto.id.to_string(),
        number: text("number", &dto.number, LONGEST)?,
        kind: if is_credit {
            ItemKind::CreditNote
        } else {
            ItemKind::Invoice
        },
        state,
        issued,
        due: own.iter().map(|entry| entry.due).max().unwrap_or(issued),
        amount: total,
        order_reference: text("reference", &dto.reference, LONGEST)?,
        corrects: dto
            .origin_invoices
            .first()
            .filter(|_| is_credit)
            .map(|invoice| context.ids.item(invoice)),
        payment_link: String::new(),
    };
    if is_credit || parts.len() < 2 {
        return Ok(vec![whole]);
    }
    Ok(parts
        .into_iter()
        .enumerate()
        .map(|(ix, entry)| {
            let reference = instalment(dto, ix);
            ItemDescription {
                item: context.ids.item(&reference),
                reference,
                kind: ItemKind::Instalment,
                due: entry.due,
                amount: Money::new(entry.minor, currency),
                ..whole.clone()
            }
        })
        .collect())
}

/// The rows that are owed, in the order in which they are due.
fn instalments(own: &[Entry]) -> Vec<&Entry> {
    let mut parts: Vec<&Entry> = own.iter().filter(|entry| entry.minor > 0).collect();
    parts.sort_by_key(|entry| (entry.due, entry.id.len(), entry.id.clone()));
    parts
}

fn instalment(dto: &Invoice, ix: usize) -> String {
    format!("{}/{}", dto.id.as_str(), ix.saturating_add(1))
}

/// What settled the invoice: row by row within each reconciliation, and the payments that are not reconciled yet.
fn uses(
    context: &Context<'_>,
    dto: &Invoice,
    own: &[Entry],
    items: &[ItemDescription],
    currency: Currency,
) -> Result<Vec<Use>, RecordError> {
    let parts = instalments(own);
    let item_of = |entry: &Entry| {
        let ix = parts.iter().position(|part| part.id == entry.id).unwrap_or(0);
        let item = items.get(ix).or(items.first());
        item.map_or(String::new(), |item| item.reference.clone())
    };
    let book = Book {
        context,
        invoice: &dto.id,
        own,
        credit: items.iter().all(|item| item.kind == ItemKind::CreditNote),
        item_of: &item_of,
    };
    let mut all = Vec::new();
    let mut groups = BTreeMap::new();
    for row in &dto.lines_to_pay {
        if let Some(group) = &row.reconciliation {
            groups.insert(group.id.to_string(), group);
        }
    }
    for (id, group) in groups {
        let entries = entries(context, &group.lines, currency)?;
        let on = optional_day("date of a reconciliation", &group.date)?;
        // what the partners in this currency leave is settled by the difference in exchange
        let rest = book.settled(&entries, &mut all);
        for (entry, minor) in rest.into_iter().filter(|(entry, _)| book.is_own(entry)) {
            all.push(Use {
                item: item_of(entry),
                by: format!("reconciliation/{id}"),
                minor: if book.credit {
                    minor.saturating_neg()
                } else {
                    minor
                },
                on: on.unwrap_or(entry.on),
                source: Source::Direct,
                booked: None,
            });
        }
    }
    let open: Vec<Row> = dto
        .lines_to_pay
        .iter()
        .chain(&dto.payment_lines)
        .filter(|row| row.reconciliation.is_none())
        .cloned()
        .collect();
    let open = entries(context, &open, currency)?;
    let last = items.last().map(|item| item.reference.clone());
    let rest = book.settled(&open, &mut all);
    // more was paid than is owed
    for (entry, minor) in rest.into_iter().filter(|(entry, _)| !book.is_own(entry)) {
        all.push(Use {
            item: last.clone().unwrap_or_default(),
            by: format!("{}/beyond", entry.id),
            minor: if book.credit {
                minor.saturating_neg()
            } else {
                minor
            },
            on: entry.on,
            source: Source::Direct,
            booked: entry.booked,
        });
    }
    Ok(all)
}

/// Takes down what settles the rows of one invoice.
struct Book<'a> {
    context: &'a Context<'a>,
    invoice: &'a str,
    own: &'a [Entry],
    credit: bool,
    item_of: &'a dyn Fn(&Entry) -> String,
}

impl Book<'_> {
    fn is_own(&self, entry: &Entry) -> bool {
        self.own.iter().any(|own| own.id == entry.id)
    }

    /// Adds the uses of own rows; gives what is left of all rows.
    fn settled<'e>(&self, entries: &'e [Entry], all: &mut Vec<Use>) -> Vec<(&'e Entry, i64)> {
        let (matches, rest) = settle(entries);
        for found in matches {
            let (own, other) = if self.credit {
                (found.paying, found.owing)
            } else {
                (found.owing, found.paying)
            };
            if !self.is_own(own) {
                continue;
            }
            let source = match &other.origin {
                // the invoice that it was set off against tells it
                Origin::Invoice(_) if self.credit => continue,
                Origin::Invoice(note) if note != self.invoice => {
                    Source::CreditNote(self.context.ids.item(note))
                }
                Origin::WriteOff => Source::WriteOff,
                Origin::Invoice(_) | Origin::Money => Source::Direct,
            };
            all.push(Use {
                item: (self.item_of)(own),
                by: format!("{}/{}", own.id, other.id),
                minor: if self.credit {
                    found.minor.saturating_neg()
                } else {
                    found.minor
                },
                on: found.on(),
                source,
                booked: other.booked,
            });
        }
        rest
    }
}

fn described(context: &Context<'_>, dto: &Invoice, (on, item): (Day, ItemDescription)) -> Fact {
    let stamp = if item.state == ItemState::Uncollectible {
        &dto.write_date
    } else {
        &dto.create_date
    };
    Fact {
        happened: on,
        known: context.known(moment(stamp), on),
        body: Body::ItemDescribed(item),
    }
}

fn allocated(context: &Context<'_>, dto: &Invoice, used: &Use, currency: Currency) -> Fact {
    let item = context.ids.item(&used.item);
    let amount = Money::new(used.minor, currency);
    let allocation = if used.source == Source::WriteOff {
        // what is written off here must be told from what was written off by hand
        context.ids.part(Entity::Invoice, &dto.id, item, amount, used.on)
    } else {
        context
            .ids
            .allocation(&used.by, &format!("{}/{amount}/{}", used.item, used.on))
    };
    Fact {
        happened: used.on,
        known: context.known(used.booked, used.on),
        body: Body::Allocated(Allocation {
            allocation,
            source: used.source,
            item,
            amount,
            on: used.on,
        }),
    }
}
