//! Changes to settings, as stories write them.

use serde_json::{Map, Value};

use crate::story::Change;

/// Applies a change: `set` merges objects and replaces all else, a key that begins with `/` is a place; `remove`
/// takes places out. The error says which place is not there.
pub(crate) fn change(settings: &mut Value, change: &Change) -> Result<(), String> {
    for (key, value) in &change.set {
        let value = json(value);
        match key.strip_prefix('/') {
            Some(place) => set(settings, place, value)?,
            None => merge(settings, Value::Object(Map::from_iter([(key.clone(), value)]))),
        }
    }
    change.remove.iter().try_for_each(|place| remove(settings, place))
}

fn merge(into: &mut Value, value: Value) {
    match (into, value) {
        (Value::Object(into), Value::Object(fields)) => {
            for (key, value) in fields {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, value) => *into = value,
    }
}

fn set(settings: &mut Value, place: &str, value: Value) -> Result<(), String> {
    let (parent, last) = parent(settings, place)?;
    match parent {
        Value::Object(fields) => {
            fields.insert(last.to_owned(), value);
        }
        Value::Array(list) if last == "-" => list.push(value),
        Value::Array(list) => {
            let entry = entry(list, last).and_then(|index| list.get_mut(index));
            *entry.ok_or_else(|| nowhere(place))? = value;
        }
        _ => return Err(nowhere(place)),
    }
    Ok(())
}

fn remove(settings: &mut Value, place: &str) -> Result<(), String> {
    let (parent, last) = parent(settings, place.trim_start_matches('/'))?;
    let gone = match parent {
        Value::Object(fields) => fields.remove(last).is_some(),
        Value::Array(list) => entry(list, last).map(|index| list.remove(index)).is_some(),
        _ => false,
    };
    if gone { Ok(()) } else { Err(nowhere(place)) }
}

/// The value that holds the last part of a place, and that part.
fn parent<'v, 'p>(settings: &'v mut Value, place: &'p str) -> Result<(&'v mut Value, &'p str), String> {
    let (path, last) = place.rsplit_once('/').unwrap_or(("", place));
    let mut value = settings;
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let inner = match value {
            Value::Object(fields) => fields.get_mut(part),
            Value::Array(list) => entry(list, part).and_then(|index| list.get_mut(index)),
            _ => None,
        };
        value = inner.ok_or_else(|| nowhere(place))?;
    }
    Ok((value, last))
}

/// The entry of a list by its number, or by `field=value`.
fn entry(list: &[Value], part: &str) -> Option<usize> {
    let number = part.parse().ok().filter(|number| *number < list.len());
    let (field, wanted) = part.split_once('=').unwrap_or((part, ""));
    number.or_else(|| {
        list.iter().position(|entry| match entry.get(field) {
            Some(Value::String(text)) => text == wanted,
            Some(other) => wanted.parse::<Value>().is_ok_and(|wanted| wanted == *other),
            None => false,
        })
    })
}

fn nowhere(place: &str) -> String {
    format!("the settings have no place `/{}`", place.trim_start_matches('/'))
}

fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text.clone()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(yes) => Value::Bool(*yes),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(list) => Value::Array(list.iter().map(json).collect()),
        toml::Value::Table(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), json(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn changed(text: &str) -> Result<Value, String> {
        let mut settings = json!({
            "steps": [{ "level": "reminder-1", "days": 3 }, { "level": "call-1" }],
            "hours": { "from": 540, "to": 1020 },
        });
        let table: Change = toml::from_str(&format!("policy = 'workflow'\n{text}")).unwrap();
        change(&mut settings, &table).map(|()| settings)
    }

    #[test]
    fn objects_merge_and_all_else_is_replaced() {
        let settings = changed("set = { hours = { to = 900 }, steps = [] }").unwrap();
        assert_eq!(
            settings,
            json!({ "steps": [], "hours": { "from": 540, "to": 900 } })
        );
    }

    #[test]
    fn a_place_is_found_by_a_field_of_an_entry() {
        let settings =
            changed("set = { '/steps/level=reminder-1/days' = 9 }\nremove = ['/steps/level=call-1']");
        assert_eq!(
            settings.unwrap()["steps"],
            json!([{ "level": "reminder-1", "days": 9 }])
        );
    }

    #[test]
    fn a_place_that_is_not_there_is_told() {
        let told = changed("remove = ['/steps/level=reminder-9']").unwrap_err();
        assert_eq!(told, "the settings have no place `/steps/level=reminder-9`");
        assert!(changed("set = { '/nowhere/at/all' = 1 }").is_err());
    }
}
