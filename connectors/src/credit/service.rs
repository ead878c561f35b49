use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;
use zeroize::Zeroizing;

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// Creditsafe Connect.
    Creditsafe,
    /// Altares, with Dun & Bradstreet's Direct+.
    Altares,
    /// Companyweb, Belgium.
    Companyweb,
    /// The Dutch trade register.
    Kvk,
    /// The Belgian enterprise register's open data.
    Kbo,
    /// The VAT numbers of the European Union.
    Vies,
    /// The Dutch central insolvency register.
    Cir,
}

/// What a service asks to be let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A key.
    Key,
    /// User and password, or key and secret.
    Login,
    /// User and password, and the integrator's name and secret beside.
    LoginAndIntegrator,
}

impl Service {
    /// All, bureaux first.
    pub const ALL: [Service; 7] = [
        Self::Creditsafe,
        Self::Altares,
        Self::Companyweb,
        Self::Kvk,
        Self::Kbo,
        Self::Vies,
        Self::Cir,
    ];

    /// The word under which an embedder keeps it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Creditsafe => "creditsafe",
            Self::Altares => "altares",
            Self::Companyweb => "companyweb",
            Self::Kvk => "kvk",
            Self::Kbo => "kbo",
            Self::Vies => "vies",
            Self::Cir => "cir",
        }
    }

    /// The service of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.word() == word)
    }

    /// Whether it sells credit reports.
    pub fn is_bureau(self) -> bool {
        matches!(self, Self::Creditsafe | Self::Altares | Self::Companyweb)
    }

    /// The country whose insolvencies it tells; none when it tells none.
    pub fn insolvencies_of(self) -> Option<&'static str> {
        match self {
            Self::Cir => Some("NL"),
            Self::Kbo => Some("BE"),
            _ => None,
        }
    }

    /// The country whose companies it registers; none when it registers none.
    pub fn registrations_of(self) -> Option<&'static str> {
        match self {
            Self::Kvk => Some("NL"),
            Self::Kbo => Some("BE"),
            _ => None,
        }
    }

    /// What it asks to be let in.
    pub fn needs(self) -> Needs {
        match self {
            Self::Creditsafe | Self::Altares | Self::Cir => Needs::Login,
            Self::Companyweb => Needs::LoginAndIntegrator,
            Self::Kvk => Needs::Key,
            Self::Kbo | Self::Vies => Needs::Nothing,
        }
    }

    /// Its own address; empty where there is none to call.
    pub fn address(self) -> &'static str {
        match self {
            Self::Creditsafe => "https://connect.creditsafe.com/v1",
            Self::Altares => "https://plus.dnb.com",
            Self::Companyweb => "https://connect.companyweb.be/V1.3/alacarteservice.asmx",
            Self::Kvk => "https://api.kvk.nl",
            Self::Kbo => "",
            Self::Vies => "https://ec.europa.eu/taxation_customs/vies/rest-api",
            Self::Cir => "https://webservice.rechtspraak.nl/cir.asmx",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Creditsafe => "Creditsafe",
            Self::Altares => "Altares",
            Self::Companyweb => "Companyweb",
            Self::Kvk => "the KvK register",
            Self::Kbo => "the KBO open data",
            Self::Vies => "VIES",
            Self::Cir => "the Dutch insolvency register",
        })
    }
}

/// Where and as whom a service is asked.
#[derive(Clone, Debug)]
pub struct Access {
    /// Its address; of a test server where it is another than [`Service::address`].
    pub url: Url,
    /// What it asks to be let in.
    pub credentials: Credentials,
    /// Longest wait for one answer.
    pub patience: Duration,
}

/// What a service asks to be let in. `Debug` shows no secret, and memory is wiped when dropped.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// User, or id of the key; empty where there is none.
    pub user: String,
    /// Password, key or secret.
    pub secret: SecretString,
    /// The integrator's name; empty where there is none.
    pub integrator: String,
    /// The integrator's secret.
    pub integrator_secret: SecretString,
}

#[derive(Serialize)]
struct Written<'a> {
    user: &'a str,
    secret: &'a str,
    integrator: &'a str,
    integrator_secret: &'a str,
}

#[derive(Deserialize)]
struct Read {
    user: String,
    secret: SecretString,
    integrator: String,
    integrator_secret: SecretString,
}

/// Credentials cannot be written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the kept credentials are damaged; add the service again")]
pub struct CredentialsError;

impl Credentials {
    /// None at all.
    pub fn none() -> Self {
        Self::login(String::new(), SecretString::from(""))
    }

    /// A user with a password, or a key without a user.
    pub fn login(user: String, secret: SecretString) -> Self {
        Self {
            user,
            secret,
            integrator: String::new(),
            integrator_secret: SecretString::from(""),
        }
    }

    /// As JSON, to be encrypted and kept.
    pub fn to_json(&self) -> Result<SecretString, CredentialsError> {
        let written = Written {
            user: &self.user,
            secret: self.secret.expose_secret(),
            integrator: &self.integrator,
            integrator_secret: self.integrator_secret.expose_secret(),
        };
        serde_json::to_string(&written)
            .map(SecretString::from)
            .map_err(|_| CredentialsError)
    }

    /// From what [`Credentials::to_json`] gave.
    pub fn from_json(json: &SecretString) -> Result<Self, CredentialsError> {
        let copy = Zeroizing::new(json.expose_secret().to_owned());
        let read: Read = serde_json::from_str(&copy).map_err(|_| CredentialsError)?;
        Ok(Self {
            user: read.user,
            secret: read.secret,
            integrator: read.integrator,
            integrator_secret: read.integrator_secret,
        })
    }
}
