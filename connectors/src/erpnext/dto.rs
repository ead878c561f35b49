//! Documents as they come, with the fields that are asked for.

use serde::Deserialize;

use crate::mapping::Text;

/// What every document of a list has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub(super) name: Text,
    pub(super) modified: Text,
}

/// Fields of a customer.
pub(super) const CUSTOMER: [&str; 11] = [
    "name",
    "customer_name",
    "customer_type",
    "tax_id",
    "language",
    "is_frozen",
    "email_id",
    "mobile_no",
    "customer_primary_address",
    "creation",
    "modified",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Customer {
    pub(super) name: Text,
    pub(super) customer_name: Text,
    pub(super) customer_type: Text,
    pub(super) tax_id: Text,
    pub(super) language: Text,
    pub(super) is_frozen: Text,
    pub(super) email_id: Text,
    pub(super) mobile_no: Text,
    pub(super) customer_primary_address: Text,
    pub(super) creation: Text,
    pub(super) modified: Text,
}

/// Fields of a credit limit, a row of its customer.
pub(super) const LIMIT: [&str; 3] = ["parent", "company", "credit_limit"];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Limit {
    pub(super) parent: Text,
    pub(super) company: Text,
    pub(super) credit_limit: Text,
}

/// Fields of an address.
pub(super) const ADDRESS: [&str; 7] = [
    "name",
    "address_line1",
    "address_line2",
    "city",
    "pincode",
    "country",
    "phone",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    pub(super) name: Text,
    pub(super) address_line1: Text,
    pub(super) address_line2: Text,
    pub(super) city: Text,
    pub(super) pincode: Text,
    pub(super) country: Text,
    pub(super) phone: Text,
}

/// Fields of an invoice or return.
pub(super) const INVOICE: [&str; 14] = [
    "name",
    "customer",
    "customer_name",
    "posting_date",
    "due_date",
    "currency",
    "grand_total",
    "rounded_total",
    "is_return",
    "return_against",
    "po_no",
    "docstatus",
    "creation",
    "modified",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Invoice {
    pub(super) name: Text,
    pub(super) customer: Text,
    pub(super) customer_name: Text,
    pub(super) posting_date: Text,
    pub(super) due_date: Text,
    pub(super) currency: Text,
    pub(super) grand_total: Text,
    pub(super) rounded_total: Text,
    pub(super) is_return: Text,
    pub(super) return_against: Text,
    pub(super) po_no: Text,
    pub(super) docstatus: Text,
    pub(super) creation: Text,
}

/// Fields of a row of the payment ledger.
pub(super) const ENTRY: [&str; 12] = [
    "name",
    "party",
    "voucher_type",
    "voucher_no",
    "against_voucher_type",
    "against_voucher_no",
    "amount_in_account_currency",
    "account_currency",
    "posting_date",
    "remarks",
    "creation",
    "modified",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    pub(super) name: Text,
    pub(super) party: Text,
    pub(super) voucher_type: Text,
    pub(super) voucher_no: Text,
    pub(super) against_voucher_type: Text,
    pub(super) against_voucher_no: Text,
    pub(super) amount_in_account_currency: Text,
    pub(super) account_currency: Text,
    pub(super) posting_date: Text,
    pub(super) remarks: Text,
    pub(super) creation: Text,
}

/// Fields of a quotation.
pub(super) const QUOTATION: [&str; 9] = [
    "name",
    "party_name",
    "transaction_date",
    "currency",
    "grand_total",
    "rounded_total",
    "status",
    "creation",
    "modified",
];

/// Fields of an order.
pub(super) const ORDER: [&str; 9] = [
    "name",
    "customer",
    "transaction_date",
    "currency",
    "grand_total",
    "rounded_total",
    "status",
    "creation",
    "modified",
];

/// A quotation or an order, which name their customer differently.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Order {
    pub(super) name: Text,
    #[serde(alias = "party_name")]
    pub(super) customer: Text,
    pub(super) transaction_date: Text,
    pub(super) currency: Text,
    pub(super) grand_total: Text,
    pub(super) rounded_total: Text,
    pub(super) status: Text,
    pub(super) creation: Text,
    pub(super) modified: Text,
}
