//! `maan settings`: what an administration settles about its own follow-up.

use std::process::ExitCode;

use maan_connectors::files::account;
use maan_store::TenantSettings;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::arguments::Settings;
use crate::output::{Output, plain, table};
use crate::place::Place;
use crate::problem::Problem;

pub(crate) async fn run(place: &Place, options: &Settings, output: Output) -> Result<ExitCode, Problem> {
    let store = place.store.tenant(place.tenant().await?.id);
    let mut settings = store.settings().await?;
    if !options.changes.is_empty() {
        settings = changed(&settings, &options.changes)?;
        store.set_settings(&settings).await?;
    }
    output.answer(&settings, |settings| {
        let rows = fields(settings)
            .into_iter()
            .map(|(name, value)| vec![name, shown(&value)]);
        table(&["setting", "value"], &[], rows)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// All changes or none.
fn changed(settings: &TenantSettings, changes: &[String]) -> Result<TenantSettings, Problem> {
    let mut fields = fields(settings);
    for change in changes {
        let Some((name, value)) = change.split_once('=') else {
            let change = plain(change);
            return Err(Problem::failed(format!(
                "`{change}` is no change; write NAME=VALUE"
            )));
        };
        let Some(field) = fields.get_mut(name) else {
            let names: Vec<_> = fields.keys().map(String::as_str).collect();
            let (name, names) = (plain(name), names.join(", "));
            return Err(Problem::failed(format!(
                "there is no setting `{name}`; there are: {names}"
            )));
        };
        *field = typed(field, value);
        read(&fields)
            .map_err(|error| Problem::failed(format!("`{name}` cannot be `{}`: {error}", plain(value))))?;
    }
    let settings =
        read(&fields).map_err(|error| Problem::failed(format!("the settings cannot be used: {error}")))?;
    // debtors pay to what stands in the messages
    match settings.iban.as_deref() {
        Some(iban) if account(iban).is_none() => Err(Problem::failed(format!(
            "`{}` is no account number: its check digits are not right; look at your bank statement",
            plain(iban)
        ))),
        _ => Ok(settings),
    }
}

fn read(fields: &Map<String, Value>) -> serde_json::Result<TenantSettings> {
    TenantSettings::deserialize(Value::Object(fields.clone()))
}

/// A value of the kind that stands there: text stays text, also where it looks like a number.
fn typed(field: &Value, value: &str) -> Value {
    let text = || Value::String(value.to_owned());
    match field {
        _ if value.is_empty() => Value::Null,
        Value::Bool(_) | Value::Number(_) => serde_json::from_str(value).unwrap_or_else(|_| text()),
        _ => text(),
    }
}

fn fields(settings: &TenantSettings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".into(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
