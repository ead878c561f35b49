#![doc = include_str!("../README.md")]

mod settings;
#[cfg(test)]
mod tests;
mod texts;

use maan_policy::day::WorkingDays;
use maan_policy::manifest::{Manifest, Slot, preset};
use maan_policy::money::{MoneyError, sum};
use maan_policy::reason::{count, day};
use maan_policy::slots::{CreditCase, CreditDecision, Question};
use maan_policy::types::{
    Account, Context, Day, DebtorKind, Failure, HoldAdvice, Item, ItemKind, Minor, Problem, Reason, Verdict,
};
use maan_policy::{CreditCheck, Money, reason};

pub use settings::Settings;

/// The house rule with its figures.
#[derive(Clone, Copy, Debug)]
pub struct HouseLimits(Settings);

impl CreditCheck for HouseLimits {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        let problems = settings.problems();
        if problems.is_empty() {
            Ok(Self(settings))
        } else {
            Err(problems)
        }
    }

    fn decide(&self, context: &Context, case: &CreditCase) -> Result<CreditDecision, Failure> {
        let Self(settings) = self;
        let money = |minor| Money::new(minor, context.creditor.currency);
        let exposure = exposure(&case.account)?;
        let (asked, after) = match case.question {
            Question::Application(amount) => (true, exposure.max(amount)),
            Question::Quotation(amount) | Question::Order(amount) => (true, sum([exposure, amount.max(0)])?),
            Question::Review | Question::BeforeCall => (false, exposure),
        };

        let mut reasons = Vec::new();
        let legal = case
            .debtor
            .legal_status
            .iter()
            .flatten()
            .map(|status| status.since)
            .min();
        reasons.extend(legal.map(|since| reason!("legal-status", day(since))));
        let limit = match legal {
            Some(_) => 0,
            None => settings.limit(&case.debtor).minor(context.creditor.currency),
        };
        let over = (after - limit).max(0);
        reasons.push(if over > 0 {
            reason!("over-limit", money(over), money(limit))
        } else {
            reason!("within-limit", money(after), money(limit))
        });
        let oldest = oldest(context.today, &case.items);
        let late = oldest > i32::from(settings.hold_after_days);
        if late {
            reasons.push(reason!("late", count(oldest), count(settings.hold_after_days)));
        }

        let person = is_person(case.debtor.kind);
        let verdict = match (late, over > 0 || legal.is_some()) {
            (true, _) if asked && !person => Verdict::Decline,
            (false, false) => Verdict::Accept,
            _ => Verdict::Review,
        };
        if person && verdict != Verdict::Accept {
            reasons.push(Reason::plain("person-decides"));
        }
        let accepted = verdict == Verdict::Accept;
        let held = case.account.held || case.in_force.hold;
        let (hold, effective_on) = if late && !held {
            let from = context
                .creditor
                .add_working_days(context.today, settings.lead_days);
            reasons.push(Reason::plain("hold"));
            (HoldAdvice::Hold, Some(from))
        } else if held && accepted {
            reasons.push(Reason::plain("release"));
            (HoldAdvice::Release, Some(context.today))
        } else {
            (HoldAdvice::Keep, None)
        };
        let to_pay = if late { case.account.overdue } else { 0 };
        Ok(CreditDecision {
            verdict,
            advice_only: person,
            limit: Some(limit),
            exposure,
            term_days: accepted.then(|| case.agreement.term_days.unwrap_or(settings.term_days)),
            prepayment_share: 0,
            hold,
            effective_on,
            report_needed: false,
            next_review: context.today.saturating_add(settings.review_days.into()),
            counterfactual: Some(over.max(to_pay)).filter(|&less| less > 0 && legal.is_none()),
            reasons,
        })
    }
}

/// What is owed or ordered, less what was credited or paid ahead; the group's where that is more.
fn exposure(account: &Account) -> Result<Minor, MoneyError> {
    let credit = sum([account.credits, account.unallocated, account.prepayments])?;
    let own = sum([
        account.open,
        account.orders,
        account.unbilled,
        credit.saturating_neg(),
    ])?;
    Ok(own.max(account.group_exposure.unwrap_or(0)).max(0))
}

/// Days since the oldest open invoice fell due; 0 when nothing is overdue.
fn oldest(today: Day, items: &[Item]) -> i32 {
    let owed = items
        .iter()
        .filter(|item| item.kind != ItemKind::CreditNote && item.open > 0);
    owed.map(|item| today.saturating_sub(item.due)).fold(0, i32::max)
}

/// Natural persons, and who may be one.
const fn is_person(kind: DebtorKind) -> bool {
    matches!(
        kind,
        DebtorKind::Unknown | DebtorKind::Consumer | DebtorKind::SoleTrader
    )
}

maan_policy::export! {
    manifest: Manifest {
        name: "house-limits",
        version: env!("CARGO_PKG_VERSION"),
        publisher: "Example Credit House",
        presets: vec![preset(Slot::CreditCheck, "default", &Settings::default())],
        texts: texts::texts(),
    },
    credit_check: HouseLimits,
}
