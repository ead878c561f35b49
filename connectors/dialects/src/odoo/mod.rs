//! Odoo 19, its JSON-2 interface: methods of models with named arguments, from the documentation of its external API.

mod domain;
mod records;
mod rows;

use serde_json::{Map, Value, json};

use crate::case::Case;
use crate::server::{Asked, Dialect, Renewal, Told, World};

/// Odoo.
pub struct Odoo;

/// The database that is served.
pub const DATABASE: &str = "noorderlicht";

impl Dialect for Odoo {
    fn word(&self) -> &'static str {
        "odoo"
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        &[
            (Case::Holds, "a partner cannot be held"),
            (Case::Disputes, "an invoice has no field for it"),
            (Case::Promises, "an invoice has no field for it"),
            (
                Case::WriteOffs,
                "a write-off is an entry that is matched like a payment",
            ),
        ]
    }

    fn renewal(&self) -> Renewal {
        Renewal {
            lifetime: 315_360_000,
            youngest: 0,
            grace: None,
            by_credentials: false,
        }
    }

    fn token_path(&self) -> &'static str {
        ""
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        let path = asked.path.clone();
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let ["json", "2", model, method] = parts.as_slice() else {
            return Told::status(404);
        };
        if asked.header("x-odoo-database") != DATABASE || asked.method != axum::http::Method::POST {
            return refused(404, "werkzeug.exceptions.NotFound", "no such database");
        }
        let body = asked.json();
        let Some(arguments) = body.as_object() else {
            return refused(400, "werkzeug.exceptions.BadRequest", "not a JSON object");
        };
        let Some(all) = records::all(world, model) else {
            return refused(404, "werkzeug.exceptions.NotFound", "the model does not exist");
        };
        match *method {
            "search_read" => searched(arguments, model, all),
            "read" => {
                let ids = arguments["ids"].as_array().cloned().unwrap_or_default();
                let found = all.into_iter().filter(|one| ids.contains(&one["id"])).collect();
                told(arguments, found)
            }
            "write" | "message_post" | "activity_schedule" => written(world, arguments, &path, &all),
            _ => refused(422, "builtins.AttributeError", "the method does not exist"),
        }
    }

    fn throttled(&self, _: &World, seconds: u64) -> Told {
        refused(
            429,
            "werkzeug.exceptions.TooManyRequests",
            "this user has exceeded an allotted request count",
        )
        .with_header("retry-after", seconds)
    }

    fn absurdities(&self) -> usize {
        records::ABSURD
    }

    fn negative(&self) -> Option<usize> {
        Some(records::NEGATIVE)
    }
}

/// Errors come with the name of the exception.
fn refused(status: u16, name: &str, message: &str) -> Told {
    Told::json(&json!({
        "name": name, "message": message, "arguments": [message], "context": {}, "debug": "",
    }))
    .with_status(status)
}

fn searched(arguments: &Map<String, Value>, model: &str, mut all: Vec<Value>) -> Told {
    let named = ["domain", "fields", "offset", "limit", "order", "context"];
    if let Some(other) = arguments.keys().find(|name| !named.contains(&name.as_str())) {
        return refused(422, "builtins.TypeError", other);
    }
    let Some(domain) = arguments["domain"].as_array() else {
        return refused(422, "builtins.TypeError", "domain");
    };
    // what is archived is left out, unless it is asked for
    if model == "res.partner" && !domain.iter().any(|clause| clause[0] == "active") {
        all.retain(|one| one["active"] == true);
    }
    let mut unknown = None;
    all.retain(|one| domain::holds(one, domain, &mut unknown));
    if let Some(field) = unknown {
        return refused(422, "builtins.ValueError", &format!("Invalid field {field}"));
    }
    if let Some(order) = arguments.get("order").and_then(Value::as_str) {
        let field = order.split([' ', ',']).next().unwrap();
        all.sort_by_key(|one| one[field].to_string());
        if order.starts_with(&format!("{field} desc")) {
            all.reverse();
        }
    }
    if let Some(limit) = arguments.get("limit").and_then(Value::as_u64) {
        all.truncate(usize::try_from(limit).unwrap());
    }
    told(arguments, all)
}

/// The fields that were asked for: relations with id and name, lists of them as ids, what is empty as `false`.
fn told(arguments: &Map<String, Value>, all: Vec<Value>) -> Told {
    let fields = arguments["fields"].as_array().cloned().unwrap_or_default();
    let mut rows = Vec::new();
    for record in all {
        let mut row = json!({ "id": record["id"] });
        for field in &fields {
            let field = field.as_str().unwrap();
            let Some(value) = record.get(field) else {
                return refused(422, "builtins.ValueError", &format!("Invalid field {field}"));
            };
            row[field] = match value {
                Value::Null => json!(false),
                Value::Object(other) => json!([other["id"], other["name"]]),
                Value::Array(all) => all.iter().map(|one| one["id"].clone()).collect(),
                plain => plain.clone(),
            };
        }
        rows.push(row);
    }
    Told::json(&Value::Array(rows))
}

fn written(world: &mut World, arguments: &Map<String, Value>, path: &str, all: &[Value]) -> Told {
    let ids = arguments.get("ids").and_then(Value::as_array);
    let there = |id: &Value| all.iter().any(|one| one["id"] == *id);
    if !ids.is_some_and(|ids| ids.len() == 1 && ids.iter().all(there)) {
        return refused(404, "odoo.exceptions.MissingError", "Record does not exist");
    }
    let named = |name: &str| arguments.get(name);
    let (asked, answer) = match path.rsplit('/').next().unwrap() {
        "write" => {
            let values = named("vals").and_then(Value::as_object);
            let known = ["credit_limit", "use_partner_credit_limit"];
            let good = values.is_some_and(|values| {
                values.keys().all(|name| known.contains(&name.as_str())) && values["credit_limit"].is_number()
            });
            (good, json!(true))
        }
        "message_post" => (
            named("body").is_some_and(Value::is_string),
            json!([world.written.len() + 1]),
        ),
        _ => {
            let todo = named("act_type_xmlid") == Some(&json!("mail.mail_activity_data_todo"));
            (
                todo && named("note").is_some_and(Value::is_string),
                json!([world.written.len() + 1]),
            )
        }
    };
    if !asked {
        return refused(422, "odoo.exceptions.ValidationError", "Invalid arguments");
    }
    world
        .written
        .push((format!("POST {path}"), Value::Object(arguments.clone())));
    Told::json(&answer)
}
