//! The default credit-check policy: how much trust, on which terms?
//!
//! Exposure against a limit that follows reliability, size, country and report, a step at a time. For
//! natural persons the answer is advice to a person and never a refusal by itself.

mod exposure;
mod hold;
mod limit;
mod reliability;
mod report;
mod settings;
mod texts;
mod verdict;

use maan_policy::manifest::{Manifest, Slot, preset};
use maan_policy::money::MoneyError;
use maan_policy::slots::{CreditCase, CreditDecision, Question};
use maan_policy::types::{Context, Day, Failure, Problem, Reason, Verdict};
use maan_policy::{MajorAmount, reason};

use crate::report::Known;
use crate::verdict::{Answer, Position};

pub use settings::{Exposure, Hold, Limit, Reliability, Report, Review, Settings, Terms};

/// The policy with its settings.
#[derive(Clone, Debug)]
pub struct DefaultCreditCheck {
    settings: Settings,
}

impl maan_policy::CreditCheck for DefaultCreditCheck {
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, Vec<Problem>> {
        let problems = settings::problems(&settings);
        if problems.is_empty() {
            Ok(Self { settings })
        } else {
            Err(problems)
        }
    }

    fn decide(&self, context: &Context, case: &CreditCase) -> Result<CreditDecision, Failure> {
        Ok(self.decision(context, case)?)
    }
}

impl DefaultCreditCheck {
    fn decision(&self, context: &Context, case: &CreditCase) -> Result<CreditDecision, MoneyError> {
        let settings = &self.settings;
        let currency = context.creditor.currency;
        let exposure = exposure::exposure(&settings.exposure, &case.account)?;
        let reliability = reliability::measure(&settings.reliability, context, case);
        let known = report::known(&settings.report, context.today, &case.account);
        let limit = limit::limit(settings, context, case, &reliability, known);

        let at_stake = match case.question {
            Question::BeforeCall => case.account.overdue,
            Question::Application(amount) => exposure.max(amount),
            Question::Quotation(amount) | Question::Order(amount) => exposure.saturating_add(amount),
            Question::Review => exposure,
        };
        let report_needed = report::needed(at_stake, settings.report.needed_above.minor(currency), known);
        let mut reasons = limit.reasons;
        let look = self.look(known, report_needed, &mut reasons);
        let position = Position {
            limit: limit.amount,
            exposure,
            overdue: case.account.overdue,
            oldest: reliability.oldest,
            none: limit.none,
            look,
            currency,
        };
        let mut answer = verdict::answer(settings, &case.question, &position);
        reasons.append(&mut answer.reasons);
        let advice_only = limit::is_person(case.debtor.kind);
        if advice_only && answer.verdict == Verdict::Decline {
            answer.verdict = Verdict::Review;
            reasons.push(Reason::plain("person-decides"));
        }
        let held = case.account.held || case.in_force.hold;
        let hold = hold::advise(settings, context, &position, held);
        reasons.extend(hold.reason);
        Ok(CreditDecision {
            verdict: answer.verdict,
            advice_only,
            limit: Some(limit.amount),
            exposure,
            term_days: self.term(case, &answer),
            prepayment_share: answer.prepayment,
            hold: hold.hold,
            effective_on: hold.effective_on,
            report_needed,
            next_review: self.next_review(context.today, &answer, known, &reliability),
            counterfactual: answer.counterfactual,
            reasons,
        })
    }

    /// Whether a person has to look first, and why.
    fn look(&self, known: Known, report_needed: bool, reasons: &mut Vec<Reason>) -> bool {
        let settings = &self.settings.report;
        let before = reasons.len();
        match known {
            Known::Report(found) => {
                reasons.extend(report::mark(settings, found).map(|mark| reason!("report.mark", mark)));
                if report::worsened(settings, found) {
                    reasons.push(Reason::plain("report.worsened"));
                }
            }
            Known::Unanswered if report_needed => reasons.push(Reason::plain("report.unanswered")),
            Known::Nothing if report_needed => reasons.push(Reason::plain("report.needed")),
            Known::Unanswered | Known::Nothing => {}
        }
        reasons.len() > before
    }

    /// Days to pay; none where the answer is no.
    fn term(&self, case: &CreditCase, answer: &Answer) -> Option<u16> {
        let agreed = case.agreement.term_days.unwrap_or(self.settings.terms.term_days);
        match answer.verdict {
            Verdict::Accept => Some(agreed),
            Verdict::AcceptOnConditions => Some(agreed.min(self.settings.terms.short_term_days)),
            Verdict::Review | Verdict::Decline => None,
        }
    }

    /// By the answer, and not after the report has grown too old.
    fn next_review(
        &self,
        today: Day,
        answer: &Answer,
        known: Known,
        reliability: &reliability::Reliability,
    ) -> Day {
        let review = &self.settings.review;
        let days = match answer.verdict {
            Verdict::Accept if reliability.class == reliability::Class::Unknown => review.conditions_days,
            Verdict::Accept => review.accepted_days,
            Verdict::AcceptOnConditions => review.conditions_days,
            Verdict::Review | Verdict::Decline => review.other_days,
        };
        let by_answer = today.saturating_add(days.into());
        match known {
            Known::Report(found) => {
                let expires = found.on.saturating_add(self.settings.report.valid_days.into());
                by_answer.min(expires.max(today.saturating_add(1)))
            }
            Known::Nothing | Known::Unanswered => by_answer,
        }
    }
}

fn manifest() -> Manifest {
    let careful = Settings {
        limit: Limit {
            months_of_turnover: 1,
            step_up: 100,
            most: MajorAmount::whole(50_000),
            ..Limit::default()
        },
        report: Report {
            needed_above: MajorAmount::whole(2_500),
            ..Report::default()
        },
        hold: Hold {
            after_days: 30,
            above: 1000,
            ..Hold::default()
        },
        ..Settings::default()
    };
    Manifest {
        name: "maan-credit-check",
        version: env!("CARGO_PKG_VERSION"),
        publisher: "maan",
        presets: vec![
            preset(Slot::CreditCheck, "default", &Settings::default()),
            preset(Slot::CreditCheck, "careful", &careful),
        ],
        texts: texts::texts(),
    }
}

maan_policy::export! {
    manifest: manifest(),
    credit_check: DefaultCreditCheck,
}
