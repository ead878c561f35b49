//! Hidden characters: when someone pays when left alone, and how they react to being contacted.

use serde::{Deserialize, Serialize};

/// What a debtor is like. The bookkeeping does not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Character {
    /// Pays around the due date.
    Loyal,
    /// Means to pay, forgets now and then, pays at once when reminded.
    Forgetter,
    /// Pays weeks late as a habit.
    Slow,
    /// Has no money; a plan helps.
    CannotPay,
    /// Has the money and does not pay until it hurts.
    WillNotPay,
    /// A large organisation that pays in runs.
    Multinational,
    /// A private person.
    Consumer,
    /// A self-employed person whose cash comes and goes.
    SoleTrader,
    /// Pays well, but complains often.
    Disputing,
}

impl Character {
    /// All characters with their share of a portfolio in thousandths.
    pub const SHARES: [(Self, u32); 9] = [
        (Self::Loyal, 375),
        (Self::Forgetter, 160),
        (Self::Slow, 150),
        (Self::CannotPay, 35),
        (Self::WillNotPay, 25),
        (Self::Multinational, 45),
        (Self::Consumer, 110),
        (Self::SoleTrader, 75),
        (Self::Disputing, 25),
    ];
}

/// How firm a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A notice before the due date, or a plain message.
    Notice,
    /// A first reminder.
    Reminder,
    /// A further, firmer reminder.
    Firm,
    /// The last one: notice of default, fourteen-day letter, hand-over.
    Final,
}

/// The way in which a debtor was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// An e-mail.
    Email,
    /// A letter on paper.
    Letter,
    /// A text message.
    Sms,
    /// A telephone call that was answered.
    Call,
}

/// Habit of a character; chances in thousandths, days relative to the due date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habit {
    /// Chance to pay in the `prompt` days; else in the `late` days.
    pub(crate) prompt_chance: u32,
    pub(crate) prompt: (i64, i64),
    /// Chance, once not prompt, to pay at all unasked.
    pub(crate) late_chance: u32,
    pub(crate) late: (i64, i64),
    /// Chance that a payment is only a part.
    pub(crate) part: u32,
    /// Chance that an invoice is disputed.
    pub(crate) dispute: u32,
    /// Chance to react to a first e-mailed reminder.
    pub(crate) reaction: u32,
    /// Days from reaction to payment.
    pub(crate) reacts_in: (i64, i64),
    /// What firmness adds to the reaction, in percent per level.
    pub(crate) firmness: u32,
    /// Chance to take an offered plan.
    pub(crate) plan: u32,
}

impl Character {
    pub(crate) fn habit(self) -> Habit {
        let base = Habit {
            prompt_chance: 960,
            prompt: (-9, 1),
            late_chance: 1000,
            late: (4, 11),
            part: 4,
            dispute: 3,
            reaction: 800,
            reacts_in: (1, 3),
            firmness: 10,
            plan: 20,
        };
        match self {
            Self::Loyal => base,
            Self::Forgetter => Habit {
                prompt_chance: 680,
                late_chance: 930,
                late: (24, 70),
                reaction: 720,
                reacts_in: (1, 4),
                ..base
            },
            Self::Slow => Habit {
                prompt_chance: 60,
                late: (12, 42),
                part: 30,
                reaction: 300,
                reacts_in: (3, 10),
                firmness: 35,
                ..base
            },
            Self::CannotPay => Habit {
                prompt_chance: 150,
                late_chance: 350,
                late: (50, 160),
                part: 550,
                reaction: 60,
                reacts_in: (5, 20),
                plan: 650,
                ..base
            },
            Self::WillNotPay => Habit {
                prompt_chance: 120,
                late_chance: 120,
                late: (90, 200),
                part: 60,
                dispute: 60,
                reaction: 15,
                reacts_in: (5, 15),
                firmness: 90,
                ..base
            },
            Self::Multinational => Habit {
                prompt_chance: 450,
                prompt: (-2, 6),
                late: (7, 30),
                part: 20,
                dispute: 35,
                reaction: 150,
                reacts_in: (4, 14),
                firmness: 40,
                ..base
            },
            Self::Consumer => Habit {
                prompt_chance: 700,
                prompt: (-12, 2),
                late_chance: 850,
                late: (10, 75),
                part: 15,
                dispute: 15,
                reaction: 520,
                reacts_in: (1, 7),
                firmness: 25,
                plan: 150,
            },
            Self::SoleTrader => Habit {
                prompt_chance: 520,
                prompt: (-5, 5),
                late_chance: 940,
                late: (7, 55),
                part: 120,
                reaction: 450,
                reacts_in: (1, 8),
                firmness: 20,
                plan: 250,
                ..base
            },
            Self::Disputing => Habit {
                prompt_chance: 820,
                late: (10, 45),
                dispute: 300,
                reaction: 400,
                ..base
            },
        }
    }

    /// Chance in thousandths that one contact about one invoice makes this debtor pay.
    pub(crate) fn reaction(self, channel: Channel, level: Level, annoyed: u32) -> u32 {
        let habit = self.habit();
        let firmness: u32 = match level {
            Level::Notice => return habit.reaction / 3,
            Level::Reminder => 100,
            Level::Firm => 100 + habit.firmness,
            Level::Final => 100 + habit.firmness * 3,
        };
        let weight: u32 = match channel {
            Channel::Email => 100,
            Channel::Sms => 110,
            Channel::Letter => 120,
            Channel::Call => 180,
        };
        let chance = u64::from(habit.reaction) * u64::from(firmness) * u64::from(weight) / 10_000;
        let dulled = chance * 100 / (100 + 60 * u64::from(annoyed));
        u32::try_from(dulled.min(960)).unwrap_or(960)
    }
}
