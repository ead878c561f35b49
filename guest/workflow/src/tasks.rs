//! Work for people that comes before any reminder: money to allocate, invoices that never arrived, answers to
//! look into, debits that came back, credits that nobody booked.

use maan_policy::Money;
use maan_policy::reason;
use maan_policy::reason::{count, day, item};
use maan_policy::types::Argument;
use maan_policy::types::{ContactOutcome, Day, ItemIndex, Reason, WithheldCause};

use crate::debits;
use crate::decision::Decision;
use crate::draft::{Draft, open_items};
use crate::settings::RestCause;

/// A task that is about no dated fact comes back after so many days.
const AGAIN: i32 = 7;
/// An answer of more days ago is none.
const OLD: i32 = 31;

impl Decision<'_> {
    /// All work that there is today.
    pub(crate) fn tasks(&self, draft: &mut Draft) {
        self.allocate(draft);
        self.repair(draft);
        self.end_plans(draft);
        self.look_into_answers(draft);
        self.look_into_debits(draft);
        self.chase_credits(draft);
    }

    fn allocate(&self, draft: &mut Draft) {
        let (today, account) = (self.context.today, &self.case.account);
        let money = account.credits.max(0).saturating_add(account.unallocated.max(0));
        let work = [
            ("allocate", "to-allocate", money, RestCause::Covered),
            (
                "set-off",
                "to-set-off",
                account.payables.max(0),
                RestCause::SetOff,
            ),
        ];
        for (task, why, minor, cause) in work {
            let overdue = || {
                self.case
                    .items
                    .iter()
                    .any(|item| item.open > 0 && item.due < today)
            };
            if minor > 0 && self.settings.rests(cause) && overdue() {
                let amount = Argument::from(Money::new(minor, self.context.creditor.currency));
                let again = today.saturating_sub(AGAIN);
                draft.task(
                    self.case,
                    task,
                    open_items(self.case),
                    again,
                    vec![reason!(why, amount)],
                );
            }
        }
    }

    fn repair(&self, draft: &mut Draft) {
        let lost = self.resting("not-delivered");
        if lost.is_empty() {
            return;
        }
        let failed = self
            .case
            .deliveries
            .iter()
            .filter(|delivery| lost.contains(&delivery.item));
        let since = failed
            .map(|delivery| delivery.on)
            .max()
            .unwrap_or(self.context.today);
        let reasons = lost
            .iter()
            .map(|&at| reason!("not-delivered", item(at as usize)))
            .collect();
        draft.task(self.case, "repair-delivery", lost, since, reasons);
    }

    /// A plan that was not kept is ended or adapted by a person.
    fn end_plans(&self, draft: &mut Draft) {
        let over = self.resting("plan-over");
        if !over.is_empty() {
            let again = self.context.today.saturating_sub(AGAIN);
            draft.task(
                self.case,
                "end-plan",
                over,
                again,
                vec![Reason::plain("plan-over")],
            );
        }
    }

    fn look_into_answers(&self, draft: &mut Draft) {
        if !self.settings.rests(RestCause::Answered) {
            return;
        }
        let today = self.context.today;
        for contact in self.case.conversation.contacts.iter().rev() {
            if contact.on.saturating_add(OLD) < today {
                continue;
            }
            let (task, why) = match contact.outcome {
                ContactOutcome::NotReceived | ContactOutcome::AsksCopy => ("send-copy", "asks-copy"),
                ContactOutcome::PaidAlready => ("find-payment", "says-paid"),
                ContactOutcome::Disputes if self.case.disputes.is_none() => {
                    ("record-dispute", "says-disputed")
                }
                ContactOutcome::WrongPerson | ContactOutcome::ThirdParty => {
                    ("find-decider", "not-the-decider")
                }
                _ => continue,
            };
            let items: Vec<ItemIndex> = self
                .standings
                .iter()
                .zip(0_u32..)
                .filter(|(standing, _)| standing.chase > 0 && standing.progress.last_day <= contact.on)
                .map(|(_, at)| at)
                .collect();
            if !items.is_empty() {
                draft.task(
                    self.case,
                    task,
                    items,
                    contact.on,
                    vec![reason!(why, day(contact.on))],
                );
                return;
            }
        }
    }

    fn look_into_debits(&self, draft: &mut Draft) {
        if !self.settings.act_on_returns {
            return;
        }
        for mandate in self
            .case
            .mandates
            .iter()
            .flatten()
            .filter(|mandate| !mandate.return_code.is_empty())
        {
            let open = self
                .case
                .items
                .get(mandate.item as usize)
                .is_some_and(|item| item.open > 0);
            if open
                && debits::is_latest(self.case, mandate)
                && let Some(task) = debits::task(debits::returned(&mandate.return_code))
            {
                let on = mandate.returned_on.unwrap_or(mandate.collection_day);
                let reason = reason!(
                    "debit-code",
                    mandate.return_code.as_str(),
                    item(mandate.item as usize)
                );
                draft.task(self.case, task, vec![mandate.item], on, vec![reason]);
            }
        }
    }

    /// A credit that was promised and is not booked goes to who owns it.
    fn chase_credits(&self, draft: &mut Draft) {
        let days = i32::from(self.settings.credit_within_days);
        if days == 0 {
            return;
        }
        let expected = self
            .case
            .withheld
            .iter()
            .flatten()
            .filter(|part| part.cause == WithheldCause::CreditExpected);
        for part in expected {
            let late = part.since.saturating_add(days);
            if late <= self.context.today {
                let waited = self.context.today.saturating_sub(part.since);
                let reason = reason!("credit-late", item(part.item as usize), count(waited));
                draft.task(self.case, "book-credit", vec![part.item], late, vec![reason]);
            } else {
                draft.look_on(late);
            }
        }
    }

    /// Nobody can be reached in writing: somebody finds an address.
    pub(crate) fn research(&self, items: Vec<ItemIndex>, draft: &mut Draft) {
        let reason = Reason::plain("unreachable");
        let again: Day = self.context.today.saturating_sub(AGAIN);
        draft.task(self.case, "research-address", items, again, vec![reason.clone()]);
        draft.reasons.push(reason);
    }
}
