//! Whether a debtor cannot or will not pay: on the four recorded criteria alone, and unknown stays unknown.

use maan_policy::reason::{count, day};
use maan_policy::types::{Conversation, Criterion, Day, PerMille, Willingness};
use maan_policy::{reason, slots::Weighed};

use crate::settings::WillingnessSettings;

/// What the evidence says.
#[derive(Debug, PartialEq)]
pub(crate) struct Judgement {
    pub willingness: Willingness,
    pub confidence: PerMille,
    pub evidence: Vec<Weighed>,
    /// Criteria on which something is recorded.
    pub criteria: usize,
}

/// Mean leaning of the evidence on one criterion.
#[derive(Clone, Copy, Default)]
struct Leaning {
    sum: i64,
    number: i64,
}

impl Leaning {
    fn mean(self) -> Option<i64> {
        (self.number > 0).then(|| self.sum / self.number)
    }
}

/// Judges the recorded evidence. `in_force` holds on with a lower threshold, so that a judgement does not flicker.
pub(crate) fn judge(
    settings: &WillingnessSettings,
    margin: PerMille,
    today: Day,
    conversation: &Conversation,
    in_force: Willingness,
) -> Judgement {
    let mut leanings = [Leaning::default(); 4];
    let [beliefs, direction, concede, room] = &mut leanings;
    let mut evidence = Vec::new();
    for piece in &conversation.evidence {
        if today.saturating_sub(piece.on) > i32::from(settings.evidence_days) {
            continue;
        }
        let (leaning, code) = match piece.criterion {
            Criterion::BeliefsAboutPaying => (&mut *beliefs, "evidence.beliefs-about-paying"),
            Criterion::SelfDirection => (&mut *direction, "evidence.self-direction"),
            Criterion::WillingnessToConcede => (&mut *concede, "evidence.willingness-to-concede"),
            Criterion::FinancialRoom => (&mut *room, "evidence.financial-room"),
        };
        let weight = piece.leaning.clamp(-1000, 1000);
        leaning.sum += i64::from(weight);
        leaning.number += 1;
        evidence.push(Weighed {
            reason: reason!(code, day(piece.on), count(weight)),
            weight,
        });
    }
    let criteria = leanings.iter().filter(|leaning| leaning.number > 0).count();
    let [beliefs, direction, concede, room] = leanings.map(Leaning::mean);
    let weights = [
        settings.beliefs_about_paying,
        settings.self_direction,
        settings.willingness_to_concede,
    ];
    let attitude = weighted_mean([beliefs, direction, concede], weights);

    let threshold = |of: Willingness| {
        let kept = if of == in_force {
            1000 - i64::from(margin.min(1000))
        } else {
            1000
        };
        i64::from(settings.threshold) * kept / 1000
    };
    let (willingness, leaning) = if criteria < usize::from(settings.least_criteria) {
        (Willingness::Unknown, 0)
    } else {
        match (room, attitude) {
            (Some(room), _) if room <= -threshold(Willingness::Cannot) => (Willingness::Cannot, room),
            // Without a word on financial room nobody is said to be unwilling.
            (Some(_), Some(attitude)) if attitude <= -threshold(Willingness::WillNot) => {
                (Willingness::WillNot, attitude)
            }
            (_, Some(attitude)) if attitude >= threshold(Willingness::Pays) => (Willingness::Pays, attitude),
            _ => (Willingness::Unknown, 0),
        }
    };
    let confidence = leaning.unsigned_abs() * criteria as u64 / 4;
    Judgement {
        willingness,
        confidence: PerMille::try_from(confidence).unwrap_or(1000),
        evidence,
        criteria,
    }
}

fn weighted_mean(leanings: [Option<i64>; 3], weights: [u8; 3]) -> Option<i64> {
    let (mut sum, mut weight) = (0, 0);
    for (leaning, by) in leanings.into_iter().zip(weights) {
        if let Some(leaning) = leaning {
            sum += leaning * i64::from(by);
            weight += i64::from(by);
        }
    }
    (weight > 0).then(|| sum / weight)
}
