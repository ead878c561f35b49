//! The sign-in at a certified OAuth server: PKCE is required, refresh tokens are used once.

use std::sync::Arc;

use maan_connectors::Remedy;
use maan_connectors::http::{Call, Connection, Timer, transport};
use maan_connectors::oauth::{Authorization, OAuthError, Provider, Session, TokenEndpoint, Tokens};
use maan_ledger::{Clock, Moment};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use secrecy::ExposeSecret;
use url::Url;

use crate::support::{FileVault, endpoint, fast};

const REDIRECT: &str = "http://127.0.0.1:8311/oauth/callback";
const CLIENT: (&str, &str) = ("maan", "a-secret-of-tests-only");

/// The server that `cargo xtask test` started.
fn there() -> Option<Url> {
    let Ok(url) = std::env::var("MAAN_TEST_OIDC") else {
        eprintln!(
            "SKIPPED at a real OAuth server: MAAN_TEST_OIDC is not set (`cargo xtask test` sets it where it can be installed)"
        );
        return None;
    };
    Some(url.parse().unwrap())
}

fn provider(base: &Url) -> Provider {
    Provider {
        revoke: Some(base.join("/token/revocation").unwrap()),
        issuer: Some(base.as_str().trim_end_matches('/').to_owned()),
        scopes: vec!["openid".to_owned()],
        ..Provider::at(base.join("/auth").unwrap(), base.join("/token").unwrap())
    }
}

fn at(base: &Url) -> TokenEndpoint {
    endpoint(base.as_str(), provider(base), CLIENT.0, CLIENT.1)
}

/// A browser with cookies, up to the address that is this program's: the server plays the person.
async fn signed_in(authorize: Url) -> Url {
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let mut cookies: Vec<String> = Vec::new();
    let mut next = authorize;
    for _ in 0..6 {
        if next.as_str().starts_with(REDIRECT) {
            return next;
        }
        let page = browser.get(next.clone()).header(COOKIE, cookies.join("; "));
        let page = page.send().await.unwrap();
        for set in page.headers().get_all(SET_COOKIE) {
            let set = set.to_str().unwrap();
            cookies.push(set.split(';').next().unwrap().to_owned());
        }
        let to = page
            .headers()
            .get(LOCATION)
            .map(|to| to.to_str().unwrap().to_owned());
        let Some(to) = to else {
            panic!("{}: {}", page.status(), page.text().await.unwrap());
        };
        next = next.join(&to).unwrap();
    }
    panic!("the sign-in goes round in circles");
}

async fn consent(base: &Url) -> Tokens {
    let authorization = Authorization::begin(REDIRECT.parse().unwrap());
    let back = signed_in(authorization.authorize_url(&at(base))).await;
    authorization.finish(back.as_str(), &at(base)).await.unwrap()
}

#[tokio::test]
async fn a_certified_server_is_satisfied() {
    let Some(base) = there() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut tokens = consent(&base).await;
    // about to end: it is renewed before it is used, and the new refresh token works the next time
    tokens.expires_at = Some(Moment(0));
    let vault = Arc::new(FileVault::new(&folder, &tokens));
    let session = Session::new(at(&base), vault.clone(), Timer::real());
    let connection = Connection::new(transport().unwrap(), session, fast(), Timer::real());
    let me = Call::get(base.join("/me").unwrap());
    for version in [1, 2] {
        let told: serde_json::Value = connection.call(&me).await.unwrap().json().unwrap();
        assert_eq!(told["sub"], "person");
        assert_eq!(vault.version(), version);
        let lives = vault.tokens().expires_at.unwrap().0 - Clock::System.now().0;
        assert!((1..=600_000_000).contains(&lives), "{lives}");
        connection.session().renew(version).await.unwrap();
    }
    assert_eq!(vault.version(), 3);
    connection.session().revoke().await.unwrap();
    let error = connection.session().renew(vault.version()).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
}

#[tokio::test]
async fn a_refresh_token_that_is_used_twice_ends_the_consent() {
    let Some(base) = there() else { return };
    let folder = tempfile::tempdir().unwrap();
    let first = consent(&base).await;
    let vault = Arc::new(FileVault::new(&folder, &first));
    let session = Session::new(at(&base), vault.clone(), Timer::real());
    session.renew(0).await.unwrap();
    let newer = vault.tokens();
    assert_ne!(
        newer.refresh.unwrap().expose_secret(),
        first.refresh.as_ref().unwrap().expose_secret()
    );
    // a thief, or a process with old tokens
    let other = tempfile::tempdir().unwrap();
    let stale = Session::new(at(&base), Arc::new(FileVault::new(&other, &first)), Timer::real());
    let error = stale.renew(0).await.unwrap_err();
    assert!(matches!(error, OAuthError::ConsentEnded(_)), "{error}");
    let error = session.renew(1).await.unwrap_err();
    assert!(matches!(error, OAuthError::ConsentEnded(_)), "{error}");
    assert_eq!(error.remedy(), Remedy::Reconnect);
}

#[tokio::test]
async fn the_server_holds_us_to_pkce_the_secret_and_its_name() {
    let Some(base) = there() else { return };
    let one = Authorization::begin(REDIRECT.parse().unwrap());
    let mut bare = one.authorize_url(&at(&base));
    let kept: Vec<(String, String)> = bare
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("code_challenge"))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    bare.query_pairs_mut().clear().extend_pairs(kept);
    let error = one
        .finish(signed_in(bare).await.as_str(), &at(&base))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, OAuthError::Denied(why) if why == "invalid_request"),
        "{error}"
    );

    // stolen: another sign-in has another verifier
    let back = signed_in(one.authorize_url(&at(&base))).await;
    let code = back.query_pairs().find(|(name, _)| name == "code").unwrap().1;
    let thief = Authorization::begin(REDIRECT.parse().unwrap());
    let error = thief.finish(&code, &at(&base)).await.unwrap_err();
    assert!(matches!(error, OAuthError::ConsentEnded(_)), "{error}");

    let back = signed_in(one.authorize_url(&at(&base))).await;
    let wrong = endpoint(base.as_str(), provider(&base), CLIENT.0, "another-secret");
    let error = one.finish(back.as_str(), &wrong).await.unwrap_err();
    assert!(matches!(error, OAuthError::Refused(_)), "{error}");

    let elsewhere = Provider {
        issuer: Some("https://another.example".to_owned()),
        ..provider(&base)
    };
    let elsewhere = endpoint(base.as_str(), elsewhere, CLIENT.0, CLIENT.1);
    let error = one.finish(back.as_str(), &elsewhere).await.unwrap_err();
    assert!(matches!(error, OAuthError::OtherIssuer), "{error}");
}
