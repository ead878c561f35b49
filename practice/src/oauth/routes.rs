//! The endpoints: authorize, token and revoke.

use super::grants::{Asked, Refusal, Tokens};
use super::{Scope, page};
use crate::server::Shared;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;

/// Parameters of a query or form. A parameter must not come twice, except the chosen administrations.
struct Params(Vec<(String, String)>);

impl Params {
    fn read(text: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(text).into_owned().collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut found = self
            .0
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str());
        found
            .next()
            .filter(|value| !value.is_empty() && found.next().is_none())
    }
}

/// Checks a request for authorization and shows the consent page.
pub(crate) async fn authorize(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let params = Params::read(query.unwrap_or_default().as_bytes());
    let client = shared.client();
    if params.get("client_id") != Some(client.id.as_str()) {
        return refuse("client_id is not known here.");
    }
    let Some(redirect_uri) = params
        .get("redirect_uri")
        .filter(|uri| client.redirect_uris.iter().any(|known| known == uri))
    else {
        return refuse("redirect_uri is not exactly one of those registered for this client.");
    };
    let state = params.get("state").map(str::to_owned);
    let fail = |error: &str, description: &str| {
        redirect(
            redirect_uri,
            &[
                ("error", Some(error)),
                ("error_description", Some(description)),
                ("state", state.as_deref()),
            ],
        )
    };
    if params.get("response_type") != Some("code") {
        return fail("unsupported_response_type", "response_type must be code");
    }
    if params.get("code_challenge_method") != Some("S256") {
        return fail(
            "invalid_request",
            "PKCE is required: code_challenge_method must be S256",
        );
    }
    let Some(challenge) = params
        .get("code_challenge")
        .filter(|challenge| challenge.len() == 43)
    else {
        return fail(
            "invalid_request",
            "PKCE is required: code_challenge must be 43 characters of base64url",
        );
    };
    let Some(scopes) = Scope::list(params.get("scope")) else {
        return fail("invalid_scope", "scope holds an unknown word");
    };
    let asked = Asked {
        redirect_uri: redirect_uri.to_owned(),
        state: state.clone(),
        scopes: scopes.clone(),
        challenge: challenge.to_owned(),
    };
    let ticket = shared.grants().ask(asked);
    let world = shared.world();
    let names: Vec<(u64, &str)> = world
        .administrations
        .iter()
        .map(|one| (one.portfolio.id, one.name.as_str()))
        .collect();
    let mut response = Html(page::consent(&client.id, &ticket, &scopes, &names)).into_response();
    if let Ok(ticket) = HeaderValue::from_str(&ticket) {
        // for clients without a browser, so that they need not read HTML
        response.headers_mut().insert("x-practice-consent", ticket);
    }
    response
}

/// Takes the user's decision and sends the browser back to the client.
pub(crate) async fn decide(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let params = Params::read(&body);
    let Some(asked) = params
        .get("consent")
        .and_then(|ticket| shared.grants().asked(ticket))
    else {
        return refuse("This consent form was sent before or is not known: start again at the application.");
    };
    let (redirect_uri, state) = (asked.redirect_uri.clone(), asked.state.clone());
    if params.get("decision") != Some("allow") {
        return redirect(
            &redirect_uri,
            &[("error", Some("access_denied")), ("state", state.as_deref())],
        );
    }
    let known: Vec<u64> = shared
        .world()
        .administrations
        .iter()
        .map(|one| one.portfolio.id)
        .collect();
    let chosen: Vec<u64> = params
        .0
        .iter()
        .filter(|(key, _)| key.trim_end_matches("[]") == "administration_ids")
        .filter_map(|(_, id)| id.parse().ok())
        .collect();
    // a client without a browser may leave the choice away and gets all
    let chosen = if chosen.is_empty() {
        known
    } else {
        known.into_iter().filter(|id| chosen.contains(id)).collect()
    };
    let code = shared.grants().allow(asked, chosen, Instant::now());
    redirect(
        &redirect_uri,
        &[("code", Some(&code)), ("state", state.as_deref())],
    )
}

/// Exchanges a code or a refresh token for tokens.
pub(crate) async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let params = Params::read(&body);
    if !authenticated(&shared, &headers, &params) {
        return wrong_client();
    }
    let now = Instant::now();
    let (issued, renewed) = match params.get("grant_type") {
        Some("authorization_code") => {
            let (Some(code), Some(redirect), Some(verifier)) = (
                params.get("code"),
                params.get("redirect_uri"),
                params.get("code_verifier"),
            ) else {
                return token_error(
                    "invalid_request",
                    "code, redirect_uri and code_verifier are required",
                );
            };
            (shared.grants().exchange(code, redirect, verifier, now), false)
        }
        Some("refresh_token") => {
            let Some(refresh) = params.get("refresh_token") else {
                return token_error("invalid_request", "refresh_token is required");
            };
            (shared.grants().renew(refresh, now), true)
        }
        _ => {
            return token_error(
                "unsupported_grant_type",
                "grant_type must be authorization_code or refresh_token",
            );
        }
    };
    match issued {
        Ok(_) if renewed && shared.faults().lose_refresh() => crate::faults::lost(),
        Ok(tokens) => token_answer(&tokens),
        Err(refusal) => refused(refusal),
    }
}

/// Ends the grant of a token.
pub(crate) async fn revoke(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let params = Params::read(&body);
    if !authenticated(&shared, &headers, &params) {
        return wrong_client();
    }
    let Some(token) = params.get("token") else {
        return token_error("invalid_request", "token is required");
    };
    shared.grants().revoke(token);
    Json(json!({})).into_response()
}

/// Client id and secret from HTTP Basic or from the form.
fn authenticated(shared: &Shared, headers: &HeaderMap, params: &Params) -> bool {
    let basic = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Basic "))
        .and_then(|encoded| String::from_utf8(STANDARD.decode(encoded).ok()?).ok());
    let (id, secret) = match basic.as_deref().and_then(|pair| pair.split_once(':')) {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (params.get("client_id"), params.get("client_secret")),
    };
    let client = shared.client();
    id == Some(client.id.as_str()) && secret == Some(client.secret.as_str())
}

fn token_answer(tokens: &Tokens) -> Response {
    let scopes: Vec<&str> = tokens.scopes.iter().map(|scope| scope.word()).collect();
    let body = json!({
        "access_token": tokens.access,
        "token_type": "bearer",
        "expires_in": tokens.expires_in.as_secs(),
        "refresh_token": tokens.refresh,
        "scope": scopes.join(" "),
        "created_at": chrono::Utc::now().timestamp(),
    });
    ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

fn refused(refusal: Refusal) -> Response {
    token_error("invalid_grant", &refusal.to_string())
}

fn token_error(error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    (
        StatusCode::BAD_REQUEST,
        [(header::CACHE_CONTROL, "no-store")],
        Json(body),
    )
        .into_response()
}

fn wrong_client() -> Response {
    let body = json!({ "error": "invalid_client", "error_description": "client id or secret is wrong" });
    (
        StatusCode::UNAUTHORIZED,
        [(header::WWW_AUTHENTICATE, "Basic realm=\"practice\"")],
        Json(body),
    )
        .into_response()
}

fn refuse(message: &str) -> Response {
    (StatusCode::BAD_REQUEST, Html(page::error(message))).into_response()
}

fn redirect(uri: &str, params: &[(&str, Option<&str>)]) -> Response {
    let Ok(mut uri) = url::Url::parse(uri) else {
        return refuse("The registered redirect_uri is not a URL.");
    };
    uri.query_pairs_mut().extend_pairs(
        params
            .iter()
            .filter_map(|(key, value)| value.map(|value| (key, value))),
    );
    (StatusCode::FOUND, [(header::LOCATION, uri.to_string())]).into_response()
}
