//! Days and moments. A day is a day in the tenant's time zone; a moment is an instant in UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Days since 1970-01-01 in the tenant's time zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Day(pub i32);

impl Day {
    /// The first day that facts may name; platforms send years such as 0001 and 9999 for "none".
    pub const MIN: Day = Day(-25_567); // 1900-01-01
    /// The last day that facts may name.
    pub const MAX: Day = Day(84_006); // 2200-01-01

    /// The day of a calendar date.
    pub fn from_date(date: NaiveDate) -> Self {
        let days = date.signed_duration_since(NaiveDate::default()).num_days();
        Self(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The day on which a moment falls in a time zone.
    pub fn at(moment: Moment, zone: Tz) -> Self {
        Self::from_date(moment.to_utc().with_timezone(&zone).date_naive())
    }

    /// The calendar date.
    pub fn date(self) -> NaiveDate {
        let base = NaiveDate::default();
        let date = if self.0 < 0 {
            base.checked_sub_days(Days::new(u64::from(self.0.unsigned_abs())))
        } else {
            base.checked_add_days(Days::new(u64::from(self.0.unsigned_abs())))
        };
        date.unwrap_or(if self.0 < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
    }

    /// This day plus a number of calendar days, saturating.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Calendar days from `earlier` to this day; negative when this day comes first.
    pub fn since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// Whether the day is a Sunday.
    pub fn is_sunday(self) -> bool {
        self.0.rem_euclid(7) == 3 // day 0 was a Thursday
    }

    /// Whether the day is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.rem_euclid(7), 2 | 3)
    }

    /// Whether facts may name this day.
    pub fn is_plausible(self) -> bool {
        (Self::MIN..=Self::MAX).contains(&self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl FromStr for Day {
    type Err = chrono::ParseError;

    /// Reads `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::from_date)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// An instant in UTC, in microseconds since 1970-01-01, so that both databases keep it whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The moment of a timestamp; parts below a microsecond are dropped.
    pub fn from_utc(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }

    /// The timestamp.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }

    /// This moment plus a number of seconds, saturating.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        DateTime::<Utc>::deserialize(d).map(Self::from_utc)
    }
}

/// Where the present comes from. Tests and demonstrations set it.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until it is set.
    Set(std::sync::Arc<std::sync::atomic::AtomicI64>),
}

impl Clock {
    /// A clock that stands at `moment`.
    pub fn standing_at(moment: Moment) -> Self {
        Self::Set(std::sync::Arc::new(std::sync::atomic::AtomicI64::new(moment.0)))
    }

    /// Now.
    pub fn now(&self) -> Moment {
        match self {
            Self::System => Moment::from_utc(Utc::now()),
            Self::Set(at) => Moment(at.load(std::sync::atomic::Ordering::SeqCst)),
        }
    }

    /// Moves a set clock; the machine's clock stays as it is.
    pub fn set(&self, moment: Moment) {
        if let Self::Set(at) = self {
            at.store(moment.0, std::sync::atomic::Ordering::SeqCst);
        }
    }
}
