use maan_ledger::{Channel, ContactRole, DebtorKind, Fact};

use crate::mapping::{
    Context, Mapped, Party, Reaches, RecordError, Text, amount, currency, debtor, limit, moment, role,
};
use crate::tryton::dto::{self, Address, Identifier, language};

/// A party, with its credit limit where limits are kept.
pub(in crate::tryton) fn party(
    context: &Context<'_>,
    dto: &dto::Party,
    limits: bool,
) -> Result<Mapped, RecordError> {
    let mut facts = vec![described(context, dto)?];
    if limits {
        let told = dto.credit_limit_amount.as_ref().filter(|told| !told.is_empty());
        let own = currency(&context.currency.into())?;
        let told = told.map(|told| amount("credit_limit_amount", told, own));
        facts.extend(facts.first().cloned().map(|described| Fact {
            body: limit(None),
            ..described
        }));
        if let (Some(told), Some(last)) = (told.transpose()?, facts.last_mut()) {
            last.body = limit(Some(told));
        }
    }
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.id)),
        facts,
        ..Mapped::default()
    })
}

/// The debtor as the party describes it.
pub(in crate::tryton) fn described(context: &Context<'_>, dto: &dto::Party) -> Result<Fact, RecordError> {
    let vat = identifier(dto, |kind| kind.ends_with("_vat"));
    let registration = identifier(dto, |kind| {
        matches!(kind, "be_businessid" | "de_handelsregisternummer" | "fr_siren")
    });
    let address = dto.addresses.first();
    let kind = if vat.is_empty() && registration.is_empty() {
        DebtorKind::Unknown
    } else {
        DebtorKind::Business
    };
    debtor(
        context,
        Party {
            reference: dto.id.to_string(),
            number: (*dto.code).clone(),
            names: vec![dto.name.to_string()],
            kind,
            country: address.map(country).unwrap_or_default(),
            postal_code: address
                .map(|address| (*address.postal_code).clone())
                .unwrap_or_default(),
            language: dto
                .lang
                .as_ref()
                .map(|code| language(code).as_str().into())
                .unwrap_or_default(),
            reach: reach(dto)?,
            vat_number: vat,
            registration,
            created: moment(&dto.create_date),
            changed: moment(&dto.write_date),
        },
    )
}

fn identifier(dto: &dto::Party, is_kind: impl Fn(&str) -> bool) -> Text {
    let mut all = dto.identifiers.iter();
    let found = all.find(|Identifier { kind, .. }| is_kind(kind));
    found.map(|found| (*found.code).clone()).unwrap_or_default()
}

fn country(address: &Address) -> Text {
    address
        .country
        .as_ref()
        .map(|country| (*country.code).clone())
        .unwrap_or_default()
}

/// Mail and phone in the order of the party, then its addresses.
fn reach(dto: &dto::Party) -> Result<Reaches, RecordError> {
    let mut all = Reaches::default();
    for mechanism in &dto.contact_mechanisms {
        let channel = match mechanism.kind.as_str() {
            "email" => Channel::Email,
            "phone" | "mobile" => Channel::Phone,
            _ => continue,
        };
        let role = if mechanism.name.is_empty() {
            ContactRole::Unknown
        } else {
            role(&mechanism.name)
        };
        all.add(channel, &mechanism.value, &mechanism.name, role)?;
    }
    for address in &dto.addresses {
        let street: Vec<Text> = address.street.lines().map(Text::from).collect();
        let street: Vec<&Text> = street.iter().collect();
        let country = country(address);
        all.add_letter(&street, (&address.postal_code, &address.city, &country), "")?;
    }
    Ok(all)
}
