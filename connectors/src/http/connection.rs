use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap};
use reqwest::{Client, StatusCode};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::budget::Refusals;
use super::call::Content;
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
    refusals: Refusals,
    pause: Duration,
    timer: Timer,
    calls: AtomicU64,
    left: AtomicU64,
}

/// The platform has not told how many calls are left.
const UNTOLD: u64 = u64::MAX;

impl Connection {
    /// A connection that makes at most the allowed calls.
    pub fn new(client: Client, session: Session, allowance: Allowance, timer: Timer) -> Self {
        Self {
            client,
            session,
            pace: Pace::new(allowance, timer.clone()),
            refusals: Refusals::new(allowance.errors, timer.clone()),
            pause: allowance.pause,
            timer,
            calls: AtomicU64::new(0),
            left: AtomicU64::new(UNTOLD),
        }
    }

    /// Calls made so far, repetitions included.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    /// How many calls the platform still takes, as it told last; none when it does not tell.
    pub fn calls_left(&self) -> Option<u64> {
        Some(self.left.load(Ordering::SeqCst)).filter(|left| *left != UNTOLD)
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
            if let Some(after) = self.refusals.rest(call.url.path()) {
                return Err(CallError::LeftAlone {
                    call: call.name(),
                    after,
                });
            }
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
        let mut request = self.client.request(call.method.clone(), call.url.clone());
        if !call
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("accept"))
        {
            request = request.header(ACCEPT, "application/json");
        }
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        let token = access.token.expose_secret();
        request = match &call.body {
            None => request.bearer_auth(token),
            Some(Content::Json(body)) => request.bearer_auth(token).json(body),
            Some(Content::Text {
                media,
                text,
                token: place,
            }) => {
                let escaped = token
                    .replace('&', "&amp;")
                    .replace('<', "&lt;")
                    .replace('>', "&gt;");
                request
                    .header(CONTENT_TYPE, *media)
                    .body(text.replace(place, &escaped))
            }
        };
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
        if let Some(left) = waits::left(&headers) {
            self.left.store(left, Ordering::SeqCst);
        }
        if matches!(status.as_u16(), 400 | 401 | 403 | 404) {
            self.refusals.count(call.url.path());
        }
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
                headers,
                body,
            });
        }
        Err(self.refusal(call.name(), status, &headers, detail(&body, access)))
    }

    fn refusal(&self, call: String, status: StatusCode, headers: &HeaderMap, detail: String) -> CallError {
        let after = waits::asked(headers);
        match status {
            StatusCode::UNAUTHORIZED => CallError::Unauthorised { call },
            StatusCode::FORBIDDEN => CallError::Forbidden { call, detail },
            StatusCode::NOT_FOUND | StatusCode::GONE => CallError::NotFound { call, detail },
            StatusCode::TOO_MANY_REQUESTS => CallError::Throttled {
                call,
                after: after.unwrap_or(self.pause),
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
}

/// Where platforms put their explanation.
const EXPLANATIONS: [&str; 7] = [
    "error",
    "message",
    "Message",
    "Detail",
    "Fault",
    "exception",
    "title",
];

/// The platform's own words, short, on one line, and without the token if it should repeat that.
fn detail(body: &[u8], access: &Access) -> String {
    let told = serde_json::from_slice::<Value>(body).ok().and_then(|body| {
        let told = EXPLANATIONS.iter().find_map(|name| body.get(name));
        told.cloned()
    });
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
