//! Flows that a user picks from.

use std::collections::BTreeMap;

use maan_policy::MajorAmount;
use maan_policy::actions::{Automation, HandOverTo, Tone};
use maan_policy::types::{Channel, Level};

use crate::settings::{Clause, FormalNotice, Hours, Plans, Promises, Settings, Step, Trigger};

use Automation::{Approve, Automatic, Person};
use Trigger::{AfterDeadline, AfterDue, AfterPrevious, BeforeDue};

/// Two automatic reminders soon after the due date, then a call, a last reminder, the hand-over.
pub(crate) fn strict() -> Settings {
    settings(
        vec![
            Step::new(Level::Reminder1, AfterDue(3), Automatic),
            Step::new(Level::Reminder2, AfterDue(6), Automatic),
            Step::new(Level::Call1, AfterPrevious(4), Person),
            last_reminder(3),
            hand_over(),
        ],
        3,
    )
}

/// A notice a week ahead, a reminder after so many days, a call so many days later, a last reminder, the agency.
pub(crate) fn process(reminder: u16, call: u16) -> Settings {
    settings(
        vec![
            Step::new(Level::Notice1, BeforeDue(7), Automatic),
            Step::new(Level::Reminder1, AfterDue(reminder), Automatic),
            Step::new(Level::Call1, AfterPrevious(call), Person),
            last_reminder(7),
            hand_over(),
        ],
        5,
    )
}

fn last_reminder(days: u16) -> Step {
    Step {
        deadline_days: Some(8),
        announces_next: true,
        ..Step::new(Level::LastReminder, AfterPrevious(days), Approve)
    }
}

fn hand_over() -> Step {
    Step {
        minimum_amount: MajorAmount::whole(50),
        not_segments: vec!["cannot-pay".into()],
        ..Step::new(Level::HandOver, AfterDeadline(3), Person)
    }
}

fn settings(steps: Vec<Step>, minimum_interval_days: u16) -> Settings {
    let by_person = [
        ("key-account", Approve),
        ("disputes", Approve),
        ("cannot-pay", Approve),
    ];
    let steps = steps
        .into_iter()
        .map(|step| match step.automation {
            Automatic if step.level >= Level::Reminder1 => Step {
                automation_by_segment: by_person.map(|(segment, level)| (segment.into(), level)).into(),
                ..step
            },
            _ => step,
        })
        .collect();
    Settings {
        steps,
        tones: tones(),
        channels: vec![Channel::Email, Channel::Letter, Channel::Sms, Channel::Whatsapp],
        minimum_interval_days,
        minimum_amount: MajorAmount::whole(5),
        skip_levels: false,
        bank_within_working_days: 2,
        valid_days: 5,
        hours: Hours::default(),
        promises: Promises::default(),
        direct_debit_days: 5,
        formal_notice: FormalNotice::default(),
        plans: Plans::default(),
        stop_situations: vec![
            "debt-counselling".into(),
            "debt-help".into(),
            "debt-scheme".into(),
        ],
        hand_over_to: HandOverTo::Agency,
        clause: Clause::default(),
    }
}

fn tones() -> BTreeMap<String, Tone> {
    [
        ("forgetter", Tone::Understanding),
        ("good-payer", Tone::Friendly),
        ("new-customer", Tone::Friendly),
        ("key-account", Tone::Friendly),
        ("occasional-late", Tone::Friendly),
        ("slow-payer", Tone::Neutral),
        ("disputes", Tone::Neutral),
        ("frequent-late", Tone::Firm),
        ("will-not-pay", Tone::Firm),
        ("cannot-pay", Tone::Understanding),
    ]
    .map(|(segment, tone)| (segment.into(), tone))
    .into()
}

impl Default for Settings {
    fn default() -> Self {
        process(14, 7)
    }
}
