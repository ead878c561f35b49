//! Xero's lists: an object that holds the list under the name of the resource, and beside it how many pages there are.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::http::{Answer, CallError};

/// A page of a list.
pub(super) struct Rows<'a> {
    pub(super) rows: Vec<&'a RawValue>,
    /// There is another page.
    pub(super) more: bool,
    /// Records on the pages that follow, where it tells.
    pub(super) left: Option<usize>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    page: usize,
    page_size: usize,
    page_count: usize,
    item_count: usize,
}

/// Quotes come in pages of so many records, and do not tell whether there is another.
const UNTOLD: usize = 100;

/// The rows of a resource.
pub(super) fn rows<'a>(answer: &'a Answer, resource: &str) -> Result<Rows<'a>, CallError> {
    let odd = |error: serde_json::Error| answer.odd(&error.to_string());
    let parts: HashMap<&str, &'a RawValue> = answer.borrowed()?;
    let list = parts
        .get(resource)
        .ok_or_else(|| answer.odd("the list is missing"))?;
    let rows: Vec<&'a RawValue> = serde_json::from_str(list.get()).map_err(odd)?;
    let Some(pages) = parts.get("pagination") else {
        let more = rows.len() >= UNTOLD;
        return Ok(Rows {
            rows,
            more,
            left: None,
        });
    };
    let pages: Pagination = serde_json::from_str(pages.get()).map_err(odd)?;
    let read = pages.page.saturating_mul(pages.page_size);
    Ok(Rows {
        rows,
        more: pages.page < pages.page_count,
        left: Some(pages.item_count.saturating_sub(read)),
    })
}
