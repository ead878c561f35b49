//! The platform's API version 2: one request in, one answer out, over the records in memory.
//!
//! The wire (HTTP, tokens, throttling, faults) is outside; here a request is data already.

mod administrations;
mod answer;
mod contacts;
mod estimates;
mod filter;
mod financial_mutations;
mod json;
mod listing;
mod notes;
mod payments;
mod sales_invoices;
#[cfg(test)]
mod tests;
pub(crate) mod webhooks;

pub(crate) use answer::{Answer, ApiError};
pub(crate) use webhooks::{Delivery, Webhook};

use crate::oauth::{Access, Scope};
use crate::world::{Administration, World};
use axum::http::Method;
use serde_json::Value;

/// A request to the API: its path below `/api/v2` without the format, its query and its body.
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Value,
    /// Scheme, host and path, for links to other pages.
    pub(crate) url: String,
}

impl Request {
    /// Splits the path and takes off `.json`; `None` for a format that is not served.
    pub(crate) fn new(method: Method, path: &str, query: &str, body: Value, base: &str) -> Option<Self> {
        let url = format!("{base}/api/v2/{path}");
        let bare = match path.rsplit_once('.') {
            Some((bare, "json")) => bare,
            Some((_, "xml")) => return None,
            _ => path,
        };
        let decode = |segment: &str| {
            let joined = format!("_={}", segment.replace('+', "%2B"));
            url::form_urlencoded::parse(joined.as_bytes())
                .next()
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        Some(Self {
            method,
            path: bare.split('/').map(decode).collect(),
            query: url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            body,
            url,
        })
    }

    fn param(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Answers a request as the platform would; parameters it does not know are ignored, routes are not found.
pub(crate) fn answer(world: &mut World, access: &Access, request: &Request) -> Answer {
    route(world, access, request).unwrap_or_else(ApiError::into_answer)
}

fn route(world: &mut World, access: &Access, request: &Request) -> Result<Answer, ApiError> {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    let Some((first, rest)) = path.split_first() else {
        return Err(ApiError::no_route());
    };
    if *first == "administrations" && rest.is_empty() && request.method == Method::GET {
        return Ok(administrations::list(world, access));
    }
    let administration = first
        .parse()
        .ok()
        .filter(|id| access.administrations.contains(id))
        .and_then(|id| world.administration(id))
        .ok_or_else(|| ApiError::not_found("administration_id"))?;
    let resource = rest.first().copied().unwrap_or_default();
    allow(access, resource)?;
    resource_answer(administration, request, rest)
}

fn resource_answer(one: &mut Administration, request: &Request, path: &[&str]) -> Result<Answer, ApiError> {
    let get = request.method == Method::GET;
    let post = request.method == Method::POST;
    match path {
        ["contacts"] | ["contacts", "filter"] if get => contacts::list(one, request),
        ["contacts", "synchronization"] if get => contacts::versions(one, request),
        ["contacts", "synchronization"] if post => contacts::by_ids(one, request),
        ["contacts", "customer_id", number] if get => contacts::by_number(one, number),
        ["contacts", id, "notes"] if post => notes::on_contact(one, request, id),
        ["contacts", id] if get => contacts::show(one, id),
        ["sales_invoices"] if get => sales_invoices::list(one, request),
        ["sales_invoices", "synchronization"] if get => sales_invoices::versions(one, request),
        ["sales_invoices", "synchronization"] if post => sales_invoices::by_ids(one, request),
        ["sales_invoices", "find_by_invoice_id", number] if get => sales_invoices::by_number(one, number),
        ["sales_invoices", id, "notes"] if post => notes::on_sales_invoice(one, request, id),
        ["sales_invoices", id, "pause"] if post => sales_invoices::pause(one, id, true),
        ["sales_invoices", id, "resume"] if post => sales_invoices::pause(one, id, false),
        ["sales_invoices", id] if get => sales_invoices::show(one, id),
        ["payments", id] if get => payments::show(one, id),
        ["estimates"] if get => estimates::list(one, request),
        ["estimates", "synchronization"] if get => estimates::versions(one, request),
        ["estimates", "synchronization"] if post => estimates::by_ids(one, request),
        ["estimates", id] if get => estimates::show(one, id),
        ["financial_accounts"] if get => Ok(administrations::financial_accounts(one)),
        ["financial_mutations"] if get => financial_mutations::list(one, request),
        ["financial_mutations", "synchronization"] if get => financial_mutations::versions(one, request),
        ["financial_mutations", "synchronization"] if post => financial_mutations::by_ids(one, request),
        ["financial_mutations", id] if get => financial_mutations::show(one, id),
        ["users"] if get => Ok(administrations::users(one)),
        ["webhooks"] if get => Ok(webhooks::list(one)),
        ["webhooks"] if post => webhooks::create(one, request),
        ["webhooks", id] if request.method == Method::DELETE => webhooks::delete(one, id),
        _ => Err(ApiError::no_route()),
    }
}

/// The scopes that open each resource, as the specification names them.
fn allow(access: &Access, resource: &str) -> Result<(), ApiError> {
    use Scope::{Bank, Documents, Estimates, SalesInvoices, Settings};
    let needed: &[Scope] = match resource {
        "contacts" => &[Estimates, SalesInvoices, Documents, Bank, Settings],
        "sales_invoices" => &[SalesInvoices],
        "estimates" => &[Estimates],
        "financial_mutations" => &[Bank],
        "financial_accounts" | "users" | "webhooks" => &[Settings],
        _ => return Ok(()),
    };
    if needed.iter().any(|scope| access.scopes.contains(scope)) {
        Ok(())
    } else {
        Err(ApiError::missing_scope(needed))
    }
}
