//! Which fourteen-day letters were sent, and which of them make collection costs due.
//!
//! The last letter on a claim counts. It is void when its arrival cannot be shown, when it named no last day or
//! one too early, when the debtor was not in default yet, when its costs were higher than the law allows, or when
//! an earlier letter with other costs was still running. To judge its costs, the items that it covered stay in
//! the case for as long as the round runs, paid ones too.

use super::collection_costs::{SMALL_INSTALMENT, SMALL_INSTALMENTS_CAP, fee, with_vat};
use super::fourteen_day_letter::{Carrier, carrier, last_day};
use crate::calendar::Day;
use crate::claims::Claim;
use crate::inquiry::Inquiry;
use maan_policy::types::{ItemIndex, Level};

/// Days of half a year, over which costs of small instalments are capped.
const HALF_YEAR: Day = 183;

/// A letter that announced costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The day on which it was sent.
    pub sent: Day,
    level: Level,
    carrier: Option<Carrier>,
    proof: bool,
    deadline: Option<Day>,
    /// Costs announced.
    pub announced: i64,
    items: Vec<ItemIndex>,
}

/// Why a letter makes no costs due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// Its arrival cannot be shown.
    NotProvable,
    /// It named no last day.
    NoDeadline,
    /// It named a day earlier than this one.
    TooEarly(Day),
    /// It was sent before the debtor was in default.
    BeforeDefault,
    /// It announced more than this.
    TooHigh(i64),
    /// Another letter with other costs was still running.
    Competing,
}

/// What a letter is worth on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The debtor can still pay without costs through this day.
    Running(Day),
    /// The term ended on this day: costs are due.
    RanOut(Day),
    /// No costs, and a new letter is needed.
    Void(Defect),
}

/// The letters that announced costs in the running round of the claims, sent on or before `on`, oldest first.
pub fn letters(inquiry: &Inquiry, claims: &[Claim], on: Day) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let announcing = inquiry
        .case
        .steps_done
        .iter()
        .filter(|step| step.announced_costs > 0 && step.on <= on);
    for step in announcing {
        if !claims
            .iter()
            .any(|claim| claim.item == step.item && claim.round == step.round)
        {
            continue;
        }
        let carrier = carrier(step.channel);
        let same = letters
            .iter_mut()
            .find(|letter| letter.sent == step.on && letter.level == step.level && letter.carrier == carrier);
        match same {
            Some(letter) => {
                letter.items.push(step.item);
                letter.proof &= step.proof;
                letter.announced = letter.announced.max(step.announced_costs);
                letter.deadline = letter.deadline.min(step.deadline);
            }
            None => letters.push(Letter {
                sent: step.on,
                level: step.level,
                carrier,
                proof: step.proof,
                deadline: step.deadline,
                announced: step.announced_costs,
                items: vec![step.item],
            }),
        }
    }
    letters.sort_by_key(|letter| (letter.sent, letter.level));
    letters
}

impl Letter {
    /// Whether the letter is about the claim.
    pub fn covers(&self, claim: &Claim) -> bool {
        self.items.contains(&claim.item)
    }

    /// What the letter is worth on a day, beside the other letters.
    pub fn standing(&self, inquiry: &Inquiry, claims: &[Claim], letters: &[Letter], on: Day) -> Standing {
        match self.term(inquiry, claims, letters) {
            Err(defect) => Standing::Void(defect),
            Ok(last) if on <= last => Standing::Running(last),
            Ok(last) => Standing::RanOut(last),
        }
    }

    /// The last day to pay without costs, of a letter without defect.
    fn term(&self, inquiry: &Inquiry, claims: &[Claim], letters: &[Letter]) -> Result<Day, Defect> {
        let last = self.last_day()?;
        let covered = || claims.iter().filter(|claim| self.covers(claim));
        if covered().any(|claim| self.sent <= claim.due) {
            return Err(Defect::BeforeDefault);
        }
        let principal = covered().fold(0i64, |sum, claim| {
            sum.saturating_add(claim.demandable(inquiry.case, self.sent))
        });
        let allowed = vat_where_due(inquiry, fee(principal));
        if self.announced > allowed {
            return Err(Defect::TooHigh(allowed));
        }
        let competes = |other: &Letter| {
            other != self
                && other.sent <= self.sent
                && other.announced != self.announced
                && claims
                    .iter()
                    .any(|claim| self.covers(claim) && other.covers(claim))
                && other.last_day().is_ok_and(|last| self.sent <= last)
        };
        if letters.iter().any(competes) {
            return Err(Defect::Competing);
        }
        Ok(last)
    }

    /// The named last day, if it leaves the debtor enough time.
    fn last_day(&self) -> Result<Day, Defect> {
        let carrier = match self.carrier {
            Some(Carrier::Post) => Carrier::Post,
            Some(Carrier::Email) if self.proof => Carrier::Email,
            _ => return Err(Defect::NotProvable),
        };
        let named = self.deadline.ok_or(Defect::NoDeadline)?;
        let least = last_day(self.sent, carrier, 0);
        if named < least {
            Err(Defect::TooEarly(least))
        } else {
            Ok(named)
        }
    }
}

/// The letter that counts for a claim: the last one.
pub fn governing<'l>(letters: &'l [Letter], claim: &Claim) -> Option<&'l Letter> {
    letters.iter().rev().find(|letter| letter.covers(claim))
}

/// Costs on the owed claims that are due by letters whose term ran out, each with the first day on which they are due.
/// Each is over what was unpaid when its term ended, never more than it announced; together never more than the
/// fee over all of it at once.
pub fn costs_due(
    inquiry: &Inquiry,
    claims: &[Claim],
    owed: &[&Claim],
    letters: &[Letter],
    on: Day,
) -> Vec<(Day, i64)> {
    let mut due = Vec::new();
    let mut unpaid_of_all = 0i64;
    let mut so_far = 0i64;
    for letter in letters {
        let Standing::RanOut(last) = letter.standing(inquiry, claims, letters, on) else {
            continue;
        };
        let governed = owed
            .iter()
            .filter(|claim| governing(letters, claim) == Some(letter));
        let unpaid = governed.fold(0i64, |sum, claim| sum.saturating_add(claim.unpaid_after(last)));
        unpaid_of_all = unpaid_of_all.saturating_add(unpaid);
        let cap = vat_where_due(inquiry, fee(unpaid_of_all)) - so_far;
        let costs = vat_where_due(inquiry, fee(unpaid))
            .min(letter.announced)
            .min(cap)
            .max(0);
        if costs > 0 {
            so_far += costs;
            due.push((last + 1, costs));
        }
    }
    due
}

/// Costs that a new letter on the claims announces, and whether the cap on small instalments lowered them. The
/// letter starts the term again for all of them, in the debtor's favour.
pub fn new_costs(inquiry: &Inquiry, claims: &[Claim], on: Day) -> (i64, bool) {
    let principal = claims
        .iter()
        .fold(0i64, |sum, claim| sum.saturating_add(claim.open));
    let costs = vat_where_due(inquiry, fee(principal));
    let small = inquiry.case.agreement.regular_supply
        && claims.iter().all(|claim| claim.original() < SMALL_INSTALMENT);
    if !small {
        return (costs, false);
    }
    let announced = announced_on_others(inquiry, claims, on - HALF_YEAR);
    let left = (vat_where_due(inquiry, SMALL_INSTALMENTS_CAP) - announced).max(0);
    (costs.min(left), left < costs)
}

/// Costs announced from a day on by letters on other items of the debtor.
fn announced_on_others(inquiry: &Inquiry, claims: &[Claim], from: Day) -> i64 {
    let mut seen: Vec<(Day, Level)> = Vec::new();
    let mut sum = 0i64;
    for step in inquiry
        .case
        .steps_done
        .iter()
        .filter(|step| step.announced_costs > 0 && step.on >= from)
    {
        let other = claims.iter().all(|claim| claim.item != step.item);
        if other && !seen.contains(&(step.on, step.level)) {
            seen.push((step.on, step.level));
            sum = sum.saturating_add(step.announced_costs);
        }
    }
    sum
}

/// With VAT where the creditor pays it, cannot deduct it and declares so.
pub fn vat_where_due(inquiry: &Inquiry, costs: i64) -> i64 {
    let due = inquiry.settings.vat_on_collection_costs && !inquiry.context.creditor.deducts_vat;
    if due { with_vat(costs) } else { costs }
}
