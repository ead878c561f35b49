use chrono::DateTime;
use maan_ledger::Moment;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde::Deserialize;
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
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Content>,
    pub(crate) repeat: Repeat,
}

/// What is sent.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Json(Value),
    /// Text of a media type. Where `token` stands in it, the access token is put, and no header carries it.
    Text {
        media: &'static str,
        text: String,
        token: &'static str,
    },
}

impl Call {
    /// Reads.
    pub fn get(url: Url) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: Vec::new(),
            body: None,
            repeat: Repeat::Safe,
        }
    }

    /// Sends; says whether it may be sent again.
    pub fn post(url: Url, body: Value, repeat: Repeat) -> Self {
        Self {
            method: Method::POST,
            url,
            headers: Vec::new(),
            body: Some(Content::Json(body)),
            repeat,
        }
    }

    /// Sets a record as a whole, which can be repeated.
    pub fn put(url: Url, body: Value) -> Self {
        Self {
            method: Method::PUT,
            ..Self::post(url, body, Repeat::Safe)
        }
    }

    /// Sets fields of a record, which can be repeated.
    pub fn patch(url: Url, body: Value) -> Self {
        Self {
            method: Method::PATCH,
            ..Self::post(url, body, Repeat::Safe)
        }
    }

    /// Sends text in which the access token takes the place of `token`, escaped for XML, instead of going in a header.
    pub fn post_text(
        url: Url,
        media: &'static str,
        text: String,
        token: &'static str,
        repeat: Repeat,
    ) -> Self {
        Self {
            body: Some(Content::Text { media, text, token }),
            ..Self::post(url, Value::Null, repeat)
        }
    }

    /// With another header, which must not be secret.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Removes, which can be repeated.
    pub fn delete(url: Url) -> Self {
        Self {
            method: Method::DELETE,
            url,
            headers: Vec::new(),
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
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, CallError> {
        self.borrowed()
    }

    /// The body as JSON that refers to it.
    pub fn borrowed<'a, T: Deserialize<'a>>(&'a self) -> Result<T, CallError> {
        serde_json::from_slice(&self.body).map_err(|error| self.odd(&error.to_string()))
    }

    /// The body as it came, for platforms that do not speak JSON.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The platform's time when it answered; none when it does not tell.
    pub fn date(&self) -> Option<Moment> {
        let date = DateTime::parse_from_rfc2822(self.header("date")).ok()?;
        Some(Moment::from_utc(date.to_utc()))
    }

    /// A header as text; empty when it is missing or not text.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// That the answer is not what the platform's specification says.
    pub fn odd(&self, detail: &str) -> CallError {
        CallError::NotUnderstood {
            call: self.call.clone(),
            detail: detail.chars().take(200).collect(),
        }
    }
}
