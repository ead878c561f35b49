//! Companyweb, Belgium: one SOAP call by VAT number, each field with a mark whether the contract has it.
//!
//! Call and fields as the Odoo community's module `companyweb_base` (OCA/l10n-belgium) uses them. Not confirmed
//! against the service itself: the XML namespace, and codes of refusal other than zero for success.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Brussels;
use maan_ledger::Clock;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use roxmltree::Node;
use secrecy::{ExposeSecret, SecretString};
use sha1::{Digest, Sha1};

use super::information::Report;
use super::line::{Line, Price};
use super::number::{Number, day};
use super::scale;
use super::soap::{self, element, find, value};
use super::{Access, Candidate, Credentials, CreditInformation, NoAnswer, Service, Subject, Why};
use crate::http::Timer;

const NAMESPACE: &str = "http://tempuri.org/";

/// Companyweb.
#[derive(Debug)]
pub(super) struct Companyweb {
    line: Line,
    credentials: Credentials,
    clock: Clock,
}

impl Companyweb {
    pub(super) fn new(access: Access, clock: Clock, timer: Timer) -> Result<Self, NoAnswer> {
        let credentials = &access.credentials;
        let secrets = vec![credentials.secret.clone(), credentials.integrator_secret.clone()];
        Ok(Self {
            line: Line::new(Service::Companyweb, &access, secrets, timer)?,
            credentials: access.credentials,
            clock,
        })
    }

    /// There is no search: the number is the company.
    pub(super) fn find(&self, subject: &Subject) -> Result<Candidate, NoAnswer> {
        subject.permit(Service::Companyweb)?;
        let number = subject.number().filter(|_| subject.country.to_string() == "BE");
        let number = number.ok_or_else(|| self.none(Why::NothingToAskBy("a Belgian enterprise number")))?;
        Ok(Candidate::new(&number, &subject.name, &number, subject.country))
    }

    pub(super) async fn report(&self, company: &Candidate) -> Result<CreditInformation, NoAnswer> {
        let call = self
            .line
            .call(Method::POST, self.line.url(&[], &[]))
            .header(CONTENT_TYPE, "text/xml; charset=utf-8")
            .header("SOAPAction", format!("\"{NAMESPACE}GetCompanyByVat\""))
            .body(self.question(&company.id));
        let body = self.line.ask(call, Price::Paid, explain).await?;
        let read = || {
            let text = soap::text(&body)?;
            let document = soap::parsed(text)?;
            let told = find(document.root(), "GetCompanyByVatResult")
                .ok_or_else(|| Why::NotUnderstood("the result is missing".into()))?;
            read(company, told)
        };
        read().map_err(|why| self.none(why))
    }

    fn none(&self, why: Why) -> NoAnswer {
        self.line.no_answer(why)
    }

    fn question(&self, number: &str) -> String {
        let secret = |secret: &SecretString| secret.expose_secret().to_owned();
        let fields = [
            ("CompanyWebLogin", self.credentials.user.clone()),
            ("CompanyWebPassword", secret(&self.credentials.secret)),
            ("ServiceIntegrator", self.credentials.integrator.clone()),
            (
                "LoginHash",
                login_hash(&self.credentials, self.clock.now().to_utc()),
            ),
            ("Language", "EN".to_owned()),
            ("VatNumber", number.to_owned()),
        ];
        let fields: String = fields.iter().map(|(name, text)| element(name, text)).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
             <soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
             <GetCompanyByVat xmlns=\"{NAMESPACE}\"><request>{fields}</request></GetCompanyByVat>\
             </soap:Body></soap:Envelope>"
        )
    }
}

/// SHA-1, in hexadecimal, over day in Belgium, user, password and the integrator's secret in small letters.
fn login_hash(credentials: &Credentials, now: DateTime<Utc>) -> String {
    let day = now.with_timezone(&Brussels).format("%Y%m%d");
    let joined = format!(
        "{day}{}{}{}",
        credentials.user,
        credentials.secret.expose_secret(),
        credentials.integrator_secret.expose_secret()
    );
    let digest = Sha1::digest(joined.to_lowercase().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A field that the contract has; none where it is not enabled or empty.
fn field<'a>(told: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let field = find(told, name)?;
    let enabled = value(field, "IsEnabled").eq_ignore_ascii_case("true");
    Some(value(field, "Value")).filter(|text| enabled && !text.is_empty())
}

fn read(company: &Candidate, told: Node<'_, '_>) -> Result<CreditInformation, Why> {
    let message = value(told, "StatusMessage").to_owned();
    let lowered = message.to_lowercase();
    match value(told, "StatusCode") {
        "0" => {}
        _ if lowered.contains("login") || lowered.contains("password") => {
            return Err(Why::CredentialsRefused);
        }
        _ if lowered.contains("not found") => return Err(Why::NotFound(company.id.clone())),
        _ if lowered.contains("access") || lowered.contains("contract") => {
            return Err(Why::NotPermitted(message));
        }
        _ => return Err(Why::NotUnderstood(format!("it answers: {message}"))),
    }
    let absurd = |what: &str| Why::NotUnderstood(format!("the {what} is outside its scale"));
    let score = find(told, "Score").and_then(|score| field(score, "ScoreAsInt").or_else(|| inner(score)));
    let score = score
        .map(|score| {
            Number::from(score)
                .between(-10, 10)
                .ok_or_else(|| absurd("score"))
        })
        .transpose()?;
    let limit = find(told, "CreditLimit").and_then(|limit| field(limit, "Limit"));
    let limit = limit
        .map(|limit| Number::from(limit).money("EUR").ok_or_else(|| absurd("limit")))
        .transpose()?;
    let ended = field(told, "EndDate").and_then(day);
    let status = find(told, "CompanyStatus").map_or("", |status| value(status, "Info"));
    let mut marks = Vec::new();
    if find(told, "WarningsOverview").is_some_and(|warnings| soap::all(warnings, "Warning").next().is_some())
    {
        marks.push("warnings".to_owned());
    }
    if ended.is_some() {
        marks.push("not-active".to_owned());
    }
    let original = match score {
        Some(score) => format!("{score} on the barometer of -10 to 10; {status}"),
        None => format!("no score; {status}"),
    };
    let name = field(told, "CompanyName").unwrap_or(&company.name);
    let known = Candidate::new(&company.id, name, &company.registration, company.country);
    let mut information = CreditInformation::about(Service::Companyweb, &known, &original);
    information.dissolved_since = ended;
    information.report = Some(
        Report {
            failure_per_mille: score.map(scale::companyweb),
            advised_limit: limit,
            worsened_by: 0,
            marks,
        }
        .marked(),
    );
    Ok(information)
}

/// `ScoreAsInt` within the value of the score.
fn inner<'a>(score: Node<'a, '_>) -> Option<&'a str> {
    let enabled = value(score, "IsEnabled").eq_ignore_ascii_case("true");
    Some(value(score, "ScoreAsInt")).filter(|text| enabled && !text.is_empty())
}

/// What a fault says.
fn explain(status: u16, body: &[u8]) -> Option<Why> {
    if status != 500 {
        return None;
    }
    let document = soap::parsed(soap::text(body).ok()?).ok()?;
    Some(Why::Unavailable(soap::fault(&document)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_of_the_belgian_day_in_small_letters() {
        let mut credentials = Credentials::login("Me".into(), SecretString::from("Pass"));
        credentials.integrator_secret = SecretString::from("Key");
        // half past eleven in the evening in London is the next day in Brussels
        let now = "2026-11-20T23:30:00Z".parse().unwrap();
        let digest = Sha1::digest(b"20261121mepasskey");
        let wanted: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(login_hash(&credentials, now), wanted);
    }
}
