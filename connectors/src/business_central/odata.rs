//! OData version 4 in JSON.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use url::Url;

use super::BusinessCentral;
use super::endpoints::with;
use crate::Site;
use crate::http::{Answer, Call, CallError, Connection};

/// Rows of a page, and the token of the next.
pub(super) struct Rows<'a> {
    pub(super) rows: Vec<&'a RawValue>,
    pub(super) next: Option<String>,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    value: Vec<&'a RawValue>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
}

/// How many filters of one call: addresses must not become too long.
const FILTERS: usize = 50;

/// The rows of an answer. Of the link to the next page only its token is taken, so that a link cannot lead elsewhere.
pub(super) fn rows<'a>(answer: &'a Answer, site: &Site) -> Result<Rows<'a>, CallError> {
    let Envelope { value, next } = answer.borrowed()?;
    let next = next.map(|link| token(&link, site).ok_or_else(|| answer.odd("its next page is nowhere")));
    Ok(Rows {
        rows: value,
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

/// All rows of an address, page by page.
pub(super) async fn every<T: DeserializeOwned>(
    connection: &Connection,
    site: &Site,
    url: &Url,
) -> Result<Vec<T>, CallError> {
    let mut all = Vec::new();
    let mut token = String::new();
    loop {
        let page = with(url.clone(), &[("$skiptoken", &token)]);
        let answer = connection.call(&Call::get(page)).await?;
        let found = rows(&answer, site)?;
        for row in found.rows {
            all.push(serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?);
        }
        match found.next {
            Some(next) if next != token => token = next,
            Some(_) => return Err(answer.odd("after a page comes the same page")),
            None => return Ok(all),
        }
    }
}

impl BusinessCentral {
    /// All rows for which one of the filters holds.
    pub(super) async fn any_of<T: DeserializeOwned>(
        &self,
        url: &Url,
        filters: &[String],
    ) -> Result<Vec<T>, CallError> {
        let mut all = Vec::new();
        for some in filters.chunks(FILTERS) {
            let url = with(url.clone(), &[("$filter", &some.join(" or "))]);
            all.extend(every(&self.connection, &self.site, &url).await?);
        }
        Ok(all)
    }
}

/// A text within a filter.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
