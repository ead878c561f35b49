//! Settings as canonical JSON: objects with sorted keys, no spaces. Equal settings have equal digests.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::error::PolicyError;

/// Bytes of settings.
const MOST: usize = 256 << 10;

/// The canonical form of settings, which must be a JSON object.
///
/// # Errors
/// No JSON object, or too long.
pub fn canonical(json: &str) -> Result<String, PolicyError> {
    if json.len() > MOST {
        return Err(PolicyError::Settings(format!(
            "{} bytes, at most {MOST} are allowed",
            json.len()
        )));
    }
    let value: Value =
        serde_json::from_str(json).map_err(|e| PolicyError::Settings(format!("no JSON: {e}")))?;
    if !value.is_object() {
        return Err(PolicyError::Settings(
            "they must be a JSON object, such as {}".into(),
        ));
    }
    let mut text = String::with_capacity(json.len());
    write(&value, &mut text);
    Ok(text)
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
            text.push('{');
            for (i, (name, value)) in sorted.into_iter().enumerate() {
                separate(i, text);
                write(&Value::String(name.clone()), text);
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Value::Array(entries) => {
            text.push('[');
            for (i, entry) in entries.iter().enumerate() {
                separate(i, text);
                write(entry, text);
            }
            text.push(']');
        }
        // Writing to a string cannot fail.
        plain => write!(text, "{plain}").unwrap_or_default(),
    }
}

fn separate(i: usize, text: &mut String) {
    if i > 0 {
        text.push(',');
    }
}
