use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use governor::clock::Clock;
use governor::nanos::Nanos;

/// Waiting. Tests skip waits and read how long they would have lasted.
#[derive(Clone, Debug)]
pub struct Timer(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Real(Instant),
    Skipping(Arc<AtomicU64>),
}

impl Timer {
    /// Waits for real.
    pub fn real() -> Self {
        Self(Kind::Real(Instant::now()))
    }

    /// Does not wait: time only passes by what is waited for.
    pub fn skipping() -> Self {
        Self(Kind::Skipping(Arc::default()))
    }

    /// Time since this timer was made.
    pub fn elapsed(&self) -> Duration {
        match &self.0 {
            Kind::Real(start) => start.elapsed(),
            Kind::Skipping(nanos) => Duration::from_nanos(nanos.load(Ordering::SeqCst)),
        }
    }

    /// Waits.
    pub async fn sleep(&self, duration: Duration) {
        match &self.0 {
            Kind::Real(_) => tokio::time::sleep(duration).await,
            Kind::Skipping(nanos) => {
                nanos.fetch_add(
                    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX),
                    Ordering::SeqCst,
                );
                tokio::task::yield_now().await;
            }
        }
    }
}

impl Default for Timer {
    fn default() -> Self {
        Self::real()
    }
}

impl Clock for Timer {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(u64::try_from(self.elapsed().as_nanos()).unwrap_or(u64::MAX))
    }
}
