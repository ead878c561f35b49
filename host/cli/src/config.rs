//! `maan.toml` in the data folder: what this installation needs to know beyond its database.

use std::path::Path;

use maan_outreach::{MailerSettings, Protection};
use secrecy::SecretString;
use serde::Deserialize;

use crate::problem::Problem;

/// The file's content.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// `sqlite:PATH` or `postgres://…`; a file in the data folder when absent.
    pub(crate) database: Option<String>,
    /// The mail server.
    pub(crate) mail: Option<Mail>,
}

/// The mail server over which messages leave.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mail {
    host: String,
    port: u16,
    #[serde(default)]
    protection: Protection,
    user: Option<String>,
    /// File that holds the password; it never stands in the configuration itself.
    password_file: Option<std::path::PathBuf>,
}

impl Config {
    /// Reads the file; an absent file is an empty one.
    pub(crate) fn read(path: &Path) -> Result<Self, Problem> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).map_err(|error| unfit(path, &text, &error)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Problem::failed(format!(
                "`{}` cannot be read: {error}; check its owner and permissions",
                path.display()
            ))),
        }
    }
}

/// What is wrong and in which line, without the line itself: it may hold a password.
fn unfit(path: &Path, text: &str, error: &toml::de::Error) -> Problem {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map(|before| before.matches('\n').count().saturating_add(1));
    let place = line.map(|line| {
        let key = text
            .lines()
            .nth(line.saturating_sub(1))
            .and_then(|line| line.split_once('='));
        let key = key
            .map(|(key, _)| format!(", `{}`", key.trim()))
            .unwrap_or_default();
        format!(", line {line}{key}")
    });
    let place = place.unwrap_or_default();
    let message = error.message();
    let what = match message.rsplit_once(", expected ") {
        Some((found, expected)) if found.starts_with("invalid") => format!("expected {expected}"),
        _ => message.to_owned(),
    };
    Problem::failed(format!("`{}`{place} cannot be used: {what}", path.display()))
}

impl Mail {
    /// Whether the mail server runs on this machine.
    pub(crate) fn is_here(&self) -> bool {
        ["localhost", "127.0.0.1", "::1"].contains(&self.host.as_str())
    }

    /// The settings with the password read.
    pub(crate) fn settings(&self) -> Result<MailerSettings, Problem> {
        let login = match (&self.user, &self.password_file) {
            (None, None) => None,
            (Some(user), Some(file)) => {
                let password = std::fs::read_to_string(file).map_err(|error| {
                    Problem::failed(format!(
                        "the mail password in `{}` cannot be read: {error}; check `password_file` in maan.toml",
                        file.display()
                    ))
                })?;
                Some((user.clone(), SecretString::from(password.trim_end().to_owned())))
            }
            _ => {
                return Err(Problem::failed(
                    "maan.toml: `mail.user` and `mail.password_file` belong together; give both or none",
                ));
            }
        };
        if self.protection == Protection::None && !self.is_here() {
            return Err(Problem::failed(format!(
                "maan.toml: `mail.protection = \"none\"` is only for a mail server on this machine, not for {}; \
                 use \"starttls\" or \"tls\"",
                self.host
            )));
        }
        Ok(MailerSettings {
            host: self.host.clone(),
            port: self.port,
            protection: self.protection,
            login,
        })
    }
}
