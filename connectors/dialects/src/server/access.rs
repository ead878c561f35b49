use std::collections::BTreeMap;

use maan_ledger::{Clock, Moment};
use serde_json::json;
use url::Url;

use super::{Asked, Fault, Told};

/// How a platform renews access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// Seconds that an access token lives.
    pub lifetime: i64,
    /// Seconds after which a token may be renewed at the earliest.
    pub youngest: i64,
    /// Seconds for which a used refresh token still gives the same answer; none when using it again is refused.
    pub grace: Option<i64>,
    /// Tokens are renewed by the program's own credentials.
    pub by_credentials: bool,
}

/// What a consent or a renewal gives.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// For calls.
    pub access: String,
    /// For the next renewal.
    pub refresh: String,
    /// When they were given.
    pub issued: Moment,
    /// When access ends.
    pub ends: Moment,
}

/// Who may call.
pub struct Access {
    renewal: Renewal,
    clock: Clock,
    serial: u64,
    renewals: u64,
    current: Option<Tokens>,
    /// The refresh token that was used last, and when.
    used: Option<(String, Moment)>,
    losing: usize,
    /// Codes that were given out and not used, with the redirect address of each.
    codes: Vec<(String, String)>,
    revoked: bool,
}

/// Id and secret of the program at every dialect server.
pub const CLIENT: (&str, &str) = ("client-id", "client-secret-1f3b");

impl Access {
    pub(super) fn new(renewal: Renewal, clock: Clock) -> Self {
        Self {
            renewal,
            clock,
            serial: 0,
            renewals: 0,
            current: None,
            used: None,
            losing: 0,
            codes: Vec::new(),
            revoked: false,
        }
    }

    /// A code for an address at which a person gives access: what the address must say, is checked.
    pub(super) fn code(&mut self, authorize: &Url) -> String {
        let asked: BTreeMap<String, String> = authorize.query_pairs().into_owned().collect();
        assert_eq!(
            (asked["response_type"].as_str(), asked["client_id"].as_str()),
            ("code", CLIENT.0),
            "{authorize}"
        );
        assert!(asked["state"].len() >= 16, "{authorize}");
        self.serial += 1;
        let code = format!("code-{}", self.serial);
        self.codes.push((code.clone(), asked["redirect_uri"].clone()));
        code
    }

    /// Whether a consent was ended by the program.
    pub(super) fn is_revoked(&self) -> bool {
        self.revoked
    }

    /// Ends the consent whose token is shown (RFC 7009): one that is not known is ended already.
    pub(super) fn revoke(&mut self, asked: &Asked) -> Told {
        if !self.is_client(asked) {
            return Told::json(&json!({ "error": "invalid_client" })).with_status(401);
        }
        // as a form, or as JSON
        let shown = [
            asked.form("token"),
            asked.json()["token"].as_str().unwrap_or_default().to_owned(),
        ];
        let known = self
            .current
            .as_ref()
            .is_some_and(|current| shown.contains(&current.access) || shown.contains(&current.refresh));
        if known {
            self.end(true);
            self.revoked = true;
        }
        Told::json(&json!({}))
    }

    /// The program shows who it is, in the form or by HTTP Basic.
    fn is_client(&self, asked: &Asked) -> bool {
        asked.header("authorization").starts_with("Basic ")
            || (
                asked.form("client_id").as_str(),
                asked.form("client_secret").as_str(),
            ) == CLIENT
    }

    pub(super) fn consent(&mut self) -> Tokens {
        self.serial += 1;
        let issued = self.clock.now();
        let tokens = Tokens {
            access: format!("access-token-{}", self.serial),
            refresh: format!("refresh-token-{}", self.serial),
            issued,
            ends: issued.plus_seconds(self.renewal.lifetime),
        };
        self.current = Some(tokens.clone());
        tokens
    }

    pub(super) fn end(&mut self, consent: bool) {
        if consent {
            self.current = None;
            self.used = None;
        } else if let Some(current) = &mut self.current {
            // as if its time had passed
            current.issued = current.issued.plus_seconds(-self.renewal.lifetime);
            current.ends = self.clock.now();
        }
    }

    pub(super) fn lose(&mut self, count: usize) {
        self.losing = count;
    }

    pub(super) fn renewals(&self) -> u64 {
        self.renewals
    }

    /// The token may come in a header or, with SOAP, in the body.
    pub(super) fn admits(&self, asked: &Asked) -> bool {
        let Some(current) = &self.current else {
            return false;
        };
        let header = asked
            .header("authorization")
            .split_once(' ')
            .map(|(_, token)| token);
        let body = std::str::from_utf8(&asked.body).unwrap_or_default();
        let shown = header == Some(&current.access) || (header.is_none() && body.contains(&current.access));
        shown && current.ends > self.clock.now()
    }

    pub(super) fn renew(&mut self, asked: &Asked) -> (Told, Option<Fault>) {
        self.renewals += 1;
        let refused = |error: &str| Told::json(&json!({ "error": error })).with_status(400);
        if !self.is_client(asked) {
            return (refused("invalid_client").with_status(401), None);
        }
        let now = self.clock.now();
        if asked.form("grant_type") == "authorization_code" {
            let given = (asked.form("code"), asked.form("redirect_uri"));
            let Some(at) = self.codes.iter().position(|code| *code == given) else {
                return (refused("invalid_grant"), None);
            };
            self.codes.remove(at);
        } else if !self.renewal.by_credentials {
            let Some(current) = self.current.clone() else {
                return (refused("invalid_grant"), None);
            };
            let given = asked.form("refresh_token");
            let forgiven = self.used.as_ref().is_some_and(|(used, at)| {
                *used == given
                    && self
                        .renewal
                        .grace
                        .is_some_and(|grace| at.plus_seconds(grace) > now)
            });
            if given != current.refresh && !forgiven {
                // used twice: somebody else may have it
                self.current = None;
                return (refused("invalid_grant"), None);
            }
            if current.issued.plus_seconds(self.renewal.youngest) > now {
                return (refused("invalid_request: access_token not expired"), None);
            }
            self.used = Some((given, now));
        }
        let fresh = self.consent();
        let told = Told::json(&json!({
            "access_token": fresh.access, "refresh_token": fresh.refresh, "token_type": "bearer",
            "expires_in": self.renewal.lifetime,
        }));
        let lost = self.losing > 0;
        self.losing = self.losing.saturating_sub(1);
        (told, lost.then_some(Fault::Cut))
    }
}
