use maan_ledger::{Channel, ContactRole, DebtorKind, Fact};

use crate::mapping::{Context, Mapped, Party, Reaches, RecordError, Text, amount, currency, debtor, limit};
use crate::twinfield::dto::{Customer, Line};

/// A customer with its credit limit, which is in the currency of the books.
pub(in crate::twinfield) fn customer(context: &Context<'_>, dto: &Customer) -> Result<Mapped, RecordError> {
    let described = debtor(context, party(dto)?)?;
    let line = match &*dto.limit {
        "" => None,
        line => {
            let currency = currency(&context.currency.into())?;
            Some(amount("basecreditlimit", &line.into(), currency)?).filter(|line| line.minor != 0)
        }
    };
    let facts = vec![
        described.clone(),
        Fact {
            body: limit(line),
            ..described
        },
    ];
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.code)),
        facts,
        ..Mapped::default()
    })
}

/// The little that a line says of its customer.
pub(super) fn customer_of(context: &Context<'_>, line: &Line) -> Result<Fact, RecordError> {
    let customer = Customer {
        code: line.customer.clone(),
        name: line.customer_name.clone(),
        ..Customer::default()
    };
    debtor(context, party(&customer)?)
}

fn party(dto: &Customer) -> Result<Party, RecordError> {
    let has_number = !(dto.vat_number.is_empty() && dto.registration.is_empty());
    Ok(Party {
        reference: dto.code.to_string(),
        number: dto.code.clone(),
        names: vec![dto.name.to_string()],
        kind: if has_number {
            DebtorKind::Business
        } else {
            DebtorKind::Unknown
        },
        country: dto.country.clone(),
        postal_code: dto.postal_code.clone(),
        language: Text::default(),
        reach: reach(dto)?,
        vat_number: dto.vat_number.clone(),
        registration: dto.registration.clone(),
        created: None,
        changed: None,
    })
}

fn reach(dto: &Customer) -> Result<Reaches, RecordError> {
    let mut all = Reaches::default();
    all.add_emails(&dto.invoice_email, "", ContactRole::Unknown)?;
    all.add_emails(&dto.email, &dto.contact, ContactRole::Unknown)?;
    all.add(Channel::Phone, &dto.telephone, &dto.contact, ContactRole::Unknown)?;
    // the first line may be empty, and the second the street
    let street: Vec<&Text> = dto.street.iter().filter(|line| !line.is_empty()).collect();
    all.add_letter(&street, (&dto.postal_code, &dto.city, &dto.country), "")?;
    all.prefer(dto.sends_by_email.then_some(Channel::Email));
    Ok(all)
}
