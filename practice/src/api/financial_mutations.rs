//! The bank: money that came in, allocated to invoices or not yet.

use super::filter::Filter;
use super::json::{Fixed, id, moment, money};
use super::{Answer, ApiError, Request, listing, payments};
use crate::portfolio::{Mutation, Portfolio};
use crate::world::Administration;
use serde_json::{Value, json};

const STATES: &[&str] = &["unprocessed", "processed", "auto_booked"];
/// The list shows no more than this and sends the client to synchronization instead.
const MOST: usize = 100;

pub(super) fn list(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    let wanted = wanted(&one.portfolio, request)?;
    if wanted.len() > MOST {
        return Err(ApiError::bad(
            "Too many financial mutations to return, please use sync API",
        ));
    }
    let mutations = wanted.iter().filter_map(|ix| one.portfolio.mutations.get(*ix));
    Ok(Answer::ok(
        mutations.map(|mutation| full(&one.portfolio, mutation)).collect(),
    ))
}

pub(super) fn versions(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    let wanted = wanted(&one.portfolio, request)?;
    let mutations = wanted.iter().filter_map(|ix| one.portfolio.mutations.get(*ix));
    Ok(listing::versions(
        mutations.map(|mutation| (mutation.id, mutation.stamps.version)),
    ))
}

pub(super) fn by_ids(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    listing::by_ids(request, |id| find(&one.portfolio, id))
}

pub(super) fn show(one: &Administration, id: &str) -> Result<Answer, ApiError> {
    let found = id.parse().ok().and_then(|id| find(&one.portfolio, id));
    found.map(Answer::ok).ok_or_else(|| ApiError::not_found("id"))
}

fn find(portfolio: &Portfolio, id: u64) -> Option<Value> {
    let ix = portfolio
        .mutations
        .binary_search_by_key(&id, |mutation| mutation.id)
        .ok()?;
    portfolio
        .mutations
        .get(ix)
        .map(|mutation| full(portfolio, mutation))
}

fn state(mutation: &Mutation) -> &'static str {
    if mutation.open == 0 {
        "processed"
    } else {
        "unprocessed"
    }
}

fn wanted(portfolio: &Portfolio, request: &Request) -> Result<Vec<usize>, ApiError> {
    let filter = Filter::of(request, "period:this_year");
    let (states, period) = (filter.states(STATES)?, filter.period(portfolio.today())?);
    let account = filter
        .id("financial_account_id")
        .is_none_or(|id| id == Fixed::BankAccount.number(portfolio.id));
    // only money that came in is kept here
    let kind = filter
        .get("mutation_type")
        .is_none_or(|kind| kind.split('|').any(|kind| kind != "debit"));
    let fits = |mutation: &Mutation| {
        account
            && kind
            && period.is_none_or(|(from, until)| (from..=until).contains(&mutation.date))
            && states
                .as_ref()
                .is_none_or(|states| states.iter().any(|wanted| wanted == state(mutation)))
    };
    Ok(portfolio
        .mutations
        .iter()
        .enumerate()
        .filter(|(_, mutation)| fits(mutation))
        .map(|(ix, _)| ix)
        .collect())
}

fn full(portfolio: &Portfolio, mutation: &Mutation) -> Value {
    let administration = portfolio.id;
    let debtor = portfolio.debtors.get(mutation.debtor);
    let allocated: Vec<Value> = mutation
        .allocated
        .iter()
        .filter_map(|(ix, payment)| {
            let invoice = portfolio.invoices.get(*ix)?;
            let payment = invoice.payments.iter().find(|one| one.id == *payment)?;
            Some(payments::of_invoice(portfolio, invoice, payment))
        })
        .collect();
    json!({
        "id": id(mutation.id),
        "administration_id": id(administration),
        "amount": money(mutation.cents),
        "code": null,
        "date": mutation.date.to_string(),
        "message": mutation.message,
        "contra_account_name": debtor.map(crate::portfolio::Debtor::name),
        "contra_account_number": debtor.map(|debtor| debtor.iban.as_str()).unwrap_or_default(),
        "state": state(mutation),
        "settlement_state": "settled",
        "amount_open": money(mutation.open),
        "sepa_fields": null,
        "batch_reference": null,
        "financial_account_id": Fixed::BankAccount.id(administration),
        "currency": "EUR",
        "original_amount": null,
        "created_at": moment(mutation.stamps.created),
        "updated_at": moment(mutation.stamps.updated),
        "version": mutation.stamps.version,
        "financial_statement_id": Fixed::Statement.id(administration),
        "processed_at": (mutation.open == 0).then(|| moment(mutation.stamps.updated)),
        "account_servicer_transaction_id": null,
        "payments": allocated,
        "ledger_account_bookings": [],
    })
}
