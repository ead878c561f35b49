//! Business Central's records as it sends them. Missing fields are empty; amounts, days and ids stay text until they are
//! mapped, so that one odd value spoils one record and not the whole page.

use serde::Deserialize;

use crate::mapping::Text;

/// What every record has of its place in a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Head {
    pub(super) id: Text,
    pub(super) last_modified_date_time: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Customer {
    pub(super) id: Text,
    pub(super) number: Text,
    pub(super) display_name: Text,
    #[serde(rename = "type")]
    pub(super) kind: Text,
    pub(super) address_line1: Text,
    pub(super) address_line2: Text,
    pub(super) city: Text,
    pub(super) country: Text,
    pub(super) postal_code: Text,
    pub(super) phone_number: Text,
    pub(super) email: Text,
    pub(super) credit_limit: Text,
    pub(super) tax_registration_number: Text,
    pub(super) blocked: Text,
    pub(super) last_modified_date_time: Text,
}

/// An invoice, credit memo, quotation or order, which name their dates differently.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Document {
    pub(super) id: Text,
    pub(super) number: Text,
    pub(super) external_document_number: Text,
    pub(super) customer_purchase_order_reference: Text,
    #[serde(alias = "invoiceDate", alias = "creditMemoDate", alias = "orderDate")]
    pub(super) document_date: Text,
    pub(super) posting_date: Text,
    pub(super) due_date: Text,
    pub(super) promised_pay_date: Text,
    pub(super) accepted_date: Text,
    pub(super) customer_id: Text,
    pub(super) customer_number: Text,
    pub(super) customer_name: Text,
    pub(super) bill_to_customer_id: Text,
    pub(super) bill_to_customer_number: Text,
    pub(super) bill_to_name: Text,
    pub(super) currency_code: Text,
    pub(super) total_amount_including_tax: Text,
    pub(super) remaining_amount: Text,
    pub(super) status: Text,
    pub(super) dispute_status: Text,
    /// The invoice that a credit memo corrects.
    pub(super) invoice_id: Text,
    pub(super) last_modified_date_time: Text,
}

impl Document {
    /// Id, number and name of the customer who owes: the one that is billed, else the one that bought.
    pub(super) fn payer(&self) -> [&Text; 3] {
        if self.bill_to_customer_id.is_empty() {
            [&self.customer_id, &self.customer_number, &self.customer_name]
        } else {
            [
                &self.bill_to_customer_id,
                &self.bill_to_customer_number,
                &self.bill_to_name,
            ]
        }
    }
}

/// A detailed entry of the customer ledger, with the entry that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    #[serde(rename = "cleEntryNo")]
    pub(super) ledger_entry: Text,
    #[serde(rename = "dcleEntryNo")]
    pub(super) number: Text,
    #[serde(rename = "dclePostingDate")]
    pub(super) posting_date: Text,
    #[serde(rename = "dcleEntryType")]
    pub(super) entry_type: Text,
    #[serde(rename = "dcleDocumentType")]
    pub(super) document_type: Text,
    #[serde(rename = "dcleDocumentNo")]
    pub(super) document: Text,
    #[serde(rename = "dcleAmountLCY")]
    pub(super) amount: Text,
    #[serde(rename = "dcleCustomerNo")]
    pub(super) customer: Text,
    #[serde(rename = "dcleAppliedCustLedgerEntryNo")]
    pub(super) applied: Text,
}
