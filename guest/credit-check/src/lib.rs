//! The default credit-check policy: how much trust, on which terms?
//!
//! Exposure against a limit that follows reliability, size, country and report, a step at a time and at a review;
//! early signals bring the review forward. For natural persons the answer is advice to a person, never a refusal by
//! itself. An answer that is no acceptance says what would make it one.

mod counterfactual;
mod exposure;
mod hold;
mod limit;
mod reliability;
mod report;
mod settings;
mod signals;
mod texts;
mod verdict;

use maan_policy::manifest::{Manifest, Slot, preset};
use maan_policy::money::MoneyError;
use maan_policy::slots::{CreditCase, CreditDecision, Question};
use maan_policy::types::{Context, Day, Failure, Minor, Problem, Reason, Verdict};
use maan_policy::{MajorAmount, reason};

use crate::limit::Grounds;
use crate::reliability::{Class, Reliability as Measured};
use crate::report::Known;
use crate::verdict::{Answer, Position};

pub use settings::{Exposure, Hold, Limit, Reliability, Report, Review, Settings, Signals, Terms};

/// No review is further ahead, whatever earlier decisions say.
const FURTHEST_REVIEW: i32 = 731;

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
        let today = context.today;
        let exposure = exposure::exposure(&settings.exposure, &case.account)?;
        let reliability = reliability::measure(&settings.reliability, context, case);
        let known = report::known(&settings.report, today, &case.account);
        let signals = signals::signals(settings, case, &reliability, known);
        let late = counterfactual::is_late(&settings.terms, reliability.oldest);
        let kept_until = self.kept_until(today, case, known);
        let limit = limit::limit(Grounds {
            settings,
            context,
            case,
            reliability: &reliability,
            known,
            worse: late || signals.worsening,
            kept_until,
        });

        let mut reasons = limit.reasons;
        let before = reasons.len();
        self.to_look_at(known, &mut reasons);
        let (asked, after) = verdict::after(&case.question, exposure);
        let position = Position {
            limit: limit.amount,
            exposure,
            asked,
            after,
            overdue: case.account.overdue,
            oldest: reliability.oldest,
            late,
            none: limit.none,
            look: reasons.len() > before,
            report_missing: self.report_missing(context, case, after, known),
            bad: reliability.class == Class::Bad && settings.terms.bad_prepaid > 0,
            currency: context.creditor.currency,
        };
        let report_needed = position.report_missing.is_some();
        if report_needed {
            let unanswered = known == Known::Unanswered;
            let code = if unanswered {
                "report.unanswered"
            } else {
                "report.needed"
            };
            reasons.push(Reason::plain(code));
        }
        let Answer { verdict, prepayment } = position.answer(&settings.terms);
        position.reasons(&mut reasons);
        if settings.report.position && matches!(case.question, Question::BeforeCall) {
            let code = report::position(&settings.report, known, report_needed);
            reasons.push(Reason::plain(code));
        }
        let warned = !signals.reasons.is_empty();
        reasons.extend(signals.reasons);
        let less = if settings.counterfactual && verdict != Verdict::Accept {
            counterfactual::less(&settings.terms, today, case, &position)
        } else {
            None
        };
        let counterfactual = less.map(|(amount, reason)| {
            reasons.push(reason);
            amount
        });
        let person_decides = settings.persons_decide && limit::is_person(case.debtor.kind);
        let verdict = match verdict {
            Verdict::Decline if person_decides => {
                reasons.push(Reason::plain("person-decides"));
                Verdict::Review
            }
            verdict => verdict,
        };
        let held = case.account.held || case.in_force.hold;
        let hold = hold::advise(settings, context, &position, held, person_decides);
        reasons.extend(hold.reason);
        let next_review = match kept_until {
            Some(day) => day.min(today.saturating_add(FURTHEST_REVIEW)),
            None => today.saturating_add(self.days_to_review(verdict, &reliability)),
        };
        Ok(CreditDecision {
            verdict,
            advice_only: person_decides,
            limit: Some(limit.amount),
            exposure,
            term_days: self.term(case, verdict),
            prepayment_share: prepayment,
            hold: hold.hold,
            effective_on: hold.effective_on,
            report_needed,
            next_review: self.brought_forward(today, next_review, known, warned, reliability.oldest),
            counterfactual,
            reasons,
        })
    }

    /// Facts in a report for which a person has to look first.
    fn to_look_at(&self, known: Known<'_>, reasons: &mut Vec<Reason>) {
        if let Known::Report(found) = known {
            let rules = &self.settings.report;
            reasons.extend(report::mark(rules, found).map(|mark| reason!("report.mark", mark)));
            if report::worsened(rules, found) {
                reasons.push(Reason::plain("report.look"));
            }
        }
    }

    fn report_missing(
        &self,
        context: &Context,
        case: &CreditCase,
        after: Minor,
        known: Known<'_>,
    ) -> Option<Minor> {
        let at_stake = match case.question {
            Question::BeforeCall => case.account.overdue,
            _ => after,
        };
        report::missing(&self.settings.report, at_stake, context.creditor.currency, known)
    }

    /// Days to pay; none where the answer is no.
    fn term(&self, case: &CreditCase, verdict: Verdict) -> Option<u16> {
        let terms = &self.settings.terms;
        let agreed = case.agreement.term_days.unwrap_or(terms.term_days);
        match verdict {
            Verdict::Accept => Some(agreed),
            Verdict::AcceptOnConditions if terms.short_term_days > 0 => {
                Some(agreed.min(terms.short_term_days))
            }
            Verdict::AcceptOnConditions => Some(agreed),
            Verdict::Review | Verdict::Decline => None,
        }
    }

    /// The day of the review in force, where the limit stays as it is until then. An application is a review, and so
    /// is a report that came after the last one, where that asked for a person.
    fn kept_until(&self, today: Day, case: &CreditCase, known: Known<'_>) -> Option<Day> {
        let settings = &self.settings;
        let on = case.in_force.credit_review_on.filter(|&on| on > today)?;
        case.in_force.limit?;
        let last = on.saturating_sub(settings.review.other_days.into());
        let report_came = case.in_force.credit_verdict == Some(Verdict::Review)
            && matches!(known, Known::Report(found) if found.on >= last);
        let application = matches!(case.question, Question::Application(_));
        (settings.limit.at_review && !application && !report_came).then_some(on)
    }

    fn days_to_review(&self, verdict: Verdict, reliability: &Measured) -> Day {
        let review = &self.settings.review;
        let days = match verdict {
            Verdict::Accept if reliability.class == Class::Unknown => review.conditions_days,
            Verdict::Accept => review.accepted_days,
            Verdict::AcceptOnConditions => review.conditions_days,
            Verdict::Review | Verdict::Decline => review.other_days,
        };
        days.into()
    }

    /// Soon after a signal, not after the report has grown too old, nor after the day on which what is late now would
    /// hold deliveries.
    fn brought_forward(&self, today: Day, review: Day, known: Known<'_>, warned: bool, oldest: i32) -> Day {
        let settings = &self.settings;
        let expires = match known {
            Known::Report(found) => found.on.saturating_add(settings.report.valid_days.into()),
            Known::Nothing | Known::Unanswered => Day::MAX,
        };
        let soon = if warned {
            today.saturating_add(settings.signals.review_days.into())
        } else {
            Day::MAX
        };
        let to_hold = i32::from(settings.hold.after_days).saturating_sub(oldest);
        let held = if oldest > 0 && to_hold > 0 {
            today.saturating_add(to_hold)
        } else {
            Day::MAX
        };
        review
            .min(soon)
            .min(held)
            .min(expires)
            .max(today.saturating_add(1))
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
