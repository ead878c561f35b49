//! `maan connect`: connect an administration on an accounting platform.

mod access;
mod parameters;
mod settings;

use std::process::ExitCode;

use maan_connectors::oauth::Tokens;
use maan_connectors::{Administration, Connector};
use maan_followup::{Door, Link, LinkError};
use maan_ledger::TenantId;
use maan_store::{ConnectionId, NewConnection, TenantStore};
use secrecy::SecretString;
use serde::Serialize;

use self::access::{Granted, granted};
use crate::arguments::Connect;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

pub(crate) use self::settings::settings;

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
    let mut door = door(connector, options)?;
    let Granted {
        secret,
        tokens,
        answer,
    } = tokio::select! {
        granted = granted(&door, options) => granted?,
        () = place.until_interrupted() => {
            return Err(Problem::new(Code::Interrupted, "nothing is connected; run it again to connect"));
        }
    };
    parameters::add_told(connector, answer.as_deref(), &mut door.parameters)?;
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

fn door(connector: &Connector, options: &Connect) -> Result<Door, Problem> {
    let site = options
        .url
        .as_deref()
        .or(connector.site)
        .ok_or_else(|| Problem::failed(format!("give the address of {} with --url", connector.name)))?;
    Ok(Door {
        platform: connector.word.to_owned(),
        site: site.trim_end_matches('/').to_owned(),
        parameters: parameters::given(connector, &options.with)?,
        client_id: options.client_id.clone().unwrap_or_default(),
    })
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
        let message = match names.as_slice() {
            [] => "the access opens no administration; give it to a user who may see one".to_owned(),
            names => format!("choose an administration with --choose: {}", names.join(", ")),
        };
        Problem::new(Code::NotFound, message)
    })
}
