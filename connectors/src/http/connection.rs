use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap};
use reqwest::{Client, StatusCode};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::transport::{BodyError, body, cause, is_safe};
use super::{Allowance, Answer, Call, CallError, Repeat, Timer, pace::Pace, waits};
use crate::oauth::{Access, Session};

/// Most bytes of an answer: the list of a million records with their versions fits.
const LARGEST: usize = 64 << 20;
/// Longest wait within one call; a longer one is the embedder's to plan.
const PATIENCE: Duration = Duration::from_secs(600);

/// Calls to one platform in the name of one consent: paced, repeated where that is right, with a fresh token.
#[derive(Debug)]
pub struct Connection {
    client: Client,
    session: Session,
    pace: Pace,
    timer: Timer,
    calls: AtomicU64,
}

impl Connection {
    /// A connection that makes at most the allowed calls.
    pub fn new(client: Client, session: Session, allowance: Allowance, timer: Timer) -> Self {
        Self {
            client,
            session,
            pace: Pace::new(allowance, timer.clone()),
            timer,
            calls: AtomicU64::new(0),
        }
    }

    /// Calls made so far, repetitions included.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    /// The tokens of this connection.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Makes a call until it succeeds, fails for good, or patience ends.
    pub async fn call(&self, call: &Call) -> Result<Answer, CallError> {
        if !is_safe(&call.url) {
            return Err(CallError::Unsafe(call.name()));
        }
        let mut backoff = waits::backoff();
        let mut access = self.session.access().await?;
        let mut renewed = false;
        loop {
            self.pace.turn().await;
            let error = match self.attempt(call, &access).await {
                Ok(answer) => return Ok(answer),
                Err(CallError::Unauthorised { .. }) if !renewed => {
                    renewed = true;
                    access = self.session.renew(access.version).await?;
                    continue;
                }
                Err(error) => error,
            };
            let (asked, arrived) = match &error {
                CallError::Unreachable { .. } => (None, false),
                CallError::Throttled { after, .. } => (Some(*after), false),
                CallError::BrokenOff { .. } => (None, true),
                CallError::ServerFailed { after, .. } => (*after, true),
                _ => return Err(error),
            };
            if arrived && call.repeat == Repeat::Never {
                return Err(CallError::MayHaveArrived {
                    call: call.name(),
                    cause: error.to_string(),
                });
            }
            let Some(wait) = backoff.next().map(|wait| wait.max(asked.unwrap_or_default())) else {
                return Err(error);
            };
            if wait > PATIENCE {
                return Err(error);
            }
            tracing::debug!(call = call.name(), ?wait, %error, "called again");
            if asked.is_some() {
                self.pace.rest(wait);
            } else {
                self.timer.sleep(wait).await;
            }
        }
    }

    async fn attempt(&self, call: &Call, access: &Access) -> Result<Answer, CallError> {
        let mut request = self
            .client
            .request(call.method.clone(), call.url.clone())
            .header(ACCEPT, "application/json")
            .bearer_auth(access.token.expose_secret());
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        if let Repeat::Keyed { header, key } = &call.repeat {
            request = request.header(*header, key);
        }
        self.calls.fetch_add(1, Ordering::SeqCst);
        let host = call.url.host_str().unwrap_or_default().to_owned();
        let broken = |error: &reqwest::Error| CallError::BrokenOff {
            call: call.name(),
            host: host.clone(),
            cause: cause(error),
        };
        let response = request.send().await.map_err(|error| {
            if error.is_connect() {
                CallError::Unreachable {
                    call: call.name(),
                    host: host.clone(),
                    cause: cause(&error),
                }
            } else {
                broken(&error)
            }
        })?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = body(response, LARGEST).await.map_err(|error| match error {
            BodyError::TooLarge => CallError::TooLarge {
                call: call.name(),
                limit: LARGEST,
            },
            BodyError::Broken(error) => broken(&error),
        })?;
        if status.is_success() {
            return Ok(Answer {
                call: call.name(),
                body,
            });
        }
        Err(refusal(call.name(), status, &headers, &detail(&body, access)))
    }
}

fn refusal(call: String, status: StatusCode, headers: &HeaderMap, detail: &str) -> CallError {
    let (after, detail) = (waits::asked(headers), detail.to_owned());
    match status {
        StatusCode::UNAUTHORIZED => CallError::Unauthorised { call },
        StatusCode::FORBIDDEN => CallError::Forbidden { call, detail },
        StatusCode::NOT_FOUND | StatusCode::GONE => CallError::NotFound { call, detail },
        StatusCode::TOO_MANY_REQUESTS => CallError::Throttled {
            call,
            after: after.unwrap_or_default(),
        },
        StatusCode::REQUEST_TIMEOUT => CallError::ServerFailed {
            call,
            status: status.as_u16(),
            after,
        },
        _ if status.is_server_error() => CallError::ServerFailed {
            call,
            status: status.as_u16(),
            after,
        },
        _ => CallError::Refused {
            call,
            status: status.as_u16(),
            detail,
        },
    }
}

/// The platform's own words, short, on one line, and without the token if it should repeat that.
fn detail(body: &[u8], access: &Access) -> String {
    let told = serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|body| body.get("error").cloned());
    let text = match told {
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
        None => return "no explanation".to_owned(),
    };
    let text = text.replace(access.token.expose_secret(), "…");
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(200)
        .collect()
}
