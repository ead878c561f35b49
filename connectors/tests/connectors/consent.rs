//! The consent, through the practice server's strict OAuth server.

use std::time::Duration;

use maan_connectors::oauth::{Authorization, OAuthError, RedirectListener};
use maan_connectors::{Platform as _, Remedy};
use secrecy::ExposeSecret;
use url::Url;

use crate::support::{World, decide, endpoint};

#[tokio::test]
async fn a_browser_brings_the_answer_to_the_listener() {
    let world = World::start(3).await;
    let listener = RedirectListener::bind(0, "/answer").await.unwrap();
    world.practice.register_redirect(listener.redirect().as_str());
    let authorization = Authorization::begin(listener.redirect().clone());
    let authorize = authorization.authorize_url(&world.endpoint());
    let redirect = listener.redirect().clone();

    let browser = async {
        // somebody else on this machine knocks first, with a guess
        let guess = reqwest::get(format!("{redirect}?code=evil&state=guess"))
            .await
            .unwrap();
        assert_eq!(guess.status().as_u16(), 400);
        let other = reqwest::get(redirect.join("/favicon.ico").unwrap())
            .await
            .unwrap();
        assert_eq!(other.status().as_u16(), 400);
        let back = decide(&authorize, "allow").await;
        let page = reqwest::get(back).await.unwrap();
        assert_eq!(page.status().as_u16(), 200);
        assert_eq!(page.headers()["cache-control"], "no-store");
        assert!(page.text().await.unwrap().contains("close this window"));
    };
    let (answer, ()) = tokio::join!(
        listener.answer(&authorization, None, Duration::from_secs(20)),
        browser
    );
    let tokens = authorization
        .finish(&answer.unwrap(), &world.endpoint())
        .await
        .unwrap();
    assert!(tokens.refresh.is_some() && tokens.expires_at.is_some());
    assert!(tokens.scope.contains("sales_invoices"), "{}", tokens.scope);
    assert!(reqwest::get(redirect).await.is_err(), "the listener is gone");
}

#[tokio::test]
async fn without_a_browser_the_address_or_the_code_is_pasted() {
    let world = World::start(3).await;
    let redirect = Url::parse(&world.practice.client().redirect_uris[0]).unwrap();
    for bare in [false, true] {
        let authorization = Authorization::begin(redirect.clone());
        let back = decide(&authorization.authorize_url(&world.endpoint()), "allow").await;
        let code = back
            .query_pairs()
            .find(|(key, _)| key == "code")
            .unwrap()
            .1
            .into_owned();
        let pasted = if bare {
            format!("  {code}\n")
        } else {
            back.to_string()
        };
        let tokens = authorization.finish(&pasted, &world.endpoint()).await.unwrap();
        assert!(!tokens.access.expose_secret().is_empty());
    }
}

#[tokio::test]
async fn a_refusal_and_silence_are_told() {
    let world = World::start(3).await;
    let listener = RedirectListener::bind(0, "/answer").await.unwrap();
    world.practice.register_redirect(listener.redirect().as_str());
    let authorization = Authorization::begin(listener.redirect().clone());
    let authorize = authorization.authorize_url(&world.endpoint());
    let browser = async {
        let page = reqwest::get(decide(&authorize, "deny").await).await.unwrap();
        assert!(page.text().await.unwrap().contains("No access was given"));
    };
    let (answer, ()) = tokio::join!(
        listener.answer(&authorization, None, Duration::from_secs(20)),
        browser
    );
    let error = answer.unwrap_err();
    assert!(
        matches!(&error, OAuthError::Denied(why) if why == "access_denied"),
        "{error}"
    );
    assert_eq!(error.remedy(), Remedy::AskPerson);

    let silent = RedirectListener::bind(0, "/answer").await.unwrap();
    let error = silent
        .answer(&authorization, None, Duration::from_millis(50))
        .await
        .unwrap_err();
    assert!(matches!(error, OAuthError::NoAnswer(_)), "{error}");
    let taken = RedirectListener::bind(0, "/answer").await.unwrap();
    let error = RedirectListener::bind(taken.redirect().port().unwrap(), "/answer")
        .await
        .unwrap_err();
    assert!(error.to_string().contains("choose another port"), "{error}");
}

#[tokio::test]
async fn a_code_works_only_with_its_verifier_its_redirect_and_the_secret() {
    let world = World::start(3).await;
    let redirect = Url::parse(&world.practice.client().redirect_uris[0]).unwrap();
    let code = async |authorization: &Authorization| {
        let back = decide(&authorization.authorize_url(&world.endpoint()), "allow").await;
        back.query_pairs()
            .find(|(key, _)| key == "code")
            .unwrap()
            .1
            .into_owned()
    };
    // stolen: another sign-in has another verifier
    let (victim, thief) = (
        Authorization::begin(redirect.clone()),
        Authorization::begin(redirect.clone()),
    );
    let error = thief
        .finish(&code(&victim).await, &world.endpoint())
        .await
        .unwrap_err();
    assert!(matches!(error, OAuthError::ConsentEnded(_)), "{error}");

    let client = world.practice.client();
    let wrong = endpoint(
        world.practice.base_url(),
        world.endpoints.provider(),
        &client.id,
        "wrong-secret",
    );
    let one = Authorization::begin(redirect.clone());
    let error = one.finish(&code(&one).await, &wrong).await.unwrap_err();
    assert!(matches!(error, OAuthError::Refused(_)), "{error}");
    assert!(!format!("{error} {error:?} {wrong:?}").contains("wrong-secret"));
    assert_eq!(error.remedy(), Remedy::AskPerson);

    // used twice
    let one = Authorization::begin(redirect);
    let code = code(&one).await;
    one.finish(&code, &world.endpoint()).await.unwrap();
    let error = one.finish(&code, &world.endpoint()).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
}

#[tokio::test]
async fn a_revoked_consent_opens_nothing_any_more() {
    let world = World::start(3).await;
    world.moneybird.connection().session().revoke().await.unwrap();
    let mut books = crate::support::Books::default();
    let error = books.read(&world.moneybird).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
}
