//! The groups of a case, each made once from a snapshot.

use maan_ledger::{ItemId, PromiseState, Snapshot};
use maan_policy_host::contract::{
    Account, Agreement, Behaviour, Contact, Conversation, Cost, CreditReport, Debtor, Decimal, Delivery,
    Dispute, Evidence, InForce, Item, LegalStatus, Mandate, Pause, Plan, Promise, Reach, Situation, StepDone,
    Willingness, Withheld,
};

use super::words;

/// Longest text that a view carries; platforms send anything.
const LONGEST: usize = 100;
/// So many days after its own day a kept promise may still be thanked for.
const THANKED_DAYS: i32 = 60;

/// A snapshot with its open items in the order in which policies see them: by due date, then by id.
pub(crate) struct Parts<'s, 'f> {
    snapshot: &'s Snapshot<'f>,
    /// Open items, and behind them those that a view adds.
    shown: Vec<&'s maan_ledger::Item<'f>>,
}

impl<'s, 'f> Parts<'s, 'f> {
    pub(crate) fn of(snapshot: &'s Snapshot<'f>) -> Self {
        let mut open: Vec<_> = snapshot.open_items().collect();
        open.sort_unstable_by_key(|item| (item.described.due, item.id));
        Self {
            snapshot,
            shown: open,
        }
    }

    /// As the statute sees them: behind the open items those that are paid, where a letter that announced costs
    /// was about them too; what it announced was right for all of its items together.
    pub(crate) fn with_lettered(snapshot: &'s Snapshot<'f>) -> Self {
        let mut parts = Self::of(snapshot);
        let letters = snapshot
            .steps
            .iter()
            .filter(|step| step.announced_costs.is_some());
        let mut paid: Vec<_> = letters
            .flat_map(|step| {
                step.items
                    .iter()
                    .filter_map(|id| snapshot.item(*id))
                    .filter(|item| item.round == step.round)
            })
            .filter(|item| item.open.minor == 0)
            .collect();
        paid.sort_unstable_by_key(|item| (item.described.due, item.id));
        paid.dedup_by_key(|item| item.id);
        parts.shown.extend(paid);
        parts
    }

    pub(crate) fn ids(&self) -> Vec<ItemId> {
        self.shown.iter().map(|item| item.id).collect()
    }

    pub(crate) fn index(&self, id: ItemId) -> Option<u32> {
        let place = self.shown.iter().position(|item| item.id == id)?;
        u32::try_from(place).ok()
    }

    fn indices(&self, ids: &[ItemId]) -> Vec<u32> {
        ids.iter().filter_map(|id| self.index(*id)).collect()
    }

    fn concerns(&self, items: &[ItemId]) -> bool {
        items.is_empty() || items.iter().any(|id| self.index(*id).is_some())
    }

    pub(crate) fn debtor(&self) -> Debtor {
        let described = self.snapshot.debtor;
        let contacts = described
            .map(|debtor| debtor.reach.as_slice())
            .unwrap_or_default();
        Debtor {
            kind: words::kind(described.map(|debtor| debtor.kind).unwrap_or_default()),
            size: words::size(described.map(|debtor| debtor.size).unwrap_or_default()),
            country: described.map_or(0, |debtor| debtor.country.packed()),
            sector: described.map(|debtor| cut(&debtor.sector)).unwrap_or_default(),
            language: described.map(|debtor| cut(&debtor.language)).unwrap_or_default(),
            language_source: words::language_source(
                described.map(|debtor| debtor.language_source).unwrap_or_default(),
            ),
            since: described.and_then(|debtor| debtor.since).map(|day| day.0),
            in_group: described.is_some_and(|debtor| debtor.group.is_some()),
            payer_is_other: described.is_some_and(|debtor| debtor.payer.is_some()),
            legal_status: super::filled(self.legal()),
            represented: contacts
                .iter()
                .any(|reach| reach.role == maan_ledger::ContactRole::Representative),
            relation: words::relation(described.map(|debtor| debtor.relation).unwrap_or_default()),
            traits: described.map(traits).and_then(super::filled),
        }
    }

    fn legal(&self) -> Vec<LegalStatus> {
        let statuses = self.snapshot.legal.iter();
        let view = |status: &&maan_ledger::LegalStatus| LegalStatus {
            situation: words::legal(status.situation),
            since: status.since.0,
            source: cut(&status.source),
            file_claim_by: status.file_claim_by.map(|day| day.0),
        };
        statuses.map(view).collect()
    }

    pub(crate) fn agreement(&self) -> Agreement {
        let agreed = self.snapshot.agreement;
        Agreement {
            agreed_on: agreed.and_then(|agreement| agreement.agreed_on).map(|day| day.0),
            applicable_law: agreed
                .and_then(|agreement| agreement.applicable_law)
                .map(|law| law.packed()),
            term_days: agreed.and_then(|agreement| agreement.term_days),
            costs_clause: agreed.is_some_and(|agreement| agreement.costs_clause),
            interest_rate: agreed
                .and_then(|agreement| agreement.interest_basis_points)
                .map(|points| Decimal {
                    units: i64::from(points),
                    scale: 2,
                }),
            indemnity_share: agreed.and_then(|agreement| agreement.indemnity_per_mille),
            regular_supply: agreed.is_some_and(|agreement| agreement.regular_supply),
            consumer_sale: agreed.is_some_and(|agreement| agreement.consumer_sale),
        }
    }

    pub(crate) fn reach(&self) -> Vec<Reach> {
        let contacts = self
            .snapshot
            .debtor
            .map(|debtor| debtor.reach.as_slice())
            .unwrap_or_default();
        let view = |reach: &maan_ledger::Reach| Reach {
            channel: words::channel(reach.channel),
            role: words::role(reach.role),
            branch: reach.branch,
            reachable: !reach.failed && !reach.address.trim().is_empty(),
            preferred: reach.preferred,
            consent: words::consent(reach.consent),
            right_person: reach.right_person,
        };
        contacts.iter().map(view).collect()
    }

    pub(crate) fn items(&self) -> Vec<Item> {
        let view = |item: &&maan_ledger::Item<'_>| Item {
            kind: words::item_kind(item.described.kind),
            issued: item.described.issued.0,
            due: item.described.due.0,
            amount: item.described.amount.minor,
            open: item.open.minor,
            currency: item.open.currency.0,
            last_level: words::level(item.last_level),
            last_level_day: item.last_level_on.map_or(0, |day| day.0),
            round: item.round,
        };
        self.shown.iter().map(view).collect()
    }

    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        let deliveries = self.snapshot.deliveries.iter();
        let view = |delivery: &&maan_ledger::Delivery| {
            Some(Delivery {
                item: self.index(delivery.item)?,
                channel: words::channel(delivery.channel),
                on: delivery.on.0,
                state: words::delivery_state(delivery.state),
                proof: delivery.proof,
                order_reference_missing: delivery.order_reference_missing,
            })
        };
        deliveries.filter_map(view).collect()
    }

    pub(crate) fn disputes(&self) -> Vec<Dispute> {
        let disputes = self.snapshot.disputes.iter();
        let view = |part: &maan_ledger::OpenPart<'_, maan_ledger::Dispute>| {
            Some(Dispute {
                item: self.index(part.what.item)?,
                amount: part.open.minor,
                since: part.since.0,
                cause: words::dispute_cause(part.what.cause).to_owned(),
            })
        };
        disputes.filter_map(view).collect()
    }

    pub(crate) fn withheld(&self) -> Vec<Withheld> {
        let withheld = self.snapshot.withheld.iter();
        let view = |part: &maan_ledger::OpenPart<'_, maan_ledger::Withholding>| {
            Some(Withheld {
                item: self.index(part.what.item)?,
                amount: part.open.minor,
                cause: words::withheld_cause(part.what.cause),
                since: part.since.0,
            })
        };
        withheld.filter_map(view).collect()
    }

    pub(crate) fn mandates(&self) -> Vec<Mandate> {
        let mandates = self.snapshot.mandates.iter();
        let view = |mandate: &&maan_ledger::Mandate| {
            Some(Mandate {
                item: self.index(mandate.item)?,
                collection_day: mandate.collection_day.0,
                return_code: cut(&mandate.return_code),
                returned_on: mandate.returned_on.map(|day| day.0),
            })
        };
        mandates.filter_map(view).collect()
    }

    pub(crate) fn steps_done(&self) -> Vec<StepDone> {
        let mut done = Vec::new();
        for step in &self.snapshot.steps {
            for item in self.indices(&step.items) {
                done.push(StepDone {
                    item,
                    level: words::level(step.level),
                    round: step.round,
                    on: step.on.0,
                    channel: words::channel(step.channel),
                    proof: step.proof,
                    deadline: step.deadline.map(|day| day.0),
                    announced_costs: step.announced_costs.map_or(0, |costs| costs.minor),
                });
            }
        }
        done
    }

    pub(crate) fn promises(&self) -> Vec<Promise> {
        let promises = self.snapshot.promises.iter();
        // A list that becomes empty would speak of the whole account, which does no harm once a promise was kept: then
        // thanks are due, also where nothing of it is open any more.
        let thanked = |standing: &maan_ledger::PromiseStanding<'_>| {
            standing.state == PromiseState::Kept
                && self.snapshot.as_of.since(standing.promise.by) <= THANKED_DAYS
        };
        let promises =
            promises.filter(|standing| thanked(standing) || self.concerns(&standing.promise.items));
        let view = |standing: &maan_ledger::PromiseStanding<'_>| Promise {
            items: self.indices(&standing.promise.items),
            amount: standing.promise.amount.minor,
            made_on: standing.made_on.0,
            by: standing.promise.by.0,
            state: words::promise_state(standing.state),
        };
        promises.map(view).collect()
    }

    pub(crate) fn plans(&self) -> Vec<Plan> {
        let plans = self
            .snapshot
            .plans
            .iter()
            .filter(|standing| self.concerns(&standing.plan.items));
        let view = |standing: &maan_ledger::PlanStanding<'_>| Plan {
            items: self.indices(&standing.plan.items),
            agreed_on: standing.agreed_on.0,
            due: standing
                .plan
                .instalments
                .iter()
                .map(|instalment| instalment.due.0)
                .collect(),
            amounts: standing
                .plan
                .instalments
                .iter()
                .map(|instalment| instalment.amount.minor)
                .collect(),
            paid: standing.paid.minor,
            missed: standing.missed.minor,
        };
        plans.map(view).collect()
    }

    pub(crate) fn pauses(&self) -> Vec<Pause> {
        let pauses = self.snapshot.pauses.iter();
        let view = |pause: &&maan_ledger::Pause| match pause.item {
            Some(item) => self.index(item).map(|index| Pause {
                item: Some(index),
                until: pause.until.map(|day| day.0),
            }),
            None => Some(Pause {
                item: None,
                until: pause.until.map(|day| day.0),
            }),
        };
        pauses.filter_map(view).collect()
    }

    pub(crate) fn account(&self) -> Account {
        let account = &self.snapshot.account;
        Account {
            unallocated: account.totals.unallocated.minor,
            credits: account.totals.credits.minor,
            payables: account.payables.map_or(0, |payables| payables.minor),
            prepayments: self.prepaid(),
            open: account.totals.open.minor,
            overdue: account.totals.overdue.minor,
            orders: account.orders.minor,
            quotations: account.quotations.minor,
            unbilled: account.unbilled.minor,
            group_exposure: account.group_open.map(|open| open.minor),
            limit: account.limit.map(|limit| limit.minor),
            insured_limit: account.insured.map(|insured| insured.minor),
            held: account.held,
            report: account.report.as_ref().map(report),
        }
    }

    fn prepaid(&self) -> i64 {
        let prepaid = |part: &&maan_ledger::OpenPart<'_, maan_ledger::Withholding>| {
            part.what.cause == maan_ledger::WithheldCause::Prepaid && part.open.currency == self.snapshot.home
        };
        self.snapshot
            .withheld
            .iter()
            .filter(prepaid)
            .fold(0, |sum, part| part.open.minor.saturating_add(sum))
    }

    pub(crate) fn behaviour(&self) -> Behaviour {
        let behaviour = &self.snapshot.behaviour;
        Behaviour {
            due: behaviour.due.iter().map(|day| day.0).collect(),
            paid: behaviour.paid.iter().map(|day| day.0).collect(),
            amount: behaviour.amount.clone(),
            promises_kept: behaviour.promises_kept,
            promises_broken: behaviour.promises_broken,
            disputes_justified: behaviour.disputes_justified,
            disputes_unjustified: behaviour.disputes_unjustified,
            returned_debits: behaviour.returned_debits,
        }
    }

    pub(crate) fn contacts(&self) -> Vec<Contact> {
        let contact = |contact: &maan_ledger::Dated<'_, maan_ledger::Contact>| Contact {
            on: contact.on.0,
            channel: words::channel(contact.what.channel),
            outcome: words::outcome(contact.what.outcome),
            right_person: contact.what.right_person,
            inbound: contact.what.inbound,
            unhandled: contact.what.unhandled,
        };
        self.snapshot.conversation.contacts.iter().map(contact).collect()
    }

    pub(crate) fn situations(&self) -> Option<Vec<Situation>> {
        let situation = |situation: &maan_ledger::Dated<'_, maan_ledger::Situation>| Situation {
            code: cut(&situation.what.code),
            since: situation.on.0,
            until: situation.what.until.map(|day| day.0),
        };
        let situations = self.snapshot.conversation.situations.iter();
        super::filled(situations.map(situation).collect())
    }

    pub(crate) fn conversation(&self) -> Conversation {
        let conversation = &self.snapshot.conversation;
        let evidence = |evidence: &maan_ledger::Dated<'_, maan_ledger::Evidence>| Evidence {
            criterion: words::criterion(evidence.what.criterion),
            on: evidence.on.0,
            leaning: evidence.what.leaning,
        };
        Conversation {
            contacts: self.contacts(),
            evidence: conversation.evidence.iter().map(evidence).collect(),
            situations: self.situations(),
            complaints_open: conversation.complaints_open,
        }
    }

    pub(crate) fn costs(&self) -> Vec<Cost> {
        let view = |cost: &maan_ledger::Dated<'_, maan_ledger::Cost>| Cost {
            level: words::level(cost.what.level),
            on: cost.on.0,
            amount: cost.what.amount.minor,
        };
        self.snapshot.costs.iter().map(view).collect()
    }

    pub(crate) fn in_force(&self) -> InForce {
        let judged = self.snapshot.judged;
        let extension = self
            .snapshot
            .extensions
            .iter()
            .map(|extension| extension.until)
            .max();
        InForce {
            segment: judged.map(|judged| judged.segment.to_owned()),
            segment_since: judged.map(|judged| judged.segment_since.0),
            willingness: judged.map_or(Willingness::Unknown, |judged| {
                words::willingness(judged.willingness)
            }),
            credit_verdict: judged.and_then(|judged| judged.verdict).map(words::verdict),
            limit: judged.and_then(|judged| judged.limit).map(|limit| limit.minor),
            hold: judged.is_some_and(|judged| judged.hold),
            credit_review_on: judged.and_then(|judged| judged.review_on).map(|day| day.0),
            extension_until: extension.map(|day| day.0),
            court_chance: self.snapshot.court_chance.map(|chance| chance.per_mille),
        }
    }
}

fn traits(debtor: &maan_ledger::DebtorDescription) -> Vec<String> {
    let mut traits: Vec<_> = debtor
        .traits
        .iter()
        .map(|(key, value)| cut(&format!("{key}={value}")))
        .collect();
    traits.sort_unstable();
    traits
}

fn report(report: &maan_ledger::Dated<'_, maan_ledger::CreditReport>) -> CreditReport {
    CreditReport {
        answer: words::report_answer(report.what.answer),
        on: report.on.0,
        failure_chance: report.what.failure_per_mille,
        advised_limit: report.what.advised_limit.map(|limit| limit.minor),
        worsened_by: report.what.worsened_by,
        marks: report.what.marks.iter().map(|mark| cut(mark)).collect(),
    }
}

fn cut(text: &str) -> String {
    if text.len() <= LONGEST {
        text.to_owned()
    } else {
        text.chars().take(LONGEST).collect()
    }
}
