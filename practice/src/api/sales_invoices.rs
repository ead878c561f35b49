//! Sales invoices and credit invoices, with their payments and notes.

use super::filter::Filter;
use super::json::{Fixed, Line, created, id, link_code, moment, money};
use super::{Answer, ApiError, Request, contacts, listing, notes, payments};
use crate::portfolio::{Invoice, Number, Portfolio, Record};
use crate::world::Administration;
use serde_json::{Value, json};

const STATES: &[&str] = &[
    "draft",
    "open",
    "scheduled",
    "pending_payment",
    "late",
    "reminded",
    "paid",
    "uncollectible",
];

pub(super) fn list(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    listing::page(request, &wanted(&one.portfolio, request)?, |ix| {
        one.portfolio
            .invoices
            .get(ix)
            .map(|invoice| full(&one.portfolio, invoice))
    })
}

pub(super) fn versions(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    let wanted = wanted(&one.portfolio, request)?;
    let invoices = wanted.iter().filter_map(|ix| one.portfolio.invoices.get(*ix));
    Ok(listing::versions(
        invoices.map(|invoice| (invoice.id, invoice.stamps.version)),
    ))
}

pub(super) fn by_ids(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    listing::by_ids(request, |id| find(&one.portfolio, id))
}

pub(super) fn show(one: &Administration, id: &str) -> Result<Answer, ApiError> {
    let found = id.parse().ok().and_then(|id| find(&one.portfolio, id));
    found.map(Answer::ok).ok_or_else(|| ApiError::not_found("id"))
}

pub(super) fn by_number(one: &Administration, number: &str) -> Result<Answer, ApiError> {
    let ix = Number::read(number).and_then(|number| one.portfolio.numbered(number));
    let found = ix.and_then(|ix| one.portfolio.invoices.get(ix));
    found
        .map(|invoice| Answer::ok(full(&one.portfolio, invoice)))
        .ok_or_else(|| {
            ApiError::not_found_as(
                format!("Sales invoice with invoice_id: {number} was not found"),
                "invoice_id",
            )
        })
}

/// Stops or resumes the platform's own reminders for an invoice.
pub(super) fn pause(one: &mut Administration, id: &str, paused: bool) -> Result<Answer, ApiError> {
    let portfolio = &mut one.portfolio;
    let ix = id
        .parse()
        .ok()
        .and_then(|id| portfolio.invoice_ix(id))
        .ok_or_else(|| ApiError::not_found("id"))?;
    let before = portfolio
        .invoices
        .get_mut(ix)
        .map(|invoice| std::mem::replace(&mut invoice.paused, paused));
    if before != Some(paused) {
        let action = if paused {
            "sales_invoice_paused"
        } else {
            "sales_invoice_unpaused"
        };
        portfolio.changed(Record::Invoice(ix), action);
    }
    let invoice = portfolio
        .invoices
        .get(ix)
        .ok_or_else(|| ApiError::not_found("id"))?;
    Ok(Answer::created(full(portfolio, invoice)))
}

fn find(portfolio: &Portfolio, id: u64) -> Option<Value> {
    portfolio
        .invoice_ix(id)
        .and_then(|ix| portfolio.invoices.get(ix))
        .map(|invoice| full(portfolio, invoice))
}

fn wanted(portfolio: &Portfolio, request: &Request) -> Result<Vec<usize>, ApiError> {
    let (filter, today) = (Filter::of(request, "period:this_year"), portfolio.today());
    let (states, period) = (filter.states(STATES)?, filter.period(today)?);
    let (created, updated) = (filter.moment("created_after")?, filter.moment("updated_after")?);
    let contact = filter.id("contact_id");
    let unmatched = filter.get("recurring_sales_invoice_id").is_some();
    let workflow = filter
        .id("workflow_id")
        .is_none_or(|id| id == Fixed::Workflow.number(portfolio.id));
    let references: Option<Vec<&str>> = filter
        .get("reference")
        .map(|references| references.split('|').collect());
    let fits = |invoice: &Invoice| {
        workflow
            && !unmatched
            && period.is_none_or(|(from, until)| (from..=until).contains(&invoice.date))
            && states
                .as_ref()
                .is_none_or(|states| states.iter().any(|state| state == invoice.state(today).word()))
            && created.is_none_or(|after| invoice.stamps.created > after)
            && updated.is_none_or(|after| invoice.stamps.updated > after)
            && contact.is_none_or(|id| {
                portfolio
                    .debtors
                    .get(invoice.debtor)
                    .is_some_and(|debtor| debtor.id == id)
            })
            && references
                .as_ref()
                .is_none_or(|references| references.contains(&invoice.work))
    };
    Ok(portfolio
        .invoices
        .iter()
        .enumerate()
        .filter(|(_, invoice)| fits(invoice))
        .map(|(ix, _)| ix)
        .collect())
}

/// An invoice in full.
pub(super) fn full(portfolio: &Portfolio, invoice: &Invoice) -> Value {
    let (administration, today) = (portfolio.id, portfolio.today());
    let debtor = portfolio.debtors.get(invoice.debtor);
    let line = Line {
        administration,
        record: invoice.id,
        work: invoice.work,
        excl: invoice.excl,
        vat: invoice.vat,
        at: invoice.stamps.created,
    };
    let paid = invoice.settled_on().map(|day| day.to_string());
    let all: Vec<Value> = invoice
        .payments
        .iter()
        .map(|payment| payments::of_invoice(portfolio, invoice, payment))
        .collect();
    let url = format!(
        "https://moneybird.example/{administration}/external/{}/sales_invoice",
        link_code(invoice.id)
    );
    json!({
        "id": id(invoice.id),
        "administration_id": id(administration),
        "contact_id": debtor.map(|debtor| id(debtor.id)),
        "contact": debtor.map(|debtor| contacts::simple(portfolio, debtor)),
        "contact_person_id": null,
        "contact_person": null,
        "invoice_id": invoice.number.to_string(),
        "recurring_sales_invoice_id": null,
        "subscription_id": null,
        "workflow_id": Fixed::Workflow.id(administration),
        "document_style_id": Fixed::DocumentStyle.id(administration),
        "identity_id": Fixed::Identity.id(administration),
        "draft_id": null,
        "state": invoice.state(today).word(),
        "invoice_date": invoice.date.to_string(),
        "due_date": invoice.due.to_string(),
        "payment_conditions": "Wij verzoeken u het bedrag voor {document.due_date} over te maken.",
        "payment_reference": format!("{}", invoice.number),
        "short_payment_reference": format!("{}", invoice.number),
        "reference": invoice.work,
        "language": "nl",
        "currency": "EUR",
        "discount": "0.0",
        "original_sales_invoice_id": invoice.original.map(id),
        "paused": invoice.paused,
        "paid_at": paid,
        "sent_at": invoice.date.to_string(),
        "created_at": moment(invoice.stamps.created),
        "updated_at": moment(invoice.stamps.updated),
        "public_view_code": null,
        "public_view_code_expires_at": null,
        "version": invoice.stamps.version,
        "details": line.details(),
        "payments": all,
        "total_paid": money(invoice.paid()),
        "total_unpaid": money(invoice.unpaid()),
        "total_unpaid_base": money(invoice.unpaid()),
        "prices_are_incl_tax": false,
        "total_price_excl_tax": money(invoice.excl),
        "total_price_excl_tax_base": money(invoice.excl),
        "total_price_incl_tax": money(invoice.total()),
        "total_price_incl_tax_base": money(invoice.total()),
        "total_discount": "0.0",
        "marked_dubious_on": null,
        "marked_uncollectible_on": invoice.uncollectible.map(|day| day.to_string()),
        "reminder_count": invoice.reminders,
        "next_reminder": null,
        "original_estimate_id": invoice.estimate.map(id),
        "url": url,
        "payment_url": url,
        "custom_fields": [],
        "notes": notes::all(administration, invoice.id, "SalesInvoice", &invoice.notes),
        "attachments": [],
        "events": created(administration, "sales_invoice_created", invoice.stamps.created),
        "tax_totals": line.tax_totals(),
        "time_entries": [],
    })
}
