//! The OAuth sign-in without a browser, as a person would do it: open the page, give access, be sent back.

use maan_connectors::oauth::{Authorization, TokenEndpoint, Tokens};
use url::Url;

use crate::problem::{Problem, chain};

/// Gives access to one administration and exchanges the answer for tokens.
pub(super) async fn give_access(
    endpoint: &TokenEndpoint,
    redirect: &str,
    administration: &str,
) -> Result<Tokens, Problem> {
    let failed = |error: reqwest::Error| Problem::failed(format!("the sign-in page: {}", chain(&error)));
    let redirect = Url::parse(redirect).map_err(|error| Problem::failed(format!("{redirect}: {error}")))?;
    let authorization = Authorization::begin(redirect);
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(failed)?;
    let page = browser
        .get(authorization.authorize_url(endpoint))
        .send()
        .await
        .map_err(failed)?;
    let ticket = page
        .headers()
        .get("x-practice-consent")
        .and_then(|ticket| ticket.to_str().ok());
    let ticket = ticket
        .ok_or_else(|| Problem::failed("the sign-in page shows no consent form"))?
        .to_owned();
    let form = [
        ("consent", ticket.as_str()),
        ("decision", "allow"),
        ("administration_ids", administration),
    ];
    let answer = browser
        .post(endpoint.provider().authorize.clone())
        .form(&form)
        .send()
        .await
        .map_err(failed)?;
    let sent_to = answer
        .headers()
        .get("location")
        .and_then(|place| place.to_str().ok());
    let sent_to = sent_to.ok_or_else(|| Problem::failed("the platform did not send us back"))?;
    Ok(authorization.finish(sent_to, endpoint).await?)
}
