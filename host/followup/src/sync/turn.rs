//! One process at a time reads a connection. An older answer of the platform that is kept after a newer one would tell of
//! changes that never were; so each reading has a turn, and one whose turn was taken keeps nothing more.

use std::time::Duration;

use maan_ledger::{Clock, Moment};
use maan_store::{ConnectionId, Fence, TenantStore};

use crate::RunError;
use crate::followup::Followup;

/// So long after its last word a reading is taken for dead, in seconds.
const SILENCE_SECONDS: i64 = 12;
/// How often a reading says that it goes on.
const WORD: Duration = Duration::from_secs(4);
/// How often it is looked whether another reading has ended.
const LOOK: Duration = Duration::from_millis(250);

/// The right to read a connection.
pub(crate) struct Turn {
    tenant: TenantStore,
    connection: ConnectionId,
    pub(super) reading: Fence,
}

/// Turns are between processes of today, whatever day is played.
fn now() -> Moment {
    Clock::System.now()
}

impl Turn {
    /// Waits until nobody else reads a connection.
    ///
    /// # Errors
    /// The database, or a person asked to stop.
    pub(crate) async fn wait(followup: &Followup, connection: ConnectionId) -> Result<Self, RunError> {
        let tenant = &followup.tenant;
        let mut told = false;
        loop {
            let begun = tenant.begin_reading(connection, &followup.worker, now(), SILENCE_SECONDS);
            if let Some(reading) = begun.await? {
                return Ok(Self {
                    tenant: tenant.clone(),
                    connection,
                    reading,
                });
            }
            if !std::mem::replace(&mut told, true) {
                tracing::info!(%connection, "another process reads this connection; waiting until it is done");
            }
            followup.check_interrupted()?;
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Does something in this turn, and gives it up afterwards.
    pub(crate) async fn during<T>(self, work: impl Future<Output = T>) -> T {
        let done = tokio::select! {
            biased;
            done = work => done,
            never = self.goes_on() => match never {},
        };
        // one that cannot be given up ends by its silence
        if let Err(error) = self.tenant.end_reading(self.connection, self.reading).await {
            tracing::debug!(%error, "a reading could not be marked as ended");
        }
        done
    }

    /// Says now and then that the reading goes on. That it was taken is noticed where something is kept.
    async fn goes_on(&self) -> std::convert::Infallible {
        loop {
            tokio::time::sleep(WORD).await;
            let said = self
                .tenant
                .extend_reading(self.connection, self.reading, now(), SILENCE_SECONDS);
            if let Err(error) = said.await {
                tracing::debug!(%error, "a reading could not say that it goes on");
            }
        }
    }
}
