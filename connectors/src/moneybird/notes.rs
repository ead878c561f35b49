use serde::Deserialize;
use serde_json::json;

use super::Moneybird;
use crate::http::{Call, CallError, Repeat};
use crate::mapping::Text;
use crate::{WriteBack, Written};

#[derive(Deserialize)]
struct Made {
    id: Text,
}

impl Moneybird {
    /// Writes a note or a task. Moneybird cannot recognise a repetition: when the answer is lost,
    /// [`CallError::MayHaveArrived`] tells a person to look.
    pub(super) async fn written(&self, change: &WriteBack) -> Result<Written, CallError> {
        let (kind, id, text, todo) = match change {
            WriteBack::Note {
                contact,
                invoice: None,
                text,
                todo,
            } => ("contacts", contact, text, todo),
            WriteBack::Note {
                invoice: Some(invoice),
                text,
                todo,
                ..
            } => ("sales_invoices", invoice, text, todo),
            WriteBack::CreditLimit { .. } => {
                return Ok(Written::NotOffered("Moneybird has no credit limit on a contact"));
            }
            WriteBack::Hold { .. } => {
                return Ok(Written::NotOffered(
                    "Moneybird cannot hold deliveries to a contact",
                ));
            }
            WriteBack::PromisedDate { .. } => {
                return Ok(Written::NotOffered(
                    "Moneybird has no promised date on an invoice",
                ));
            }
        };
        let url = self
            .endpoints
            .resource(&self.administration.id, &[kind, id, "notes"]);
        let body = json!({ "note": { "note": text, "todo": todo } });
        let call = Call::post(url, body, Repeat::Never);
        let made: Made = self.connection.call(&call).await?.json()?;
        Ok(Written::Done(Some(made.id.into())))
    }
}
