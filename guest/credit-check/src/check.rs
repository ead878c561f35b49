//! One case: what was measured of it, and the decision that is put together from it.

use maan_policy::money::MoneyError;
use maan_policy::slots::{CreditCase, CreditDecision, Question};
use maan_policy::types::{Context, Day, DebtorKind, Minor, Reason, Verdict};

use crate::reliability::{Class, Reliability};
use crate::report::Known;
use crate::settings::Settings;
use crate::signals::Signals;
use crate::verdict::{Answer, Position};
use crate::{counterfactual, exposure, hold, limit, reliability, report, signals, verdict};

/// A case with what was measured of it.
pub(crate) struct Check<'a> {
    pub settings: &'a Settings,
    pub context: &'a Context,
    pub case: &'a CreditCase,
    pub reliability: Reliability,
    pub known: Known<'a>,
    pub signals: Signals,
    /// Something is late enough for conditions.
    pub late: bool,
}

impl<'a> Check<'a> {
    pub(crate) fn new(settings: &'a Settings, context: &'a Context, case: &'a CreditCase) -> Self {
        let reliability = reliability::measure(&settings.reliability, context, case);
        let known = report::known(&settings.report, context.today, &case.account);
        Self {
            settings,
            context,
            case,
            reliability,
            known,
            signals: signals::signals(settings, case, &reliability, known),
            late: counterfactual::is_late(&settings.terms, reliability.oldest),
        }
    }

    /// The decision.
    pub(crate) fn decide(self) -> Result<CreditDecision, MoneyError> {
        let Self { settings, case, .. } = self;
        let exposure = exposure::exposure(&settings.exposure, &case.account)?;
        let kept_until = self.kept_until();
        let limit = limit::limit(&self, kept_until);
        let mut reasons = limit.reasons;
        let look = report::to_look_at(&settings.report, self.known, &mut reasons);
        let room = limit::in_force(&self, limit.amount, &mut reasons);
        let position = self.position(room, limit.none, look, exposure);
        let Answer { verdict, prepayment } = position.answer(&settings.terms);
        self.say(&position, &mut reasons);
        let counterfactual = self.counterfactual(&position, verdict, &mut reasons);
        let person_decides = self.person_decides();
        let verdict = match verdict {
            Verdict::Decline if person_decides => {
                reasons.push(Reason::plain("person-decides"));
                Verdict::Review
            }
            verdict => verdict,
        };
        let held = case.account.held || case.in_force.hold;
        let hold = hold::advise(settings, self.context, &position, held, person_decides);
        reasons.extend(hold.reason);
        let next_review = self.next_review(kept_until, verdict);
        let term_days = self.term(verdict);
        reasons.extend(self.signals.reasons);
        Ok(CreditDecision {
            verdict,
            advice_only: person_decides,
            limit: Some(limit.amount),
            exposure,
            term_days,
            prepayment_share: prepayment,
            hold: hold.hold,
            effective_on: hold.effective_on,
            report_needed: position.report_missing.is_some(),
            next_review,
            counterfactual,
            reasons,
        })
    }

    /// Today.
    pub(crate) const fn today(&self) -> Day {
        self.context.today
    }

    /// Natural persons, and who may be one: the answer is advice.
    fn person_decides(&self) -> bool {
        self.settings.persons_decide && is_person(self.case.debtor.kind)
    }

    fn position(&self, limit: Minor, none: bool, look: bool, exposure: Minor) -> Position {
        let Self { settings, case, .. } = self;
        let currency = self.context.creditor.currency;
        let (asked, after) = verdict::after(&case.question, exposure);
        let at_stake = match case.question {
            Question::BeforeCall => case.account.overdue,
            _ => after,
        };
        Position {
            limit,
            exposure,
            asked,
            after,
            overdue: case.account.overdue,
            oldest: self.reliability.oldest,
            late: self.late,
            none,
            look,
            report_missing: report::missing(&settings.report, at_stake, currency, self.known),
            bad: self.reliability.class == Class::Bad && settings.terms.bad_prepaid > 0,
            currency,
        }
    }

    /// Whether a report is missing, the room that is left, and before a call the position to take.
    fn say(&self, position: &Position, reasons: &mut Vec<Reason>) {
        let rules = &self.settings.report;
        let missing = position.report_missing.is_some();
        if missing {
            let unanswered = self.known == Known::Unanswered;
            reasons.push(Reason::plain(if unanswered {
                "report.unanswered"
            } else {
                "report.needed"
            }));
        }
        position.say(reasons);
        if rules.position && matches!(self.case.question, Question::BeforeCall) {
            reasons.push(Reason::plain(report::position(rules, self.known, missing)));
        }
    }

    /// What would change an answer that is no acceptance.
    fn counterfactual(
        &self,
        position: &Position,
        verdict: Verdict,
        reasons: &mut Vec<Reason>,
    ) -> Option<Minor> {
        if !self.settings.counterfactual || verdict == Verdict::Accept {
            return None;
        }
        let (amount, reason) = counterfactual::less(&self.settings.terms, self.today(), self.case, position)?;
        reasons.push(reason);
        Some(amount)
    }

    /// Days to pay; none where the answer is no.
    fn term(&self, verdict: Verdict) -> Option<u16> {
        let terms = &self.settings.terms;
        let agreed = self.case.agreement.term_days.unwrap_or(terms.term_days);
        match verdict {
            Verdict::Accept => Some(agreed),
            Verdict::AcceptOnConditions if terms.short_term_days > 0 => {
                Some(agreed.min(terms.short_term_days))
            }
            Verdict::AcceptOnConditions => Some(agreed),
            Verdict::Review | Verdict::Decline => None,
        }
    }
}

/// Natural persons, and who may be one.
pub(crate) const fn is_person(kind: DebtorKind) -> bool {
    matches!(
        kind,
        DebtorKind::Unknown | DebtorKind::Consumer | DebtorKind::SoleTrader
    )
}
