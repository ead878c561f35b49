use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::Xero;
use crate::http::{Call, CallError, Repeat};
use crate::{WriteBack, Written};

/// Most characters of a note in a history.
const NOTE: usize = 450;

impl Xero {
    /// Writes back. Xero recognises a repetition by its key, which is the same for the same change on the same day.
    pub(super) async fn written(&self, change: &WriteBack) -> Result<Written, CallError> {
        match change {
            WriteBack::Note {
                invoice: Some(invoice),
                text,
                ..
            } => self.noted(&["Invoices", invoice, "History"], text).await,
            WriteBack::Note { contact, text, .. } => {
                self.noted(&["Contacts", contact, "History"], text).await
            }
            WriteBack::PromisedDate { invoice, by } => {
                // a text by the specification, so nothing is an empty one
                let day = by.map(|day| day.to_string()).unwrap_or_default();
                let body = json!({ "Invoices": [{ "InvoiceID": invoice, "ExpectedPaymentDate": day }] });
                let url = self.resource(&["Invoices", invoice]);
                let repeat = self.keyed(&url, &body);
                self.connection
                    .call(&self.own(Call::post(url, body, repeat)))
                    .await?;
                Ok(Written::Done(None))
            }
            WriteBack::CreditLimit { .. } => Ok(Written::NotOffered(
                "Xero takes credit limits on its own pages only, not from other programs",
            )),
            WriteBack::Hold { .. } => Ok(Written::NotOffered("Xero cannot hold deliveries to a contact")),
        }
    }

    /// A note on a record. A long one becomes several, in one call.
    async fn noted(&self, parts: &[&str], text: &str) -> Result<Written, CallError> {
        let letters: Vec<char> = text.chars().collect();
        let notes = letters
            .chunks(NOTE)
            .map(|part| json!({ "Details": part.iter().collect::<String>() }));
        let body = json!({ "HistoryRecords": notes.collect::<Vec<Value>>() });
        let url = self.resource(parts);
        let repeat = self.keyed(&url, &body);
        let call = Call {
            repeat,
            ..Call::put(url, body)
        };
        self.connection.call(&self.own(call)).await?;
        Ok(Written::Done(None))
    }

    fn keyed(&self, url: &Url, body: &Value) -> Repeat {
        let today = maan_ledger::Day::at(self.clock.now(), self.administration.time_zone);
        let change = format!("{today} {} {body}", url.path());
        Repeat::Keyed {
            header: "Idempotency-Key",
            key: Uuid::new_v5(&Uuid::NAMESPACE_URL, change.as_bytes()).to_string(),
        }
    }
}
