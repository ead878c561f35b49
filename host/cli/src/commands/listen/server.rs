//! The HTTP side: what comes is small, comes soon, and is answered at once; reading follows afterwards.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use maan_connectors::webhook::Message;
use maan_followup::{Answered, Board};
use maan_ledger::Clock;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// Largest message, in bytes; platforms send some kilobytes.
const LARGEST: usize = 1024 * 1024;
/// How long the headers of a message may take, and how long a connection may be idle.
const HEADERS: Duration = Duration::from_secs(10);
/// How long the body may take after them.
const BODY: Duration = Duration::from_secs(10);
/// Most connections at once; others wait until one ends.
const AT_ONCE: usize = 256;
/// How long a message in progress may take when the program stops.
const GRACE: Duration = Duration::from_secs(5);

/// Takes messages until it is to stop; those that are being answered then are answered.
pub(super) async fn serve(socket: TcpListener, board: Arc<Board>, until: impl Future<Output = ()>) {
    let app = Router::new().fallback(take).with_state(board);
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let (stop, stopped) = watch::channel(false);
    let mut open = JoinSet::new();
    tokio::pin!(until);
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            (place, socket.accept().await)
        };
        tokio::select! {
            () = &mut until => break,
            Some(_) = open.join_next() => {}
            (place, accepted) = next => match accepted {
                Ok((stream, _)) => {
                    let talk = talk(stream, app.clone(), stopped.clone());
                    open.spawn(async move {
                        talk.await;
                        drop(place);
                    });
                }
                Err(error) => {
                    // there are too many open files, or the caller is gone
                    tracing::warn!(%error, "a message could not be taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
        }
    }
    drop(socket);
    stop.send_replace(true);
    let all = async { while open.join_next().await.is_some() {} };
    // whoever is slower sends it again
    drop(tokio::time::timeout(GRACE, all).await);
}

/// One connection of a caller.
async fn talk(stream: TcpStream, app: Router, mut stopped: watch::Receiver<bool>) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app));
    tokio::pin!(connection);
    let stop = async {
        drop(stopped.wait_for(|stopped| *stopped).await);
    };
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = stop => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a caller broke off");
    }
}

/// A message. Only the last step of the address counts, so that a web server may cut off what is before it.
async fn take(State(board): State<Arc<Board>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().rsplit('/').next().unwrap_or_default();
    if !board.knows(path) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if parts.method != Method::POST {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")]).into_response();
    }
    let body = match tokio::time::timeout(BODY, whole(body)).await {
        Ok(Ok(body)) => body,
        Ok(Err(status)) => return status.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let message = Message {
        headers: &parts.headers,
        query: parts.uri.query().unwrap_or_default(),
        body: &body,
    };
    match board.hear(path, &message, Clock::System.now()) {
        Answered::Trial(word) => (
            [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ],
            word,
        )
            .into_response(),
        Answered::Taken => StatusCode::OK.into_response(),
        Answered::Refused(error) => {
            tracing::warn!("{error}");
            StatusCode::UNAUTHORIZED.into_response()
        }
        Answered::NoSecret => {
            tracing::warn!("a message came whose secret is not known; tell it with --secret-file");
            StatusCode::UNAUTHORIZED.into_response()
        }
        Answered::Nobody => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The whole body, or why it is not taken.
async fn whole(body: Body) -> Result<axum::body::Bytes, StatusCode> {
    to_bytes(body, LARGEST).await.map_err(|error| {
        let too_large = std::error::Error::source(&error)
            .is_some_and(|source| source.to_string().contains("length limit"));
        match too_large {
            true => StatusCode::PAYLOAD_TOO_LARGE,
            false => StatusCode::BAD_REQUEST,
        }
    })
}
