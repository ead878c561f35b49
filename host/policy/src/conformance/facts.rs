//! Generated facts of a debtor, from which each slot's view of a case is made.

use super::entropy::Entropy;
use crate::contract::*;

/// The day for which generated cases are decided: 2026-03-02.
pub(super) const TODAY: Day = 20_514;

const NL: Country = u16::from_be_bytes(*b"NL");
const BE: Country = u16::from_be_bytes(*b"BE");
const DE: Country = u16::from_be_bytes(*b"DE");
const FR: Country = u16::from_be_bytes(*b"FR");
const EUR: Currency = 978;
const GBP: Currency = 826;

const LEVELS: [Level; 8] = [
    Level::Notice1,
    Level::Notice2,
    Level::Reminder1,
    Level::Reminder2,
    Level::Reminder3,
    Level::Call1,
    Level::LastReminder,
    Level::FormalNotice,
];
const CHANNELS: [Channel; 5] = [
    Channel::Letter,
    Channel::RegisteredLetter,
    Channel::Sms,
    Channel::Whatsapp,
    Channel::Phone,
];

/// What holds for a generated batch.
pub(super) fn context() -> Context {
    // Saturdays and Sundays near today.
    let weekend = |day: &Day| matches!((day + 4).rem_euclid(7), 0 | 6);
    Context {
        today: TODAY,
        creditor: Creditor {
            country: NL,
            size: CompanySize::Small,
            deducts_vat: true,
            claims: ClaimBasis::OwnClaims,
            currency: EUR,
            bank_booked_through: Some(TODAY - 1),
            non_working_days: (TODAY - 30..TODAY + 90).filter(weekend).collect(),
        },
    }
}

/// All that the views of one debtor share.
pub struct Facts {
    pub(super) debtor: Debtor,
    pub(super) agreement: Agreement,
    pub(super) reach: Vec<Reach>,
    pub(super) items: Vec<Item>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) disputes: Vec<Dispute>,
    pub(super) withheld: Vec<Withheld>,
    pub(super) mandates: Vec<Mandate>,
    pub(super) steps_done: Vec<StepDone>,
    pub(super) promises: Vec<Promise>,
    pub(super) plans: Vec<Plan>,
    pub(super) pauses: Vec<Pause>,
    pub(super) account: Account,
    pub(super) behaviour: Behaviour,
    pub(super) conversation: Conversation,
    pub(super) costs: Vec<Cost>,
    pub(super) in_force: InForce,
}

impl Facts {
    pub(super) fn of(e: &mut Entropy) -> Self {
        let items = items(e);
        let per_item = |e: &mut Entropy, times: i64| -> Vec<(ItemIndex, Item)> {
            (0..)
                .zip(items.iter().copied())
                .filter(|_| e.once_in(times))
                .collect()
        };
        let disputes = per_item(e, 12).into_iter().map(|(item, of)| Dispute {
            item,
            amount: of.open.max(0) / 2,
            since: of.due + 3,
            cause: e
                .one("goods", &["price", "quantity", "service", "not-ordered", "other"])
                .into(),
        });
        let disputes: Vec<Dispute> = disputes.collect();
        let withheld = per_item(e, 25).into_iter().map(|(item, of)| Withheld {
            item,
            amount: of.open.max(0) / 4,
            cause: e.one(
                WithheldCause::CreditExpected,
                &[WithheldCause::Retention, WithheldCause::Factored],
            ),
            since: of.issued,
        });
        let withheld: Vec<Withheld> = withheld.collect();
        Self {
            debtor: debtor(e),
            agreement: agreement(e),
            reach: reach(e),
            deliveries: deliveries(e, &items),
            disputes,
            withheld,
            mandates: mandates(e, &items),
            steps_done: steps_done(e, &items),
            promises: e.maybe(6, |e| promise(e, &items)).into_iter().collect(),
            plans: e.maybe(15, |e| plan(e, &items)).into_iter().collect(),
            pauses: e
                .maybe(20, |e| Pause {
                    item: None,
                    until: Some(TODAY + e.day(-10..=30)),
                })
                .into_iter()
                .collect(),
            account: account(e, &items),
            behaviour: behaviour(e),
            conversation: conversation(e),
            costs: e.several(0..=2, |e| Cost {
                level: e.one(Level::Reminder1, &LEVELS),
                on: TODAY - e.day(1..=60),
                amount: e.number(50..=2_500),
            }),
            in_force: in_force(e),
            items,
        }
    }
}

fn debtor(e: &mut Entropy) -> Debtor {
    let status = |e: &mut Entropy| LegalStatus {
        situation: e.one(
            LegalSituation::Bankruptcy,
            &[LegalSituation::DebtScheme, LegalSituation::Deceased],
        ),
        since: TODAY - e.day(1..=200),
        source: "register".into(),
        file_claim_by: e.maybe(2, |e| TODAY + e.day(1..=60)),
    };
    Debtor {
        kind: e.one(
            DebtorKind::Business,
            &[
                DebtorKind::Business,
                DebtorKind::Consumer,
                DebtorKind::SoleTrader,
                DebtorKind::PublicBody,
                DebtorKind::Unknown,
            ],
        ),
        size: e.one(
            CompanySize::Unknown,
            &[
                CompanySize::Micro,
                CompanySize::Small,
                CompanySize::Medium,
                CompanySize::Large,
            ],
        ),
        country: e.one(NL, &[NL, NL, BE, DE, FR]),
        sector: e.one("", &["4120", "6201", "4711"]).into(),
        language: e.one("nl", &["nl", "en", "de", "fr", ""]).into(),
        language_source: e.one(
            LanguageSource::Platform,
            &[LanguageSource::Stated, LanguageSource::Country],
        ),
        since: e.maybe(2, |e| TODAY - e.day(10..=4_000)),
        in_group: e.once_in(10),
        payer_is_other: e.once_in(20),
        legal_status: e.maybe(30, status).into_iter().collect(),
        represented: e.once_in(40),
        relation: e.one(
            Relation::Customer,
            &[
                Relation::Customer,
                Relation::Customer,
                Relation::OwnCompany,
                Relation::Staff,
            ],
        ),
        traits: e
            .maybe(5, |e| ("club".to_owned(), e.one("gold", &["silver"]).to_owned()))
            .into_iter()
            .collect(),
    }
}

fn agreement(e: &mut Entropy) -> Agreement {
    Agreement {
        agreed_on: e.maybe(2, |e| TODAY - e.day(100..=2_000)),
        applicable_law: e.maybe(4, |e| e.one(NL, &[BE])),
        term_days: Some(e.one(30, &[14, 8, 60])),
        costs_clause: e.once_in(2),
        interest_rate: e.maybe(5, |e| Decimal {
            units: e.number(5..=180),
            scale: 1,
        }),
        indemnity_share: e.maybe(8, |e| e.one(100, &[150])),
        regular_supply: e.once_in(6),
        consumer_sale: e.once_in(6),
    }
}

fn reach(e: &mut Entropy) -> Vec<Reach> {
    let way = |e: &mut Entropy, channel: Channel| Reach {
        channel,
        role: e.one(
            ContactRole::AccountsPayable,
            &[ContactRole::Decider, ContactRole::Unknown],
        ),
        branch: 0,
        reachable: !e.once_in(8),
        preferred: e.once_in(3),
        consent: e.one(Consent::NotAsked, &[Consent::Given, Consent::Withdrawn]),
        right_person: e.once_in(3),
    };
    let mut ways = vec![way(e, Channel::Email), way(e, Channel::Letter)];
    ways.extend(e.maybe(2, |e| way(e, Channel::Phone)));
    ways
}

fn items(e: &mut Entropy) -> Vec<Item> {
    e.several(0..=8, |e| {
        let issued = TODAY - e.day(0..=240);
        let amount = e.one(12_100, &[e_amount(issued), 250_000, 99, 1_815]);
        let credit = e.once_in(12);
        let sign = if credit { -1 } else { 1 };
        let last_level = if credit {
            Level::None
        } else {
            e.one(Level::None, &LEVELS)
        };
        Item {
            kind: if credit {
                ItemKind::CreditNote
            } else {
                ItemKind::Invoice
            },
            issued,
            due: issued + e.one(30, &[14, 8, 60]),
            amount: amount * sign,
            open: if e.once_in(4) { amount / 2 } else { amount } * sign,
            currency: e.one(EUR, &[EUR, EUR, EUR, GBP]),
            last_level,
            last_level_day: if last_level == Level::None {
                0
            } else {
                TODAY - e.day(0..=20)
            },
            round: 0,
        }
    })
}

/// An amount that differs with the day.
fn e_amount(day: Day) -> Minor {
    i64::from(day).rem_euclid(977) * 1_013 + 500
}

fn deliveries(e: &mut Entropy, items: &[Item]) -> Vec<Delivery> {
    let known: Vec<_> = (0..).zip(items).filter(|_| e.once_in(3)).collect();
    let delivery = |(item, of): (ItemIndex, &Item)| Delivery {
        item,
        channel: Channel::Email,
        on: of.issued,
        state: e.one(
            DeliveryState::Delivered,
            &[DeliveryState::Bounced, DeliveryState::Sent],
        ),
        proof: e.once_in(4),
        order_reference_missing: e.once_in(9),
    };
    known.into_iter().map(delivery).collect()
}

fn mandates(e: &mut Entropy, items: &[Item]) -> Vec<Mandate> {
    let covered: Vec<_> = (0..)
        .zip(items)
        .filter(|(_, of)| of.open > 0 && e.once_in(15))
        .collect();
    let mandate = |(item, of): (ItemIndex, &Item)| Mandate {
        item,
        collection_day: of.due,
        return_code: e.one("", &["AM04", "MD06"]).into(),
        returned_on: e.maybe(2, |_| of.due + 2),
    };
    covered.into_iter().map(mandate).collect()
}

fn steps_done(e: &mut Entropy, items: &[Item]) -> Vec<StepDone> {
    let reached = (0..).zip(items).filter(|(_, of)| of.last_level != Level::None);
    let step = |(item, of): (ItemIndex, &Item)| StepDone {
        item,
        level: of.last_level,
        round: of.round,
        on: of.last_level_day,
        channel: e.one(Channel::Email, &CHANNELS),
        proof: e.once_in(5),
        deadline: e.maybe(2, |_| of.last_level_day + 15),
        announced_costs: e.one(0, &[4_000]),
    };
    reached.map(step).collect()
}

fn promise(e: &mut Entropy, items: &[Item]) -> Promise {
    let state = e.one(
        PromiseState::Open,
        &[PromiseState::Kept, PromiseState::Broken, PromiseState::Withdrawn],
    );
    let by = if state == PromiseState::Open {
        TODAY + e.day(-2..=14)
    } else {
        TODAY - e.day(5..=40)
    };
    Promise {
        items: first_item(items),
        amount: e.number(100..=50_000),
        made_on: by - 7,
        by,
        state,
    }
}

fn first_item(items: &[Item]) -> Vec<ItemIndex> {
    items.first().map(|_| 0).into_iter().collect()
}

fn plan(e: &mut Entropy, items: &[Item]) -> Plan {
    let agreed_on = TODAY - e.day(5..=90);
    let amount = e.number(1_000..=20_000);
    Plan {
        items: first_item(items),
        agreed_on,
        due: vec![agreed_on + 30, agreed_on + 60, agreed_on + 90],
        amounts: vec![amount; 3],
        paid: e.one(0, &[amount]),
        missed: e.one(0, &[0, amount]),
    }
}

fn account(e: &mut Entropy, items: &[Item]) -> Account {
    let open = |overdue: bool| {
        items
            .iter()
            .filter(|i| !overdue || i.due < TODAY)
            .map(|i| i.open.max(0))
            .sum()
    };
    let report = |e: &mut Entropy| CreditReport {
        answer: e.one(
            ReportAnswer::Present,
            &[ReportAnswer::NotFound, ReportAnswer::NoAnswer],
        ),
        on: TODAY - e.day(1..=400),
        failure_chance: e.maybe(2, |e| e.small(0..=400, 0)),
        advised_limit: e.maybe(2, |e| e.number(0..=5_000_000)),
        worsened_by: e.small(-50..=120, 0),
        marks: e.maybe(4, |_| "late-filing".to_owned()).into_iter().collect(),
    };
    Account {
        unallocated: e.one(0, &[0, 0, 5_000]),
        credits: items.iter().map(|i| (-i.open).max(0)).sum(),
        payables: e.one(0, &[0, 12_000]),
        prepayments: e.one(0, &[0, 3_000]),
        open: open(false),
        overdue: open(true),
        orders: e.one(0, &[40_000]),
        quotations: e.one(0, &[80_000]),
        unbilled: e.one(0, &[7_500]),
        group_exposure: e.maybe(10, |e| e.number(0..=900_000)),
        limit: e.maybe(2, |e| e.number(0..=1_000_000)),
        insured_limit: e.maybe(8, |e| e.number(0..=500_000)),
        held: e.once_in(12),
        report: e.maybe(3, report),
    }
}

fn behaviour(e: &mut Entropy) -> Behaviour {
    let due: Vec<Day> = { e.several(0..=40, |e| TODAY - e.day(1..=730)) };
    let late = e.day(-5..=40);
    let mut due = due;
    due.sort_unstable();
    Behaviour {
        paid: due
            .iter()
            .map(|day| day + late + e.day(-6..=6))
            .map(|day| day.min(TODAY))
            .collect(),
        amount: due.iter().map(|_| e.number(500..=400_000)).collect(),
        due,
        promises_kept: e.small(0..=4, 0),
        promises_broken: e.small(0..=3, 0),
        disputes_justified: e.small(0..=2, 0),
        disputes_unjustified: e.small(0..=2, 0),
        returned_debits: e.small(0..=2, 0),
    }
}

fn conversation(e: &mut Entropy) -> Conversation {
    let outcomes = [
        ContactOutcome::NoAnswer,
        ContactOutcome::Promised,
        ContactOutcome::Disputes,
        ContactOutcome::CannotPay,
        ContactOutcome::WillNotPay,
        ContactOutcome::AsksPlan,
        ContactOutcome::DebtHelp,
        ContactOutcome::Other,
    ];
    Conversation {
        contacts: e.several(0..=4, |e| Contact {
            on: TODAY - e.day(0..=120),
            channel: e.one(Channel::Phone, &CHANNELS),
            outcome: e.one(ContactOutcome::Reached, &outcomes),
            right_person: e.once_in(2),
            inbound: e.once_in(3),
            unhandled: e.once_in(10),
        }),
        evidence: e.several(0..=3, |e| Evidence {
            criterion: e.one(
                Criterion::FinancialRoom,
                &[Criterion::SelfDirection, Criterion::BeliefsAboutPaying],
            ),
            on: TODAY - e.day(0..=120),
            leaning: e.small(-1_000..=1_000, 0),
        }),
        situations: e
            .maybe(8, |e| Situation {
                code: e.one("income-loss", &["debt-counselling"]).into(),
                since: TODAY - e.day(1..=90),
                until: Some(TODAY + e.day(1..=90)),
            })
            .into_iter()
            .collect(),
        complaints_open: e.one(0, &[0, 0, 1]),
    }
}

fn in_force(e: &mut Entropy) -> InForce {
    InForce {
        segment: e.maybe(2, |_| "regular".to_owned()),
        segment_since: e.maybe(2, |e| TODAY - e.day(1..=300)),
        willingness: e.one(
            Willingness::Unknown,
            &[Willingness::Pays, Willingness::Cannot, Willingness::WillNot],
        ),
        credit_verdict: e.maybe(3, |e| {
            e.one(Verdict::Accept, &[Verdict::Review, Verdict::Decline])
        }),
        limit: e.maybe(3, |e| e.number(0..=1_000_000)),
        hold: e.once_in(10),
        credit_review_on: e.maybe(3, |e| TODAY + e.day(-20..=200)),
        extension_until: e.maybe(15, |e| TODAY + e.day(-5..=20)),
        court_chance: e.maybe(20, |e| e.small(0..=1_000, 0)),
    }
}
