use serde_json::{Map, Value};
use yaml_rust2::{Yaml, YamlLoader};

/// A YAML document as JSON. Numbers that JSON cannot hold, and what has no name in text, are left out.
///
/// # Panics
/// It is not YAML.
pub fn parse(text: &str) -> Value {
    let documents = YamlLoader::load_from_str(text).expect("the specification is YAML");
    documents.into_iter().next().map(json).unwrap_or_default()
}

fn json(yaml: Yaml) -> Value {
    match yaml {
        Yaml::Real(text) => text.parse().map_or(Value::String(text), Value::Number),
        Yaml::Integer(number) => number.into(),
        Yaml::String(text) => Value::String(text),
        Yaml::Boolean(truth) => Value::Bool(truth),
        Yaml::Array(all) => all.into_iter().map(json).collect(),
        Yaml::Hash(pairs) => {
            let pairs = pairs
                .into_iter()
                .filter_map(|(key, value)| Some((name(key)?, json(value))));
            Value::Object(pairs.collect::<Map<String, Value>>())
        }
        Yaml::Alias(_) | Yaml::Null | Yaml::BadValue => Value::Null,
    }
}

/// Statuses are written as numbers or as text.
fn name(key: Yaml) -> Option<String> {
    match key {
        Yaml::String(text) => Some(text),
        Yaml::Integer(number) => Some(number.to_string()),
        Yaml::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_becomes_json() {
        let parsed = parse("a:\n  200: [1, 2.5, x, true, null]\n  '400': {}\n");
        let wanted = serde_json::json!({ "a": { "200": [1, 2.5, "x", true, null], "400": {} } });
        assert_eq!(parsed, wanted);
    }
}
