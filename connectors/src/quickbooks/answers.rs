//! Answers to queries and to change data capture, which are the same but for an envelope: lists under the name of their
//! kind, left out when empty.

use std::collections::HashMap;

use maan_ledger::Moment;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::http::{Answer, CallError};
use crate::mapping::moment;

/// Rows of one kind, and the platform's time.
pub(super) struct Rows<'a> {
    pub(super) rows: Vec<&'a RawValue>,
    pub(super) time: Moment,
}

#[derive(Deserialize)]
struct Queried<'a> {
    #[serde(borrow, rename = "QueryResponse")]
    lists: HashMap<&'a str, &'a RawValue>,
    time: String,
}

#[derive(Deserialize)]
struct Captured<'a> {
    #[serde(borrow, rename = "CDCResponse")]
    answers: Vec<Lists<'a>>,
    time: String,
}

#[derive(Deserialize)]
struct Lists<'a> {
    #[serde(borrow, rename = "QueryResponse")]
    lists: Vec<HashMap<&'a str, &'a RawValue>>,
}

/// The rows of a query.
pub(super) fn queried<'a>(answer: &'a Answer, kind: &str) -> Result<Rows<'a>, CallError> {
    let body: Queried<'a> = answer.borrowed()?;
    rows(answer, std::iter::once(&body.lists), kind, &body.time)
}

/// The rows of change data capture.
pub(super) fn captured<'a>(answer: &'a Answer, kind: &str) -> Result<Rows<'a>, CallError> {
    let body: Captured<'a> = answer.borrowed()?;
    rows(
        answer,
        body.answers.iter().flat_map(|one| &one.lists),
        kind,
        &body.time,
    )
}

fn rows<'a, 'l>(
    answer: &'a Answer,
    lists: impl Iterator<Item = &'l HashMap<&'a str, &'a RawValue>>,
    kind: &str,
    time: &str,
) -> Result<Rows<'a>, CallError>
where
    'a: 'l,
{
    let mut rows = Vec::new();
    for list in lists.filter_map(|lists| lists.get(kind).copied()) {
        let more: Vec<&'a RawValue> =
            serde_json::from_str(list.get()).map_err(|error| answer.odd(&error.to_string()))?;
        rows.extend(more);
    }
    let time = moment(time).ok_or_else(|| answer.odd("it does not tell its time"))?;
    Ok(Rows { rows, time })
}
