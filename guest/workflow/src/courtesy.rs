//! Contact that is no dunning: thanks, check-ins, a discount for paying early.

use maan_policy::actions::{ActionKind, Automation, CallGuide, Particulars, Tone};
use maan_policy::day::WorkingDays;
use maan_policy::reason;
use maan_policy::reason::{day, share};
use maan_policy::slots::WorkflowCase;
use maan_policy::types::{Channel, Context, Day, Level, PromiseState, Reason};

use crate::channels;
use crate::decision::Decision;
use crate::draft::Draft;
use crate::rests::is_offer;
use crate::settings::Settings;

/// A payment follows a message when it comes within so many days.
const FOLLOWS: i32 = 45;
/// Who bought nothing for a year is no customer whom one checks in with.
const ACTIVE: i32 = 365;

/// Thanks, or else a check-in.
pub(crate) fn apply(settings: &Settings, context: &Context, case: &WorkflowCase, draft: &mut Draft) {
    match thanks(settings, context.today, case) {
        Some((text, reason)) => propose_thanks(settings, context, case, text, reason, draft),
        None => check_in(settings, context, case, draft),
    }
}

/// For what thanks are due: a promise that was kept, or a payment that followed a message. Once, since no message
/// has left since.
fn thanks(settings: &Settings, today: Day, case: &WorkflowCase) -> Option<(&'static str, Reason)> {
    let recent = |day: Day| today.saturating_sub(day) <= settings.thanks.within_days.into();
    if settings.promises.thanks {
        let kept = case.promises.iter().flatten().filter(|promise| {
            promise.state == PromiseState::Kept
                && recent(promise.by)
                && case.last_contact.is_none_or(|last| last <= promise.made_on)
        });
        if let Some(by) = kept.map(|promise| promise.by).max() {
            return Some(("thanks", reason!("promise-kept", day(by))));
        }
    }
    let last = case.last_contact.filter(|_| settings.thanks.after_payment)?;
    let paid = case
        .behaviour
        .paid
        .iter()
        .copied()
        .filter(|&day| day <= today)
        .max()?;
    let follows = last < paid && paid <= last.saturating_add(FOLLOWS);
    (follows && recent(paid)).then(|| ("thanks", reason!("paid-after-message", day(paid))))
}

fn propose_thanks(
    settings: &Settings,
    context: &Context,
    case: &WorkflowCase,
    text: &str,
    reason: Reason,
    draft: &mut Draft,
) {
    let Some(choice) = channels::written(settings, None, &case.reach) else {
        return;
    };
    let earliest = context.creditor.on_or_after(context.today);
    if let Some(thanks) = draft.propose(ActionKind::Thanks, text, Tone::Friendly) {
        thanks.channel = choice.channel;
        thanks.automation = Automation::Automatic;
        thanks.earliest = earliest;
        thanks.latest = earliest.saturating_add(settings.valid_days.into());
        thanks.reasons.push(reason);
    }
}

/// Contact with a customer without arrears, so many days after the last contact.
fn check_in(settings: &Settings, context: &Context, case: &WorkflowCase, draft: &mut Draft) {
    let (rule, today) = (&settings.check_in, context.today);
    let customer = rule.segments.is_empty() || rule.segments.contains(&case.segment);
    if rule.every_days == 0 || !customer || !is_active(case, today) {
        return;
    }
    let contacts = case.conversation.contacts.last().map(|contact| contact.on);
    // Where no contact is known, the time starts when the debtor was first looked at.
    let looked_at = case.in_force.segment_since.max(case.debtor.since);
    let begun = looked_at.filter(|_| case.in_force.segment_since.is_some());
    let Some(last) = case.last_contact.max(contacts).or(begun) else {
        return;
    };
    let since = last.saturating_add(rule.every_days.into());
    if since > today {
        draft.look_on(since);
        return;
    }
    let by_phone = rule.automation == Automation::Person && channels::reaches(&case.reach, Channel::Phone);
    let channel = if by_phone {
        Some(Channel::Phone)
    } else {
        channels::written(settings, None, &case.reach).map(|choice| choice.channel)
    };
    let Some(channel) = channel else { return };
    let earliest = context.creditor.on_or_after(today);
    if let Some(contact) = draft.propose(ActionKind::CheckIn, "check-in", Tone::Friendly) {
        contact.channel = channel;
        contact.automation = rule.automation;
        contact.earliest = earliest;
        contact.latest = earliest.saturating_add(31);
        contact.reasons.push(reason!("no-contact-since", day(last)));
        if by_phone {
            contact.particulars = Particulars::Call(CallGuide {
                goal: "goal.relation".into(),
                questions: vec!["question.satisfied".into(), "question.expect".into()],
            });
        }
    }
    draft.look_after(earliest.saturating_add(31));
}

fn is_active(case: &WorkflowCase, today: Day) -> bool {
    let bought = case.items.iter().any(|item| item.open > 0);
    bought
        || case
            .behaviour
            .due
            .iter()
            .any(|due| due.saturating_add(ACTIVE) >= today)
}

impl Decision<'_> {
    /// A discount for paying an invoice early, offered once, while it can still be taken.
    pub(crate) fn offer_discount(&self, draft: &mut Draft) {
        let (rule, today, case) = (&self.settings.discount, self.context.today, self.case);
        let fits = rule.segments.is_empty() || rule.segments.contains(&case.segment);
        if rule.share == 0 || !fits || self.amount > 0 {
            return;
        }
        let home = self.context.creditor.currency;
        let least = rule.minimum_amount.minor(home);
        let earliest = self.context.creditor.on_or_after(today);
        let items = case.items.iter().zip(&self.standings).zip(0_u32..);
        let mut offered: Vec<_> = items
            .filter(|((item, standing), at)| {
                standing.chase >= least.max(1)
                    && standing.rest.is_none()
                    && item.currency == home
                    && item.last_level == Level::None
                    && item.issued <= today
                    && !case
                        .steps_done
                        .iter()
                        .any(|done| done.item == *at && is_offer(done))
            })
            .map(|((item, _), at)| {
                (
                    item.issued.saturating_add(rule.within_days.into()).min(item.due),
                    at,
                )
            })
            .filter(|&(through, _)| through > earliest)
            .collect();
        let Some(through) = offered.iter().map(|&(through, _)| through).min() else {
            return;
        };
        offered.retain(|&(other, _)| other == through);
        let Some(choice) = channels::written(self.settings, None, &case.reach) else {
            return;
        };
        if self.too_soon(Level::None, draft) {
            return;
        }
        if let Some(offer) = draft.propose(ActionKind::DiscountOffer, "discount-offer", Tone::Friendly) {
            offer.items = offered.iter().map(|&(_, at)| at).collect();
            offer.channel = choice.channel;
            offer.automation = rule.automation;
            offer.earliest = earliest;
            offer.latest = through
                .saturating_sub(1)
                .min(earliest.saturating_add(self.settings.valid_days.into()));
            offer.deadline = Some(through);
            offer.particulars = Particulars::Discount((rule.share, through));
            offer
                .reasons
                .push(reason!("discount", share(rule.share), day(through)));
        }
        draft
            .reasons
            .push(reason!("discount", share(rule.share), day(through)));
        draft.look_after(through);
    }
}
