//! One process at a time reads a connection: an older answer of the platform must not be kept after a newer one.

use maan_ledger::Moment;

use crate::connections::ConnectionId;
use crate::db::{execute, fetch_optional};
use crate::{Fence, Intake, StoreError, TenantStore};

impl TenantStore {
    /// Takes the right to read a connection, for so many seconds without word. `None` while another reads it.
    pub async fn begin_reading(
        &self,
        id: ConnectionId,
        reader: &str,
        now: Moment,
        seconds: i64,
    ) -> Result<Option<Fence>, StoreError> {
        let mut tx = self.write().await?;
        let row = fetch_optional!(
            tx,
            (i64,),
            "UPDATE connection SET reader = $3, reading_until = $4, reading = reading + 1
             WHERE tenant = $1 AND id = $2 AND (reading_until IS NULL OR reading_until < $5)
             RETURNING reading",
            self.tenant.0,
            id.0,
            reader,
            now.plus_seconds(seconds).0,
            now.0,
        )?;
        tx.commit().await?;
        Ok(row.map(|(reading,)| Fence(reading)))
    }

    /// Says that a reading goes on. False when another took the right since.
    pub async fn extend_reading(
        &self,
        id: ConnectionId,
        reading: Fence,
        now: Moment,
        seconds: i64,
    ) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE connection SET reading_until = $4 WHERE tenant = $1 AND id = $2 AND reading = $3",
            self.tenant.0,
            id.0,
            reading.0,
            now.plus_seconds(seconds).0,
        )?;
        tx.commit().await?;
        Ok(changed == 1)
    }

    /// Gives up the right to read a connection, if another did not take it.
    pub async fn end_reading(&self, id: ConnectionId, reading: Fence) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        execute!(
            tx,
            "UPDATE connection SET reader = NULL, reading_until = NULL
             WHERE tenant = $1 AND id = $2 AND reading = $3",
            self.tenant.0,
            id.0,
            reading.0,
        )?;
        tx.commit().await
    }
}

impl Intake {
    /// Whether a reading may still keep what it read. Others wait until this transaction ends, so that it stays so.
    pub async fn may_keep(&mut self, id: ConnectionId, reading: Fence) -> Result<bool, StoreError> {
        let tenant = self.tenant.tenant.0;
        let tx = &mut self.tx;
        let row = fetch_optional!(
            *tx,
            (i64,),
            "SELECT reading FROM connection WHERE tenant = $1 AND id = $2",
            tenant,
            id.0,
        )?;
        Ok(row.is_some_and(|(newest,)| newest == reading.0))
    }
}
