//! Secrets with which platforms sign, told by a person.

use std::collections::HashMap;
use std::path::Path;

use maan_connectors::{CONNECTORS, Connector, Hooks};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::commands::secret::{one_line, secret_in, typed};
use crate::output::plain;
use crate::problem::Problem;

/// What was told, by the platform's word.
pub(super) async fn told(given: &[String]) -> Result<HashMap<&'static str, SecretString>, Problem> {
    let mut secrets = HashMap::new();
    for one in given {
        let Some((word, file)) = one.split_once('=') else {
            return Err(Problem::failed(
                "write the platform and the file as --secret-file PLATFORM=FILE, such as xero=/etc/maan/xero-webhooks",
            ));
        };
        let connector = signed_by_person(word)?;
        let secret = match file {
            "-" => one_line(&Zeroizing::new(typed().await?)).ok_or_else(|| {
                Problem::failed(format!(
                    "standard input holds no secret for {}; give it on one line",
                    connector.name
                ))
            })?,
            file => secret_in(Path::new(file))?,
        };
        secrets.insert(connector.word, secret);
    }
    Ok(secrets)
}

/// A platform whose secret a person tells.
fn signed_by_person(word: &str) -> Result<&'static Connector, Problem> {
    let by_person = |connector: &Connector| {
        matches!(
            connector.hooks,
            Hooks::ByPerson { .. } | Hooks::AskedWithSecret { .. }
        )
    };
    let found = Connector::of(word).filter(|connector| by_person(connector));
    found.ok_or_else(|| {
        let known = CONNECTORS.iter().filter(|connector| by_person(connector));
        let known: Vec<_> = known.map(|connector| connector.word).collect();
        Problem::failed(format!(
            "no person tells the secret of `{}`; --secret-file is for {}",
            plain(word),
            known.join(", ")
        ))
    })
}
