//! The rules as they are where nothing is set.

use std::collections::BTreeMap;

use maan_policy::MajorAmount;
use maan_policy::actions::Automation;
use maan_policy::types::{DebtorKind, Level};

use super::{
    Answers, CheckIn, Clause, Discount, Extensions, FormalNotice, Hours, Outcome, PaymentMethod, Plans,
    Promises, Report, Thanks,
};

impl Default for Hours {
    fn default() -> Self {
        Self {
            from: 9 * 60,
            to: 17 * 60,
        }
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            copy_days: 7,
            paid_days: 5,
            dispute_days: 5,
        }
    }
}

impl Default for Promises {
    fn default() -> Self {
        Self {
            grace_days: 2,
            thanks: true,
            broken_hurries: true,
        }
    }
}

impl Default for FormalNotice {
    fn default() -> Self {
        Self {
            countries: vec!["NL".into()],
            deadline_days: 16,
        }
    }
}

impl Default for Plans {
    fn default() -> Self {
        Self {
            offer: true,
            from: Level::LastReminder,
            max_instalments: 12,
            max_by_segment: BTreeMap::new(),
            adapt: true,
            min_instalment: MajorAmount::whole(25),
            interval_days: 30,
            first_within_days: 14,
            offer_again_days: 14,
            most_offers: 2,
            grace_days: 2,
            missed_days: 8,
            lapses: false,
        }
    }
}

impl Default for Extensions {
    fn default() -> Self {
        Self {
            days: 0,
            segments: Vec::new(),
            maximum_amount: MajorAmount::whole(2500),
        }
    }
}

impl Default for Discount {
    fn default() -> Self {
        Self {
            share: 0,
            within_days: 8,
            minimum_amount: MajorAmount::whole(500),
            segments: Vec::new(),
            automation: Automation::Person,
        }
    }
}

impl Default for Thanks {
    fn default() -> Self {
        Self {
            after_payment: false,
            within_days: 7,
        }
    }
}

impl Default for CheckIn {
    fn default() -> Self {
        Self {
            every_days: 0,
            segments: Vec::new(),
            automation: Automation::Person,
        }
    }
}

impl Default for Report {
    fn default() -> Self {
        Self {
            before: Vec::new(),
            kinds: vec![DebtorKind::Business],
            minimum_amount: MajorAmount::whole(250),
            valid_days: 180,
            lead_days: 3,
            wait_days: 3,
            risky_from: 100,
        }
    }
}

impl Default for Outcome {
    fn default() -> Self {
        Self {
            weigh: true,
            court_cost: MajorAmount::whole(500),
            court_cost_share: 100,
            agency_share: None,
            agency_cost: MajorAmount::default(),
            plan_share: None,
            write_off_small: true,
            hopeless_from: 500,
            long_plan_instalments: 60,
            after_days: 14,
            ask: true,
        }
    }
}

impl Default for Clause {
    fn default() -> Self {
        Self {
            term_days: 30,
            payment_methods: vec![PaymentMethod::BankTransfer],
        }
    }
}
