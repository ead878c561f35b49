//! Faults on demand, so that clients can be tried against a platform that fails.

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::io;

/// What happens to one request to the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum Fault {
    /// Throttled although there is room: 429, to be retried after this many seconds.
    TooManyRequests {
        /// Seconds, written in `Retry-After` in the platform's own form (Unix time).
        retry_after: u64,
    },
    /// Error 500; the request has no effect.
    ServerError,
    /// Error 503; the request has no effect.
    Unavailable,
    /// The answer comes late.
    Slow {
        /// How late, in milliseconds.
        millis: u64,
    },
    /// The request takes effect, and the connection breaks in the middle of the answer.
    CutBody,
}

/// Faults still to come.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    next: VecDeque<Fault>,
    lost_refreshes: usize,
}

impl Faults {
    pub(crate) fn push(&mut self, count: usize, fault: Fault) {
        self.next.extend(std::iter::repeat_n(fault, count));
    }

    pub(crate) fn take(&mut self) -> Option<Fault> {
        self.next.pop_front()
    }

    /// The next `count` refreshes take effect, and their answers are lost.
    pub(crate) fn lose_refreshes(&mut self, count: usize) {
        self.lost_refreshes += count;
    }

    pub(crate) fn lose_refresh(&mut self) -> bool {
        let lose = self.lost_refreshes > 0;
        self.lost_refreshes -= usize::from(lose);
        lose
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// An answer of which nothing but the head arrives before the connection breaks.
pub(crate) fn lost() -> Response {
    cut(StatusCode::OK, Bytes::new())
}

/// An answer that breaks off halfway through its body.
pub(crate) fn cut_in_half(status: StatusCode, body: &str) -> Response {
    cut(
        status,
        Bytes::copy_from_slice(body.as_bytes().get(..body.len() / 2).unwrap_or_default()),
    )
}

fn cut(status: StatusCode, start: Bytes) -> Response {
    let parts = [
        Ok(start),
        Err(io::Error::new(io::ErrorKind::ConnectionAborted, "cut on purpose")),
    ];
    let body = Body::from_stream(stream::iter(parts));
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
