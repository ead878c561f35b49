//! VIES: whether a VAT number is valid today. A member state that does not answer is no verdict.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::line::{Line, Price};
use super::{Access, Candidate, CreditInformation, NoAnswer, Service, Subject, Why};
use crate::http::Timer;

/// Codes that say nothing about the number.
const NO_VERDICT: [&str; 6] = [
    "MS_UNAVAILABLE",
    "MS_MAX_CONCURRENT_REQ",
    "GLOBAL_MAX_CONCURRENT_REQ",
    "SERVICE_UNAVAILABLE",
    "TIMEOUT",
    "SERVER_BUSY",
];

/// VIES.
#[derive(Debug)]
pub(super) struct Vies {
    line: Line,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
    #[serde(alias = "isValid")]
    valid: Option<bool>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    user_error: Option<String>,
    #[serde(default)]
    error_wrappers: Vec<Wrapper>,
}

#[derive(Deserialize)]
struct Wrapper {
    #[serde(default)]
    error: String,
}

impl Vies {
    pub(super) fn new(access: &Access, timer: Timer) -> Result<Self, NoAnswer> {
        let line = Line::new(Service::Vies, access, vec![], timer)?;
        Ok(Self { line })
    }

    /// There is no search: the number is the company.
    pub(super) fn find(&self, subject: &Subject) -> Result<Candidate, NoAnswer> {
        subject.permit(Service::Vies)?;
        let number = subject
            .vat()
            .map(|(country, number)| format!("{country}{number}"));
        let number = number.ok_or_else(|| self.line.no_answer(Why::NothingToAskBy("a VAT number")))?;
        Ok(Candidate::new(
            &number,
            &subject.name,
            &subject.registration,
            subject.country,
        ))
    }

    pub(super) async fn report(&self, company: &Candidate) -> Result<CreditInformation, NoAnswer> {
        let country: String = company.id.chars().take(2).collect();
        let number: String = company.id.chars().skip(2).collect();
        let call = self
            .line
            .call(Method::POST, self.line.url(&["check-vat-number"], &[]))
            .json(&json!({"countryCode": country, "vatNumber": number}));
        let checked: Checked = self
            .line
            .json(&self.line.ask(call, Price::Free, explain).await?)?;
        read(company, checked).map_err(|why| self.line.no_answer(why))
    }
}

fn read(company: &Candidate, checked: Checked) -> Result<CreditInformation, Why> {
    let code = checked.user_error.unwrap_or_default();
    let valid = match (code.as_str(), checked.valid) {
        ("VALID" | "INVALID" | "", Some(valid)) => valid,
        ("INVALID_INPUT", _) => false,
        (code, _) => return Err(refusal(code).unwrap_or_else(|| unknown(code))),
    };
    // Germany and Spain tell no name
    let name = checked
        .name
        .filter(|name| !name.trim_matches('-').trim().is_empty());
    let known = Candidate::new(
        &company.id,
        name.as_deref().unwrap_or(&company.name),
        &company.registration,
        company.country,
    );
    let original = if valid { "valid" } else { "not valid" };
    let mut information = CreditInformation::about(Service::Vies, &known, original);
    information.vat_valid = Some(valid);
    Ok(information)
}

fn unknown(code: &str) -> Why {
    Why::NotUnderstood(format!("it answers `{code}`"))
}

fn refusal(code: &str) -> Option<Why> {
    match code {
        _ if NO_VERDICT.contains(&code) => Some(Why::Unavailable(code.to_owned())),
        "VAT_BLOCKED" | "IP_BLOCKED" => Some(Why::NotPermitted(code.to_owned())),
        _ => None,
    }
}

/// Errors come as `{"actionSucceed": false, "errorWrappers": [{"error": "MS_UNAVAILABLE"}]}`, with any status.
fn explain(_: u16, body: &[u8]) -> Option<Why> {
    let told: Checked = serde_json::from_slice(body).ok()?;
    let first = told.error_wrappers.first()?;
    Some(refusal(&first.error).unwrap_or_else(|| unknown(&first.error)))
}
