//! A small practice server and a client that went through the real authorization.

use crate::spec;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maan_practice::{AdministrationConfig, Config, Practice};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub(crate) const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-0123";
pub(crate) const ALL_SCOPES: &str = "sales_invoices documents estimates bank time_entries settings";

/// A practice server with a folder of its own.
pub(crate) struct Server {
    pub(crate) practice: Practice,
    pub(crate) folder: TempDir,
}

pub(crate) fn config(folder: &TempDir, debtors: usize) -> Config {
    let administration = |name: &str, country: &str, seed| AdministrationConfig {
        name: name.to_owned(),
        country: country.to_owned(),
        seed,
        debtors,
    };
    Config {
        administrations: vec![
            administration("Noord", "NL", 11),
            administration("Zuid", "BE", 12),
        ],
        throttle: None,
        mailbox_log: folder.path().join("mailbox.jsonl"),
        ..Config::default()
    }
}

pub(crate) async fn start(debtors: usize) -> Server {
    start_with(debtors, |_| {}).await
}

pub(crate) async fn start_with(debtors: usize, adjust: impl FnOnce(&mut Config)) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&folder, debtors);
    adjust(&mut config);
    Server {
        practice: Practice::start(config).await.unwrap(),
        folder,
    }
}

pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

pub(crate) fn browser() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

impl Server {
    pub(crate) fn redirect_uri(&self) -> String {
        self.practice.client().redirect_uris[0].clone()
    }

    /// A good authorization request, to be spoilt by tests.
    pub(crate) fn authorization(&self, scope: &str) -> Vec<(&'static str, String)> {
        vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.practice.client().id),
            ("redirect_uri", self.redirect_uri()),
            ("scope", scope.to_owned()),
            ("state", "opaque & strange = state".to_owned()),
            ("code_challenge", challenge(VERIFIER)),
            ("code_challenge_method", "S256".to_owned()),
        ]
    }

    /// Goes through consent and gives the code.
    pub(crate) async fn code(&self, scope: &str) -> String {
        let page = browser()
            .get(self.practice.authorize_url())
            .query(&self.authorization(scope))
            .send()
            .await
            .unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        let ticket = page.headers()["x-practice-consent"].to_str().unwrap().to_owned();
        let form = [("consent", ticket.as_str()), ("decision", "allow")];
        let back = browser()
            .post(self.practice.authorize_url())
            .form(&form)
            .send()
            .await
            .unwrap();
        assert_eq!(back.status(), StatusCode::FOUND);
        let location = url::Url::parse(back.headers()["location"].to_str().unwrap()).unwrap();
        let params: Vec<(String, String)> = location.query_pairs().into_owned().collect();
        assert_eq!(
            params[1],
            ("state".to_owned(), "opaque & strange = state".to_owned())
        );
        params[0].1.clone()
    }

    pub(crate) async fn token_request(&self, extra: &[(&str, &str)]) -> (StatusCode, Value) {
        let client = self.practice.client();
        let mut form = vec![
            ("client_id", client.id.as_str()),
            ("client_secret", client.secret.as_str()),
        ];
        form.extend_from_slice(extra);
        let response = browser()
            .post(self.practice.token_url())
            .form(&form)
            .send()
            .await
            .unwrap();
        (response.status(), response.json().await.unwrap())
    }

    pub(crate) async fn exchange(&self, code: &str) -> (StatusCode, Value) {
        let redirect = self.redirect_uri();
        self.token_request(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect),
            ("code_verifier", VERIFIER),
        ])
        .await
    }

    pub(crate) async fn connect(&self) -> Api {
        self.connect_with(ALL_SCOPES).await
    }

    pub(crate) async fn connect_with(&self, scope: &str) -> Api {
        let (status, tokens) = self.exchange(&self.code(scope).await).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
        Api {
            base: self.practice.api_url(),
            http: browser(),
            token: tokens["access_token"].as_str().unwrap().to_owned(),
            refresh: tokens["refresh_token"].as_str().unwrap().to_owned(),
            checks: true,
        }
    }

    pub(crate) fn administration(&self) -> String {
        self.practice.status().administrations[0].id.clone()
    }
}

/// A client with a token; each of its answers is checked against the specification.
pub(crate) struct Api {
    base: String,
    pub(crate) http: reqwest::Client,
    pub(crate) token: String,
    pub(crate) refresh: String,
    checks: bool,
}

pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Api {
    /// For counting many answers, whose form other tests check.
    pub(crate) fn unchecked(self) -> Self {
        Self {
            checks: false,
            ..self
        }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method, format!("{}/{path}", self.base))
            .bearer_auth(&self.token)
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Got {
        let mut request = self.request(method.clone(), path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        assert!(response.headers().contains_key("x-practice-administration"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body: Value = if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap()
        };
        if self.checks {
            let bare = path.split('?').next().unwrap().trim_end_matches(".json");
            spec::check(method.as_str(), bare, status, &body);
        }
        Got {
            status,
            headers,
            body,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Got {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Got {
        self.send(Method::POST, path, Some(body)).await
    }

    /// All records of a list, page by page along the `Link` header.
    pub(crate) async fn all(&self, path: &str) -> Vec<Value> {
        let mut next = Some(path.to_owned());
        let mut records = Vec::new();
        while let Some(path) = next {
            let got = self.get(&path).await;
            assert_eq!(got.status, 200, "{}", got.body);
            records.extend(got.body.as_array().unwrap().iter().cloned());
            next = linked(&got, "next").map(|url| {
                url.trim_start_matches(&self.base)
                    .trim_start_matches('/')
                    .to_owned()
            });
        }
        records
    }

    /// All records of a resource by its versions.
    pub(crate) async fn synchronized(&self, resource: &str) -> Vec<Value> {
        let versions = self
            .get(&format!(
                "{resource}/synchronization.json?filter=period:20200101..20301231"
            ))
            .await;
        let ids: Vec<Value> = versions
            .body
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["id"].clone())
            .collect();
        let mut records = Vec::new();
        for chunk in ids.chunks(100) {
            let got = self
                .post(
                    &format!("{resource}/synchronization.json"),
                    json!({ "ids": chunk }),
                )
                .await;
            records.extend(got.body.as_array().unwrap().iter().cloned());
        }
        records
    }
}

/// The URL of a relation in the `Link` header.
pub(crate) fn linked(got: &Got, relation: &str) -> Option<String> {
    let header = got.headers.get("link")?.to_str().unwrap();
    let found = header
        .split(", ")
        .find(|link| link.ends_with(&format!("rel=\"{relation}\"")))?;
    Some(found.split(['<', '>']).nth(1).unwrap().to_owned())
}

/// Cents of an amount as the platform writes it.
pub(crate) fn cents(amount: &Value) -> i64 {
    let text = amount.as_str().unwrap();
    let (whole, rest) = text.split_once('.').unwrap();
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let rest: i64 = format!("{rest:0<2}").parse().unwrap();
    whole.trim_start_matches('-').parse::<i64>().unwrap() * 100 * sign + rest * sign
}
