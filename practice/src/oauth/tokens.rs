//! The life of tokens: used, renewed, expired and revoked.

use super::grants::{Access, Grants, Refusal, Tokens};
use std::time::Instant;

impl Grants {
    /// New tokens for a refresh token, which is used up by it; one that was used before ends the grant.
    pub(crate) fn renew(&mut self, refresh: &str, now: Instant) -> Result<Tokens, Refusal> {
        let (grant, used) = self
            .refresh
            .get_mut(refresh)
            .ok_or(Refusal::UnknownRefreshToken)?;
        let (grant, used) = (*grant, std::mem::replace(used, true));
        if !self.alive(grant) {
            return Err(if used {
                Refusal::UsedRefreshToken
            } else {
                Refusal::Revoked
            });
        }
        if used {
            self.end(grant);
            return Err(Refusal::UsedRefreshToken);
        }
        Ok(self.hand_out(grant, now))
    }

    /// What an access token opens; `None` when it is unknown, expired or its grant has ended.
    pub(crate) fn access(&self, token: &str, now: Instant) -> Option<Access> {
        let (grant, expires) = self.access.get(token)?;
        let found = self
            .grants
            .get(*grant)
            .filter(|found| found.alive && *expires > now)?;
        Some(Access {
            grant: *grant,
            scopes: found.scopes.clone(),
            administrations: found.administrations.clone(),
        })
    }

    /// Ends the grant of a token of either kind; an unknown token is no error (RFC 7009).
    pub(crate) fn revoke(&mut self, token: &str) {
        let grant = self
            .access
            .get(token)
            .map(|(grant, _)| *grant)
            .or_else(|| self.refresh.get(token).map(|(grant, _)| *grant));
        if let Some(grant) = grant {
            self.end(grant);
        }
    }

    pub(crate) fn revoke_all(&mut self) {
        for grant in &mut self.grants {
            grant.alive = false;
        }
    }

    /// Every access token of today is expired; refresh tokens stay.
    pub(crate) fn expire_access_tokens(&mut self) {
        self.access.clear();
    }

    pub(super) fn end(&mut self, grant: usize) {
        if let Some(grant) = self.grants.get_mut(grant) {
            grant.alive = false;
        }
    }

    fn alive(&self, grant: usize) -> bool {
        self.grants.get(grant).is_some_and(|grant| grant.alive)
    }
}
