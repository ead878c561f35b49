use std::time::Duration;

use url::Url;

use super::QuickBooks;
use crate::Site;
use crate::http::Allowance;
use crate::oauth::{ClientAuthentication, Provider};

/// The name of the company's id in the answer to a sign-in.
pub(super) const REALM: &str = "realmId";

/// Version of the records' form.
const MINOR: &str = "75";

/// Ten calls a second for each company, and 500 a minute. A refusal does not say how long to wait: a minute.
pub(super) fn allowance() -> Allowance {
    Allowance {
        pause: Duration::from_secs(60),
        ..Allowance::of(10, Duration::from_secs(1), 5)
    }
}

/// Access lasts an hour. The refresh token becomes another about every day; the newest counts. A consent ends when it is
/// not used for 100 days, and after five years, however often it is renewed; when, is told to who asks.
pub(super) fn provider(site: &Site) -> Provider {
    let centre = site.on_host("appcenter.intuit.com");
    let tokens = site.on_host("oauth.platform.intuit.com");
    let developer = site.on_host("developer.api.intuit.com");
    Provider {
        authentication: ClientAuthentication::Basic,
        scopes: vec!["com.intuit.quickbooks.accounting".to_owned()],
        unused_days: Some(100),
        headers: vec![("x-include-refresh-token-hard-expires-in", "true")],
        revoke: Some(developer.path(["v2", "oauth2", "tokens", "revoke"])),
        ..Provider::at(
            centre.path(["connect", "oauth2"]),
            tokens.path(["oauth2", "v1", "tokens", "bearer"]),
        )
    }
}

/// An address of a company.
pub(super) fn api(site: &Site, realm: &str, parts: &[&str]) -> Url {
    let mut url = site.path(["v3", "company", realm].iter().chain(parts));
    url.query_pairs_mut().append_pair("minorversion", MINOR);
    url
}

impl QuickBooks {
    pub(super) fn resource(&self, parts: &[&str]) -> Url {
        api(&self.site, &self.administration.id, parts)
    }

    /// The address of a query.
    pub(super) fn query(&self, query: &str) -> Url {
        let mut url = self.resource(&["query"]);
        url.query_pairs_mut().append_pair("query", query);
        url
    }
}
