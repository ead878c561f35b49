//! The platform's specification, against which every answer is checked.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub(crate) struct Spec {
    document: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// The specification, or `None` with a line that says that checks are skipped.
pub(crate) fn spec() -> Option<&'static Spec> {
    static SPEC: OnceLock<Option<Spec>> = OnceLock::new();
    SPEC.get_or_init(load).as_ref()
}

fn load() -> Option<Spec> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs");
    let folder = std::env::var_os("MAAN_SPECS").map_or_else(beside, PathBuf::from);
    let file = folder.join("moneybird_openapi.json");
    match std::fs::read(&file) {
        Ok(bytes) => Some(Spec {
            document: serde_json::from_slice(&bytes).expect("the specification is JSON"),
            validators: Mutex::default(),
        }),
        Err(error) => {
            println!(
                "SKIPPED: answers are not checked against the specification: {}: {error}",
                file.display()
            );
            None
        }
    }
}

impl Spec {
    /// Panics with the reasons when an answer is not as specified.
    pub(crate) fn check(&self, method: &str, path: &str, status: u16, body: &Value) {
        let response = self.response(method, path, status);
        let Some(schema) = response.pointer("/content/application~1json/schema") else {
            assert!(body.is_null(), "{method} {path} {status} should have no body");
            return;
        };
        let validator = self.validator(schema);
        let errors: Vec<String> = validator
            .iter_errors(body)
            .take(5)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(
            errors.is_empty(),
            "{method} {path} {status} is not as specified:\n{}",
            errors.join("\n")
        );
    }

    /// The validator of a schema; making one is slow, so each is made once.
    fn validator(&self, schema: &Value) -> Arc<Validator> {
        let mut made = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let schema = json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "components": { "schemas": self.document["components"]["schemas"] },
                "allOf": [schema],
            });
            let validator = jsonschema::options().should_validate_formats(true).build(&schema);
            Arc::new(validator.expect("the schema can be used"))
        };
        made.entry(schema.to_string()).or_insert_with(make).clone()
    }

    fn response(&self, method: &str, path: &str, status: u16) -> &Value {
        let operation = self.operation(method, path);
        let code = status.to_string();
        let found = operation.and_then(|operation| operation["responses"].get(&code));
        let shared = || {
            let responses = self.document["components"]["responses"]
                .as_object()
                .expect("shared responses");
            responses
                .iter()
                .find(|(name, _)| name.starts_with(&code))
                .map(|(_, response)| response)
        };
        let response = found
            .or_else(shared)
            .unwrap_or_else(|| panic!("{method} {path} has no answer {status}"));
        match response["$ref"].as_str() {
            Some(reference) => self
                .document
                .pointer(&reference[1..])
                .expect("the reference resolves"),
            None => response,
        }
    }

    fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let wanted: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let paths = self.document["paths"].as_object().expect("paths");
        let fitting = paths.iter().filter_map(|(template, operations)| {
            let template = template.trim_start_matches('/').replace("{format}", "");
            let segments: Vec<&str> = template.split('/').collect();
            let fits = segments.len() == wanted.len()
                && segments
                    .iter()
                    .zip(&wanted)
                    .all(|(segment, wanted)| segment.starts_with('{') || segment == wanted);
            let literal = segments
                .iter()
                .filter(|segment| !segment.starts_with('{'))
                .count();
            fits.then_some((literal, operations))
        });
        let (_, operations) = fitting.max_by_key(|(literal, _)| *literal)?;
        operations.get(method.to_lowercase())
    }
}

#[test]
fn the_check_notices_wrong_answers() {
    let Some(spec) = spec() else { return };
    let good = json!({ "error": "record not found", "symbolic": { "id": "not_found" } });
    spec.check("GET", "1/contacts/2", 404, &good);
    for (path, status, wrong) in [
        ("1/contacts/2", 404, json!({ "error": 4 })),
        ("1/contacts/2", 200, json!({ "id": "1", "surprise": true })),
        ("1/sales_invoices", 200, json!([{ "state": "dancing" }])),
        ("1/sales_invoices", 200, json!([{ "due_date": "tomorrow" }])),
        ("1/contacts/2", 418, good),
    ] {
        let checked = std::panic::catch_unwind(|| spec.check("GET", path, status, &wrong));
        assert!(checked.is_err(), "{path} {status} {wrong}");
    }
}
