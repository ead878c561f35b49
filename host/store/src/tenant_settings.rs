//! What an administration settles about its own follow-up.

use chrono_tz::Tz;
use maan_ledger::{CompanySize, Currency};
use serde::{Deserialize, Serialize};

use crate::{Claims, StoreError, WriteBacks};

/// Settings of an administration, written and read as JSON; a field that is not known is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantSettings {
    /// IANA time zone in which its days are counted, `Europe/Amsterdam`.
    pub zone: String,
    /// ISO 3166-1 alpha-2 code of the country in which it is established, `NL`.
    pub country: String,
    /// Currency of its books.
    pub currency: Currency,
    /// BCP 47 tag of the language it works in, `nl`.
    pub language: String,
    /// Its name, as debtors know it.
    pub creditor_name: String,
    /// Number in the trade register (in the Netherlands: KvK).
    #[serde(default)]
    pub trade_register_number: Option<String>,
    /// VAT number, with country code.
    #[serde(default)]
    pub vat_number: Option<String>,
    /// Account on which debtors pay.
    #[serde(default)]
    pub iban: Option<String>,
    /// Size of the business, which changes some terms of payment.
    #[serde(default)]
    pub size: CompanySize,
    /// It deducts VAT, so that collection costs carry none.
    #[serde(default = "yes")]
    pub deducts_vat: bool,
    /// Whose claims it follows up: its own, or those of others, with the registrations that it holds.
    #[serde(default)]
    pub claims: Claims,
    /// Name on its messages.
    pub sender_name: String,
    /// E-mail address that sends.
    pub sender_address: String,
    /// E-mail address that answers go to, where it is another.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// First minute of the day, in its time zone, at which messages leave.
    #[serde(default = "nine")]
    pub send_from_minute: u16,
    /// Minute of the day from which no more messages leave.
    #[serde(default = "seventeen")]
    pub send_until_minute: u16,
    /// Most messages of one day, to all debtors together.
    #[serde(default = "five_hundred")]
    pub daily_maximum: u32,
    /// Days ahead for which a promise to pay is taken at most; for longer there are payment plans.
    #[serde(default = "sixty")]
    pub longest_promise_days: u16,
    /// Nothing leaves at all.
    #[serde(default)]
    pub stop_all: bool,
    /// What is written back to the platform.
    #[serde(default)]
    pub write_back: WriteBacks,
}

fn yes() -> bool {
    true
}

fn nine() -> u16 {
    9 * 60
}

fn seventeen() -> u16 {
    17 * 60
}

fn five_hundred() -> u32 {
    500
}

fn sixty() -> u16 {
    60
}

impl TenantSettings {
    /// The time zone.
    pub fn tz(&self) -> Result<Tz, StoreError> {
        self.zone.parse().map_err(|_| {
            invalid(format!(
                "`{}` is not an IANA time zone; write Europe/Amsterdam",
                self.zone
            ))
        })
    }

    /// Whether these settings can be used; the error names the first that cannot.
    pub fn check(&self) -> Result<(), StoreError> {
        self.tz()?;
        if self.country.len() != 2 || !self.country.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Err(invalid(format!(
                "`{}` is not a country; write two capitals, NL",
                self.country
            )));
        }
        if self.send_from_minute >= self.send_until_minute || self.send_until_minute > 24 * 60 {
            return Err(invalid(format!(
                "messages cannot leave from minute {} until minute {} of a day",
                self.send_from_minute, self.send_until_minute
            )));
        }
        let addresses = std::iter::once(&self.sender_address).chain(&self.reply_to);
        for address in addresses {
            if !address.contains('@') || address.contains(char::is_whitespace) {
                return Err(invalid(format!("`{address}` is not an e-mail address")));
            }
        }
        Ok(())
    }
}

fn invalid(why: String) -> StoreError {
    StoreError::invalid("the settings of the administration", why)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = r#"{"zone":"Europe/Amsterdam","country":"NL","currency":"EUR","language":"nl",
        "creditor_name":"Zonneveld BV","sender_name":"Administratie","sender_address":"debiteuren@zonneveld.example"}"#;

    #[test]
    fn what_is_left_out_has_a_default_and_what_is_unknown_is_refused() {
        let settings: TenantSettings = serde_json::from_str(MINIMAL).unwrap();
        settings.check().unwrap();
        assert!(settings.deducts_vat && !settings.stop_all);
        assert_eq!(settings.longest_promise_days, 60);
        assert_eq!(settings.claims, Claims::Own);
        assert!(settings.write_back.is_empty());
        let typo = MINIMAL.replace("\"zone\"", "\"stop_al\":true,\"zone\"");
        assert!(serde_json::from_str::<TenantSettings>(&typo).is_err());
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let good: TenantSettings = serde_json::from_str(MINIMAL).unwrap();
        let problem = |change: fn(&mut TenantSettings)| {
            let mut settings = good.clone();
            change(&mut settings);
            settings.check().unwrap_err().to_string()
        };
        assert!(problem(|s| s.zone = "Amsterdam".into()).contains("Amsterdam"));
        assert!(problem(|s| s.country = "nl".into()).contains("`nl`"));
        assert!(problem(|s| s.send_until_minute = 100).contains("540"));
        assert!(problem(|s| s.reply_to = Some("nobody".into())).contains("`nobody`"));
    }
}
