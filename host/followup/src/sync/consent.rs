//! When the consent behind a connection ends.

use maan_connectors::Consent;
use maan_connectors::oauth::ConsentEnd;
use maan_ledger::Moment;
use maan_store::{Connection, ConnectionState, TenantStore};

use super::Link;
use super::vault::Vaulted;
use crate::RunError;

/// So long before its end it is told what to do, in seconds: two weeks, a holiday in between.
const TOLD_SECONDS: i64 = 14 * 24 * 3_600;

/// When the consent behind a connection ends by itself; none where the platform has no such end or does not tell, or the
/// consent ended already.
///
/// # Errors
/// The database, or what is kept of the connection cannot be read.
pub async fn consent_end(
    tenant: &TenantStore,
    connection: &Connection,
) -> Result<Option<ConsentEnd>, RunError> {
    if connection.state != ConnectionState::Active {
        return Ok(None);
    }
    let unusable = |error: &dyn std::fmt::Display| RunError::Platform(error.to_string());
    let consent = Link::read(connection)?.door.consent();
    let provider = match consent.map_err(|error| unusable(&error))? {
        Consent::Code(provider) | Consent::Client(provider) => provider,
        Consent::Key => return Ok(None),
    };
    let kept = Vaulted::read(&tenant.secret(connection.id).await?);
    let tokens = kept
        .and_then(|kept| kept.tokens())
        .map_err(|error| unusable(&error))?;
    Ok(ConsentEnd::of(&tokens, &provider))
}

/// Whether a consent ends so soon that a person has to be told. Tokens end in real time, whatever day is played.
pub fn ends_soon(end: &ConsentEnd, now: Moment) -> bool {
    now.plus_seconds(TOLD_SECONDS) >= end.at
}
