//! Reading the customer ledger. Detailed entries are numbered as they are posted and never change: those after the last
//! one tell which entries of the ledger changed. These are read whole, each with its invoice.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use maan_ledger::DebtorId;

use super::endpoints::with;
use super::facts::{self, Ledger};
use super::odata::{self, quoted};
use super::{BusinessCentral, dto};
use crate::http::{Answer, Call, CallError};
use crate::mapping::{Context, content_version};
use crate::{Entity, Look, Page, ReadRecord};

impl BusinessCentral {
    pub(super) async fn ledger_page(&self, cursor: Option<&str>, look: Look<'_>) -> Result<Page, CallError> {
        let after: u64 = cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or_default();
        let filter = format!("dcleEntryNo gt {after}");
        let options = [("$filter", filter.as_str()), ("$orderby", "dcleEntryNo")];
        let answer = self
            .connection
            .call(&Call::get(with(self.customer_ledger(), &options)))
            .await?;
        let found = odata::rows(&answer, &self.site)?;
        let (mut newest, mut touched) = (after, BTreeSet::new());
        for row in &found.rows {
            let entry: dto::Entry =
                serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
            newest = newest.max(number(&answer, &entry.number)?);
            touched.insert(number(&answer, &entry.ledger_entry)?);
        }
        let records = if touched.is_empty() {
            Vec::new()
        } else {
            self.entries(&answer, &touched, look).await?
        };
        Ok(Page {
            records,
            more: found.next.is_some(),
            cursor: (cursor.is_none() || newest != after).then(|| newest.to_string()),
            ..Page::default()
        })
    }

    /// Entries of the ledger, as they are now.
    async fn entries(
        &self,
        answer: &Answer,
        touched: &BTreeSet<u64>,
        look: Look<'_>,
    ) -> Result<Vec<ReadRecord>, CallError> {
        let filters: Vec<String> = touched
            .iter()
            .map(|entry| format!("cleEntryNo eq {entry}"))
            .collect();
        let mut whole: BTreeMap<u64, Vec<dto::Entry>> = BTreeMap::new();
        for entry in self
            .any_of::<dto::Entry>(&self.customer_ledger(), &filters)
            .await?
        {
            let of = number(answer, &entry.ledger_entry)?;
            whole.entry(of).or_default().push(entry);
        }
        for rows in whole.values_mut() {
            rows.sort_by_key(|row| row.number.parse::<u64>().unwrap_or(u64::MAX));
        }
        let ledger: Vec<Ledger> = whole.into_values().filter_map(Ledger::of).collect();
        let invoices = self.invoices(&ledger).await?;
        let debtors = self.debtors(&ledger, look).await?;
        let context = Context::of(self, look);
        let mut records = Vec::new();
        for entry in &ledger {
            let invoice = invoices.get(&*entry.initial().document);
            let debtor = debtors.get(&*entry.initial().customer).copied();
            let said = format!(
                "{entry:?} {:?}",
                invoice.map(|invoice| &*invoice.total_amount_including_tax)
            );
            let version = content_version(&said);
            let mapped = facts::entry(&context, entry, invoice, debtor);
            records.extend(mapped.into_iter().map(|(reference, mapped)| {
                ReadRecord::mapped(Entity::Payment, look, (reference, version), mapped)
            }));
        }
        Ok(records)
    }

    /// The invoices of entries, by number.
    async fn invoices(&self, ledger: &[Ledger]) -> Result<HashMap<String, dto::Document>, CallError> {
        let wanted: Vec<String> = ledger
            .iter()
            .filter(|entry| entry.is_paid_invoice())
            .map(|entry| format!("number eq {}", quoted(&entry.initial().document)))
            .collect();
        let fields = "id,number,currencyCode,totalAmountIncludingTax,remainingAmount";
        let url = with(self.resource("salesInvoices"), &[("$select", fields)]);
        let found: Vec<dto::Document> = self.any_of(&url, &wanted).await?;
        let named = found
            .into_iter()
            .map(|invoice| (invoice.number.to_string(), invoice));
        Ok(named.collect())
    }

    /// The debtors of entries, by the numbers of their customers.
    async fn debtors(
        &self,
        ledger: &[Ledger],
        look: Look<'_>,
    ) -> Result<HashMap<String, DebtorId>, CallError> {
        let known = look.known.of(Entity::Contact);
        let mut debtors: HashMap<String, DebtorId> = known
            .filter_map(|(_, known)| Some((known.alias.clone()?, known.debtor?)))
            .collect();
        let unknown: BTreeSet<&str> = ledger
            .iter()
            .map(|entry| &*entry.initial().customer)
            .filter(|number| !debtors.contains_key(*number))
            .collect();
        let wanted: Vec<String> = unknown
            .iter()
            .map(|number| format!("number eq {}", quoted(number)))
            .collect();
        let url = with(self.resource("customers"), &[("$select", "id,number")]);
        let ids = crate::Platform::ids(self);
        for customer in self.any_of::<dto::Customer>(&url, &wanted).await? {
            debtors.insert(customer.number.into(), ids.debtor(&customer.id));
        }
        Ok(debtors)
    }
}

fn number(answer: &Answer, text: &str) -> Result<u64, CallError> {
    text.parse()
        .map_err(|_| answer.odd("an entry of the ledger has no number"))
}
