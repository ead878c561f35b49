//! Messages in which platforms tell that something changed. A message is a hint to read again, never itself a fact,
//! so a repeated, late or lost one does no harm.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
pub use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use thiserror::Error;

use crate::Entity;

/// A message as it came in, not yet believed.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// The query of the address that it came to; empty when there is none.
    pub query: &'a str,
    /// Its body.
    pub body: &'a [u8],
}

impl Message<'_> {
    /// A header as text; empty when it is missing or not text.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }
}

/// What a message says, once it is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something changed.
    Events(Vec<Event>),
    /// The platform tries the address: answer 200 with this text.
    Trial(String),
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Administration in which it happened.
    pub administration: String,
    /// What the record is; none for what is not read here.
    pub entity: Option<Entity>,
    /// The record's id.
    pub reference: String,
    /// The platform's name of what happened.
    pub action: String,
    /// The record is gone.
    pub deleted: bool,
}

/// Why a message is not believed.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum WebhookError {
    /// No signature, or not in the platform's form.
    #[error("the message has no signature of the platform; it was not heeded")]
    Unsigned,
    /// Signed too long ago, or in the future.
    #[error(
        "the message was signed {0} seconds from now, more than 300; it was not heeded, check this machine's clock"
    )]
    Stale(i64),
    /// Signed with another secret, or changed on the way.
    #[error(
        "the signature of the message is wrong; it was not heeded, register the webhook again if this goes on"
    )]
    Forged,
    /// Signed, but not what the platform sends.
    #[error("the message is not understood; everything is read again instead")]
    NotUnderstood,
}

/// HMAC-SHA256 over parts, to be compared in constant time.
#[derive(Clone)]
pub(crate) struct Signature(Hmac<Sha256>);

impl Signature {
    /// The signature of parts, one after the other.
    pub(crate) fn over(secret: &SecretString, parts: &[&[u8]]) -> Result<Self, WebhookError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
            .map_err(|_| WebhookError::Forged)?;
        parts.iter().for_each(|part| mac.update(part));
        Ok(Self(mac))
    }

    /// Whether it is the one that was given in hex, of either case.
    pub(crate) fn is_hex(&self, given: &str) -> bool {
        unhex(given).is_some_and(|given| self.is(&given))
    }

    /// Whether it is the one that was given in base64.
    pub(crate) fn is_base64(&self, given: &str) -> bool {
        STANDARD.decode(given).is_ok_and(|given| self.is(&given))
    }

    /// Whether it is the one that was given.
    pub(crate) fn is(&self, given: &[u8]) -> bool {
        self.0.clone().verify_slice(given).is_ok()
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 {
        return None;
    }
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    text.as_bytes()
        .chunks(2)
        .map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?))
        .collect()
}
