use std::collections::BTreeMap;

use maan_ledger::{Channel, ContactRole, DebtorKind, Fact};

use super::stamp;
use crate::erpnext::dto::{Address, Customer, Limit};
use crate::mapping::{
    Context, Mapped, Party, Reaches, RecordError, Text, currency, debtor, float_amount, held, limit,
};

/// What documents beside the customer say of it.
#[derive(Debug, Default)]
pub(in crate::erpnext) struct Beside {
    limits: BTreeMap<String, Text>,
    addresses: BTreeMap<String, Address>,
    codes: BTreeMap<String, String>,
}

impl Beside {
    /// Limits by their customers, addresses by their names, and the codes of countries by theirs.
    pub(in crate::erpnext) fn of(
        limits: Vec<Limit>,
        addresses: Vec<Address>,
        codes: BTreeMap<String, String>,
    ) -> Self {
        Self {
            limits: limits
                .into_iter()
                .map(|limit| (limit.parent.into(), limit.credit_limit))
                .collect(),
            addresses: addresses
                .into_iter()
                .map(|address| (address.name.to_string(), address))
                .collect(),
            codes,
        }
    }

    fn country(&self, address: &Address) -> Text {
        let code = self.codes.get(&*address.country);
        code.map(|code| code.as_str().into()).unwrap_or_default()
    }
}

/// A customer with its credit limit and whether it is frozen.
pub(in crate::erpnext) fn customer(
    context: &Context<'_>,
    dto: &Customer,
    beside: &Beside,
) -> Result<Mapped, RecordError> {
    let described = described(context, dto, beside)?;
    let own = currency(&context.currency.into())?;
    let told = beside.limits.get(&*dto.name);
    let told = told
        .map(|told| float_amount("credit_limit", told, own))
        .transpose()?;
    let set = |body| Fact {
        body,
        ..described.clone()
    };
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.name)),
        facts: vec![
            described.clone(),
            // nothing is no limit there
            set(limit(told.filter(|told| told.minor > 0))),
            set(held(&*dto.is_frozen == "1")),
        ],
        ..Mapped::default()
    })
}

fn described(context: &Context<'_>, dto: &Customer, beside: &Beside) -> Result<Fact, RecordError> {
    let address = beside.addresses.get(&*dto.customer_primary_address);
    let address = address.cloned().unwrap_or_default();
    let country = beside.country(&address);
    debtor(
        context,
        Party {
            reference: dto.name.to_string(),
            number: dto.name.clone(),
            names: vec![dto.customer_name.to_string()],
            kind: match &*dto.customer_type {
                "Individual" => DebtorKind::Consumer,
                "Company" | "Partnership" => DebtorKind::Business,
                _ => DebtorKind::Unknown,
            },
            country: country.clone(),
            postal_code: address.pincode.clone(),
            language: dto.language.clone(),
            reach: reach(dto, &address, &country)?,
            vat_number: dto.tax_id.clone(),
            registration: Text::default(),
            created: stamp(context, &dto.creation),
            changed: stamp(context, &dto.modified),
        },
    )
}

fn reach(dto: &Customer, address: &Address, country: &Text) -> Result<Reaches, RecordError> {
    let mut all = Reaches::default();
    all.add_emails(&dto.email_id, "", ContactRole::Unknown)?;
    all.add(Channel::Phone, &dto.mobile_no, "", ContactRole::Unknown)?;
    all.add(Channel::Phone, &address.phone, "", ContactRole::Unknown)?;
    let street = [&address.address_line1, &address.address_line2];
    all.add_letter(&street, (&address.pincode, &address.city, country), "")?;
    Ok(all)
}
