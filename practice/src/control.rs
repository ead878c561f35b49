//! Control over the practice server, outside the platform's API: the clock, what debtors do, the mailbox, faults.
//!
//! | request | does |
//! |---|---|
//! | `GET /practice` | clock, administrations with counts, showcase debtors, mails |
//! | `POST /practice/advance {"to": "2026-12-01"}` | plays the days up to that day, or to a moment `2026-12-01T15:00:00` |
//! | `POST /practice/pay {"sales_invoice_id", "minutes_ago"}` | a debtor pays an invoice in full |
//! | `POST /practice/call {"contact_id", "sales_invoice_ids", "level", "channel", "plan"}` | a debtor is reached otherwise than by mail |
//! | `GET /practice/debtors/{administration_id}` | contact ids with their hidden characters |
//! | `GET /practice/mailbox?to=&after=` · `GET /practice/mailbox/{n}` | mails without and with their text |
//! | `POST /practice/faults {"fault": "cut_body", "count": 2}` · `DELETE /practice/faults` | the next API requests fail |
//! | `POST /practice/mail_faults {"fault": "cut_after_data", "stored": true, "count": 1}` | the next mails fail |
//! | `POST /practice/oauth {"do": "expire_access_tokens"}` | also `revoke_grants`, `lose_refreshes` |
//! | `POST /practice/throttle {"requests": 5, "window_seconds": 2}` · `DELETE /practice/throttle` | sets or lifts the throttle |
//! | `POST /practice/redirect_uris {"redirect_uri"}` | registers a redirect URI for the client |

use crate::faults::Fault;
use crate::mailbox::{Mail, MailFault};
use crate::server::Shared;
use crate::status::{Status, status};
use crate::throttle::Throttle;
use crate::{Channel, Contacted, Level, Played, PracticeError, actions};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

type App = State<Arc<Shared>>;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/practice", get(show))
        .route("/practice/advance", post(advance))
        .route("/practice/pay", post(pay))
        .route("/practice/call", post(call))
        .route("/practice/debtors/{administration}", get(debtors))
        .route("/practice/mailbox", get(mailbox))
        .route("/practice/mailbox/{place}", get(mail))
        .route("/practice/faults", post(fail).delete(heal))
        .route("/practice/mail_faults", post(fail_mail))
        .route("/practice/oauth", post(disturb))
        .route("/practice/throttle", post(throttle).delete(lift))
        .route("/practice/redirect_uris", post(register))
}

impl IntoResponse for PracticeError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Unknown { .. } => StatusCode::NOT_FOUND,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}

async fn show(State(shared): App) -> Json<Status> {
    Json(status(&shared))
}

#[derive(Deserialize)]
struct Advance {
    to: String,
}

#[derive(Serialize)]
struct Advanced {
    now: NaiveDateTime,
    administrations: Vec<Played>,
}

async fn advance(State(shared): App, Json(asked): Json<Advance>) -> Result<Json<Advanced>, PracticeError> {
    let moment = moment(&asked.to).ok_or_else(|| PracticeError::NotAMoment(asked.to.clone()))?;
    // weeks of play would hold up the other requests of this thread
    let played = tokio::task::spawn_blocking(move || {
        let administrations = actions::advance(&shared, moment)?;
        Ok(Json(Advanced {
            now: shared.world().now(),
            administrations,
        }))
    });
    played.await.unwrap_or(Err(PracticeError::Stopped))
}

fn moment(text: &str) -> Option<NaiveDateTime> {
    let day = text
        .parse::<NaiveDate>()
        .ok()
        .and_then(|day| day.and_hms_opt(8, 0, 0));
    day.or_else(|| text.trim_end_matches('Z').parse().ok())
}

#[derive(Deserialize)]
struct Pay {
    sales_invoice_id: String,
    #[serde(default = "an_hour")]
    minutes_ago: u32,
}

fn an_hour() -> u32 {
    60
}

async fn pay(State(shared): App, Json(asked): Json<Pay>) -> Result<Json<Value>, PracticeError> {
    let cents = actions::pay(&shared, &asked.sales_invoice_id, asked.minutes_ago)?;
    Ok(Json(json!({ "cents": cents })))
}

#[derive(Deserialize)]
struct Call {
    contact_id: String,
    #[serde(default)]
    sales_invoice_ids: Vec<String>,
    #[serde(default = "reminder")]
    level: Level,
    #[serde(default = "by_telephone")]
    channel: Channel,
    #[serde(default)]
    plan: bool,
}

fn reminder() -> Level {
    Level::Reminder
}

fn by_telephone() -> Channel {
    Channel::Call
}

async fn call(State(shared): App, Json(asked): Json<Call>) -> Result<StatusCode, PracticeError> {
    let Call {
        contact_id,
        sales_invoice_ids,
        level,
        channel,
        plan,
    } = asked;
    actions::contacted(
        &shared,
        &Contacted {
            contact_id,
            sales_invoice_ids,
            level,
            channel,
            plan,
        },
    )?;
    Ok(StatusCode::NO_CONTENT)
}

async fn debtors(
    State(shared): App,
    Path(administration): Path<String>,
) -> Result<Json<Value>, PracticeError> {
    let characters = actions::characters(&shared, &administration)?;
    let list = characters
        .into_iter()
        .map(|(id, character)| json!({ "contact_id": id, "character": character }));
    Ok(Json(list.collect()))
}

#[derive(Deserialize)]
struct Wanted {
    to: Option<String>,
    #[serde(default)]
    after: usize,
}

async fn mailbox(State(shared): App, Query(wanted): Query<Wanted>) -> Json<Value> {
    let log = shared.mailbox.log();
    let fits = |mail: &Mail| {
        wanted
            .to
            .as_ref()
            .is_none_or(|to| mail.to.iter().any(|one| one.eq_ignore_ascii_case(to)))
    };
    let mails = log
        .mails()
        .iter()
        .enumerate()
        .skip(wanted.after)
        .filter(|(_, mail)| fits(mail));
    let line = |(place, mail): (usize, &Mail)| {
        json!({
            "place": place,
            "received": mail.received,
            "day": mail.day,
            "message_id": mail.message_id,
            "from": mail.from,
            "to": mail.to,
            "subject": mail.subject,
        })
    };
    Json(mails.map(line).collect())
}

async fn mail(State(shared): App, Path(place): Path<usize>) -> Result<Json<Value>, PracticeError> {
    let log = shared.mailbox.log();
    let mail = log
        .mails()
        .get(place)
        .ok_or_else(|| PracticeError::unknown("mail", &place.to_string()))?;
    let mut shown = serde_json::to_value(mail).unwrap_or_default();
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("text".to_owned(), json!(mail.text()));
    }
    Ok(Json(shown))
}

#[derive(Deserialize)]
struct Counted<T> {
    #[serde(default = "once")]
    count: usize,
    #[serde(flatten)]
    what: T,
}

fn once() -> usize {
    1
}

async fn fail(State(shared): App, Json(asked): Json<Counted<Fault>>) -> StatusCode {
    shared.faults().push(asked.count, asked.what);
    StatusCode::NO_CONTENT
}

async fn heal(State(shared): App) -> StatusCode {
    shared.faults().clear();
    shared.mailbox.faults().clear();
    StatusCode::NO_CONTENT
}

async fn fail_mail(State(shared): App, Json(asked): Json<Counted<MailFault>>) -> StatusCode {
    shared
        .mailbox
        .faults()
        .extend(std::iter::repeat_n(asked.what, asked.count));
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
enum Disturb {
    ExpireAccessTokens,
    RevokeGrants,
    LoseRefreshes,
}

async fn disturb(State(shared): App, Json(asked): Json<Counted<Disturb>>) -> StatusCode {
    match asked.what {
        Disturb::ExpireAccessTokens => shared.grants().expire_access_tokens(),
        Disturb::RevokeGrants => shared.grants().revoke_all(),
        Disturb::LoseRefreshes => shared.faults().lose_refreshes(asked.count),
    }
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Limit {
    requests: u32,
    window_seconds: u64,
}

async fn throttle(State(shared): App, Json(limit): Json<Limit>) -> StatusCode {
    let window = Duration::from_secs(limit.window_seconds);
    *shared.throttle() = Some(Throttle {
        requests: limit.requests,
        window,
    });
    StatusCode::NO_CONTENT
}

async fn lift(State(shared): App) -> StatusCode {
    *shared.throttle() = None;
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Redirect {
    redirect_uri: String,
}

async fn register(State(shared): App, Json(asked): Json<Redirect>) -> StatusCode {
    shared.client().redirect_uris.push(asked.redirect_uri);
    StatusCode::NO_CONTENT
}
