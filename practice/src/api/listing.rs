//! Pages, lists of versions, and records by their ids.

use super::{Answer, ApiError, Request};
use serde_json::{Value, json};

const DEFAULT_PER_PAGE: usize = 50;
/// Most records on a page or in one answer by ids.
const MOST: usize = 100;

fn whole(request: &Request, name: &str, default: usize, most: usize) -> Result<usize, ApiError> {
    let Some(text) = request.param(name) else {
        return Ok(default);
    };
    text.parse()
        .ok()
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| ApiError::bad(&format!("{name} does not have a valid value")))
}

/// One page of the wanted records, with `Link` to its neighbours and `X-Total-Count`.
pub(super) fn page(
    request: &Request,
    wanted: &[usize],
    show: impl Fn(usize) -> Option<Value>,
) -> Result<Answer, ApiError> {
    let per_page = whole(request, "per_page", DEFAULT_PER_PAGE, MOST)?;
    let page = whole(request, "page", 1, usize::MAX)?;
    let skipped = (page - 1).saturating_mul(per_page);
    let records: Vec<Value> = wanted
        .iter()
        .skip(skipped)
        .take(per_page)
        .filter_map(|ix| show(*ix))
        .collect();
    let mut links = Vec::new();
    if skipped.saturating_add(per_page) < wanted.len() {
        links.push(link(request, page + 1, "next"));
    }
    if page > 1 {
        links.push(link(request, page - 1, "prev"));
    }
    let mut answer = Answer::ok(Value::Array(records));
    if !links.is_empty() {
        answer.headers.push(("link", links.join(", ")));
    }
    answer.headers.push(("x-total-count", wanted.len().to_string()));
    Ok(answer)
}

fn link(request: &Request, page: usize, relation: &str) -> String {
    let kept = request.query.iter().filter(|(key, _)| key != "page");
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair("page", &page.to_string())
        .finish();
    format!("<{}?{query}>; rel=\"{relation}\"", request.url)
}

/// Ids and versions.
pub(super) fn versions(records: impl Iterator<Item = (u64, i64)>) -> Answer {
    Answer::ok(
        records
            .map(|(id, version)| json!({ "id": id.to_string(), "version": version }))
            .collect(),
    )
}

/// The records with the ids in the body, at most a hundred; ids that are not there are left out.
pub(super) fn by_ids(request: &Request, find: impl Fn(u64) -> Option<Value>) -> Result<Answer, ApiError> {
    let ids = request
        .body
        .get("ids")
        .ok_or_else(|| ApiError::bad_symbolic("Ids is required", json!({ "ids": "required" })))?;
    let ids = ids
        .as_array()
        .ok_or_else(|| ApiError::bad_symbolic("Ids isn't an array", json!({ "ids": "array" })))?;
    let number = |id: &Value| id.as_u64().or_else(|| id.as_str()?.parse().ok());
    Ok(Answer::ok(
        ids.iter()
            .take(MOST)
            .filter_map(number)
            .filter_map(find)
            .collect(),
    ))
}
