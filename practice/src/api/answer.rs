//! Answers and the platform's forms of error.

use crate::oauth::Scope;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// Status, extra headers and JSON body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
}

impl Answer {
    pub(crate) fn ok(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            headers: Vec::new(),
            body: Some(body),
        }
    }

    pub(crate) fn created(body: Value) -> Self {
        Self {
            status: StatusCode::CREATED,
            ..Self::ok(body)
        }
    }

    pub(crate) fn no_content() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            headers: Vec::new(),
            body: None,
        }
    }

    pub(crate) fn error(status: StatusCode, error: impl Into<Value>) -> Self {
        Self {
            status,
            ..Self::ok(json!({ "error": error.into() }))
        }
    }
}

/// An error in the platform's words.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    body: Value,
}

impl ApiError {
    pub(crate) fn not_found(key: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            body: json!({ "error": "record not found", "symbolic": { key: "not_found" } }),
        }
    }

    pub(crate) fn not_found_as(error: String, key: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            body: json!({ "error": error, "symbolic": { key: "not_found" } }),
        }
    }

    pub(crate) fn no_route() -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            body: json!({ "error": "Not found" }),
        }
    }

    pub(crate) fn bad(error: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            body: json!({ "error": error }),
        }
    }

    pub(crate) fn bad_symbolic(error: &str, symbolic: Value) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            body: json!({ "error": error, "symbolic": symbolic }),
        }
    }

    pub(crate) fn unprocessable(error: Value, details: Value) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            body: json!({ "error": error, "details": details }),
        }
    }

    pub(crate) fn missing_scope(needed: &[Scope]) -> Self {
        let names: Vec<&str> = needed.iter().map(|scope| scope.word()).collect();
        Self {
            status: StatusCode::FORBIDDEN,
            body: json!({
                "error": format!("The access token lacks a required scope: {}", names.join(" or ")),
                "symbolic": { "scope": "insufficient" },
            }),
        }
    }

    pub(crate) fn into_answer(self) -> Answer {
        Answer {
            status: self.status,
            headers: Vec::new(),
            body: Some(self.body),
        }
    }
}
