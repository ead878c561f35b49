//! Where two outcomes differ, in words.

use serde_json::Value;

use super::from_canonical;
use crate::error::Stop;
use crate::slots::Slot;

/// Differences named at most.
const MOST: usize = 10;

/// Names the fields in which two canonical outcomes differ, with both values.
pub(crate) fn differences<S: Slot>(before: &[u8], now: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    walk("", &readable::<S>(before), &readable::<S>(now), &mut found);
    found.truncate(MOST);
    found
}

fn readable<S: Slot>(bytes: &[u8]) -> Value {
    match from_canonical::<Result<S::Outcome, Stop>>(bytes) {
        Some(Ok(outcome)) => serde_json::to_value(outcome).unwrap_or_default(),
        Some(Err(stop)) => Value::String(format!("undecided: it {stop}")),
        None => Value::String("unreadable bytes".into()),
    }
}

fn walk(path: &str, before: &Value, now: &Value, found: &mut Vec<String>) {
    match (before, now) {
        (Value::Object(a), Value::Object(b)) => {
            for (name, value) in a {
                walk(
                    &format!("{path}/{name}"),
                    value,
                    b.get(name).unwrap_or(&Value::Null),
                    found,
                );
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (i, (a, b)) in a.iter().zip(b).enumerate() {
                walk(&format!("{path}/{i}"), a, b, found);
            }
        }
        _ if before != now => found.push(format!("{path}: {before} became {now}")),
        _ => {}
    }
}
