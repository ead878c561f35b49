//! Whose claims an administration follows up: its own, or those of others, with the registrations that it holds for
//! that. Written on one line, so that a setting can hold it: `own`, or
//! `for others: NL Wki until 2027-12-31, BE FOD Economie`.

use std::fmt;
use std::str::FromStr;

use maan_ledger::{Country, Day};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Whose claims these are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Claims {
    /// The administration's own.
    #[default]
    Own,
    /// Of others, for whom it collects, with the registrations that it holds; there may be none.
    ForOthers(Vec<Registration>),
}

/// A registration to collect for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Country in which it is valid.
    pub country: Country,
    /// Name of the register.
    pub register: String,
    /// Last day on which it is valid; none without an end.
    pub until: Option<Day>,
}

/// A line that says nothing about claims.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClaimsError {
    /// Neither own nor for others.
    #[error("`{0}` does not say whose claims they are; write `own` or `for others: NL Wki until 2027-12-31`")]
    Unknown(String),
    /// A registration that cannot be read.
    #[error("`{0}` is no registration; write country, register and last day: `NL Wki until 2027-12-31`")]
    Registration(String),
}

const OWN: &str = "own";
const FOR_OTHERS: &str = "for others";
const UNTIL: &str = " until ";

impl FromStr for Claims {
    type Err = ClaimsError;

    fn from_str(text: &str) -> Result<Self, ClaimsError> {
        let text = text.trim();
        if text == OWN {
            return Ok(Self::Own);
        }
        let rest = text.strip_prefix(FOR_OTHERS).map(str::trim);
        let list = match rest {
            Some("") => "",
            Some(rest) => rest
                .strip_prefix(':')
                .ok_or_else(|| ClaimsError::Unknown(text.into()))?,
            None => return Err(ClaimsError::Unknown(text.into())),
        };
        let registrations = list.split(',').map(str::trim).filter(|one| !one.is_empty());
        registrations
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map(Self::ForOthers)
    }
}

impl FromStr for Registration {
    type Err = ClaimsError;

    fn from_str(text: &str) -> Result<Self, ClaimsError> {
        let wrong = || ClaimsError::Registration(text.into());
        let (named, until) = match text.split_once(UNTIL) {
            Some((named, day)) => (named, Some(day.trim().parse().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let (country, register) = named.trim().split_once(' ').ok_or_else(wrong)?;
        let (country, register) = (Country::from_code(country), register.trim());
        if !country.is_known() || register.is_empty() {
            return Err(wrong());
        }
        Ok(Self {
            country,
            register: register.to_owned(),
            until,
        })
    }
}

impl fmt::Display for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.country, self.register)?;
        match self.until {
            Some(day) => write!(f, "{UNTIL}{day}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::ForOthers(registrations) = self else {
            return f.write_str(OWN);
        };
        f.write_str(FOR_OTHERS)?;
        let signs = std::iter::once(": ").chain(std::iter::repeat(", "));
        signs
            .zip(registrations)
            .try_for_each(|(sign, registration)| write!(f, "{sign}{registration}"))
    }
}

impl From<Claims> for String {
    fn from(claims: Claims) -> Self {
        claims.to_string()
    }
}

impl TryFrom<String> for Claims {
    type Error = ClaimsError;

    fn try_from(text: String) -> Result<Self, ClaimsError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "own",
            "for others",
            "for others: NL Wki",
            "for others: NL Wki until 2027-12-31, BE FOD Economie",
            "for others: FR Procureur de la République until 2028-02-29",
        ] {
            let claims: Claims = text.parse().unwrap();
            assert_eq!(claims.to_string(), text);
        }
        let spaced: Claims = " for others :  nl  Wki  until  2027-12-31 , ".parse().unwrap();
        assert_eq!(spaced.to_string(), "for others: NL Wki until 2027-12-31");
    }

    #[test]
    fn what_says_nothing_is_refused_and_named() {
        for (text, named) in [
            ("", "``"),
            ("others", "`others`"),
            ("for others NL Wki", "`for others NL Wki`"),
            ("for others: Wki", "`Wki`"),
            ("for others: NL Wki until tomorrow", "`NL Wki until tomorrow`"),
            ("for others: NL Wki until 2027-02-30", "2027-02-30"),
            ("for others: Nederland Wki", "`Nederland Wki`"),
        ] {
            let error = text.parse::<Claims>().unwrap_err().to_string();
            assert!(error.contains(named), "{text}: {error}");
        }
    }
}
