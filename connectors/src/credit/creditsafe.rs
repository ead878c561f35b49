//! Creditsafe Connect: a token of one hour, companies by number or name, reports, and a portfolio that is watched.
//!
//! Fields as its public documentation (doc.creditsafe.com) has them. The token stands bare in `Authorization`. Not
//! confirmed against its sandbox: the paths below `monitoring/portfolios`.

use std::sync::Arc;

use maan_ledger::Day;
use reqwest::Method;
use reqwest::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::Mutex;
use url::Url;

use super::information::Report;
use super::line::{Line, Price};
use super::number::{Number, day};
use super::scale;
use super::{Access, Candidate, Credentials, CreditInformation, NoAnswer, Service, Subject, Why};
use crate::http::Timer;

/// Creditsafe Connect.
#[derive(Debug)]
pub struct Creditsafe {
    line: Line,
    credentials: Credentials,
    token: Mutex<Option<Arc<SecretString>>>,
}

/// A list of companies that Creditsafe watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portfolio {
    /// Its id there.
    pub id: String,
}

/// Something that changed at a watched company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Id of the company, as in [`Candidate::id`].
    pub company: String,
    /// When.
    pub on: Day,
    /// What, in Creditsafe's words.
    pub what: String,
}

#[derive(Deserialize)]
struct Authenticated {
    token: SecretString,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Companies {
    companies: Vec<Company>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Company {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    reg_no: String,
}

#[derive(Deserialize)]
struct Answer {
    report: Told,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    #[serde(default)]
    company_summary: Summary,
    credit_score: Score,
    #[serde(default)]
    negative_information: Map<String, Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Summary {
    company_status: Status,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    status: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Score {
    current_credit_rating: Rating,
    #[serde(default)]
    previous_credit_rating: Option<Rating>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rating {
    common_value: String,
    #[serde(default)]
    provider_value: Option<ProviderValue>,
    #[serde(default)]
    credit_limit: Option<Limit>,
}

#[derive(Deserialize)]
struct ProviderValue {
    #[serde(default)]
    value: Number,
}

#[derive(Deserialize)]
struct Limit {
    #[serde(default)]
    currency: String,
    #[serde(default)]
    value: Number,
}

#[derive(Deserialize)]
struct Made {
    id: Number,
}

#[derive(Deserialize)]
struct Events {
    data: Vec<EventTold>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EventTold {
    event_date: String,
    #[serde(default)]
    rule_name: String,
    company: EventCompany,
}

#[derive(Deserialize)]
struct EventCompany {
    id: String,
}

impl Creditsafe {
    /// A client.
    ///
    /// # Errors
    /// The address may not be used.
    pub fn new(access: Access, timer: Timer) -> Result<Self, NoAnswer> {
        let secrets = vec![access.credentials.secret.clone()];
        Ok(Self {
            line: Line::new(Service::Creditsafe, &access, secrets, timer)?,
            credentials: access.credentials,
            token: Mutex::default(),
        })
    }

    pub(super) async fn find(&self, subject: &Subject) -> Result<Candidate, NoAnswer> {
        subject.permit(Service::Creditsafe)?;
        let country = subject.country.to_string();
        let number = subject.number();
        let by = match (&number, subject.vat(), subject.name()) {
            _ if !subject.country.is_known() => return Err(self.none(Why::NothingToAskBy("a country"))),
            (Some(number), _, _) => ("regNo", number.clone()),
            (None, Some((of, vat)), _) => ("vatNo", format!("{of}{vat}")),
            (None, None, Some(name)) => ("name", name.to_owned()),
            _ => return Err(self.none(Why::NothingToAskBy("a register number, VAT number or name"))),
        };
        let url = self
            .line
            .url(&["companies"], &[("countries", &country), (by.0, &by.1)]);
        let body = self.get(&url, Price::Free).await?;
        let found: Companies = self.line.json(&body)?;
        let same = |company: &Company| match &number {
            Some(number) => letters(&company.reg_no) == *number,
            None => true,
        };
        let mut candidates: Vec<Candidate> = found
            .companies
            .into_iter()
            .filter(same)
            .map(|company| Candidate::new(&company.id, &company.name, &company.reg_no, subject.country))
            .collect();
        candidates.dedup_by(|a, b| a.id == b.id);
        match candidates.len() {
            0 => Err(self.none(Why::NotFound(by.1))),
            1 => candidates.pop().ok_or_else(|| self.none(Why::NotFound(by.1))),
            _ => Err(self.none(Why::SeveralMatches(candidates))),
        }
    }

    pub(super) async fn report(&self, company: &Candidate) -> Result<CreditInformation, NoAnswer> {
        let query = [("language", "en"), ("template", "full")];
        let url = self.line.url(&["companies", &company.id], &query);
        let answer: Answer = self.line.json(&self.get(&url, Price::Paid).await?)?;
        self.read(company, &answer.report)
    }

    fn read(&self, company: &Candidate, told: &Told) -> Result<CreditInformation, NoAnswer> {
        let rating = &told.credit_score.current_credit_rating;
        let absurd = |what: &str| self.none(Why::NotUnderstood(format!("the {what} is outside its scale")));
        let chance = scale::creditsafe(&rating.common_value).ok_or_else(|| absurd("rating"))?;
        let score = rating.provider_value.as_ref().map(|score| &score.value);
        let score = score.filter(|score| !score.is_absent() && chance.is_some());
        let score = score
            .map(|score| score.between(0, 100).ok_or_else(|| absurd("score")))
            .transpose()?;
        let limit = rating
            .credit_limit
            .as_ref()
            .filter(|limit| !limit.value.is_absent());
        let limit = limit
            .map(|limit| limit.value.money(&limit.currency).ok_or_else(|| absurd("limit")))
            .transpose()?;
        let before = told.credit_score.previous_credit_rating.as_ref();
        let before = before
            .and_then(|rating| scale::creditsafe(&rating.common_value))
            .flatten();
        let mut marks: Vec<String> = told
            .negative_information
            .iter()
            .filter(|(_, value)| says_something(value))
            .map(|(key, _)| kebab(key))
            .collect();
        let status = &told.company_summary.company_status.status;
        if !status.is_empty() && !status.eq_ignore_ascii_case("active") {
            marks.push("not-active".to_owned());
        }
        let score = score.map_or_else(|| "no score".to_owned(), |score| format!("{score} of 100"));
        let original = format!("{}, {score}", rating.common_value);
        let mut information = CreditInformation::about(Service::Creditsafe, company, &original);
        information.report = Some(
            Report {
                failure_per_mille: chance,
                advised_limit: limit,
                worsened_by: scale::worsened(before, chance),
                marks,
            }
            .marked(),
        );
        Ok(information)
    }

    /// Makes a portfolio to watch companies in.
    ///
    /// # Errors
    /// Creditsafe did not answer.
    pub async fn make_portfolio(&self, name: &str) -> Result<Portfolio, NoAnswer> {
        let url = self.line.url(&["monitoring", "portfolios"], &[]);
        let made: Made = self.line.json(
            &self
                .send(Method::POST, &url, Some(json!({ "name": name })), Price::Free)
                .await?,
        )?;
        match made.id {
            id if id.is_absent() => Err(self.none(Why::NotUnderstood("the portfolio has no id".into()))),
            id => Ok(Portfolio { id: id.to_string() }),
        }
    }

    /// Watches a company.
    ///
    /// # Errors
    /// Creditsafe did not answer.
    pub async fn watch(&self, portfolio: &Portfolio, company: &Candidate) -> Result<(), NoAnswer> {
        let url = self
            .line
            .url(&["monitoring", "portfolios", &portfolio.id, "companies"], &[]);
        let body = json!({ "id": company.id });
        self.send(Method::POST, &url, Some(body), Price::Free)
            .await
            .map(drop)
    }

    /// What changed at the watched companies since a day: their reports are stale.
    ///
    /// # Errors
    /// Creditsafe did not answer.
    pub async fn events(&self, portfolio: &Portfolio, since: Day) -> Result<Vec<Event>, NoAnswer> {
        let url = self.line.url(
            &["monitoring", "portfolios", &portfolio.id, "notificationEvents"],
            &[("startDate", &since.to_string())],
        );
        let told: Events = self.line.json(&self.get(&url, Price::Free).await?)?;
        let event = |told: EventTold| {
            let on = day(&told.event_date)
                .ok_or_else(|| self.none(Why::NotUnderstood("an event has no day".into())))?;
            Ok(Event {
                company: super::information::cut(&told.company.id),
                on,
                what: super::information::cut(&told.rule_name),
            })
        };
        told.data.into_iter().map(event).collect()
    }

    fn none(&self, why: Why) -> NoAnswer {
        self.line.no_answer(why)
    }

    async fn get(&self, url: &Url, price: Price) -> Result<Vec<u8>, NoAnswer> {
        self.send(Method::GET, url, None, price).await
    }

    /// A call with a token; one that ran out is renewed once.
    async fn send(
        &self,
        method: Method,
        url: &Url,
        body: Option<Value>,
        price: Price,
    ) -> Result<Vec<u8>, NoAnswer> {
        let mut token = self.token(None).await?;
        let mut renewed = false;
        loop {
            let mut call = self
                .line
                .call(method.clone(), url.clone())
                .header(AUTHORIZATION, token.expose_secret());
            if let Some(body) = &body {
                call = call.json(body);
            }
            match self.line.ask(call, price, |_, _| None).await {
                // what is refused was not charged
                Err(NoAnswer {
                    why: Why::CredentialsRefused,
                    ..
                }) if !renewed => {
                    renewed = true;
                    token = self.token(Some(&token)).await?;
                }
                answer => return answer,
            }
        }
    }

    /// The token in use, or a new one in the place of one that was refused.
    async fn token(&self, refused: Option<&Arc<SecretString>>) -> Result<Arc<SecretString>, NoAnswer> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept
            .as_ref()
            .filter(|kept| refused.is_none_or(|old| !Arc::ptr_eq(kept, old)))
        {
            return Ok(token.clone());
        }
        let body = json!({
            "username": self.credentials.user,
            "password": self.credentials.secret.expose_secret(),
        });
        let call = self
            .line
            .call(Method::POST, self.line.url(&["authenticate"], &[]))
            .json(&body);
        let refuses = |status, _: &[u8]| matches!(status, 400 | 403).then_some(Why::CredentialsRefused);
        let answer: Authenticated = self
            .line
            .json(&self.line.ask(call, Price::Free, refuses).await?)?;
        let token = Arc::new(answer.token);
        *kept = Some(token.clone());
        Ok(token)
    }
}

/// Letters and digits alone.
fn letters(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect()
}

/// Whether a part of the negative information holds anything.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => fields.values().any(says_something),
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.to_string() != "0",
        Value::Bool(true) => true,
    }
}

/// `paymentRemarkDetails` as `payment-remark-details`.
fn kebab(key: &str) -> String {
    let mut word = String::new();
    for letter in key.chars().filter(char::is_ascii_alphanumeric).take(40) {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negative_information_counts_where_it_says_something() {
        let told = json!({"judgments": [{"value": 5000}], "none": [], "sum": {"value": 0, "currency": ""}});
        let Value::Object(told) = told else { panic!() };
        let marks: Vec<_> = told
            .iter()
            .filter(|(_, value)| says_something(value))
            .map(|(key, _)| kebab(key))
            .collect();
        assert_eq!(marks, ["judgments"]);
        assert_eq!(kebab("paymentRemarkDetails"), "payment-remark-details");
    }
}
