//! What a consumer is protected against.

use super::announcement::announce;
use super::articles as law;
use super::charges;
use super::fourteen_day_letter::{Carrier, last_day};
use super::guard::is_formal_demand;
use super::letters_sent::{Letters, Standing};
use super::rates::VERIFIED_THROUGH;
use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::verdict::{amended, amendment, articles, no_charges, veto};
use maan_policy::actions::{ActionKind, Proposal};
use maan_policy::reason;
use maan_policy::reason::day;
use maan_policy::slots::{Answer, Veto};
use maan_policy::types::{Failure, Level, Reason};

/// The claims of a proposal beside the letters that were sent about them.
struct Position {
    /// Claims of the proposal that may be charged.
    claims: Vec<Claim>,
    all: Vec<Claim>,
    letters: Letters,
}

impl Position {
    fn new(inquiry: &Inquiry, proposal: &Proposal, on: Day) -> Self {
        let all = inquiry.claims_on(on);
        let asked = |claim: &&Claim| proposal.items.is_empty() || proposal.items.contains(&claim.item);
        let claims = all
            .iter()
            .filter(|claim| claim.open > 0)
            .filter(asked)
            .cloned()
            .collect();
        let letters = Letters::of(inquiry, &all, on);
        Self { claims, all, letters }
    }

    /// The latest of the days that a rule gives for the claims.
    fn latest(&self, day: impl Fn(&Claim) -> Option<Day>) -> Option<Day> {
        self.claims.iter().filter_map(day).max()
    }

    /// The last day of the terms that are still running.
    fn running_through(&self, on: Day) -> Option<Day> {
        self.latest(|claim| match self.letters.standing(claim, on) {
            Some(Standing::Running(last)) => Some(last),
            _ => None,
        })
    }

    /// The last day on which a new letter would compete with one that was sent.
    fn competing_through(&self, on: Day) -> Option<Day> {
        self.latest(|claim| self.letters.competing_through(claim, on))
    }

    /// Whether every claim has a letter whose term ran out.
    fn all_ran_out(&self, on: Day) -> bool {
        let ran_out = |claim| matches!(self.letters.standing(claim, on), Some(Standing::RanOut(_)));
        !self.claims.is_empty() && self.claims.iter().all(ran_out)
    }
}

/// The answer to a proposal to a consumer.
pub fn answer(inquiry: &Inquiry, proposal: &Proposal, text: &str, leaves: Day) -> Result<Answer, Failure> {
    if proposal.kind == ActionKind::PlanOffer {
        return Ok(plan_without_charges());
    }
    let hand_over = proposal.kind == ActionKind::HandOver;
    let formal = is_formal_demand(proposal);
    let announces = proposal.announces == Level::HandOver;
    if !hand_over && !formal && !announces {
        return Ok(Answer::Allow);
    }
    let position = Position::new(inquiry, proposal, leaves);
    if position.claims.is_empty() {
        return Ok(veto(&[law::DEFAULT], None, reason!("nothing-chargeable")));
    }
    if let Some(reason) = charges::costs_unclaimed(inquiry) {
        if !hand_over && !formal {
            return Ok(Answer::Allow);
        }
        return charged_as_now(inquiry, proposal, leaves, &position, reason);
    }
    if formal {
        return formal_demand(inquiry, proposal, text, leaves, &position);
    }
    let running = position.running_through(leaves);
    if position.all_ran_out(leaves) || (!hand_over && running.is_some()) {
        return Ok(Answer::Allow);
    }
    if !hand_over {
        return Ok(veto(
            &[law::THREATS, law::LETTER],
            None,
            reason!("announces-too-early"),
        ));
    }
    Ok(hand_over_veto(inquiry, leaves, &position, running))
}

/// Hand-over waits until the day after a term: the one that runs, or that of a letter posted as soon as possible.
fn hand_over_veto(inquiry: &Inquiry, leaves: Day, position: &Position, running: Option<Day>) -> Answer {
    let posted = || position.competing_through(leaves).map_or(leaves, |last| last + 1);
    let earliest = running.unwrap_or_else(|| last_day_if_sent(inquiry, posted())) + 1;
    let code = if running.is_some() {
        "hand-over-before-term-ends"
    } else {
        "hand-over-without-letter"
    };
    let mut reasons = vec![reason!(code, day(earliest))];
    let defect = |claim| charges::defect_on(&position.letters, claim, leaves);
    reasons.extend(position.claims.iter().find_map(defect));
    let articles = articles(&[law::LETTER, law::LETTER_CASE_LAW]);
    Answer::Veto(Veto {
        articles,
        earliest: Some(earliest),
        reasons,
    })
}

/// A last reminder or formal notice: the letter itself, or a demand after it.
fn formal_demand(
    inquiry: &Inquiry,
    proposal: &Proposal,
    text: &str,
    leaves: Day,
    position: &Position,
) -> Result<Answer, Failure> {
    if let Some(last) = position.competing_through(leaves) {
        let reason = reason!("letter-running", day(last));
        return Ok(veto(&[law::LETTER, law::LETTER_CASE_LAW], Some(last + 1), reason));
    }
    if position.all_ran_out(leaves) {
        return charged_as_now(
            inquiry,
            proposal,
            leaves,
            position,
            reason!("costs-due-by-letter"),
        );
    }
    if leaves > VERIFIED_THROUGH {
        let reason = reason!("no-new-charges-unverified", day(VERIFIED_THROUGH));
        if proposal.level == Level::FormalNotice {
            return Ok(veto(&[law::TABLE], None, reason));
        }
        return charged_as_now(inquiry, proposal, leaves, position, reason);
    }
    let now = charges::assess(inquiry, &position.all, &proposal.items, leaves)?.charges;
    announce(inquiry, proposal, text, leaves, &position.claims, now)
}

/// The proposal goes with the charges of the day, and announces no others.
fn charged_as_now(
    inquiry: &Inquiry,
    proposal: &Proposal,
    leaves: Day,
    position: &Position,
    reason: Reason,
) -> Result<Answer, Failure> {
    let now = charges::assess(inquiry, &position.all, &proposal.items, leaves)?.charges;
    Ok(amended(
        Answer::Amend(amendment(&[law::LETTER], reason)),
        |change| change.charges = Some(now),
    ))
}

/// Interest or fees on a plan would make it consumer credit, for which the Dutch rules are not verified.
fn plan_without_charges() -> Answer {
    let reason = || reason!("plan-without-charges");
    let change = amendment(&[law::CONSUMER_CREDIT], reason());
    amended(Answer::Amend(change), |change| {
        change.charges = Some(no_charges(&[law::CONSUMER_CREDIT], reason()));
    })
}

/// The last day to pay without costs after a letter that leaves by post on a day.
pub fn last_day_if_sent(inquiry: &Inquiry, leaves: Day) -> Day {
    last_day(leaves, Carrier::Post, inquiry.settings.delivery_margin_days)
}

/// The last day to pay without costs after the letter that was sent, or would be sent by post.
pub fn last_day_without_costs(inquiry: &Inquiry, claims: &[Claim], on: Day) -> Option<Day> {
    let owed: Vec<&Claim> = claims.iter().filter(|claim| claim.open > 0).collect();
    if owed.is_empty() {
        return None;
    }
    let letters = Letters::of(inquiry, claims, on);
    let sent = owed.iter().filter_map(|claim| match letters.standing(claim, on) {
        Some(Standing::Running(last) | Standing::RanOut(last)) => Some(last),
        _ => None,
    });
    Some(sent.max().unwrap_or_else(|| last_day_if_sent(inquiry, on)))
}
