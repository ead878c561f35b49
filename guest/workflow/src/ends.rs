//! How a case ends that is not paid: hand-over, court, plan or write-off, weighed where there are figures.

use maan_policy::actions::{ActionKind, HandOverTo, Particulars, Tone};
use maan_policy::money::share;
use maan_policy::reason::{count, share as share_of};
use maan_policy::types::{Day, ItemIndex, Level, Minor, Reason, Willingness};
use maan_policy::{Money, reason};

use crate::decision::Decision;
use crate::draft::{Draft, worked};
use crate::due::Candidate;
use crate::texts::level_key;

/// Promises from which on their share that was kept is a figure.
const ENOUGH_PROMISES: u16 = 3;

/// A way to end a case, and what it is expected to bring in after its cost.
type Way = (&'static str, Minor);

impl Decision<'_> {
    /// Steps that end a case are no conversation; they are taken out of the candidates.
    pub(crate) fn end(&self, candidates: &mut Vec<Candidate>, draft: &mut Draft) {
        for level in [Level::WriteOff, Level::HandOver] {
            let ends: Vec<_> = candidates
                .iter()
                .copied()
                .filter(|one| one.level == level)
                .collect();
            let items: Vec<ItemIndex> = ends.iter().map(|one| one.item).collect();
            match level {
                _ if ends.is_empty() => {}
                Level::WriteOff => self.write_off(items, Reason::plain("flow-says"), draft),
                _ => self.hand_over(&ends, items, draft),
            }
        }
        candidates.retain(|candidate| candidate.level < Level::HandOver);
    }

    /// To whom this debtor's case goes.
    pub(crate) fn hand_over_to(&self) -> HandOverTo {
        let own = self.settings.hand_over_by_segment.get(&self.case.segment);
        own.copied().unwrap_or(self.settings.hand_over_to)
    }

    fn hand_over(&self, ends: &[Candidate], items: Vec<ItemIndex>, draft: &mut Draft) {
        let best = if self.settings.outcome.weigh && !self.eases(Level::HandOver) {
            if self.chance_missing(ends, &items, draft) {
                return;
            }
            self.best(self.claim(&items))
        } else {
            None
        };
        match best {
            Some(("write-off", _)) => self.write_off(items, Reason::plain("cheaper-end"), draft),
            Some(("plan", expected)) if !self.too_soon(Level::None, draft) => {
                let bounds = self.ordinary_bounds(&items);
                self.propose_plan(&items, bounds, "plan-brings-most", draft);
                self.show_ways(draft, expected);
            }
            Some(("plan", _)) => {}
            _ => {
                let proposed = self.propose_step(ends, draft);
                if proposed == Some(ActionKind::HandOver) {
                    let to = match best {
                        Some(("court", _)) => HandOverTo::Court,
                        _ => self.hand_over_to(),
                    };
                    let mut reasons = self.ways_told(self.claim(&items));
                    self.costs_told(&mut reasons);
                    if let Some(proposal) = draft.last() {
                        proposal.particulars = Particulars::HandOver(to);
                        proposal.reasons.extend(reasons);
                    }
                }
            }
        }
    }

    /// Who can pay and will not may end in court: a person enters the chance first, with what it rests on.
    fn chance_missing(&self, ends: &[Candidate], items: &[ItemIndex], draft: &mut Draft) -> bool {
        if self.case.willingness != Willingness::WillNot || self.case.in_force.court_chance.is_some() {
            return false;
        }
        let since = ends
            .iter()
            .map(|one| one.since)
            .min()
            .unwrap_or(self.context.today);
        if worked(self.case, items, since) {
            return false;
        }
        let reason = Reason::plain("chance-unknown");
        draft.reject(ActionKind::HandOver, Level::HandOver, vec![reason.clone()]);
        draft.task(
            self.case,
            "court-chance",
            items.to_vec(),
            since,
            vec![reason.clone()],
        );
        draft.reasons.push(reason);
        true
    }

    /// What the ways are expected to bring in. Without a basis there is no figure.
    fn ways(&self, claim: Minor) -> Vec<Way> {
        let outcome = &self.settings.outcome;
        let home = self.context.creditor.currency;
        let mut ways = Vec::with_capacity(4);
        if let Some(chance) = self.case.in_force.court_chance
            && self.case.willingness == Willingness::WillNot
        {
            let cost = outcome
                .court_cost
                .minor(home)
                .saturating_add(share(claim, outcome.court_cost_share));
            ways.push(("court", share(claim, chance).saturating_sub(cost)));
        }
        if let Some(brings) = outcome.agency_share {
            let cost = outcome.agency_cost.minor(home);
            ways.push(("agency", share(claim, brings).saturating_sub(cost)));
        }
        if let Some(kept) = outcome.plan_share.or_else(|| self.promises_kept())
            && self.case.willingness != Willingness::Pays
        {
            ways.push(("plan", share(claim, kept)));
        }
        ways
    }

    fn promises_kept(&self) -> Option<u16> {
        let behaviour = &self.case.behaviour;
        let all = behaviour.promises_kept.saturating_add(behaviour.promises_broken);
        if all < ENOUGH_PROMISES {
            return None;
        }
        u16::try_from(u32::from(behaviour.promises_kept) * 1000 / u32::from(all)).ok()
    }

    /// The way that brings in most; to write off brings in nothing and costs nothing.
    fn best(&self, claim: Minor) -> Option<Way> {
        // Claims in other currencies than the books' are not weighed.
        let ways = if claim > 0 { self.ways(claim) } else { Vec::new() };
        let best = ways.into_iter().rev().max_by_key(|&(_, expected)| expected)?;
        Some(if best.1 > 0 { best } else { ("write-off", 0) })
    }

    fn ways_told(&self, claim: Minor) -> Vec<Reason> {
        let home = self.context.creditor.currency;
        let ways = self.ways(claim);
        let told = |(way, expected): Way| reason!(["way-", way].concat(), Money::new(expected, home));
        let mut reasons: Vec<Reason> = ways.into_iter().map(told).collect();
        if let Some(chance) = self.case.in_force.court_chance {
            reasons.push(reason!("court-chance", share_of(chance)));
        }
        reasons
    }

    fn show_ways(&self, draft: &mut Draft, expected: Minor) {
        let home = self.context.creditor.currency;
        if let Some(proposal) = draft.last() {
            proposal
                .reasons
                .push(reason!("way-plan", Money::new(expected, home)));
        }
    }

    /// What following up has cost so far, step by step.
    fn costs_told(&self, reasons: &mut Vec<Reason>) {
        let home = self.context.creditor.currency;
        for cost in &self.case.costs {
            reasons.push(reason!(
                "cost-made",
                level_key(cost.level),
                Money::new(cost.amount, home)
            ));
        }
    }

    /// Too little for the last step: the loss is the cheaper end.
    pub(crate) fn too_small(&self, items: Vec<ItemIndex>, draft: &mut Draft) {
        if self.settings.outcome.write_off_small && !self.eases(Level::HandOver) {
            self.write_off(items, Reason::plain("too-small-to-hand-over"), draft);
        } else if self.settings.outcome.ask {
            let since = self.context.today.saturating_sub(31);
            self.decide_end(items, since, "too-small-to-hand-over", draft);
        }
    }

    /// Proposes to write off, with what the other ways would bring in and what was spent.
    pub(crate) fn write_off(&self, items: Vec<ItemIndex>, why: Reason, draft: &mut Draft) {
        let claim = self.claim(&items);
        let mut estimate: Vec<_> = self
            .ways(claim)
            .into_iter()
            .map(|(way, sum)| (way.to_owned(), sum))
            .collect();
        estimate.push(("write-off".into(), 0));
        let latest = self.context.today.saturating_add(31);
        let mut reasons = vec![why.clone()];
        self.costs_told(&mut reasons);
        if let Some(end) = draft.propose(ActionKind::WriteOff, "write-off", Tone::Neutral) {
            end.level = Level::WriteOff;
            end.items = items;
            end.latest = latest;
            end.particulars = Particulars::OutcomeEstimate(estimate);
            end.reasons = reasons;
        }
        draft.reasons.push(why);
    }

    /// After the last step a person decides.
    pub(crate) fn ask_for_end(&self, ended: &[(ItemIndex, Day)], draft: &mut Draft) {
        draft
            .reasons
            .push(reason!("flow-ended", count(ended.len() as i64)));
        let due = ended.iter().filter(|(_, since)| *since <= self.context.today);
        let items: Vec<ItemIndex> = due.clone().map(|&(at, _)| at).collect();
        if let Some(since) = due.map(|&(_, since)| since).min()
            && self.settings.outcome.ask
        {
            self.decide_end(items, since, "flow-ended-unpaid", draft);
        }
    }

    /// A task to decide on the end of a case.
    pub(crate) fn decide_end(&self, items: Vec<ItemIndex>, since: Day, why: &str, draft: &mut Draft) {
        let mut reasons = vec![Reason::plain(why)];
        reasons.extend(self.ways_told(self.claim(&items)));
        self.costs_told(&mut reasons);
        draft.reasons.push(Reason::plain(why));
        draft.task(self.case, "decide-end", items, since, reasons);
    }
}
