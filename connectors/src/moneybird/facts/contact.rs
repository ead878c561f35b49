use maan_ledger::{
    Body, Channel, CompanySize, Consent, ContactRole, Country, DebtorDescription, DebtorKind, Fact,
    LanguageSource, Reach, Relation,
};

use super::{Context, Mapped, account_number, text};
use crate::language;
use crate::moneybird::dto::{Contact, Text};
use crate::moneybird::error::RecordError;

/// Longest name, number or line of an address.
const LONGEST: usize = 500;

/// A contact with the account number that it pays from.
pub(in crate::moneybird) fn contact(context: &Context<'_>, dto: &Contact) -> Result<Mapped, RecordError> {
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.id)),
        alias: account_number(&dto.sepa_iban).or_else(|| account_number(&dto.bank_account)),
        facts: vec![debtor(context, dto)?],
        ..Mapped::default()
    })
}

/// The debtor as the contact describes it.
pub(in crate::moneybird) fn debtor(context: &Context<'_>, dto: &Contact) -> Result<Fact, RecordError> {
    let since = context.day_of(&dto.created_at);
    let changed = context.day_of(&dto.updated_at).filter(|_| !context.history);
    let happened = changed.or(since).unwrap_or(context.today());
    let country = Country::from_code(&dto.country);
    let (language, language_source) = match language::of_country(country, &dto.zipcode) {
        Some(language) => (language, LanguageSource::Country),
        None => (context.language, LanguageSource::Unknown),
    };
    let description = DebtorDescription {
        reference: dto.id.to_string(),
        number: text("customer_id", &dto.customer_id, LONGEST)?,
        name: name(dto)?,
        kind: if dto.company_name.is_empty() {
            DebtorKind::Consumer
        } else {
            DebtorKind::Business
        },
        size: CompanySize::Unknown,
        country,
        sector: String::new(),
        language: language.to_owned(),
        language_source,
        since,
        group: None,
        payer: None,
        relation: Relation::Customer,
        traits: Vec::new(),
        reach: reach(dto)?,
        vat_number: text("tax_number", &dto.tax_number, LONGEST)?,
        registration: text("chamber_of_commerce", &dto.chamber_of_commerce, LONGEST)?,
    };
    Ok(Fact {
        happened,
        known: context.known(&dto.created_at, happened),
        body: Body::DebtorDescribed(description),
    })
}

fn name(dto: &Contact) -> Result<String, RecordError> {
    let company = text("company_name", &dto.company_name, LONGEST)?;
    let person = full_name(
        &text("firstname", &dto.firstname, LONGEST)?,
        &text("lastname", &dto.lastname, LONGEST)?,
    );
    let named = [company, person].into_iter().find(|name| !name.is_empty());
    named
        .or_else(|| Some(dto.customer_id.to_string()).filter(|number| !number.is_empty()))
        .ok_or(RecordError::Missing("its name"))
}

fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}

/// Ways to reach the debtor, each address once: where invoices go first, then the general ones, then people.
fn reach(dto: &Contact) -> Result<Vec<Reach>, RecordError> {
    let mut all = Vec::new();
    let accounts = first_of(&dto.send_invoices_to_attention, &dto.attention);
    for address in text("send_invoices_to_email", &dto.send_invoices_to_email, 4 * LONGEST)?.split([',', ';'])
    {
        add(
            &mut all,
            Channel::Email,
            address,
            accounts,
            ContactRole::AccountsPayable,
        );
    }
    add(
        &mut all,
        Channel::Email,
        &text("email", &dto.email, LONGEST)?,
        &dto.attention,
        ContactRole::Unknown,
    );
    add(
        &mut all,
        Channel::Phone,
        &text("phone", &dto.phone, LONGEST)?,
        &dto.attention,
        ContactRole::Unknown,
    );
    add(
        &mut all,
        Channel::Letter,
        &address(dto)?,
        accounts,
        ContactRole::Unknown,
    );
    for person in &dto.contact_people {
        let name = full_name(
            &text("firstname", &person.firstname, LONGEST)?,
            &text("lastname", &person.lastname, LONGEST)?,
        );
        let role = role(&person.department);
        add(
            &mut all,
            Channel::Email,
            &text("email", &person.email, LONGEST)?,
            &name,
            role,
        );
        add(
            &mut all,
            Channel::Phone,
            &text("phone", &person.phone, LONGEST)?,
            &name,
            role,
        );
    }
    let preferred = match &*dto.delivery_method {
        "Email" => Some(Channel::Email),
        "Post" => Some(Channel::Letter),
        _ => None,
    };
    if let Some(first) = all.iter_mut().find(|reach| Some(reach.channel) == preferred) {
        first.preferred = true;
    }
    Ok(all)
}

fn first_of<'a>(one: &'a Text, other: &'a Text) -> &'a str {
    if one.is_empty() { other } else { one }
}

/// The department of a contact person is free text, in the administration's language.
fn role(department: &str) -> ContactRole {
    let department = department.to_lowercase();
    let named = |words: &[&str]| words.iter().any(|word| department.contains(word));
    if named(&[
        "crediteur",
        "administratie",
        "boekhoud",
        "financ",
        "accounts payable",
        "comptab",
        "fournisseur",
        "buchhalt",
    ]) {
        ContactRole::AccountsPayable
    } else if named(&[
        "directie",
        "directeur",
        "eigenaar",
        "owner",
        "direction",
        "geschäftsführ",
    ]) {
        ContactRole::Decider
    } else if department.is_empty() {
        ContactRole::Unknown
    } else {
        ContactRole::Other
    }
}

fn add(all: &mut Vec<Reach>, channel: Channel, address: &str, name: &str, role: ContactRole) {
    let address = address.trim();
    let usable = match channel {
        Channel::Email => address
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.')),
        _ => !address.is_empty(),
    };
    if usable
        && !all
            .iter()
            .any(|reach| reach.channel == channel && reach.address == address)
    {
        all.push(Reach {
            channel,
            address: address.to_owned(),
            name: name.to_owned(),
            role,
            branch: 0,
            preferred: false,
            consent: Consent::NotAsked,
            right_person: false,
            failed: false,
        });
    }
}

/// The postal address on lines; empty when street or town is missing.
fn address(dto: &Contact) -> Result<String, RecordError> {
    if dto.address1.is_empty() || dto.city.is_empty() {
        return Ok(String::new());
    }
    let town = format!(
        "{} {}",
        text("zipcode", &dto.zipcode, LONGEST)?,
        text("city", &dto.city, LONGEST)?
    );
    let (first, second) = (
        text("address1", &dto.address1, LONGEST)?,
        text("address2", &dto.address2, LONGEST)?,
    );
    let lines = [
        first,
        second,
        town.trim().to_owned(),
        text("country", &dto.country, LONGEST)?,
    ];
    Ok(lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n"))
}
