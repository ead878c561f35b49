//! OData version 2 in JSON.

use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use crate::Site;
use crate::http::{Answer, CallError};

/// Rows of a page, and the token of the next.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    pub(super) rows: Vec<&'a RawValue>,
    pub(super) next: Option<String>,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    d: &'a RawValue,
}

#[derive(Deserialize)]
struct Paged<'a> {
    #[serde(borrow)]
    results: Vec<&'a RawValue>,
    #[serde(rename = "__next")]
    next: Option<String>,
}

/// The rows of an answer. Of the link to the next page only its token is taken, so that a link cannot lead elsewhere.
pub(super) fn rows<'a>(answer: &'a Answer, site: &Site) -> Result<Rows<'a>, CallError> {
    let inner = answer.borrowed::<Envelope<'a>>()?.d.get();
    let odd = |error: serde_json::Error| answer.odd(&error.to_string());
    // a list that is never paged comes bare
    if inner.starts_with('[') {
        let rows = serde_json::from_str(inner).map_err(odd)?;
        return Ok(Rows { rows, next: None });
    }
    let Paged { results, next } = serde_json::from_str(inner).map_err(odd)?;
    let next = next.map(|link| token(&link, site).ok_or_else(|| answer.odd("its next page is nowhere")));
    Ok(Rows {
        rows: results,
        next: next.transpose()?,
    })
}

fn token(link: &str, site: &Site) -> Option<String> {
    let link = Url::parse(link).ok().filter(|link| site.holds(link))?;
    let mut pairs = link.query_pairs();
    pairs
        .find(|(name, _)| name == "$skiptoken")
        .map(|(_, token)| token.into_owned())
}
