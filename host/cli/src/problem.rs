//! What went wrong, told to a person or a script.

use std::process::ExitCode;

use crate::output::plain;

/// A failure of a command.
#[derive(Debug)]
pub(crate) struct Problem {
    /// What happened, to what, and what to do.
    message: String,
    code: Code,
}

/// Exit codes that scripts can use; `--help` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Something failed; nothing is half done.
    Failed = 1,
    /// What was asked does not exist or is not allowed here.
    NotFound = 3,
    /// A person must give consent or settle something first.
    NeedsPerson = 4,
    /// Not available now: try again later.
    TryAgain = 5,
    /// A check that was asked for found a difference.
    Differs = 6,
    /// Stopped by Ctrl-C; run it again to continue.
    Interrupted = 130,
}

impl Problem {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code,
        }
    }

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(Code::Failed, message)
    }

    /// Writes the message to standard error and gives the exit code.
    pub(crate) fn tell(&self, json: bool) -> ExitCode {
        if json {
            let message = serde_json::json!({ "error": self.message, "code": self.code as u8 });
            eprintln!("{message}");
        } else {
            // Only the first line begins with the program's name, whatever untrusted text the message carries.
            let lines: Vec<_> = self.message.lines().map(plain).collect();
            eprintln!("maan: {}", lines.join("\n  "));
        }
        ExitCode::from(self.code as u8)
    }
}

/// A message with all its causes.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        source = inner.source();
    }
    text
}

impl From<maan_store::StoreError> for Problem {
    fn from(error: maan_store::StoreError) -> Self {
        use maan_store::StoreError::{Busy, ChainMoved, Locked, Lost, Unreachable};
        let code = match error {
            Locked | Busy | ChainMoved | Lost(_) | Unreachable(_) => Code::TryAgain,
            _ => Code::Failed,
        };
        Self::new(code, chain(&error))
    }
}

impl From<maan_policy_host::PolicyError> for Problem {
    fn from(error: maan_policy_host::PolicyError) -> Self {
        Self::failed(chain(&error))
    }
}

impl From<maan_followup::RunError> for Problem {
    fn from(error: maan_followup::RunError) -> Self {
        use maan_followup::RunError;
        match error {
            RunError::Store(error) => error.into(),
            RunError::Interrupted => Self::new(Code::Interrupted, error.to_string()),
            RunError::NeedsConsent(_) | RunError::Disconnected => {
                Self::new(Code::NeedsPerson, error.to_string())
            }
            RunError::Renewing | RunError::TakenOver => Self::new(Code::TryAgain, error.to_string()),
            RunError::Reading(ref reading) => {
                let code = match reading.remedy() {
                    maan_connectors::Remedy::Retry { .. } => Code::TryAgain,
                    _ => Code::NeedsPerson,
                };
                Self::new(code, chain(&error))
            }
            other => Self::failed(chain(&other)),
        }
    }
}

impl From<maan_scenarios::ReadError> for Problem {
    fn from(error: maan_scenarios::ReadError) -> Self {
        Self::failed(chain(&error))
    }
}

impl From<maan_scenarios::RequirementsError> for Problem {
    fn from(error: maan_scenarios::RequirementsError) -> Self {
        Self::failed(chain(&error))
    }
}

impl From<maan_followup::LinkError> for Problem {
    fn from(error: maan_followup::LinkError) -> Self {
        Self::new(Code::NeedsPerson, chain(&error))
    }
}

impl From<maan_connectors::oauth::OAuthError> for Problem {
    fn from(error: maan_connectors::oauth::OAuthError) -> Self {
        Self::new(Code::NeedsPerson, chain(&error))
    }
}

impl From<maan_practice::PracticeError> for Problem {
    fn from(error: maan_practice::PracticeError) -> Self {
        Self::failed(chain(&error))
    }
}
