//! What a business sets about its segments. A threshold of 0 switches its rule off.

use maan_policy::MajorAmount;
use maan_policy::settings::problem;
use maan_policy::types::{CompanySize, DebtorKind, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings of the segmentation. A threshold of 0 switches its rule off.
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
    /// Key accounts: companies of this size or larger; `unknown` for none.
    pub key_account_size: CompanySize,
    /// Key accounts: paid at least this much in the last year; "0" for size alone.
    pub key_account_turnover: MajorAmount,
    /// How far below its threshold a debtor must come to leave a segment, in thousandths of the threshold.
    pub margin: u16,
    /// A debtor who pays better stays in the segment for so many days before moving to a milder one.
    pub stay_days: u16,
    /// What comes first in the worklist.
    pub rank: RankBy,
    /// How willingness to pay is judged.
    pub willingness: Willingness,
    /// The business's own segments. The first that fits counts.
    pub own: Vec<OwnSegment>,
    /// The business's own traits, beside the segment. All that fit count.
    pub own_traits: Vec<OwnTrait>,
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

/// How willingness to pay is judged: on the four criteria as recorded in conversations, with the credit report and
/// behaviour beside them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Willingness {
    /// Whether willingness is judged at all.
    pub judged: bool,
    /// Evidence older than so many days no longer counts.
    pub evidence_days: u16,
    /// Something must be known on at least so many of the four criteria.
    pub least_criteria: u8,
    /// At least so many pieces of evidence must come from conversations: a report and behaviour alone judge nobody.
    pub least_recorded: u8,
    /// How far evidence must lean to one side, from 0 to 1000.
    pub threshold: u16,
    /// Weight of beliefs about paying.
    pub beliefs_about_paying: u8,
    /// Weight of self-direction.
    pub self_direction: u8,
    /// Weight of willingness to concede.
    pub willingness_to_concede: u8,
    /// How far it leans when the right person says to be unable or unwilling, or asks for a plan or for debt help.
    pub said: u16,
    /// Situations that speak of no financial room.
    pub situations: Vec<String>,
    /// How far a credit report leans on financial room.
    pub report: u16,
    /// A report is good for so many days.
    pub report_days: u16,
    /// A report of at least this chance of failing within a year, in thousandths, speaks of no financial room.
    pub report_weak: u16,
    /// Facts in a report that speak of no financial room.
    pub report_marks: Vec<String>,
    /// How far behaviour leans: promises kept and broken, disputes without ground, returned direct debits.
    pub behaviour: u16,
    /// The judgement ends when nothing is overdue and something was paid since the last evidence.
    pub ends_when_paid: bool,
}

/// A segment of the business's own.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OwnSegment {
    /// Key of the segment.
    pub segment: String,
    /// Whom it fits.
    pub when: When,
}

/// A trait of the business's own.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OwnTrait {
    /// Key of the trait.
    pub key: String,
    /// Value of the trait.
    pub value: String,
    /// Whom it fits.
    pub when: When,
}

/// Conditions on master data and behaviour; all that are given must hold. What is left out fits everyone.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// Start of the sector code.
    pub sector: Option<String>,
    /// Two letters, such as "BE".
    pub country: Option<String>,
    /// Kind of debtor.
    pub kind: Option<DebtorKind>,
    /// This size or larger.
    pub size: Option<CompanySize>,
    /// A trait of the debtor's master data: its key and value.
    #[serde(rename = "trait")]
    pub master_trait: Option<(String, String)>,
    /// A customer for at least so many days.
    pub customer_days: Option<u16>,
    /// At least this share of invoices late, in thousandths.
    pub late_share: Option<u16>,
    /// Late by at least so many days, weighted by amount, what is open included.
    pub days_late: Option<u16>,
    /// At least so many promises broken in two years.
    pub broken_promises: Option<u16>,
    /// At least so many disputes settled in two years.
    pub disputes: Option<u16>,
    /// Paid at least this much in the last year.
    pub turnover: Option<MajorAmount>,
    /// At least this much is overdue.
    pub overdue: Option<MajorAmount>,
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
            stay_days: 14,
            rank: RankBy::AgeThenAmount,
            willingness: Willingness::default(),
            own: Vec::new(),
            own_traits: Vec::new(),
        }
    }
}

impl Default for Willingness {
    fn default() -> Self {
        Self {
            judged: true,
            evidence_days: 365,
            least_criteria: 2,
            least_recorded: 1,
            threshold: 300,
            beliefs_about_paying: 1,
            self_direction: 1,
            willingness_to_concede: 1,
            said: 500,
            situations: vec!["debt-counselling".into(), "income-loss".into()],
            report: 600,
            report_days: 180,
            report_weak: 100,
            report_marks: vec!["attachment".into()],
            behaviour: 300,
            ends_when_paid: true,
        }
    }
}

/// What is wrong with settings that could be read.
pub(crate) fn problems(settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    let willingness = &settings.willingness;
    for (path, value) in [
        ("/slow_share", settings.slow_share),
        ("/frequent_share", settings.frequent_share),
        ("/dispute_share", settings.dispute_share),
        ("/margin", settings.margin),
        ("/willingness/threshold", willingness.threshold),
        ("/willingness/said", willingness.said),
        ("/willingness/report", willingness.report),
        ("/willingness/report_weak", willingness.report_weak),
        ("/willingness/behaviour", willingness.behaviour),
    ] {
        if value > 1000 {
            problems.push(problem(
                path,
                format!("is {value}; must be at most 1000 thousandths"),
            ));
        }
    }
    if settings.window_days == 0 {
        problems.push(problem(
            "/window_days",
            "is 0; payments of at least one day must count",
        ));
    }
    if !(1..=4).contains(&willingness.least_criteria) {
        problems.push(problem(
            "/willingness/least_criteria",
            "must be 1 to 4: there are four criteria",
        ));
    }
    let attitude = [
        willingness.beliefs_about_paying,
        willingness.self_direction,
        willingness.willingness_to_concede,
    ];
    if attitude == [0; 3] {
        problems.push(problem(
            "/willingness",
            "at least one of the three weights must be above 0",
        ));
    }
    for (index, own) in settings.own.iter().enumerate() {
        if !is_key(&own.segment) {
            problems.push(problem(
                format!("/own/{index}/segment"),
                "must have a name of at most 100 bytes",
            ));
        }
        problems.extend(wrong_country(&own.when, || format!("/own/{index}")));
    }
    for (index, own) in settings.own_traits.iter().enumerate() {
        if !is_key(&own.key) {
            problems.push(problem(
                format!("/own_traits/{index}/key"),
                "must have a name of at most 100 bytes",
            ));
        }
        problems.extend(wrong_country(&own.when, || format!("/own_traits/{index}")));
    }
    problems
}

fn is_key(key: &str) -> bool {
    (1..=100).contains(&key.len())
}

fn wrong_country(when: &When, place: impl Fn() -> String) -> Option<Problem> {
    let wrong = when.country.as_ref().is_some_and(|country| country.len() != 2);
    wrong.then(|| {
        problem(
            format!("{}/when/country", place()),
            "must be two letters, such as \"BE\"",
        )
    })
}
