use maan_ledger::{Channel, ContactRole, DebtorKind, Fact};

use crate::mapping::{
    Context, Mapped, Party, Reaches, RecordError, Text, amount, country_code, currency, debtor, full_name,
    limit, moment,
};
use crate::quickbooks::dto::{Customer, Reference};

/// A customer with its credit limit.
pub(in crate::quickbooks) fn customer(context: &Context<'_>, dto: &Customer) -> Result<Mapped, RecordError> {
    let described = debtor(context, party(dto)?)?;
    let line = match &*dto.credit_limit {
        "" => None,
        line => Some(amount(
            "CreditLimit",
            &line.into(),
            currency(&context.currency.into())?,
        )?),
    };
    let limit = Fact {
        happened: described.happened,
        known: described.known,
        body: limit(line),
    };
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.id)),
        facts: vec![described, limit],
        ..Mapped::default()
    })
}

/// The little that a document says of its customer.
pub(in crate::quickbooks) fn customer_of(
    context: &Context<'_>,
    named: &Reference,
) -> Result<Fact, RecordError> {
    let customer = Customer {
        id: named.value.clone(),
        display_name: named.name.clone(),
        ..Customer::default()
    };
    debtor(context, party(&customer)?)
}

fn party(dto: &Customer) -> Result<Party, RecordError> {
    let country = country_code(&dto.bill_addr.country, &Text::default());
    Ok(Party {
        reference: dto.id.to_string(),
        number: dto.id.clone(),
        names: vec![
            dto.company_name.to_string(),
            dto.display_name.to_string(),
            full_name(&dto.given_name, &dto.family_name),
        ],
        kind: if dto.company_name.is_empty() {
            DebtorKind::Unknown
        } else {
            DebtorKind::Business
        },
        postal_code: dto.bill_addr.postal_code.clone(),
        language: Text::default(),
        reach: reach(dto, &country)?,
        country,
        vat_number: Text::default(),
        registration: Text::default(),
        created: moment(&dto.meta_data.create_time),
        changed: moment(&dto.meta_data.last_updated_time),
    })
}

fn reach(dto: &Customer, country: &Text) -> Result<Reaches, RecordError> {
    let mut all = Reaches::default();
    let name = full_name(&dto.given_name, &dto.family_name);
    all.add_emails(&dto.primary_email_addr.address, &name, ContactRole::Unknown)?;
    for phone in [&dto.primary_phone, &dto.mobile] {
        all.add(
            Channel::Phone,
            &phone.free_form_number,
            &name,
            ContactRole::Unknown,
        )?;
    }
    let address = &dto.bill_addr;
    let street = [&address.line1, &address.line2, &address.line3];
    all.add_letter(&street, (&address.postal_code, &address.city, country), &name)?;
    all.prefer(match &*dto.preferred_delivery_method {
        "Email" => Some(Channel::Email),
        "Print" => Some(Channel::Letter),
        _ => None,
    });
    Ok(all)
}
