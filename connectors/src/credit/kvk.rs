//! The Dutch trade register: search and basic profile, with a key in the header `apikey`.
//!
//! Its certificates are signed by "Staat der Nederlanden Private Root CA - G1", which this machine must trust. Its
//! answers tell registration and dissolution, and nothing about insolvency.

use maan_ledger::DebtorKind;
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::line::{Line, Price};
use super::number::day;
use super::{Access, Candidate, CreditInformation, NoAnswer, Service, Subject, Why};
use crate::http::Timer;

/// The Dutch trade register.
#[derive(Debug)]
pub(super) struct Kvk {
    line: Line,
    key: SecretString,
}

#[derive(Deserialize)]
struct Found {
    #[serde(default)]
    totaal: usize,
    #[serde(default)]
    resultaten: Vec<Hit>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hit {
    kvk_nummer: String,
    #[serde(default)]
    naam: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    kvk_nummer: String,
    #[serde(default)]
    naam: String,
    #[serde(default)]
    materiele_registratie: Registration,
    #[serde(rename = "_embedded", default)]
    embedded: Embedded,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Registration {
    datum_einde: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Embedded {
    eigenaar: Owner,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Owner {
    rechtsvorm: String,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    fout: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    #[serde(default)]
    omschrijving: String,
}

impl Kvk {
    pub(super) fn new(access: Access, timer: Timer) -> Result<Self, NoAnswer> {
        let key = access.credentials.secret.clone();
        Ok(Self {
            line: Line::new(Service::Kvk, &access, vec![key.clone()], timer)?,
            key,
        })
    }

    pub(super) async fn find(&self, subject: &Subject) -> Result<Candidate, NoAnswer> {
        subject.permit(Service::Kvk)?;
        let dutch = subject.country.to_string() == "NL";
        let by = match (subject.number(), subject.name()) {
            (Some(number), _) if dutch => ("kvkNummer", number),
            (None, Some(name)) if dutch => ("naam", name.to_owned()),
            _ => return Err(self.none(Why::NothingToAskBy("a Dutch register number or name"))),
        };
        // without it, companies that ended are not among those found
        let also_ended = ("inclusiefInactieveRegistraties", "true");
        let url = self
            .line
            .url(&["api", "v2", "zoeken"], &[(by.0, by.1.as_str()), also_ended]);
        let found: Found = self.line.json(&self.get(url, Price::Free).await?)?;
        let mut candidates: Vec<Candidate> = found
            .resultaten
            .iter()
            .map(|one| Candidate::new(&one.kvk_nummer, &one.naam, &one.kvk_nummer, subject.country))
            .collect();
        // a company stands here once for each branch
        candidates.sort_by(|a, b| a.id.cmp(&b.id));
        candidates.dedup_by(|a, b| a.id == b.id);
        // a part of a name finds others too: only the very name is the debtor, and only where all that were found are seen
        let whole = found.totaal <= found.resultaten.len();
        let is_it = |one: &Candidate| match by.0 {
            "kvkNummer" => one.id == by.1,
            _ => whole && is_same_name(&one.name, &by.1),
        };
        match candidates.as_slice() {
            [] => Err(self.none(Why::NotFound(by.1))),
            [only] if is_it(only) => Ok(only.clone()),
            _ => Err(self.none(Why::SeveralMatches(candidates))),
        }
    }

    pub(super) async fn report(&self, company: &Candidate) -> Result<CreditInformation, NoAnswer> {
        let url = self.line.url(&["api", "v1", "basisprofielen", &company.id], &[]);
        // each profile counts for the contract: one that may have been charged is not asked again
        let told: Profile = self.line.json(&self.get(url, Price::Paid).await?)?;
        if told.kvk_nummer != company.id {
            return Err(self.none(Why::NotUnderstood("it is about another company".into())));
        }
        let ended = told
            .materiele_registratie
            .datum_einde
            .filter(|text| !text.is_empty());
        let dissolved = ended
            .map(|text| day(&text).ok_or_else(|| self.none(Why::NotUnderstood("the end has no day".into()))))
            .transpose()?;
        let form = told.embedded.eigenaar.rechtsvorm;
        let state = dissolved.map_or_else(|| "registered".to_owned(), |day| format!("ended on {day}"));
        let known = Candidate::new(&company.id, &told.naam, &company.id, company.country);
        let mut information = CreditInformation::about(Service::Kvk, &known, &format!("{state}; {form}"));
        information.dissolved_since = dissolved;
        information.kind = kind(&form);
        Ok(information)
    }

    fn none(&self, why: Why) -> NoAnswer {
        self.line.no_answer(why)
    }

    async fn get(&self, url: Url, price: Price) -> Result<Vec<u8>, NoAnswer> {
        let call = self
            .line
            .call(Method::GET, url)
            .header("apikey", self.key.expose_secret());
        self.line.ask(call, price, explain).await
    }
}

/// Whether two names are the same but for capitals, spaces and punctuation.
fn is_same_name(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Who is behind a legal form: a natural person in business or a partnership without legal personality, the state, or
/// a company, of which nothing is told. The register writes a form in one word or in several.
fn kind(form: &str) -> Option<DebtorKind> {
    match plain(form).as_str() {
        "eenmanszaak" | "vennootschaponderfirma" | "maatschap" | "commanditairevennootschap" | "rederij" => {
            Some(DebtorKind::SoleTrader)
        }
        "publiekrechtelijkerechtspersoon" => Some(DebtorKind::PublicBody),
        _ => None,
    }
}

/// What the register says of a refusal: `{"fout": [{"code", "omschrijving"}]}`.
fn explain(status: u16, body: &[u8]) -> Option<Why> {
    if !matches!(status, 400 | 403) {
        return None;
    }
    let told: Refusal = serde_json::from_slice(body).ok()?;
    let detail = told.fout.into_iter().next()?.omschrijving;
    Some(match status {
        403 => Why::NotPermitted(detail),
        _ => Why::Refused { status, detail },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legal_form_tells_who_is_behind_it() {
        for form in [
            "Eenmanszaak",
            "VennootschapOnderFirma",
            "Vennootschap onder firma",
        ] {
            assert_eq!(kind(form), Some(DebtorKind::SoleTrader), "{form}");
        }
        let state = Some(DebtorKind::PublicBody);
        assert_eq!(kind("Publiekrechtelijke Rechtspersoon"), state);
        for form in ["BeslotenVennootschap", "Stichting", ""] {
            assert_eq!(kind(form), None, "{form}");
        }
    }
}
