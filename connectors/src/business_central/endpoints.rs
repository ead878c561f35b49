use std::time::Duration;

use url::Url;

use super::BusinessCentral;
use crate::http::Allowance;
use crate::oauth::{Grant, Provider};
use crate::{Consent, Site};

/// Names of what has to be told to find a company.
pub(super) const TENANT: &str = "tenant";
pub(super) const ENVIRONMENT: &str = "environment";
pub(super) const SIGN_IN: &str = "sign-in";

/// Its rights are named by the address that it always has.
const RESOURCE: &str = "https://api.businesscentral.dynamics.com";

/// 6,000 calls in five minutes for each user. A refusal does not say how long to wait: a minute.
pub(super) fn allowance() -> Allowance {
    Allowance {
        pause: Duration::from_secs(60),
        ..Allowance::of(6_000, Duration::from_secs(300), 100)
    }
}

/// How access is given: by a person, or by the administrator of the tenant. There is no address to revoke it. A refresh
/// token lasts 90 days, which is not confirmed for every tenant: its administrator may shorten it.
pub(super) fn consent(site: &Site) -> Consent {
    let login = site.on_host("login.microsoftonline.com");
    let at = |last: &str| login.path([site.parameter(TENANT), "oauth2", "v2.0", last]);
    let provider = Provider::at(at("authorize"), at("token"));
    if site.parameter(SIGN_IN) == "program" {
        return Consent::Client(Provider {
            scopes: vec![format!("{RESOURCE}/.default")],
            grant: Grant::ClientCredentials,
            ..provider
        });
    }
    Consent::Code(Provider {
        scopes: vec![
            format!("{RESOURCE}/Financials.ReadWrite.All"),
            "offline_access".to_owned(),
        ],
        unused_days: Some(90),
        ..provider
    })
}

/// An address of API v2.0.
pub(super) fn api(site: &Site, parts: &[&str]) -> Url {
    at(site, &["api", "v2.0"], parts)
}

fn at(site: &Site, api: &[&str], parts: &[&str]) -> Url {
    let environment = ["v2.0", site.parameter(TENANT), site.parameter(ENVIRONMENT)];
    site.path(environment.iter().chain(api).chain(parts))
}

/// A company, or a record, as a step of a path.
pub(super) fn keyed(set: &str, id: &str) -> String {
    format!("{set}({id})")
}

impl BusinessCentral {
    pub(super) fn resource(&self, resource: &str) -> Url {
        api(
            &self.site,
            &[&keyed("companies", &self.administration.id), resource],
        )
    }

    /// The customer ledger, with its detailed entries.
    pub(super) fn customer_ledger(&self) -> Url {
        let company = keyed("companies", &self.administration.id);
        at(
            &self.site,
            &["api", "microsoft", "analytics", "v1.0"],
            &[&company, "customerLedgerEntries"],
        )
    }
}

/// Adds OData's options.
pub(super) fn with(mut url: Url, options: &[(&str, &str)]) -> Url {
    url.query_pairs_mut()
        .extend_pairs(options.iter().filter(|(_, value)| !value.is_empty()));
    url
}
