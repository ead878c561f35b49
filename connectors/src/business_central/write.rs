use serde_json::{Value, json};

use super::BusinessCentral;
use super::endpoints::keyed;
use crate::http::CallError;
use crate::{WriteBack, Written};

/// Stands for no day.
const NEVER: &str = "0001-01-01";

impl BusinessCentral {
    pub(super) async fn written(&self, change: &WriteBack) -> Result<Written, CallError> {
        let (set, id, fields) = match change {
            WriteBack::Note { .. } => {
                return Ok(Written::NotOffered(
                    "Business Central has no notes that other programs can write",
                ));
            }
            WriteBack::CreditLimit { contact, limit } => {
                // a JSON number, written from the exact decimal; 0 is no limit
                let line = limit.and_then(|limit| limit.decimal().to_string().parse().ok());
                let line = line.map_or(json!(0), Value::Number);
                ("customers", contact, json!({ "creditLimit": line }))
            }
            WriteBack::Hold { contact, held } => {
                let blocked = if *held { "Ship" } else { " " };
                ("customers", contact, json!({ "blocked": blocked }))
            }
            WriteBack::PromisedDate { invoice, by } => {
                let day = by.map_or(NEVER.to_owned(), |day| day.to_string());
                ("salesInvoices", invoice, json!({ "promisedPayDate": day }))
            }
        };
        self.set(&self.resource(&keyed(set, id)), &fields).await?;
        Ok(Written::Done(None))
    }
}
