use std::time::Duration;

use maan_ledger::InquiryOutcome;
use thiserror::Error;

use super::{Candidate, Service};
use crate::Remedy;

/// A service did not answer what was asked. That is never a clean answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{service}: {why}")]
pub struct NoAnswer {
    /// Who was asked.
    pub service: Service,
    /// Why there is no answer, and what to do.
    pub why: Why,
}

/// Why a service did not answer, each with what to do. No text holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Why {
    /// It knows no such company.
    #[error("no company is known by {0}; check that number or name in the books")]
    NotFound(String),
    /// It knows several and one must be chosen.
    #[error(
        "it is not sure which company is meant ({}); enter the register number of the right one in the books",
        names(.0)
    )]
    SeveralMatches(Vec<Candidate>),
    /// Nothing by which it can be asked is known of the company.
    #[error("it is asked by {0}, which is not known; enter it in the books")]
    NothingToAskBy(&'static str),
    /// It is not asked about natural persons.
    #[error("it is not asked about a natural person; look at what the debtor says and pays")]
    NaturalPerson,
    /// It cannot be reached: nothing was sent.
    #[error("it cannot be reached ({0}); check the network, it is asked again")]
    Unreachable(String),
    /// Its answer did not come or broke off.
    #[error("its answer did not come whole ({0}); it is asked again")]
    BrokenOff(String),
    /// It has a fault.
    #[error("it failed with {0}; it is asked again")]
    Failed(u16),
    /// It has no verdict now: a register behind it does not answer.
    #[error("it has no verdict now ({0}); it is asked again")]
    Unavailable(String),
    /// It takes no more questions now.
    #[error("it takes no more questions now; it is asked again later")]
    Throttled(Option<Duration>),
    /// It does not let us in.
    #[error("it refuses the user or key; correct them with `maan credit-information add`")]
    CredentialsRefused,
    /// The contract does not cover what was asked.
    #[error("the contract does not cover this ({0}); ask the service to widen it")]
    NotPermitted(String),
    /// It refuses what was asked.
    #[error("it refused with {status} ({detail}); this needs a person")]
    Refused {
        /// HTTP status.
        status: u16,
        /// In its own words.
        detail: String,
    },
    /// An answer beyond all measure.
    #[error("its answer is larger than {0} bytes and was not read; report this")]
    TooLarge(usize),
    /// An answer that is not what its description says.
    #[error("its answer is not understood ({0}); report this")]
    NotUnderstood(String),
    /// Its data are not on this machine.
    #[error("its files are not loaded; load them with `maan credit-information load-kbo FOLDER`")]
    NotLoaded,
    /// An address that secrets must not be sent to.
    #[error("only https, or http on this machine itself, may be used; correct its address")]
    Unsafe,
}

impl Why {
    /// What to do about it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Unreachable(_) | Self::BrokenOff(_) | Self::Failed(_) | Self::Unavailable(_) => {
                Remedy::SOON
            }
            Self::Throttled(after) => Remedy::Retry { after: *after },
            Self::CredentialsRefused => Remedy::Reconnect,
            _ => Remedy::AskPerson,
        }
    }

    /// Whether the service may have charged for it, where it was asked for a report.
    pub fn may_be_charged(&self) -> bool {
        matches!(
            self,
            Self::BrokenOff(_) | Self::Failed(_) | Self::TooLarge(_) | Self::NotUnderstood(_)
        )
    }

    /// The same in the ledger's words.
    pub fn outcome(&self) -> InquiryOutcome {
        match self {
            Self::NotFound(_) => InquiryOutcome::NotFound,
            Self::SeveralMatches(_) => InquiryOutcome::SeveralMatches,
            Self::NothingToAskBy(_) => InquiryOutcome::NothingToAskBy,
            Self::NaturalPerson => InquiryOutcome::NaturalPerson,
            Self::Throttled(_) => InquiryOutcome::Throttled,
            Self::CredentialsRefused | Self::Unsafe => InquiryOutcome::CredentialsRefused,
            Self::NotPermitted(_) | Self::Refused { .. } => InquiryOutcome::NotPermitted,
            Self::TooLarge(_) | Self::NotUnderstood(_) => InquiryOutcome::NotUnderstood,
            Self::Unreachable(_)
            | Self::BrokenOff(_)
            | Self::Failed(_)
            | Self::Unavailable(_)
            | Self::NotLoaded => InquiryOutcome::Unavailable,
        }
    }
}

/// The first of the candidates, for a person.
fn names(candidates: &[Candidate]) -> String {
    let shown: Vec<_> = candidates
        .iter()
        .take(3)
        .map(|candidate| format!("{} {}", candidate.registration, candidate.name))
        .collect();
    match candidates.len().saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
