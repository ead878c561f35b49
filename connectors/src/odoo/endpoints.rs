use std::time::Duration;

use serde_json::{Map, Value, json};

use super::Odoo;
use crate::Site;
use crate::http::{Allowance, Answer, Call, CallError, Repeat};

/// The parameter that names the database.
pub(super) const DATABASE: &str = "database";

/// Odoo asks programs not to make more than about one call a second; its documentation has no number.
pub(super) fn allowance() -> Allowance {
    Allowance::of(60, Duration::from_secs(60), 20)
}

/// A call of a model's method with named arguments.
pub(super) fn method(site: &Site, model: &str, name: &str, arguments: Value, repeat: Repeat) -> Call {
    let url = site.path(["json", "2", model, name]);
    let call = Call::post(url, arguments, repeat);
    match site.parameter(DATABASE) {
        "" => call,
        database => call.with_header("x-odoo-database", database),
    }
}

impl Odoo {
    pub(super) fn company(&self) -> u64 {
        self.administration.id.parse().unwrap_or(0)
    }

    /// Calls a method within the company, with names in English: they are compared.
    pub(super) async fn ask(
        &self,
        model: &str,
        name: &str,
        mut arguments: Map<String, Value>,
        repeat: Repeat,
    ) -> Result<Answer, CallError> {
        let context = json!({ "lang": "en_US", "allowed_company_ids": [self.company()] });
        arguments.insert("context".to_owned(), context);
        let call = method(&self.site, model, name, arguments.into(), repeat);
        self.connection.call(&call).await
    }

    /// Fields of the records in a domain.
    pub(super) async fn search_read(
        &self,
        model: &str,
        domain: Value,
        fields: &[&str],
        more: &[(&str, Value)],
    ) -> Result<Answer, CallError> {
        let mut arguments = Map::new();
        arguments.insert("domain".to_owned(), domain);
        arguments.insert("fields".to_owned(), json!(fields));
        let more = more
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        arguments.extend(more);
        self.ask(model, "search_read", arguments, Repeat::Safe).await
    }
}
