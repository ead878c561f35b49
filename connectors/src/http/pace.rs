use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use super::{ErrorBudget, Timer};

/// How many calls a platform takes from one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// At most this many calls …
    pub calls: NonZeroU32,
    /// … within any period this long.
    pub within: Duration,
    /// Calls that may follow each other without a wait, part of `calls`.
    pub burst: NonZeroU32,
    /// How many refusals it bears; none when it does not count them.
    pub errors: Option<ErrorBudget>,
    /// How long to wait when it takes no more calls and does not say how long.
    pub pause: Duration,
}

impl Allowance {
    /// At most `calls` within any period of `within`, of which `burst` may follow each other without a wait.
    pub fn of(calls: u32, within: Duration, burst: u32) -> Self {
        Self {
            calls: NonZeroU32::new(calls).unwrap_or(NonZeroU32::MIN),
            within,
            burst: NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN),
            errors: None,
            pause: Duration::ZERO,
        }
    }
}

/// The token bucket of one connection, and the rest that the platform asked for.
#[derive(Debug)]
pub(crate) struct Pace {
    bucket: RateLimiter<NotKeyed, InMemoryState, Timer, NoOpMiddleware<Nanos>>,
    /// In nanoseconds of the timer.
    rest_until: AtomicU64,
    timer: Timer,
}

impl Pace {
    pub(crate) fn new(allowance: Allowance, timer: Timer) -> Self {
        // A full bucket and what flows in meanwhile stay within the allowance together.
        let flowing_in = allowance.calls.get().saturating_sub(allowance.burst.get()).max(1);
        let period = (allowance.within / flowing_in).max(Duration::from_nanos(1));
        let quota = Quota::with_period(period)
            .unwrap_or(Quota::per_second(allowance.calls))
            .allow_burst(allowance.burst);
        Self {
            bucket: RateLimiter::direct_with_clock(quota, timer.clone()),
            rest_until: AtomicU64::new(0),
            timer,
        }
    }

    /// Waits until a call may be made.
    pub(crate) async fn turn(&self) {
        loop {
            let rest = Duration::from_nanos(self.rest_until.load(Ordering::SeqCst))
                .saturating_sub(self.timer.elapsed());
            if !rest.is_zero() {
                self.timer.sleep(rest).await;
                continue;
            }
            match self.bucket.check() {
                Ok(()) => return,
                Err(early) => self.timer.sleep(early.wait_time_from(self.timer.now())).await,
            }
        }
    }

    /// No call of this connection goes out before `rest` has passed.
    pub(crate) fn rest(&self, rest: Duration) {
        let until = self.timer.elapsed().saturating_add(rest);
        self.rest_until.fetch_max(
            u64::try_from(until.as_nanos()).unwrap_or(u64::MAX),
            Ordering::SeqCst,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn no_period_ever_holds_more_calls_than_allowed() {
        let timer = Timer::skipping();
        let allowance = Allowance::of(150, Duration::from_secs(300), 30);
        let pace = Pace::new(allowance, timer.clone());
        let mut calls = Vec::new();
        for _ in 0..600 {
            pace.turn().await;
            calls.push(timer.elapsed());
        }
        for (ix, start) in calls.iter().enumerate() {
            let within = calls[ix..]
                .iter()
                .take_while(|at| **at < *start + allowance.within)
                .count();
            assert!(within <= 150, "{within} calls from {start:?}");
        }
    }

    #[tokio::test]
    async fn a_rest_holds_all_calls() {
        let timer = Timer::skipping();
        let pace = Pace::new(Allowance::of(100, Duration::from_secs(1), 100), timer.clone());
        pace.rest(Duration::from_secs(40));
        pace.turn().await;
        assert_eq!(timer.elapsed(), Duration::from_secs(40));
    }
}
