use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use crate::http::Allowance;
use crate::oauth::Provider;
use crate::{Administration, Site};

/// Name under which an administration keeps the host of its cluster.
pub(super) const CLUSTER: &str = "cluster";
/// Name under which an administration keeps the code of its office.
pub(super) const OFFICE: &str = "office";

const SCOPES: [&str; 5] = [
    "openid",
    "twf.user",
    "twf.organisation",
    "twf.organisationUser",
    "offline_access",
];

/// 1,000 credits a minute, of which a call takes at most three. A program that is not certified has a twentieth of it,
/// and is told to wait.
pub(super) fn allowance() -> Allowance {
    Allowance {
        pause: Duration::from_secs(60),
        ..Allowance::of(330, Duration::from_secs(60), 20)
    }
}

/// The sign-in is OpenID Connect and asks for a nonce, another one each time. Its identity token is not used: state and
/// PKCE bind the answer to the sign-in.
pub(super) fn provider(site: &Site) -> Provider {
    let nonce: [u8; 16] = rand::random();
    Provider {
        scopes: SCOPES.map(str::to_owned).to_vec(),
        extra: vec![("nonce", URL_SAFE_NO_PAD.encode(nonce))],
        ..Provider::at(connect(site, "authorize"), connect(site, "token"))
    }
}

/// An address of the sign-in server.
pub(super) fn connect(site: &Site, step: &str) -> Url {
    site.path(["auth", "authentication", "connect", step])
}

/// Where the organisation's cluster is.
pub(super) fn cluster(site: &Site, administration: &Administration) -> Site {
    match administration.place.get(CLUSTER) {
        Some(host) => site.on_named_host(host),
        None => site.clone(),
    }
}
