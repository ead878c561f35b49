use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use futures_util::stream;
use serde_json::Value;

/// A call, taken apart.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Method.
    pub method: Method,
    /// Path, decoded.
    pub path: String,
    /// Query, decoded.
    pub query: BTreeMap<String, String>,
    /// Query as it came.
    pub text: String,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Told {
    /// HTTP status.
    pub status: u16,
    /// Headers beside the content type of JSON, which is the default.
    pub headers: Vec<(&'static str, String)>,
    /// Body; a content type that ends with `charset=utf-16` has it sent so.
    pub body: String,
}

impl Asked {
    pub(super) fn new(method: Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Self {
        let decode = |text: &str| {
            let pair = format!("x={}", text.replace('+', "%2B"));
            let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
            pairs
                .next()
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        let pairs = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        Self {
            method,
            path: decode(uri.path()),
            query: pairs.into_owned().collect(),
            text: uri.query().unwrap_or_default().to_owned(),
            headers: headers.clone(),
            body: body.clone(),
        }
    }

    /// A parameter of the query; empty when it is missing.
    pub fn parameter(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// All values of a parameter that comes several times.
    pub fn all(&self, name: &str) -> Vec<String> {
        let pairs = url::form_urlencoded::parse(self.text.as_bytes());
        pairs
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .collect()
    }

    /// A header; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// A field of a form; empty when it is missing.
    pub fn form(&self, name: &str) -> String {
        let mut pairs = url::form_urlencoded::parse(&self.body);
        let found = pairs.find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }
}

impl Told {
    /// JSON with status 200.
    pub fn json(body: &Value) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: body.to_string(),
        }
    }

    /// With another status.
    #[must_use]
    pub fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// With another header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    pub(super) fn response(self, cut: bool) -> Response {
        let mut response = Response::builder().status(StatusCode::from_u16(self.status).expect("a status"));
        if !self.headers.iter().any(|(name, _)| *name == "content-type") {
            response = response.header("content-type", "application/json");
        }
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        let in_utf16 = self
            .headers
            .iter()
            .any(|(_, value)| value.ends_with("charset=utf-16"));
        let body = if in_utf16 {
            let marked = std::iter::once(0xfeff).chain(self.body.encode_utf16());
            marked.flat_map(u16::to_le_bytes).collect()
        } else {
            self.body.into_bytes()
        };
        let body = if cut {
            let half = Bytes::from(body);
            let half = half.slice(..half.len() / 2);
            let broken = std::io::Error::other("the connection is cut");
            Body::from_stream(stream::iter([Ok(half), Err(broken)]))
        } else {
            Body::from(body)
        };
        response.body(body).expect("an answer")
    }
}
