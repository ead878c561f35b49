//! Between a connector and Prism.
//!
//! What is asked goes on as it came, without the part of the address that Prism does not know; what Prism answers comes
//! back as it is. Chosen here is whether it answers with examples or makes answers up, and from which seed. Only Xero's
//! connections, which are in no specification at hand, are answered by the relay itself.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST};
use serde_json::json;
use tokio::task::JoinHandle;

/// The id of the tenant of the relay's own connection.
const TENANT: &str = "45e4708e-d862-4111-ab3a-dd8cd03913e1";

/// So many seeds are tried for an answer.
const SEEDS: usize = 20;

#[derive(Clone, Copy)]
enum Answers {
    /// The specification's own examples.
    Examples,
    /// Made up from the schemas, each answer from another seed; the next one.
    MadeUp(u64),
}

struct Shared {
    prism: String,
    common: &'static str,
    client: reqwest::Client,
    inside: Mutex<Inside>,
}

struct Inside {
    answers: Answers,
    asked: Vec<String>,
    refused: Vec<String>,
}

/// A relay on this machine, which ends with the test.
pub(super) struct Relay {
    pub(super) base: String,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

impl Relay {
    /// A relay to a mock of a platform whose addresses have a part in common that its specification leaves out.
    pub(super) async fn to(prism: String, common: &'static str) -> Self {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)));
        let listener = listener.await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            prism,
            common,
            client: reqwest::Client::new(),
            inside: Mutex::new(Inside {
                answers: Answers::Examples,
                asked: Vec::new(),
                refused: Vec::new(),
            }),
        });
        let app = Router::new().fallback(pass_on).with_state(shared.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self {
            base,
            shared,
            serving,
        }
    }

    /// From now on answers are made up.
    pub(super) fn make_up(&self, seed: u64) {
        self.shared.inside.lock().unwrap().answers = Answers::MadeUp(seed);
    }

    /// What was asked since the last time.
    pub(super) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.inside.lock().unwrap().asked)
    }

    /// What was asked against the specification since the last time, with what Prism says of it.
    pub(super) fn refused(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.inside.lock().unwrap().refused)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn pass_on(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    mut headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = format!("{method} {uri}");
    shared.inside.lock().unwrap().asked.push(asked.clone());
    if uri.path() == "/connections" {
        let connection = json!({
            "id": "e1eede29-f875-4a5d-8470-17f6a29a88b1", "tenantId": TENANT, "tenantType": "ORGANISATION",
            "tenantName": "Example",
        });
        return axum::Json(json!([connection])).into_response();
    }
    let path = uri.path_and_query().unwrap().as_str();
    let path = path.strip_prefix(shared.common).unwrap_or(path);
    headers.remove(HOST);
    headers.remove(CONTENT_LENGTH);
    for attempt in 1..=SEEDS {
        if let Some(prefer) = shared.preferred() {
            headers.insert("prefer", prefer.parse().unwrap());
        }
        let call = shared
            .client
            .request(method.clone(), format!("{}{path}", shared.prism));
        let call = call.headers(headers.clone()).body(body.clone());
        let answer = call.send().await.unwrap();
        let (status, media) = (answer.status(), answer.headers().get(CONTENT_TYPE).cloned());
        // from some seeds Prism fails to make up an answer
        if status.is_server_error() && headers.contains_key("prefer") && attempt < SEEDS {
            continue;
        }
        let text = answer.text().await.unwrap();
        if !status.is_success() {
            let mut inside = shared.inside.lock().unwrap();
            inside.refused.push(format!("{asked}: {status} {text}"));
        }
        let mut response = (status, text).into_response();
        response
            .headers_mut()
            .extend(media.map(|media| (CONTENT_TYPE, media)));
        return response;
    }
    StatusCode::BAD_GATEWAY.into_response()
}

impl Shared {
    /// Which kind of answer is wanted; none for an example.
    fn preferred(&self) -> Option<String> {
        match &mut self.inside.lock().unwrap().answers {
            Answers::Examples => None,
            Answers::MadeUp(seed) => {
                *seed += 1;
                Some(format!("dynamic=true, seed={seed}"))
            }
        }
    }
}
