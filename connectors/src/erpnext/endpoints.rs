use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use super::ErpNext;
use crate::Site;
use crate::http::{Allowance, Answer, Call, CallError, Connection};
use crate::oauth::Provider;

/// A site has no limit unless its owner sets one, in time of its processor; people work there too.
pub(super) fn allowance() -> Allowance {
    Allowance::of(300, Duration::from_secs(60), 30)
}

/// Frappe's own OAuth server. Access lasts an hour; a used refresh token still works. PKCE is heeded when it is used.
pub(super) fn provider(site: &Site) -> Provider {
    let method = |name: &str| {
        site.path([
            "api",
            "method",
            format!("frappe.integrations.oauth2.{name}").as_str(),
        ])
    };
    Provider {
        revoke: Some(method("revoke_token")),
        scopes: ["all", "openid"].map(str::to_owned).to_vec(),
        ..Provider::at(method("authorize"), method("get_token"))
    }
}

/// The documents of a type, or one of them.
pub(super) fn resource(site: &Site, doctype: &str, name: Option<&str>) -> Url {
    site.path(["api", "resource", doctype].into_iter().chain(name))
}

/// Fields of all documents that pass the filters: without a length, twenty would come.
pub(super) fn list(site: &Site, doctype: &str, filters: &Value, fields: &[&str]) -> Url {
    let mut url = resource(site, doctype, None);
    url.query_pairs_mut()
        .append_pair("fields", &json!(fields).to_string())
        .append_pair("filters", &filters.to_string())
        .append_pair("limit_page_length", "0");
    url
}

#[derive(Deserialize)]
struct Data<T> {
    data: T,
}

/// What an answer holds.
pub(super) fn data<T: DeserializeOwned>(answer: &Answer) -> Result<T, CallError> {
    Ok(answer.json::<Data<T>>()?.data)
}

/// Reads a list.
pub(super) async fn listed<T: DeserializeOwned>(connection: &Connection, url: Url) -> Result<T, CallError> {
    data(&connection.call(&Call::get(url)).await?)
}

impl ErpNext {
    pub(super) fn list(&self, doctype: &str, filters: &Value, fields: &[&str]) -> Url {
        list(&self.site, doctype, filters, fields)
    }

    pub(super) fn company(&self) -> &str {
        &self.administration.id
    }
}
