//! Searching as Tryton does: a domain, an order, a range, and nested fields.

use std::cmp::Ordering;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use serde_json::{Map, Value, json};

use crate::server::{Asked, Told, World};

/// JSON of a parameter or header; null when it is none.
pub(super) fn decoded(text: &str) -> Value {
    let bytes = URL_SAFE.decode(text).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// The records that a domain leaves, of which a range. A real server gives as many as are asked for; this one at most a
/// page, and tells by the range that there are more.
pub(super) fn search(world: &World, asked: &Asked, mut all: Vec<Value>) -> Told {
    let domain = decoded(asked.parameter("d"));
    let Some(clauses) = domain.as_array() else {
        return Told::status(500);
    };
    let mut known = true;
    all.retain(|record| holds(record, clauses, &mut known));
    for order in decoded(asked.parameter("o")).as_array().into_iter().flatten() {
        let (field, down) = (order[0].as_str().unwrap_or_default(), order[1] == "DESC");
        all.sort_by(|one, other| {
            let order = compare(&one[field], &other[field]).unwrap_or(Ordering::Equal);
            if down { order.reverse() } else { order }
        });
    }
    let total = all.len();
    let range = asked
        .header("range")
        .strip_prefix("records=0-")
        .map(str::parse::<usize>);
    if let Some(range) = &range {
        let Ok(end) = range else { return Told::status(500) };
        all.truncate((*end).min(world.page));
    }
    let fields = asked.all("f");
    let chosen: Option<Vec<Value>> = all.iter().map(|record| chosen(record, &fields)).collect();
    // a field that is not there is an error of the server itself
    let Some(chosen) = chosen.filter(|_| known && !fields.is_empty()) else {
        return Told::status(500);
    };
    let told = Told::json(&Value::Array(chosen));
    match range {
        Some(_) => told.with_header("content-range", format!("records 0-{}/{total}", all.len())),
        None => told,
    }
}

fn holds(record: &Value, clauses: &[Value], known: &mut bool) -> bool {
    let (any, clauses) = match clauses.first() {
        Some(Value::String(word)) if word == "OR" => (true, &clauses[1..]),
        _ => (false, clauses),
    };
    let mut each = clauses.iter().map(|clause| {
        let parts = clause.as_array().unwrap();
        match parts.as_slice() {
            [Value::String(field), Value::String(operator), value] if field != "OR" => {
                let Some(found) = at(record, field) else {
                    *known = false;
                    return false;
                };
                is(&found, operator, value)
            }
            nested => holds(record, nested, known),
        }
    });
    if any {
        each.any(|one| one)
    } else {
        each.all(|one| one)
    }
}

/// What stands at a path; a relation stands for its id.
fn at(record: &Value, path: &str) -> Option<Value> {
    let (field, rest) = path.split_once('.').unwrap_or((path, ""));
    let value = record.get(field)?;
    if rest.is_empty() || value.is_null() {
        return Some(value.get("id").unwrap_or(value).clone());
    }
    at(value, rest)
}

fn is(found: &Value, operator: &str, value: &Value) -> bool {
    let empty = found.as_array().is_some_and(Vec::is_empty);
    let same = || compare(found, value) == Some(Ordering::Equal) || (value.is_null() && empty);
    let ordered = |wanted: &[Ordering]| compare(found, value).is_some_and(|order| wanted.contains(&order));
    match operator {
        "=" => same(),
        "!=" => !same(),
        ">" => ordered(&[Ordering::Greater]),
        ">=" => ordered(&[Ordering::Greater, Ordering::Equal]),
        "<=" => ordered(&[Ordering::Less, Ordering::Equal]),
        "in" => value.as_array().unwrap().contains(found),
        other => panic!("the operator {other} is not served"),
    }
}

/// Values of the same class; null is only like itself.
fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Null, Value::Null) => Some(Ordering::Equal),
        (Value::Bool(one), Value::Bool(other)) => Some(one.cmp(other)),
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Number(one), Value::Number(other)) => one.as_i64()?.partial_cmp(&other.as_i64()?),
        (Value::Object(one), Value::Object(other)) if one["__class__"] == other["__class__"] => {
            if one["__class__"] == "Decimal" {
                let number = |value: &Value| value.as_str()?.parse::<f64>().ok();
                return number(&one["decimal"])?.partial_cmp(&number(&other["decimal"])?);
            }
            let date = |object: &Map<String, Value>| {
                ["year", "month", "day"].map(|part| object[part].as_i64().unwrap())
            };
            Some(date(one).cmp(&date(other)))
        }
        _ => None,
    }
}

/// The fields that were asked for: a relation is its id, unless fields of it are asked for. None when there is no such
/// field.
fn chosen(record: &Value, fields: &[String]) -> Option<Value> {
    let mut told = json!({ "id": record["id"], "__name__": record["__name__"] });
    for field in fields {
        let (name, nested) = field.split_once('.').unwrap_or((field, ""));
        let value = record.get(name)?;
        if told.get(name).is_some() {
            continue;
        }
        let below: Vec<String> = fields
            .iter()
            .filter_map(|other| other.strip_prefix(name)?.strip_prefix('.'))
            .map(str::to_owned)
            .collect();
        let one = |value: &Value| match value {
            Value::Object(object) if object.contains_key("__name__") => {
                if below.is_empty() {
                    Some(value["id"].clone())
                } else {
                    chosen(value, &below)
                }
            }
            other if nested.is_empty() || other.is_null() => Some(other.clone()),
            _ => None,
        };
        told[name] = match value {
            Value::Array(all) => Value::Array(all.iter().map(one).collect::<Option<_>>()?),
            value => one(value)?,
        };
    }
    Some(told)
}
