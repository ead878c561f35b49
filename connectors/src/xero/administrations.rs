use std::collections::BTreeMap;

use serde::Deserialize;

use super::endpoints::{api, of_tenant};
use crate::http::{Call, CallError, Connection};
use crate::mapping::Text;
use crate::{Administration, Site, language, zone};

/// The name under which an administration keeps the id of its connection.
pub(super) const CONNECTION: &str = "connection";

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Tenant {
    id: Text,
    tenant_id: Text,
    tenant_name: Text,
    tenant_type: Text,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Organisations {
    organisations: Vec<Organisation>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Organisation {
    base_currency: Text,
    country_code: Text,
    organisation_status: Text,
}

/// The organisations that a consent opens; each is asked for its currency and country.
pub(super) async fn administrations(
    connection: &Connection,
    site: &Site,
) -> Result<Vec<Administration>, CallError> {
    let answer = connection.call(&Call::get(site.path(["connections"]))).await?;
    let tenants: Vec<Tenant> = answer.json()?;
    let mut all = Vec::new();
    for tenant in tenants
        .into_iter()
        .filter(|one| &*one.tenant_type == "ORGANISATION")
    {
        let call = of_tenant(Call::get(api(site, &["Organisation"])), &tenant.tenant_id);
        let answer = connection.call(&call).await?;
        let found: Organisations = answer.json()?;
        let organisation = found.organisations.into_iter().next();
        let organisation = organisation.ok_or_else(|| answer.odd("it names no organisation"))?;
        all.push(administration(tenant, organisation));
    }
    Ok(all)
}

fn administration(tenant: Tenant, organisation: Organisation) -> Administration {
    let country = maan_ledger::Country::from_code(&organisation.country_code);
    Administration {
        id: tenant.tenant_id.into(),
        name: tenant.tenant_name.into(),
        language: language::of_country(country, "").unwrap_or("en").to_owned(),
        currency: organisation.base_currency.into(),
        time_zone: zone::of_country(&organisation.country_code),
        country: organisation.country_code.into(),
        suspended: &*organisation.organisation_status != "ACTIVE",
        place: BTreeMap::from([(CONNECTION.to_owned(), tenant.id.into())]),
    }
}
