use std::time::Duration;

use url::Url;

use super::ExactOnline;
use crate::Site;
use crate::http::{Allowance, ErrorBudget};
use crate::oauth::Provider;

/// 60 calls a minute and 5,000 a day for each division; the day's end is told by the platform. More than ten refused
/// calls to an endpoint within an hour shut the program out, so that it stops two before.
pub(super) fn allowance() -> Allowance {
    Allowance {
        errors: Some(ErrorBudget {
            most: 8,
            within: Duration::from_secs(3_600),
        }),
        pause: Duration::from_secs(60),
        ..Allowance::of(60, Duration::from_secs(60), 20)
    }
}

/// Access lasts 600 seconds and is renewed after 570 at the earliest. Rights belong to the registration, so there are no
/// scopes; there is no address to revoke a consent. One that is not used for 30 days ends.
pub(super) fn provider(site: &Site) -> Provider {
    Provider {
        margin: Duration::from_secs(20),
        youngest: Duration::from_secs(570),
        unused_days: Some(30),
        ..Provider::at(
            site.path(["api", "oauth2", "auth"]),
            site.path(["api", "oauth2", "token"]),
        )
    }
}

/// An address of the API, of a division or of `current`.
pub(super) fn api(site: &Site, division: &str, resource: &str) -> Url {
    site.path(["api", "v1", division].into_iter().chain(resource.split('/')))
}

impl ExactOnline {
    pub(super) fn resource(&self, resource: &str) -> Url {
        api(&self.site, &self.administration.id, resource)
    }
}

/// Adds OData's options.
pub(super) fn with(mut url: Url, options: &[(&str, &str)]) -> Url {
    url.query_pairs_mut()
        .extend_pairs(options.iter().filter(|(_, value)| !value.is_empty()));
    url
}
