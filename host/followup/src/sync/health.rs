//! How a connection is doing.

use maan_ledger::Moment;
use maan_store::{Connection, ConnectionState};
use serde::Serialize;

/// A connection that was not read for so many seconds is late: it is read every day.
const LATE_SECONDS: i64 = 2 * 24 * 3_600;

/// How a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// It was read lately, in full.
    Working,
    /// It was not read for more than two days.
    Late,
    /// It was not read yet.
    NotRead,
    /// The newest try to read it failed.
    Failing,
    /// The platform no longer gives access.
    NeedsConsent,
    /// It was disconnected.
    Disconnected,
}

impl Health {
    /// How a connection is doing at a moment.
    pub fn of(connection: &Connection, now: Moment) -> Self {
        match (&connection.state, &connection.tried) {
            (ConnectionState::Revoked, _) => Self::Disconnected,
            (ConnectionState::NeedsConsent { .. }, _) => Self::NeedsConsent,
            (ConnectionState::Active, Some(tried)) if tried.trouble.is_some() => Self::Failing,
            (ConnectionState::Active, _) => match last_read(connection) {
                None => Self::NotRead,
                Some(read) if read.plus_seconds(LATE_SECONDS) < now => Self::Late,
                Some(_) => Self::Working,
            },
        }
    }
}

/// When a connection was last read, also when nothing had changed; none when it was not.
pub fn last_read(connection: &Connection) -> Option<Moment> {
    let whole = connection.tried.as_ref().filter(|tried| tried.trouble.is_none());
    connection.last_read.max(whole.map(|tried| tried.at))
}

#[cfg(test)]
mod tests {
    use maan_store::{ConnectionId, Tried};

    use super::*;

    const NOW: Moment = Moment(1_795_251_600_000_000);

    /// Something was read so many hours ago, and nothing had changed at the newest try.
    fn connection(state: ConnectionState, read: Option<i64>, trouble: Option<&str>) -> Connection {
        let at = |hours: i64| NOW.plus_seconds(-3_600 * hours);
        Connection {
            id: ConnectionId(uuid::Uuid::nil()),
            platform: "moneybird".to_owned(),
            config: String::new(),
            state,
            last_read: read.map(|hours| at(hours + 100)),
            cursor: None,
            tried: read.map(|hours| Tried {
                at: at(hours),
                trouble: trouble.map(str::to_owned),
                calls_left: None,
            }),
        }
    }

    #[test]
    fn what_hinders_most_is_told() {
        let active = || ConnectionState::Active;
        let ended = ConnectionState::NeedsConsent {
            why: "taken back".to_owned(),
        };
        for (connection, health) in [
            (connection(active(), None, None), Health::NotRead),
            (connection(active(), Some(1), None), Health::Working),
            (connection(active(), Some(49), None), Health::Late),
            (connection(active(), Some(49), Some("no answer")), Health::Failing),
            (
                connection(ended, Some(1), Some("no answer")),
                Health::NeedsConsent,
            ),
            (
                connection(ConnectionState::Revoked, Some(1), None),
                Health::Disconnected,
            ),
        ] {
            assert_eq!(Health::of(&connection, NOW), health);
        }
    }
}
