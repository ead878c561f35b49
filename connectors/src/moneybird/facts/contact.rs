use maan_ledger::{Channel, ContactRole, DebtorKind, Fact};

use crate::mapping::{
    Context, Mapped, Party, Reaches, RecordError, Text, account_number, full_name, moment, role,
};
use crate::moneybird::dto::Contact;

/// A contact with the account number that it pays from.
pub(in crate::moneybird) fn contact(context: &Context<'_>, dto: &Contact) -> Result<Mapped, RecordError> {
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.id)),
        alias: account_number(&dto.sepa_iban).or_else(|| account_number(&dto.bank_account)),
        facts: vec![debtor(context, dto)?],
        ..Mapped::default()
    })
}

/// The debtor as the contact describes it. Moneybird has no language for it.
pub(in crate::moneybird) fn debtor(context: &Context<'_>, dto: &Contact) -> Result<Fact, RecordError> {
    let party = Party {
        reference: dto.id.to_string(),
        number: dto.customer_id.clone(),
        names: vec![
            dto.company_name.to_string(),
            full_name(&dto.firstname, &dto.lastname),
        ],
        kind: if dto.company_name.is_empty() {
            DebtorKind::Consumer
        } else {
            DebtorKind::Business
        },
        country: dto.country.clone(),
        postal_code: dto.zipcode.clone(),
        language: Text::default(),
        reach: reach(dto)?,
        vat_number: dto.tax_number.clone(),
        registration: dto.chamber_of_commerce.clone(),
        created: moment(&dto.created_at),
        changed: moment(&dto.updated_at),
    };
    crate::mapping::debtor(context, party)
}

/// Ways to reach the debtor: where invoices go first, then the general ones, then people.
fn reach(dto: &Contact) -> Result<Reaches, RecordError> {
    let mut all = Reaches::default();
    let accounts = first_of(&dto.send_invoices_to_attention, &dto.attention);
    all.add_emails(
        &dto.send_invoices_to_email,
        accounts,
        ContactRole::AccountsPayable,
    )?;
    all.add(Channel::Email, &dto.email, &dto.attention, ContactRole::Unknown)?;
    all.add(Channel::Phone, &dto.phone, &dto.attention, ContactRole::Unknown)?;
    let town = (&dto.zipcode, &dto.city, &dto.country);
    all.add_letter(&[&dto.address1, &dto.address2], town, accounts)?;
    for person in &dto.contact_people {
        let name = full_name(&person.firstname, &person.lastname);
        let role = role(&person.department);
        all.add(Channel::Email, &person.email, &name, role)?;
        all.add(Channel::Phone, &person.phone, &name, role)?;
    }
    all.prefer(match &*dto.delivery_method {
        "Email" => Some(Channel::Email),
        "Post" => Some(Channel::Letter),
        _ => None,
    });
    Ok(all)
}

fn first_of<'a>(one: &'a Text, other: &'a Text) -> &'a str {
    if one.is_empty() { other } else { one }
}
