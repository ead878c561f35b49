//! One question to a register about one debtor: within the month's budget, its price kept as a cost, and what it says, or
//! that it did not answer, as facts.

use maan_connectors::credit::{Candidate, CreditInformation, Insolvency, NoAnswer, Service, Subject};
use maan_ledger::{
    Body, DebtorDescription, DebtorId, DebtorKind, Fact, InquiredAbout, InquiryOutcome, LegalStatus, Money,
    Snapshot,
};
use maan_store::{Debtor, DebtorRow, Ingest, LookUp, Reserved};
use serde::Serialize;
use uuid::Uuid;

use super::Desk;
use super::desk::{Offer, subject};
use super::facts::{self, When};
use crate::RunError;
use crate::followup::Followup;

/// What a register said of a debtor, or why it did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LookedUp {
    /// Name of the debtor in the books.
    pub debtor: String,
    /// Who was asked.
    pub service: Service,
    /// What came of it; only [`InquiryOutcome::Answered`] is an answer.
    pub outcome: InquiryOutcome,
    /// In its own words, or why there is no answer and what to do.
    pub said: String,
    /// The company as the register knows it; none without an answer.
    pub company: Option<Candidate>,
    /// Legal situations that were not known before.
    pub legal: Vec<LegalStatus>,
    /// What the debtor is from now on, where its legal form makes it another than the books say.
    pub kind: Option<DebtorKind>,
    /// What was or may have been charged; none where it was free.
    pub cost: Option<Money>,
}

/// A debtor as it stands, to be asked about.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) debtor: DebtorId,
    pub(super) subject: &'a Subject,
    pub(super) snapshot: &'a Snapshot<'a>,
    pub(super) desk: &'a Desk,
}

/// What came of a question, before it is kept.
struct Told {
    answer: Result<CreditInformation, NoAnswer>,
    charged: bool,
}

/// What a service is asked about.
pub(super) fn about(service: Service) -> InquiredAbout {
    match service {
        Service::Creditsafe | Service::Altares | Service::Companyweb => InquiredAbout::CreditReport,
        Service::Kvk => InquiredAbout::Registration,
        Service::Vies => InquiredAbout::VatNumber,
        // files that tell both are asked for what stops a formal step
        Service::Kbo | Service::Cir => InquiredAbout::Insolvency,
    }
}

/// The code under which a service's answers count before a formal step; none of one that is not the register itself.
pub(super) fn code_of(service: Service) -> Option<&'static str> {
    (service == Service::Cir).then_some("cir")
}

impl LookedUp {
    /// Whether it is an answer.
    pub fn is_answered(&self) -> bool {
        self.outcome == InquiryOutcome::Answered
    }
}

impl Followup {
    /// Asks a register about a debtor, whatever it said before. None where the register is not in use, sells reports, or
    /// nothing is known of the debtor.
    ///
    /// # Errors
    /// The database.
    pub async fn look_up(
        &self,
        desk: &Desk,
        service: Service,
        debtor: &Debtor,
    ) -> Result<Option<LookedUp>, RunError> {
        let facts = self.tenant.facts(debtor.id).await?;
        let settings = self.tenant.settings().await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let offer = desk.offer(service).filter(|_| !service.is_bureau());
        let (Some(offer), Some(subject)) = (offer, subject(&snapshot)) else {
            return Ok(None);
        };
        let asking = Asking {
            debtor: debtor.id,
            subject: &subject,
            snapshot: &snapshot,
            desk,
        };
        self.ask_register(offer, asking).await.map(Some)
    }

    /// Asks a register and keeps what it said.
    pub(super) async fn ask_register(
        &self,
        register: &Offer,
        asking: Asking<'_>,
    ) -> Result<LookedUp, RunError> {
        let (client, company) = match register.find(asking.subject).await {
            Ok(found) => found,
            Err(no_answer) => {
                let told = Told {
                    answer: Err(no_answer),
                    charged: false,
                };
                return self.keep_told(register, asking, told).await;
            }
        };
        if register.price.minor <= 0 {
            let told = Told {
                answer: client.report(&company).await,
                charged: false,
            };
            return self.keep_told(register, asking, told).await;
        }
        let settings = self.tenant.settings().await?;
        let look_up = LookUp {
            id: Uuid::new_v4(),
            debtor: asking.debtor,
            service: register.service.word().to_owned(),
            month: self.month_of_today(&settings)?,
            price: register.price.minor,
        };
        let budget = asking.desk.settings.monthly_budget;
        let reserved = self
            .tenant
            .reserve_look_up(&look_up, budget.minor, self.moment())
            .await?;
        if let Reserved::BudgetSpent { spent } = reserved {
            return self.too_dear(register, asking, spent).await;
        }
        let answer = client.report(&company).await;
        let charged = answer
            .as_ref()
            .map_or_else(|none| none.why.may_be_charged(), |_| true);
        let looked_up = self.keep_told(register, asking, Told { answer, charged }).await?;
        self.tenant
            .settle_look_up(look_up.id, charged, self.moment())
            .await?;
        Ok(looked_up)
    }

    /// The budget does not allow it: a person decides.
    async fn too_dear(&self, register: &Offer, asking: Asking<'_>, spent: i64) -> Result<LookedUp, RunError> {
        let (service, budget) = (register.service, asking.desk.settings.monthly_budget);
        let said = format!(
            "{service}: {} of the month's {budget} are spent and a question costs {}; raise the budget with \
             `maan credit-information set monthly_budget=100.00`, or decide without an answer",
            Money::new(spent, budget.currency),
            register.price
        );
        let (outcome, when) = (InquiryOutcome::BudgetSpent, self.when(asking));
        let facts = facts::not_reported(service.word(), about(service), outcome, said.clone(), when);
        let looked_up = of(register, asking, outcome, said);
        self.keep_look_up(asking, looked_up, facts, (None, when)).await
    }

    /// Keeps an answer, or that there is none.
    async fn keep_told(
        &self,
        register: &Offer,
        asking: Asking<'_>,
        told: Told,
    ) -> Result<LookedUp, RunError> {
        let (service, when) = (register.service, self.when(asking));
        let about = about(service);
        let (mut looked_up, mut facts, insolvency) = match told.answer {
            Ok(information) => {
                let said = format!("{service}: {}", information.original);
                let facts = facts::answered(&information, about, asking.snapshot, when);
                let mut looked_up = of(register, asking, InquiryOutcome::Answered, said);
                looked_up.company = Some(information.company);
                (looked_up, facts, Some(information.insolvency))
            }
            Err(none) => (
                of(register, asking, none.why.outcome(), none.to_string()),
                facts::unanswered(&none, about, when),
                None,
            ),
        };
        if told.charged {
            looked_up.cost = Some(register.price);
            facts.extend(facts::cost(service.word(), about, register.price, when));
        }
        self.keep_look_up(asking, looked_up, facts, (insolvency, when))
            .await
    }

    async fn keep_look_up(
        &self,
        asking: Asking<'_>,
        mut looked_up: LookedUp,
        mut facts: Vec<Fact>,
        (insolvency, when): (Option<Insolvency>, When),
    ) -> Result<LookedUp, RunError> {
        for fact in &facts {
            match &fact.body {
                Body::LegalStatusRecorded(status) => looked_up.legal.push(status.clone()),
                Body::DebtorDescribed(debtor) => looked_up.kind = Some(debtor.kind),
                _ => {}
            }
        }
        // who was not asked gave no answer that could take the place of an earlier one
        let code = code_of(looked_up.service).filter(|_| was_asked(looked_up.outcome));
        facts.extend(code.map(|code| facts::register_asked(code, insolvency.as_ref(), when)));
        self.renew_description(asking.debtor, &mut facts).await?;
        if let Some(row) = self.tenant.debtor(asking.debtor).await? {
            let row = DebtorRow {
                reference: row.reference,
                number: row.number,
                name: row.name,
            };
            let ingest = Ingest {
                debtors: vec![(asking.debtor, row, facts)],
                ..Ingest::default()
            };
            self.tenant.ingest(ingest, self.moment()).await?;
        }
        Ok(looked_up)
    }

    /// A debtor may have been described otherwise while the register was asked: only the kind is the register's.
    async fn renew_description(&self, debtor: DebtorId, facts: &mut [Fact]) -> Result<(), RunError> {
        let descriptions = facts.iter_mut().filter_map(|fact| match &mut fact.body {
            Body::DebtorDescribed(description) => Some(description),
            _ => None,
        });
        for description in descriptions {
            let known = self.tenant.facts(debtor).await?;
            let settings = self.tenant.settings().await?;
            if let Some(current) = self.snapshot(&known, &settings)?.debtor {
                *description = DebtorDescription {
                    kind: description.kind,
                    ..current.clone()
                };
            }
        }
        Ok(())
    }

    fn when(&self, asking: Asking<'_>) -> When {
        When {
            on: asking.snapshot.as_of,
            at: self.moment(),
        }
    }
}

/// Whether something was sent to the register.
fn was_asked(outcome: InquiryOutcome) -> bool {
    !matches!(
        outcome,
        InquiryOutcome::BudgetSpent | InquiryOutcome::NothingToAskBy | InquiryOutcome::NaturalPerson
    )
}

/// What came of a question, before anything follows from it.
fn of(register: &Offer, asking: Asking<'_>, outcome: InquiryOutcome, said: String) -> LookedUp {
    LookedUp {
        debtor: asking.subject.name.clone(),
        service: register.service,
        outcome,
        said,
        company: None,
        legal: vec![],
        kind: None,
        cost: None,
    }
}
