use serde::Deserialize;
use serde_json::{Value, json};

use super::ExactOnline;
use crate::http::{Call, CallError, Repeat};
use crate::mapping::Text;
use crate::{WriteBack, Written};

#[derive(Deserialize)]
struct Made {
    d: Row,
}

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "ID")]
    id: Text,
}

/// Longest subject of a note.
const SUBJECT: usize = 60;

impl ExactOnline {
    /// Writes back. A note cannot be recognised when it comes twice; fields of an account can be set again.
    pub(super) async fn written(&self, change: &WriteBack) -> Result<Written, CallError> {
        match change {
            WriteBack::Note {
                contact, text, todo, ..
            } => self.noted(contact, text, *todo).await,
            WriteBack::CreditLimit { contact, limit } => {
                // a JSON number, written from the exact decimal
                let line =
                    limit.and_then(|limit| limit.decimal().to_string().parse::<serde_json::Number>().ok());
                self.set(contact, json!({ "CreditLineSales": line })).await
            }
            WriteBack::Hold { contact, held } => self.set(contact, json!({ "Blocked": held })).await,
            WriteBack::PromisedDate { .. } => Ok(Written::NotOffered(
                "Exact Online has no promised date on a receivable",
            )),
        }
    }

    async fn noted(&self, account: &str, text: &str, todo: bool) -> Result<Written, CallError> {
        let subject: String = text
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(SUBJECT)
            .collect();
        let (resource, body) = if todo {
            let body = json!({ "Account": account, "Description": subject, "Notes": text });
            ("activities/Tasks", body)
        } else {
            let body = json!({ "Account": account, "Subject": subject, "Notes": text });
            ("activities/CommunicationNotes", body)
        };
        let call = Call::post(self.resource(resource), body, Repeat::Never);
        let made: Made = self.connection.call(&call).await?.json()?;
        Ok(Written::Done(Some(made.d.id.into())))
    }

    async fn set(&self, account: &str, fields: Value) -> Result<Written, CallError> {
        // the key stands within quotes
        let account: String = account
            .chars()
            .filter(|letter| letter.is_ascii_hexdigit() || *letter == '-')
            .collect();
        let url = self.resource(&format!("crm/Accounts(guid'{account}')"));
        self.connection.call(&Call::put(url, fields)).await?;
        Ok(Written::Done(None))
    }
}
