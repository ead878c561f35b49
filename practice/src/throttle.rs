//! The platform's throttling: so many requests in a window, per grant.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How many requests are allowed in how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throttle {
    /// Requests per window.
    pub requests: u32,
    /// Length of the window.
    pub window: Duration,
}

impl Default for Throttle {
    /// The platform's own: 150 requests in 5 minutes.
    fn default() -> Self {
        Self {
            requests: 150,
            window: Duration::from_secs(300),
        }
    }
}

/// Requests counted so far.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    windows: HashMap<usize, (Instant, u32)>,
}

/// Outcome for one request, with what the headers tell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    pub(crate) allowed: bool,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) resets_in: Duration,
}

impl Counter {
    pub(crate) fn count(&mut self, grant: usize, throttle: Throttle, now: Instant) -> Counted {
        let (start, used) = self.windows.entry(grant).or_insert((now, 0));
        if now.duration_since(*start) >= throttle.window {
            (*start, *used) = (now, 0);
        }
        *used = used.saturating_add(1);
        Counted {
            allowed: *used <= throttle.requests,
            limit: throttle.requests,
            remaining: throttle.requests.saturating_sub(*used),
            resets_in: throttle.window.saturating_sub(now.duration_since(*start)),
        }
    }
}

/// The moment `after` from now in Unix seconds, rounded up: the form of both reset headers in the specification.
pub(crate) fn unix_in(after: Duration) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (now + after)
        .as_millis()
        .div_ceil(1000)
        .try_into()
        .unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_window_gives_new_room_and_grants_do_not_share_it() {
        let throttle = Throttle {
            requests: 2,
            window: Duration::from_secs(10),
        };
        let (mut counter, start) = (Counter::default(), Instant::now());
        let allowed: Vec<bool> = (0..3)
            .map(|_| counter.count(0, throttle, start).allowed)
            .collect();
        assert_eq!(allowed, [true, true, false]);
        assert!(counter.count(1, throttle, start).allowed);
        assert_eq!(
            counter
                .count(0, throttle, start + Duration::from_secs(4))
                .resets_in,
            Duration::from_secs(6)
        );
        assert!(
            counter
                .count(0, throttle, start + Duration::from_secs(10))
                .allowed
        );
    }
}
