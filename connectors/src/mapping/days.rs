use chrono::{DateTime, NaiveDate};
use maan_ledger::{Day, Moment};

use super::{RecordError, Text};

/// A stamp of RFC 3339; none for anything else.
pub(crate) fn moment(stamp: &str) -> Option<Moment> {
    DateTime::parse_from_rfc3339(stamp)
        .ok()
        .map(|stamp| Moment::from_utc(stamp.to_utc()))
}

/// A stamp in the form `/Date(1539993600000)/` or `/Date(1539993600000+0000)/`: milliseconds of Unix time. The offset
/// only tells where it was written.
pub(crate) fn json_date(stamp: &str) -> Option<Moment> {
    let inner = stamp.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let digits = match inner.get(1..)?.find(['+', '-']) {
        Some(offset) => inner.get(..=offset)?,
        None => inner,
    };
    let millis: i64 = digits.parse().ok()?;
    Some(Moment(millis.checked_mul(1_000)?))
}

/// A day that must be there; a stamp counts with its date.
pub(crate) fn day(field: &'static str, text: &Text) -> Result<Day, RecordError> {
    let date: Option<NaiveDate> = text.get(..10).and_then(|date| date.parse().ok());
    plausible(field, text, date.map(Day::from_date))
}

/// A day that may be missing.
pub(crate) fn optional_day(field: &'static str, text: &Text) -> Result<Option<Day>, RecordError> {
    if text.is_empty() {
        Ok(None)
    } else {
        day(field, text).map(Some)
    }
}

/// A day that must be there, in the form of [`json_date`]: it comes as its midnight in UTC.
pub(crate) fn json_day(field: &'static str, text: &Text) -> Result<Day, RecordError> {
    let day = json_date(text).map(|at| Day::at(at, chrono_tz::Tz::UTC));
    plausible(field, text, day)
}

/// A day in the form of [`json_date`] that may be missing.
pub(crate) fn optional_json_day(field: &'static str, text: &Text) -> Result<Option<Day>, RecordError> {
    if text.is_empty() {
        Ok(None)
    } else {
        json_day(field, text).map(Some)
    }
}

/// A day that must be there and lie within reason.
pub(crate) fn plausible(field: &'static str, text: &Text, day: Option<Day>) -> Result<Day, RecordError> {
    day.filter(|day| day.is_plausible()).ok_or_else(|| {
        if text.is_empty() {
            RecordError::Missing(field)
        } else {
            RecordError::Day {
                field,
                value: text.chars().take(40).collect(),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_both_forms_are_read() {
        let at = Some(Moment(1_539_993_600_000_000));
        assert_eq!(json_date("/Date(1539993600000)/"), at);
        assert_eq!(json_date("/Date(1539993600000+0200)/"), at);
        assert_eq!(json_date("/Date(-1000-0500)/"), Some(Moment(-1_000_000)));
        assert_eq!(moment("2018-10-20T00:00:00Z"), at);
        for odd in [
            "",
            "/Date()/",
            "/Date(x)/",
            "/Date(99999999999999999999)/",
            "2018-10-20",
            "/Date(é)/",
        ] {
            assert_eq!((json_date(odd), moment(odd)), (None, None), "{odd}");
        }
    }
}
