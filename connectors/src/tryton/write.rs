use serde::Deserialize;
use serde_json::{Value, json};

use super::coded::Coded;
use super::endpoints::model;
use super::{Tryton, administrations, dto};
use crate::http::{Call, CallError, Repeat};
use crate::{WriteBack, Written};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Made {
    id: Coded,
}

impl Tryton {
    /// Writes back. A note cannot be recognised when it comes twice; a limit can be set again.
    pub(super) async fn written(&self, change: &WriteBack) -> Result<Written, CallError> {
        match change {
            WriteBack::Note {
                contact,
                invoice,
                text,
                todo: _,
            } => {
                let resource = match invoice {
                    Some(invoice) => format!("account.invoice,{invoice}"),
                    None => format!("party.party,{contact}"),
                };
                self.noted(&resource, text).await
            }
            WriteBack::CreditLimit { contact, limit } if self.has(administrations::LIMITS) => {
                let amount = limit.map(|limit| limit.decimal().to_string());
                let amount = amount.map(|amount| json!({ "__class__": "Decimal", "decimal": amount }));
                self.set(contact, json!({ dto::LIMIT: amount })).await
            }
            WriteBack::CreditLimit { .. } => Ok(Written::NotOffered(
                "credit limits are the module account_credit_limit, which is not active",
            )),
            WriteBack::Hold { .. } => Ok(Written::NotOffered("Tryton has no hold on a party")),
            WriteBack::PromisedDate { .. } => {
                Ok(Written::NotOffered("Tryton has no promised date on an invoice"))
            }
        }
    }

    async fn noted(&self, resource: &str, text: &str) -> Result<Written, CallError> {
        let mut url = model(&self.site, "ir.note", None);
        url.query_pairs_mut().append_pair("f", "id");
        let body = json!({ "resource": resource, "message": text });
        let call = Call::post(url, body, Repeat::Never);
        let made: Made = self.connection.call(&self.within(call)).await?.json()?;
        Ok(Written::Done(Some(made.id.to_string())))
    }

    async fn set(&self, party: &str, fields: Value) -> Result<Written, CallError> {
        let mut url = model(&self.site, "party.party", Some(party));
        url.query_pairs_mut().append_pair("f", "id");
        self.connection.call(&self.within(Call::put(url, fields))).await?;
        Ok(Written::Done(None))
    }
}
