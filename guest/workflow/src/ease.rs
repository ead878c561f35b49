//! For who cannot pay just now: an extension, a plan adapted to amount and history, a very long plan, or the loss.

use maan_policy::actions::{ActionKind, Automation, Particulars, PlanBounds, Proposal, Tone};
use maan_policy::day::WorkingDays;
use maan_policy::reason;
use maan_policy::reason::day;
use maan_policy::types::{ContactOutcome, Criterion, Day, ItemIndex, Level, Minor, Reason};

use crate::channels;
use crate::decision::Decision;
use crate::draft::Draft;
use crate::due::Candidate;
use crate::rests::is_offer;
use crate::settings::Plans;

/// A debtor who asks before the due date is helped this many days ahead.
const AHEAD: i32 = 31;
/// From here down evidence says that there is no financial room.
const NO_ROOM: i16 = -500;

impl Decision<'_> {
    /// Whether an offer comes in place of this step.
    pub(crate) fn eases(&self, level: Level) -> bool {
        let plans = &self.settings.plans;
        plans.offer && level >= plans.from && level < Level::WriteOff && self.cannot()
    }

    /// Whoever asks for a plan, or says that paying is not possible, hears at once.
    pub(crate) fn answer_request(&self, candidates: &mut Vec<Candidate>, draft: &mut Draft) -> bool {
        let asked = self.case.conversation.contacts.iter().filter(|contact| {
            matches!(
                contact.outcome,
                ContactOutcome::AsksPlan | ContactOutcome::CannotPay
            )
        });
        let Some(on) = asked.map(|contact| contact.on).max() else {
            return false;
        };
        let items: Vec<ItemIndex> = self.claimed(|at| {
            at.progress.due <= self.context.today.saturating_add(AHEAD) && at.progress.last_day <= on
        });
        // Answered is what was offered since; an old request is none.
        let answered = self.offers(&items, on).0 > 0 || on.saturating_add(AHEAD) < self.context.today;
        if !self.settings.plans.offer || items.is_empty() || answered {
            return false;
        }
        if self.too_soon_to_answer(on, draft) || self.ease(&items, draft) {
            candidates.clear();
            return true;
        }
        false
    }

    /// A request is answered even when a message left shortly before it, but once a day.
    fn too_soon_to_answer(&self, asked: Day, draft: &mut Draft) -> bool {
        self.case.last_contact.is_some_and(|last| last > asked) && self.too_soon(Level::None, draft)
    }

    /// Items that are to be chased and do not rest.
    fn claimed(&self, fits: impl Fn(&crate::amounts::Standing) -> bool) -> Vec<ItemIndex> {
        let items = self.standings.iter().zip(0_u32..);
        items
            .filter(|(standing, _)| standing.chase > 0 && standing.rest.is_none() && fits(standing))
            .map(|(_, at)| at)
            .collect()
    }

    /// How many offers were made on the items since a day, and when the last one.
    fn offers(&self, items: &[ItemIndex], since: Day) -> (usize, Option<Day>) {
        let offers = self
            .case
            .steps_done
            .iter()
            .filter(|done| is_offer(done) && done.on >= since && items.contains(&done.item));
        let mut days: Vec<Day> = offers.map(|done| done.on).collect();
        days.sort_unstable();
        days.dedup();
        (days.len(), days.last().copied())
    }

    /// What is to be chased of the items, in the creditor's currency.
    pub(crate) fn claim(&self, items: &[ItemIndex]) -> Minor {
        let home = self.context.creditor.currency;
        let parts = items.iter().filter_map(|&at| {
            let item = self.case.items.get(at as usize)?;
            (item.currency == home).then_some(self.standings.get(at as usize)?.chase)
        });
        parts.fold(0, Minor::saturating_add)
    }

    /// Offers what fits, or ends the case; false where there is nothing to offer.
    pub(crate) fn ease(&self, items: &[ItemIndex], draft: &mut Draft) -> bool {
        let (plans, today) = (&self.settings.plans, self.context.today);
        let claim = self.claim(items);
        let from = items.iter().filter_map(|&at| self.standings.get(at as usize));
        let since = from
            .map(|standing| crate::due::ended_on(&standing.progress))
            .min();
        let (made, last) = self.offers(items, since.unwrap_or(Day::MIN));
        if let Some(last) = last {
            let again = last.saturating_add(plans.offer_again_days.into());
            if again > today {
                let reason = reason!("offer-made", day(last));
                draft.reject(ActionKind::PlanOffer, Level::None, vec![reason.clone()]);
                draft.reasons.push(reason);
                draft.look_on(again);
                return true;
            }
        }
        if self.hopeless() {
            self.write_off(items.to_vec(), Reason::plain("hopeless"), draft);
            return true;
        }
        if made == 0 && self.may_extend(claim) {
            self.propose_extension(items, draft);
            return true;
        }
        let splits = |instalments: u16| instalments >= 2;
        let bounds = self.bounds(claim, self.most_instalments());
        if made < usize::from(plans.most_offers) && splits(bounds.max_instalments) {
            self.propose_plan(items, bounds, "cannot-pay-now", draft);
            return true;
        }
        let long = self.bounds(claim, self.settings.outcome.long_plan_instalments);
        if made == usize::from(plans.most_offers) && long.max_instalments > bounds.max_instalments {
            self.propose_plan(items, long, "long-plan", draft);
            return true;
        }
        if made > 0 {
            self.decide_end(items.to_vec(), last.unwrap_or(today), "offers-unanswered", draft);
        }
        made > 0
    }

    /// Financial room is denied by evidence, and the credit report is as clear.
    fn hopeless(&self) -> bool {
        let outcome = &self.settings.outcome;
        let room = self.case.conversation.evidence.iter();
        let room = room
            .filter(|one| one.criterion == Criterion::FinancialRoom)
            .max_by_key(|one| one.on);
        let fails = self.report().and_then(|report| report.failure_chance);
        outcome.weigh
            && fails.is_some_and(|chance| chance >= outcome.hopeless_from)
            && room.is_some_and(|evidence| evidence.leaning <= NO_ROOM)
    }

    fn may_extend(&self, claim: Minor) -> bool {
        let extensions = &self.settings.extensions;
        extensions.days > 0
            && (extensions.segments.is_empty() || extensions.segments.contains(&self.case.segment))
            && claim <= extensions.maximum_amount.minor(self.context.creditor.currency)
            && self.case.behaviour.promises_broken == 0
    }

    fn most_instalments(&self) -> u16 {
        let plans = &self.settings.plans;
        let own = plans.max_by_segment.get(&self.case.segment);
        own.copied().unwrap_or(plans.max_instalments)
    }

    /// Bounds of a plan for this amount: no more instalments than it needs, fewer where promises were broken.
    fn bounds(&self, claim: Minor, most: u16) -> PlanBounds {
        let plans: &Plans = &self.settings.plans;
        let least = plans.min_instalment.minor(self.context.creditor.currency).max(1);
        let mut instalments = most;
        let mut min_instalment = least;
        if plans.adapt {
            let needed = u16::try_from(claim / least).unwrap_or(u16::MAX);
            instalments = most.min(needed);
            let behaviour = &self.case.behaviour;
            if behaviour.promises_broken > behaviour.promises_kept && instalments > 2 {
                instalments = (instalments / 2).max(2);
            }
            let parts = i64::from(instalments.max(1));
            min_instalment = least.max(claim / parts);
        }
        PlanBounds {
            max_instalments: instalments,
            min_instalment,
            interval_days: plans.interval_days,
            first_by: self.context.today.saturating_add(plans.first_within_days.into()),
        }
    }

    /// Offers a plan; a person sees it first.
    pub(crate) fn propose_plan(&self, items: &[ItemIndex], bounds: PlanBounds, why: &str, draft: &mut Draft) {
        let reason = Reason::plain(why);
        self.offer(
            ActionKind::PlanOffer,
            "plan-offer",
            items,
            reason,
            draft,
            |offer, _| {
                offer.deadline = Some(bounds.first_by);
                offer.particulars = Particulars::Plan(bounds);
            },
        );
    }

    /// A plan within the ordinary bounds.
    pub(crate) fn ordinary_bounds(&self, items: &[ItemIndex]) -> PlanBounds {
        self.bounds(self.claim(items), self.most_instalments())
    }

    fn propose_extension(&self, items: &[ItemIndex], draft: &mut Draft) {
        let days = self.settings.extensions.days;
        let reason = Reason::plain("extension-fits");
        self.offer(
            ActionKind::ExtensionOffer,
            "extension-offer",
            items,
            reason,
            draft,
            |offer, earliest| {
                let until = earliest.saturating_add(days.into());
                offer.deadline = Some(until);
                offer.particulars = Particulars::Extension(until);
            },
        );
    }

    /// A plan that slips: one message about the instalment, seen by a person first.
    pub(crate) fn ask_missed_instalment(&self, draft: &mut Draft) {
        let missed = self.resting("plan-missed");
        if missed.is_empty() || self.too_soon(Level::None, draft) {
            return;
        }
        let plans = self.case.plans.iter().flatten();
        let sum = plans.fold(0_i64, |sum, plan| sum.saturating_add(plan.missed.max(0)));
        let money = maan_policy::Money::new(sum, self.context.creditor.currency);
        let days = self.settings.plans.missed_days;
        let reason = reason!("plan-missed", money);
        self.offer(
            ActionKind::Message,
            "plan-missed",
            &missed,
            reason,
            draft,
            |message, earliest| {
                message.deadline = Some(earliest.saturating_add(days.into()));
            },
        );
    }

    /// A message that does not press, seen by a person first.
    fn offer(
        &self,
        kind: ActionKind,
        text: &str,
        items: &[ItemIndex],
        reason: Reason,
        draft: &mut Draft,
        more: impl FnOnce(&mut Proposal, Day),
    ) {
        let Some(choice) = channels::written(self.settings, None, &self.case.reach) else {
            self.research(items.to_vec(), draft);
            return;
        };
        let earliest = self.context.creditor.on_or_after(self.context.today);
        let latest = earliest.saturating_add(self.settings.valid_days.into());
        if let Some(offer) = draft.propose(kind, text, Tone::Understanding) {
            offer.items = items.to_vec();
            offer.channel = choice.channel;
            offer.earliest = earliest;
            offer.latest = latest;
            offer.automation = Automation::Approve;
            offer.reasons.push(reason.clone());
            more(offer, earliest);
        }
        draft.reasons.push(reason);
        draft.look_after(latest);
    }
}
