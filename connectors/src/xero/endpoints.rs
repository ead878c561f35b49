use std::time::Duration;

use url::Url;

use super::Xero;
use crate::Site;
use crate::http::{Allowance, Call};
use crate::oauth::{ClientAuthentication, Provider};

/// What is read and written. Apps made since March 2026 have only these fine scopes.
const SCOPES: [&str; 5] = [
    "offline_access",
    "accounting.contacts",
    "accounting.invoices",
    "accounting.payments.read",
    "accounting.settings.read",
];

/// 60 calls a minute and 5,000 a day for each organisation; the answer that refuses one says how long to wait.
pub(super) fn allowance() -> Allowance {
    Allowance {
        pause: Duration::from_secs(60),
        ..Allowance::of(60, Duration::from_secs(60), 20)
    }
}

/// Access lasts 30 minutes. Each renewal gives another refresh token; the old one gives access again for 30 minutes,
/// so that a lost answer does no harm. A consent that is not used for 60 days ends.
pub(super) fn provider(site: &Site) -> Provider {
    let (login, identity) = (site.on_host("login.xero.com"), site.on_host("identity.xero.com"));
    Provider {
        authentication: ClientAuthentication::Basic,
        scopes: SCOPES.map(str::to_owned).to_vec(),
        unused_days: Some(60),
        revoke: Some(identity.path(["connect", "revocation"])),
        ..Provider::at(
            login.path(["identity", "connect", "authorize"]),
            identity.path(["connect", "token"]),
        )
    }
}

/// An address of the accounting API.
pub(super) fn api(site: &Site, parts: &[&str]) -> Url {
    site.path(["api.xro", "2.0"].iter().chain(parts))
}

/// A call to an organisation.
pub(super) fn of_tenant(call: Call, tenant: &str) -> Call {
    call.with_header("xero-tenant-id", tenant)
}

impl Xero {
    pub(super) fn resource(&self, parts: &[&str]) -> Url {
        api(&self.site, parts)
    }

    /// A call to this organisation.
    pub(super) fn own(&self, call: Call) -> Call {
        of_tenant(call, &self.administration.id)
    }
}
