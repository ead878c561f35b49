use serde::Deserialize;
use serde_json::json;

use super::Moneybird;
use super::dto::Text;
use crate::http::{Call, CallError, Repeat};

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteOn<'a> {
    /// A contact, by Moneybird's id.
    Contact(&'a str),
    /// A sales invoice, by Moneybird's id.
    Invoice(&'a str),
}

#[derive(Deserialize)]
struct Made {
    id: Text,
}

impl Moneybird {
    /// Writes a note, or a task when `todo`, and gives its id. Moneybird cannot recognise a repetition: when the
    /// answer is lost, [`CallError::MayHaveArrived`] tells a person to look.
    pub async fn add_note(&self, on: NoteOn<'_>, text: &str, todo: bool) -> Result<String, CallError> {
        let (kind, id) = match on {
            NoteOn::Contact(id) => ("contacts", id),
            NoteOn::Invoice(id) => ("sales_invoices", id),
        };
        let url = self
            .endpoints
            .resource(&self.administration.id, &[kind, id, "notes"]);
        let body = json!({ "note": { "note": text, "todo": todo } });
        let made: Made = self
            .connection
            .call(&Call::post(url, body, Repeat::Never))
            .await?
            .json()?;
        Ok(made.id.into())
    }
}
