//! QuickBooks' records as it sends them. Missing fields are empty; amounts, days and ids stay text until they are mapped,
//! so that one odd value spoils one record and not the whole page.

use serde::Deserialize;

use crate::mapping::{Text, list};

/// What every record has of its place in a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    #[serde(rename = "Id")]
    pub(super) id: Text,
    /// `Deleted`, from change data capture.
    pub(super) status: Text,
    #[serde(rename = "Active")]
    pub(super) active: Text,
    #[serde(rename = "SyncToken")]
    pub(super) sync_token: Text,
}

/// A record by its id, with its name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reference {
    pub(super) value: Text,
    pub(super) name: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct MetaData {
    pub(super) create_time: Text,
    pub(super) last_updated_time: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Customer {
    pub(super) id: Text,
    pub(super) display_name: Text,
    pub(super) company_name: Text,
    pub(super) given_name: Text,
    pub(super) family_name: Text,
    pub(super) primary_email_addr: Email,
    pub(super) primary_phone: Phone,
    pub(super) mobile: Phone,
    pub(super) bill_addr: Address,
    pub(super) credit_limit: Text,
    pub(super) preferred_delivery_method: Text,
    pub(super) meta_data: MetaData,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Email {
    pub(super) address: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Phone {
    pub(super) free_form_number: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Address {
    pub(super) line1: Text,
    pub(super) line2: Text,
    pub(super) line3: Text,
    pub(super) city: Text,
    pub(super) postal_code: Text,
    pub(super) country: Text,
}

/// An invoice, credit memo or estimate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Sale {
    pub(super) id: Text,
    pub(super) doc_number: Text,
    pub(super) customer_ref: Reference,
    pub(super) currency_ref: Reference,
    pub(super) txn_date: Text,
    pub(super) due_date: Text,
    pub(super) total_amt: Text,
    /// Of estimates.
    pub(super) txn_status: Text,
    /// Of estimates.
    pub(super) accepted_date: Text,
    #[serde(rename = "PONumber")]
    pub(super) po_number: Text,
    pub(super) meta_data: MetaData,
    #[serde(deserialize_with = "list")]
    pub(super) custom_field: Vec<CustomField>,
    #[serde(deserialize_with = "list")]
    pub(super) linked_txn: Vec<Linked>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct CustomField {
    pub(super) name: Text,
    pub(super) string_value: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Linked {
    pub(super) txn_id: Text,
    pub(super) txn_type: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Payment {
    pub(super) id: Text,
    pub(super) customer_ref: Reference,
    pub(super) currency_ref: Reference,
    pub(super) txn_date: Text,
    pub(super) unapplied_amt: Text,
    pub(super) payment_ref_num: Text,
    pub(super) private_note: Text,
    pub(super) meta_data: MetaData,
    #[serde(deserialize_with = "list")]
    pub(super) line: Vec<Line>,
}

/// What a payment pays, or pays with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Line {
    pub(super) amount: Text,
    #[serde(deserialize_with = "list")]
    pub(super) linked_txn: Vec<Linked>,
}
