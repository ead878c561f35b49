//! Arranging that messages come: the address, the subscription at the platform, and the secret.

use maan_connectors::{Connector, Hooks};
use maan_ledger::Clock;
use maan_store::{Connection, ConnectionId, Hook, NewHook};
use secrecy::SecretString;
use url::Url;
use uuid::Uuid;

use crate::followup::Followup;
use crate::sync::Turn;
use crate::{Link, RunError};

/// A subscription is renewed when less than this is left of it, in seconds: half of the shortest life, so that there is
/// time to try again.
const RENEWED_SECONDS: i64 = 36 * 3_600;

/// The address of a connection and its secret, as they are kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) hook: Hook,
    pub(super) secret: Option<SecretString>,
}

/// What is to be done so that messages come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Nothing: they come.
    Nothing,
    /// The platform has to be asked for them.
    Subscription,
    /// It has to be asked to go on.
    Renewal,
    /// A person has to enter the address, or to be told that it is another one now.
    Person,
    /// A person has to tell the secret.
    Secret,
}

/// The address of a path.
pub(super) fn address(public: &Url, path: &str) -> String {
    let mut url = public.clone();
    // checked when the listener was made: the address can be a base
    if let Ok(mut steps) = url.path_segments_mut() {
        steps.pop_if_empty().push(path);
    }
    url.into()
}

impl Kept {
    /// What is to be done so that messages come to this public address.
    pub(super) fn wanted(&self, hooks: Hooks, public: &Url, clock: &Clock) -> Wanted {
        let told = self.hook.address == address(public, &self.hook.path);
        let ends_soon = |hook: &Hook| {
            let soon = clock.now().plus_seconds(RENEWED_SECONDS);
            hook.ends.is_some_and(|ends| ends <= soon)
        };
        match hooks {
            Hooks::None => Wanted::Nothing,
            Hooks::ByPerson { .. } if !told => Wanted::Person,
            Hooks::ByPerson { .. } | Hooks::AskedWithSecret { .. } if self.secret.is_none() => Wanted::Secret,
            Hooks::ByPerson { .. } => Wanted::Nothing,
            Hooks::Asked | Hooks::AskedWithSecret { .. } => match &self.hook.subscription {
                None => Wanted::Subscription,
                Some(_) if !told || self.secret.is_none() => Wanted::Subscription,
                Some(_) if ends_soon(&self.hook) => Wanted::Renewal,
                Some(_) => Wanted::Nothing,
            },
        }
    }
}

impl Followup {
    /// The address of a connection, made when there is none yet.
    pub(super) async fn hook(&self, id: ConnectionId) -> Result<Kept, RunError> {
        if let Some(kept) = self.kept_hook(id).await? {
            return Ok(kept);
        }
        // nobody can guess it, and it is kept before anybody is told of it
        let path = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        self.tenant.begin_hook(id, &path).await?;
        let kept = self.kept_hook(id).await?;
        kept.ok_or_else(|| RunError::Unreadable {
            what: "the address for messages",
            why: "it was taken away at the same moment".to_owned(),
        })
    }

    async fn kept_hook(&self, id: ConnectionId) -> Result<Option<Kept>, RunError> {
        let hooks = self.tenant.hooks().await?;
        let Some(hook) = hooks.into_iter().find(|hook| hook.connection == id) else {
            return Ok(None);
        };
        let secret = self.tenant.hook_secret(id).await?;
        Ok(Some(Kept { hook, secret }))
    }

    /// Keeps the secret that a person told.
    pub(super) async fn keep_hook_secret(&self, kept: &Kept, secret: &SecretString) -> Result<(), RunError> {
        let new = NewHook {
            address: kept.hook.address.clone(),
            subscription: kept.hook.subscription.clone(),
            secret: Some(secret.clone()),
            // where the platform knows the address already
            since: (!kept.hook.address.is_empty()).then(|| self.clock.now()),
            ends: kept.hook.ends,
        };
        Ok(self.tenant.keep_hook(kept.hook.connection, &new).await?)
    }

    /// Keeps that a person was told the address; since when messages come where the secret is known too.
    pub(super) async fn keep_hook_address(&self, kept: &Kept, public: &Url) -> Result<(), RunError> {
        let new = NewHook {
            address: address(public, &kept.hook.path),
            subscription: None,
            secret: None,
            since: kept.secret.is_some().then(|| self.clock.now()),
            ends: None,
        };
        Ok(self.tenant.keep_hook(kept.hook.connection, &new).await?)
    }

    /// Asks the platform of a connection for messages to its address, which answers already, unless another process did
    /// so meanwhile. Whether it was asked.
    pub(super) async fn subscribe(
        &self,
        connection: &Connection,
        connector: &Connector,
        public: &Url,
    ) -> Result<bool, RunError> {
        let turn = Turn::wait(self, connection.id).await?;
        turn.during(async {
            let kept = self.hook(connection.id).await?;
            let wanted = kept.wanted(connector.hooks, public, &self.clock);
            if !matches!(wanted, Wanted::Subscription | Wanted::Renewal) {
                return Ok(false);
            }
            let platform = Link::read(connection)?.open(self, connection.id).await?;
            let address = address(public, &kept.hook.path);
            if let Some(id) = &kept.hook.subscription
                && kept.hook.address != address
                && let Err(error) = platform.unsubscribe(id).await
            {
                // it would lead to an address where nobody answers any more, which the platform notices
                tracing::warn!(platform = connector.word, %error, "the former subscription could not be ended");
            }
            let url = Url::parse(&address).map_err(|error| RunError::Platform(error.to_string()))?;
            let Some(subscription) = platform.subscribe(&url).await? else {
                return Ok(false);
            };
            let new = NewHook {
                address,
                subscription: Some(subscription.id),
                secret: subscription.secret,
                since: Some(self.clock.now()),
                ends: subscription.ends,
            };
            self.tenant.keep_hook(connection.id, &new).await?;
            Ok(true)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use maan_ledger::Moment;

    use super::*;

    const NOW: Moment = Moment(1_795_251_600_000_000);

    fn kept(address: &str, subscription: bool, secret: bool, hours_left: Option<i64>) -> Kept {
        Kept {
            hook: Hook {
                connection: ConnectionId(Uuid::nil()),
                path: "path".to_owned(),
                address: address.to_owned(),
                subscription: subscription.then(|| "1".to_owned()),
                since: None,
                ends: hours_left.map(|hours| NOW.plus_seconds(hours * 3_600)),
                last_message: None,
            },
            secret: secret.then(SecretString::default),
        }
    }

    #[test]
    fn what_is_wanted_follows_from_what_is_kept() {
        let public = Url::parse("https://books.example/hooks/").unwrap();
        let here = "https://books.example/hooks/path";
        let by_person = Hooks::ByPerson {
            there: "",
            secret: "",
        };
        let with_secret = Hooks::AskedWithSecret { secret: "" };
        for (hooks, kept, wanted) in [
            (Hooks::Asked, kept("", false, false, None), Wanted::Subscription),
            (Hooks::Asked, kept(here, true, true, None), Wanted::Nothing),
            // made, but its secret was lost on the way
            (Hooks::Asked, kept(here, true, false, None), Wanted::Subscription),
            (
                Hooks::Asked,
                kept("https://old.example/path", true, true, None),
                Wanted::Subscription,
            ),
            (Hooks::Asked, kept(here, true, true, Some(37)), Wanted::Nothing),
            (Hooks::Asked, kept(here, true, true, Some(36)), Wanted::Renewal),
            (Hooks::Asked, kept(here, true, true, Some(-1)), Wanted::Renewal),
            (with_secret, kept("", false, false, None), Wanted::Secret),
            (with_secret, kept("", false, true, None), Wanted::Subscription),
            (with_secret, kept(here, true, true, None), Wanted::Nothing),
            (by_person, kept("", false, false, None), Wanted::Person),
            (by_person, kept(here, false, false, None), Wanted::Secret),
            (by_person, kept(here, false, true, None), Wanted::Nothing),
            (
                by_person,
                kept("https://old.example/path", false, true, None),
                Wanted::Person,
            ),
        ] {
            assert_eq!(
                kept.wanted(hooks, &public, &Clock::standing_at(NOW)),
                wanted,
                "{hooks:?} {kept:?}"
            );
        }
    }

    #[test]
    fn an_address_lies_below_the_public_one() {
        for public in ["https://books.example/hooks", "https://books.example/hooks/"] {
            let public = Url::parse(public).unwrap();
            assert_eq!(address(&public, "a/b"), "https://books.example/hooks/a%2Fb");
        }
    }
}
