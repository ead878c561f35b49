//! `maan connect`: connect an administration on an accounting platform.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::process::ExitCode;
use std::time::Duration;

use maan_connectors::oauth::{Authorization, RedirectListener, TokenEndpoint, Tokens};
use maan_connectors::{Administration, Connector};
use maan_followup::{Door, Link, LinkError};
use maan_ledger::{CompanySize, Currency, TenantId};
use maan_store::{ConnectionId, NewConnection, TenantSettings, TenantStore};
use secrecy::SecretString;
use serde::Serialize;
use url::Url;

use crate::arguments::Connect;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

/// Port and path of the redirect address, to be registered with the platform.
const REDIRECT_PORT: u16 = 8311;
const REDIRECT_PATH: &str = "/oauth/callback";
/// How long a person may take to sign in.
const PATIENCE: Duration = Duration::from_secs(600);

#[derive(Serialize)]
struct Connected {
    administration: TenantId,
    name: String,
    preset: String,
}

pub(crate) async fn run(place: &Place, options: &Connect, output: Output) -> Result<ExitCode, Problem> {
    let connector = Connector::of(&options.platform)
        .ok_or_else(|| LinkError::NoConnector(options.platform.clone()))
        .map_err(|error| Problem::new(Code::NotFound, error.to_string()))?;
    let site = options
        .url
        .as_deref()
        .or(connector.site)
        .ok_or_else(|| Problem::failed(format!("give the address of {} with --url", connector.name)))?;
    let door = Door {
        platform: connector.word.to_owned(),
        site: site.trim_end_matches('/').to_owned(),
        parameters: BTreeMap::new(),
        client_id: options.client_id.clone(),
    };
    let secret = client_secret(options)?;
    let endpoint = door.endpoint(secret.clone())?;
    let tokens = tokio::select! {
        tokens = async {
            if options.by_hand {
                by_hand(&endpoint).await
            } else {
                by_browser(&endpoint).await
            }
        } => tokens?,
        () = place.until_interrupted() => {
            return Err(Problem::new(Code::Interrupted, "nothing is connected; run it again to connect"));
        }
    };
    let administrations = door.administrations(&secret, tokens.clone()).await?;
    let administration = chosen(administrations, options.choose.as_deref())?;
    let link = Link { door, administration };
    let tenant = keep(place, &link, &secret, &tokens, &options.preset).await?;
    let connected = Connected {
        administration: tenant,
        name: link.administration.name.clone(),
        preset: options.preset.clone(),
    };
    output.answer(&connected, |connected| {
        format!(
            "{} is connected, with preset {}; `maan sync` reads it, `maan run` decides",
            plain(&connected.name),
            connected.preset
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Keeps a connection: a new administration with the default policies, or a new consent for one that is there. An
/// administration is known by its platform, the platform's address and its id there; its name may change.
pub(crate) async fn keep(
    place: &Place,
    link: &Link,
    secret: &SecretString,
    tokens: &Tokens,
    preset: &str,
) -> Result<TenantId, Problem> {
    let mut name = link.administration.name.clone();
    let mut begun = None;
    for known in place.store.tenants().await? {
        let tenant = place.store.tenant(known.id);
        let connections = tenant.connections().await?;
        for connection in &connections {
            if Link::read(connection)?.is_of(link) {
                reconnect(place, &tenant, connection.id, &link.to_keep(secret, tokens)?).await?;
                return Ok(known.id);
            }
        }
        if known.name == link.administration.name {
            if connections.is_empty() {
                begun = Some(known.id);
            } else {
                name = format!("{} ({})", link.administration.name, link.administration.id);
            }
        }
    }
    let id = match begun {
        Some(id) => id,
        None => {
            let settings = settings(&link.administration)?;
            place.store.create_tenant(&name, &settings).await?
        }
    };
    let tenant = place.store.tenant(id);
    super::policy::use_defaults(place, &tenant, preset, "maan connect").await?;
    tenant.put_connection(link.to_keep(secret, tokens)?).await?;
    Ok(id)
}

/// A new consent takes the place of the one that ended; what was read stays.
async fn reconnect(
    place: &Place,
    tenant: &TenantStore,
    id: ConnectionId,
    kept: &NewConnection,
) -> Result<(), Problem> {
    let leased = tenant
        .lease_secret(id, "maan connect", place.clock.now(), 60)
        .await?;
    let renewed = match leased {
        Some((_, fence)) => tenant.renew_connection(id, fence, kept).await?,
        None => false,
    };
    if renewed {
        return Ok(());
    }
    Err(Problem::new(
        Code::TryAgain,
        "another process is renewing the access; try again",
    ))
}

fn client_secret(options: &Connect) -> Result<SecretString, Problem> {
    let Some(file) = &options.client_secret_file else {
        return Err(Problem::failed(
            "give the client secret in a file, with --client-secret-file",
        ));
    };
    let text = std::fs::read_to_string(file)
        .map_err(|error| Problem::failed(format!("`{}` cannot be read: {error}", file.display())))?;
    Ok(SecretString::from(text.trim_end().to_owned()))
}

async fn by_browser(endpoint: &TokenEndpoint) -> Result<Tokens, Problem> {
    let listener = RedirectListener::bind(REDIRECT_PORT, REDIRECT_PATH).await?;
    let authorization = Authorization::begin(listener.redirect().clone());
    eprintln!(
        "Open this address in a browser and give access:\n{}",
        authorization.authorize_url(endpoint)
    );
    let answer = listener
        .answer(&authorization, endpoint.provider().issuer.as_deref(), PATIENCE)
        .await?;
    Ok(authorization.finish(&answer, endpoint).await?)
}

async fn by_hand(endpoint: &TokenEndpoint) -> Result<Tokens, Problem> {
    let redirect = Url::parse(&format!("http://127.0.0.1:{REDIRECT_PORT}{REDIRECT_PATH}"))
        .map_err(|error| Problem::failed(format!("the redirect address is wrong: {error}")))?;
    let authorization = Authorization::begin(redirect);
    eprintln!(
        "Open this address in a browser, give access, and paste the address to which you are sent:\n{}",
        authorization.authorize_url(endpoint)
    );
    let answer = typed()
        .await
        .map_err(|error| Problem::failed(format!("the answer cannot be read: {error}")))?;
    Ok(authorization.finish(answer.trim(), endpoint).await?)
}

/// A line from standard input, read on a thread that does not keep the program from ending.
async fn typed() -> std::io::Result<String> {
    let (send, receive) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        // nobody waits any more after an interruption
        drop(send.send(read.map(|_| line)));
    });
    receive.await.map_err(std::io::Error::other)?
}

fn chosen(mut administrations: Vec<Administration>, named: Option<&str>) -> Result<Administration, Problem> {
    let names: Vec<_> = administrations
        .iter()
        .map(|one| format!("`{}`", plain(&one.name)))
        .collect();
    let found = match named {
        Some(named) => administrations
            .into_iter()
            .find(|one| one.name == named || one.id == named),
        None if names.len() == 1 => administrations.pop(),
        None => None,
    };
    found.ok_or_else(|| {
        Problem::new(
            Code::NotFound,
            format!("choose an administration with --choose: {}", names.join(", ")),
        )
    })
}

/// Settings to begin with; `maan` never sends before a mail server is set.
pub(crate) fn settings(administration: &Administration) -> Result<TenantSettings, Problem> {
    let currency = Currency::from_code(&administration.currency)
        .map_err(|error| Problem::failed(format!("the administration's currency: {error}")))?;
    Ok(TenantSettings {
        zone: administration.time_zone.name().to_owned(),
        country: administration.country.clone(),
        currency,
        language: administration.language.clone(),
        creditor_name: administration.name.clone(),
        trade_register_number: None,
        vat_number: None,
        iban: None,
        size: CompanySize::Unknown,
        deducts_vat: true,
        claims: maan_store::Claims::Own,
        sender_name: administration.name.clone(),
        sender_address: "administration@maan.invalid".into(),
        reply_to: None,
        send_from_minute: 9 * 60,
        send_until_minute: 17 * 60,
        daily_maximum: 500,
        stop_all: false,
    })
}
