use std::time::Duration;

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, REFERRER_POLICY};
use axum::response::{Html, IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use url::Url;

use super::{Authorization, OAuthError};

/// Waits on this machine for the one answer of a sign-in.
#[derive(Debug)]
pub struct RedirectListener {
    listener: TcpListener,
    redirect: Url,
}

/// A request that came in, and the page it waits for.
type Visit = (String, oneshot::Sender<(StatusCode, &'static str)>);

const ARRIVED: &str = "The answer has arrived. You can close this window and go on where you started.";
const DENIED: &str = "No access was given, nothing was connected. You can close this window.";
const FOREIGN: &str =
    "This does not belong to the sign-in that is waiting here. Go back to the newest sign-in page.";
const LATE: &str = "Nothing is waiting for an answer here any more. You can close this window.";

impl RedirectListener {
    /// Listens on `127.0.0.1`. Port 0 takes a free one, for platforms that allow any port; `path` is as registered.
    pub async fn bind(port: u16, path: &str) -> Result<Self, OAuthError> {
        let fail = |cause: String| OAuthError::CannotListen {
            address: format!("127.0.0.1:{port}{path}"),
            cause,
        };
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .map_err(|error| fail(error.to_string()))?;
        let port = listener
            .local_addr()
            .map_err(|error| fail(error.to_string()))?
            .port();
        let redirect = Url::parse(&format!("http://127.0.0.1:{port}"))
            .and_then(|base| base.join(path))
            .map_err(|error| fail(error.to_string()))?;
        Ok(Self { listener, redirect })
    }

    /// The address to register with the platform and to begin the sign-in with.
    pub fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// The answer that belongs to a sign-in, as [`Authorization::finish`] takes it. What others send to this port
    /// is refused and does not end the waiting.
    pub async fn answer(
        self,
        authorization: &Authorization,
        issuer: Option<&str>,
        patience: Duration,
    ) -> Result<String, OAuthError> {
        let (visits, mut visited) = mpsc::channel(8);
        let (stop, stopped) = oneshot::channel::<()>();
        let pages = Router::new().fallback(page).with_state(visits);
        let server = axum::serve(self.listener, pages).with_graceful_shutdown(async move {
            // a dropped sender stops as well
            let _ = stopped.await;
        });
        let serving = tokio::spawn(async move { server.await });
        let own = own_answer(&self.redirect, authorization, issuer, &mut visited);
        let answer = tokio::time::timeout(patience, own).await;
        drop((visited, stop));
        // the page is sent whole; a browser that keeps its connection open is not waited for
        let _ = tokio::time::timeout(Duration::from_secs(1), serving).await;
        answer.unwrap_or(Err(OAuthError::NoAnswer(patience.as_secs())))
    }
}

async fn own_answer(
    redirect: &Url,
    authorization: &Authorization,
    issuer: Option<&str>,
    visited: &mut mpsc::Receiver<Visit>,
) -> Result<String, OAuthError> {
    while let Some((uri, shown)) = visited.recv().await {
        let checked = redirect
            .join(&uri)
            .map_err(|_| OAuthError::OtherRedirect)
            .and_then(|url| {
                authorization.code(&url, issuer)?;
                Ok(url.into())
            });
        // a visitor who has left needs no page
        match checked {
            Ok(url) => {
                let _ = shown.send((StatusCode::OK, ARRIVED));
                return Ok(url);
            }
            Err(error @ OAuthError::Denied(_)) => {
                let _ = shown.send((StatusCode::OK, DENIED));
                return Err(error);
            }
            Err(_) => {
                let _ = shown.send((StatusCode::BAD_REQUEST, FOREIGN));
            }
        }
    }
    Err(OAuthError::Incomplete("code"))
}

async fn page(State(visits): State<mpsc::Sender<Visit>>, OriginalUri(uri): OriginalUri) -> Response {
    let (shown, show) = oneshot::channel();
    let (status, text) = match visits.send((uri.to_string(), shown)).await {
        Ok(()) => show.await.unwrap_or((StatusCode::GONE, LATE)),
        Err(_) => (StatusCode::GONE, LATE),
    };
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>maan</title></head>\
         <body><p>{text}</p></body></html>"
    );
    (
        status,
        [(CACHE_CONTROL, "no-store"), (REFERRER_POLICY, "no-referrer")],
        Html(page),
    )
        .into_response()
}
