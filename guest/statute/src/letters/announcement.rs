//! The letter that is about to leave: its costs, its last day, its wording and its channel.

use super::adding_up::NewCosts;
use super::{Carrier, LetterRule, Notice};
use crate::calendar::{Day, is_known};
use crate::inquiry::Inquiry;
use crate::language::Language;
use crate::provable;
use crate::verdict::{amended, amendment, articles, veto};
use maan_policy::actions::Proposal;
use maan_policy::reason;
use maan_policy::reason::day;
use maan_policy::slots::{Answer, Charges};
use maan_policy::types::Failure;
use maan_policy::{EUR, Money};

/// The amendment that makes the message a correct letter, or the veto of a text that is none.
/// `now` are the charges of today, whose interest the letter may name; `new` are the costs that it announces.
pub fn announce(
    rule: &LetterRule,
    inquiry: &Inquiry,
    proposal: &Proposal,
    text: &str,
    leaves: Day,
    mut now: Charges,
    new: NewCosts,
) -> Result<Answer, Failure> {
    let costs = new.costs;
    if costs == 0 {
        let change = amendment(rule.letter, reason!("no-further-costs"));
        return Ok(amended(Answer::Amend(change), |change| {
            change.charges = Some(now)
        }));
    }
    let channel = provable::instead_of(inquiry, proposal.channel);
    let Some(carrier) = Carrier::of(channel.unwrap_or(proposal.channel)) else {
        return Ok(veto(rule.letter, None, reason!("no-provable-channel")));
    };
    let least = (rule.last_day)(leaves, carrier, inquiry.settings.delivery_margin_days);
    let named = proposal
        .deadline
        .filter(|named| *named >= least && is_known(*named));
    let notice = Notice {
        language: Language::of(&inquiry.case.debtor.language),
        carrier,
        costs,
    };
    if !text.is_empty()
        && let Some(code) = (rule.defect)(inquiry, &notice, text)
    {
        return Ok(veto(rule.letter, None, reason!("text-not-lawful", code)));
    }
    let announced = reason!(
        "letter-costs",
        Money::new(costs, EUR),
        day(named.unwrap_or(least))
    );
    now.costs = costs;
    now.reasons = vec![announced.clone()];
    let sources = [rule.letter, rule.amount].concat();
    now.articles.extend(articles(&sources));
    let mut change = amendment(&sources, announced);
    change.charges = Some(now);
    change.deadline = if named.is_some() { None } else { Some(least) };
    change.channel = channel;
    change.phrases = (rule.phrases)(inquiry, &notice);
    change
        .reasons
        .extend(provable::remark(inquiry, proposal.channel, channel));
    let remarks = (rule.remarks)(inquiry);
    change
        .reasons
        .extend(remarks.into_iter().map(|code| reason!(code)));
    let alone = new.added_up.map(|alone| Money::new(alone, EUR));
    change
        .reasons
        .extend(alone.map(|alone| reason!("letters-add-up", alone)));
    if new.capped {
        change.reasons.push(reason!("small-instalments-capped"));
        change.articles.extend(articles(rule.capped));
    }
    Ok(Answer::Amend(change))
}
