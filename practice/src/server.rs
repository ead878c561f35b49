//! The wire: what all requests share, and the path of an API request through token, throttle and faults.

use crate::api::{self, Answer, Delivery, Request, webhooks};
use crate::faults::{Fault, Faults, cut_in_half};
use crate::mailbox::Mailbox;
use crate::oauth::{Access, Grants, Lifetimes};
use crate::portfolio::Played;
use crate::throttle::{Counted, Counter, unix_in};
use crate::world::World;
use crate::{Client, Config, control, deliveries, oauth};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get, post};
use chrono::NaiveDateTime;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;

/// Everything that requests share.
pub(crate) struct Shared {
    config: Config,
    base: String,
    client: Mutex<Client>,
    world: Mutex<World>,
    grants: Mutex<Grants>,
    faults: Mutex<Faults>,
    counter: Mutex<Counter>,
    throttle: Mutex<Option<crate::Throttle>>,
    pub(crate) mailbox: Arc<Mailbox>,
    outside: reqwest::Client,
    deliveries: UnboundedSender<Delivery>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(crate) fn new(
        config: Config,
        base: String,
        mailbox: Arc<Mailbox>,
        outside: reqwest::Client,
        deliveries: UnboundedSender<Delivery>,
    ) -> Self {
        let lifetimes = Lifetimes {
            code: config.code_lifetime,
            access_token: config.access_token_lifetime,
        };
        Self {
            base,
            client: Mutex::new(config.client.clone()),
            world: Mutex::new(World::generate(&config.administrations, config.today)),
            grants: Mutex::new(Grants::new(lifetimes)),
            faults: Mutex::default(),
            counter: Mutex::default(),
            throttle: Mutex::new(config.throttle),
            config,
            mailbox,
            outside,
            deliveries,
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    pub(crate) fn client(&self) -> MutexGuard<'_, Client> {
        hold(&self.client)
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        hold(&self.world)
    }

    pub(crate) fn grants(&self) -> MutexGuard<'_, Grants> {
        hold(&self.grants)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        hold(&self.faults)
    }

    pub(crate) fn throttle(&self) -> MutexGuard<'_, Option<crate::Throttle>> {
        hold(&self.throttle)
    }

    pub(crate) fn outside(&self) -> &reqwest::Client {
        &self.outside
    }

    /// Changes the world and sends what webhooks want to know of it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.world();
        let outcome = change(&mut world);
        for delivery in world.take_deliveries() {
            // the receiver is gone only while stopping
            let _ = self.deliveries.send(delivery);
        }
        outcome
    }

    /// Lets debtors read their mail and plays up to a moment.
    pub(crate) fn play_until(&self, moment: NaiveDateTime) -> Vec<Played> {
        let mails = self.mailbox.log().take_unread();
        let played = self.change(|world| world.play_until(moment, mails));
        self.mailbox.set_today(self.world().now().date());
        played
    }
}

/// The end of an answer does not wait until the client has acknowledged its beginning.
pub(crate) fn answer_at_once(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection answers slowly");
    }
}

/// All routes. Every answer carries a header that says what this is.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(root))
        .route("/oauth/authorize", get(oauth::authorize).post(oauth::decide))
        .route("/oauth/token", post(oauth::token))
        .route("/oauth/revoke", post(oauth::revoke))
        .route("/api/v2/{*path}", any(serve_api))
        .merge(control::routes())
        .fallback(|| async { wire(Answer::error(StatusCode::NOT_FOUND, "Not found")) })
        .layer(DefaultBodyLimit::max(2_000_000))
        .layer(axum::middleware::map_response(mark))
        .with_state(shared)
}

async fn mark(mut response: Response) -> Response {
    let honest = HeaderValue::from_static("practice server, fictional debtors, no bookkeeping of anyone");
    response.headers_mut().insert("x-practice-administration", honest);
    response
}

async fn root(State(shared): State<Arc<Shared>>) -> Html<String> {
    let today = shared.world().now();
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Practice administration</title></head><body>\
         <h1>A practice administration</h1>\
         <p>This server speaks the API of an accounting platform. It is not that platform, nor connected to it: all \
         debtors, invoices and payments are fictional and made from a seed. Mail sent to its mailbox reaches nobody.</p>\
         <p>Its clock stands at {today} UTC. API: <code>/api/v2</code>, authorization: <code>/oauth</code>, \
         control: <a href=\"/practice\">/practice</a>.</p></body></html>"
    ))
}

async fn serve_api(
    State(shared): State<Arc<Shared>>,
    method: Method,
    Path(_): Path<String>,
    uri: axum::http::Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(access) = bearer(&headers).and_then(|token| shared.grants().access(token, Instant::now()))
    else {
        return unauthorized();
    };
    let fault = shared.faults().take();
    let throttle = *shared.throttle();
    let counted =
        throttle.map(|throttle| hold(&shared.counter).count(access.grant, throttle, Instant::now()));
    let mut answer = match (fault, counted) {
        (Some(Fault::TooManyRequests { retry_after }), _) => throttled(Duration::from_secs(retry_after)),
        (_, Some(counted)) if !counted.allowed => throttled(counted.resets_in),
        (Some(Fault::ServerError), _) => {
            return wire(Answer::error(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Internal server error",
            ));
        }
        (Some(Fault::Unavailable), _) => {
            return wire(Answer::error(
                StatusCode::SERVICE_UNAVAILABLE,
                "Service unavailable",
            ));
        }
        _ => {
            handle(
                &shared,
                &access,
                method,
                &uri,
                query.as_deref().unwrap_or_default(),
                &body,
            )
            .await
        }
    };
    if let Some(counted) = counted {
        answer.headers.extend(limits(&counted));
    }
    match fault {
        Some(Fault::CutBody) => cut_in_half(
            answer.status,
            &answer.body.map(|body| body.to_string()).unwrap_or_default(),
        ),
        Some(Fault::Slow { millis }) => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            wire(answer)
        }
        _ => wire(answer),
    }
}

async fn handle(
    shared: &Shared,
    access: &Access,
    method: Method,
    uri: &axum::http::Uri,
    query: &str,
    body: &Bytes,
) -> Answer {
    let body: Value = if body.is_empty() {
        json!({})
    } else {
        match serde_json::from_slice(body) {
            Ok(body) => body,
            Err(_) => return Answer::error(StatusCode::BAD_REQUEST, "The body is not JSON"),
        }
    };
    let path = uri.path().strip_prefix("/api/v2/").unwrap_or_default();
    let Some(request) = Request::new(method, path, query, body, shared.base()) else {
        return Answer::error(
            StatusCode::NOT_ACCEPTABLE,
            "The practice administration speaks JSON only",
        );
    };
    let answer = shared.change(|world| api::answer(world, access, &request));
    if answer.status == StatusCode::CREATED && request.path.last().is_some_and(|last| last == "webhooks") {
        return tried(shared, answer).await;
    }
    answer
}

/// A new webhook stays only if its URL answers the first message with 200.
async fn tried(shared: &Shared, answer: Answer) -> Answer {
    let field = |name: &str| -> Option<u64> { answer.body.as_ref()?.get(name)?.as_str()?.parse().ok() };
    let (administration, id) = (field("administration_id").unwrap_or(0), field("id").unwrap_or(0));
    let trial = {
        let mut world = shared.world();
        world.administration(administration).and_then(|one| {
            let webhook = one.webhooks.iter().find(|webhook| webhook.id == id)?;
            Some(webhooks::trial(one, webhook))
        })
    };
    match trial {
        Some(trial) if !deliveries::send(shared, &trial).await => {
            if let Some(one) = shared.world().administration(administration) {
                one.webhooks.retain(|webhook| webhook.id != id);
                one.portfolio.watched = !one.webhooks.is_empty();
            }
            Answer {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                headers: Vec::new(),
                body: Some(json!({
                    "error": { "url": ["did not answer with status 200"] },
                    "details": { "url": [{ "error": "unreachable" }] },
                })),
            }
        }
        _ => answer,
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

fn unauthorized() -> Response {
    let answer = Answer::error(
        StatusCode::UNAUTHORIZED,
        "The access token is missing, unknown, expired or revoked",
    );
    let mut response = wire(answer);
    let challenge = HeaderValue::from_static("Bearer realm=\"practice\", error=\"invalid_token\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    response
}

/// The specification gives both reset headers as Unix time.
fn throttled(resets_in: Duration) -> Answer {
    let mut answer = Answer {
        status: StatusCode::TOO_MANY_REQUESTS,
        ..Answer::ok(json!("Retry later"))
    };
    answer
        .headers
        .push(("retry-after", unix_in(resets_in).to_string()));
    answer
}

fn limits(counted: &Counted) -> [(&'static str, String); 3] {
    [
        ("ratelimit-limit", counted.limit.to_string()),
        ("ratelimit-remaining", counted.remaining.to_string()),
        ("ratelimit-reset", unix_in(counted.resets_in).to_string()),
    ]
}

fn wire(answer: Answer) -> Response {
    let mut response = match answer.body {
        Some(body) => (answer.status, axum::Json(body)).into_response(),
        None => answer.status.into_response(),
    };
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
    }
    response
}
