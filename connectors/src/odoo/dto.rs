//! Records as they come, with the fields that are asked for.

use serde::Deserialize;

use super::values::{Link, Word};

/// What every record of a list has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub(super) id: Word,
    pub(super) write_date: Word,
}

/// Fields of a partner.
pub(super) const PARTNER: [&str; 18] = [
    "name",
    "ref",
    "is_company",
    "commercial_partner_id",
    "email",
    "phone",
    "lang",
    "vat",
    "company_registry",
    "street",
    "street2",
    "zip",
    "city",
    "country_code",
    "credit_limit",
    "use_partner_credit_limit",
    "create_date",
    "write_date",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Partner {
    pub(super) id: Word,
    pub(super) name: Word,
    #[serde(rename = "ref")]
    pub(super) number: Word,
    pub(super) is_company: bool,
    pub(super) commercial_partner_id: Link,
    pub(super) email: Word,
    pub(super) phone: Word,
    pub(super) lang: Word,
    pub(super) vat: Word,
    pub(super) company_registry: Word,
    pub(super) street: Word,
    pub(super) street2: Word,
    pub(super) zip: Word,
    pub(super) city: Word,
    pub(super) country_code: Word,
    pub(super) credit_limit: Word,
    pub(super) use_partner_credit_limit: bool,
    pub(super) create_date: Word,
    pub(super) write_date: Word,
}

/// Fields of an invoice or credit note.
pub(super) const MOVE: [&str; 12] = [
    "name",
    "move_type",
    "state",
    "invoice_date",
    "invoice_date_due",
    "amount_total",
    "currency_id",
    "commercial_partner_id",
    "ref",
    "reversed_entry_id",
    "create_date",
    "write_date",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Move {
    pub(super) id: Word,
    pub(super) name: Word,
    pub(super) move_type: Word,
    pub(super) state: Word,
    pub(super) invoice_date: Word,
    pub(super) invoice_date_due: Word,
    pub(super) amount_total: Word,
    pub(super) currency_id: Link,
    pub(super) commercial_partner_id: Link,
    #[serde(rename = "ref")]
    pub(super) reference: Word,
    pub(super) reversed_entry_id: Link,
    pub(super) create_date: Word,
    pub(super) write_date: Word,
}

/// Fields of a row of a booking.
pub(super) const ROW: [&str; 9] = [
    "move_id",
    "move_type",
    "partner_id",
    "date_maturity",
    "amount_currency",
    "amount_residual_currency",
    "currency_id",
    "date",
    "name",
];

/// A row on an account of receivables.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Row {
    pub(super) id: Word,
    pub(super) move_id: Link,
    pub(super) move_type: Word,
    pub(super) partner_id: Link,
    pub(super) date_maturity: Word,
    pub(super) amount_currency: Word,
    pub(super) amount_residual_currency: Word,
    pub(super) currency_id: Link,
    pub(super) date: Word,
    pub(super) name: Word,
}

/// Fields of a match between two rows.
pub(super) const MATCH: [&str; 9] = [
    "debit_move_id",
    "credit_move_id",
    "debit_amount_currency",
    "credit_amount_currency",
    "debit_currency_id",
    "credit_currency_id",
    "max_date",
    "create_date",
    "write_date",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Match {
    pub(super) id: Word,
    pub(super) debit_move_id: Link,
    pub(super) credit_move_id: Link,
    pub(super) debit_amount_currency: Word,
    pub(super) credit_amount_currency: Word,
    pub(super) debit_currency_id: Link,
    pub(super) credit_currency_id: Link,
    pub(super) max_date: Word,
    pub(super) create_date: Word,
}

/// Fields of a sale.
pub(super) const SALE: [&str; 11] = [
    "name",
    "state",
    "invoice_status",
    "partner_id",
    "partner_invoice_id",
    "amount_total",
    "currency_id",
    "date_order",
    "validity_date",
    "create_date",
    "write_date",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sale {
    pub(super) id: Word,
    pub(super) name: Word,
    pub(super) state: Word,
    pub(super) invoice_status: Word,
    pub(super) partner_id: Link,
    pub(super) partner_invoice_id: Link,
    pub(super) amount_total: Word,
    pub(super) currency_id: Link,
    pub(super) date_order: Word,
    pub(super) validity_date: Word,
    pub(super) create_date: Word,
    pub(super) write_date: Word,
}
