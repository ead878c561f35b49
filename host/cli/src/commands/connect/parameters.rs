//! What a platform has to be told beside its address, such as a database or tenant.

use std::collections::BTreeMap;

use maan_connectors::oauth::told;
use maan_connectors::{Connector, From, Parameter};

use crate::output::plain;
use crate::problem::Problem;

/// What a person told, checked against what the platform asks.
pub(super) fn given(connector: &Connector, with: &[String]) -> Result<BTreeMap<String, String>, Problem> {
    let mut parameters = BTreeMap::new();
    for one in with {
        let (name, value) = one
            .split_once('=')
            .ok_or_else(|| Problem::failed(format!("`{}` tells nothing; write NAME=VALUE", plain(one))))?;
        if !connector.asks.iter().any(|asked| asked.name == name) {
            return Err(Problem::failed(format!(
                "{} does not ask for `{}`; it asks for {}",
                connector.name,
                plain(name),
                names(connector)
            )));
        }
        parameters.insert(name.to_owned(), value.trim().to_owned());
    }
    for asked in connector.asks.iter().filter(|asked| asked.from == From::Person) {
        if parameters.get(asked.name).is_none_or(String::is_empty) {
            return Err(missing(connector, asked));
        }
    }
    Ok(parameters)
}

/// Adds what the platform told with its answer to the sign-in, where a person did not tell it.
pub(super) fn add_told(
    connector: &Connector,
    answer: Option<&str>,
    parameters: &mut BTreeMap<String, String>,
) -> Result<(), Problem> {
    for asked in connector.asks.iter().filter(|asked| asked.from == From::Answer) {
        if parameters.contains_key(asked.name) {
            continue;
        }
        let value = answer.and_then(|answer| told(answer, asked.name));
        let value = value.ok_or_else(|| missing(connector, asked))?;
        parameters.insert(asked.name.to_owned(), value);
    }
    Ok(())
}

fn missing(connector: &Connector, asked: &Parameter) -> Problem {
    Problem::failed(format!(
        "{} has to be told {}; give it with --with {}=…",
        connector.name, asked.about, asked.name
    ))
}

fn names(connector: &Connector) -> String {
    match connector.asks {
        [] => "nothing".to_owned(),
        asks => asks.iter().map(|one| one.name).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(asks: &'static [Parameter]) -> Connector {
        Connector {
            asks,
            ..*maan_connectors::CONNECTORS[0]
        }
    }

    const ASKS: &[Parameter] = &[
        Parameter {
            name: "database",
            about: "the name of the database",
            from: From::Person,
        },
        Parameter {
            name: "realmId",
            about: "the company",
            from: From::Answer,
        },
    ];

    #[test]
    fn what_is_asked_is_taken_and_what_is_missing_or_not_asked_is_named() {
        let connector = asking(ASKS);
        let with = |all: &[&str]| {
            let all: Vec<String> = all.iter().map(|one| (*one).to_owned()).collect();
            given(&connector, &all).map_err(|problem| format!("{problem:?}"))
        };
        assert_eq!(with(&["database=books=2"]).unwrap()["database"], "books=2");
        for (told, words) in [
            (&[][..], "--with database=…"),
            (&["database="], "--with database=…"),
            (&["database=x", "tenant=y"], "it asks for database, realmId"),
            (&["database"], "NAME=VALUE"),
        ] {
            let problem = with(told).unwrap_err();
            assert!(problem.contains(words), "{problem}");
        }
    }

    #[test]
    fn what_the_platform_tells_is_added_once() {
        let connector = asking(ASKS);
        let answer = "http://127.0.0.1:8311/oauth/callback?code=c&state=s&realmId=42";
        let mut parameters = BTreeMap::new();
        add_told(&connector, Some(answer), &mut parameters).unwrap();
        assert_eq!(parameters["realmId"], "42");
        let mut own = BTreeMap::from([("realmId".to_owned(), "7".to_owned())]);
        add_told(&connector, Some(answer), &mut own).unwrap();
        assert_eq!(own["realmId"], "7");
        // a bare code tells nothing
        let problem = add_told(&connector, Some("c"), &mut BTreeMap::new()).unwrap_err();
        assert!(format!("{problem:?}").contains("--with realmId=…"));
    }
}
