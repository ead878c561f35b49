//! Altares with Dun & Bradstreet's Direct+: a token of a day, a match that says how sure it is, blocks of data.
//!
//! Fields as its data dictionary has them: `organization.dnbAssessment.failureScore`, `creditLimitRecommendation`.
//! Errors come as `{transactionDetail, error {errorCode, errorMessage}}`.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use super::information::Report;
use super::line::{Line, Price};
use super::number::Number;
use super::scale;
use super::{Access, Candidate, Credentials, CreditInformation, NoAnswer, Service, Subject, Why};
use crate::http::Timer;

/// A match counts from this confidence code on, of 1 to 10.
const SURE: i64 = 8;

const BLOCKS: &str =
    "companyinfo_L2_v1,financialstrengthinsight_L2_v1,paymentinsight_L1_v1,eventfilings_L1_v1";

/// Altares, D&B Direct+.
#[derive(Debug)]
pub(super) struct Altares {
    line: Line,
    credentials: Credentials,
    token: Mutex<Option<Arc<SecretString>>>,
}

#[derive(Deserialize)]
struct Token {
    access_token: SecretString,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Matches {
    #[serde(default)]
    match_candidates: Vec<Match>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Match {
    organization: Matched,
    match_quality_information: Quality,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Quality {
    confidence_code: Number,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Matched {
    duns: String,
    #[serde(default)]
    primary_name: String,
    #[serde(default)]
    registration_numbers: Vec<Registration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Registration {
    #[serde(default)]
    registration_number: String,
}

#[derive(Deserialize)]
struct Data {
    organization: Organization,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Organization {
    #[serde(default)]
    duns: String,
    #[serde(default)]
    duns_control_status: ControlStatus,
    dnb_assessment: Assessment,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ControlStatus {
    operating_status: Described,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Described {
    description: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assessment {
    #[serde(default)]
    failure_score: Option<FailureScore>,
    #[serde(default)]
    credit_limit_recommendation: Option<Recommendation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FailureScore {
    class_score: Number,
    #[serde(default)]
    national_percentile: Number,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recommendation {
    #[serde(default)]
    maximum_recommended_limit: Option<Limit>,
}

#[derive(Deserialize)]
struct Limit {
    value: Number,
    #[serde(default)]
    currency: String,
}

#[derive(Deserialize)]
struct Failure {
    error: FailureTold,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FailureTold {
    #[serde(default)]
    error_message: String,
}

impl Altares {
    pub(super) fn new(access: Access, timer: Timer) -> Result<Self, NoAnswer> {
        let secret = &access.credentials.secret;
        let pair = format!("{}:{}", access.credentials.user, secret.expose_secret());
        let secrets = vec![secret.clone(), SecretString::from(BASE64_STANDARD.encode(pair))];
        Ok(Self {
            line: Line::new(Service::Altares, &access, secrets, timer)?,
            credentials: access.credentials,
            token: Mutex::default(),
        })
    }

    pub(super) async fn find(&self, subject: &Subject) -> Result<Candidate, NoAnswer> {
        subject.permit(Service::Altares)?;
        if !subject.country.is_known() {
            return Err(self.none(Why::NothingToAskBy("a country")));
        }
        let country = subject.country.to_string();
        let by = match (subject.number(), subject.name()) {
            (Some(number), _) => ("registrationNumber", number),
            (None, Some(name)) => ("name", name.to_owned()),
            _ => return Err(self.none(Why::NothingToAskBy("a register number or name"))),
        };
        let query = [("countryISOAlpha2Code", country.as_str()), (by.0, &by.1)];
        let url = self.line.url(&["v1", "match", "cleanseMatch"], &query);
        let found: Matches = self.line.json(&self.get(&url, Price::Free).await?)?;
        let sure = |found: &Match| {
            found
                .match_quality_information
                .confidence_code
                .between(SURE, 10)
                .is_some()
        };
        let mut candidates: Vec<Candidate> = found
            .match_candidates
            .into_iter()
            .filter(sure)
            .map(|found| {
                let numbers = found.organization.registration_numbers;
                let number = numbers.first().map(|one| one.registration_number.as_str());
                let (duns, name) = (found.organization.duns, found.organization.primary_name);
                Candidate::new(&duns, &name, number.unwrap_or_default(), subject.country)
            })
            .collect();
        match candidates.len() {
            0 | 1 => candidates.pop().ok_or_else(|| self.none(Why::NotFound(by.1))),
            _ => Err(self.none(Why::SeveralMatches(candidates))),
        }
    }

    pub(super) async fn report(&self, company: &Candidate) -> Result<CreditInformation, NoAnswer> {
        let url = self
            .line
            .url(&["v1", "data", "duns", &company.id], &[("blockIDs", BLOCKS)]);
        let data: Data = self.line.json(&self.get(&url, Price::Paid).await?)?;
        self.read(company, &data.organization)
    }

    fn read(&self, company: &Candidate, told: &Organization) -> Result<CreditInformation, NoAnswer> {
        let absurd = |what: &str| self.none(Why::NotUnderstood(format!("the {what} is outside its scale")));
        if !told.duns.is_empty() && told.duns != company.id {
            return Err(self.none(Why::NotUnderstood("it is about another company".into())));
        }
        let score = told.dnb_assessment.failure_score.as_ref();
        let class = score.filter(|score| !score.class_score.is_absent());
        let class = class
            .map(|score| score.class_score.between(1, 5).ok_or_else(|| absurd("class")))
            .transpose()?;
        let chance = class
            .map(|class| scale::dun_bradstreet(class).ok_or_else(|| absurd("class")))
            .transpose()?;
        let recommended = told.dnb_assessment.credit_limit_recommendation.as_ref();
        let limit = recommended.and_then(|limit| limit.maximum_recommended_limit.as_ref());
        let limit = limit.filter(|limit| !limit.value.is_absent());
        let limit = limit
            .map(|limit| limit.value.money(&limit.currency).ok_or_else(|| absurd("limit")))
            .transpose()?;
        let status = &told.duns_control_status.operating_status.description;
        let active = status.is_empty() || status.eq_ignore_ascii_case("active");
        let marks = if active {
            vec![]
        } else {
            vec!["not-active".to_owned()]
        };
        let percentile = score.and_then(|score| score.national_percentile.between(0, 100));
        let original = match (class, percentile) {
            (Some(class), Some(percentile)) => format!("failure class {class}, percentile {percentile}"),
            (Some(class), None) => format!("failure class {class}"),
            _ => "no failure score".to_owned(),
        };
        let mut information = CreditInformation::about(Service::Altares, company, &original);
        information.report = Some(
            Report {
                failure_per_mille: chance,
                advised_limit: limit,
                worsened_by: 0,
                marks,
            }
            .marked(),
        );
        Ok(information)
    }

    fn none(&self, why: Why) -> NoAnswer {
        self.line.no_answer(why)
    }

    /// A call with a token; one that ran out is renewed once.
    async fn get(&self, url: &Url, price: Price) -> Result<Vec<u8>, NoAnswer> {
        let mut token = self.token(None).await?;
        let mut renewed = false;
        loop {
            let call = self
                .line
                .call(Method::GET, url.clone())
                .bearer_auth(token.expose_secret());
            match self.line.ask(call, price, explain).await {
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

    async fn token(&self, refused: Option<&Arc<SecretString>>) -> Result<Arc<SecretString>, NoAnswer> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept
            .as_ref()
            .filter(|kept| refused.is_none_or(|old| !Arc::ptr_eq(kept, old)))
        {
            return Ok(token.clone());
        }
        let call = self
            .line
            .call(Method::POST, self.line.url(&["v3", "token"], &[]))
            .basic_auth(
                &self.credentials.user,
                Some(self.credentials.secret.expose_secret()),
            )
            .form(&[("grant_type", "client_credentials")]);
        let refuses = |status, _: &[u8]| matches!(status, 400 | 403).then_some(Why::CredentialsRefused);
        let answer: Token = self
            .line
            .json(&self.line.ask(call, Price::Free, refuses).await?)?;
        let token = Arc::new(answer.access_token);
        *kept = Some(token.clone());
        Ok(token)
    }
}

/// What Direct+ says of a refusal.
fn explain(status: u16, body: &[u8]) -> Option<Why> {
    if !(400..500).contains(&status) || matches!(status, 401 | 404 | 429) {
        return None;
    }
    let told: Failure = serde_json::from_slice(body).ok()?;
    let detail = told.error.error_message;
    Some(match status {
        403 => Why::NotPermitted(detail),
        _ => Why::Refused { status, detail },
    })
}
