//! The platforms to write to, and the words in which things are told there.

use std::collections::HashMap;
use std::sync::Arc;

use maan_connectors::{Entity, Platform, WriteBack};
use maan_ledger::{ActionId, Channel, Day, DebtorId};
use maan_store::{Connection, ConnectionId, ConnectionState};

use super::wanted::What;
use crate::RunError;
use crate::followup::Followup;
use crate::sync::Link;

/// Whom is known on which platform, and the platforms that were opened.
pub(super) struct Desk<'a> {
    followup: &'a Followup,
    connections: Vec<Connection>,
    contacts: HashMap<DebtorId, (ConnectionId, String)>,
    opened: HashMap<ConnectionId, Arc<dyn Platform>>,
}

impl<'a> Desk<'a> {
    pub(super) async fn of(followup: &'a Followup) -> Result<Self, RunError> {
        let mut contacts = HashMap::new();
        let mut connections = followup.tenant.connections().await?;
        connections.retain(|one| one.state != ConnectionState::Revoked);
        for connection in &connections {
            let known = followup
                .tenant
                .record_versions(connection.id, Entity::Contact.word());
            for (reference, record) in known.await? {
                if let Some(debtor) = record.debtor.filter(|_| !record.deleted) {
                    contacts.insert(debtor, (connection.id, reference));
                }
            }
        }
        Ok(Self {
            followup,
            connections,
            contacts,
            opened: HashMap::new(),
        })
    }

    /// What to write, and over which connection; none when it has no place there.
    pub(super) async fn change(
        &self,
        debtor: DebtorId,
        what: What,
    ) -> Result<Option<(ConnectionId, WriteBack)>, RunError> {
        let Some((connection, contact)) = self.contacts.get(&debtor).cloned() else {
            return Ok(None);
        };
        let change = match what {
            What::Done { action, on, channel } => {
                let Some(text) = self.told(action, on, channel).await? else {
                    return Ok(None);
                };
                WriteBack::Note {
                    contact,
                    invoice: None,
                    text,
                    todo: false,
                }
            }
            What::Limit(limit) => WriteBack::CreditLimit { contact, limit },
            What::Held(held) => WriteBack::Hold { contact, held },
            What::Promised { invoice, by } => WriteBack::PromisedDate { invoice, by },
        };
        Ok(Some((connection, change)))
    }

    /// What an action was, in words; none of an action that another program did.
    async fn told(&self, action: ActionId, on: Day, channel: Channel) -> Result<Option<String>, RunError> {
        let action = self.followup.tenant.action(action).await?;
        // the title is empty once the debtor's data were erased
        let action = action.filter(|action| !action.title.is_empty());
        Ok(action.map(|action| format!("{} ({}, {on})", action.title, way(channel))))
    }

    /// The platform of a connection, or why it cannot be opened.
    pub(super) async fn platform(&mut self, id: ConnectionId) -> Result<Arc<dyn Platform>, String> {
        if let Some(platform) = self.opened.get(&id) {
            return Ok(platform.clone());
        }
        let connection = self.connections.iter().find(|one| one.id == id);
        let connection = connection.ok_or("it is not connected any more")?;
        if let ConnectionState::NeedsConsent { why } = &connection.state {
            return Err(why.clone());
        }
        let opened = async { Link::read(connection)?.open(self.followup, id).await };
        let platform = opened.await.map_err(|error: RunError| error.to_string())?;
        self.opened.insert(id, platform.clone());
        Ok(platform)
    }
}

fn way(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "by e-mail",
        Channel::Letter => "by letter",
        Channel::RegisteredLetter => "by registered letter",
        Channel::Sms => "by SMS",
        Channel::Whatsapp => "by WhatsApp",
        Channel::Phone => "by telephone",
        Channel::Portal => "on the debtor's page",
        Channel::Bailiff => "by bailiff",
    }
}
