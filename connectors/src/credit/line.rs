//! Calls to a service: bounded, told apart by what went wrong, repeated only where nothing can be charged twice.

use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use url::Url;

use super::information::cut;
use super::{Access, NoAnswer, Service, Why};
use crate::http::{BodyError, Timer, body, cause, is_safe, transport};

/// Most bytes of an answer: far more than a full report has.
const LARGEST: usize = 8 << 20;
/// Attempts after the first.
const REPEATS: u32 = 2;
/// Longest wait between attempts; a service that asks for more is asked again on another occasion.
const SHORT: Duration = Duration::from_secs(30);
/// Longest word of a service that is shown: tokens are longer.
const WORD: usize = 30;
/// A shorter secret would be found in ordinary words.
const SHORTEST_SECRET: usize = 4;

/// Whether a call costs money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Price {
    /// It may be made again.
    Free,
    /// It is not made again once it may have arrived.
    Paid,
}

/// What a service's own words say of an error, by status and body; none where the status says it.
pub(super) type Explain = fn(u16, &[u8]) -> Option<Why>;

/// The way to one service.
#[derive(Debug)]
pub(super) struct Line {
    client: Client,
    service: Service,
    base: Url,
    secrets: Vec<SecretString>,
    patience: Duration,
    timer: Timer,
}

impl Line {
    /// A line to the service's address; `secrets` are never shown, whatever the service repeats.
    pub(super) fn new(
        service: Service,
        access: &Access,
        secrets: Vec<SecretString>,
        timer: Timer,
    ) -> Result<Self, NoAnswer> {
        let no_answer = |why| NoAnswer { service, why };
        if !is_safe(&access.url) {
            return Err(no_answer(Why::Unsafe));
        }
        let client = transport().map_err(|error| no_answer(Why::Unreachable(error.to_string())))?;
        Ok(Self {
            client,
            service,
            base: access.url.clone(),
            secrets,
            patience: access.patience,
            timer,
        })
    }

    /// The address of something at the service. Each part of the path is one segment, whatever it holds.
    pub(super) fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// A call to be filled.
    pub(super) fn call(&self, method: Method, url: Url) -> RequestBuilder {
        self.client.request(method, url).timeout(self.patience)
    }

    /// Why there is no answer.
    pub(super) fn no_answer(&self, why: Why) -> NoAnswer {
        NoAnswer {
            service: self.service,
            why: self.silent(why),
        }
    }

    /// Makes a call and gives the body of its success.
    pub(super) async fn ask(
        &self,
        call: RequestBuilder,
        price: Price,
        explain: Explain,
    ) -> Result<Vec<u8>, NoAnswer> {
        let mut left = REPEATS;
        loop {
            // a body that cannot be sent again is none of ours
            let Some(attempt) = call.try_clone() else {
                return Err(self.no_answer(Why::BrokenOff("the question cannot be repeated".into())));
            };
            let why = match self.attempt(attempt, explain).await {
                Ok(body) => return Ok(body),
                Err(why) => why,
            };
            let wait = match &why {
                Why::Unreachable(_) => Duration::from_secs(2),
                Why::Throttled(after) => after.unwrap_or(Duration::from_secs(5)),
                Why::BrokenOff(_) | Why::Failed(_) if price == Price::Free => Duration::from_secs(2),
                _ => return Err(self.no_answer(why)),
            };
            if left == 0 || wait > SHORT {
                return Err(self.no_answer(why));
            }
            left -= 1;
            self.timer.sleep(wait).await;
        }
    }

    /// The answer as JSON.
    pub(super) fn json<T: DeserializeOwned>(&self, body: &[u8]) -> Result<T, NoAnswer> {
        serde_json::from_slice(body).map_err(|error| self.no_answer(Why::NotUnderstood(error.to_string())))
    }

    async fn attempt(&self, call: RequestBuilder, explain: Explain) -> Result<Vec<u8>, Why> {
        let response = call.send().await.map_err(|error| match error.is_connect() {
            true => Why::Unreachable(cause(&error)),
            false => Why::BrokenOff(cause(&error)),
        })?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = body(response, LARGEST).await.map_err(|error| match error {
            BodyError::TooLarge => Why::TooLarge(LARGEST),
            BodyError::Broken(error) => Why::BrokenOff(cause(&error)),
        })?;
        match explain(status.as_u16(), &body) {
            Some(why) => Err(why),
            None if status.is_success() => Ok(self.without_secrets(body)),
            None => Err(refusal(status, &headers)),
        }
    }

    /// An answer in which the service does not repeat what it was let in by: it is kept and shown.
    fn without_secrets(&self, body: Vec<u8>) -> Vec<u8> {
        let text = String::from_utf8_lossy(&body);
        match self.told_secrets().any(|secret| text.contains(secret)) {
            true => self.blotted(text.into_owned()).into_bytes(),
            false => body,
        }
    }

    /// Secrets that are long enough to be recognised in a text.
    fn told_secrets(&self) -> impl Iterator<Item = &str> {
        let secrets = self.secrets.iter().map(ExposeSecret::expose_secret);
        secrets.filter(|secret| secret.len() >= SHORTEST_SECRET)
    }

    fn blotted(&self, text: String) -> String {
        self.told_secrets()
            .fold(text, |text, secret| text.replace(secret, "…"))
    }

    /// What is told, without a secret and without words so long that they may be one.
    fn silent(&self, why: Why) -> Why {
        let silent = |text: String| {
            let blotted = self.blotted(text);
            let words: Vec<_> = blotted
                .split_whitespace()
                .map(|word| if word.chars().count() > WORD { "…" } else { word })
                .collect();
            cut(&words.join(" "))
        };
        match why {
            Why::NotPermitted(text) => Why::NotPermitted(silent(text)),
            Why::Unavailable(text) => Why::Unavailable(silent(text)),
            Why::NotUnderstood(text) => Why::NotUnderstood(silent(text)),
            Why::Refused { status, detail } => Why::Refused {
                status,
                detail: silent(detail),
            },
            other => other,
        }
    }
}

fn refusal(status: StatusCode, headers: &HeaderMap) -> Why {
    match status {
        StatusCode::UNAUTHORIZED => Why::CredentialsRefused,
        StatusCode::FORBIDDEN => Why::NotPermitted("it answers 403".into()),
        StatusCode::NOT_FOUND | StatusCode::GONE => Why::NotFound("what it was asked by".into()),
        StatusCode::TOO_MANY_REQUESTS => Why::Throttled(after(headers)),
        StatusCode::REQUEST_TIMEOUT => Why::Failed(status.as_u16()),
        _ if status.is_server_error() => Why::Failed(status.as_u16()),
        _ => Why::Refused {
            status: status.as_u16(),
            detail: "no explanation".into(),
        },
    }
}

/// How long the service asks to wait, where it says so in seconds.
fn after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}
