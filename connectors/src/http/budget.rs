use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::Timer;

/// How many refused calls a platform bears at one endpoint before it shuts the program out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorBudget {
    /// At most this many …
    pub most: usize,
    /// … within any period this long.
    pub within: Duration,
}

/// When which endpoint refused.
#[derive(Debug)]
pub(crate) struct Refusals {
    budget: Option<ErrorBudget>,
    timer: Timer,
    seen: Mutex<HashMap<String, VecDeque<Duration>>>,
}

impl Refusals {
    pub(crate) fn new(budget: Option<ErrorBudget>, timer: Timer) -> Self {
        Self {
            budget,
            timer,
            seen: Mutex::default(),
        }
    }

    /// How long an endpoint must be left alone; none when it may be called.
    pub(crate) fn rest(&self, path: &str) -> Option<Duration> {
        let budget = self.budget?;
        let now = self.timer.elapsed();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = seen.get_mut(endpoint(path))?;
        refused.retain(|at| *at + budget.within > now);
        let oldest = refused.len().checked_sub(budget.most)?;
        refused
            .get(oldest)
            .map(|at| (*at + budget.within).saturating_sub(now))
    }

    pub(crate) fn count(&self, path: &str) {
        if self.budget.is_some() {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            let refused = seen.entry(endpoint(path).to_owned()).or_default();
            refused.push_back(self.timer.elapsed());
        }
    }
}

/// The path without the key of a record, which OData puts in brackets.
fn endpoint(path: &str) -> &str {
    path.split('(').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_endpoint_that_refuses_is_left_alone_for_a_while() {
        let timer = Timer::skipping();
        let hour = Duration::from_secs(3_600);
        let budget = ErrorBudget {
            most: 2,
            within: hour,
        };
        let refusals = Refusals::new(Some(budget), timer.clone());
        refusals.count("/api/Accounts(guid'1')");
        timer.sleep(Duration::from_secs(600)).await;
        assert_eq!(refusals.rest("/api/Accounts"), None);
        refusals.count("/api/Accounts(guid'2')");
        assert_eq!(
            refusals.rest("/api/Accounts"),
            Some(hour - Duration::from_secs(600))
        );
        assert_eq!(refusals.rest("/api/Contacts"), None);
        timer.sleep(hour - Duration::from_secs(600)).await;
        assert_eq!(refusals.rest("/api/Accounts"), None);
        let none = Refusals::new(None, timer);
        (0..100).for_each(|_| none.count("/"));
        assert_eq!(none.rest("/"), None);
    }
}
