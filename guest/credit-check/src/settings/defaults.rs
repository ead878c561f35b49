//! What holds where a business sets nothing.

use maan_policy::MajorAmount;

use super::{Exposure, Hold, Limit, Reliability, Report, Review, Settings, Signals, Terms};

impl Default for Settings {
    fn default() -> Self {
        Self {
            exposure: Exposure::default(),
            limit: Limit::default(),
            reliability: Reliability::default(),
            report: Report::default(),
            terms: Terms::default(),
            hold: Hold::default(),
            signals: Signals::default(),
            review: Review::default(),
            persons_decide: true,
            counterfactual: true,
        }
    }
}

impl Default for Exposure {
    fn default() -> Self {
        Self {
            open: true,
            orders: true,
            quotations: false,
            unbilled: true,
            less_credits: true,
            group: true,
        }
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self {
            person: MajorAmount::whole(500),
            small: MajorAmount::whole(2_500),
            medium: MajorAmount::whole(10_000),
            large: MajorAmount::whole(50_000),
            months_of_turnover: 2,
            by_country: true,
            countries: ["BE", "DE", "FR", "LU", "NL"]
                .map(|country| (country.into(), 1000))
                .into(),
            abroad: 700,
            within_insured: true,
            most: MajorAmount::whole(250_000),
            none_when_insolvent: true,
            none_when_unwilling: true,
            raise_needs_approval: true,
            at_review: true,
            no_raise_when_late: true,
            in_steps: true,
            step_up: 250,
            step_down: 500,
        }
    }
}

impl Default for Reliability {
    fn default() -> Self {
        Self {
            counts: true,
            window_days: 730,
            grace_days: 5,
            least_payments: 3,
            good: 900,
            fair: 700,
            poor: 400,
            broken: 2,
            worth_good: 1500,
            worth_fair: 1000,
            worth_unknown: 500,
            worth_poor: 500,
            worth_bad: 200,
        }
    }
}

impl Default for Report {
    fn default() -> Self {
        Self {
            ask: true,
            needed_above: MajorAmount::whole(5_000),
            valid_days: 180,
            position: true,
            weak: 50,
            failing: 200,
            within_advised: true,
            advised_start: 500,
            worsened: 50,
            marks: vec!["attachment".into(), "late-filing".into()],
        }
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            term_days: 30,
            short_term_days: 14,
            most_prepaid: 500,
            bad_prepaid: 250,
            late_days: 14,
        }
    }
}

impl Default for Hold {
    fn default() -> Self {
        Self {
            after_days: 45,
            above: 1200,
            lead_days: 3,
            release: true,
            release_below: 900,
            release_lead_days: 0,
        }
    }
}

impl Default for Signals {
    fn default() -> Self {
        Self {
            later_days: 10,
            instalment_days: 5,
            broken_promises: 1,
            returned_debits: 1,
            review_days: 14,
        }
    }
}

impl Default for Review {
    fn default() -> Self {
        Self {
            accepted_days: 180,
            conditions_days: 60,
            other_days: 30,
        }
    }
}
