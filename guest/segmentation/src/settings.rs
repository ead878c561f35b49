//! What a business sets about its segments.

use maan_policy::MajorAmount;
use maan_policy::settings::problem;
use maan_policy::types::{CompanySize, DebtorKind, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings of the segmentation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How many days back payments count.
    pub window_days: u16,
    /// Paid so many days after the due date still counts as on time.
    pub grace_days: u16,
    /// Misses with due dates at most so many days apart are one miss.
    pub same_miss_days: u16,
    /// A customer is new for so many days.
    pub new_for_days: u16,
    /// A customer is new until so many invoices are paid.
    pub new_until_paid: u16,
    /// At most so many misses in the window make a forgetter.
    pub forgetter_misses: u16,
    /// Slow: at least this share of invoices late, in thousandths.
    pub slow_share: u16,
    /// Slow: late by at least so many days, weighted by amount.
    pub slow_days: u16,
    /// Frequently late: at least this share of invoices late, in thousandths.
    pub frequent_share: u16,
    /// Frequently late: late by at least so many days, weighted by amount.
    pub frequent_days: u16,
    /// Frequently late: or at least so many promises broken.
    pub frequent_broken_promises: u16,
    /// At least so many misses before someone is called slow or frequently late.
    pub least_misses: u16,
    /// Worsening or improving: later or earlier by so many days in the last half year.
    pub trend_days: u16,
    /// Disputes: at least this share of what is overdue is disputed, in thousandths.
    pub dispute_share: u16,
    /// Key accounts: companies of this size or larger.
    pub key_account_size: CompanySize,
    /// Key accounts: paid at least this much in the last year; "0" for size alone.
    pub key_account_turnover: MajorAmount,
    /// How far below its threshold a debtor must come to leave a segment, in thousandths of the threshold.
    pub margin: u16,
    /// What comes first in the worklist.
    pub rank: RankBy,
    /// How willingness to pay is judged.
    pub willingness: WillingnessSettings,
    /// The business's own segments, by what a debtor is. The first that fits counts.
    pub own: Vec<OwnSegment>,
}

/// What comes first in the worklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RankBy {
    /// The longest unpaid first, then the largest amount.
    AgeThenAmount,
    /// The largest amount at risk first.
    AmountAtRisk,
}

/// How willingness to pay is judged on the four recorded criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WillingnessSettings {
    /// Evidence older than so many days no longer counts.
    pub evidence_days: u16,
    /// At least so many of the four criteria must be recorded.
    pub least_criteria: u8,
    /// How far evidence must lean to one side, from 0 to 1000.
    pub threshold: u16,
    /// Weight of beliefs about paying.
    pub beliefs_about_paying: u8,
    /// Weight of self-direction.
    pub self_direction: u8,
    /// Weight of willingness to concede.
    pub willingness_to_concede: u8,
}

/// A segment of the business's own. What is left out fits everyone.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OwnSegment {
    /// Key of the segment.
    pub segment: String,
    /// Start of the sector code.
    pub sector: Option<String>,
    /// Two letters, such as "BE".
    pub country: Option<String>,
    /// Kind of debtor.
    pub kind: Option<DebtorKind>,
    /// An own trait: its key and value.
    #[serde(rename = "trait")]
    pub own_trait: Option<(String, String)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            window_days: 730,
            grace_days: 2,
            same_miss_days: 14,
            new_for_days: 180,
            new_until_paid: 3,
            forgetter_misses: 1,
            slow_share: 300,
            slow_days: 5,
            frequent_share: 400,
            frequent_days: 21,
            frequent_broken_promises: 2,
            least_misses: 3,
            trend_days: 10,
            dispute_share: 500,
            key_account_size: CompanySize::Large,
            key_account_turnover: MajorAmount::whole(0),
            margin: 200,
            rank: RankBy::AgeThenAmount,
            willingness: WillingnessSettings::default(),
            own: Vec::new(),
        }
    }
}

impl Default for WillingnessSettings {
    fn default() -> Self {
        Self {
            evidence_days: 365,
            least_criteria: 2,
            threshold: 300,
            beliefs_about_paying: 1,
            self_direction: 1,
            willingness_to_concede: 1,
        }
    }
}

/// What is wrong with settings that could be read.
pub(crate) fn problems(settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut share = |path: &str, value: u16| {
        if value > 1000 {
            problems.push(problem(
                path,
                format!("is {value}; a share is at most 1000 thousandths"),
            ));
        }
    };
    share("/slow_share", settings.slow_share);
    share("/frequent_share", settings.frequent_share);
    share("/dispute_share", settings.dispute_share);
    share("/margin", settings.margin);
    share("/willingness/threshold", settings.willingness.threshold);
    if settings.window_days == 0 {
        problems.push(problem(
            "/window_days",
            "is 0; payments of at least one day must count",
        ));
    }
    let willingness = &settings.willingness;
    if !(1..=4).contains(&willingness.least_criteria) {
        problems.push(problem(
            "/willingness/least_criteria",
            "must be 1 to 4: there are four criteria",
        ));
    }
    if willingness.beliefs_about_paying == 0
        && willingness.self_direction == 0
        && willingness.willingness_to_concede == 0
    {
        problems.push(problem(
            "/willingness",
            "at least one of the three weights must be above 0",
        ));
    }
    for (index, own) in settings.own.iter().enumerate() {
        if own.segment.is_empty() {
            problems.push(problem(
                format!("/own/{index}/segment"),
                "is empty; name the segment",
            ));
        }
        if own.country.as_ref().is_some_and(|country| country.len() != 2) {
            problems.push(problem(
                format!("/own/{index}/country"),
                "must be two letters, such as \"BE\"",
            ));
        }
    }
    problems
}
