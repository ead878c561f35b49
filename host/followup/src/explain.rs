//! What happens with a debtor, why, why not something else, and what would change it.

use maan_ledger::{Day, DebtorId, Money, Snapshot};
use maan_outreach::Language;
use maan_policy_host::contract::{CreditDecision, Judgement, PlanOfAction, Reason, Segment};
use maan_policy_host::{CreditCheck, Digest, Segmentation, Statute, Workflow};
use maan_store::{Action, ActionFilter, ActionState, StoredDecision};
use serde::Serialize;

use crate::actions::Prepared;
use crate::followup::Followup;
use crate::guard::Stopped;
use crate::phrases::Phrases;
use crate::{RunError, level_name, record, views};

/// Actions of a debtor that are told, the most urgent first.
const MOST_ACTIONS: u32 = 100;

/// The answer to "what happens with this debtor?".
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Which debtor.
    pub debtor: DebtorId,
    /// Name; untrusted text.
    pub name: String,
    /// The day of the latest decision.
    pub decided_on: Option<Day>,
    /// The decision, for a replay.
    pub decision: Option<String>,
    /// Why nothing was decided, where a policy failed.
    pub held: Option<String>,
    /// Open, overdue, credits.
    pub open: Money,
    /// Overdue.
    pub overdue: Money,
    /// Credits and money not yet allocated.
    pub credits: Money,
    /// Segment in words.
    pub segment: String,
    /// Why this segment.
    pub segment_reasons: Vec<String>,
    /// Credit verdict in words, with reasons.
    pub credit: Vec<String>,
    /// What was done, what goes on now, and what was not done.
    pub actions: Vec<ExplainedAction>,
    /// Why the workflow proposes this, or nothing.
    pub reasons: Vec<String>,
    /// What was weighed and not chosen, and why.
    pub instead: Vec<String>,
    /// What the statute policy said.
    pub law: Vec<String>,
    /// When the debtor is looked at again: the first day on which something can change by itself.
    pub next_look: Option<Day>,
}

/// An action in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedAction {
    /// Which.
    pub action: maan_ledger::ActionId,
    /// What it is.
    pub title: String,
    /// Where it stands.
    pub state: ActionState,
    /// Why it stands there, where somebody or the last look said so.
    pub why: Option<String>,
    /// What the law or the host changed or stopped, in words.
    pub guard: Vec<String>,
}

impl Followup {
    /// Explains a debtor, from the latest decision and what became of it.
    ///
    /// # Errors
    /// The database, or a record that cannot be read.
    pub async fn explain(
        &self,
        debtor: DebtorId,
        phrases: &Phrases,
    ) -> Result<Option<Explanation>, RunError> {
        let Some(known) = self.tenant.debtor(debtor).await? else {
            return Ok(None);
        };
        let settings = self.tenant.settings().await?;
        let language = Language::from_tag(&settings.language).unwrap_or_default();
        let facts = self.tenant.facts(debtor).await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let latest = self.tenant.decisions(debtor, 1).await?.into_iter().next();
        let totals = snapshot.account.totals;
        let mut explanation = Explanation {
            debtor,
            name: known.name,
            decided_on: latest.as_ref().map(|decision| decision.batch.as_of),
            decision: latest.as_ref().map(|decision| decision.id.to_string()),
            held: latest.as_ref().and_then(|decision| decision.held.clone()),
            open: totals.open,
            overdue: totals.overdue,
            credits: totals.credits.plus(totals.unallocated).unwrap_or(totals.credits),
            segment: String::new(),
            segment_reasons: vec![],
            credit: vec![],
            actions: self
                .explained_actions(debtor, &snapshot, language, phrases)
                .await?,
            reasons: vec![],
            instead: vec![],
            law: vec![],
            next_look: known.next_look,
        };
        if let Some(decision) = &latest {
            Words {
                language,
                phrases,
                snapshot: &snapshot,
            }
            .tell(decision, &mut explanation)?;
        }
        Ok(Some(explanation))
    }

    async fn explained_actions(
        &self,
        debtor: DebtorId,
        snapshot: &Snapshot<'_>,
        language: Language,
        phrases: &Phrases,
    ) -> Result<Vec<ExplainedAction>, RunError> {
        let filter = ActionFilter {
            debtor: Some(debtor),
            limit: MOST_ACTIONS,
            ..ActionFilter::default()
        };
        let mut told = Vec::new();
        for action in self.tenant.actions(filter).await? {
            let last = self.tenant.history(action.id).await?.pop();
            let why = last.map(|last| last.note).filter(|note| !note.is_empty());
            told.push(ExplainedAction {
                why,
                ..explained(&action, snapshot, language, phrases)?
            });
        }
        Ok(told)
    }
}

fn explained(
    action: &Action,
    snapshot: &Snapshot<'_>,
    language: Language,
    phrases: &Phrases,
) -> Result<ExplainedAction, RunError> {
    let mut guard = Vec::new();
    if let Some(body) = &action.body {
        let guarded = Prepared::read(body)?.guarded;
        for part in guarded.parts() {
            let item = |index: u32| {
                let id = part.items.get(index as usize)?;
                snapshot.item(*id).map(|item| item.described.number.clone())
            };
            let say = |reason: &Reason| phrases.say(language, reason, item);
            let articles: Vec<_> = part.articles.iter().map(|article| article.name.clone()).collect();
            if !articles.is_empty() {
                guard.push(articles.join(", "));
            }
            guard.extend(part.reasons.iter().map(say));
            match &part.stopped {
                Some(Stopped::Law(veto)) => {
                    guard.extend(veto.earliest.map(|day| format!("→ {}", language.day(Day(day)))));
                }
                Some(Stopped::Host(reason)) => guard.push(say(reason)),
                None => {}
            }
        }
    }
    Ok(ExplainedAction {
        action: action.id,
        title: action.title.clone(),
        state: action.state,
        why: None,
        guard,
    })
}

/// Puts the answers of a decision into words.
struct Words<'a> {
    language: Language,
    phrases: &'a Phrases,
    snapshot: &'a Snapshot<'a>,
}

impl Words<'_> {
    fn tell(&self, decision: &StoredDecision, explanation: &mut Explanation) -> Result<(), RunError> {
        let Some(payload) = &decision.payload else {
            return Ok(());
        };
        let commitment = decision
            .record
            .as_slice()
            .try_into()
            .map(Digest)
            .unwrap_or(Digest([0; 32]));
        let (record, _) = record::read(payload, commitment)?;
        for run in &record.runs {
            if let Some(Ok(segment)) = run.outcome::<Segmentation>() {
                self.segment(&segment, explanation);
            } else if let Some(Ok(credit)) = run.outcome::<CreditCheck>() {
                self.credit(&credit, explanation);
            } else if let Some(Ok(plan)) = run.outcome::<Workflow>() {
                self.plan(&plan, explanation);
            } else if let Some(Ok(judgement)) = run.outcome::<Statute>() {
                self.law(&judgement, explanation);
            }
        }
        Ok(())
    }

    fn say(&self, reason: &Reason) -> String {
        let ids = views::item_ids(self.snapshot);
        let item = |index: u32| {
            let id = ids.get(index as usize)?;
            self.snapshot.item(*id).map(|item| item.described.number.clone())
        };
        self.phrases.say(self.language, reason, item)
    }

    fn segment(&self, segment: &Segment, explanation: &mut Explanation) {
        explanation.segment = self.phrases.word(self.language, &segment.key);
        explanation.segment_reasons = segment.reasons.iter().map(|reason| self.say(reason)).collect();
        let weighed = segment.evidence.iter().map(|weighed| self.say(&weighed.reason));
        explanation.segment_reasons.extend(weighed);
    }

    fn credit(&self, credit: &CreditDecision, explanation: &mut Explanation) {
        explanation.credit = credit.reasons.iter().map(|reason| self.say(reason)).collect();
        if let Some(less) = credit.counterfactual {
            let amount = self.language.amount(Money::new(less, self.snapshot.home));
            explanation.credit.push(format!("↔ {amount}"));
        }
    }

    fn plan(&self, plan: &PlanOfAction, explanation: &mut Explanation) {
        explanation.reasons = plan.reasons.iter().map(|reason| self.say(reason)).collect();
        for proposal in &plan.proposals {
            let reasons = proposal.reasons.iter().map(|reason| self.say(reason));
            explanation.reasons.extend(reasons);
        }
        for rejected in &plan.rejected {
            let why: Vec<_> = rejected.reasons.iter().map(|reason| self.say(reason)).collect();
            let level = views::level_of(rejected.level);
            explanation
                .instead
                .push(format!("{}: {}", level_name(level), why.join("; ")));
        }
    }

    fn law(&self, judgement: &Judgement, explanation: &mut Explanation) {
        let charges = &judgement.charges;
        explanation.law = charges.reasons.iter().map(|reason| self.say(reason)).collect();
        explanation
            .law
            .extend(judgement.warnings.iter().map(|warning| self.say(warning)));
        explanation.law.dedup();
    }
}
