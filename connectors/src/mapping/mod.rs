//! From a platform's records to facts: what all platforms share. Pure.

mod countries;
mod days;
mod error;
mod party;
mod pass;
mod promise;
mod record;
mod text;
mod values;

use chrono_tz::Tz;
use maan_ledger::{Day, DebtorId, Fact, Known, Moment};

pub(crate) use self::record::{content_version, record};
pub(crate) use countries::country_code;
pub(crate) use days::{day, json_date, json_day, moment, optional_day, optional_json_day, plausible};
pub(crate) use error::RecordError;
pub(crate) use party::{Party, Reaches, debtor, full_name, role};
pub(crate) use pass::Pass;
pub(crate) use promise::promised;
pub(crate) use text::{Text, list};
pub(crate) use values::{account_number, amount, currency, float_amount, held, limit, not_negative, text};

use crate::{Ids, Look, Platform};

/// What mapping needs to know beside the record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) ids: Ids,
    pub(crate) zone: Tz,
    /// Language of the administration, for debtors of whom nothing better is known.
    pub(crate) language: &'a str,
    /// ISO 4217 code of the administration, for amounts that name none.
    pub(crate) currency: &'a str,
    /// The first reading: what is read was known before.
    pub(crate) history: bool,
    /// Now.
    pub(crate) at: Moment,
}

/// What a record says.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Mapped {
    pub(crate) debtor: Option<DebtorId>,
    pub(crate) alias: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) facts: Vec<Fact>,
    /// All payments of the item are among the facts.
    pub(crate) with_payments: bool,
    /// Odd, but taken in.
    pub(crate) problem: Option<String>,
}

impl<'a> Context<'a> {
    /// The context of a look at a platform.
    pub(crate) fn of(platform: &'a dyn Platform, look: Look<'_>) -> Self {
        let administration = platform.administration();
        Self {
            ids: platform.ids(),
            zone: administration.time_zone,
            language: &administration.language,
            currency: &administration.currency,
            history: look.history,
            at: look.at,
        }
    }

    /// When something became known that the platform stamped, or that happened on a day.
    ///
    /// Without a stamp, history is assumed to have been booked one day later.
    pub(crate) fn known(&self, stamp: Option<Moment>, day: Day) -> Known {
        if !self.history {
            return Known::At(self.at);
        }
        let lag = Moment(i64::from(day.0).saturating_mul(86_400_000_000)).plus_seconds(86_400);
        Known::Assumed(stamp.unwrap_or(lag).min(self.at))
    }

    /// The day of a stamp in the administration's time zone.
    pub(crate) fn day_of(&self, stamp: Option<Moment>) -> Option<Day> {
        stamp
            .map(|moment| Day::at(moment, self.zone))
            .filter(|day| day.is_plausible())
    }

    /// Today, in the administration's time zone.
    pub(crate) fn today(&self) -> Day {
        Day::at(self.at, self.zone)
    }
}
