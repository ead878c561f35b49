//! What a new administration begins with.

use maan_connectors::Administration;
use maan_ledger::{CompanySize, Currency};
use maan_store::TenantSettings;

use crate::problem::Problem;

/// Settings to begin with; `maan` never sends before a mail server is set.
pub(crate) fn settings(administration: &Administration) -> Result<TenantSettings, Problem> {
    let currency = Currency::from_code(&administration.currency)
        .map_err(|error| Problem::failed(format!("the administration's currency: {error}")))?;
    Ok(TenantSettings {
        zone: administration.time_zone.name().to_owned(),
        country: administration.country.clone(),
        currency,
        language: administration.language.clone(),
        creditor_name: administration.name.clone(),
        trade_register_number: None,
        vat_number: None,
        iban: None,
        size: CompanySize::Unknown,
        deducts_vat: true,
        claims: maan_store::Claims::Own,
        sender_name: administration.name.clone(),
        sender_address: "administration@maan.invalid".into(),
        reply_to: None,
        send_from_minute: 9 * 60,
        send_until_minute: 17 * 60,
        daily_maximum: 500,
        longest_promise_days: 60,
        stop_all: false,
        write_back: maan_store::WriteBacks::default(),
    })
}
