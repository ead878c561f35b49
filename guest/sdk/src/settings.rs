//! Settings: one type per slot, read from JSON by `serde`, described by a JSON Schema of the same type.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::{Serialize, de::DeserializeOwned};
use serde_path_to_error::{Path, Segment};

use crate::types::Problem;

/// What a settings type derives: `Serialize, Deserialize, JsonSchema` and `Default`.
/// Add `#[serde(default, deny_unknown_fields)]`, so that a misspelt setting is refused.
pub trait Settings: Serialize + DeserializeOwned + JsonSchema + Default {}
impl<T: Serialize + DeserializeOwned + JsonSchema + Default> Settings for T {}

/// Reads settings, or says where and why not. Nothing at all is `{}`: every setting at its default.
pub fn parse<S: Settings>(json: &str) -> Result<S, Vec<Problem>> {
    let json = if json.trim().is_empty() { "{}" } else { json };
    // Each batch reads its settings anew, and following where it stands takes as long again.
    serde_json::from_str(json).or_else(|_| parse_with_path(json))
}

/// The same more slowly, for the place of what is wrong.
fn parse_with_path<S: Settings>(json: &str) -> Result<S, Vec<Problem>> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let settings = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| vec![problem(pointer(error.path()), error.inner().to_string())])?;
    reader
        .end()
        .map_err(|error| vec![problem("", error.to_string())])?;
    Ok(settings)
}

/// The JSON Schema (2020-12) of a settings type.
pub fn schema<S: Settings>() -> String {
    json(
        &SchemaSettings::draft2020_12()
            .into_generator()
            .into_root_schema_for::<S>(),
    )
}

/// Settings as JSON, as presets hold them.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// One thing that is wrong: `path` is a JSON pointer such as `/steps/0/after`.
pub fn problem(path: impl Into<String>, message: impl Into<String>) -> Problem {
    Problem {
        path: path.into(),
        message: message.into(),
    }
}

/// RFC 6901.
fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path.iter() {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                key.replace('~', "~0").replace('/', "~1")
            }
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, serde::Deserialize, JsonSchema)]
    #[serde(default, deny_unknown_fields)]
    struct Step {
        after: u16,
    }

    #[derive(Debug, Default, PartialEq, Serialize, serde::Deserialize, JsonSchema)]
    #[serde(default, deny_unknown_fields)]
    struct Flow {
        steps: Vec<Step>,
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        assert_eq!(parse::<Flow>(""), Ok(Flow::default()));
        assert_eq!(
            parse(r#"{"steps":[{}]}"#),
            Ok(Flow {
                steps: vec![Step { after: 0 }]
            })
        );
    }

    #[test]
    fn a_wrong_value_is_named_by_its_pointer() {
        let problems = parse::<Flow>(r#"{"steps":[{},{"after":-3}]}"#).unwrap_err();
        assert_eq!(problems[0].path, "/steps/1/after");
    }

    #[test]
    fn an_unknown_setting_is_refused_with_what_was_expected() {
        let problems = parse::<Flow>(r#"{"step":[]}"#).unwrap_err();
        assert_eq!(problems[0].path, "/step");
        assert!(problems[0].message.contains("steps"), "{}", problems[0].message);
        assert_eq!(parse::<Flow>("{} x").unwrap_err().len(), 1);
    }

    #[test]
    fn names_in_settings_are_those_of_the_contract() {
        use crate::types::Level;
        assert_eq!(
            json(&[Level::Reminder2, Level::LastReminder]),
            r#"["reminder-2","last-reminder"]"#
        );
    }

    #[test]
    fn the_schema_is_that_of_the_settings_type() {
        let schema: serde_json::Value = serde_json::from_str(&schema::<Flow>()).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["properties"]["steps"]["type"], "array");
        assert_eq!(schema["additionalProperties"], false);
    }
}
