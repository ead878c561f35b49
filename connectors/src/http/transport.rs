use std::sync::OnceLock;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use url::{Host, Url};

use super::CallError;

/// Redirects stay on the same host, port and scheme.
const REDIRECTS: usize = 3;

/// The HTTP client of all connections: rustls, timeouts, redirects only within the host. It is made once: reading
/// the certificates that this machine trusts takes longer than a call.
pub fn transport() -> Result<Client, CallError> {
    static MADE: OnceLock<Client> = OnceLock::new();
    if let Some(client) = MADE.get() {
        return Ok(client.clone());
    }
    let client = build()?;
    Ok(MADE.get_or_init(|| client).clone())
}

fn build() -> Result<Client, CallError> {
    Client::builder()
        .user_agent(concat!("maan/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(60))
        .timeout(Duration::from_secs(180))
        .redirect(Policy::custom(|attempt| {
            let same = attempt
                .previous()
                .first()
                .is_some_and(|first| first.origin() == attempt.url().origin());
            if same && attempt.previous().len() <= REDIRECTS {
                attempt.follow()
            } else {
                attempt.stop()
            }
        }))
        .build()
        .map_err(|error| CallError::NoTransport(error.to_string()))
}

/// Whether secrets may be sent to an address: https, or http on this machine itself.
pub(crate) fn is_safe(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && here)
}

/// Why a body was not read.
pub(crate) enum BodyError {
    TooLarge,
    Broken(reqwest::Error),
}

/// Reads a body of at most `limit` bytes.
pub(crate) async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, BodyError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(BodyError::Broken)? {
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The innermost cause of a transport error, without the URL.
pub(crate) fn cause(error: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    if error.is_timeout() {
        return "timed out".to_owned();
    }
    if std::ptr::addr_eq(deepest, error as &dyn std::error::Error) {
        return "the connection broke".to_owned();
    }
    deepest.to_string().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_over_https_or_stay_on_this_machine() {
        for safe in [
            "https://moneybird.com/",
            "http://127.0.0.1:8080/",
            "http://localhost:1/",
            "http://[::1]/",
        ] {
            assert!(is_safe(&Url::parse(safe).unwrap()), "{safe}");
        }
        for not in [
            "http://moneybird.com/",
            "http://localhost.evil.example/",
            "ftp://127.0.0.1/",
            "http://10.0.0.1/",
        ] {
            assert!(!is_safe(&Url::parse(not).unwrap()), "{not}");
        }
    }
}
