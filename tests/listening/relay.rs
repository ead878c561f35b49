//! The web server in front of a listener: passes messages on without the beginning of their path, and remembers them.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::post;

/// A message as it came.
#[derive(Clone, Debug)]
pub(crate) struct Passed {
    pub(crate) path: String,
    pub(crate) signature: String,
    pub(crate) body: Vec<u8>,
}

/// The web server.
#[derive(Clone)]
pub(crate) struct Relay {
    pub(crate) public: String,
    to: u16,
    passed: Arc<Mutex<Vec<Passed>>>,
}

const SIGNATURE: &str = "moneybird-signature";

impl Relay {
    /// Passes on to a port of this machine.
    pub(crate) async fn start(to: u16) -> Self {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)));
        let listener = listener.await.unwrap();
        let relay = Self {
            public: format!("http://{}/some/hooks", listener.local_addr().unwrap()),
            to,
            passed: Arc::default(),
        };
        let app = Router::new()
            .route("/some/hooks/{path}", post(pass_on))
            .with_state(relay.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        relay
    }

    /// What came so far.
    pub(crate) fn passed(&self) -> Vec<Passed> {
        self.passed.lock().unwrap().clone()
    }

    /// Sends a message to the listener.
    pub(crate) async fn send(&self, path: &str, signature: &str, body: Vec<u8>) -> u16 {
        let url = format!("http://127.0.0.1:{}/{path}", self.to);
        let sent = reqwest::Client::new()
            .post(url)
            .header(SIGNATURE, signature)
            .body(body)
            .send()
            .await;
        sent.map_or(502, |answer| answer.status().as_u16())
    }
}

async fn pass_on(State(relay): State<Relay>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let signature = headers
        .get(SIGNATURE)
        .map(|value| value.to_str().unwrap().to_owned());
    let passed = Passed {
        path: uri.path().rsplit('/').next().unwrap().to_owned(),
        signature: signature.unwrap_or_default(),
        body: body.to_vec(),
    };
    relay.passed.lock().unwrap().push(passed.clone());
    let status = relay.send(&passed.path, &passed.signature, passed.body).await;
    StatusCode::from_u16(status).unwrap().into_response()
}
