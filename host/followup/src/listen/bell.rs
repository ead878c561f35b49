//! What a believed message rings.

use std::sync::atomic::{AtomicI64, Ordering};

use maan_ledger::Moment;
use tokio::sync::Notify;

/// Tells the task of a connection that something was heard. However often it rings while the task is busy, the task hears
/// it once afterwards.
#[derive(Debug, Default)]
pub(super) struct Bell {
    rung: Notify,
    /// Of the newest message that was not noted yet; 0 when there is none.
    newest: AtomicI64,
}

impl Bell {
    /// Something was heard.
    pub(super) fn ring(&self, at: Moment) {
        self.newest.fetch_max(at.0, Ordering::SeqCst);
        self.rung.notify_one();
    }

    /// Waits until something was heard.
    pub(super) async fn rung(&self) {
        self.rung.notified().await;
    }

    /// When the newest message came that was not taken yet.
    pub(super) fn take_newest(&self) -> Option<Moment> {
        let newest = self.newest.swap(0, Ordering::SeqCst);
        (newest != 0).then_some(Moment(newest))
    }
}
