use maan_ledger::{Channel, ContactRole, DebtorKind, Fact};

use crate::mapping::{Context, Mapped, Party, Reaches, RecordError, currency, debtor, float_amount, limit};
use crate::odoo::administrations::language;
use crate::odoo::dto::Partner;
use crate::odoo::values::stamp;

/// A partner with its credit limit. A person or address below another partner says nothing itself, but that it is that
/// one's: by its alias.
pub(in crate::odoo) fn partner(context: &Context<'_>, dto: &Partner) -> Result<Mapped, RecordError> {
    let commercial = &dto.commercial_partner_id.id;
    if !commercial.is_empty() && *commercial != *dto.id {
        return Ok(Mapped {
            alias: Some(commercial.to_string()),
            ..Mapped::default()
        });
    }
    let described = described(context, dto)?;
    let own = currency(&context.currency.into())?;
    let told = match dto.use_partner_credit_limit {
        true => Some(float_amount("credit_limit", &dto.credit_limit, own)?),
        false => None,
    };
    let limited = Fact {
        body: limit(told),
        ..described.clone()
    };
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.id)),
        facts: vec![described, limited],
        ..Mapped::default()
    })
}

fn described(context: &Context<'_>, dto: &Partner) -> Result<Fact, RecordError> {
    let is_business = dto.is_company || !dto.vat.is_empty();
    debtor(
        context,
        Party {
            reference: dto.id.to_string(),
            number: (*dto.number).clone(),
            names: vec![dto.name.to_string()],
            kind: if is_business {
                DebtorKind::Business
            } else {
                DebtorKind::Consumer
            },
            country: (*dto.country_code).clone(),
            postal_code: (*dto.zip).clone(),
            language: language(&dto.lang).as_str().into(),
            reach: reach(dto)?,
            vat_number: (*dto.vat).clone(),
            registration: (*dto.company_registry).clone(),
            created: stamp(&dto.create_date),
            changed: stamp(&dto.write_date),
        },
    )
}

fn reach(dto: &Partner) -> Result<Reaches, RecordError> {
    let mut all = Reaches::default();
    all.add_emails(&dto.email, "", ContactRole::Unknown)?;
    all.add(Channel::Phone, &dto.phone, "", ContactRole::Unknown)?;
    all.add_letter(
        &[&dto.street, &dto.street2],
        (&dto.zip, &dto.city, &dto.country_code),
        "",
    )?;
    Ok(all)
}
