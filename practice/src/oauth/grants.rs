//! Consent, codes and grants: the states a permission goes through. Time is given, secrets are random.

use super::Scope;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How long things hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lifetimes {
    pub(crate) code: Duration,
    pub(crate) access_token: Duration,
}

/// A checked request for authorization that waits for the user's decision.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) challenge: String,
}

struct Code {
    asked: Asked,
    administrations: Vec<u64>,
    expires: Instant,
    /// The grant made from it, once it was exchanged.
    grant: Option<usize>,
}

pub(super) struct Grant {
    pub(super) scopes: Vec<Scope>,
    pub(super) administrations: Vec<u64>,
    pub(super) alive: bool,
}

/// What a valid access token opens.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) grant: usize,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) administrations: Vec<u64>,
}

/// Tokens handed out together.
#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) expires_in: Duration,
    pub(crate) scopes: Vec<Scope>,
}

/// Why a code or refresh token is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the code is unknown or expired: ask for authorization again")]
    UnknownCode,
    #[error("the code was used before; the grant made from it has ended: ask for authorization again")]
    UsedCode,
    #[error("redirect_uri differs from the one of the authorization request")]
    OtherRedirect,
    #[error("code_verifier does not fit the code_challenge")]
    WrongVerifier,
    #[error("the refresh token is unknown: ask for authorization again")]
    UnknownRefreshToken,
    #[error("the refresh token was used before; the grant has ended: ask for authorization again")]
    UsedRefreshToken,
    #[error("the grant was revoked: ask for authorization again")]
    Revoked,
}

/// All consents, codes, grants and tokens.
pub(crate) struct Grants {
    lifetimes: Lifetimes,
    asked: HashMap<String, Asked>,
    codes: HashMap<String, Code>,
    pub(super) grants: Vec<Grant>,
    pub(super) access: HashMap<String, (usize, Instant)>,
    /// Refresh tokens with their grant, and whether they were used.
    pub(super) refresh: HashMap<String, (usize, bool)>,
}

pub(super) fn secret() -> String {
    format!(
        "{}{}",
        uuid::Uuid::new_v4().simple(),
        uuid::Uuid::new_v4().simple()
    )
}

impl Grants {
    pub(crate) fn new(lifetimes: Lifetimes) -> Self {
        Self {
            lifetimes,
            asked: HashMap::new(),
            codes: HashMap::new(),
            grants: Vec::new(),
            access: HashMap::new(),
            refresh: HashMap::new(),
        }
    }

    /// Keeps a request until the user decides; gives the ticket that the consent form carries.
    pub(crate) fn ask(&mut self, asked: Asked) -> String {
        let ticket = secret();
        self.asked.insert(ticket.clone(), asked);
        ticket
    }

    /// Takes the request that a ticket stands for; a ticket works once.
    pub(crate) fn asked(&mut self, ticket: &str) -> Option<Asked> {
        self.asked.remove(ticket)
    }

    /// A code for a request that the user allowed.
    pub(crate) fn allow(&mut self, asked: Asked, administrations: Vec<u64>, now: Instant) -> String {
        let code = secret();
        let expires = now + self.lifetimes.code;
        self.codes.insert(
            code.clone(),
            Code {
                asked,
                administrations,
                expires,
                grant: None,
            },
        );
        code
    }

    /// Exchanges a code for tokens. A second use of a code ends what the first one gave.
    pub(crate) fn exchange(
        &mut self,
        code: &str,
        redirect: &str,
        verifier: &str,
        now: Instant,
    ) -> Result<Tokens, Refusal> {
        let code = self.codes.get_mut(code).ok_or(Refusal::UnknownCode)?;
        if let Some(grant) = code.grant {
            self.end(grant);
            return Err(Refusal::UsedCode);
        }
        if code.expires < now {
            return Err(Refusal::UnknownCode);
        }
        if code.asked.redirect_uri != redirect {
            return Err(Refusal::OtherRedirect);
        }
        if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) != code.asked.challenge {
            return Err(Refusal::WrongVerifier);
        }
        let grant = self.grants.len();
        code.grant = Some(grant);
        self.grants.push(Grant {
            scopes: code.asked.scopes.clone(),
            administrations: code.administrations.clone(),
            alive: true,
        });
        Ok(self.hand_out(grant, now))
    }

    pub(super) fn hand_out(&mut self, grant: usize, now: Instant) -> Tokens {
        let (access, refresh, expires_in) = (secret(), secret(), self.lifetimes.access_token);
        self.access.insert(access.clone(), (grant, now + expires_in));
        self.refresh.insert(refresh.clone(), (grant, false));
        let scopes = self
            .grants
            .get(grant)
            .map(|grant| grant.scopes.clone())
            .unwrap_or_default();
        Tokens {
            access,
            refresh,
            expires_in,
            scopes,
        }
    }
}
