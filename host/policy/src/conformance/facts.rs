//! Generated facts of a debtor, from which each slot's view of a case is made.

use super::entropy::Entropy;
use super::history::{account, behaviour, conversation, in_force};
use super::items::{deliveries, items, mandates, plan, promise, steps_done};
use crate::contract::*;

/// The day for which generated cases are decided: 2026-03-02.
pub(super) const TODAY: Day = 20_514;

const NL: Country = u16::from_be_bytes(*b"NL");
const BE: Country = u16::from_be_bytes(*b"BE");
const DE: Country = u16::from_be_bytes(*b"DE");
const FR: Country = u16::from_be_bytes(*b"FR");
pub(super) const EUR: Currency = 978;
pub(super) const GBP: Currency = 826;

pub(super) const LEVELS: [Level; 8] = [
    Level::Notice1,
    Level::Notice2,
    Level::Reminder1,
    Level::Reminder2,
    Level::Reminder3,
    Level::Call1,
    Level::LastReminder,
    Level::FormalNotice,
];
pub(super) const CHANNELS: [Channel; 5] = [
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
        legal_status: e.maybe(30, |e| vec![status(e)]),
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
        traits: e.maybe(5, |e| vec![format!("club={}", e.one("gold", &["silver"]))]),
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
