use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use serde_json::{Value, json};
use url::Url;

use super::Tryton;
use crate::Site;
use crate::http::{Allowance, Call};

/// The parameter that names the database.
pub(super) const DATABASE: &str = "database";

/// Tryton counts no calls; a server that serves people too is not asked more than this.
pub(super) fn allowance() -> Allowance {
    Allowance::of(300, Duration::from_secs(60), 30)
}

/// The records of a model, or one of them.
pub(super) fn model(site: &Site, name: &str, id: Option<&str>) -> Url {
    let parts = [site.parameter(DATABASE), "rest", "model", name];
    site.path(parts.into_iter().chain(id))
}

/// Asks for fields of the records in a domain, by their ids.
pub(super) fn search(site: &Site, name: &str, domain: &Value, fields: &[&str]) -> Url {
    let mut url = model(site, name, None);
    let order = encoded(&json!([["id", "ASC"]]));
    url.query_pairs_mut()
        .append_pair("d", &encoded(domain))
        .append_pair("o", &order)
        .extend_pairs(fields.iter().map(|field| ("f", field)));
    url
}

/// JSON in a query or header.
pub(super) fn encoded(value: &Value) -> String {
    URL_SAFE.encode(value.to_string())
}

impl Tryton {
    /// A call within the company: some fields have a value for each.
    pub(super) fn within(&self, call: Call) -> Call {
        let company = self.administration.id.parse::<u64>().unwrap_or(0);
        call.with_header("x-tryton-context", encoded(&json!({ "company": company })))
    }
}
