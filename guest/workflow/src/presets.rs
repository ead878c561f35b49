//! Flows that a user picks from.

use std::collections::BTreeMap;

use maan_policy::MajorAmount;
use maan_policy::actions::{Automation, HandOverTo, Tone};
use maan_policy::types::{Channel, Level};

use crate::settings::{
    Answers, CheckIn, Clause, Discount, Event, Extensions, FormalNotice, Hours, Outcome, Plans, Promises,
    Report, RestCause, Settings, Step, StopCause, Thanks, Trigger,
};

use Automation::{Approve, Automatic, Person};
use Trigger::{AfterDeadline, AfterDue, AfterEvent, AfterPrevious, BeforeDue};

/// Two automatic reminders soon after the due date, a credit report, a call, a last reminder, the hand-over.
pub(crate) fn strict() -> Settings {
    Settings {
        report: Report {
            before: vec![Level::Call1],
            ..Report::default()
        },
        ..settings(
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

/// A call right after the due date to learn why, then the end that brings in most: before cost is made it is known
/// who cannot pay and who will not. Small amounts get a message instead of a call.
pub(crate) fn result() -> Settings {
    let small = MajorAmount::whole(100);
    Settings {
        report: Report {
            before: vec![Level::Call1],
            ..Report::default()
        },
        plans: Plans {
            from: Level::Call2,
            most_offers: 1,
            ..Plans::default()
        },
        ..settings(
            vec![
                Step::new(Level::Notice1, BeforeDue(3), Automatic),
                Step {
                    skip_from: Some(small),
                    ..Step::new(Level::Reminder1, AfterDue(3), Automatic)
                },
                Step {
                    skip_below: small,
                    ..Step::new(Level::Call1, AfterDue(3), Person)
                },
                Step {
                    skip_below: small,
                    ..Step::new(
                        Level::Call2,
                        AfterEvent {
                            event: Event::NotReached,
                            days: 2,
                        },
                        Person,
                    )
                },
                last_reminder(7),
                hand_over(),
            ],
            2,
        )
    }
}

/// Ahead of trouble: notices a week, a day and hours before, check-ins, a discount for paying early, thanks.
pub(crate) fn proactive() -> Settings {
    let good = [
        "good-payer",
        "new-customer",
        "key-account",
        "forgetter",
        "occasional-late",
    ];
    let morning = Hours {
        from: 8 * 60,
        to: 12 * 60,
    };
    Settings {
        discount: Discount {
            share: 20,
            segments: owned(&good),
            ..Discount::default()
        },
        thanks: Thanks {
            after_payment: true,
            ..Thanks::default()
        },
        check_in: CheckIn {
            every_days: 120,
            segments: owned(&good),
            automation: Approve,
        },
        ..settings(
            vec![
                Step::new(Level::Notice1, BeforeDue(7), Automatic),
                Step {
                    tell_user: true,
                    ..Step::new(Level::Notice2, BeforeDue(1), Automatic)
                },
                Step {
                    hours: Some(morning),
                    not_segments: vec!["good-payer".into()],
                    ..Step::new(Level::Notice3, BeforeDue(0), Automatic)
                },
                Step::new(Level::Reminder1, AfterDue(4), Automatic),
                Step::new(Level::Reminder2, AfterPrevious(7), Automatic),
                Step::new(Level::Call1, AfterPrevious(5), Person),
                last_reminder(7),
                hand_over(),
            ],
            3,
        )
    }
}

/// Never on autopilot: a person sees each message and calls, offers come before pressure, and what has to be handed
/// over goes to social collecting.
pub(crate) fn personal() -> Settings {
    let good = [
        "good-payer",
        "forgetter",
        "new-customer",
        "key-account",
        "occasional-late",
    ];
    Settings {
        plans: Plans {
            from: Level::Reminder2,
            ..Plans::default()
        },
        extensions: Extensions {
            days: 30,
            segments: owned(&good),
            ..Extensions::default()
        },
        thanks: Thanks {
            after_payment: true,
            ..Thanks::default()
        },
        check_in: CheckIn {
            every_days: 180,
            segments: Vec::new(),
            automation: Person,
        },
        hand_over_to: HandOverTo::SocialCollecting,
        ..settings(
            vec![
                Step {
                    tone: Some(Tone::Friendly),
                    ..Step::new(Level::Reminder1, AfterDue(7), Approve)
                },
                Step::new(Level::Reminder2, AfterPrevious(10), Approve),
                Step::new(Level::Call1, AfterPrevious(5), Person),
                Step {
                    only_after: Some(Level::Call1),
                    ..Step::new(
                        Level::Call2,
                        AfterEvent {
                            event: Event::NotReached,
                            days: 3,
                        },
                        Person,
                    )
                },
                Step {
                    deadline_days: Some(14),
                    ..last_reminder(10)
                },
                hand_over(),
            ],
            5,
        )
    }
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

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
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
        flows: Vec::new(),
        paused_until: None,
        tones: tones(),
        channels: vec![Channel::Email, Channel::Letter, Channel::Sms, Channel::Whatsapp],
        preference_leads: true,
        minimum_interval_days,
        minimum_amount: MajorAmount::whole(5),
        tolerance: MajorAmount::whole(1),
        skip_levels: false,
        one_message: true,
        wait_for_deadline: true,
        bank_within_working_days: 2,
        valid_days: 5,
        hours: Hours::default(),
        stops: StopCause::ALL.into(),
        rests: RestCause::ALL.into(),
        answers: Answers::default(),
        promises: Promises::default(),
        direct_debit_days: 5,
        act_on_returns: true,
        credit_within_days: 14,
        formal_notice: FormalNotice::default(),
        plans: Plans::default(),
        extensions: Extensions::default(),
        discount: Discount::default(),
        thanks: Thanks::default(),
        check_in: CheckIn::default(),
        report: Report::default(),
        outcome: Outcome::default(),
        stop_situations: owned(&["debt-counselling", "debt-help", "debt-scheme"]),
        hand_over_to: HandOverTo::Agency,
        hand_over_by_segment: BTreeMap::new(),
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
