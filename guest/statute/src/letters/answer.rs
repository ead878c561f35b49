//! The answer to a demand or a hand-over where costs depend on a letter.

use super::announcement::announce;
use super::sent::{Letters, Standing};
use super::{Carrier, LetterRule};
use crate::answer::is_formal_demand;
use crate::calendar::Day;
use crate::charges::{self, Scope};
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use crate::verdict::{amended, amendment, articles, veto};
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
        !self.claims.is_empty() && self.claims.iter().all(|claim| self.ran_out(claim, on))
    }

    fn ran_out(&self, claim: &Claim, on: Day) -> bool {
        matches!(self.letters.standing(claim, on), Some(Standing::RanOut(_)))
    }

    /// Whether nothing more can be asked before the next step: every claim has a letter whose term ran out, or was
    /// demanded in vain while no letter could announce costs on it beside earlier ones.
    fn is_exhausted(&self, inquiry: &Inquiry, on: Day) -> bool {
        let rest = self.claims.iter().filter(|claim| !self.ran_out(claim, on));
        let rest: Vec<Claim> = rest.cloned().collect();
        let demanded = |claim| charges::demanded_through(inquiry, claim, on).is_some();
        rest.iter().all(demanded)
            && (rest.is_empty() || self.letters.new_costs(inquiry, &self.all, &rest, on).costs == 0)
    }
}

/// The answer to a proposal to a consumer under a rule on letters.
pub fn answer(
    rule: &LetterRule,
    inquiry: &Inquiry,
    proposal: &Proposal,
    text: &str,
    leaves: Day,
) -> Result<Answer, Failure> {
    let hand_over = proposal.kind == ActionKind::HandOver;
    let formal = is_formal_demand(proposal);
    let announces = proposal.announces == Level::HandOver;
    if !hand_over && !formal && !announces {
        return Ok(Answer::Allow);
    }
    let position = Position::new(inquiry, proposal, leaves);
    if position.claims.is_empty() {
        return Ok(veto(rule.letter, None, reason!("nothing-chargeable")));
    }
    if let Some(reason) = charges::costs_unclaimed(inquiry) {
        if !hand_over && !formal {
            return Ok(Answer::Allow);
        }
        return charged_as_now(rule, inquiry, proposal, leaves, &position, reason);
    }
    if formal {
        return formal_demand(rule, inquiry, proposal, text, leaves, &position);
    }
    let running = position.running_through(leaves);
    if position.is_exhausted(inquiry, leaves) || (!hand_over && running.is_some()) {
        return Ok(Answer::Allow);
    }
    if !hand_over {
        return Ok(veto(rule.threats, None, reason!("announces-too-early")));
    }
    Ok(hand_over_veto(rule, inquiry, leaves, &position, running))
}

/// Hand-over waits until the day after a term: the one that runs, or that of a letter posted as soon as possible.
fn hand_over_veto(
    rule: &LetterRule,
    inquiry: &Inquiry,
    leaves: Day,
    position: &Position,
    running: Option<Day>,
) -> Answer {
    let posted = || position.competing_through(leaves).map_or(leaves, |last| last + 1);
    let earliest = running.unwrap_or_else(|| last_day_if_sent(rule, inquiry, posted())) + 1;
    let code = if running.is_some() {
        "hand-over-before-term-ends"
    } else {
        "hand-over-without-letter"
    };
    let mut reasons = vec![reason!(code, day(earliest))];
    let defect = |claim| charges::defect_on(&position.letters, claim, leaves);
    reasons.extend(position.claims.iter().find_map(defect));
    Answer::Veto(Veto {
        articles: articles(rule.letter),
        earliest: Some(earliest),
        reasons,
    })
}

/// A last reminder or formal notice: the letter itself, or a demand after it.
fn formal_demand(
    rule: &LetterRule,
    inquiry: &Inquiry,
    proposal: &Proposal,
    text: &str,
    leaves: Day,
    position: &Position,
) -> Result<Answer, Failure> {
    if let Some(last) = position.competing_through(leaves) {
        let reason = reason!("letter-running", day(last));
        return Ok(veto(rule.letter, Some(last + 1), reason));
    }
    if position.all_ran_out(leaves) {
        return charged_as_now(
            rule,
            inquiry,
            proposal,
            leaves,
            position,
            reason!("costs-due-by-letter"),
        );
    }
    if leaves > rule.verified_through {
        let reason = reason!("no-new-charges-unverified", day(rule.verified_through));
        if proposal.level == Level::FormalNotice {
            return Ok(veto(rule.amount, None, reason));
        }
        return charged_as_now(rule, inquiry, proposal, leaves, position, reason);
    }
    if position.letters.sent_on(leaves) {
        // Rows of one day over one way are one letter, so two could not be told apart.
        let reason = reason!("letter-of-today");
        return Ok(veto(rule.letter, Some(leaves + 1), reason));
    }
    let now = charges::assess(inquiry, &position.all, Scope::Open(&proposal.items), leaves)?.charges;
    let new = position
        .letters
        .new_costs(inquiry, &position.all, &position.claims, leaves);
    announce(rule, inquiry, proposal, text, leaves, now, new)
}

/// The proposal goes with the charges of the day, and announces no others.
fn charged_as_now(
    rule: &LetterRule,
    inquiry: &Inquiry,
    proposal: &Proposal,
    leaves: Day,
    position: &Position,
    reason: Reason,
) -> Result<Answer, Failure> {
    let now = charges::assess(inquiry, &position.all, Scope::Open(&proposal.items), leaves)?.charges;
    Ok(amended(Answer::Amend(amendment(rule.letter, reason)), |change| {
        change.charges = Some(now)
    }))
}

/// The last day to pay without costs after a letter that leaves by post on a day.
pub fn last_day_if_sent(rule: &LetterRule, inquiry: &Inquiry, leaves: Day) -> Day {
    (rule.last_day)(leaves, Carrier::Post, inquiry.settings.delivery_margin_days)
}

/// The last day to pay without costs after the letter that was sent, or would be sent by post.
pub fn last_day_without_costs(
    rule: &LetterRule,
    inquiry: &Inquiry,
    claims: &[Claim],
    on: Day,
) -> Option<Day> {
    let owed: Vec<&Claim> = claims.iter().filter(|claim| claim.open > 0).collect();
    if owed.is_empty() {
        return None;
    }
    let letters = Letters::of(inquiry, claims, on);
    let sent = owed.iter().filter_map(|claim| match letters.standing(claim, on) {
        Some(Standing::Running(last) | Standing::RanOut(last)) => Some(last),
        _ => None,
    });
    Some(sent.max().unwrap_or_else(|| last_day_if_sent(rule, inquiry, on)))
}
