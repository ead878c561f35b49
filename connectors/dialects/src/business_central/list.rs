//! Lists: filtered, ordered, selected, in pages that are linked.

use serde_json::{Value, json};

use super::{filter, refused};
use crate::server::{Asked, Told, World};

/// Most records of a page.
const MOST: usize = 20_000;

/// A page of rows, which `key` tells apart. A page goes on after the row at which the last one ended.
pub(super) fn page(world: &World, asked: &Asked, key: &str, mut rows: Vec<Value>) -> Told {
    let wanted = asked.parameter("$filter");
    rows.retain(|row| wanted.is_empty() || filter::holds(row, wanted));
    let (field, descending) = match asked.parameter("$orderby").split_once(' ') {
        Some((field, _)) => (field, true),
        None if asked.parameter("$orderby").is_empty() => (key, false),
        None => (asked.parameter("$orderby"), false),
    };
    rows.sort_by_key(|row| (sortable(&row[field]), sortable(&row[key])));
    if descending {
        rows.reverse();
    }
    let token = asked.parameter("$skiptoken");
    if !token.is_empty() {
        if field != key || descending {
            return refused(400, "BadRequest", "$skiptoken does not fit the order.");
        }
        rows.retain(|row| sortable(&row[key]).as_str() > token);
    }
    let top: usize = asked.parameter("$top").parse().unwrap_or(usize::MAX);
    rows.truncate(top);
    let preferred = asked.header("prefer").strip_prefix("odata.maxpagesize=");
    let size = preferred.map_or(MOST, |size| size.parse().unwrap());
    if size > MOST {
        return refused(413, "RequestEntityTooLarge", "The page is too large.");
    }
    let size = size.min(world.page);
    let more = rows.len() > size;
    rows.truncate(size);
    let mut body = json!({});
    if more && let Some(last) = rows.last() {
        let mut link = url::Url::parse(&format!("{}{}", world.base, asked.path)).unwrap();
        for (name, value) in asked.query.iter().filter(|(name, _)| *name != "$skiptoken") {
            link.query_pairs_mut().append_pair(name, value);
        }
        link.query_pairs_mut()
            .append_pair("$skiptoken", &sortable(&last[key]));
        body["@odata.nextLink"] = json!(link);
    }
    let select: Vec<&str> = asked.parameter("$select").split(',').collect();
    if !asked.parameter("$select").is_empty() {
        for row in &mut rows {
            let fields = row.as_object_mut().unwrap();
            fields.retain(|name, _| name.starts_with('@') || select.contains(&name.as_str()));
        }
    }
    body["value"] = Value::Array(rows);
    Told::json(&body)
}

fn sortable(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("{:020}", number.as_u64().unwrap()),
        Value::String(text) => text.clone(),
        other => panic!("{other} cannot be ordered"),
    }
}
