use maan_ledger::{Channel, ContactRole, DebtorKind, Fact};

use crate::mapping::{
    Context, Mapped, Party, Reaches, RecordError, Text, country_code, debtor, full_name, json_date,
};
use crate::xero::dto::{Address, Contact, Phone};

/// A contact; one that only sells is no debtor.
pub(in crate::xero) fn contact(context: &Context<'_>, dto: &Contact) -> Result<Mapped, RecordError> {
    if &*dto.is_supplier == "true" && &*dto.is_customer != "true" {
        return Ok(Mapped::default());
    }
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.contact_id)),
        facts: vec![described(context, dto)?],
        ..Mapped::default()
    })
}

/// The debtor as the contact, or the little that a document holds of it, describes it.
pub(in crate::xero) fn described(context: &Context<'_>, dto: &Contact) -> Result<Fact, RecordError> {
    let address = dto.addresses.iter().find(|one| !one.is_blank());
    let nowhere = Address::default();
    let address = address.unwrap_or(&nowhere);
    let country = country_code(&address.country, &dto.tax_number);
    let has_number = !(dto.tax_number.is_empty() && dto.company_number.is_empty());
    let number = if dto.account_number.is_empty() {
        &dto.contact_number
    } else {
        &dto.account_number
    };
    let party = Party {
        reference: dto.contact_id.to_string(),
        number: number.clone(),
        names: vec![dto.name.to_string(), full_name(&dto.first_name, &dto.last_name)],
        kind: if has_number {
            DebtorKind::Business
        } else {
            DebtorKind::Unknown
        },
        postal_code: address.postal_code.clone(),
        language: Text::default(),
        reach: reach(dto, address, &country)?,
        country,
        vat_number: dto.tax_number.clone(),
        registration: dto.company_number.clone(),
        created: None,
        changed: json_date(&dto.updated),
    };
    debtor(context, party)
}

fn reach(dto: &Contact, address: &Address, country: &Text) -> Result<Reaches, RecordError> {
    let mut all = Reaches::default();
    let name = full_name(&dto.first_name, &dto.last_name);
    all.add_emails(&dto.email_address, &name, ContactRole::Unknown)?;
    for person in &dto.contact_persons {
        let role = if &*person.include_in_emails == "true" {
            ContactRole::AccountsPayable
        } else {
            ContactRole::Other
        };
        let name = full_name(&person.first_name, &person.last_name);
        all.add(Channel::Email, &person.email_address, &name, role)?;
    }
    for phone in dto.phones.iter().filter(|phone| &*phone.phone_type != "FAX") {
        all.add(Channel::Phone, &phone.whole(), &name, ContactRole::Unknown)?;
    }
    let street = [&address.line1, &address.line2, &address.line3];
    let town = (&address.postal_code, &address.city, country);
    all.add_letter(&street, town, &address.attention)?;
    Ok(all)
}

impl Address {
    fn is_blank(&self) -> bool {
        self.line1.is_empty()
            && self.city.is_empty()
            && self.postal_code.is_empty()
            && self.country.is_empty()
    }
}

impl Phone {
    fn whole(&self) -> Text {
        if self.phone_number.is_empty() {
            return Text::default();
        }
        let parts = [
            &*self.phone_country_code,
            &*self.phone_area_code,
            &*self.phone_number,
        ];
        parts.join(" ").as_str().into()
    }
}
