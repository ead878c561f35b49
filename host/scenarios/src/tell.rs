//! From what a story tells to facts of the ledger.

use std::collections::HashMap;

use maan_ledger::{
    Agreement, AgreementEnd, AgreementId, Allocation, AllocationId, Body, Channel, Complaint, Contact, Cost,
    Country, CourtChance, CreditReport, Currency, Day, DebtorId, Delivery, Dispute, Evidence, Extension,
    Hold, Instalment, ItemDescription, ItemId, ItemKind, ItemState, Judgement, LegalStatus, Level, Limit,
    Mandate, Money, MoneyError, Order, OrderKind, Outcome, Pause, Payables, Plan, Promise, Receipt,
    ReceiptId, Removed, RoundOpened, Situation, Source, StepDone, Withholding,
};
use uuid::Uuid;

use crate::story::{AgreementIs, Amount, DebtorIs, Fact, OrderIs, RegistersSay, Story, What};

/// Scope of all ids: the same story always has the same ones.
const SCOPE: Uuid = Uuid::from_u128(0x6d61_616e_2073_746f_7279);
/// The debtor is described so many days before the story begins.
const DESCRIBED_BEFORE: i32 = 1_500;

/// A debtor of the story.
pub(crate) struct Person {
    /// Name by which the story calls the debtor; empty for the one whose story it is.
    pub(crate) called: String,
    pub(crate) id: DebtorId,
    /// What is known of the debtor from the start.
    pub(crate) described: Vec<(Day, Body)>,
}

/// What becomes known on a day.
pub(crate) struct Told {
    pub(crate) known: Day,
    /// Known after the day's run; before it otherwise.
    pub(crate) said: bool,
    pub(crate) who: usize,
    pub(crate) line: String,
    pub(crate) facts: Vec<(Day, Body)>,
    pub(crate) deed: Option<Deed>,
}

/// What people or the program do, apart from facts of a debtor.
#[derive(Clone)]
pub(crate) enum Deed {
    /// The outcome of a call: of a proposed one where there is one that day.
    Call(Contact),
    /// A person wants this today.
    ByHand {
        level: Level,
        channel: Channel,
        items: Vec<ItemId>,
    },
    /// The program does not run through this day.
    NoRun(Day),
    /// The bank is booked through this day; none follows the calendar again.
    Bank(Option<Day>),
    /// What the registers say from now on.
    Registers(RegistersSay),
}

/// Everything that a story tells, in the order in which it becomes known.
pub(crate) struct Tale {
    pub(crate) people: Vec<Person>,
    pub(crate) told: Vec<Told>,
    /// Numbers of items, by id.
    pub(crate) numbers: HashMap<ItemId, String>,
}

/// Tells a story, the debtor with changed fields where asked. The error says what of it cannot be understood.
pub(crate) fn tell(story: &Story, changed: &toml::Table) -> Result<Tale, String> {
    let home = Currency::from_code(&story.creditor.currency).map_err(|error| error.to_string())?;
    let mut first = story.debtor.clone();
    first.extend(changed.clone());
    let mut debtors = vec![Teller::new(String::new(), first, home)];
    for other in &story.other {
        debtors.push(Teller::new(other.called.clone(), other.debtor.clone(), home));
    }
    let begin = story.begin.0.plus(-DESCRIBED_BEFORE);
    let agreement = Body::AgreementDescribed(agreed(&story.agreement)?);
    let mut people = Vec::new();
    for teller in &debtors {
        people.push(Person {
            called: teller.called.clone(),
            id: DebtorId::derived(SCOPE, &teller.called),
            described: vec![(begin, teller.described()?), (begin, agreement.clone())],
        });
    }
    let mut told = Vec::new();
    for fact in &story.facts {
        let called = fact.who.as_deref().unwrap_or_default();
        let places = debtors.iter_mut().enumerate();
        let Some((who, teller)) = places.into_iter().find(|(_, teller)| teller.called == called) else {
            return Err(format!("`{called}` is not there"));
        };
        let day = fact.on.0;
        let parts = teller
            .tell(fact, changed)
            .map_err(|problem| format!("the fact of {day}, {}: {problem}", fact.told))?;
        told.extend(parts.into_iter().map(|part| Told { who, ..part }));
    }
    told.sort_by_key(|told| (told.known, told.said));
    let numbers = debtors.into_iter().flat_map(|teller| teller.numbers).collect();
    Ok(Tale {
        people,
        told,
        numbers,
    })
}

/// Tells of one debtor.
struct Teller {
    called: String,
    fields: toml::Table,
    home: Currency,
    amounts: HashMap<String, Money>,
    numbers: HashMap<ItemId, String>,
    replies: HashMap<String, (Day, Channel, Outcome)>,
    count: u32,
}

fn told(error: MoneyError) -> String {
    error.to_string()
}

impl Teller {
    fn new(called: String, fields: toml::Table, home: Currency) -> Self {
        Self {
            called,
            fields,
            home,
            amounts: HashMap::new(),
            numbers: HashMap::new(),
            replies: HashMap::new(),
            count: 0,
        }
    }

    fn described(&self) -> Result<Body, String> {
        let debtor: DebtorIs = toml::Value::Table(self.fields.clone())
            .try_into()
            .map_err(|error: toml::de::Error| format!("the debtor: {}", error.message()))?;
        Ok(Body::DebtorDescribed(debtor.described()))
    }

    fn money(&self, amount: &Amount) -> Result<Money, String> {
        amount.money(self.home).map_err(told)
    }

    /// A reference for what has a name, or is the next without one.
    fn reference(&mut self, kind: &str, name: Option<&String>) -> String {
        self.count = self.count.saturating_add(1);
        let name = name.cloned().unwrap_or_else(|| self.count.to_string());
        format!("{}|{kind}|{name}", self.called)
    }

    fn agreement(&mut self, name: Option<&String>) -> AgreementId {
        AgreementId::derived(SCOPE, &self.reference("agreement", name))
    }

    fn item(&self, number: &str) -> Result<ItemId, String> {
        if self.amounts.contains_key(number) {
            Ok(self.id_of(number))
        } else {
            Err(format!("there is no invoice or credit note `{number}` before it"))
        }
    }

    fn id_of(&self, number: &str) -> ItemId {
        ItemId::derived(SCOPE, &format!("{}|{number}", self.called))
    }

    fn items(&self, numbers: &[String]) -> Result<Vec<ItemId>, String> {
        numbers.iter().map(|number| self.item(number)).collect()
    }

    fn issue(
        &mut self,
        kind: ItemKind,
        number: &str,
        amount: Money,
        issued: Day,
        due: Day,
    ) -> ItemDescription {
        let item = self.id_of(number);
        self.amounts.insert(number.to_owned(), amount);
        self.numbers.insert(item, number.to_owned());
        ItemDescription {
            item,
            reference: number.to_owned(),
            number: number.to_owned(),
            kind,
            state: ItemState::Issued,
            issued,
            due,
            amount,
            order_reference: String::new(),
            corrects: None,
            payment_link: String::new(),
        }
    }

    fn allocated(
        &mut self,
        source: Source,
        item: ItemId,
        amount: Money,
        on: Day,
        name: Option<&String>,
    ) -> Body {
        Body::Allocated(Allocation {
            allocation: AllocationId::derived(SCOPE, &self.reference("allocation", name)),
            source,
            item,
            amount,
            on,
        })
    }

    fn receipt(&self, name: &str) -> ReceiptId {
        ReceiptId::derived(SCOPE, &format!("{}|receipt|{name}", self.called))
    }

    /// What a fact says: mostly one thing, history is many.
    fn tell(&mut self, fact: &Fact, changed: &toml::Table) -> Result<Vec<Told>, String> {
        let on = fact.on.0;
        let known = fact.known.map_or(on, |known| known.0);
        let said = fact.known.is_none() && fact.what.is_said();
        let part = |line: String, facts, deed| Told {
            known,
            said,
            who: 0,
            line,
            facts,
            deed,
        };
        if let What::PaidBefore { .. } = fact.what {
            let mut parts = self.paid_before(&fact.what)?;
            if let Some(first) = parts.first_mut() {
                first.line = fact.told.clone();
            }
            return Ok(parts);
        }
        if let Some(deed) = self.deed(&fact.what)? {
            return Ok(vec![part(fact.told.clone(), vec![], Some(deed))]);
        }
        if let What::Debtor(fields) = &fact.what {
            self.fields.extend(fields.clone());
            // What must not matter stays changed.
            self.fields
                .extend(changed.clone().into_iter().filter(|_| self.called.is_empty()));
            return Ok(vec![part(fact.told.clone(), vec![(on, self.described()?)], None)]);
        }
        let (happened, body) = self.body(on, &fact.what)?;
        Ok(vec![part(fact.told.clone(), vec![(happened, body)], None)])
    }

    fn deed(&mut self, what: &What) -> Result<Option<Deed>, String> {
        Ok(Some(match what {
            What::Call {
                outcome,
                right_person,
                items,
            } => Deed::Call(Contact {
                id: self.reference("call", None),
                channel: Channel::Phone,
                outcome: *outcome,
                right_person: *right_person,
                inbound: false,
                unhandled: false,
                items: self.items(items)?,
            }),
            What::ByHand {
                level,
                channel,
                items,
            } => Deed::ByHand {
                level: level.0,
                channel: *channel,
                items: self.items(items)?,
            },
            What::NoRun { through } => Deed::NoRun(through.0),
            What::Bank { through } => Deed::Bank(through.map(|day| day.0)),
            What::Registers { answer } => Deed::Registers(*answer),
            _ => return Ok(None),
        }))
    }

    /// Invoices of before, each paid so many days late.
    fn paid_before(&mut self, what: &What) -> Result<Vec<Told>, String> {
        let What::PaidBefore {
            count,
            last_due,
            every_days,
            amount,
            days_late,
            term,
        } = what
        else {
            return Ok(vec![]);
        };
        let amount = self.money(amount)?;
        let mut told = Vec::new();
        let lates: Vec<i32> = if days_late.is_empty() {
            vec![0]
        } else {
            days_late.clone()
        };
        for (place, late) in (0..*count).zip(lates.iter().cycle()) {
            let back = i32::from(count.saturating_sub(1).saturating_sub(place));
            let due = last_due.0.plus(-back.saturating_mul(i32::from(*every_days)));
            let issued = due.plus(-i32::from(*term));
            let reference = self.reference("before", None);
            let number = reference.replace('|', " ").trim().to_owned();
            let item = self.issue(ItemKind::Invoice, &number, amount, issued, due);
            let paid = due.plus(*late);
            let allocated = self.allocated(Source::Direct, item.item, amount, paid, None);
            for (known, body) in [(issued, Body::ItemDescribed(item)), (paid, allocated)] {
                told.push(Told {
                    known,
                    said: false,
                    who: 0,
                    line: String::new(),
                    facts: vec![(known, body)],
                    deed: None,
                });
            }
        }
        Ok(told)
    }

    fn body(&mut self, on: Day, what: &What) -> Result<(Day, Body), String> {
        let body = match what {
            What::Invoice {
                number,
                amount,
                due,
                term,
                issued,
                order_reference,
            } => {
                let amount = self.money(amount)?;
                let issued = issued.map_or(on, |day| day.0);
                let due = due.map_or(issued.plus(i32::from(term.unwrap_or(30))), |day| day.0);
                let described = self.issue(ItemKind::Invoice, number, amount, issued, due);
                Body::ItemDescribed(ItemDescription {
                    order_reference: order_reference.clone(),
                    ..described
                })
            }
            What::Instalment {
                number,
                amount,
                due,
                term,
                issued,
            } => {
                let amount = self.money(amount)?;
                let issued = issued.map_or(on, |day| day.0);
                let due = due.map_or(issued.plus(i32::from(term.unwrap_or(30))), |day| day.0);
                Body::ItemDescribed(self.issue(ItemKind::Instalment, number, amount, issued, due))
            }
            What::CreditNote {
                number,
                amount,
                corrects,
            } => {
                let amount = self.money(amount)?;
                let corrects = corrects.as_deref().map(|number| self.item(number)).transpose()?;
                let negative = Money::new(amount.minor.saturating_neg(), amount.currency);
                let described = self.issue(ItemKind::CreditNote, number, negative, on, on);
                Body::ItemDescribed(ItemDescription {
                    corrects,
                    ..described
                })
            }
            What::Payment {
                amount,
                invoice: Some(invoice),
                name,
            } => {
                let (item, amount) = (self.item(invoice)?, self.money(amount)?);
                self.allocated(Source::Direct, item, amount, on, name.as_ref())
            }
            What::Payment { amount, name, .. } => {
                self.count = self.count.saturating_add(1);
                let name = name.clone().unwrap_or_else(|| self.count.to_string());
                Body::Received(Receipt {
                    receipt: self.receipt(&name),
                    amount: self.money(amount)?,
                    on,
                    text: String::new(),
                })
            }
            What::PaymentUndone { name } => Body::AllocationRemoved(Removed {
                id: AllocationId::derived(SCOPE, &self.reference("allocation", Some(name))),
            }),
            What::Applied {
                credit_note,
                payment,
                invoice,
                amount,
            } => {
                let source = match (credit_note, payment) {
                    (Some(number), _) => Source::CreditNote(self.item(number)?),
                    (None, Some(name)) => Source::Receipt(self.receipt(name)),
                    (None, None) => return Err("it needs `credit_note` or `payment`".into()),
                };
                let (item, amount) = (self.item(invoice)?, self.money(amount)?);
                self.allocated(source, item, amount, on, None)
            }
            What::WrittenOff { invoice, amount } => {
                let (item, amount) = (self.item(invoice)?, self.money(amount)?);
                self.allocated(Source::WriteOff, item, amount, on, None)
            }
            What::Removed { invoice } => Body::ItemRemoved(Removed {
                id: self.item(invoice)?,
            }),
            What::Quotation(order) => self.ordered(OrderKind::Quotation, order, on)?,
            What::Order(order) => self.ordered(OrderKind::Order, order, on)?,
            What::Unbilled(order) => self.ordered(OrderKind::Delivered, order, on)?,
            What::Handled { name, outcome } => {
                let (happened, channel, before) = *self
                    .replies
                    .get(name)
                    .ok_or_else(|| format!("there is no reply `{name}` before it"))?;
                return Ok((
                    happened,
                    self.reply(name, channel, outcome.unwrap_or(before), false),
                ));
            }
            What::Reply {
                outcome,
                channel,
                unhandled,
                name,
            } => {
                self.count = self.count.saturating_add(1);
                let name = name.clone().unwrap_or_else(|| self.count.to_string());
                self.replies.insert(name.clone(), (on, *channel, *outcome));
                self.reply(&name, *channel, *outcome, *unhandled)
            }
            What::Step { .. } | What::NewRound { .. } | What::Cost { .. } | What::Delivery { .. } => {
                self.done(on, what)?
            }
            What::Promise { .. }
            | What::Plan { .. }
            | What::Dispute { .. }
            | What::Pause { .. }
            | What::Extension { .. }
            | What::Withheld { .. }
            | What::Ended { .. } => self.agreed(what)?,
            other => self.stated(on, other)?,
        };
        Ok((on, body))
    }

    fn reply(&self, name: &str, channel: Channel, outcome: Outcome, unhandled: bool) -> Body {
        Body::Contacted(Contact {
            id: format!("{}|reply|{name}", self.called),
            channel,
            outcome,
            right_person: true,
            inbound: true,
            unhandled,
            items: vec![],
        })
    }

    fn ordered(&self, kind: OrderKind, order: &OrderIs, on: Day) -> Result<Body, String> {
        Ok(Body::OrderDescribed(Order {
            reference: order.number.clone(),
            number: order.number.clone(),
            kind,
            state: order.state,
            amount: self.money(&order.amount)?,
            on,
        }))
    }

    /// What was sent and done.
    fn done(&mut self, on: Day, what: &What) -> Result<Body, String> {
        Ok(match what {
            What::Step {
                level,
                items,
                channel,
                proof,
                deadline,
                announced_costs,
                kind,
            } => Body::StepDone(StepDone {
                action: maan_ledger::ActionId::derived(SCOPE, &self.reference("step", None)),
                items: self.items(items)?,
                level: level.0,
                kind: kind.clone(),
                round: 0,
                on,
                channel: *channel,
                proof: *proof,
                deadline: deadline.map(|day| day.0),
                announced_costs: announced_costs
                    .as_ref()
                    .map(|costs| self.money(costs))
                    .transpose()?,
            }),
            What::NewRound { invoice, round } => Body::RoundOpened(RoundOpened {
                item: self.item(invoice)?,
                round: *round,
                reason: String::new(),
            }),
            What::Cost { level, amount } => Body::CostMade(Cost {
                level: level.0,
                amount: self.money(amount)?,
                what: String::new(),
            }),
            What::Delivery {
                invoice,
                state,
                channel,
                proof,
                order_reference_missing,
            } => Body::Delivered(Delivery {
                item: self.item(invoice)?,
                channel: *channel,
                on,
                state: *state,
                proof: *proof,
                order_reference_missing: *order_reference_missing,
            }),
            _ => return Err("it cannot be told".into()),
        })
    }

    /// What was agreed, and its end.
    fn agreed(&mut self, what: &What) -> Result<Body, String> {
        Ok(match what {
            What::Promise {
                amount,
                by,
                items,
                name,
            } => Body::Promised(Promise {
                agreement: self.agreement(name.as_ref()),
                items: self.items(items)?,
                amount: self.money(amount)?,
                by: by.0,
            }),
            What::Plan {
                items,
                instalments,
                name,
            } => {
                let mut parts = Vec::new();
                for instalment in instalments {
                    parts.push(Instalment {
                        due: instalment.due.0,
                        amount: self.money(&instalment.amount)?,
                    });
                }
                Body::PlanAgreed(Plan {
                    agreement: self.agreement(name.as_ref()),
                    items: self.items(items)?,
                    instalments: parts,
                })
            }
            What::Dispute {
                invoice,
                amount,
                cause,
                name,
            } => {
                let whole = self
                    .amounts
                    .get(invoice)
                    .copied()
                    .unwrap_or(Money::zero(self.home));
                Body::Disputed(Dispute {
                    agreement: self.agreement(name.as_ref()),
                    item: self.item(invoice)?,
                    amount: amount.as_ref().map_or(Ok(whole), |amount| self.money(amount))?,
                    cause: *cause,
                    text: String::new(),
                })
            }
            What::Pause { invoice, until, name } => Body::Paused(Pause {
                agreement: self.agreement(name.as_ref()),
                item: invoice.as_deref().map(|number| self.item(number)).transpose()?,
                until: until.map(|day| day.0),
                reason: String::new(),
            }),
            What::Extension { items, until, name } => Body::Extended(Extension {
                agreement: self.agreement(name.as_ref()),
                items: self.items(items)?,
                until: until.0,
            }),
            What::Withheld {
                invoice,
                amount,
                cause,
                name,
            } => Body::Withheld(Withholding {
                agreement: self.agreement(name.as_ref()),
                item: self.item(invoice)?,
                amount: self.money(amount)?,
                cause: *cause,
                payee: None,
            }),
            What::Ended { name, how } => Body::AgreementEnded(AgreementEnd {
                agreement: self.agreement(Some(name)),
                reason: *how,
            }),
            _ => return Err("it cannot be told".into()),
        })
    }

    /// What is stated of the debtor or the account.
    fn stated(&mut self, on: Day, what: &What) -> Result<Body, String> {
        Ok(match what {
            What::DirectDebit {
                invoice,
                collection_day,
                return_code,
                returned_on,
            } => Body::MandateUsed(Mandate {
                item: self.item(invoice)?,
                collection_day: collection_day.0,
                return_code: return_code.clone(),
                returned_on: returned_on.map(|day| day.0),
            }),
            What::Payables { amount } => Body::PayablesStated(Payables {
                amount: self.money(amount)?,
            }),
            What::CreditReport {
                answer,
                failure,
                advised_limit,
                worsened_by,
                marks,
                agency,
            } => Body::CreditReported(CreditReport {
                answer: *answer,
                agency: agency.clone(),
                failure_per_mille: *failure,
                advised_limit: advised_limit
                    .as_ref()
                    .map(|limit| self.money(limit))
                    .transpose()?,
                worsened_by: *worsened_by,
                marks: marks.clone(),
            }),
            What::Limit { limit, insured } => Body::LimitSet(Limit {
                limit: limit.as_ref().map(|limit| self.money(limit)).transpose()?,
                insured: insured.as_ref().map(|insured| self.money(insured)).transpose()?,
                reason: String::new(),
            }),
            What::DeliveriesHeld { held } => Body::HoldSet(Hold {
                held: *held,
                reason: String::new(),
            }),
            What::Legal {
                situation,
                since,
                until,
                source,
                file_claim_by,
            } => Body::LegalStatusRecorded(LegalStatus {
                situation: *situation,
                since: since.map_or(on, |day| day.0),
                until: until.map(|day| day.0),
                source: source.clone(),
                file_claim_by: file_claim_by.map(|day| day.0),
            }),
            What::Judged {
                segment,
                willingness,
                verdict,
                limit,
                hold,
                review_on,
            } => Body::Judged(Judgement {
                segment: segment.clone(),
                willingness: *willingness,
                verdict: *verdict,
                limit: limit.as_ref().map(|limit| self.money(limit)).transpose()?,
                hold: *hold,
                review_on: review_on.map(|day| day.0),
            }),
            What::Evidence { criterion, leaning } => Body::EvidenceRecorded(Evidence {
                criterion: *criterion,
                leaning: *leaning,
            }),
            What::Situation { code, until } => Body::SituationRecorded(Situation {
                code: code.clone(),
                until: until.map(|day| day.0),
            }),
            What::Complaint { name, settled } => Body::Complained(Complaint {
                id: name.clone(),
                settled: *settled,
            }),
            What::CourtChance { chance, basis } => Body::CourtChanceEntered(CourtChance {
                per_mille: *chance,
                basis: basis.clone(),
            }),
            _ => return Err("it cannot be told".into()),
        })
    }
}

fn agreed(agreement: &AgreementIs) -> Result<Agreement, String> {
    let basis_points = |rate: rust_decimal::Decimal| {
        let points = rate
            .checked_mul(100.into())
            .filter(|points| points.fract().is_zero());
        points
            .and_then(|points| u32::try_from(points).ok())
            .ok_or_else(|| {
                format!("the agreed interest of {rate} is no percentage with at most two decimals")
            })
    };
    Ok(Agreement {
        agreed_on: agreement.agreed_on.map(|day| day.0),
        applicable_law: agreement.applicable_law.as_deref().map(Country::from_code),
        term_days: agreement.term_days,
        costs_clause: agreement.costs_clause,
        interest_basis_points: agreement.interest.map(basis_points).transpose()?,
        indemnity_per_mille: agreement.indemnity,
        regular_supply: agreement.regular_supply,
        consumer_sale: agreement.consumer_sale,
    })
}
