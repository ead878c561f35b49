//! `maan connections`: how the connections with platforms are doing.

use std::process::ExitCode;

use maan_connectors::Connector;
use maan_connectors::oauth::ConsentEnd;
use maan_followup::{Health, Link, consent_end, ends_soon, last_read};
use maan_ledger::{Clock, Moment, TenantId};
use maan_store::{Connection, ConnectionState, Hook, Tenant};
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
    /// When a person has to connect again; none where the platform has no such moment or does not tell.
    consent_ends: Option<Moment>,
    /// It ends only if it is not used before: reading it moves the end.
    ends_if_unused: bool,
    /// Whether the platform tells of changes, or is only read regularly.
    heard: Heard,
    /// Since when it tells of changes.
    messages_since: Option<Moment>,
    /// When its newest message was believed.
    last_message: Option<Moment>,
    next_step: String,
}

/// How changes are heard of.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Heard {
    /// The platform sends messages, which `maan listen` takes.
    Messages,
    /// It is read regularly.
    Polled,
}

pub(crate) async fn run(place: &Place, output: Output) -> Result<ExitCode, Problem> {
    let mut lines = Vec::new();
    for tenant in place.administrations().await? {
        let store = place.store.tenant(tenant.id);
        let mut hooks = store.hooks().await?;
        for connection in store.connections().await? {
            let hook = hooks.iter().position(|hook| hook.connection == connection.id);
            let hook = hook.map(|at| hooks.swap_remove(at));
            let end = consent_end(&store, &connection)
                .await
                .map_err(|error| error.to_string());
            lines.push(line(&tenant, connection, hook, end, place.clock.now())?);
        }
    }
    output.answer(&lines, |lines| words(lines))?;
    Ok(ExitCode::SUCCESS)
}

fn line(
    tenant: &Tenant,
    connection: Connection,
    hook: Option<Hook>,
    end: Result<Option<ConsentEnd>, String>,
    now: Moment,
) -> Result<Line, Problem> {
    // one that cannot be read hides no other
    let (end, unreadable) = match end {
        Ok(end) => (end, None),
        Err(why) => (None, Some(why)),
    };
    let link = Link::read(&connection)?;
    let health = Health::of(&connection, now);
    let needs = unreadable.as_ref().map_or(health, |_| Health::NeedsConsent);
    let last_read = last_read(&connection);
    let tried = connection.tried;
    let why = match connection.state {
        ConnectionState::NeedsConsent { why } => Some(why),
        ConnectionState::Active => tried.as_ref().and_then(|tried| tried.trouble.clone()),
        ConnectionState::Revoked => None,
    };
    let since = hook.as_ref().and_then(|hook| hook.since);
    Ok(Line {
        heard: since.map_or(Heard::Polled, |_| Heard::Messages),
        messages_since: since,
        last_message: hook.and_then(|hook| hook.last_message),
        administration: tenant.id,
        next_step: next_step(needs, end, &tenant.name, &connection.platform),
        consent_ends: end.map(|end| end.at),
        ends_if_unused: end.is_some_and(|end| end.if_unused),
        name: tenant.name.clone(),
        platform: connection.platform,
        site: link.door.site,
        health,
        why: why.or(unreadable),
        last_read,
        last_try: tried.as_ref().map(|tried| tried.at),
        calls_left: tried.and_then(|tried| tried.calls_left),
    })
}

fn next_step(health: Health, end: Option<ConsentEnd>, name: &str, platform: &str) -> String {
    let sync = || format!("`maan -a {} sync`", quoted(name));
    let now = Clock::System.now();
    if let Some(end) = end.filter(|end| ends_soon(end, now)) {
        return before_the_end(end, now, &sync(), platform);
    }
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

/// What to do before a consent ends by itself, or once it has.
fn before_the_end(end: ConsentEnd, now: Moment, sync: &str, platform: &str) -> String {
    let day = day(end.at);
    match (end.at <= now, end.if_unused) {
        (true, _) => format!(
            "`maan connect {platform}` gives access again: the consent ended on {day}; nothing is lost"
        ),
        (false, true) => format!(
            "{sync} before {day}: the consent ends then if it is not used, and each reading moves its end; let \
             `maan run` run every day"
        ),
        (false, false) => {
            format!("connect again before {day} with `maan connect {platform}`: the consent ends then")
        }
    }
}

fn day(moment: Moment) -> String {
    moment.to_utc().format("%Y-%m-%d").to_string()
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
        let read = line.last_read.map_or_else(|| "never".to_owned(), minute);
        let left = line
            .calls_left
            .map_or_else(|| "not told".to_owned(), |left| left.to_string());
        vec![
            line.name.clone(),
            platform.to_owned(),
            word(line.health).to_owned(),
            read,
            heard(line),
            left,
            line.consent_ends.map_or_else(
                || "not told".to_owned(),
                |end| {
                    format!(
                        "{}{}",
                        day(end),
                        if line.ends_if_unused { " if unused" } else { "" }
                    )
                },
            ),
        ]
    };
    let head = [
        "administration",
        "platform",
        "health",
        "last read",
        "heard",
        "calls left",
        "consent ends",
    ];
    let mut text = table(&head, &[5], lines.iter().map(row));
    for line in lines {
        text.push_str(&format!("\n{}: ", plain(&line.name)));
        if let Some(why) = &line.why {
            text.push_str(&format!("{}\n  ", plain(why)));
        }
        text.push_str(&plain(&line.next_step));
    }
    text
}

fn minute(moment: Moment) -> String {
    moment.to_utc().format("%Y-%m-%d %H:%M UTC").to_string()
}

fn heard(line: &Line) -> String {
    match (line.messages_since, line.last_message) {
        (None, _) => "polled".to_owned(),
        (Some(since), None) => format!("messages since {}, none yet", minute(since)),
        (Some(_), Some(last)) => format!("messages, last {}", minute(last)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// In so many days from now.
    fn ends(days: i64, if_unused: bool) -> Option<ConsentEnd> {
        let at = Clock::System.now().plus_seconds(days * 86_400);
        Some(ConsentEnd { at, if_unused })
    }

    #[test]
    fn the_end_of_a_consent_is_told_some_days_before() {
        let step = |end| next_step(Health::Working, end, "Noord", "xero");
        for quiet in [None, ends(15, true), ends(15, false)] {
            assert!(step(quiet).starts_with("nothing"), "{quiet:?}");
        }
        let (unused, fixed) = (ends(13, true), ends(13, false));
        let by = |end: Option<ConsentEnd>| format!("before {}", day(end.unwrap().at));
        let told = step(unused);
        assert!(
            told.contains("maan -a 'Noord' sync") && told.contains(&by(unused)),
            "{told}"
        );
        let told = step(fixed);
        assert!(
            told.contains("maan connect xero") && told.contains(&by(fixed)),
            "{told}"
        );
        let told = step(ends(-1, true));
        assert!(
            told.contains("maan connect xero") && told.contains("ended on"),
            "{told}"
        );
    }
}
