use maan_ledger::{Channel, ContactRole, DebtorKind, Fact};

use crate::exact_online::dto::{Account, Term};
use crate::mapping::{
    Context, Mapped, Party, Reaches, RecordError, Text, amount, currency, debtor, held, json_date, limit,
};

/// An account that is sold to, with its credit limit and whether it is held.
pub(in crate::exact_online) fn account(context: &Context<'_>, dto: &Account) -> Result<Mapped, RecordError> {
    if dto.status.is_empty() && &*dto.is_sales != "true" {
        return Ok(Mapped::default());
    }
    let described = debtor(context, party(dto)?)?;
    let line = match &*dto.credit_line_sales {
        "" => None,
        line => Some(amount(
            "CreditLineSales",
            &line.into(),
            currency(&context.currency.into())?,
        )?),
    };
    let set = |body| Fact {
        happened: described.happened,
        known: described.known,
        body,
    };
    let facts = vec![
        described.clone(),
        set(limit(line)),
        set(held(&*dto.blocked == "true")),
    ];
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.id)),
        facts,
        ..Mapped::default()
    })
}

/// The little that a row says of its account.
pub(in crate::exact_online) fn account_of(context: &Context<'_>, dto: &Term) -> Result<Fact, RecordError> {
    let account = Account {
        id: dto.account.clone(),
        code: dto.account_code.clone(),
        name: dto.account_name.clone(),
        created: dto.created.clone(),
        ..Account::default()
    };
    debtor(context, party(&account)?)
}

fn party(dto: &Account) -> Result<Party, RecordError> {
    let has_number = !(dto.vat_number.is_empty() && dto.chamber_of_commerce.is_empty());
    Ok(Party {
        reference: dto.id.to_string(),
        number: dto.code.clone(),
        names: vec![dto.name.to_string()],
        kind: if has_number {
            DebtorKind::Business
        } else {
            DebtorKind::Unknown
        },
        country: dto.country.clone(),
        postal_code: dto.postcode.clone(),
        language: dto.language.clone(),
        reach: reach(dto)?,
        vat_number: dto.vat_number.clone(),
        registration: dto.chamber_of_commerce.clone(),
        created: json_date(&dto.created),
        changed: json_date(&dto.modified),
    })
}

fn reach(dto: &Account) -> Result<Reaches, RecordError> {
    let mut all = Reaches::default();
    all.add_emails(&dto.email, "", ContactRole::Unknown)?;
    all.add(Channel::Phone, &dto.phone, "", ContactRole::Unknown)?;
    let street: [&Text; 3] = [&dto.address_line1, &dto.address_line2, &dto.address_line3];
    all.add_letter(&street, (&dto.postcode, &dto.city, &dto.country), "")?;
    all.prefer(match &*dto.invoicing_method {
        "1" => Some(Channel::Letter),
        "2" => Some(Channel::Email),
        _ => None,
    });
    Ok(all)
}
