//! Policies of which one does nothing, or of which the law lacks a rule: under them a story must fail.

use maan_followup::parts::Answers;
use maan_followup::{Guarded, Policies, Stopped};
use maan_policy_host::contract::{
    Answer, Charges, Context, CreditCase, CreditDecision, HoldAdvice, Judgement, PlanOfAction, Reason,
    Segment, SegmentationCase, Slot, StatuteCase, Verdict, Willingness, WorkflowCase,
};
use maan_policy_host::{Decision, PolicyError};

/// Who answers in a play.
pub(crate) struct Players<'a> {
    pub(crate) policies: &'a Policies,
    /// The slot that does nothing.
    pub(crate) nothing: Option<Slot>,
    /// What is taken out of the law.
    pub(crate) without: Rules<'a>,
}

/// Rules of law, by part of an article's name or by the code of a reason.
#[derive(Clone, Copy, Default)]
pub(crate) struct Rules<'a> {
    pub(crate) articles: &'a [String],
    pub(crate) reasons: &'a [String],
}

impl Rules<'_> {
    fn bear(&self, articles: &[maan_policy_host::contract::Article], reasons: &[Reason]) -> bool {
        let names = |part: &String| {
            articles
                .iter()
                .any(|article| article.name.contains(part.as_str()))
        };
        let codes = |code: &String| reasons.iter().any(|reason| reason.code == *code);
        self.articles.iter().any(names) || self.reasons.iter().any(codes)
    }

    /// What the host stopped for one of these reasons goes on.
    pub(crate) fn let_on(&self, guarded: &[Guarded]) -> Vec<Guarded> {
        let mut guarded = guarded.to_vec();
        for one in &mut guarded {
            if matches!(&one.stopped, Some(Stopped::Host(reason)) if self.reasons.contains(&reason.code)) {
                one.stopped = None;
            }
        }
        guarded
    }

    fn take_out(&self, judgement: &mut Judgement) {
        for answer in &mut judgement.answers {
            let rests = match answer {
                Answer::Allow => false,
                Answer::Amend(amendment) => self.bear(&amendment.articles, &amendment.reasons),
                Answer::Veto(veto) => self.bear(&veto.articles, &veto.reasons),
            };
            if rests {
                *answer = Answer::Allow;
            }
        }
        if self.bear(&judgement.charges.articles, &judgement.charges.reasons) {
            judgement.charges = no_charges();
            judgement.last_day = None;
        }
        judgement
            .warnings
            .retain(|warning| !self.reasons.contains(&warning.code));
    }
}

impl Players<'_> {
    fn does_nothing(&self, slot: Slot) -> bool {
        self.nothing == Some(slot)
    }

    /// A text of the workflow; empty where it does nothing.
    pub(crate) fn clause(&self, language: &str) -> Result<String, PolicyError> {
        match self.does_nothing(Slot::Workflow) {
            true => Ok(String::new()),
            false => self
                .policies
                .workflow
                .terms_clause(language)
                .map(|block| block.text),
        }
    }

    /// The block for the newsletter; empty where the workflow does nothing.
    pub(crate) fn newsletter(&self, language: &str, segment: &str) -> Result<String, PolicyError> {
        match self.does_nothing(Slot::Workflow) {
            true => Ok(String::new()),
            false => {
                let block = self.policies.workflow.newsletter_block(language, segment)?;
                Ok(block.text)
            }
        }
    }
}

fn each<C, O>(cases: &[C], answer: impl Fn(&C) -> O) -> Vec<Decision<O>> {
    let decision = |case| Decision {
        outcome: Ok(answer(case)),
        call_bytes: 0,
    };
    cases.iter().map(decision).collect()
}

impl Answers for Players<'_> {
    fn segmentation(
        &self,
        context: &Context,
        cases: &[SegmentationCase],
    ) -> Result<Vec<Decision<Segment>>, PolicyError> {
        if !self.does_nothing(Slot::Segmentation) {
            return self.policies.segmentation(context, cases);
        }
        Ok(each(cases, |_| Segment {
            key: String::new(),
            traits: vec![],
            willingness: Willingness::Unknown,
            confidence: 0,
            evidence: vec![],
            rank: 0,
            at_risk: 0,
            reasons: vec![],
        }))
    }

    fn credit_check(
        &self,
        context: &Context,
        cases: &[CreditCase],
    ) -> Result<Vec<Decision<CreditDecision>>, PolicyError> {
        if !self.does_nothing(Slot::CreditCheck) {
            return self.policies.credit_check(context, cases);
        }
        Ok(each(cases, |_| CreditDecision {
            verdict: Verdict::Accept,
            advice_only: false,
            limit: None,
            exposure: 0,
            term_days: None,
            prepayment_share: 0,
            hold: HoldAdvice::Keep,
            effective_on: None,
            report_needed: false,
            next_review: context.today.saturating_add(1),
            counterfactual: None,
            reasons: vec![],
        }))
    }

    fn workflow(
        &self,
        context: &Context,
        cases: &[WorkflowCase],
    ) -> Result<Vec<Decision<PlanOfAction>>, PolicyError> {
        if !self.does_nothing(Slot::Workflow) {
            return self.policies.workflow(context, cases);
        }
        Ok(each(cases, |_| PlanOfAction {
            proposals: vec![],
            rejected: vec![],
            checkpoint: true,
            next_look: context.today.saturating_add(1),
            reasons: vec![],
            diagnostic: String::new(),
        }))
    }

    fn statute(
        &self,
        context: &Context,
        cases: &[StatuteCase],
    ) -> Result<Vec<Decision<Judgement>>, PolicyError> {
        if self.does_nothing(Slot::Statute) {
            return Ok(each(cases, |case| Judgement {
                answers: case.proposals.iter().map(|_| Answer::Allow).collect(),
                charges: no_charges(),
                law: 0,
                last_day: None,
                rates_verified_through: context.today,
                warnings: vec![],
            }));
        }
        let mut decisions = self.policies.statute(context, cases)?;
        for judgement in decisions
            .iter_mut()
            .filter_map(|decision| decision.outcome.as_mut().ok())
        {
            self.without.take_out(judgement);
        }
        Ok(decisions)
    }
}

fn no_charges() -> Charges {
    Charges {
        costs: 0,
        lump_sum: 0,
        interest: 0,
        segments: vec![],
        reasons: vec![],
        articles: vec![],
    }
}
