use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Value, json};

/// An OpenAPI document, as JSON.
pub struct OpenApi {
    document: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl OpenApi {
    /// A document.
    pub fn new(document: Value) -> Self {
        Self {
            document,
            validators: Mutex::default(),
        }
    }

    /// A document that lists all fields that there are, but does not say so.
    ///
    /// # Panics
    /// It is no OpenAPI document.
    pub fn closed(mut document: Value) -> Self {
        let schemas = document["components"]["schemas"].as_object_mut().unwrap();
        for schema in schemas.values_mut() {
            let schema = schema.as_object_mut().unwrap();
            if schema.contains_key("properties") && !schema.contains_key("additionalProperties") {
                schema.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
        }
        Self::new(document)
    }

    /// What of an answer is not as specified; empty when all is well. `path` is as the document has it.
    pub fn complaints(&self, method: &str, path: &str, status: u16, body: &Value) -> Vec<String> {
        let about = format!("{method} {path} {status}");
        let Some(response) = self.response(method, path, status) else {
            return vec![format!("{about}: no such answer")];
        };
        let Some(schema) = response.pointer("/content/application~1json/schema") else {
            return if body.is_null() {
                Vec::new()
            } else {
                vec![format!("{about}: should have no body")]
            };
        };
        let validator = self.validator(schema);
        let errors = validator.iter_errors(body).take(5);
        errors
            .map(|error| format!("{about}: {}: {error}", error.instance_path()))
            .collect()
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

    fn response(&self, method: &str, path: &str, status: u16) -> Option<&Value> {
        let code = status.to_string();
        let found = self
            .operation(method, path)
            .and_then(|operation| operation["responses"].get(&code));
        let shared = || {
            let responses = self.document["components"]["responses"].as_object()?;
            let found = responses.iter().find(|(name, _)| name.starts_with(&code));
            found.map(|(_, response)| response)
        };
        let response = found.or_else(shared)?;
        match response["$ref"].as_str() {
            Some(reference) => self.document.pointer(reference.trim_start_matches('#')),
            None => Some(response),
        }
    }

    fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let wanted: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let paths = self.document["paths"].as_object()?;
        let fitting = paths.iter().filter_map(|(template, operations)| {
            let template = template.trim_start_matches('/').replace("{format}", "");
            let segments: Vec<&str> = template.split('/').collect();
            let is_variable = |segment: &str| segment.starts_with('{');
            let mut pairs = segments.iter().zip(&wanted);
            let fits = segments.len() == wanted.len()
                && pairs.all(|(segment, wanted)| is_variable(segment) || segment == wanted);
            let literal = segments.iter().filter(|segment| !is_variable(segment)).count();
            fits.then_some((literal, operations))
        });
        let (_, operations) = fitting.max_by_key(|(literal, _)| *literal)?;
        operations.get(method.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_answers_are_noticed() {
        let schema = json!({ "properties": { "n": { "type": "integer" } }, "required": ["n"] });
        let ok = json!({ "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } });
        let spec = OpenApi::closed(json!({
            "components": { "schemas": { "Thing": schema } },
            "paths": { "/things/{id}": { "get": { "responses": { "200": ok } } } },
        }));
        let complaints = |path, status, body| spec.complaints("GET", path, status, &body);
        assert_eq!(
            complaints("/things/4", 200, json!({ "n": 1 })),
            Vec::<String>::new()
        );
        for (path, status, wrong) in [
            ("/things/4", 200, json!({})),
            ("/things/4", 200, json!({ "n": "1" })),
            ("/things/4", 200, json!({ "n": 1, "surprise": true })),
            ("/things/4", 418, json!({ "n": 1 })),
            ("/other", 200, json!({ "n": 1 })),
        ] {
            assert_ne!(
                complaints(path, status, wrong.clone()),
                Vec::<String>::new(),
                "{path} {status} {wrong}"
            );
        }
    }
}
