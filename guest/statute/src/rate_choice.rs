//! Which interest runs: what was asked, as far as the law gives it.

use crate::calendar::Day;
use crate::inquiry::Inquiry;
use crate::interest::{Percentage, Rate};
use crate::rates::Table;
use crate::regime::{Agreed, Interest, Regime};
use crate::verdict::Source;
use maan_policy::reason;
use maan_policy::reason::failure;
use maan_policy::types::{Failure, Reason};

/// The interest that runs.
pub struct Running {
    /// Its rate.
    pub rate: Rate,
    /// How it is counted and from when.
    pub interest: &'static Interest,
    /// Its articles.
    pub sources: &'static [Source],
    /// Code of its reason.
    pub code: &'static str,
}

/// The interest that the law gives by itself, the statutory one where it is asked, an agreed rate instead of either
/// as far as the law lets it. `None` where there is none.
pub fn running(
    inquiry: &Inquiry,
    regime: &'static Regime,
    warnings: &mut Vec<Reason>,
) -> Result<Option<Running>, Failure> {
    let asked = inquiry.case.rate_kind.as_str();
    if !matches!(asked, "" | "statutory" | "commercial" | "contractual") {
        let known = "statutory, commercial, contractual or nothing";
        return Err(failure(format!("rate kind {asked:?} is unknown; {known}")));
    }
    let agreed = agreed(inquiry);
    if asked == "contractual" && agreed.is_none() {
        warnings.push(reason!("no-agreed-rate"));
    }
    if inquiry.consumer && asked == "commercial" {
        warnings.push(reason!("no-commercial-rate"));
    }
    let general = regime.statutory.as_ref().filter(|_| asked == "statutory");
    let Some(interest) = general.or(regime.interest.as_ref()) else {
        return Ok(None);
    };
    let own = table_of(inquiry, interest, warnings);
    let by_law = Running {
        rate: if interest.of_start {
            Rate::AtStart(own)
        } else {
            Rate::Table(own)
        },
        interest,
        sources: interest.sources,
        code: interest.code,
    };
    let by_choice = matches!(asked, "" | "contractual");
    Ok(match (regime.agreed, agreed.filter(|_| by_choice)) {
        (Agreed::Needed, None) => None,
        (Agreed::Needed, Some(agreed)) => Some(Running {
            rate: Rate::Lower(own, agreed),
            ..by_law
        }),
        (Agreed::Replaces, Some(agreed)) => Some(Running {
            rate: Rate::Fixed(agreed),
            code: "interest-agreed",
            ..by_law
        }),
        (Agreed::UpTo(most, sources), Some(agreed)) => {
            warnings.push(reason!("agreed-rate-up-to"));
            Some(Running {
                rate: Rate::Within(most, own, agreed),
                sources,
                code: "interest-agreed",
                ..by_law
            })
        }
        (Agreed::OnlyLowers, Some(agreed)) if asked == "contractual" => {
            warnings.push(reason!("agreed-rate-capped"));
            Some(Running {
                rate: Rate::Lower(own, agreed),
                ..by_law
            })
        }
        _ => Some(by_law),
    })
}

fn agreed(inquiry: &Inquiry) -> Option<Percentage> {
    let agreed = inquiry
        .case
        .agreement
        .interest_rate
        .filter(|rate| rate.units >= 0)?;
    Some(Percentage {
        units: agreed.units,
        scale: agreed.scale,
    })
}

/// The table of the contract's age.
fn table_of(inquiry: &Inquiry, interest: &Interest, warnings: &mut Vec<Reason>) -> Table {
    match interest.older {
        Some(older) if contract_day(inquiry).is_some_and(|day| day < older.than) => {
            if !older.warning.is_empty() {
                warnings.push(reason!(older.warning));
            }
            older.table
        }
        _ => interest.table,
    }
}

/// When the contract was made; by its oldest invoice where that is not known.
fn contract_day(inquiry: &Inquiry) -> Option<Day> {
    let oldest = || inquiry.case.items.iter().map(|item| item.issued).min();
    inquiry.case.agreement.agreed_on.or_else(oldest)
}
