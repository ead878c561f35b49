//! What is wrong with settings that could be read.

use maan_policy::settings::problem;
use maan_policy::types::Problem;

use super::Settings;

/// What is wrong with settings that could be read.
pub(crate) fn problems(settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    let reliability = &settings.reliability;
    let rising = [reliability.poor, reliability.fair, reliability.good, 1000];
    if !rising.is_sorted() {
        problems.push(problem(
            "/reliability",
            "poor, fair and good must rise and be at most 1000",
        ));
    }
    let worth = [
        reliability.worth_bad,
        reliability.worth_poor,
        reliability.worth_unknown,
        reliability.worth_fair,
        reliability.worth_good,
    ];
    if !worth.is_sorted() {
        problems.push(problem(
            "/reliability",
            "worth_bad, worth_poor, worth_unknown, worth_fair and worth_good must rise: paying worse never earns more",
        ));
    }
    for (path, share) in [
        ("/limit/step_down", settings.limit.step_down),
        ("/terms/most_prepaid", settings.terms.most_prepaid),
        ("/terms/bad_prepaid", settings.terms.bad_prepaid),
        ("/report/weak", settings.report.weak),
        ("/report/failing", settings.report.failing),
    ] {
        if share > 1000 {
            problems.push(problem(
                path,
                format!("is {share}; a share is at most 1000 thousandths"),
            ));
        }
    }
    if settings.report.failing > 0 && settings.report.weak > settings.report.failing {
        problems.push(problem("/report/weak", "must not be above /report/failing"));
    }
    if settings.hold.above > 0 && settings.hold.release && settings.hold.release_below > settings.hold.above {
        problems.push(problem(
            "/hold/release_below",
            "must not be above /hold/above: it would be held again at once",
        ));
    }
    if let Some(country) = settings.limit.countries.keys().find(|country| country.len() != 2) {
        problems.push(problem(
            format!("/limit/countries/{country}"),
            "must be two letters, such as \"BE\"",
        ));
    }
    for (path, days) in [
        ("/review/accepted_days", settings.review.accepted_days),
        ("/review/conditions_days", settings.review.conditions_days),
        ("/review/other_days", settings.review.other_days),
        ("/signals/review_days", settings.signals.review_days),
    ] {
        if !(1..=731).contains(&days) {
            problems.push(problem(
                path,
                format!("is {days}; a review is 1 to 731 days ahead"),
            ));
        }
    }
    problems
}
