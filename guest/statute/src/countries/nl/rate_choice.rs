//! Which interest runs: what was asked, as far as the law gives it.

use super::articles as law;
use super::interest::{Percentage, Rate};
use super::rates::{COMMERCIAL, STATUTORY};
use crate::inquiry::Inquiry;
use crate::verdict::Source;
use maan_policy::reason;
use maan_policy::reason::failure;
use maan_policy::types::{DebtorKind, Failure, Reason};

/// The interest that runs.
pub struct Running {
    /// Its rate.
    pub rate: Rate,
    /// Commercial interest runs through the day of payment (art. 6:119a lid 1 BW). For statutory interest that day
    /// is not counted, the lower reading.
    pub through_payment: bool,
    /// Its article.
    pub source: Source,
    /// Code of its reason.
    pub code: &'static str,
}

/// Statutory interest for consumers, commercial for others, an agreed rate instead of either. A consumer never
/// pays more than the statutory rate.
pub fn running(inquiry: &Inquiry, warnings: &mut Vec<Reason>) -> Result<Running, Failure> {
    let asked = inquiry.case.rate_kind.as_str();
    if !matches!(asked, "" | "statutory" | "commercial" | "contractual") {
        let known = "statutory, commercial, contractual or nothing";
        return Err(failure(format!("rate kind {asked:?} is unknown; {known}")));
    }
    let agreed = inquiry
        .case
        .agreement
        .interest_rate
        .filter(|rate| rate.units >= 0);
    let agreed = agreed.map(|rate| Percentage {
        units: rate.units,
        scale: rate.scale,
    });
    if asked == "contractual" && agreed.is_none() {
        warnings.push(reason!("no-agreed-rate"));
    }
    if inquiry.consumer {
        if asked == "commercial" {
            warnings.push(reason!("no-commercial-rate"));
        }
        let agreed = agreed.filter(|_| asked == "contractual");
        return Ok(match agreed {
            None => statutory(),
            Some(agreed) => {
                warnings.push(reason!("agreed-rate-capped"));
                Running {
                    rate: Rate::Lower(&STATUTORY, agreed),
                    ..statutory()
                }
            }
        });
    }
    Ok(match (asked, agreed) {
        ("statutory", _) => statutory(),
        ("" | "contractual", Some(agreed)) => Running {
            rate: Rate::Fixed(agreed),
            source: law::AGREED_INTEREST,
            code: "interest-agreed",
            ..commercial(inquiry)
        },
        _ => commercial(inquiry),
    })
}

fn statutory() -> Running {
    Running {
        rate: Rate::Table(&STATUTORY),
        through_payment: false,
        source: law::STATUTORY_INTEREST,
        code: "interest-statutory",
    }
}

fn commercial(inquiry: &Inquiry) -> Running {
    let public = inquiry.case.debtor.kind == DebtorKind::PublicBody;
    let source = if public {
        law::PUBLIC_INTEREST
    } else {
        law::COMMERCIAL_INTEREST
    };
    Running {
        rate: Rate::Table(&COMMERCIAL),
        through_payment: true,
        source,
        code: "interest-commercial",
    }
}
