//! Writing back by *sparse* updates: the fields that are named change, the others stay. An update names the version that it
//! changes; when somebody was faster it is refused, and made again on the newer one.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::QuickBooks;
use super::dto::Head;
use crate::http::{Call, CallError, Repeat};
use crate::mapping::Text;
use crate::{WriteBack, Written};

/// Most characters of the notes of a customer, and of the memo of an invoice.
const NOTES: usize = 2_000;
const MEMO: usize = 4_000;
/// The code of an update of a version that is not the newest.
const STALE: &str = "5010";

const FULL: &str = "the notes on QuickBooks are full; shorten them there, the note is kept here";

impl QuickBooks {
    pub(super) async fn written(&self, change: &WriteBack) -> Result<Written, CallError> {
        match change {
            WriteBack::Note {
                invoice: Some(invoice),
                text,
                ..
            } => {
                let added = |old: &str| added(old, text, MEMO);
                self.changed("Invoice", invoice, "PrivateNote", added).await
            }
            WriteBack::Note { contact, text, .. } => {
                let added = |old: &str| added(old, text, NOTES);
                self.changed("Customer", contact, "Notes", added).await
            }
            WriteBack::CreditLimit { contact, limit } => {
                let line = limit.map(|limit| limit.decimal().to_string());
                // a JSON number, written from the exact decimal
                let line = line.and_then(|line| line.parse().ok()).map(Value::Number);
                let set = |_: &str| Some(line.clone().unwrap_or_default());
                self.changed("Customer", contact, "CreditLimit", set).await
            }
            WriteBack::Hold { .. } => Ok(Written::NotOffered(
                "QuickBooks Online cannot hold deliveries to a customer",
            )),
            WriteBack::PromisedDate { .. } => Ok(Written::NotOffered(
                "QuickBooks Online has no promised date on an invoice",
            )),
        }
    }

    /// Sets a field to what follows from its value.
    async fn changed(
        &self,
        kind: &'static str,
        id: &str,
        field: &str,
        follows: impl Fn(&str) -> Option<Value>,
    ) -> Result<Written, CallError> {
        let resource = kind.to_lowercase();
        let mut tries = 0;
        loop {
            tries += 1;
            let call = Call::get(self.resource(&[&resource, id]));
            let answer = self.connection.call(&call).await?;
            let found: HashMap<String, Value> = answer.json()?;
            let record = found
                .get(kind)
                .ok_or_else(|| answer.odd("the record is missing"))?;
            let head: Head =
                serde_json::from_value(record.clone()).map_err(|error| answer.odd(&error.to_string()))?;
            let old = record.get(field).and_then(Value::as_str).unwrap_or_default();
            let Some(new) = follows(old) else {
                return Ok(Written::NotOffered(FULL));
            };
            let body = json!({
                "Id": &*head.id, "SyncToken": &*head.sync_token, "sparse": true, field: new,
            });
            let call = Call::post(self.resource(&[&resource]), body, Repeat::Never);
            match self.connection.call(&call).await {
                Ok(_) => return Ok(Written::Done(None)),
                Err(CallError::Refused { detail, .. }) if tries == 1 && detail.contains(STALE) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Notes with another one in front; none when they have no room for it.
fn added(old: &str, note: &str, most: usize) -> Option<Value> {
    let all: Text = format!("{note}\n{old}").as_str().into();
    (all.chars().count() <= most).then(|| Value::String(all.into()))
}
