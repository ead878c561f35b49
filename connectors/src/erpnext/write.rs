use serde::Deserialize;
use serde_json::{Value, json};

use super::ErpNext;
use super::endpoints::{data, resource};
use crate::http::{Call, CallError, Repeat};
use crate::mapping::Text;
use crate::{WriteBack, Written};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Made {
    name: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Limits {
    credit_limits: Vec<Value>,
}

impl ErpNext {
    /// Writes back. A note cannot be recognised when it comes twice; fields of a customer can be set again.
    pub(super) async fn written(&self, change: &WriteBack) -> Result<Written, CallError> {
        match change {
            WriteBack::Note {
                contact,
                invoice,
                text,
                todo,
            } => {
                let about = match invoice {
                    Some(invoice) => ("Sales Invoice", invoice.as_str()),
                    None => ("Customer", contact.as_str()),
                };
                self.noted(about, text, *todo).await
            }
            WriteBack::CreditLimit { contact, limit } => {
                let number: Option<Value> = limit.and_then(|limit| limit.decimal().to_string().parse().ok());
                let limits = self.limits(contact, number).await?;
                self.set(contact, json!({ "credit_limits": limits })).await
            }
            WriteBack::Hold { contact, held } => {
                self.set(contact, json!({ "is_frozen": u8::from(*held) })).await
            }
            WriteBack::PromisedDate { .. } => {
                Ok(Written::NotOffered("ERPNext has no promised date on an invoice"))
            }
        }
    }

    async fn noted(&self, (kind, name): (&str, &str), text: &str, todo: bool) -> Result<Written, CallError> {
        let content = html(text);
        let (doctype, body) = if todo {
            let body = json!({ "description": content, "reference_type": kind, "reference_name": name });
            ("ToDo", body)
        } else {
            let body = json!({
                "comment_type": "Comment", "reference_doctype": kind, "reference_name": name, "content": content,
            });
            ("Comment", body)
        };
        let call = Call::post(resource(&self.site, doctype, None), body, Repeat::Never);
        let made: Made = data(&self.connection.call(&call).await?)?;
        Ok(Written::Done(Some(made.name.into())))
    }

    /// The rows of limits with that of this company set. Rows are written as a whole: those of other companies stay.
    async fn limits(&self, customer: &str, limit: Option<Value>) -> Result<Vec<Value>, CallError> {
        let url = resource(&self.site, "Customer", Some(customer));
        let known: Limits = data(&self.connection.call(&Call::get(url)).await?)?;
        let mut rows = known.credit_limits;
        let company = self.company();
        let mut own = json!({ "company": company });
        rows.retain(|row| {
            let is_own = row.get("company").and_then(Value::as_str) == Some(company);
            if is_own {
                own = row.clone();
            }
            !is_own
        });
        if let (Some(limit), Some(fields)) = (limit, own.as_object_mut()) {
            fields.insert("credit_limit".to_owned(), limit);
            rows.push(own);
        }
        Ok(rows)
    }

    async fn set(&self, customer: &str, fields: Value) -> Result<Written, CallError> {
        let url = resource(&self.site, "Customer", Some(customer));
        self.connection.call(&Call::put(url, fields)).await?;
        Ok(Written::Done(None))
    }
}

/// Text where ERPNext shows HTML.
fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_note_is_text_and_not_html() {
        assert_eq!(super::html("a <b>\n& c"), "a &lt;b&gt;<br>&amp; c");
    }
}
