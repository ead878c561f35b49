//! Reading by feeds: what was changed since a moment, in numbered pages.
//!
//! The pages are in the order of ids, which never changes, and nothing leaves a list: what is voided, deleted or archived
//! stays there with that status. So no record slips from one page to another unread while something changes.

use serde_json::value::RawValue;

use super::{Xero, dto, facts, rows};
use crate::http::{Answer, Call, CallError};
use crate::mapping::{Context, Mapped, Pass, RecordError, content_version, json_date, record};
use crate::{Entity, Look, Page, ReadRecord};

/// Most records of a page.
const PAGE: &str = "1000";

/// A list, of which types its records are read, and by what it is ordered.
pub(super) struct Feed {
    resource: &'static str,
    /// The field that holds the type, and its values; none where all are read.
    types: Option<(&'static str, &'static [&'static str])>,
    order: &'static str,
}

const fn feed(resource: &'static str, order: &'static str) -> Feed {
    Feed {
        resource,
        types: None,
        order,
    }
}

impl Feed {
    const fn of(self, field: &'static str, types: &'static [&'static str]) -> Self {
        Self {
            types: Some((field, types)),
            ..self
        }
    }

    /// Which records Xero is to give.
    fn only(&self) -> Option<String> {
        let (field, types) = self.types?;
        let each: Vec<String> = types
            .iter()
            .map(|value| format!("{field}==\"{value}\""))
            .collect();
        Some(each.join(" OR "))
    }

    /// Whether a record is of a type that is read here: that Xero gives no other is not relied on.
    fn holds(&self, head: &dto::Head) -> bool {
        self.types
            .is_none_or(|(_, types)| types.contains(&&*head.of_type))
    }
}

const CONTACTS: &[Feed] = &[feed("Contacts", "ContactID")];
const INVOICES: &[Feed] = &[feed("Invoices", "InvoiceID").of("Type", &["ACCREC"])];
const CREDIT_NOTES: &[Feed] = &[feed("CreditNotes", "CreditNoteID").of("Type", &["ACCRECCREDIT"])];
const PAYMENTS: &[Feed] =
    &[feed("Payments", "PaymentID").of("PaymentType", &["ACCRECPAYMENT", "ARCREDITPAYMENT"])];
const QUOTES: &[Feed] = &[feed("Quotes", "QuoteID")];
const UNUSED: &[Feed] = &[
    feed("Overpayments", "OverpaymentID").of("Type", &["RECEIVE-OVERPAYMENT", "AROVERPAYMENT"]),
    feed("Prepayments", "PrepaymentID").of("Type", &["RECEIVE-PREPAYMENT", "ARPREPAYMENT"]),
];

/// The lists of an entity, read one after the other; none when Xero has no such records.
pub(super) fn feeds(entity: Entity) -> &'static [Feed] {
    match entity {
        Entity::Contact => CONTACTS,
        Entity::Invoice => INVOICES,
        Entity::CreditNote => CREDIT_NOTES,
        Entity::Payment => PAYMENTS,
        Entity::Quotation => QUOTES,
        Entity::BankTransaction => UNUSED,
        Entity::ExternalInvoice | Entity::Order | Entity::Removal => &[],
    }
}

/// Which list of an entity is read, and which page of it.
#[derive(Clone, Copy)]
struct Spot {
    list: usize,
    page: usize,
}

impl Spot {
    fn of(pass: &Pass) -> Self {
        let kept = pass.next().and_then(|next| next.split_once('/'));
        let kept = kept.and_then(|(list, page)| Some((list.parse().ok()?, page.parse().ok()?)));
        let (list, page) = kept.unwrap_or((0, 1));
        Self { list, page }
    }

    /// The next page of the same list.
    fn next(self) -> String {
        format!("{}/{}", self.list, self.page.saturating_add(1))
    }
}

impl Xero {
    pub(super) async fn read_page(
        &self,
        entity: Entity,
        cursor: Option<&str>,
        look: Look<'_>,
    ) -> Result<Page, CallError> {
        let before = Pass::at(cursor);
        let mut pass = before.clone();
        let mut spot = Spot::of(&before);
        let mut page = Page::default();
        // a list that ends here is followed by the next one, so that nothing new leaves the place as it is
        while let Some(feed) = feeds(entity).get(spot.list) {
            let answer = self.connection.call(&self.asked(feed, spot, &before)).await?;
            let found = rows::rows(&answer, feed.resource)?;
            pass.answered(answer.date().unwrap_or(look.at));
            for row in found.rows {
                let record = self.read_record((entity, feed), &answer, row, look, &mut pass)?;
                page.records.push(record);
            }
            if found.more {
                page.more = true;
                page.left = found.left;
                break;
            }
            spot = Spot {
                list: spot.list + 1,
                page: 1,
            };
        }
        let place = pass.onward(page.more.then(|| spot.next()));
        page.cursor = (cursor.is_none() || place != before).then(|| place.cursor());
        Ok(page)
    }

    fn read_record(
        &self,
        (entity, feed): (Entity, &Feed),
        answer: &Answer,
        row: &RawValue,
        look: Look<'_>,
        pass: &mut Pass,
    ) -> Result<ReadRecord, CallError> {
        let head: dto::Head =
            serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
        if head.id.is_empty() {
            return Err(answer.odd("a row has no id"));
        }
        // without a time it is read all the same, and again the next time
        if let Some(changed) = json_date(&head.updated) {
            pass.saw(changed);
        }
        if head.is_gone() {
            return Ok(ReadRecord::gone(head.id.into()));
        }
        let mapped = if feed.holds(&head) {
            mapped(entity, &Context::of(self, look), row, look)
        } else {
            Ok(Mapped::default())
        };
        let version = content_version(row.get());
        Ok(ReadRecord::mapped(
            entity,
            look,
            (head.id.into(), version),
            mapped,
        ))
    }

    fn asked(&self, feed: &Feed, spot: Spot, pass: &Pass) -> Call {
        let mut url = self.resource(&[feed.resource]);
        let mut query = url.query_pairs_mut();
        if let Some(only) = feed.only() {
            query.append_pair("where", &only);
        }
        if feed.resource == "Contacts" {
            query.append_pair("includeArchived", "true");
        }
        query
            .append_pair("order", feed.order)
            .append_pair("page", &spot.page.to_string());
        // quotes come by the hundred
        if feed.resource != "Quotes" {
            query.append_pair("pageSize", PAGE);
        }
        drop(query);
        let call = self.own(Call::get(url));
        match pass.since() {
            Some(since) => {
                let since = since.plus_seconds(-1).to_utc();
                call.with_header(
                    "If-Modified-Since",
                    since.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                )
            }
            None => call,
        }
    }
}

fn mapped(
    entity: Entity,
    context: &Context<'_>,
    row: &RawValue,
    look: Look<'_>,
) -> Result<Mapped, RecordError> {
    let (mut mapped, contact) = match entity {
        Entity::Contact => return facts::contact(context, &record(row)?),
        Entity::Payment => return facts::payment(context, &record(row)?),
        Entity::Quotation => return facts::quote(context, &record(row)?),
        Entity::BankTransaction => return facts::unused(context, &record(row)?),
        Entity::Invoice => {
            let dto: dto::Invoice = record(row)?;
            (facts::invoice(context, &dto)?, dto.contact)
        }
        _ => {
            let dto: dto::CreditNote = record(row)?;
            (facts::credit_note(context, &dto)?, dto.contact)
        }
    };
    // made or sold to after the contacts were read: the document brings along what it says of its contact
    let known = look.known.get(Entity::Contact, &contact.contact_id);
    if known.and_then(|known| known.debtor).is_none() {
        mapped.facts.insert(0, facts::described(context, &contact)?);
    }
    Ok(mapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_bought_is_not_read_even_when_it_comes() {
        let holds = |feed: &Feed, row: &str| feed.holds(&serde_json::from_str(row).unwrap());
        let (invoices, payments) = (&INVOICES[0], &PAYMENTS[0]);
        assert_eq!(invoices.only().as_deref(), Some(r#"Type=="ACCREC""#));
        assert!(holds(invoices, r#"{"Type":"ACCREC"}"#));
        assert!(!holds(invoices, r#"{"Type":"ACCPAY"}"#));
        assert!(!holds(invoices, "{}"));
        assert_eq!(
            payments.only().as_deref(),
            Some(r#"PaymentType=="ACCRECPAYMENT" OR PaymentType=="ARCREDITPAYMENT""#)
        );
        assert!(!holds(payments, r#"{"PaymentType":"ACCPAYPAYMENT"}"#));
        assert_eq!(CONTACTS[0].only(), None);
        assert!(holds(&CONTACTS[0], "{}"));
    }
}
