//! Messages of subscriptions.

use maan_ledger::Moment;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::Entity;
use crate::mapping::Text;
use crate::webhook::{Event, Heard, Message, WebhookError};

#[derive(Deserialize)]
struct Envelope {
    value: Vec<Told>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Told {
    client_state: String,
    resource: String,
    change_type: Text,
}

/// Longest word of a trial.
const LONGEST: usize = 500;

/// A message is not signed; it shows the word that was agreed when subscribing, so only what it is about is taken from it.
///
/// When a subscription is made or renewed the platform sends a word in the address that has to come back. Other answers
/// than to try later end the subscription.
pub(super) fn heard(message: &Message<'_>, secret: &SecretString, _: Moment) -> Result<Heard, WebhookError> {
    let mut query = url::form_urlencoded::parse(message.query.as_bytes());
    if let Some((_, word)) = query.find(|(name, _)| name == "validationToken") {
        let is_word =
            (1..=LONGEST).contains(&word.len()) && word.bytes().all(|letter| letter.is_ascii_graphic());
        return if is_word {
            Ok(Heard::Trial(word.into_owned()))
        } else {
            // nothing shows from whom it is
            Err(WebhookError::Unsigned)
        };
    }
    let envelope: Envelope = serde_json::from_slice(message.body).map_err(|_| WebhookError::Unsigned)?;
    let word = secret.expose_secret().as_bytes();
    let shows = |told: &Told| bool::from(told.client_state.as_bytes().ct_eq(word));
    if word.is_empty() || !envelope.value.iter().all(shows) {
        return Err(WebhookError::Forged);
    }
    Ok(Heard::Events(
        envelope.value.into_iter().filter_map(event).collect(),
    ))
}

/// Its resource is `…/companies(ID)/customers(ID)`; of many changes at once, `…/customers` with a filter.
fn event(told: Told) -> Option<Event> {
    let resource = told.resource.split('?').next()?;
    let mut steps = resource.rsplit('/');
    let (set, reference) = key(steps.next()?);
    let (_, administration) = key(steps.next()?);
    let entity = match set {
        "customers" => Some(Entity::Contact),
        "salesInvoices" => Some(Entity::Invoice),
        "salesCreditMemos" => Some(Entity::CreditNote),
        "salesQuotes" => Some(Entity::Quotation),
        "salesOrders" => Some(Entity::Order),
        _ => None,
    };
    Some(Event {
        administration: administration.to_owned(),
        entity,
        reference: reference.to_owned(),
        deleted: &*told.change_type == "deleted",
        action: told.change_type.into(),
    })
}

/// `customers(ID)` as both.
fn key(step: &str) -> (&str, &str) {
    match step.split_once('(') {
        Some((set, key)) => (set, key.trim_end_matches(')')),
        None => (step, ""),
    }
}
