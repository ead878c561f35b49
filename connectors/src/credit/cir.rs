//! The Dutch central insolvency register: SOAP 1.2 with a user name token.
//!
//! A search by register number or name gives publications; the letter in a publication's mark tells bankruptcy (F),
//! moratorium (S) or debt scheme (R), and its case tells when it began and whether it has ended. No publications is
//! the register's "none known". Natural persons can only be asked by birthday, which no book has.
//!
//! Names as the register's technical documentation (CIR-WS) and its schemas `cir01` and `inspubber01` have them. Not
//! confirmed against the service: the words by which a publication tells that a case ended; one that is not recognised
//! leaves the case in force, which stops steps until a person looked.

use std::collections::BTreeMap;

use maan_ledger::{Day, LegalSituation};
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use roxmltree::Node;
use secrecy::ExposeSecret;

use super::line::{Line, Price};
use super::number::day;
use super::soap::{self, element, value};
use super::{Access, Candidate, Credentials, CreditInformation, Insolvency, NoAnswer, Service, Subject, Why};
use crate::http::Timer;

const NAMESPACE: &str = "http://www.rechtspraak.nl/namespaces/cir01";

/// A company with more cases needs a person.
const CASES: usize = 10;

/// Parts of words by which a publication tells that a case ended.
const ENDS: [&str; 6] = [
    "einde",
    "beëindig",
    "opgeheven",
    "opheffing",
    "vernietig",
    "verbindend worden",
];

/// The Dutch central insolvency register.
#[derive(Debug)]
pub(super) struct Cir {
    line: Line,
    credentials: Credentials,
}

impl Cir {
    pub(super) fn new(access: Access, timer: Timer) -> Result<Self, NoAnswer> {
        let secrets = vec![access.credentials.secret.clone()];
        Ok(Self {
            line: Line::new(Service::Cir, &access, secrets, timer)?,
            credentials: access.credentials,
        })
    }

    /// The number is the company; without one its name, which may be another's as well.
    pub(super) fn find(&self, subject: &Subject) -> Result<Candidate, NoAnswer> {
        subject.permit(Service::Cir)?;
        let number = subject.number().filter(|_| subject.country.to_string() == "NL");
        let number = number.ok_or_else(|| self.none(Why::NothingToAskBy("a Dutch register number")))?;
        Ok(Candidate::new(&number, &subject.name, &number, subject.country))
    }

    pub(super) async fn report(&self, company: &Candidate) -> Result<CreditInformation, NoAnswer> {
        let search = element("cir:commercialRegisterID", &company.id);
        let found = self.call("searchUndertaking", &search).await?;
        let cases = self.read(&found, cases)?;
        if cases.len() > CASES {
            return Err(self.none(Why::NotUnderstood(format!("it knows {} cases", cases.len()))));
        }
        let mut situations = Vec::new();
        for (mark, situation) in cases.into_values() {
            let told = self
                .call("getCase", &element("cir:publicationNumber", &mark))
                .await?;
            let (since, until) = self.read(&told, case)?;
            situations.push((situation, since, until));
        }
        let original = match situations.as_slice() {
            [] => "no publications".to_owned(),
            some => format!("{} cases", some.len()),
        };
        let mut information = CreditInformation::about(Service::Cir, company, &original);
        information.insolvency = match situations.is_empty() {
            true => Insolvency::None,
            false => Insolvency::Situations(situations),
        };
        Ok(information)
    }

    fn none(&self, why: Why) -> NoAnswer {
        self.line.no_answer(why)
    }

    fn read<T>(&self, body: &[u8], read: impl Fn(Node<'_, '_>) -> Result<T, Why>) -> Result<T, NoAnswer> {
        let text = soap::text(body).map_err(|why| self.none(why))?;
        let document = soap::parsed(text).map_err(|why| self.none(why))?;
        read(document.root()).map_err(|why| self.none(why))
    }

    async fn call(&self, name: &str, fields: &str) -> Result<Vec<u8>, NoAnswer> {
        let action = format!("{NAMESPACE}/CIRSoap/{name}Request");
        let call = self
            .line
            .call(Method::POST, self.line.url(&[], &[]))
            .header(
                CONTENT_TYPE,
                format!("application/soap+xml; charset=utf-8; action=\"{action}\""),
            )
            .body(self.envelope(name, fields, &action));
        self.line.ask(call, Price::Free, explain).await
    }

    fn envelope(&self, name: &str, fields: &str, action: &str) -> String {
        let user = element("wsse:Username", &self.credentials.user);
        let password = element("wsse:Password", self.credentials.secret.expose_secret());
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
             <soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:cir=\"{NAMESPACE}\" \
             xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" \
             xmlns:wsse=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd\">\
             <soap:Header><wsa:Action>{action}</wsa:Action>\
             <wsse:Security><wsse:UsernameToken>{user}{password}</wsse:UsernameToken></wsse:Security></soap:Header>\
             <soap:Body><cir:{name}>{fields}</cir:{name}></soap:Body></soap:Envelope>"
        )
    }
}

/// The cases that the publications found belong to, each with one mark to ask by.
fn cases(root: Node<'_, '_>) -> Result<BTreeMap<String, (String, LegalSituation)>, Why> {
    let list = soap::find(root, "publicatieLijst")
        .ok_or_else(|| Why::NotUnderstood("the list of publications is missing".into()))?;
    let mut cases = BTreeMap::new();
    for found in soap::all(list, "publicatieKenmerk") {
        let mark = found.text().unwrap_or_default().trim();
        let (case, situation) = case_of(mark)
            .ok_or_else(|| Why::NotUnderstood("a publication's mark has no known letter".into()))?;
        cases.insert(case, (mark.to_owned(), situation));
    }
    Ok(cases)
}

/// `10.rot.18.123.F.1311.1.18` is about case `10.rot.18.123.F`, a bankruptcy.
fn case_of(mark: &str) -> Option<(String, LegalSituation)> {
    let parts: Vec<&str> = mark.split('.').take(12).collect();
    let place = parts.iter().position(|part| matches!(*part, "F" | "S" | "R"))?;
    let situation = match *parts.get(place)? {
        "F" => LegalSituation::Bankruptcy,
        "S" => LegalSituation::Moratorium,
        _ => LegalSituation::DebtScheme,
    };
    Some((parts.get(..=place)?.join("."), situation))
}

/// First day of a case, and the last where it has ended.
fn case(root: Node<'_, '_>) -> Result<(Day, Option<Day>), Why> {
    let mut publications: Vec<(Day, String)> = Vec::new();
    for publication in soap::all(root, "publicatie") {
        let on = day(value(publication, "publicatieDatum"))
            .ok_or_else(|| Why::NotUnderstood("a publication has no day".into()))?;
        publications.push((on, value(publication, "publicatieOmschrijving").to_lowercase()));
    }
    publications.sort();
    let first = publications.first();
    let (since, _) = first.ok_or_else(|| Why::NotUnderstood("a case has no publications".into()))?;
    let last = publications
        .last()
        .filter(|(_, text)| ENDS.iter().any(|end| text.contains(end)));
    Ok((*since, last.map(|(on, _)| *on)))
}

/// What a fault says: a name or password that is not accepted, or something else.
fn explain(status: u16, body: &[u8]) -> Option<Why> {
    if !matches!(status, 400 | 401 | 500) {
        return None;
    }
    let document = soap::parsed(soap::text(body).ok()?).ok()?;
    let said = soap::fault(&document)?;
    let lowered = said.to_lowercase();
    let refused = [
        "authenticat",
        "security token",
        "password",
        "authoris",
        "authoriz",
    ];
    Some(match refused.iter().any(|word| lowered.contains(word)) {
        true => Why::CredentialsRefused,
        false => Why::Unavailable(said),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_case_and_kind() {
        assert_eq!(
            case_of("10.rot.18.123.F.1311.1.18"),
            Some(("10.rot.18.123.F".into(), LegalSituation::Bankruptcy))
        );
        assert_eq!(
            case_of("rot.18.9.S.1311.1.18").map(|(_, situation)| situation),
            Some(LegalSituation::Moratorium)
        );
        assert_eq!((case_of(""), case_of("10.rot.18.123.X.1311.1.18")), (None, None));
    }
}
