//! Which address belongs to which connection, and what a message that comes there does.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use maan_connectors::Verify;
use maan_connectors::webhook::{Event, Heard, Message, WebhookError};
use maan_ledger::Moment;
use maan_store::ConnectionId;
use secrecy::SecretString;

use super::Bell;
use crate::Door;

/// What to answer to a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Answered {
    /// The platform tries the address: this text with 200.
    Trial(String),
    /// It is taken: 200.
    Taken,
    /// It is not believed: 401.
    Refused(WebhookError),
    /// Nobody knows yet with which secret the platform signs: 401.
    NoSecret,
    /// No connection has this address: 404.
    Nobody,
}

/// The address of one connection.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) connection: ConnectionId,
    /// The platform, as this program is registered there.
    pub(super) door: Door,
    /// Its administration on the platform.
    pub(super) administration: String,
    pub(super) verify: Verify,
    /// With which its messages are signed; none while that is not known.
    pub(super) secret: Option<SecretString>,
    /// A subscription is being made: the platform tries the address before it tells the secret.
    pub(super) asking: bool,
    pub(super) bell: Arc<Bell>,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line({})", self.connection)
    }
}

/// All addresses, by the last step of their path.
#[derive(Debug, Default)]
pub struct Board {
    lines: RwLock<HashMap<String, Line>>,
}

impl Board {
    /// Gives an address to a connection, instead of what it had.
    pub(super) fn put(&self, path: String, line: Line) {
        let mut lines = self.lines.write().unwrap_or_else(PoisonError::into_inner);
        lines.insert(path, line);
    }

    /// Takes the address of a connection away.
    pub(super) fn remove(&self, connection: ConnectionId) {
        let mut lines = self.lines.write().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|_, line| line.connection != connection);
    }

    /// Whether an address belongs to a connection.
    pub fn knows(&self, path: &str) -> bool {
        let lines = self.lines.read().unwrap_or_else(PoisonError::into_inner);
        lines.contains_key(path)
    }

    /// Takes a message that came to an address. One that is believed has its connections be read again soon.
    pub fn hear(&self, path: &str, message: &Message<'_>, now: Moment) -> Answered {
        let lines = self.lines.read().unwrap_or_else(PoisonError::into_inner);
        let Some(line) = lines.get(path) else {
            return Answered::Nobody;
        };
        // without a secret nothing is believed, but a trial is answered that needs none
        let none = SecretString::default();
        let heard = (line.verify)(message, line.secret.as_ref().unwrap_or(&none), now);
        match (heard, &line.secret) {
            (Ok(Heard::Trial(text)), _) => return Answered::Trial(text),
            // what changes meanwhile is read right after the subscription is made
            (_, None) if line.asking => {}
            (_, None) => return Answered::NoSecret,
            (Ok(Heard::Events(events)), Some(_)) => {
                let meant = meant(&lines, line, &events);
                meant.iter().for_each(|line| line.bell.ring(now));
            }
            // signed, but in words of which nothing is known: everything is read again
            (Err(WebhookError::NotUnderstood), Some(_)) => {
                let same = lines.values().filter(|other| other.door == line.door);
                same.for_each(|line| line.bell.ring(now));
            }
            (Err(error), Some(_)) => return Answered::Refused(error),
        }
        Answered::Taken
    }
}

/// The connections that a message is about. Some platforms send the messages about all administrations of a registration
/// to one address; one about none that is known here is taken to be about the address's own.
fn meant<'a>(lines: &'a HashMap<String, Line>, own: &'a Line, events: &[Event]) -> Vec<&'a Line> {
    let mut meant = Vec::new();
    for event in events {
        let of = lines
            .values()
            .filter(|line| line.door == own.door && line.administration == event.administration);
        let before = meant.len();
        meant.extend(of);
        if meant.len() == before {
            meant.push(own);
        }
    }
    meant
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use maan_connectors::Entity;
    use maan_connectors::webhook::HeaderMap;

    use super::*;

    const NOW: Moment = Moment(1_795_251_600_000_000);

    fn line(number: u128, administration: &str, secret: Option<&str>) -> Line {
        Line {
            connection: ConnectionId(uuid::Uuid::from_u128(number)),
            door: Door {
                platform: "xero".to_owned(),
                site: "https://api.xero.com".to_owned(),
                parameters: BTreeMap::new(),
                client_id: "ours".to_owned(),
            },
            administration: administration.to_owned(),
            verify: told,
            secret: secret.map(SecretString::from),
            asking: false,
            bell: Arc::default(),
        }
    }

    /// Stands in for a platform: the body says what it is.
    fn told(message: &Message<'_>, _: &SecretString, _: Moment) -> Result<Heard, WebhookError> {
        match std::str::from_utf8(message.body).unwrap_or_default() {
            "trial" => Ok(Heard::Trial("word".to_owned())),
            "forged" => Err(WebhookError::Forged),
            "odd" => Err(WebhookError::NotUnderstood),
            "nothing" => Ok(Heard::Events(Vec::new())),
            administration => Ok(Heard::Events(vec![Event {
                administration: administration.to_owned(),
                entity: Some(Entity::Invoice),
                reference: "1".to_owned(),
                action: "UPDATE".to_owned(),
                deleted: false,
            }])),
        }
    }

    fn hear(board: &Board, path: &str, body: &str) -> Answered {
        let headers = HeaderMap::new();
        let message = Message {
            headers: &headers,
            query: "",
            body: body.as_bytes(),
        };
        board.hear(path, &message, NOW)
    }

    /// Whose bell rang since the last look.
    fn rung(bells: &[Arc<Bell>]) -> Vec<bool> {
        bells.iter().map(|bell| bell.take_newest().is_some()).collect()
    }

    #[test]
    fn a_message_rings_whom_it_is_about() {
        let board = Board::default();
        let lines = [line(1, "noord", Some("s")), line(2, "zuid", Some("s"))];
        let bells = lines.clone().map(|line| line.bell);
        let paths = ["a", "b"].map(str::to_owned);
        paths
            .into_iter()
            .zip(lines)
            .for_each(|(path, line)| board.put(path, line));
        for (path, body, answered, rings) in [
            ("a", "noord", Answered::Taken, [true, false]),
            ("a", "zuid", Answered::Taken, [false, true]),
            ("b", "elsewhere", Answered::Taken, [false, true]),
            ("a", "odd", Answered::Taken, [true, true]),
            ("a", "nothing", Answered::Taken, [false, false]),
            ("a", "trial", Answered::Trial("word".to_owned()), [false, false]),
            (
                "a",
                "forged",
                Answered::Refused(WebhookError::Forged),
                [false, false],
            ),
            ("c", "noord", Answered::Nobody, [false, false]),
        ] {
            assert_eq!(hear(&board, path, body), answered, "{path} {body}");
            assert_eq!(rung(&bells), rings, "{path} {body}");
        }
        board.remove(ConnectionId(uuid::Uuid::from_u128(1)));
        assert_eq!(hear(&board, "a", "noord"), Answered::Nobody);
    }

    #[test]
    fn nothing_is_believed_before_the_secret_is_known() {
        let board = Board::default();
        let mut waiting = line(1, "noord", None);
        let bell = waiting.bell.clone();
        board.put("a".to_owned(), waiting.clone());
        assert_eq!(hear(&board, "a", "noord"), Answered::NoSecret);
        assert_eq!(hear(&board, "a", "trial"), Answered::Trial("word".to_owned()));
        waiting.asking = true;
        board.put("a".to_owned(), waiting);
        assert_eq!(hear(&board, "a", "noord"), Answered::Taken);
        assert_eq!(bell.take_newest(), None);
    }
}
