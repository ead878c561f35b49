use maan_ledger::Moment;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::OAuthError;

/// What a consent gave. `Debug` shows no secret, and memory is wiped when dropped.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// For calls.
    pub access: SecretString,
    /// For a new access token; some platforms give none.
    pub refresh: Option<SecretString>,
    /// When the access token was given; none when it is not known.
    pub issued_at: Option<Moment>,
    /// When the access token ends; none when the platform does not say.
    pub expires_at: Option<Moment>,
    /// When the consent ends, however often it is renewed: a person has to connect again before. None when the platform
    /// does not say.
    pub consent_ends: Option<Moment>,
    /// Permissions, separated by spaces, as the platform granted them; empty when it does not say.
    pub scope: String,
}

#[derive(Serialize)]
struct Written<'a> {
    access: &'a str,
    refresh: Option<&'a str>,
    issued_at: Option<Moment>,
    expires_at: Option<Moment>,
    consent_ends: Option<Moment>,
    scope: &'a str,
}

#[derive(Deserialize)]
struct Read {
    access: SecretString,
    refresh: Option<SecretString>,
    // earlier versions did not keep these
    #[serde(default)]
    issued_at: Option<Moment>,
    expires_at: Option<Moment>,
    #[serde(default)]
    consent_ends: Option<Moment>,
    scope: String,
}

impl Tokens {
    /// A key that a person made on the platform: it does not end by itself and cannot be renewed.
    pub fn of_key(key: SecretString) -> Self {
        Self {
            access: key,
            refresh: None,
            issued_at: None,
            expires_at: None,
            consent_ends: None,
            scope: String::new(),
        }
    }

    /// As JSON, to be encrypted and kept.
    pub fn to_json(&self) -> Result<SecretString, OAuthError> {
        let written = Written {
            access: self.access.expose_secret(),
            refresh: self.refresh.as_ref().map(|token| token.expose_secret()),
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            consent_ends: self.consent_ends,
            scope: &self.scope,
        };
        serde_json::to_string(&written)
            .map(SecretString::from)
            .map_err(|_| OAuthError::NotUnderstood("tokens cannot be written".to_owned()))
    }

    /// From what [`Tokens::to_json`] gave.
    pub fn from_json(json: &SecretString) -> Result<Self, OAuthError> {
        let copy = Zeroizing::new(json.expose_secret().to_owned());
        let read: Read = serde_json::from_str(&copy)
            .map_err(|_| OAuthError::NotUnderstood("the kept tokens are damaged".to_owned()))?;
        Ok(Self {
            access: read.access,
            refresh: read.refresh,
            issued_at: read.issued_at,
            expires_at: read.expires_at,
            consent_ends: read.consent_ends,
            scope: read.scope,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_survive_being_kept_and_never_show_themselves() {
        let tokens = Tokens {
            access: SecretString::from("access-secret"),
            refresh: Some(SecretString::from("refresh-secret")),
            issued_at: None,
            expires_at: Some(Moment(1_795_291_200_000_000)),
            consent_ends: Some(Moment(1_895_291_200_000_000)),
            scope: "sales_invoices bank".to_owned(),
        };
        let back = Tokens::from_json(&tokens.to_json().unwrap()).unwrap();
        assert_eq!(back.access.expose_secret(), "access-secret");
        assert_eq!(back.refresh.as_ref().unwrap().expose_secret(), "refresh-secret");
        assert_eq!((back.expires_at, &back.scope), (tokens.expires_at, &tokens.scope));
        assert_eq!(back.consent_ends, tokens.consent_ends);
        let shown = format!("{tokens:?} {back:#?}");
        assert!(
            !shown.contains("secret\"") && !shown.contains("-secret"),
            "{shown}"
        );
        let damaged = Tokens::from_json(&SecretString::from("{\"access\":\"access-secret\"")).unwrap_err();
        assert!(!format!("{damaged} {damaged:?}").contains("access-secret"));
    }
}
