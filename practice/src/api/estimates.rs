//! Estimates.

use super::filter::Filter;
use super::json::{Fixed, Line, created, id, link_code, moment, money};
use super::{Answer, ApiError, Request, contacts, listing};
use crate::portfolio::{Estimate, EstimateOutcome, Portfolio};
use crate::world::Administration;
use serde_json::{Value, json};

const STATES: &[&str] = &[
    "draft", "open", "late", "accepted", "rejected", "billed", "archived",
];

pub(super) fn list(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    listing::page(request, &wanted(&one.portfolio, request)?, |ix| {
        one.portfolio
            .estimates
            .get(ix)
            .map(|estimate| full(&one.portfolio, estimate))
    })
}

pub(super) fn versions(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    let wanted = wanted(&one.portfolio, request)?;
    let estimates = wanted.iter().filter_map(|ix| one.portfolio.estimates.get(*ix));
    Ok(listing::versions(
        estimates.map(|estimate| (estimate.id, estimate.stamps.version)),
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
        .estimates
        .binary_search_by_key(&id, |estimate| estimate.id)
        .ok()?;
    portfolio
        .estimates
        .get(ix)
        .map(|estimate| full(portfolio, estimate))
}

fn wanted(portfolio: &Portfolio, request: &Request) -> Result<Vec<usize>, ApiError> {
    let (filter, today) = (Filter::of(request, "period:this_year"), portfolio.today());
    let (states, period) = (filter.states(STATES)?, filter.period(today)?);
    let contact = filter.id("contact_id");
    let fits = |estimate: &Estimate| {
        period.is_none_or(|(from, until)| (from..=until).contains(&estimate.date))
            && states
                .as_ref()
                .is_none_or(|states| states.iter().any(|state| state == estimate.state(today)))
            && contact.is_none_or(|id| {
                portfolio
                    .debtors
                    .get(estimate.debtor)
                    .is_some_and(|debtor| debtor.id == id)
            })
    };
    Ok(portfolio
        .estimates
        .iter()
        .enumerate()
        .filter(|(_, estimate)| fits(estimate))
        .map(|(ix, _)| ix)
        .collect())
}

/// An estimate in full.
pub(super) fn full(portfolio: &Portfolio, estimate: &Estimate) -> Value {
    let administration = portfolio.id;
    let debtor = portfolio.debtors.get(estimate.debtor);
    let line = Line {
        administration,
        record: estimate.id,
        work: estimate.work,
        excl: estimate.excl,
        vat: estimate.vat,
        at: estimate.stamps.created,
    };
    let (total, number) = (estimate.excl + estimate.vat, estimate.number.to_string());
    let day = |wanted: &[EstimateOutcome]| {
        estimate
            .outcome
            .filter(|(outcome, _)| wanted.contains(outcome))
            .map(|(_, day)| day.to_string())
    };
    json!({
        "id": id(estimate.id),
        "administration_id": id(administration),
        "contact_id": debtor.map(|debtor| id(debtor.id)),
        "contact": debtor.map(|debtor| contacts::simple(portfolio, debtor)),
        "contact_person_id": null,
        "contact_person": null,
        "estimate_id": format!("O{number}"),
        "estimate_sequence_id": format!("{:05}", estimate.number.place),
        "workflow_id": Fixed::Workflow.id(administration),
        "document_style_id": Fixed::DocumentStyle.id(administration),
        "identity_id": Fixed::Identity.id(administration),
        "draft_id": null,
        "state": estimate.state(portfolio.today()),
        "estimate_date": estimate.date.to_string(),
        "due_date": estimate.due.to_string(),
        "reference": estimate.work,
        "language": "nl",
        "currency": "EUR",
        "exchange_rate": "1.0",
        "discount": "0.0",
        "original_estimate_id": null,
        "show_tax": true,
        "sign_online": true,
        "sent_at": estimate.date.to_string(),
        "accepted_at": day(&[EstimateOutcome::Accepted, EstimateOutcome::Billed]),
        "rejected_at": day(&[EstimateOutcome::Rejected]),
        "archived_at": null,
        "created_at": moment(estimate.stamps.created),
        "updated_at": moment(estimate.stamps.updated),
        "public_view_code": null,
        "public_view_code_expires_at": null,
        "version": estimate.stamps.version,
        "pre_text": null,
        "post_text": null,
        "details": line.details(),
        "prices_are_incl_tax": false,
        "total_price_excl_tax": money(estimate.excl),
        "total_price_excl_tax_base": money(estimate.excl),
        "total_price_incl_tax": money(total),
        "total_price_incl_tax_base": money(total),
        "total_discount": "0.0",
        "url": format!("https://moneybird.example/{administration}/external/{}/estimate", link_code(estimate.id)),
        "custom_fields": [],
        "notes": [],
        "attachments": [],
        "events": created(administration, "estimate_created", estimate.stamps.created),
        "tax_totals": line.tax_totals(),
    })
}
