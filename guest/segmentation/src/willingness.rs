//! Whether a debtor cannot or will not pay: on the four criteria as recorded in conversations, with the credit report
//! and behaviour beside them. Unknown is a full answer and says what is missing.

use maan_policy::reason;
use maan_policy::reason::{count, day, share};
use maan_policy::slots::{SegmentationCase, Weighed};
use maan_policy::types::{
    ContactOutcome, Context, CreditReport, Criterion, Day, PerMille, Reason, ReportAnswer, Willingness,
};

use crate::payments::Payments;
use crate::settings::{Settings, Willingness as Rules};

/// The judgement rests on all evidence; the latest so many pieces are shown.
const SHOWN: usize = 50;

/// What the evidence says.
#[derive(Debug, PartialEq)]
pub(crate) struct Judgement {
    pub willingness: Willingness,
    pub confidence: PerMille,
    pub evidence: Vec<Weighed>,
    /// Criteria on which something is known.
    pub criteria: usize,
    /// Why there is evidence and no judgement.
    pub unknown_because: Option<Reason>,
}

/// Evidence on one criterion.
#[derive(Clone, Copy, Default)]
struct Leaning {
    sum: i64,
    number: i64,
}

impl Leaning {
    fn mean(self) -> Option<i64> {
        (self.number > 0).then(|| self.sum / self.number)
    }
}

/// All evidence, by criterion and as a list.
#[derive(Default)]
struct Evidence {
    leanings: [Leaning; 4],
    list: Vec<Weighed>,
    /// Pieces from conversations.
    recorded: usize,
    /// Day of the last of them.
    last: Option<Day>,
}

impl Evidence {
    fn add(&mut self, criterion: Criterion, weight: i16, reason: Reason) {
        let [beliefs, direction, concede, room] = &mut self.leanings;
        let leaning = match criterion {
            Criterion::BeliefsAboutPaying => beliefs,
            Criterion::SelfDirection => direction,
            Criterion::WillingnessToConcede => concede,
            Criterion::FinancialRoom => room,
        };
        leaning.sum += i64::from(weight);
        leaning.number += 1;
        self.list.push(Weighed { reason, weight });
    }

    fn add_recorded(&mut self, criterion: Criterion, on: Day, weight: i16, code: &str) {
        self.recorded += 1;
        self.last = self.last.max(Some(on));
        self.add(criterion, weight, reason!(code, day(on), count(weight)));
    }
}

/// Judges the evidence on a debtor. The judgement in force holds on with a lower threshold, so that it does not flicker.
pub(crate) fn judge(
    settings: &Settings,
    context: &Context,
    case: &SegmentationCase,
    payments: &Payments,
) -> Judgement {
    let rules = &settings.willingness;
    let mut evidence = Evidence::default();
    if rules.judged {
        conversations(rules, context.today, case, &mut evidence);
        // Nobody spoken to: there is nothing to judge, and a report or behaviour alone judges nobody.
        if evidence.recorded > 0 || rules.least_recorded == 0 {
            report(rules, context.today, case.account.report.as_ref(), &mut evidence);
            behaviour(rules, case, &mut evidence);
        }
    }
    let criteria = evidence
        .leanings
        .iter()
        .filter(|leaning| leaning.number > 0)
        .count();
    let (willingness, leaning, unknown_because) = weigh(settings, case, payments, &evidence, criteria);
    let confidence = leaning.unsigned_abs() * criteria as u64 / 4;
    let older = evidence.list.len().saturating_sub(SHOWN);
    evidence.list.drain(..older);
    Judgement {
        willingness,
        confidence: PerMille::try_from(confidence).unwrap_or(1000),
        evidence: evidence.list,
        criteria,
        unknown_because,
    }
}

/// What was recorded in conversations, what the right person said, and situations in force.
fn conversations(rules: &Rules, today: Day, case: &SegmentationCase, evidence: &mut Evidence) {
    let recent = |on: Day| today.saturating_sub(on) <= i32::from(rules.evidence_days);
    let said = leaning(rules.said);
    let conversation = &case.conversation;
    for piece in conversation.evidence.iter().filter(|piece| recent(piece.on)) {
        let code = match piece.criterion {
            Criterion::BeliefsAboutPaying => "evidence.beliefs-about-paying",
            Criterion::SelfDirection => "evidence.self-direction",
            Criterion::WillingnessToConcede => "evidence.willingness-to-concede",
            Criterion::FinancialRoom => "evidence.financial-room",
        };
        evidence.add_recorded(piece.criterion, piece.on, piece.leaning.clamp(-1000, 1000), code);
    }
    if said == 0 {
        return;
    }
    for contact in conversation
        .contacts
        .iter()
        .filter(|one| one.right_person && recent(one.on))
    {
        let (criterion, weight, code) = match contact.outcome {
            ContactOutcome::CannotPay => (Criterion::FinancialRoom, -said, "evidence.says-cannot"),
            ContactOutcome::DebtHelp => (Criterion::FinancialRoom, -said, "evidence.debt-help"),
            ContactOutcome::WillNotPay => (Criterion::BeliefsAboutPaying, -said, "evidence.says-will-not"),
            ContactOutcome::AsksPlan => (Criterion::WillingnessToConcede, said, "evidence.asks-plan"),
            _ => continue,
        };
        evidence.add_recorded(criterion, contact.on, weight, code);
    }
    for situation in conversation.situations.iter().flatten() {
        let holds = situation.until.is_none_or(|until| until >= today);
        if holds && rules.situations.contains(&situation.code) {
            evidence.add_recorded(
                Criterion::FinancialRoom,
                situation.since,
                -said,
                "evidence.situation",
            );
        }
    }
}

/// A report that is not too old. No answer says nothing.
fn report(rules: &Rules, today: Day, report: Option<&CreditReport>, evidence: &mut Evidence) {
    let Some(report) = report.filter(|report| {
        rules.report > 0
            && report.answer == ReportAnswer::Present
            && today.saturating_sub(report.on) <= rules.report_days.into()
    }) else {
        return;
    };
    let mark = report.marks.iter().find(|mark| rules.report_marks.contains(mark));
    if let Some(mark) = mark {
        let why = reason!("evidence.report-mark", day(report.on), mark.as_str());
        evidence.add(Criterion::FinancialRoom, -leaning(rules.report), why);
    }
    if let Some(chance) = report.failure_chance {
        let weak = chance >= rules.report_weak;
        let weight = if weak {
            -leaning(rules.report)
        } else {
            leaning(rules.report)
        };
        let why = reason!("evidence.report", day(report.on), share(chance.min(1000)));
        evidence.add(Criterion::FinancialRoom, weight, why);
    }
}

/// What the debtor did: promises, disputes settled, direct debits returned.
fn behaviour(rules: &Rules, case: &SegmentationCase, evidence: &mut Evidence) {
    let weight = leaning(rules.behaviour);
    if weight == 0 {
        return;
    }
    let behaviour = &case.behaviour;
    let (kept, broken) = (
        i64::from(behaviour.promises_kept),
        i64::from(behaviour.promises_broken),
    );
    if kept + broken > 0 {
        let leans = i64::from(weight) * (kept - broken) / (kept + broken);
        let why = reason!("evidence.promises", count(kept), count(broken));
        evidence.add(Criterion::SelfDirection, i16::try_from(leans).unwrap_or(0), why);
    }
    let groundless = behaviour.disputes_unjustified;
    if groundless > behaviour.disputes_justified {
        let why = reason!("evidence.disputes", count(groundless));
        evidence.add(Criterion::BeliefsAboutPaying, -weight, why);
    }
    if behaviour.returned_debits > 0 {
        let why = reason!("evidence.returned-debits", count(behaviour.returned_debits));
        evidence.add(Criterion::FinancialRoom, -weight, why);
    }
}

fn weigh(
    settings: &Settings,
    case: &SegmentationCase,
    payments: &Payments,
    evidence: &Evidence,
    criteria: usize,
) -> (Willingness, i64, Option<Reason>) {
    let rules = &settings.willingness;
    let unknown = |why: Reason| (Willingness::Unknown, 0, Some(why));
    if evidence.list.is_empty() {
        return (Willingness::Unknown, 0, None);
    }
    if evidence.recorded < usize::from(rules.least_recorded) || criteria < usize::from(rules.least_criteria) {
        return unknown(reason!("willingness.too-little", count(criteria as i64)));
    }
    if let Some(paid) =
        paid_since(case, evidence.last).filter(|_| rules.ends_when_paid && payments.overdue_now == 0)
    {
        return unknown(reason!("willingness.paid-since", day(paid)));
    }
    let threshold = |of: Willingness| {
        let margin = if of == case.in_force.willingness {
            settings.margin.min(1000)
        } else {
            0
        };
        i64::from(rules.threshold) * (1000 - i64::from(margin)) / 1000
    };
    let [beliefs, direction, concede, room] = evidence.leanings.map(Leaning::mean);
    let weights = [
        rules.beliefs_about_paying,
        rules.self_direction,
        rules.willingness_to_concede,
    ];
    let attitude = weighted_mean([beliefs, direction, concede], weights);
    match (room, attitude) {
        (Some(room), _) if room <= -threshold(Willingness::Cannot) => (Willingness::Cannot, room, None),
        (Some(_), Some(attitude)) if attitude <= -threshold(Willingness::WillNot) => {
            (Willingness::WillNot, attitude, None)
        }
        // Without a word on financial room nobody is said to be unwilling.
        (None, Some(attitude)) if attitude <= -threshold(Willingness::WillNot) => {
            unknown(Reason::plain("willingness.room-unknown"))
        }
        (_, Some(attitude)) if attitude >= threshold(Willingness::Pays) => {
            (Willingness::Pays, attitude, None)
        }
        _ => unknown(Reason::plain("willingness.undecided")),
    }
}

/// The last payment in full after the last word.
fn paid_since(case: &SegmentationCase, last: Option<Day>) -> Option<Day> {
    let last = last?;
    case.behaviour
        .paid
        .iter()
        .copied()
        .filter(|&paid| paid > last)
        .max()
}

fn leaning(setting: u16) -> i16 {
    i16::try_from(setting.min(1000)).unwrap_or(1000)
}

fn weighted_mean(leanings: [Option<i64>; 3], weights: [u8; 3]) -> Option<i64> {
    let (mut sum, mut weight) = (0, 0);
    for (leaning, by) in leanings.into_iter().zip(weights) {
        if let Some(leaning) = leaning {
            sum += leaning * i64::from(by);
            weight += i64::from(by);
        }
    }
    (weight > 0).then(|| sum / weight)
}
