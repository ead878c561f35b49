//! Values as the platform writes them.

use chrono::{NaiveDateTime, SecondsFormat};
use serde_json::{Value, json};

/// Cents as a decimal without needless zeros: `363.0`, `12.34`, `-0.5`.
pub(super) fn money(cents: i64) -> String {
    let (sign, cents) = (if cents < 0 { "-" } else { "" }, cents.unsigned_abs());
    match cents % 100 {
        tenths if tenths % 10 == 0 => format!("{sign}{}.{}", cents / 100, tenths / 10),
        hundredths => format!("{sign}{}.{hundredths:02}", cents / 100),
    }
}

/// A moment in UTC with milliseconds and `Z`.
pub(super) fn moment(at: NaiveDateTime) -> String {
    at.and_utc().to_rfc3339_opts(SecondsFormat::Millis, true)
}

pub(super) fn id(id: u64) -> String {
    id.to_string()
}

/// Ids of things that every administration has once: a user, a tax rate, a bank account.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fixed {
    User = 1,
    Workflow,
    DocumentStyle,
    Identity,
    TaxRate,
    RevenueAccount,
    DebtorsAccount,
    BankAccount,
    Statement,
    ContactFields,
}

/// Above all record ids of the administration and below the next administration's.
const FIXED: u64 = 900_000_000_000_000;

impl Fixed {
    pub(super) fn number(self, administration: u64) -> u64 {
        administration + FIXED + self as u64
    }

    pub(super) fn id(self, administration: u64) -> String {
        id(self.number(administration))
    }
}

/// 64 hexadecimal digits that belong to a record, as in the platform's public links.
pub(super) fn link_code(record: u64) -> String {
    blake3::hash(&record.to_le_bytes()).to_hex().to_string()
}

/// The event that a record was made.
pub(super) fn created(administration: u64, action: &str, at: NaiveDateTime) -> Value {
    json!([{
        "administration_id": id(administration),
        "user_id": Fixed::User.id(administration),
        "action": action,
        "link_entity_id": null,
        "link_entity_type": null,
        "data": {},
        "created_at": moment(at),
        "updated_at": moment(at),
    }])
}

/// The only line of an invoice or estimate.
pub(super) struct Line<'a> {
    pub(super) administration: u64,
    pub(super) record: u64,
    pub(super) work: &'a str,
    pub(super) excl: i64,
    pub(super) vat: i64,
    pub(super) at: NaiveDateTime,
}

impl Line<'_> {
    pub(super) fn details(&self) -> Value {
        json!([{
            "id": id(self.record),
            "administration_id": id(self.administration),
            "tax_rate_id": Fixed::TaxRate.id(self.administration),
            "ledger_account_id": Fixed::RevenueAccount.id(self.administration),
            "project_id": null,
            "product_id": null,
            "amount": "1 x",
            "amount_decimal": "1.0",
            "description": self.work,
            "price": money(self.excl),
            "period": null,
            "row_order": 1,
            "total_price_excl_tax_with_discount": money(self.excl),
            "total_price_excl_tax_with_discount_base": money(self.excl),
            "tax_report_reference": ["NL/1a"],
            "mandatory_tax_text": null,
            "created_at": moment(self.at),
            "updated_at": moment(self.at),
        }])
    }

    pub(super) fn tax_totals(&self) -> Value {
        json!([{
            "tax_rate_id": Fixed::TaxRate.id(self.administration),
            "taxable_amount": money(self.excl),
            "taxable_amount_base": money(self.excl),
            "tax_amount": money(self.vat),
            "tax_amount_base": money(self.vat),
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::money;

    #[test]
    fn money_is_written_without_needless_zeros() {
        let written: Vec<String> = [0, 5, 50, 1234, 36_300, -50, -12_345]
            .into_iter()
            .map(money)
            .collect();
        assert_eq!(
            written,
            ["0.0", "0.05", "0.5", "12.34", "363.0", "-0.5", "-123.45"]
        );
    }
}
