//! Letters that must precede costs towards a consumer: what a correct one says, which were sent, and what they made
//! due.

pub mod adding_up;
pub mod announcement;
pub mod answer;
pub mod sent;

use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::language::Language;
use crate::verdict::Source;
use maan_policy::types::{Channel, Reason};

/// How a letter travels, as far as it matters for when it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// By post, plain or registered, or by a bailiff, who is no slower.
    Post,
    /// By e-mail, with proof that it arrived.
    Email,
}

impl Carrier {
    /// The carrier of a channel; `None` where a letter with legal effect cannot go.
    pub fn of(channel: Channel) -> Option<Self> {
        match channel {
            Channel::Letter | Channel::RegisteredLetter | Channel::Bailiff => Some(Self::Post),
            Channel::Email => Some(Self::Email),
            _ => None,
        }
    }
}

/// What a country asks of the letter.
#[derive(Debug)]
pub struct LetterRule {
    /// Last day to pay without costs after a letter that was sent on a day, with days granted for slow post.
    pub last_day: fn(Day, Carrier, u8) -> Day,
    /// Highest costs over the principals that the letter is about, in euro cents.
    pub costs: fn(&Inquiry, &[i64]) -> i64,
    /// What is left of a cap on costs for a new letter on the claims, where one holds.
    pub cap: fn(&Inquiry, &[Claim], Day) -> Option<i64>,
    /// Why this creditor claims no costs, where that is so.
    pub unclaimed: fn(&Inquiry) -> Option<Reason>,
    /// The phrases that the letter must hold, code and wording.
    pub phrases: fn(&Inquiry, &Notice) -> Vec<(String, String)>,
    /// What a final text lacks (code of a phrase) or must not hold (the words).
    pub defect: fn(&Inquiry, &Notice, &str) -> Option<&'static str>,
    /// What else must be said to the person who sends it, as codes.
    pub remarks: fn(&Inquiry) -> Vec<&'static str>,
    /// Articles on the letter.
    pub letter: &'static [Source],
    /// Articles on the amount of the costs.
    pub amount: &'static [Source],
    /// Articles on the cap.
    pub capped: &'static [Source],
    /// Articles on announcing what will not or may not be done.
    pub threats: &'static [Source],
    /// Last day for which the amounts were checked.
    pub verified_through: Day,
}

/// What a letter that is about to leave says.
#[derive(Clone, Copy, Debug)]
pub struct Notice {
    /// In which language.
    pub language: Language,
    /// How it travels.
    pub carrier: Carrier,
    /// Costs in euro cents.
    pub costs: i64,
}
