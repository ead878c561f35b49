use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use chrono::{DateTime, Utc};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// Names of headers that say when calls are taken again, beside `Retry-After`: each with the one that says how many are
/// left until then.
const RESETS: [(&str, &str); 3] = [
    ("ratelimit-reset", "ratelimit-remaining"),
    ("x-ratelimit-reset", "x-ratelimit-remaining"),
    ("x-ratelimit-minutely-reset", "x-ratelimit-minutely-remaining"),
];
/// Names of headers that say how many calls are left, the longest period first.
const LEFT: [&str; 3] = [
    "x-daylimit-remaining",
    "x-ratelimit-remaining",
    "ratelimit-remaining",
];

/// Attempts after the first.
const RETRIES: usize = 5;

/// Waits between attempts: doubling from half a second, with jitter.
pub(crate) fn backoff() -> ExponentialBackoff {
    ExponentialBuilder::new()
        .with_min_delay(Duration::from_millis(500))
        .with_max_delay(Duration::from_secs(60))
        .with_max_times(RETRIES)
        .with_jitter()
        .build()
}

/// How long the platform asks to wait, the longest of all that it says.
///
/// The same headers come as seconds from now, as Unix time in seconds or milliseconds, or as a date; the answer's
/// own `Date` is now, so that the two clocks need not agree.
pub(crate) fn asked(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let now = text(DATE.as_str())
        .and_then(|date| DateTime::parse_from_rfc2822(date).ok())
        .map_or_else(Utc::now, |date| date.to_utc());
    let retry = text(RETRY_AFTER.as_str()).and_then(|value| wait(value, now));
    // an allowance of which something is left is not the one that ran out
    let is_out = |left: &str| text(left).is_none_or(|left| left.trim().parse() == Ok(0));
    let resets = RESETS.iter().filter(|(_, left)| is_out(left));
    retry.or_else(|| resets.filter_map(|(reset, _)| wait(text(reset)?, now)).max())
}

/// How many calls the platform still takes; none when it does not say.
pub(crate) fn left(headers: &HeaderMap) -> Option<u64> {
    let number = |name: &&str| headers.get(*name)?.to_str().ok()?.trim().parse().ok();
    LEFT.iter().find_map(number)
}

fn wait(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    let until = match value.parse::<i64>() {
        Ok(seconds @ ..100_000_000) => return Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0))),
        Ok(unix @ ..100_000_000_000) => DateTime::from_timestamp(unix, 0)?,
        Ok(millis) => DateTime::from_timestamp_millis(millis)?,
        Err(_) => DateTime::parse_from_rfc2822(value)
            .or_else(|_| DateTime::parse_from_rfc3339(value))
            .ok()?
            .to_utc(),
    };
    Some((until - now).to_std().unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            (
                reqwest::header::HeaderName::from_bytes(name.as_bytes()).unwrap(),
                value.parse().unwrap(),
            )
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn all_forms_of_waiting_are_read_against_the_servers_own_clock() {
        let date = ("date", "Sat, 21 Nov 2026 20:00:00 GMT");
        for value in [
            "90",
            "1795291290",
            "1795291290000",
            "Sat, 21 Nov 2026 20:01:30 GMT",
            "2026-11-21T21:01:30+01:00",
        ] {
            assert_eq!(
                asked(&headers(&[date, ("retry-after", value)])),
                Some(Duration::from_secs(90)),
                "{value}"
            );
        }
        assert_eq!(
            asked(&headers(&[date, ("ratelimit-reset", "1795291230")])),
            Some(Duration::from_secs(30))
        );
        assert_eq!(
            asked(&headers(&[date, ("retry-after", "1795291100")])),
            Some(Duration::ZERO)
        );
        assert_eq!(asked(&headers(&[date, ("retry-after", "soon")])), None);
        assert_eq!(asked(&headers(&[date])), None);
        // the day has calls left, the minute has none
        let both = [
            date,
            ("x-ratelimit-reset", "1795305600000"),
            ("x-ratelimit-remaining", "4100"),
            ("x-ratelimit-minutely-reset", "1795291230000"),
            ("x-ratelimit-minutely-remaining", "0"),
        ];
        assert_eq!(asked(&headers(&both)), Some(Duration::from_secs(30)));
        assert_eq!(
            (left(&headers(&both)), left(&headers(&[date]))),
            (Some(4_100), None)
        );
    }

    #[test]
    fn backing_off_ends_and_grows() {
        let waits: Vec<Duration> = backoff().collect();
        assert_eq!(waits.len(), RETRIES);
        assert!(waits.last() > waits.first());
    }
}
