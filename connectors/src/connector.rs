use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use maan_ledger::{Clock, Moment};
use secrecy::SecretString;
use url::Url;

use crate::http::{Allowance, CallError, Connection, is_safe};
use crate::oauth::Provider;
use crate::webhook::{Heard, Message, WebhookError};
use crate::{Administration, Platform};

/// How a platform plugs in: all that is known of it before a connection is made.
#[derive(Debug)]
pub struct Connector {
    /// The word for it in commands and in what is kept.
    pub word: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its address; none when every customer has one of their own.
    pub site: Option<&'static str>,
    /// What else has to be told to find it, such as the tenant.
    pub asks: &'static [Parameter],
    /// How it takes calls.
    pub allowance: fn() -> Allowance,
    /// How it gives access.
    pub consent: fn(&Site) -> Result<Consent, CallError>,
    /// The administrations that a consent opens.
    pub administrations: for<'a> fn(&'a Connection, &'a Site) -> Administrations<'a>,
    /// Opens one of them.
    pub open: fn(Opening) -> Arc<dyn Platform>,
    /// Believes a message, or not; none when it sends none.
    pub verify: Option<Verify>,
    /// Who sees to it that messages come.
    pub hooks: Hooks,
}

/// Who sees to it that a platform sends messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hooks {
    /// Nobody: it sends none, and is read regularly.
    None,
    /// The program asks for them, and is told with which secret they are signed.
    Asked,
    /// The program asks for them; the secret stands where its owner registered it.
    AskedWithSecret {
        /// Where a person finds the secret.
        secret: &'static str,
    },
    /// A person enters the address on the platform.
    ByPerson {
        /// What to do there.
        there: &'static str,
        /// Where the secret stands.
        secret: &'static str,
    },
}

/// The answer of [`Connector::administrations`].
pub type Administrations<'a> = BoxFuture<'a, Result<Vec<Administration>, CallError>>;

/// Checks the signature of a message with the webhook's secret, and reads it.
pub type Verify = fn(&Message<'_>, &SecretString, Moment) -> Result<Heard, WebhookError>;

/// Something that has to be told to find a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is, for a person.
    pub about: &'static str,
    /// Who tells it.
    pub from: From,
}

/// Who tells a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// A person, when connecting.
    Person,
    /// The platform, with its answer to the sign-in.
    Answer,
}

/// How a platform gives access.
#[derive(Clone, Debug)]
pub enum Consent {
    /// A person signs in: the authorization code flow.
    Code(Provider),
    /// The platform's administrator let this program in: client credentials.
    Client(Provider),
    /// A key that a person made on the platform.
    Key,
}

/// Where a platform is. Another address than its own serves for practice on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    base: Url,
    parameters: BTreeMap<String, String>,
}

impl Site {
    /// An address with parameters.
    ///
    /// # Errors
    /// Secrets must not be sent to it.
    pub fn at(base: &str, parameters: BTreeMap<String, String>) -> Result<Self, CallError> {
        let base = Url::parse(base).map_err(|_| CallError::Unsafe(base.chars().take(100).collect()))?;
        if base.cannot_be_a_base() || !is_safe(&base) {
            return Err(CallError::Unsafe(base.origin().ascii_serialization()));
        }
        Ok(Self { base, parameters })
    }

    /// A parameter; empty when it was not told.
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// An address below it; each part is one step of the path.
    pub fn path<S: AsRef<str>>(&self, parts: impl IntoIterator<Item = S>) -> Url {
        let mut url = self.base.clone();
        // checked when made: the address can be a base
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(parts);
        }
        url
    }

    /// The same path on another host that the platform is known to have, unless this is practice on this machine.
    pub fn on_host(&self, host: &'static str) -> Self {
        self.moved(host)
    }

    /// The same path on a host that the platform itself named, if that belongs to the same domain: tokens go nowhere
    /// else, whatever an answer says.
    pub fn on_named_host(&self, host: &str) -> Self {
        let domain = |host: &str| {
            let labels: Vec<&str> = host.rsplit('.').take(2).collect();
            (labels.len() == 2).then(|| labels.join("."))
        };
        let own = self.base.host_str().and_then(domain);
        if own.is_some() && own == domain(host) {
            self.moved(host)
        } else {
            self.clone()
        }
    }

    fn moved(&self, host: &str) -> Self {
        let mut moved = self.clone();
        if self.base.scheme() == "https" && moved.base.set_host(Some(host)).is_err() {
            return self.clone();
        }
        moved
    }

    /// Whether a link of the platform stays with it, so that tokens may be sent there.
    pub fn holds(&self, link: &Url) -> bool {
        link.origin() == self.base.origin()
    }
}

/// What it takes to open an administration.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The calls.
    pub connection: Arc<Connection>,
    /// Where the platform is.
    pub site: Site,
    /// Which administration.
    pub administration: Administration,
    /// The embedder's clock.
    pub clock: Clock,
}

/// All platforms, in the order of their words.
pub static CONNECTORS: &[&Connector] = &[
    &crate::business_central::CONNECTOR,
    &crate::erpnext::CONNECTOR,
    &crate::exact_online::CONNECTOR,
    &crate::moneybird::CONNECTOR,
    &crate::odoo::CONNECTOR,
    &crate::quickbooks::CONNECTOR,
    &crate::tryton::CONNECTOR,
    &crate::twinfield::CONNECTOR,
    &crate::xero::CONNECTOR,
];

impl Connector {
    /// The platform of a word.
    pub fn of(word: &str) -> Option<&'static Self> {
        CONNECTORS
            .iter()
            .copied()
            .find(|connector| connector.word == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        for (ix, connector) in CONNECTORS.iter().enumerate() {
            assert!(
                CONNECTORS
                    .iter()
                    .skip(ix + 1)
                    .all(|other| connector.word < other.word),
                "{}",
                connector.word
            );
            assert!(std::ptr::eq(Connector::of(connector.word).unwrap(), *connector));
            assert_eq!(connector.verify.is_none(), connector.hooks == Hooks::None);
        }
        assert!(Connector::of("nothing").is_none());
    }

    #[test]
    fn a_site_is_safe_and_keeps_its_tokens() {
        let site = Site::at("https://books.example/app/", BTreeMap::new()).unwrap();
        let path = site.path(["api", "4/../5"]);
        assert_eq!(path.as_str(), "https://books.example/app/api/4%2F..%2F5");
        assert!(site.holds(&path) && !site.holds(&Url::parse("https://evil.example/app/api").unwrap()));
        assert_eq!(
            site.on_named_host("c3.books.example").path(["x"]).as_str(),
            "https://c3.books.example/app/x"
        );
        assert_eq!(site.on_named_host("evil.test"), site);
        assert_eq!(
            site.on_host("api.other.test").path(["x"]).as_str(),
            "https://api.other.test/app/x"
        );
        for unsafe_site in ["http://books.example", "mailto:me", "no address"] {
            assert!(Site::at(unsafe_site, BTreeMap::new()).is_err(), "{unsafe_site}");
        }
        let practice = Site::at("http://127.0.0.1:8", BTreeMap::new()).unwrap();
        assert_eq!(practice.on_host("api.other.test"), practice);
    }
}
