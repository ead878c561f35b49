//! `maan connections`: how the connections with platforms are doing.

use std::process::ExitCode;

use maan_connectors::Connector;
use maan_followup::{Health, Link, last_read};
use maan_ledger::{Moment, TenantId};
use maan_store::{Connection, ConnectionState, Tenant};
use serde::Serialize;

use crate::output::{Output, plain, table};
use crate::place::Place;
use crate::problem::Problem;

/// A connection, for a person or a script.
#[derive(Serialize)]
struct Line {
    administration: TenantId,
    name: String,
    platform: String,
    site: String,
    health: Health,
    /// What is wrong; none when nothing is.
    why: Option<String>,
    last_read: Option<Moment>,
    last_try: Option<Moment>,
    /// How many calls the platform still took at the newest try; none where it does not tell.
    calls_left: Option<u64>,
    next_step: String,
}

pub(crate) async fn run(place: &Place, output: Output) -> Result<ExitCode, Problem> {
    let mut lines = Vec::new();
    for tenant in place.administrations().await? {
        for connection in place.store.tenant(tenant.id).connections().await? {
            lines.push(line(&tenant, connection, place.clock.now())?);
        }
    }
    output.answer(&lines, |lines| words(lines))?;
    Ok(ExitCode::SUCCESS)
}

fn line(tenant: &Tenant, connection: Connection, now: Moment) -> Result<Line, Problem> {
    let link = Link::read(&connection)?;
    let health = Health::of(&connection, now);
    let last_read = last_read(&connection);
    let tried = connection.tried;
    let why = match connection.state {
        ConnectionState::NeedsConsent { why } => Some(why),
        ConnectionState::Active => tried.as_ref().and_then(|tried| tried.trouble.clone()),
        ConnectionState::Revoked => None,
    };
    Ok(Line {
        administration: tenant.id,
        next_step: next_step(health, &tenant.name, &connection.platform),
        name: tenant.name.clone(),
        platform: connection.platform,
        site: link.door.site,
        health,
        why,
        last_read,
        last_try: tried.as_ref().map(|tried| tried.at),
        calls_left: tried.and_then(|tried| tried.calls_left),
    })
}

fn next_step(health: Health, name: &str, platform: &str) -> String {
    let sync = || format!("`maan -a {} sync`", quoted(name));
    match health {
        Health::Working => "nothing: `maan run` reads it every day".to_owned(),
        Health::Late => format!("let `maan run` run every day; {} reads it now", sync()),
        Health::NotRead => format!("{} reads it for the first time", sync()),
        Health::Failing => format!("{} tries again and goes on where it stopped", sync()),
        Health::NeedsConsent => format!("`maan connect {platform}` gives access again; nothing is lost"),
        Health::Disconnected => {
            format!("nothing, or `maan connect {platform}` to go on; what was read is kept")
        }
    }
}

/// A name as a shell takes it.
fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', r"'\''"))
}

fn words(lines: &[Line]) -> String {
    if lines.is_empty() {
        return "no platform is connected; connect one with `maan connect PLATFORM`".to_owned();
    }
    let row = |line: &Line| {
        let platform = Connector::of(&line.platform).map_or(line.platform.as_str(), |one| one.name);
        let read = line.last_read.map_or_else(
            || "never".to_owned(),
            |read| read.to_utc().format("%Y-%m-%d %H:%M UTC").to_string(),
        );
        let left = line
            .calls_left
            .map_or_else(|| "not told".to_owned(), |left| left.to_string());
        vec![
            line.name.clone(),
            platform.to_owned(),
            word(line.health).to_owned(),
            read,
            left,
        ]
    };
    let head = ["administration", "platform", "health", "last read", "calls left"];
    let mut text = table(&head, &[4], lines.iter().map(row));
    for line in lines {
        text.push_str(&format!("\n{}: ", plain(&line.name)));
        if let Some(why) = &line.why {
            text.push_str(&format!("{}\n  ", plain(why)));
        }
        text.push_str(&plain(&line.next_step));
    }
    text
}

fn word(health: Health) -> &'static str {
    match health {
        Health::Working => "working",
        Health::Late => "not read lately",
        Health::NotRead => "not read yet",
        Health::Failing => "failing",
        Health::NeedsConsent => "needs consent",
        Health::Disconnected => "disconnected",
    }
}
