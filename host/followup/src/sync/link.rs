//! What is kept of a connection, and the platform behind it.

use std::collections::BTreeMap;
use std::sync::Arc;

use maan_connectors::http::{Allowance, CallError, Connection as Http, Timer, transport};
use maan_connectors::oauth::{ClientCredentials, OAuthError, Session, TokenEndpoint, TokenVault, Tokens};
use maan_connectors::{Administration, Connector, Consent, Opening, Platform, Site};
use maan_ledger::Clock;
use maan_store::{Connection, ConnectionId, NewConnection};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::vault::{StoreVault, Vaulted};
use crate::RunError;
use crate::followup::Followup;

/// What is kept of a connection in the clear.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    /// Where the platform is and what this installation is there.
    #[serde(flatten)]
    pub door: Door,
    /// The administration on the platform.
    pub administration: Administration,
}

/// A platform before an administration is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Word of the platform. Connections of earlier versions are all with Moneybird.
    #[serde(default = "moneybird")]
    pub platform: String,
    /// Base address of the platform.
    pub site: String,
    /// What else was told to find it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// Client id that the platform gave to this installation; empty where a key is used.
    pub client_id: String,
}

fn moneybird() -> String {
    "moneybird".to_owned()
}

/// Why a connection cannot be made or used.
#[derive(Debug, Error)]
pub enum LinkError {
    /// The sign-in.
    #[error(transparent)]
    OAuth(#[from] OAuthError),
    /// A call.
    #[error(transparent)]
    Call(#[from] CallError),
    /// No such platform.
    #[error("there is no connector for `{0}`; there is one for {known}", known = words())]
    NoConnector(String),
    /// A platform that takes a key where a sign-in was meant, or the other way round.
    #[error("{0} gives access in another way; see `maan connect --help`")]
    OtherConsent(&'static str),
}

fn words() -> String {
    let words: Vec<_> = maan_connectors::CONNECTORS.iter().map(|one| one.word).collect();
    words.join(", ")
}

impl Door {
    /// The platform.
    ///
    /// # Errors
    /// There is no connector for it.
    pub fn connector(&self) -> Result<&'static Connector, LinkError> {
        Connector::of(&self.platform).ok_or_else(|| LinkError::NoConnector(self.platform.clone()))
    }

    /// Where it is.
    ///
    /// # Errors
    /// The address is not one that can be used safely.
    pub fn place(&self) -> Result<Site, LinkError> {
        Ok(Site::at(&self.site, self.parameters.clone())?)
    }

    /// How it gives access.
    ///
    /// # Errors
    /// See [`Door::connector`] and [`Door::place`].
    pub fn consent(&self) -> Result<Consent, LinkError> {
        Ok((self.connector()?.consent)(&self.place()?)?)
    }

    /// The platform's token endpoint.
    ///
    /// # Errors
    /// It has none, or its address is not one that can be used safely.
    pub fn endpoint(&self, secret: SecretString) -> Result<TokenEndpoint, LinkError> {
        let provider = match self.consent()? {
            Consent::Code(provider) | Consent::Client(provider) => provider,
            Consent::Key => return Err(LinkError::OtherConsent(self.connector()?.name)),
        };
        let client = ClientCredentials {
            id: self.client_id.clone(),
            secret,
        };
        // Tokens end in real time, whatever day is played.
        Ok(TokenEndpoint::new(transport()?, provider, client, Clock::System)?)
    }

    /// The administrations that tokens open, before anything is kept.
    ///
    /// # Errors
    /// The platform cannot be reached or refuses.
    pub async fn administrations(
        &self,
        secret: &SecretString,
        tokens: Tokens,
    ) -> Result<Vec<Administration>, LinkError> {
        let http = self.http(secret.clone(), Arc::new(super::vault::Held::new(tokens)))?;
        Ok((self.connector()?.administrations)(&http, &self.place()?).await?)
    }

    /// Calls with the tokens of a vault.
    fn http(&self, secret: SecretString, vault: Arc<dyn TokenVault>) -> Result<Http, LinkError> {
        let session = match self.consent()? {
            Consent::Key => Session::of_key(vault, Timer::real()),
            Consent::Code(_) | Consent::Client(_) => {
                Session::new(self.endpoint(secret)?, vault, Timer::real())
            }
        };
        let usual = (self.connector()?.allowance)();
        Ok(Http::new(
            transport()?,
            session,
            pace(&self.site, usual),
            Timer::real(),
        ))
    }
}

impl Link {
    /// What was kept.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(connection: &Connection) -> Result<Self, RunError> {
        serde_json::from_str(&connection.config).map_err(|error| RunError::Unreadable {
            what: "a connection",
            why: error.to_string(),
        })
    }

    /// Whether both lead to the same administration on the same platform, whatever it is called now.
    pub fn is_of(&self, other: &Self) -> bool {
        let place = |link: &Self| {
            let door = link.door.clone();
            (
                door.platform,
                door.site,
                door.parameters,
                link.administration.id.clone(),
            )
        };
        place(self) == place(other)
    }

    /// Whether the platform runs on this machine, as a practice administration does.
    pub fn is_here(&self) -> bool {
        is_here(&self.door.site)
    }

    /// The connection to keep.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn to_keep(&self, client_secret: &SecretString, tokens: &Tokens) -> Result<NewConnection, RunError> {
        let unreadable = |why: String| RunError::Unreadable {
            what: "a connection",
            why,
        };
        Ok(NewConnection {
            platform: self.door.platform.clone(),
            config: serde_json::to_string(self).map_err(|error| unreadable(error.to_string()))?,
            secret: Vaulted::first(client_secret, tokens).map_err(|error| unreadable(error.to_string()))?,
        })
    }

    /// Opens the administration with what is kept of the connection.
    pub(crate) async fn open(
        &self,
        followup: &Followup,
        id: ConnectionId,
    ) -> Result<Arc<dyn Platform>, RunError> {
        let kept = Vaulted::read(&followup.tenant.secret(id).await?);
        let secret = kept
            .map_err(|error| RunError::Platform(error.to_string()))?
            .client_secret();
        let vault = StoreVault::new(followup.tenant.clone(), id, followup.worker.clone());
        self.platform(Arc::new(vault), secret, followup.clock.clone())
            .map_err(|error| RunError::Platform(error.to_string()))
    }

    fn platform(
        &self,
        vault: Arc<dyn TokenVault>,
        secret: SecretString,
        clock: Clock,
    ) -> Result<Arc<dyn Platform>, LinkError> {
        Ok((self.door.connector()?.open)(Opening {
            connection: Arc::new(self.door.http(secret, vault)?),
            site: self.door.place()?,
            administration: self.administration.clone(),
            clock,
        }))
    }
}

/// The platform's own pace; a practice server on this machine has none.
fn pace(site: &str, usual: Allowance) -> Allowance {
    if !is_here(site) {
        return usual;
    }
    let many = std::num::NonZeroU32::new(1_000_000).unwrap_or(usual.calls);
    Allowance {
        calls: many,
        burst: many,
        ..usual
    }
}

fn is_here(site: &str) -> bool {
    let url = url::Url::parse(site).ok();
    let host = url.as_ref().and_then(|url| url.host_str());
    matches!(host, Some("127.0.0.1" | "localhost" | "[::1]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_an_earlier_version_kept_is_with_moneybird() {
        let kept = r#"{"site": "https://moneybird.com", "client_id": "our-id", "administration": {"id": "123",
            "name": "Noord", "language": "nl", "currency": "EUR", "country": "NL",
            "time_zone": "Europe/Amsterdam", "suspended": false}}"#;
        let link: Link = serde_json::from_str(kept).unwrap();
        assert_eq!(link.door.connector().unwrap().word, "moneybird");
        assert_eq!(
            (link.door.client_id.as_str(), link.administration.id.as_str()),
            ("our-id", "123")
        );
        let again: Link = serde_json::from_str(&serde_json::to_string(&link).unwrap()).unwrap();
        assert!(again.is_of(&link));
        let other = Door {
            platform: "exact-online".to_owned(),
            ..link.door.clone()
        };
        assert!(
            !Link {
                door: other,
                ..link.clone()
            }
            .is_of(&link)
        );
        let unknown = Door {
            platform: "abacus".to_owned(),
            ..link.door
        };
        let error = unknown.connector().unwrap_err().to_string();
        assert!(
            error.contains("`abacus`") && error.contains("exact-online, moneybird"),
            "{error}"
        );
    }
}
