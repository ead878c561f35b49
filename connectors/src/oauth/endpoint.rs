use std::time::Duration;

use maan_ledger::Clock;
use reqwest::{Client, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::{OAuthError, Tokens};
use crate::http::{BodyError, body, cause, is_safe};

const LARGEST: usize = 256 << 10;
/// Shorter than any lease on the tokens.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a client shows who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// Id and secret as fields of the form.
    Body,
    /// HTTP Basic.
    Basic,
}

/// A platform's OAuth server.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Where a person gives consent.
    pub authorize: Url,
    /// Where codes and refresh tokens are exchanged.
    pub token: Url,
    /// Where tokens are revoked.
    pub revoke: Option<Url>,
    /// Name of the server in its answers (RFC 9207), where it has one.
    pub issuer: Option<String>,
    /// How the client shows who it is.
    pub authentication: ClientAuthentication,
    /// Permissions to ask for.
    pub scopes: Vec<String>,
    /// An access token is renewed when it has less than this to live.
    pub margin: Duration,
    /// An access token that is younger than this is not renewed: the platform would refuse.
    pub youngest: Duration,
    /// Further parameters of the address for consent.
    pub extra: Vec<(&'static str, String)>,
    /// How new access is asked for.
    pub grant: Grant,
    /// Further headers of calls for tokens.
    pub headers: Vec<(&'static str, &'static str)>,
    /// Days after which a consent ends that was not renewed; none where the platform has no such end, or does not tell.
    pub unused_days: Option<u16>,
}

/// How new access is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// With the refresh token of a person's consent.
    Refresh,
    /// With this program's own credentials.
    ClientCredentials,
}

impl Provider {
    /// A server with the usual ways: credentials in the form, renewal a minute before the end.
    pub fn at(authorize: Url, token: Url) -> Self {
        Self {
            authorize,
            token,
            revoke: None,
            issuer: None,
            authentication: ClientAuthentication::Body,
            scopes: Vec::new(),
            margin: Duration::from_secs(60),
            youngest: Duration::ZERO,
            extra: Vec::new(),
            grant: Grant::Refresh,
            headers: Vec::new(),
            unused_days: None,
        }
    }
}

/// What the platform knows this program by.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    /// Public id.
    pub id: String,
    /// Secret.
    pub secret: SecretString,
}

/// Exchanges codes and refresh tokens.
#[derive(Clone, Debug)]
pub struct TokenEndpoint {
    http: Client,
    provider: Provider,
    client: ClientCredentials,
    clock: Clock,
}

impl TokenEndpoint {
    /// A client of a platform's OAuth server. The clock dates the tokens: the real one, whatever day is played.
    pub fn new(
        http: Client,
        provider: Provider,
        client: ClientCredentials,
        clock: Clock,
    ) -> Result<Self, OAuthError> {
        for url in [
            Some(&provider.authorize),
            Some(&provider.token),
            provider.revoke.as_ref(),
        ]
        .into_iter()
        .flatten()
        {
            if !is_safe(url) {
                return Err(OAuthError::Unsafe(url.origin().ascii_serialization()));
            }
        }
        Ok(Self {
            http,
            provider,
            client,
            clock,
        })
    }

    /// The OAuth server.
    pub fn provider(&self) -> &Provider {
        &self.provider
    }

    /// Public id of this program.
    pub fn client_id(&self) -> &str {
        &self.client.id
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) async fn exchange(
        &self,
        code: &SecretString,
        redirect: &Url,
        verifier: &SecretString,
    ) -> Result<Tokens, OAuthError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("redirect_uri", redirect.as_str()),
            ("code_verifier", verifier.expose_secret()),
        ];
        let answer: TokenAnswer = self.send(&self.provider.token, &form).await?;
        Ok(answer.tokens(&self.clock, None))
    }

    /// Tokens for this program's own credentials, where the platform's administrator let it in.
    pub async fn enter(&self) -> Result<Tokens, OAuthError> {
        let scope = self.provider.scopes.join(" ");
        let form = [("grant_type", "client_credentials"), ("scope", scope.as_str())];
        let answer: TokenAnswer = self.send(&self.provider.token, &form).await?;
        Ok(answer.tokens(&self.clock, None))
    }

    /// New tokens for old. What the answer leaves away stays as it was.
    pub(crate) async fn refresh(&self, old: &Tokens) -> Result<Tokens, OAuthError> {
        if self.provider.grant == Grant::ClientCredentials {
            return self.enter().await;
        }
        let refresh = old.refresh.as_ref().ok_or(OAuthError::NoRefreshToken)?;
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.expose_secret()),
        ];
        let answer: TokenAnswer = self.send(&self.provider.token, &form).await?;
        Ok(answer.tokens(&self.clock, Some(old)))
    }

    /// Ends the consent at the platform; a platform without such an address is left alone.
    pub async fn revoke(&self, tokens: &Tokens) -> Result<(), OAuthError> {
        let Some(url) = &self.provider.revoke else {
            return Ok(());
        };
        let (token, hint) = match &tokens.refresh {
            Some(refresh) => (refresh, "refresh_token"),
            None => (&tokens.access, "access_token"),
        };
        let form = [("token", token.expose_secret()), ("token_type_hint", hint)];
        self.post(url, &form).await.map(|_| ())
    }

    async fn send<T: for<'de> Deserialize<'de>>(
        &self,
        url: &Url,
        form: &[(&str, &str)],
    ) -> Result<T, OAuthError> {
        let body = self.post(url, form).await?;
        // the parser's message could repeat a token
        serde_json::from_slice(&body).map_err(|_| OAuthError::NotUnderstood("no tokens in it".to_owned()))
    }

    async fn post(&self, url: &Url, form: &[(&str, &str)]) -> Result<Zeroizing<Vec<u8>>, OAuthError> {
        let host = || url.host_str().unwrap_or_default().to_owned();
        let response = self
            .authenticated(url, form)
            .header(reqwest::header::ACCEPT, "application/json")
            .timeout(PATIENCE)
            .send()
            .await
            .map_err(|error| OAuthError::Unreachable {
                host: host(),
                cause: cause(&error),
            })?;
        let status = response.status();
        let body = body(response, LARGEST).await.map_err(|error| match error {
            BodyError::TooLarge => OAuthError::NotUnderstood("it is too large".to_owned()),
            BodyError::Broken(error) => OAuthError::Unreachable {
                host: host(),
                cause: cause(&error),
            },
        })?;
        let body = Zeroizing::new(body);
        if status.is_success() {
            Ok(body)
        } else {
            let own = ("client_secret", self.client.secret.expose_secret());
            Err(refusal(status, &body, &[form, &[own]].concat()))
        }
    }

    fn authenticated(&self, url: &Url, form: &[(&str, &str)]) -> RequestBuilder {
        let mut request = self.http.post(url.clone());
        for (name, value) in &self.provider.headers {
            request = request.header(*name, *value);
        }
        let (id, secret) = (self.client.id.as_str(), self.client.secret.expose_secret());
        match self.provider.authentication {
            ClientAuthentication::Body => {
                let own = [("client_id", id), ("client_secret", secret)];
                request.form(&form.iter().copied().chain(own).collect::<Vec<_>>())
            }
            ClientAuthentication::Basic => {
                // RFC 6749, section 2.3.1: both are form-encoded first
                let encoded =
                    |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                request.basic_auth(encoded(id), Some(encoded(secret))).form(form)
            }
        }
    }
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: SecretString,
    refresh_token: Option<SecretString>,
    expires_in: Option<Value>,
    /// Seconds until the consent ends, however often it is renewed; a word of QuickBooks.
    x_refresh_token_hard_expires_in: Option<Value>,
    scope: Option<String>,
}

/// Seconds, which some servers write as text.
fn seconds(value: Option<Value>) -> Option<i64> {
    value.and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok()))
}

impl TokenAnswer {
    fn tokens(self, clock: &Clock, old: Option<&Tokens>) -> Tokens {
        let now = clock.now();
        let until = |value| seconds(value).map(|seconds| now.plus_seconds(seconds));
        Tokens {
            access: self.access_token,
            issued_at: Some(now),
            refresh: self.refresh_token.or_else(|| old?.refresh.clone()),
            expires_at: until(self.expires_in),
            consent_ends: until(self.x_refresh_token_hard_expires_in).or_else(|| old?.consent_ends),
            scope: self
                .scope
                .or_else(|| Some(old?.scope.clone()))
                .unwrap_or_default(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ErrorAnswer {
    error: String,
    error_description: String,
}

/// The error of RFC 6749, section 5.2, in short words and without what was sent.
fn refusal(status: StatusCode, body: &[u8], sent: &[(&str, &str)]) -> OAuthError {
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return OAuthError::ServerFailed(status.as_u16());
    }
    let answer: ErrorAnswer = serde_json::from_slice(body).unwrap_or_default();
    let mut text = match (answer.error.as_str(), answer.error_description.as_str()) {
        ("", _) => format!("status {}", status.as_u16()),
        (error, "") => error.to_owned(),
        (error, description) => format!("{error}: {description}"),
    };
    for (_, value) in sent
        .iter()
        .filter(|(name, _)| !matches!(*name, "grant_type" | "token_type_hint" | "scope"))
    {
        text = text.replace(value, "…");
    }
    let text = text
        .chars()
        .filter(|letter| !letter.is_control())
        .take(200)
        .collect();
    if answer.error == "invalid_grant" {
        OAuthError::ConsentEnded(text)
    } else {
        OAuthError::Refused(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maan_ledger::Moment;

    #[test]
    fn the_end_of_a_consent_is_kept() {
        let clock = Clock::standing_at(Moment(0));
        let answered = |json: &str| serde_json::from_str::<TokenAnswer>(json).unwrap();
        let first = answered(
            r#"{"access_token":"a","refresh_token":"r","expires_in":3600,"x_refresh_token_hard_expires_in":"157680000"}"#,
        );
        let first = first.tokens(&clock, None);
        assert_eq!(first.expires_at, Some(Moment(3_600_000_000)));
        let ends = Some(Moment(157_680_000_000_000));
        assert_eq!(first.consent_ends, ends);
        let next = answered(r#"{"access_token":"b"}"#).tokens(&clock, Some(&first));
        assert_eq!((next.expires_at, next.consent_ends), (None, ends));
        assert!(next.refresh.is_some());
    }
}
