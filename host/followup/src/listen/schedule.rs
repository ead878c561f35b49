//! When a connection is read next.

use std::time::Duration;

use tokio::time::Instant;

/// A platform often sends several messages about one change: it is read after so long without another.
const QUIET: Duration = Duration::from_secs(1);
/// Where messages never stop it is read after so long all the same.
const LONGEST: Duration = Duration::from_secs(10);
/// The first pause after a failure; each next one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause that is made without the platform asking for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(3_600);
/// How often it is looked whether a person gave access again, which costs no call.
const PERSON: Duration = Duration::from_secs(30);

/// When a connection is read next: soon after a message, regularly besides, later where reading fails.
#[derive(Debug)]
pub(super) struct Schedule {
    /// How often it is read without a message.
    every: Duration,
    regular: Instant,
    /// The first and the newest message since the last reading began.
    heard: Option<(Instant, Instant)>,
    failures: u32,
    not_before: Option<Instant>,
}

impl Schedule {
    /// It is read at once: messages may have been missed.
    pub(super) fn new(every: Duration, now: Instant) -> Self {
        Self {
            every,
            regular: now,
            heard: None,
            failures: 0,
            not_before: None,
        }
    }

    /// A message came.
    pub(super) fn heard(&mut self, now: Instant) {
        let first = self.heard.map_or(now, |(first, _)| first);
        self.heard = Some((first, now));
    }

    /// When it is read.
    pub(super) fn due(&self) -> Instant {
        let wanted = self.heard.map_or(self.regular, |(first, newest)| {
            (newest + QUIET).min(first + LONGEST).min(self.regular)
        });
        self.not_before
            .map_or(wanted, |not_before| wanted.max(not_before))
    }

    /// A reading begins; what is heard from now on needs another. Whether messages led to it.
    pub(super) fn begin(&mut self) -> bool {
        self.heard.take().is_some()
    }

    /// It was read.
    pub(super) fn went_well(&mut self, now: Instant) {
        self.failures = 0;
        self.not_before = None;
        self.regular = now + self.every;
    }

    /// A person has to do something first, and it is looked again now and then whether that was done.
    pub(super) fn waits(&mut self, now: Instant) {
        self.not_before = Some(now + PERSON);
        self.regular = now + PERSON;
    }

    /// It could not be read; the platform may have named how long to wait. How long it is until the next try.
    pub(super) fn failed(&mut self, now: Instant, named: Option<Duration>) -> Duration {
        let doubled = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(self.failures));
        let pause = doubled.min(LONGEST_PAUSE).min(self.every.max(FIRST_PAUSE));
        self.failures = self.failures.saturating_add(1);
        let pause = pause.max(named.unwrap_or_default());
        self.not_before = Some(now + pause);
        self.regular = now + pause;
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);

    /// Milliseconds from the start to when it is due.
    fn due(schedule: &Schedule, start: Instant) -> u128 {
        (schedule.due() - start).as_millis()
    }

    fn after(start: Instant, millis: u64) -> Instant {
        start + Duration::from_millis(millis)
    }

    #[test]
    fn many_messages_within_seconds_are_one_reading() {
        let start = Instant::now();
        let mut schedule = Schedule::new(HOUR, start);
        assert_eq!(due(&schedule, start), 0);
        assert!(!schedule.begin());
        schedule.went_well(start);
        assert_eq!(due(&schedule, start), 3_600_000);
        for millis in [100, 200, 900] {
            schedule.heard(after(start, millis));
            assert_eq!(due(&schedule, start), u128::from(millis) + 1_000);
        }
        // they never stop
        for millis in (1_000..20_000).step_by(500) {
            schedule.heard(after(start, millis));
        }
        assert_eq!(due(&schedule, start), 10_100);
        assert!(schedule.begin());
        // one that comes while it is read needs another reading
        schedule.heard(after(start, 20_000));
        schedule.went_well(after(start, 21_000));
        assert_eq!(due(&schedule, start), 21_000);
        assert!(schedule.begin());
        schedule.went_well(after(start, 22_000));
        assert_eq!(due(&schedule, start), 3_622_000);
    }

    #[test]
    fn what_fails_is_tried_again_with_growing_pauses() {
        let start = Instant::now();
        let mut schedule = Schedule::new(HOUR, start);
        let pauses: Vec<u64> = (0..12).map(|_| schedule.failed(start, None).as_secs()).collect();
        assert_eq!(
            pauses,
            [5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600]
        );
        // messages do not hurry a platform that cannot answer
        schedule.heard(start);
        assert_eq!(due(&schedule, start), 3_600_000);
        schedule.went_well(start);
        let named = Duration::from_secs(90);
        assert_eq!(schedule.failed(start, Some(named)), named);
        assert_eq!(schedule.failed(start, None).as_secs(), 10);
    }

    #[test]
    fn it_is_tried_again_at_least_as_often_as_it_is_read() {
        let start = Instant::now();
        let mut schedule = Schedule::new(Duration::from_secs(60), start);
        for _ in 0..40 {
            assert!(schedule.failed(start, None).as_secs() <= 60);
        }
    }
}
