//! What happens, for a person.

use maan_connectors::Connector;
use maan_followup::{After, Happened, Happening};

use super::Ready;
use crate::output::plain;

pub(super) fn ready(ready: &Ready) -> String {
    let connections = match ready.connections {
        0 => "no platform is connected yet; one that is connected meanwhile is heard too".to_owned(),
        1 => "one connection".to_owned(),
        many => format!("{many} connections"),
    };
    format!(
        "listening on {} for messages to {}: {connections}. Ctrl-C stops it.",
        ready.address, ready.public
    )
}

pub(super) fn happening(happening: &Happening) -> String {
    let platform = Connector::of(happening.platform).map_or(happening.platform, |one| one.name);
    format!(
        "{} ({platform}): {}",
        plain(&happening.administration),
        happened(&happening.what, happening.platform)
    )
}

fn happened(what: &Happened, word: &str) -> String {
    match what {
        Happened::Polled => "it sends no messages, so it is read regularly".to_owned(),
        Happened::Listening => "its messages are heard".to_owned(),
        Happened::Subscribed { renewed, ends } => {
            let asked = if *renewed {
                "asked to go on with"
            } else {
                "asked for"
            };
            let until = ends.map_or_else(String::new, |ends| {
                format!(
                    " until {}, and will be asked again before",
                    ends.to_utc().format("%Y-%m-%d %H:%M UTC")
                )
            });
            format!("it was {asked} messages{until}; they are heard")
        }
        Happened::ByPerson {
            address,
            there,
            secret,
        } => {
            let secret = secret.map_or_else(
                || "its secret is known".to_owned(),
                |secret| {
                    format!("then write {secret} into a file and start again with --secret-file {word}=FILE")
                },
            );
            format!("the address for its messages is\n  {address}\n  {there}; {secret}")
        }
        Happened::SecretMissing { secret } => format!(
            "it is read regularly until its secret is known: write {secret} into a file and start again with \
             --secret-file {word}=FILE"
        ),
        Happened::NotSubscribed { why, again_in } => format!(
            "messages could not be arranged, so it is read regularly: {}; tried again in {again_in} s",
            plain(why)
        ),
        Happened::Read {
            after,
            facts,
            changed,
            problems,
        } => {
            let after = match after {
                After::Message => "read after a message",
                After::Time => "read",
            };
            let mut text = format!("{after}: {facts} facts, {changed} debtors changed");
            for problem in problems.iter().take(5) {
                text.push_str(&format!("\n  look at {}", plain(problem)));
            }
            if problems.len() > 5 {
                text.push_str(&format!("\n  and {} more", problems.len() - 5));
            }
            text
        }
        Happened::NotRead { why, again_in } => {
            format!("not read: {}; tried again in {again_in} s", plain(why))
        }
        Happened::NeedsConsent { why } => format!(
            "it no longer gives access: {}; `maan connect {word}` gives it again, then it is read on",
            plain(why)
        ),
        Happened::Disconnected => "it was disconnected, and is heard no more".to_owned(),
    }
}
