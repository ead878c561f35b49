//! The answer to one proposal, once nothing stops it.

use crate::calendar::Day;
use crate::charges::{self, Scope};
use crate::earlier;
use crate::inquiry::Inquiry;
use crate::law::Law;
use crate::letters::{self, Carrier};
use crate::provable;
use crate::sources;
use crate::verdict::{amended, amendment, articles, no_charges, veto};
use maan_policy::Money;
use maan_policy::actions::{ActionKind, Proposal};
use maan_policy::reason;
use maan_policy::reason::day;
use maan_policy::slots::{Amendment, Answer};
use maan_policy::types::{Failure, Level, Reason};

/// The answer to a proposal that would leave on a day.
pub fn answer(inquiry: &Inquiry, proposal: &Proposal, text: &str, leaves: Day) -> Result<Answer, Failure> {
    if proposal.kind == ActionKind::PlanOffer {
        return Ok(plan_offer(inquiry));
    }
    if let Law::Uncovered(_) = inquiry.law {
        return uncharged(inquiry, proposal, leaves, inquiry.no_costs());
    }
    if let Some(earliest) = before_default(inquiry, proposal, leaves) {
        if is_formal_demand(proposal) || proposal.kind == ActionKind::HandOver {
            let reason = reason!("not-in-default", day(earliest));
            return Ok(veto(sources::default(inquiry.law), Some(earliest), reason));
        }
        if inquiry.consumer && proposal.announces == Level::HandOver {
            let reason = reason!("announces-too-early");
            return Ok(veto(sources::pressure(inquiry.law), Some(earliest), reason));
        }
    }
    match inquiry.regime.letter {
        Some(rule) => letters::answer::answer(rule, inquiry, proposal, text, leaves),
        None if inquiry.consumer => uncharged(inquiry, proposal, leaves, inquiry.no_costs()),
        None => business(inquiry, proposal, leaves),
    }
}

/// A plan with a consumer bears no interest or fee: it would make it consumer credit, for which the rules are not
/// verified. Where the law is not covered none does.
fn plan_offer(inquiry: &Inquiry) -> Answer {
    let uncovered = matches!(inquiry.law, Law::Uncovered(_));
    let (articles, reason) = match (inquiry.consumer, uncovered) {
        (_, true) => (inquiry.regime.costs, inquiry.no_costs()),
        (true, false) => (
            sources::consumer_credit(inquiry.law),
            reason!("plan-without-charges"),
        ),
        (false, false) => return Answer::Allow,
    };
    let change = amendment(articles, reason.clone());
    amended(Answer::Amend(change), |change| {
        change.charges = Some(no_charges(articles, reason));
    })
}

/// The first day of default of all items of a proposal, when that is later than the day on which it would leave.
fn before_default(inquiry: &Inquiry, proposal: &Proposal, leaves: Day) -> Option<Day> {
    let items = proposal
        .items
        .iter()
        .filter_map(|index| inquiry.case.items.get(*index as usize));
    let default = items.map(|item| item.due + 1).max();
    default.filter(|default| leaves < *default)
}

/// Formal demands and hand-overs go with what has accrued, and no costs.
fn uncharged(inquiry: &Inquiry, proposal: &Proposal, leaves: Day, reason: Reason) -> Result<Answer, Failure> {
    let formal = is_formal_demand(proposal)
        || proposal.level == Level::HandOver
        || proposal.kind == ActionKind::HandOver;
    if !formal {
        return Ok(Answer::Allow);
    }
    let claims = inquiry.claims_on(leaves);
    let scope = Scope::Open(&proposal.items);
    let now = charges::assess(inquiry, &claims, scope, leaves)?.charges;
    let mut change = amendment(inquiry.regime.costs, reason);
    change.charges = Some(now).filter(|_| claims.iter().any(|claim| scope.holds(claim)));
    let notice = proposal.kind == ActionKind::Message && proposal.level == Level::FormalNotice;
    Ok(match notice {
        true => led_by_proof(inquiry, proposal, change),
        false => Answer::Amend(change),
    })
}

/// A formal notice goes where its delivery can be shown, or not at all.
fn led_by_proof(inquiry: &Inquiry, proposal: &Proposal, mut change: Amendment) -> Answer {
    change.channel = provable::instead_of(inquiry, proposal.channel);
    if Carrier::of(change.channel.unwrap_or(proposal.channel)).is_none() {
        return veto(
            sources::default(inquiry.law),
            None,
            reason!("no-provable-channel"),
        );
    }
    let remark = provable::remark(inquiry, proposal.channel, change.channel);
    change.reasons.extend(remark);
    Answer::Amend(change)
}

/// A formal notice to a business names what has accrued, and the costs that follow when it runs out: what it adds to
/// what earlier notices named.
fn business(inquiry: &Inquiry, proposal: &Proposal, leaves: Day) -> Result<Answer, Failure> {
    if proposal.kind != ActionKind::Message || proposal.level != Level::FormalNotice {
        return Ok(Answer::Allow);
    }
    let claims = inquiry.claims_on(leaves);
    let scope = Scope::Open(&proposal.items);
    let mut now = charges::assess(inquiry, &claims, scope, leaves)?.charges;
    if let Some(costs) = inquiry.regime.demand_costs
        && charges::costs_unclaimed(inquiry).is_none()
    {
        let unpaid = claims.iter().filter(|claim| scope.holds(claim));
        let unpaid = unpaid.fold(0i64, |sum, claim| sum.saturating_add(claim.open));
        let named = earlier::named(inquiry, &claims, scope, leaves);
        let before = named.unwrap_or_default();
        let total = costs(inquiry, before.unpaid.saturating_add(unpaid));
        let so_far = before.by_table(inquiry, costs);
        now.costs = now.costs.max(total - so_far - now.lump_sum);
        let money = |minor| Money::new(minor, inquiry.currency());
        now.reasons.push(match named {
            None => reason!("costs-by-table", money(total)),
            Some(_) => reason!("costs-beside-earlier", money(total), money(so_far)),
        });
        now.articles.extend(articles(inquiry.regime.costs));
    }
    let mut change = amendment(inquiry.regime.costs, reason!("notice-names-charges"));
    change.charges = Some(now).filter(|_| claims.iter().any(|claim| scope.holds(claim)));
    Ok(led_by_proof(inquiry, proposal, change))
}

/// Whether the proposal is a message that can carry the announcement of costs.
pub fn is_formal_demand(proposal: &Proposal) -> bool {
    proposal.kind == ActionKind::Message
        && matches!(proposal.level, Level::LastReminder | Level::FormalNotice)
}
