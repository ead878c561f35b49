//! Lists: what was changed since, filtered, ordered, in numbered pages.

use maan_ledger::Moment;
use serde_json::{Value, json};

use super::refused;
use crate::server::{Asked, Told, World};

/// A page of rows.
pub(super) fn page(world: &World, asked: &Asked, resource: &str, mut rows: Vec<Value>) -> Told {
    let since = asked.header("if-modified-since");
    if !since.is_empty() {
        let since = Moment::from_utc(since.parse().unwrap());
        rows.retain(|row| stamp(&row["UpdatedDateUTC"]) > since.0 / 1_000);
    }
    if resource == "Contacts" && asked.parameter("includeArchived") != "true" {
        rows.retain(|row| row["ContactStatus"] == "ACTIVE");
    }
    let wanted = asked.parameter("where");
    rows.retain(|row| wanted.is_empty() || is_wanted(row, wanted));
    let (field, descending) = match asked.parameter("order").split_once(' ') {
        Some((field, "DESC")) => (field, true),
        Some((field, _)) => (field, false),
        None => (asked.parameter("order"), false),
    };
    rows.sort_by_key(|row| (stamp(&row[field]), row[field].to_string()));
    if descending {
        rows.reverse();
    }
    let Ok(number) = asked.parameter("page").parse::<usize>() else {
        return refused("page must be a number");
    };
    // quotes come by the hundred and do not tell how many there are
    let is_counted = resource != "Quotes";
    let size = match asked.parameter("pageSize").parse() {
        _ if !is_counted => 100,
        Ok(size @ 1..=1_000) => world.page.min(size),
        Err(_) => world.page.min(100),
        Ok(_) => return refused("pageSize must be between 1 and 1000"),
    };
    let count = rows.len();
    let rows: Vec<Value> = rows.into_iter().skip((number - 1) * size).take(size).collect();
    let mut body = json!({ resource: rows });
    if is_counted {
        body["pagination"] = json!({
            "page": number, "pageSize": size, "pageCount": count.div_ceil(size), "itemCount": count,
        });
    }
    Told::json(&body)
}

/// Milliseconds of a `/Date(…+0000)/`; 0 for anything else.
fn stamp(value: &Value) -> i64 {
    let text = value.as_str().unwrap_or_default();
    let inner = text
        .strip_prefix("/Date(")
        .and_then(|text| text.strip_suffix("+0000)/"));
    inner.and_then(|inner| inner.parse().ok()).unwrap_or_default()
}

/// `Field=="text"` and `Field==true`, joined by `AND` or by `OR`.
fn is_wanted(row: &Value, wanted: &str) -> bool {
    let holds = |condition: &str| {
        let (field, value) = condition.split_once("==").unwrap();
        let value: Value = serde_json::from_str(value).unwrap();
        row[field] == value
    };
    if wanted.contains(" OR ") {
        wanted.split(" OR ").any(holds)
    } else {
        wanted.split(" AND ").all(holds)
    }
}
