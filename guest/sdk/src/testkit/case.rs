//! All that may be known of a debtor; each slot gets its own view of it.

use super::{Invoice, context, country_of, on};
use crate::money::EUR;
use crate::types::*;

/// A case under construction. Fields are public for what the methods do not reach.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the records of the contract, documented there")]
pub struct Case {
    pub context: Context,
    pub debtor: Debtor,
    pub agreement: Agreement,
    pub reach: Vec<Reach>,
    pub items: Vec<Item>,
    pub deliveries: Vec<Delivery>,
    pub disputes: Vec<Dispute>,
    pub withheld: Vec<Withheld>,
    pub mandates: Vec<Mandate>,
    pub steps_done: Vec<StepDone>,
    pub promises: Vec<Promise>,
    pub plans: Vec<Plan>,
    pub pauses: Vec<Pause>,
    pub account: Account,
    pub behaviour: Behaviour,
    pub conversation: Conversation,
    pub costs: Vec<Cost>,
    pub in_force: InForce,
    pub segment: String,
    pub willingness: Willingness,
    pub credit: Option<Verdict>,
    pub hold: HoldAdvice,
    pub last_contact: Option<Day>,
}

/// A Dutch business, customer for five years, reachable by e-mail, who owes nothing.
pub fn case(today: &str) -> Case {
    let context = context(today);
    let today = context.today;
    Case {
        debtor: Debtor {
            kind: DebtorKind::Business,
            size: CompanySize::Small,
            country: crate::country::NL,
            sector: String::new(),
            language: "nl".into(),
            language_source: LanguageSource::Stated,
            since: Some(today - 5 * 365),
            in_group: false,
            payer_is_other: false,
            legal_status: None,
            represented: false,
            relation: Relation::Customer,
            traits: None,
        },
        agreement: Agreement {
            agreed_on: None,
            applicable_law: None,
            term_days: Some(30),
            costs_clause: false,
            interest_rate: None,
            indemnity_share: None,
            regular_supply: false,
            consumer_sale: false,
        },
        context,
        reach: vec![],
        items: vec![],
        deliveries: vec![],
        disputes: vec![],
        withheld: vec![],
        mandates: vec![],
        steps_done: vec![],
        promises: vec![],
        plans: vec![],
        pauses: vec![],
        account: Account {
            unallocated: 0,
            credits: 0,
            payables: 0,
            prepayments: 0,
            open: 0,
            overdue: 0,
            orders: 0,
            quotations: 0,
            unbilled: 0,
            group_exposure: None,
            limit: None,
            insured_limit: None,
            held: false,
            report: None,
        },
        behaviour: Behaviour {
            due: vec![],
            paid: vec![],
            amount: vec![],
            promises_kept: 0,
            promises_broken: 0,
            disputes_justified: 0,
            disputes_unjustified: 0,
            returned_debits: 0,
        },
        conversation: Conversation {
            contacts: vec![],
            evidence: vec![],
            situations: None,
            complaints_open: 0,
        },
        costs: vec![],
        in_force: InForce {
            segment: None,
            segment_since: None,
            willingness: Willingness::Unknown,
            credit_verdict: None,
            limit: None,
            hold: false,
            credit_review_on: None,
            extension_until: None,
            court_chance: None,
        },
        segment: String::new(),
        willingness: Willingness::Unknown,
        credit: None,
        hold: HoldAdvice::Keep,
        last_contact: None,
    }
    .reachable(Channel::Email)
}

impl Case {
    /// Any kind of debtor.
    pub fn kind(mut self, kind: DebtorKind, country: &str) -> Self {
        self.debtor.kind = kind;
        self.debtor.country = country_of(country);
        self
    }

    /// A natural person outside of a trade.
    pub fn consumer(self, country: &str) -> Self {
        self.kind(DebtorKind::Consumer, country)
    }

    /// A legal person in trade.
    pub fn business(self, country: &str) -> Self {
        self.kind(DebtorKind::Business, country)
    }

    /// The size of the debtor's company.
    pub fn size(mut self, size: CompanySize) -> Self {
        self.debtor.size = size;
        self
    }

    /// First day as a customer.
    pub fn since(mut self, date: &str) -> Self {
        self.debtor.since = Some(on(date));
        self
    }

    /// A legal situation from a register.
    pub fn legal(mut self, situation: LegalSituation, since: &str) -> Self {
        let source = "register".into();
        self.debtor
            .legal_status
            .get_or_insert_default()
            .push(LegalStatus {
                situation,
                since: on(since),
                source,
                file_claim_by: None,
            });
        self
    }

    /// A channel with data that work.
    pub fn reachable(mut self, channel: Channel) -> Self {
        self.reach.push(Reach {
            channel,
            role: ContactRole::AccountsPayable,
            branch: 0,
            reachable: true,
            preferred: false,
            consent: Consent::Given,
            right_person: false,
        });
        self
    }

    /// The channel that the debtor prefers, with data that work.
    pub fn prefers(mut self, channel: Channel) -> Self {
        self = self.reachable(channel);
        if let Some(reach) = self.reach.last_mut() {
            reach.preferred = true;
        }
        self
    }

    /// No way to reach the debtor.
    pub fn unreachable(mut self) -> Self {
        self.reach.clear();
        self
    }

    /// One more item; what is said of it in the closure lands in the lists of the case.
    pub fn invoice(mut self, build: impl FnOnce(Invoice) -> Invoice) -> Self {
        let index = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        build(Invoice::new(self.context.today, index)).add_to(&mut self);
        self
    }

    /// A credit note that is not yet applied, of a positive amount.
    pub fn credit_note(mut self, amount: Minor) -> Self {
        let today = self.context.today;
        self.items.push(Item {
            kind: ItemKind::CreditNote,
            issued: today,
            due: today,
            amount: -amount,
            open: -amount,
            currency: EUR,
            last_level: Level::None,
            last_level_day: 0,
            round: 0,
        });
        self.account.credits += amount;
        self
    }

    /// Money received and not allocated.
    pub fn unallocated(mut self, amount: Minor) -> Self {
        self.account.unallocated += amount;
        self
    }

    /// An invoice of the past two years that was paid in full.
    pub fn paid(mut self, due: &str, paid: &str, amount: Minor) -> Self {
        self.behaviour.due.push(on(due));
        self.behaviour.paid.push(on(paid));
        self.behaviour.amount.push(amount);
        self
    }

    /// So many invoices of € 1,000, a month apart until now, each paid so many days after its due date.
    pub fn paid_late(mut self, invoices: u16, days: i32) -> Self {
        for back in (1..=i32::from(invoices)).rev() {
            let due = self.context.today - 30 * back;
            self.behaviour.due.push(due);
            self.behaviour.paid.push(due + days);
            self.behaviour.amount.push(100_000);
        }
        self
    }

    /// So many invoices of € 1,000, each paid on its due date.
    pub fn paid_on_time(self, invoices: u16) -> Self {
        self.paid_late(invoices, 0)
    }

    /// A promise on the whole account.
    pub fn promise(mut self, amount: Minor, made_on: &str, by: &str, state: PromiseState) -> Self {
        self.promises.push(Promise {
            items: vec![],
            amount,
            made_on: on(made_on),
            by: on(by),
            state,
        });
        self
    }

    /// A plan for the items, with instalments of these days and amounts.
    pub fn plan(mut self, items: &[u32], instalments: &[(&str, Minor)], paid: Minor, missed: Minor) -> Self {
        let (due, amounts) = instalments.iter().map(|&(due, amount)| (on(due), amount)).unzip();
        let agreed_on = self.context.today;
        self.plans.push(Plan {
            items: items.into(),
            agreed_on,
            due,
            amounts,
            paid,
            missed,
        });
        self
    }

    /// A rest for the whole debtor.
    pub fn paused(mut self, until: Option<&str>) -> Self {
        self.pauses.push(Pause {
            item: None,
            until: until.map(on),
        });
        self
    }

    /// A contact by phone that we sought.
    pub fn contact(mut self, date: &str, outcome: ContactOutcome) -> Self {
        self.conversation.contacts.push(Contact {
            on: on(date),
            channel: Channel::Phone,
            outcome,
            right_person: true,
            inbound: false,
            unhandled: false,
        });
        self
    }

    /// A reply by e-mail that nobody has handled.
    pub fn unhandled_reply(mut self, date: &str) -> Self {
        self.conversation.contacts.push(Contact {
            on: on(date),
            channel: Channel::Email,
            outcome: ContactOutcome::Other,
            right_person: false,
            inbound: true,
            unhandled: true,
        });
        self
    }

    /// Evidence on willingness, recorded today.
    pub fn evidence(mut self, criterion: Criterion, leaning: i16) -> Self {
        self.conversation.evidence.push(Evidence {
            criterion,
            on: self.context.today,
            leaning,
        });
        self
    }

    /// A coded situation that still holds.
    pub fn situation(mut self, code: &str, since: &str) -> Self {
        self.conversation
            .situations
            .get_or_insert_default()
            .push(Situation {
                code: code.into(),
                since: on(since),
                until: None,
            });
        self
    }

    /// A credit report of today.
    pub fn report(
        mut self,
        answer: ReportAnswer,
        failure_chance: Option<u16>,
        advised_limit: Option<Minor>,
    ) -> Self {
        self.account.report = Some(CreditReport {
            answer,
            on: self.context.today,
            failure_chance,
            advised_limit,
            worsened_by: 0,
            marks: vec![],
        });
        self
    }

    /// What segmentation said today.
    pub fn segment(mut self, segment: &str) -> Self {
        self.segment = segment.into();
        self
    }

    /// What segmentation said on willingness today.
    pub fn willing(mut self, willingness: Willingness) -> Self {
        self.willingness = willingness;
        self
    }

    /// The segment in force.
    pub fn was(mut self, segment: &str) -> Self {
        self.in_force.segment = Some(segment.into());
        self
    }

    /// Another day of decision; working days and the bank move with it.
    pub fn at(mut self, today: &str) -> Self {
        self.context = context(today);
        self
    }
}
