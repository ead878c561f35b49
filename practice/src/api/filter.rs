//! The `filter` parameter: `key:value` terms separated by commas, and the periods in it.
//!
//! Without a filter the platform shows this year only; any filter replaces that default entirely. Keys it does not
//! know are ignored.

use super::{ApiError, Request};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime};
use serde_json::json;

/// Terms of a filter.
pub(super) struct Filter {
    terms: Vec<(String, String)>,
}

/// First and last day.
pub(super) type Period = (NaiveDate, NaiveDate);

impl Filter {
    /// No terms at all.
    pub(super) fn none() -> Self {
        Self { terms: Vec::new() }
    }

    /// The request's filter, or the default when it has none.
    pub(super) fn of(request: &Request, default: &str) -> Self {
        let text = request
            .param("filter")
            .filter(|text| !text.trim().is_empty())
            .unwrap_or(default);
        let term = |term: &str| {
            term.split_once(':')
                .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        };
        Self {
            terms: text.split(',').filter_map(term).collect(),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.terms
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn id(&self, key: &str) -> Option<u64> {
        // an id that is no number matches nothing
        self.get(key).map(|value| value.parse().unwrap_or(0))
    }

    /// The wanted states; `None` for all.
    pub(super) fn states(&self, known: &[&str]) -> Result<Option<Vec<String>>, ApiError> {
        let Some(states) = self.get("state") else {
            return Ok(None);
        };
        let states: Vec<String> = states.split('|').map(str::to_owned).collect();
        if states
            .iter()
            .any(|state| state != "all" && !known.contains(&state.as_str()))
        {
            return Err(ApiError::bad_symbolic(
                "Status is not included in the list",
                json!({ "filter": "invalid" }),
            ));
        }
        Ok((!states.iter().any(|state| state == "all")).then_some(states))
    }

    pub(super) fn period(&self, today: NaiveDate) -> Result<Option<Period>, ApiError> {
        self.get("period").map(|text| period(text, today)).transpose()
    }

    pub(super) fn moment(&self, key: &str) -> Result<Option<NaiveDateTime>, ApiError> {
        let Some(text) = self.get(key) else {
            return Ok(None);
        };
        let read = moment(text).ok_or_else(|| ApiError::bad(&format!("{key} is not a valid time")));
        read.map(Some)
    }
}

/// An ISO 8601 moment, or `YYYY-MM-DD hh:mm:ss UTC`, or a day.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let bare = text.trim_end_matches("UTC").trim();
    DateTime::parse_from_rfc3339(bare)
        .map(|moment| moment.naive_utc())
        .or_else(|_| NaiveDateTime::parse_from_str(bare, "%Y-%m-%dT%H:%M:%S%.f"))
        .or_else(|_| NaiveDateTime::parse_from_str(bare, "%Y-%m-%d %H:%M:%S%.f"))
        .ok()
        .or_else(|| bare.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0))
}

fn period(text: &str, today: NaiveDate) -> Result<Period, ApiError> {
    named(text, today)
        .or_else(|| custom(text))
        .ok_or_else(|| ApiError::bad("Period must have both a start and end date"))
}

fn month(first: NaiveDate, months: u32) -> Option<Period> {
    Some((first, first.checked_add_months(Months::new(months))?.pred_opt()?))
}

fn named(text: &str, today: NaiveDate) -> Option<Period> {
    let (which, unit) = text.split_once('_')?;
    let step = match which {
        "prev" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    if unit == "week" {
        let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
        let first = monday + chrono::TimeDelta::weeks(step);
        return Some((first, first + Days::new(6)));
    }
    let (months, first_month) = match unit {
        "month" => (1, today.month()),
        "quarter" => (3, (today.month() - 1) / 3 * 3 + 1),
        "year" => (12, 1),
        _ => return None,
    };
    let this = NaiveDate::from_ymd_opt(today.year(), first_month, 1)?;
    let first = match step {
        -1 => this.checked_sub_months(Months::new(months))?,
        1 => this.checked_add_months(Months::new(months))?,
        _ => this,
    };
    month(first, months)
}

fn custom(text: &str) -> Option<Period> {
    let (from, until) = text.split_once("..").unwrap_or((text, text));
    let bounds = |text: &str| -> Option<Period> {
        match text.len() {
            6 => month(NaiveDate::parse_from_str(&format!("{text}01"), "%Y%m%d").ok()?, 1),
            8 if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
                Some((day, day))
            }
            _ => None,
        }
    };
    Some((bounds(from)?.0, bounds(until)?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<(String, String)> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        period(text, today)
            .ok()
            .map(|(from, until)| (from.to_string(), until.to_string()))
    }

    #[test]
    fn periods_are_read() {
        let pair = |from: &str, until: &str| Some((from.to_owned(), until.to_owned()));
        assert_eq!(days("this_year"), pair("2026-01-01", "2026-12-31"));
        assert_eq!(days("prev_quarter"), pair("2026-07-01", "2026-09-30"));
        assert_eq!(days("next_month"), pair("2026-12-01", "2026-12-31"));
        assert_eq!(days("this_week"), pair("2026-11-23", "2026-11-29"));
        assert_eq!(days("202402..202402"), pair("2024-02-01", "2024-02-29"));
        assert_eq!(days("20200101..20261231"), pair("2020-01-01", "2026-12-31"));
        assert_eq!(days("20200101.."), None);
        assert_eq!(days("yesterday"), None);
    }

    #[test]
    fn moments_are_read_in_the_forms_of_the_specification() {
        for text in [
            "2026-08-21 13:50:12 UTC",
            "2026-08-21T13:50:12Z",
            "2026-08-21T15:50:12+02:00",
        ] {
            assert_eq!(moment(text).unwrap().to_string(), "2026-08-21 13:50:12", "{text}");
        }
        assert!(moment("soon").is_none());
    }
}
