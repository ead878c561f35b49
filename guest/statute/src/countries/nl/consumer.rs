//! What a consumer is protected against.

use super::announcement::announce;
use super::articles as law;
use super::charges;
use super::fourteen_day_letter::{Carrier, last_day};
use super::guard::is_formal_demand;
use super::letters_sent::{Letter, Standing, governing, letters};
use super::rates::VERIFIED_THROUGH;
use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::verdict::{amended, amendment, no_charges, veto};
use maan_policy::actions::{ActionKind, Proposal};
use maan_policy::reason;
use maan_policy::reason::day;
use maan_policy::slots::Answer;
use maan_policy::types::{Failure, Level, Reason};

/// The claims of a proposal beside the letters that were sent about them.
struct Position {
    /// Claims of the proposal that may be charged.
    claims: Vec<Claim>,
    all: Vec<Claim>,
    letters: Vec<Letter>,
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
        let letters = letters(inquiry, &all, on);
        Self { claims, all, letters }
    }

    /// What the last letter on a claim is worth.
    fn standing(&self, inquiry: &Inquiry, claim: &Claim, on: Day) -> Option<Standing> {
        governing(&self.letters, claim).map(|letter| letter.standing(inquiry, &self.all, &self.letters, on))
    }

    /// The latest last day among letters that are still running.
    fn running_through(&self, inquiry: &Inquiry, on: Day) -> Option<Day> {
        let standings = self
            .claims
            .iter()
            .filter_map(|claim| self.standing(inquiry, claim, on));
        let running = standings.filter_map(|standing| match standing {
            Standing::Running(last) => Some(last),
            _ => None,
        });
        running.max()
    }

    /// Whether every claim has a letter whose term ran out.
    fn all_ran_out(&self, inquiry: &Inquiry, on: Day) -> bool {
        let ran_out = |claim| matches!(self.standing(inquiry, claim, on), Some(Standing::RanOut(_)));
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
    let running = position.running_through(inquiry, leaves);
    if formal {
        return formal_demand(inquiry, proposal, text, leaves, &position, running);
    }
    if position.all_ran_out(inquiry, leaves) || (announces && !hand_over && running.is_some()) {
        return Ok(Answer::Allow);
    }
    let last = running.unwrap_or_else(|| last_day_if_sent(inquiry, leaves));
    if !hand_over {
        return Ok(veto(
            &[law::THREATS, law::LETTER],
            None,
            reason!("announces-too-early"),
        ));
    }
    let code = if running.is_some() {
        "hand-over-before-term-ends"
    } else {
        "hand-over-without-letter"
    };
    Ok(veto(
        &[law::LETTER, law::LETTER_CASE_LAW],
        Some(last + 1),
        reason!(code, day(last + 1)),
    ))
}

/// A last reminder or formal notice: the letter itself, or a demand after it.
fn formal_demand(
    inquiry: &Inquiry,
    proposal: &Proposal,
    text: &str,
    leaves: Day,
    position: &Position,
    running: Option<Day>,
) -> Result<Answer, Failure> {
    if let Some(last) = running {
        let reason = reason!("letter-running", day(last));
        return Ok(veto(&[law::LETTER, law::LETTER_CASE_LAW], Some(last + 1), reason));
    }
    if position.all_ran_out(inquiry, leaves) {
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
    let letters = letters(inquiry, claims, on);
    let sent = owed
        .iter()
        .filter_map(|claim| governing(&letters, claim))
        .filter_map(|letter| match letter.standing(inquiry, claims, &letters, on) {
            Standing::Running(last) | Standing::RanOut(last) => Some(last),
            Standing::Void(_) => None,
        });
    Some(sent.max().unwrap_or_else(|| last_day_if_sent(inquiry, on)))
}
