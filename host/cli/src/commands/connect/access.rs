//! How a platform lets this installation in: a person signs in, its administrator admits the program, or there is a
//! key. Secrets come from files, the environment or standard input, never from the command line.

use std::io::IsTerminal;
use std::time::Duration;

use maan_connectors::Consent;
use maan_connectors::oauth::{Authorization, RedirectListener, TokenEndpoint, Tokens};
use maan_followup::Door;
use secrecy::SecretString;
use url::Url;
use zeroize::Zeroizing;

use crate::arguments::Connect;
use crate::commands::secret::{one_line, secret_in, typed};
use crate::problem::Problem;

/// Port and path of the redirect address, to be registered with the platform.
const REDIRECT_PORT: u16 = 8311;
const REDIRECT_PATH: &str = "/oauth/callback";
/// How long a person may take to sign in.
const PATIENCE: Duration = Duration::from_secs(600);
/// Where a key may stand.
const KEY: &str = "MAAN_KEY";

/// What the platform gave.
pub(super) struct Granted {
    /// The client secret; empty where a key is used.
    pub(super) secret: SecretString,
    /// Tokens, or the key.
    pub(super) tokens: Tokens,
    /// The address to which a person was sent after signing in.
    pub(super) answer: Option<String>,
}

pub(super) async fn granted(door: &Door, options: &Connect) -> Result<Granted, Problem> {
    let (endpoint, secret, answer) = match door.consent()? {
        Consent::Key => {
            return Ok(Granted {
                secret: SecretString::default(),
                tokens: Tokens::of_key(key(options).await?),
                answer: None,
            });
        }
        Consent::Client(_) => {
            let secret = client_secret(options)?;
            (door.endpoint(secret.clone())?, secret, None)
        }
        Consent::Code(_) => {
            let secret = client_secret(options)?;
            let endpoint = door.endpoint(secret.clone())?;
            let answer = match options.by_hand {
                true => by_hand(&endpoint).await?,
                false => by_browser(&endpoint).await?,
            };
            (endpoint, secret, Some(answer))
        }
    };
    let (tokens, answer) = match answer {
        None => (endpoint.enter().await?, None),
        Some((authorization, answer)) => {
            let tokens = authorization.finish(answer.trim(), &endpoint).await?;
            (tokens, Some(answer))
        }
    };
    Ok(Granted {
        secret,
        tokens,
        answer,
    })
}

fn client_secret(options: &Connect) -> Result<SecretString, Problem> {
    if options.client_id.is_none() {
        return Err(Problem::failed(
            "give the client id that the platform gave to this installation, with --client-id",
        ));
    }
    match &options.client_secret_file {
        Some(file) => secret_in(file),
        None => Err(Problem::failed(
            "give the client secret in a file, with --client-secret-file",
        )),
    }
}

/// The key that a person made on the platform.
async fn key(options: &Connect) -> Result<SecretString, Problem> {
    if let Some(file) = &options.key_file {
        return secret_in(file);
    }
    let told = match std::env::var(KEY) {
        Ok(key) => key,
        Err(_) => {
            if std::io::stdin().is_terminal() {
                eprintln!("Paste the key that you made on the platform:");
            }
            typed().await?
        }
    };
    one_line(&Zeroizing::new(told)).ok_or_else(|| {
        Problem::failed(format!(
            "no key was given; write it into a file for --key-file or into the variable {KEY}, or paste it"
        ))
    })
}

async fn by_browser(endpoint: &TokenEndpoint) -> Result<(Authorization, String), Problem> {
    let listener = RedirectListener::bind(REDIRECT_PORT, REDIRECT_PATH).await?;
    let authorization = Authorization::begin(listener.redirect().clone());
    eprintln!(
        "Open this address in a browser and give access:\n{}",
        authorization.authorize_url(endpoint)
    );
    let answer = listener
        .answer(&authorization, endpoint.provider().issuer.as_deref(), PATIENCE)
        .await?;
    Ok((authorization, answer))
}

async fn by_hand(endpoint: &TokenEndpoint) -> Result<(Authorization, String), Problem> {
    let redirect = Url::parse(&format!("http://127.0.0.1:{REDIRECT_PORT}{REDIRECT_PATH}"))
        .map_err(|error| Problem::failed(format!("the redirect address is wrong: {error}")))?;
    let authorization = Authorization::begin(redirect);
    eprintln!(
        "Open this address in a browser, give access, and paste the address to which you are sent:\n{}",
        authorization.authorize_url(endpoint)
    );
    Ok((authorization, typed().await?))
}
