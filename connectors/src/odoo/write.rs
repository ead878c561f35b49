use serde_json::{Map, Value, json};

use super::Odoo;
use crate::http::{CallError, Repeat};
use crate::{WriteBack, Written};

/// The kind of activity that is something to do.
const TO_DO: &str = "mail.mail_activity_data_todo";

impl Odoo {
    /// Writes back. A note cannot be recognised when it comes twice; fields of a partner can be set again.
    pub(super) async fn written(&self, change: &WriteBack) -> Result<Written, CallError> {
        match change {
            WriteBack::Note {
                contact,
                invoice,
                text,
                todo,
            } => {
                let (model, id) = match invoice {
                    Some(invoice) => ("account.move", invoice),
                    None => ("res.partner", contact),
                };
                self.noted(model, id, text, *todo).await
            }
            WriteBack::CreditLimit { contact, limit } => {
                let values = match limit {
                    Some(limit) => {
                        let number: Option<Value> = limit.decimal().to_string().parse().ok();
                        json!({ "use_partner_credit_limit": true, "credit_limit": number })
                    }
                    None => json!({ "use_partner_credit_limit": false, "credit_limit": 0 }),
                };
                let mut arguments = on(contact);
                arguments.insert("vals".to_owned(), values);
                self.ask("res.partner", "write", arguments, Repeat::Safe).await?;
                Ok(Written::Done(None))
            }
            WriteBack::Hold { .. } => Ok(Written::NotOffered("Odoo has no hold on a partner")),
            WriteBack::PromisedDate { .. } => {
                Ok(Written::NotOffered("Odoo has no promised date on an invoice"))
            }
        }
    }

    async fn noted(&self, model: &str, id: &str, text: &str, todo: bool) -> Result<Written, CallError> {
        let mut arguments = on(id);
        let method = if todo {
            arguments.insert("act_type_xmlid".to_owned(), json!(TO_DO));
            arguments.insert("note".to_owned(), json!(text));
            "activity_schedule"
        } else {
            arguments.insert("body".to_owned(), json!(text));
            "message_post"
        };
        let answer = self.ask(model, method, arguments, Repeat::Never).await?;
        // a record is told by its id, alone or in a list
        let made: Value = answer.json()?;
        let made = made.get(0).unwrap_or(&made);
        Ok(Written::Done(made.as_u64().map(|id| id.to_string())))
    }
}

fn on(id: &str) -> Map<String, Value> {
    let ids: Vec<u64> = id.parse().into_iter().collect();
    Map::from_iter([("ids".to_owned(), json!(ids))])
}
