use std::collections::BTreeMap;
use std::time::Duration;

use url::Url;

use crate::Site;
use crate::http::{Allowance, CallError};
use crate::oauth::Provider;

/// Where Moneybird is. Another address serves for practice on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    site: Site,
}

impl From<Site> for Endpoints {
    fn from(site: Site) -> Self {
        Self { site }
    }
}

/// Permissions that are needed: contacts and invoices, quotations, the bank, and webhooks.
const SCOPES: [&str; 4] = ["sales_invoices", "estimates", "bank", "settings"];

/// Moneybird takes 150 calls in 5 minutes.
pub fn allowance() -> Allowance {
    Allowance::of(150, Duration::from_secs(300), 50)
}

impl Endpoints {
    /// Moneybird itself.
    pub fn production() -> Result<Self, CallError> {
        Self::at("https://moneybird.com")
    }

    /// Moneybird's API at another address.
    pub fn at(site: &str) -> Result<Self, CallError> {
        Ok(Self {
            site: Site::at(site, BTreeMap::new())?,
        })
    }

    /// Moneybird's OAuth server. That it heeds PKCE is not documented; a server that does not ignores it. The
    /// address for revoking is the usual one of its server software, not documented either.
    pub fn provider(&self) -> Provider {
        Provider {
            revoke: Some(self.path(&["oauth", "revoke"])),
            scopes: SCOPES.map(str::to_owned).to_vec(),
            ..Provider::at(self.path(&["oauth", "authorize"]), self.path(&["oauth", "token"]))
        }
    }

    /// The list of administrations.
    pub(super) fn administrations(&self) -> Url {
        self.path(&["api", "v2", "administrations.json"])
    }

    /// An address within an administration, without its `.json`; each part is one step of the path.
    pub(super) fn resource(&self, administration: &str, parts: &[&str]) -> Url {
        let mut all = vec!["api", "v2", administration];
        let last = parts.last().map(|last| format!("{last}.json"));
        all.extend(parts.iter().rev().skip(1).rev());
        all.extend(last.as_deref());
        self.path(&all)
    }

    fn path(&self, parts: &[&str]) -> Url {
        self.site.path(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_specification() {
        let endpoints = Endpoints::production().unwrap();
        let notes = endpoints.resource("123", &["contacts", "4/../5", "notes"]);
        assert_eq!(
            notes.as_str(),
            "https://moneybird.com/api/v2/123/contacts/4%2F..%2F5/notes.json"
        );
        assert_eq!(
            endpoints.administrations().as_str(),
            "https://moneybird.com/api/v2/administrations.json"
        );
        assert!(Endpoints::at("http://moneybird.com").is_err());
        assert!(Endpoints::at("mailto:me").is_err());
    }
}
