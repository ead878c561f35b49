use maan_ledger::{Channel, ContactRole, DebtorKind, Fact};

use super::option;
use crate::business_central::dto::{Customer, Document};
use crate::mapping::{
    Context, Mapped, Party, Reaches, RecordError, Text, amount, country_code, currency, debtor, held, limit,
    moment,
};

/// A customer, with its credit limit (0 is none) and whether it is blocked. Its alias is its number, by which the ledger
/// names it.
pub(in crate::business_central) fn customer(
    context: &Context<'_>,
    dto: &Customer,
) -> Result<Mapped, RecordError> {
    let described = debtor(context, party(dto)?)?;
    let line = match &*dto.credit_limit {
        "" => None,
        line => Some(amount(
            "creditLimit",
            &line.into(),
            currency(&context.currency.into())?,
        )?),
    };
    let set = |body| Fact {
        happened: described.happened,
        known: described.known,
        body,
    };
    let is_held = !option(&dto.blocked).is_empty();
    let facts = vec![
        described.clone(),
        set(limit(line.filter(|line| line.minor != 0))),
        set(held(is_held)),
    ];
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.id)),
        alias: Some(dto.number.to_string()).filter(|number| !number.is_empty()),
        facts,
        ..Mapped::default()
    })
}

/// The little that a document says of its customer.
pub(in crate::business_central) fn customer_of(
    context: &Context<'_>,
    dto: &Document,
) -> Result<Fact, RecordError> {
    let [id, number, display_name] = dto.payer().map(Text::clone);
    let customer = Customer {
        id,
        number,
        display_name,
        ..Customer::default()
    };
    debtor(context, party(&customer)?)
}

fn party(dto: &Customer) -> Result<Party, RecordError> {
    let country = country_code(&dto.country, &dto.tax_registration_number);
    let mut reach = Reaches::default();
    reach.add_emails(&dto.email, "", ContactRole::Unknown)?;
    reach.add(Channel::Phone, &dto.phone_number, "", ContactRole::Unknown)?;
    let street = [&dto.address_line1, &dto.address_line2];
    reach.add_letter(&street, (&dto.postal_code, &dto.city, &country), "")?;
    Ok(Party {
        reference: dto.id.to_string(),
        number: dto.number.clone(),
        names: vec![dto.display_name.to_string()],
        kind: match option(&dto.kind).as_str() {
            "Company" => DebtorKind::Business,
            "Person" => DebtorKind::Consumer,
            _ => DebtorKind::Unknown,
        },
        country,
        postal_code: dto.postal_code.clone(),
        language: Text::default(),
        reach,
        vat_number: dto.tax_registration_number.clone(),
        registration: Text::default(),
        created: None,
        changed: moment(&dto.last_modified_date_time),
    })
}
