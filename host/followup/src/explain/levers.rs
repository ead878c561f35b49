//! What can be imagined about a debtor: changes of facts, of the day or of the books, that somebody could bring about
//! or that may come by themselves.

use maan_ledger::{
    AgreementId, Channel, Consent, Day, DebtorKind, DeliveryState, Item, ItemId, Money, PromiseState,
    Snapshot,
};
use serde::Serialize;

/// Items that are tried one by one, the oldest first.
pub(super) const ITEMS: usize = 6;

/// Days within which a promise that is imagined is to be kept.
const PROMISED_WITHIN: i32 = 7;

/// What is imagined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "lever", rename_all = "kebab-case")]
pub enum Lever {
    /// Money comes in and is booked on items.
    Paid {
        /// How much, exact to the minor unit: any less changes nothing of it.
        amount: Money,
        /// On which items, how much.
        parts: Vec<Part>,
    },
    /// A day comes, and nothing becomes known until then.
    Later {
        /// The day.
        on: Day,
        /// Days from today.
        days: i32,
    },
    /// The debtor promises to pay what is overdue.
    Promised {
        /// How much.
        amount: Money,
        /// Last day.
        by: Day,
    },
    /// The debtor disputes an item.
    Disputed {
        /// The item, and what is open of it.
        item: Part,
    },
    /// Something that was agreed, ordered or disputed ends.
    Ended {
        /// What.
        what: Ending,
        /// Which.
        agreement: AgreementId,
        /// Number of the item, where it is about one; untrusted text.
        number: Option<String>,
    },
    /// A credit report comes in, or the agency does not answer.
    Reported {
        /// What it says.
        report: Report,
    },
    /// Working data of a channel become known.
    Reachable {
        /// The channel.
        channel: Channel,
    },
    /// The debtor consents to a channel.
    Consented {
        /// The channel.
        channel: Channel,
    },
    /// The bank is booked through a later day.
    BankBooked {
        /// The day.
        through: Day,
    },
    /// Somebody handles the debtor's replies.
    Answered {
        /// How many.
        replies: usize,
    },
    /// An invoice that did not arrive is delivered.
    Delivered {
        /// The item.
        item: Part,
    },
    /// It becomes known that the debtor is a company.
    IsBusiness,
    /// The legal situation ends.
    LegalOver,
    /// A recorded situation ends.
    SituationOver {
        /// Its code.
        code: String,
    },
}

/// An amount of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Which item.
    pub item: ItemId,
    /// Its number; untrusted text.
    pub number: String,
    /// How much of it.
    pub amount: Money,
}

/// What can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// A promise to pay is withdrawn.
    Promise,
    /// A plan ends.
    Plan,
    /// A dispute is settled in the creditor's favour.
    Dispute,
    /// A pause is lifted.
    Pause,
    /// What was not to be chased is to be chased again.
    Withholding,
    /// An extension ends.
    Extension,
}

/// What a credit report says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Report {
    /// A chance of failing of one per cent.
    Good,
    /// A chance of failing of thirty per cent.
    Bad,
    /// The agency does not answer.
    NoAnswer,
}

/// What the levers start from.
pub(super) struct Now<'a> {
    pub(super) snapshot: &'a Snapshot<'a>,
    /// The day through which the bank is booked.
    pub(super) booked: Option<Day>,
}

type Row = fn(&Now<'_>) -> Vec<Lever>;

/// Everything that is tried beside payments and later days, in the order in which it is told.
const TABLE: [Row; 11] = [
    bank_booked,
    answered,
    ended,
    promised,
    disputed,
    delivered,
    reachable,
    consented,
    reported,
    is_business,
    over,
];

/// What can be tried with a debtor.
pub(super) fn all(now: &Now<'_>) -> Vec<Lever> {
    TABLE.iter().flat_map(|row| row(now)).collect()
}

/// What is open of each item that money can be booked on, the oldest first.
pub(super) fn payable(snapshot: &Snapshot<'_>) -> Vec<Part> {
    let mut items: Vec<&Item<'_>> = snapshot.open_items().filter(|item| item.open.minor > 0).collect();
    items.sort_unstable_by_key(|item| (item.described.due, item.id));
    items.into_iter().map(whole).collect()
}

fn whole(item: &Item<'_>) -> Part {
    Part {
        item: item.id,
        number: item.described.number.clone(),
        amount: item.open,
    }
}

fn bank_booked(now: &Now<'_>) -> Vec<Lever> {
    let through = now.snapshot.as_of.plus(-1);
    let behind = now.booked.is_some_and(|booked| booked < through);
    behind
        .then_some(Lever::BankBooked { through })
        .into_iter()
        .collect()
}

fn answered(now: &Now<'_>) -> Vec<Lever> {
    let contacts = now.snapshot.conversation.contacts.iter();
    match contacts.filter(|contact| contact.what.unhandled).count() {
        0 => vec![],
        replies => vec![Lever::Answered { replies }],
    }
}

fn ended(now: &Now<'_>) -> Vec<Lever> {
    let snapshot = now.snapshot;
    let number = |item: ItemId| snapshot.item(item).map(|item| item.described.number.clone());
    let lever = |what, agreement, number| Lever::Ended {
        what,
        agreement,
        number,
    };
    let promises = snapshot
        .promises
        .iter()
        .filter(|promise| promise.state == PromiseState::Open)
        .map(|promise| lever(Ending::Promise, promise.promise.agreement, None));
    let plans = snapshot.plans.iter();
    let plans = plans.map(|plan| lever(Ending::Plan, plan.plan.agreement, None));
    let disputes = snapshot
        .disputes
        .iter()
        .map(|dispute| lever(Ending::Dispute, dispute.what.agreement, number(dispute.what.item)));
    let pauses = snapshot
        .pauses
        .iter()
        .map(|pause| lever(Ending::Pause, pause.agreement, pause.item.and_then(number)));
    let withheld = snapshot
        .withheld
        .iter()
        .map(|part| lever(Ending::Withholding, part.what.agreement, number(part.what.item)));
    let extensions = snapshot
        .extensions
        .iter()
        .map(|extension| lever(Ending::Extension, extension.agreement, None));
    promises
        .chain(plans)
        .chain(disputes)
        .chain(pauses)
        .chain(withheld)
        .chain(extensions)
        .collect()
}

fn promised(now: &Now<'_>) -> Vec<Lever> {
    let amount = now.snapshot.account.totals.overdue;
    let by = now.snapshot.as_of.plus(PROMISED_WITHIN);
    let owes = amount.minor > 0;
    owes.then_some(Lever::Promised { amount, by })
        .into_iter()
        .collect()
}

fn disputed(now: &Now<'_>) -> Vec<Lever> {
    let disputed = |part: &Part| {
        now.snapshot
            .disputes
            .iter()
            .any(|other| other.what.item == part.item)
    };
    let items = payable(now.snapshot).into_iter().filter(|part| !disputed(part));
    items.take(ITEMS).map(|item| Lever::Disputed { item }).collect()
}

fn delivered(now: &Now<'_>) -> Vec<Lever> {
    let failed = |part: &Part| {
        let mut deliveries = now.snapshot.deliveries.iter().rev();
        let last = deliveries.find(|delivery| delivery.item == part.item);
        last.is_some_and(|last| {
            last.order_reference_missing
                || matches!(last.state, DeliveryState::Bounced | DeliveryState::Rejected)
        })
    };
    let items = payable(now.snapshot).into_iter().filter(failed);
    items.take(ITEMS).map(|item| Lever::Delivered { item }).collect()
}

fn reachable(now: &Now<'_>) -> Vec<Lever> {
    let Some(debtor) = now.snapshot.debtor else {
        return vec![];
    };
    let works = |channel: &Channel| {
        let mut reach = debtor.reach.iter();
        reach.any(|reach| reach.channel == *channel && !reach.failed && !reach.address.trim().is_empty())
    };
    let channels = [Channel::Email, Channel::Phone, Channel::Letter];
    let missing = channels.into_iter().filter(|channel| !works(channel));
    missing.map(|channel| Lever::Reachable { channel }).collect()
}

fn consented(now: &Now<'_>) -> Vec<Lever> {
    let Some(debtor) = now.snapshot.debtor else {
        return vec![];
    };
    let lacks = debtor.reach.iter().filter(|reach| match reach.consent {
        Consent::Given => false,
        Consent::Withdrawn => true,
        Consent::NotAsked => matches!(reach.channel, Channel::Sms | Channel::Whatsapp),
    });
    let mut channels: Vec<Channel> = lacks.map(|reach| reach.channel).collect();
    channels.sort_unstable();
    channels.dedup();
    let lever = |channel| Lever::Consented { channel };
    channels.into_iter().map(lever).collect()
}

fn reported(_: &Now<'_>) -> Vec<Lever> {
    let reports = [Report::Good, Report::Bad, Report::NoAnswer];
    reports.map(|report| Lever::Reported { report }).into()
}

fn is_business(now: &Now<'_>) -> Vec<Lever> {
    let kind = now.snapshot.debtor.map(|debtor| debtor.kind);
    let unknown = kind == Some(DebtorKind::Unknown);
    unknown.then_some(Lever::IsBusiness).into_iter().collect()
}

fn over(now: &Now<'_>) -> Vec<Lever> {
    let legal = (!now.snapshot.legal.is_empty()).then_some(Lever::LegalOver);
    let situations = now.snapshot.conversation.situations.iter();
    let situations = situations.map(|situation| Lever::SituationOver {
        code: situation.what.code.clone(),
    });
    legal.into_iter().chain(situations).collect()
}

impl Lever {
    /// Whether it is about some items alone, so that what is asked of these changes as a matter of course.
    pub(super) fn is_about_items(&self) -> bool {
        matches!(
            self,
            Self::Paid { .. } | Self::Disputed { .. } | Self::Ended { .. } | Self::Delivered { .. }
        )
    }
}
