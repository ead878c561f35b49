use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::CallError;

/// Whether a call may be made again when it is not known to have failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Reading: as often as needed.
    Safe,
    /// The platform recognises a repetition by this header and key.
    Keyed {
        /// Name of the header.
        header: &'static str,
        /// The key, the same in each attempt.
        key: String,
    },
    /// Not after it may have arrived.
    Never,
}

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) body: Option<Value>,
    pub(crate) repeat: Repeat,
}

impl Call {
    /// Reads.
    pub fn get(url: Url) -> Self {
        Self {
            method: Method::GET,
            url,
            body: None,
            repeat: Repeat::Safe,
        }
    }

    /// Sends; says whether it may be sent again.
    pub fn post(url: Url, body: Value, repeat: Repeat) -> Self {
        Self {
            method: Method::POST,
            url,
            body: Some(body),
            repeat,
        }
    }

    /// Removes, which can be repeated.
    pub fn delete(url: Url) -> Self {
        Self {
            method: Method::DELETE,
            url,
            body: None,
            repeat: Repeat::Safe,
        }
    }

    /// Method and path, for messages: a query can hold secrets.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.url.path())
    }
}

/// An answer with a success status.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(crate) call: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, CallError> {
        serde_json::from_slice(&self.body).map_err(|error| CallError::NotUnderstood {
            call: self.call.clone(),
            detail: error.to_string().chars().take(200).collect(),
        })
    }
}
