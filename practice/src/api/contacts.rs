//! Contacts.

use super::filter::Filter;
use super::json::{Fixed, created, id, link_code, moment};
use super::{Answer, ApiError, Request, listing, notes};
use crate::portfolio::{Debtor, Portfolio};
use crate::world::Administration;
use serde_json::{Value, json};

pub(super) fn list(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    listing::page(request, &wanted(&one.portfolio, request)?, |ix| {
        one.portfolio
            .debtors
            .get(ix)
            .map(|debtor| full(&one.portfolio, debtor))
    })
}

pub(super) fn versions(one: &Administration, request: &Request) -> Result<Answer, ApiError> {
    let wanted = wanted(&one.portfolio, request)?;
    let debtors = wanted.iter().filter_map(|ix| one.portfolio.debtors.get(*ix));
    Ok(listing::versions(
        debtors.map(|debtor| (debtor.id, debtor.stamps.version)),
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
    let place: Option<usize> = number
        .parse()
        .ok()
        .and_then(|number: usize| number.checked_sub(1));
    let found = place.and_then(|place| one.portfolio.debtors.get(place));
    found
        .map(|debtor| Answer::ok(full(&one.portfolio, debtor)))
        .ok_or_else(|| ApiError::not_found("customer_id"))
}

fn find(portfolio: &Portfolio, id: u64) -> Option<Value> {
    portfolio
        .debtor_ix(id)
        .and_then(|ix| portfolio.debtors.get(ix))
        .map(|debtor| full(portfolio, debtor))
}

fn wanted(portfolio: &Portfolio, request: &Request) -> Result<Vec<usize>, ApiError> {
    // the plain list knows no filter
    let plain = request.path.len() == 2;
    let filter = if plain {
        Filter::none()
    } else {
        Filter::of(request, "")
    };
    let (created, updated) = (filter.moment("created_after")?, filter.moment("updated_after")?);
    let same =
        |wanted: Option<&str>, name: &str| wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(name));
    let query = request.param("query").map(str::to_lowercase);
    let fits = |debtor: &Debtor| {
        created.is_none_or(|after| debtor.stamps.created > after)
            && updated.is_none_or(|after| debtor.stamps.updated > after)
            && same(filter.get("first_name"), &debtor.firstname)
            && same(filter.get("last_name"), &debtor.lastname)
            && match filter.get("contact_type") {
                Some("company") => debtor.company_name.is_some(),
                Some("private_individual") => debtor.company_name.is_none(),
                _ => true,
            }
            && query
                .as_deref()
                .is_none_or(|query| searched(debtor).contains(query))
    };
    Ok(portfolio
        .debtors
        .iter()
        .enumerate()
        .filter(|(_, debtor)| fits(debtor))
        .map(|(ix, _)| ix)
        .collect())
}

fn searched(debtor: &Debtor) -> String {
    let optional = [
        &debtor.company_name,
        &debtor.email,
        &debtor.phone,
        &debtor.tax_number,
        &debtor.chamber_of_commerce,
    ];
    let mut text = [
        &debtor.firstname,
        &debtor.lastname,
        &debtor.address,
        &debtor.zipcode,
        &debtor.city,
        &debtor.iban,
    ]
    .into_iter()
    .chain(optional.into_iter().flatten())
    .fold(debtor.number.to_string(), |text, field| text + " " + field);
    text.make_ascii_lowercase();
    text
}

fn full(portfolio: &Portfolio, debtor: &Debtor) -> Value {
    let mut contact = simple(portfolio, debtor);
    if let Some(fields) = contact.as_object_mut() {
        fields.insert(
            "events".to_owned(),
            created(portfolio.id, "contact_created", debtor.stamps.created),
        );
    }
    contact
}

/// A contact as it stands inside an invoice or estimate.
pub(super) fn simple(portfolio: &Portfolio, debtor: &Debtor) -> Value {
    let administration = portfolio.id;
    // a company's person stands in contact_people and in the attention line
    let company = debtor.company_name.is_some();
    let (first, last) = if company {
        (None, None)
    } else {
        (Some(&debtor.firstname), Some(&debtor.lastname))
    };
    let email = debtor.email.as_deref().unwrap_or_default();
    let attention = if company {
        format!("{} {}", debtor.firstname, debtor.lastname)
    } else {
        String::new()
    };
    json!({
        "id": id(debtor.id),
        "administration_id": id(administration),
        "company_name": debtor.company_name,
        "firstname": first,
        "lastname": last,
        "address1": debtor.address,
        "address2": "",
        "zipcode": debtor.zipcode,
        "city": debtor.city,
        "country": debtor.country,
        "phone": debtor.phone.as_deref().unwrap_or_default(),
        "delivery_method": if debtor.email.is_some() { "Email" } else { "Post" },
        "customer_id": debtor.number.to_string(),
        "tax_number": debtor.tax_number.as_deref().unwrap_or_default(),
        "chamber_of_commerce": debtor.chamber_of_commerce.as_deref().unwrap_or_default(),
        "bank_account": debtor.iban,
        "is_trusted": false,
        "max_transfer_amount": null,
        "attention": attention,
        "email": email,
        "email_ubl": company,
        "send_invoices_to_attention": attention,
        "send_invoices_to_email": email,
        "send_estimates_to_attention": attention,
        "send_estimates_to_email": email,
        "direct_debit": false,
        "sepa_active": false,
        "sepa_iban": debtor.iban,
        "sepa_iban_account_name": debtor.name(),
        "sepa_bic": "",
        "sepa_mandate_id": "",
        "sepa_mandate_date": null,
        "sepa_sequence_type": "RCUR",
        "credit_card_number": "",
        "credit_card_reference": "",
        "credit_card_type": null,
        "tax_number_validated_at": null,
        "tax_number_valid": null,
        "invoice_workflow_id": null,
        "estimate_workflow_id": null,
        "si_identifier": "",
        "si_identifier_type": null,
        "moneybird_payments_mandate": false,
        "created_at": moment(debtor.stamps.created),
        "updated_at": moment(debtor.stamps.updated),
        "version": debtor.stamps.version,
        "sales_invoices_url": format!("https://moneybird.example/{administration}/sales_invoices/{}/all", link_code(debtor.id)),
        "notes": notes::all(administration, debtor.id, "Contact", &debtor.notes),
        "custom_fields": [{
            "id": Fixed::ContactFields.id(administration),
            "name": "Betaaltermijn",
            "value": debtor.buys.term.to_string(),
        }],
        "contact_people": people(administration, debtor, company),
        "archived": false,
    })
}

fn people(administration: u64, debtor: &Debtor, company: bool) -> Value {
    if !company {
        return json!([]);
    }
    json!([{
        // the person came with the contact and has the contact's number
        "id": id(debtor.id + PERSON),
        "contact_id": id(debtor.id),
        "administration_id": id(administration),
        "firstname": debtor.firstname,
        "lastname": debtor.lastname,
        "phone": null,
        "email": null,
        "department": null,
        "created_at": moment(debtor.stamps.created),
        "updated_at": moment(debtor.stamps.created),
        "version": debtor.stamps.created.and_utc().timestamp(),
    }])
}

/// Distance from a contact's id to that of its person.
const PERSON: u64 = 500_000_000_000_000;
