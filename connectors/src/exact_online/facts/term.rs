use maan_ledger::{
    Allocation, Body, Currency, Day, Fact, ItemDescription, ItemKind, ItemState, Money, Receipt, Source,
};

use super::{LONGEST, day, optional_day};
use crate::Entity;
use crate::exact_online::dto::Term;
use crate::mapping::{Context, Mapped, RecordError, Text, amount, currency, json_date, text};

/// Line type of receivables; others are payables.
const RECEIVABLE: &str = "20";
/// Transaction type of cash flow: money on the bank.
const CASH_FLOW: &str = "40";
/// Status of a row that was matched with others.
const MATCHED: &str = "50";

/// A row: part of an item, open or paid, or money that came in.
pub(in crate::exact_online) fn term(context: &Context<'_>, dto: &Term) -> Result<Mapped, RecordError> {
    if &*dto.line_type != RECEIVABLE {
        return Ok(Mapped::default());
    }
    if dto.account.is_empty() {
        return Err(RecordError::NoContact);
    }
    let code: Text = match &*dto.currency {
        "" => context.currency.into(),
        code => code.into(),
    };
    let currency = currency(&code)?;
    let amount = amount("AmountFC", &dto.amount, currency)?;
    let matched = &*dto.status == MATCHED;
    if &*dto.transaction_type == CASH_FLOW {
        return money(context, dto, amount, matched);
    }
    let mut facts = vec![described(context, dto, currency)?];
    if matched {
        facts.push(paid(context, dto, amount)?);
    }
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.account)),
        alias: Some(dto.transaction.to_string()),
        facts,
        ..Mapped::default()
    })
}

/// Money that came in lowers what is owed, so it is negative. Once it is matched the rows of the items tell it.
fn money(context: &Context<'_>, dto: &Term, amount: Money, matched: bool) -> Result<Mapped, RecordError> {
    let mut facts = Vec::new();
    if !matched {
        let on = day("InvoiceDate", &dto.invoice_date)?;
        let amount = Money::new(amount.minor.saturating_neg(), amount.currency);
        facts.push(Fact {
            happened: on,
            known: context.known(json_date(&dto.created), on),
            body: Body::Received(Receipt {
                receipt: context.ids.receipt(Entity::Invoice, &dto.id, amount),
                amount,
                on,
                text: text("Description", &dto.description, 2_000)?,
            }),
        });
    }
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.account)),
        facts,
        ..Mapped::default()
    })
}

/// The item; every row of its transaction says the same of it.
fn described(context: &Context<'_>, dto: &Term, currency: Currency) -> Result<Fact, RecordError> {
    if dto.transaction.is_empty() {
        return Err(RecordError::Missing("TransactionEntryID"));
    }
    let total = amount("TransactionAmountFC", &dto.transaction_amount, currency)?;
    let issued = day("InvoiceDate", &dto.invoice_date)?;
    let due = match optional_day("TransactionDueDate", &dto.transaction_due_date)? {
        Some(due) => due,
        None => optional_day("DueDate", &dto.due_date)?.unwrap_or(issued),
    };
    let description = ItemDescription {
        item: context.ids.item(&dto.transaction),
        reference: dto.transaction.to_string(),
        number: text("InvoiceNumber", &dto.invoice_number, LONGEST)?,
        kind: if total.minor < 0 {
            ItemKind::CreditNote
        } else {
            ItemKind::Invoice
        },
        state: ItemState::Issued,
        issued,
        due,
        amount: total,
        order_reference: text("YourRef", &dto.your_ref, LONGEST)?,
        corrects: None,
        payment_link: String::new(),
    };
    Ok(Fact {
        happened: issued,
        known: context.known(json_date(&dto.created), issued),
        body: Body::ItemDescribed(description),
    })
}

/// A matched row was paid on the day of what it was matched with.
fn paid(context: &Context<'_>, dto: &Term, amount: Money) -> Result<Fact, RecordError> {
    let item = context.ids.item(&dto.transaction);
    let on: Option<Day> = match optional_day("EndDate", &dto.end_date)? {
        Some(end) => Some(end),
        None => optional_day("LastPaymentDate", &dto.last_payment_date)?,
    };
    let on = on.ok_or(RecordError::Missing("EndDate"))?;
    Ok(Fact {
        happened: on,
        known: context.known(json_date(&dto.modified), on),
        body: Body::Allocated(Allocation {
            allocation: context.ids.part(Entity::Invoice, &dto.id, item, amount, on),
            source: Source::Direct,
            item,
            amount,
            on,
        }),
    })
}
