//! Records as they come, with the fields that are asked for.

use serde::Deserialize;

use super::coded::Coded;
use crate::mapping::{Text, list};

/// A record that is known by its code: a currency, a country, a language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Code {
    pub(super) code: Coded,
}

/// The language of a code such as `nl` or `pt_BR`.
pub(super) fn language(code: &Code) -> String {
    code.code.replace('_', "-").to_lowercase()
}

/// What every row has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub(super) id: Coded,
}

/// What tells that a party changed, beside its limit.
pub(super) const PARTY_STAMPS: [&str; 6] = [
    "write_date",
    "active",
    "lang.code",
    "addresses.write_date",
    "identifiers.write_date",
    "contact_mechanisms.write_date",
];

pub(super) const PARTY: [&str; 14] = [
    "name",
    "code",
    "lang.code",
    "identifiers.type",
    "identifiers.code",
    "addresses.street",
    "addresses.postal_code",
    "addresses.city",
    "addresses.country.code",
    "contact_mechanisms.type",
    "contact_mechanisms.value",
    "contact_mechanisms.name",
    "create_date",
    "write_date",
];

/// The field of a module.
pub(super) const LIMIT: &str = "credit_limit_amount";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Party {
    pub(super) id: Coded,
    pub(super) name: Coded,
    pub(super) code: Coded,
    pub(super) lang: Option<Code>,
    #[serde(deserialize_with = "list")]
    pub(super) identifiers: Vec<Identifier>,
    #[serde(deserialize_with = "list")]
    pub(super) addresses: Vec<Address>,
    #[serde(deserialize_with = "list")]
    pub(super) contact_mechanisms: Vec<Mechanism>,
    /// None when the module is not there.
    pub(super) credit_limit_amount: Option<Coded>,
    pub(super) create_date: Coded,
    pub(super) write_date: Coded,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Identifier {
    #[serde(rename = "type")]
    pub(super) kind: Coded,
    pub(super) code: Coded,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    pub(super) street: Coded,
    pub(super) postal_code: Coded,
    pub(super) city: Coded,
    pub(super) country: Option<Code>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Mechanism {
    #[serde(rename = "type")]
    pub(super) kind: Coded,
    pub(super) value: Coded,
    pub(super) name: Coded,
}

/// What tells that an invoice, or what was paid of it, changed: a reconciliation never changes, it is made and deleted.
pub(super) const INVOICE_STAMPS: [&str; 5] = [
    "write_date",
    "state",
    "lines_to_pay.reconciliation.id",
    "lines_to_pay.maturity_date",
    "payment_lines.id",
];

/// Fields of an invoice; those of its rows are added by [`invoice_fields`].
const INVOICE: [&str; 13] = [
    "number",
    "state",
    "invoice_date",
    "reference",
    "total_amount",
    "currency.code",
    "party.name",
    "party.code",
    "party.create_date",
    "cancel_move.origin",
    "origin_invoices",
    "create_date",
    "write_date",
];

/// Where the rows are that matter to an invoice.
const ROWS: [&str; 3] = [
    "lines_to_pay",
    "payment_lines",
    "lines_to_pay.reconciliation.lines",
];

const ROW: [&str; 9] = [
    "debit",
    "credit",
    "second_currency.code",
    "amount_second_currency",
    "maturity_date",
    "move.date",
    "move.origin",
    "move.journal.type",
    "create_date",
];

/// The fields of an invoice with its rows and theirs.
pub(super) fn invoice_fields() -> Vec<String> {
    let rows = ROWS
        .iter()
        .flat_map(|place| ROW.iter().map(move |field| format!("{place}.{field}")));
    let extra = [
        "lines_to_pay.reconciliation.date",
        "payment_lines.reconciliation.date",
    ];
    let plain = INVOICE.iter().chain(&extra).map(|field| (*field).to_owned());
    plain.chain(rows).collect()
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Invoice {
    pub(super) id: Coded,
    pub(super) number: Coded,
    pub(super) state: Coded,
    pub(super) invoice_date: Coded,
    pub(super) reference: Coded,
    pub(super) total_amount: Coded,
    pub(super) currency: Option<Code>,
    pub(super) party: Option<Party>,
    pub(super) cancel_move: Option<Booking>,
    #[serde(deserialize_with = "list")]
    pub(super) origin_invoices: Vec<Text>,
    #[serde(deserialize_with = "list")]
    pub(super) lines_to_pay: Vec<Row>,
    #[serde(deserialize_with = "list")]
    pub(super) payment_lines: Vec<Row>,
    pub(super) create_date: Coded,
    pub(super) write_date: Coded,
}

/// A row of a booking on an account of receivables.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Row {
    pub(super) id: Coded,
    pub(super) debit: Coded,
    pub(super) credit: Coded,
    pub(super) second_currency: Option<Code>,
    pub(super) amount_second_currency: Coded,
    pub(super) maturity_date: Coded,
    #[serde(rename = "move")]
    pub(super) booking: Option<Booking>,
    pub(super) create_date: Coded,
    pub(super) reconciliation: Option<Reconciliation>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Booking {
    pub(super) date: Coded,
    pub(super) origin: Coded,
    pub(super) journal: Option<Journal>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Journal {
    #[serde(rename = "type")]
    pub(super) kind: Coded,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reconciliation {
    pub(super) id: Coded,
    pub(super) date: Coded,
    #[serde(deserialize_with = "list")]
    pub(super) lines: Vec<Row>,
}

/// Fields of money that was not used.
pub(super) const MONEY: [&str; 8] = [
    "credit",
    "second_currency.code",
    "amount_second_currency",
    "date",
    "party",
    "description",
    "move.description",
    "create_date",
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Money {
    pub(super) id: Coded,
    pub(super) credit: Coded,
    pub(super) second_currency: Option<Code>,
    pub(super) amount_second_currency: Coded,
    pub(super) date: Coded,
    pub(super) party: Coded,
    pub(super) description: Coded,
    #[serde(rename = "move")]
    pub(super) booking: Option<Described>,
    pub(super) create_date: Coded,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Described {
    pub(super) description: Coded,
}

/// Fields of a sale.
pub(super) const SALE: [&str; 12] = [
    "number",
    "state",
    "invoice_state",
    "party",
    "invoice_party",
    "total_amount",
    "currency.code",
    "sale_date",
    "quotation_date",
    "quotation_expire",
    "create_date",
    "write_date",
];

/// What tells that a sale changed.
pub(super) const SALE_STAMPS: [&str; 3] = ["write_date", "state", "invoice_state"];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sale {
    pub(super) id: Coded,
    pub(super) number: Coded,
    pub(super) state: Coded,
    pub(super) invoice_state: Coded,
    pub(super) party: Coded,
    pub(super) invoice_party: Coded,
    pub(super) total_amount: Coded,
    pub(super) currency: Option<Code>,
    pub(super) sale_date: Coded,
    pub(super) quotation_date: Coded,
    pub(super) quotation_expire: Coded,
    pub(super) create_date: Coded,
    pub(super) write_date: Coded,
}
