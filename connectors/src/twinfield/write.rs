use super::dto::Customer;
use super::{Twinfield, xml};
use crate::http::{CallError, Repeat};
use crate::{WriteBack, Written};

/// Longest comment that is written; the oldest lines are left out beyond it. How long one may be is not documented.
const LONGEST: usize = 4_000;

impl Twinfield {
    /// Writes back to the credit management of a customer. A note goes before the comment that is there; as the comment is
    /// set as a whole, the same may be sent again.
    pub(super) async fn written(&self, change: &WriteBack) -> Result<Written, CallError> {
        match change {
            WriteBack::Note { contact, text, .. } => {
                let customer = self.customer(contact).await?;
                let comment = noted(text, &customer.comment);
                self.set(&customer, &xml::element("comment", &comment)).await
            }
            WriteBack::CreditLimit { contact, limit } => {
                let customer = self.customer(contact).await?;
                let line = limit.map_or_else(|| "0.00".to_owned(), |limit| limit.decimal().to_string());
                self.set(&customer, &xml::element("basecreditlimit", &line)).await
            }
            WriteBack::Hold { .. } => Ok(Written::NotOffered(
                "Twinfield cannot hold deliveries; what it blocks is projects in time and expenses",
            )),
            WriteBack::PromisedDate { .. } => Ok(Written::NotOffered(
                "Twinfield has no promised date on a transaction",
            )),
        }
    }

    async fn set(&self, customer: &Customer, field: &str) -> Result<Written, CallError> {
        let request = format!(
            "<dimension>{}<type>DEB</type>{}{}<creditmanagement>{field}</creditmanagement></dimension>",
            xml::element("office", self.office()),
            xml::element("code", &customer.code),
            xml::element("name", &customer.name),
        );
        self.process(&request, Repeat::Safe).await?;
        Ok(Written::Done(None))
    }
}

fn noted(text: &str, before: &str) -> String {
    let all = match before {
        "" => text.to_owned(),
        before => format!("{text}\n{before}"),
    };
    all.chars().take(LONGEST).collect()
}
