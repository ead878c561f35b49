//! Reading: the list of customers with each of them, and the browse of their transactions.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::dto::{COLUMNS, Customer, Line};
use super::{Twinfield, facts, xml};
use crate::http::{CallError, Repeat};
use crate::mapping::{Context, content_version};
use crate::{Entity, Listed, Look, Page, ReadRecord};

/// A customer whose name stays the same is read again after so many days, not all on one day.
const DAYS: u64 = 7;
/// The type of customers.
const TYPE: &str = "DEB";
/// Periods of a year: 00 is the opening balance, those beyond 12 are closing entries.
const PERIODS: u32 = 100;
/// First and last year that is read.
const YEARS: (u32, u32) = (1980, 2100);

impl Twinfield {
    /// All customers. The version tells name and week.
    pub(super) async fn customers(&self, look: Look<'_>) -> Result<Vec<Listed>, CallError> {
        let request = format!(
            "<list><type>dimensions</type>{}<dimtype>DEB</dimtype></list>",
            xml::element("office", self.office())
        );
        let told = self.process(&request, Repeat::Safe).await?;
        let document = told.document()?;
        let listed = xml::all(document.root_element(), "dimension").map(|one| {
            let code = xml::own_text(one);
            Listed {
                reference: code.to_owned(),
                version: version(code, one.attribute("name").unwrap_or_default(), look),
            }
        });
        // the type itself stands in the list
        Ok(listed.filter(|one| one.reference != TYPE).collect())
    }

    /// Customers, a call for each.
    pub(super) async fn customers_of(
        &self,
        codes: &[String],
        look: Look<'_>,
    ) -> Result<Vec<ReadRecord>, CallError> {
        let context = Context::of(self, look);
        let mut records = Vec::with_capacity(codes.len());
        for code in codes {
            let customer = match self.customer(code).await {
                Ok(customer) => customer,
                // removed since it was listed
                Err(CallError::Refused { .. }) => continue,
                Err(error) => return Err(error),
            };
            let version = version(code, &customer.name, look);
            let mapped = facts::customer(&context, &customer);
            let known = (code.clone(), version);
            records.push(ReadRecord::mapped(Entity::Contact, look, known, mapped));
        }
        Ok(records)
    }

    /// A customer as it is now.
    pub(super) async fn customer(&self, code: &str) -> Result<Customer, CallError> {
        let request = format!(
            "<read><type>dimensions</type>{}<dimtype>DEB</dimtype>{}</read>",
            xml::element("office", self.office()),
            xml::element("code", code)
        );
        let told = self.process(&request, Repeat::Safe).await?;
        let customer = Customer::of(told.document()?.root_element());
        if &*customer.code != code {
            return Err(told.odd("it is another customer"));
        }
        Ok(customer)
    }

    /// All transactions of customers, with what was matched with what.
    pub(super) async fn transactions(&self, look: Look<'_>) -> Result<Page, CallError> {
        let (first, last) = YEARS;
        let lines = self.lines(first * PERIODS, last * PERIODS).await?;
        let context = Context::of(self, look);
        let records = facts::transactions(&context, look, &lines);
        Ok(Page {
            left: Some(records.len()),
            records,
            ..Page::default()
        })
    }

    /// The lines from one period through another; halves where they are too many for one answer.
    fn lines(&self, from: u32, to: u32) -> BoxFuture<'_, Result<Vec<Line>, CallError>> {
        async move {
            let told = match self.process(&self.browse(from, to), Repeat::Safe).await {
                Err(CallError::TooLarge { .. }) if from < to => {
                    let middle = from + (to - from) / 2;
                    let mut all = self.lines(from, middle).await?;
                    all.extend(self.lines(middle + 1, to).await?);
                    return Ok(all);
                }
                other => other?,
            };
            let document = told.document()?;
            let rows = xml::all(document.root_element(), "tr");
            rows.map(|row| Line::of(row).ok_or_else(|| told.odd("a row has no key")))
                .collect()
        }
        .boxed()
    }

    /// The request for lines that are booked, provisional ones left out.
    fn browse(&self, from: u32, to: u32) -> String {
        let period = |number: u32| format!("{}/{:02}", number / PERIODS, number % PERIODS);
        let mut columns = vec![
            column("fin.trs.head.yearperiod", "between", &period(from), &period(to)),
            column("fin.trs.head.status", "equal", "normal", ""),
            column("fin.trs.head.office", "equal", self.office(), ""),
        ];
        columns.extend(COLUMNS.map(|field| column(field, "none", "", "")));
        format!("<columns code=\"100\">{}</columns>", columns.concat())
    }
}

/// The version of a customer: its name, and the week in which it is read again.
fn version(code: &str, name: &str, look: Look<'_>) -> u64 {
    let day = u64::try_from(look.at.0 / 86_400_000_000).unwrap_or_default();
    let week = (day + content_version(code) % DAYS) / DAYS;
    content_version(&format!("{week}/{}", name.trim()))
}

fn column(field: &str, operator: &str, from: &str, to: &str) -> String {
    format!(
        "<column>{}<visible>true</visible><ask>{}</ask><operator>{operator}</operator>{}{}</column>",
        xml::element("field", field),
        operator != "none",
        xml::element("from", from),
        xml::element("to", to)
    )
}
