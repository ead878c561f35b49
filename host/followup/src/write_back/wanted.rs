//! What the facts of a debtor want written on the platform. Pure, so that what waits is found again in the facts.

use std::collections::BTreeMap;

use maan_connectors::{is_as_on_platform, is_promised_on_platform};
use maan_ledger::{ActionId, Body, Channel, Day, DebtorId, Fact, ItemId, Known, Moment, Money, Promise};
use maan_store::{QueuedWriteBack, WriteBackKind};
use uuid::Uuid;

/// Something to be written, and since when it is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) queued: QueuedWriteBack,
    pub(super) since: Moment,
    pub(super) what: What,
}

/// What is to be written. References are the platform's ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// An action was done: it is told in words.
    Done {
        action: ActionId,
        on: Day,
        channel: Channel,
    },
    /// The limit that holds.
    Limit(Option<Money>),
    /// Whether deliveries are held.
    Held(bool),
    /// The day by which an invoice is promised to be paid.
    Promised { invoice: String, by: Option<Day> },
}

/// All that the facts of a debtor want, whether it was written or not.
pub(super) fn wanted(debtor: DebtorId, facts: &[Fact]) -> Vec<Wanted> {
    let make = |kind, name: String, since, what| Wanted {
        queued: QueuedWriteBack {
            id: Uuid::new_v5(&debtor.0, name.as_bytes()),
            debtor,
            kind,
        },
        since,
        what,
    };
    let mut all = Vec::new();
    for (action, (since, on, channel)) in steps(facts) {
        let what = What::Done { action, on, channel };
        all.push(make(WriteBackKind::Notes, format!("note/{action}"), since, what));
    }
    let limit = newest(facts, |body| match body {
        Body::LimitSet(limit) => Some((limit.reason.as_str(), limit.limit)),
        _ => None,
    });
    if let Some((since, limit)) = limit {
        let name = format!("limit/{}", since.0);
        all.push(make(WriteBackKind::Limits, name, since, What::Limit(limit)));
    }
    let hold = newest(facts, |body| match body {
        Body::HoldSet(hold) => Some((hold.reason.as_str(), hold.held)),
        _ => None,
    });
    if let Some((since, held)) = hold {
        let name = format!("hold/{}", since.0);
        all.push(make(WriteBackKind::Holds, name, since, What::Held(held)));
    }
    for (item, Noted { since, by, there }) in promises(facts) {
        let invoice = reference(facts, item).filter(|_| !there);
        let Some(invoice) = invoice else {
            continue;
        };
        let name = format!("promise/{item}/{}", since.0);
        let what = What::Promised { invoice, by };
        all.push(make(WriteBackKind::PromisedDates, name, since, what));
    }
    all
}

/// What became known here; history of an installation is nothing new to the platform.
fn recorded(fact: &Fact) -> Option<Moment> {
    match fact.known {
        Known::At(at) => Some(at),
        Known::Assumed(_) => None,
    }
}

/// The actions that were done, each once, however many steps it carried.
fn steps(facts: &[Fact]) -> BTreeMap<ActionId, (Moment, Day, Channel)> {
    let mut all = BTreeMap::new();
    for fact in facts {
        if let (Some(at), Body::StepDone(step)) = (recorded(fact), &fact.body) {
            all.entry(step.action).or_insert((at, step.on, step.channel));
        }
    }
    all
}

/// What was set last, unless it is what the platform has.
fn newest<'a, T>(facts: &'a [Fact], set: impl Fn(&'a Body) -> Option<(&'a str, T)>) -> Option<(Moment, T)> {
    let last = facts
        .iter()
        .filter_map(|fact| Some((fact, set(&fact.body)?)))
        .max_by_key(|(fact, _)| (fact.happened, fact.known.moment()));
    let (fact, (reason, value)) = last?;
    let at = recorded(fact).filter(|_| !is_as_on_platform(reason))?;
    Some((at, value))
}

/// The day that stands for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Noted {
    since: Moment,
    by: Option<Day>,
    /// The platform said so itself.
    there: bool,
}

/// A promise that stands.
struct Standing<'a> {
    promise: &'a Promise,
    there: bool,
}

/// For each item that was ever promised: the newest promise that stands, and since when that is so.
fn promises(facts: &[Fact]) -> BTreeMap<ItemId, Noted> {
    let mut standing: Vec<Standing<'_>> = Vec::new();
    let mut all: BTreeMap<ItemId, Noted> = BTreeMap::new();
    for fact in facts {
        let (touched, there) = match &fact.body {
            Body::Promised(promise) => {
                let there = is_promised_on_platform(fact.happened, promise);
                standing.retain(|one| one.promise.agreement != promise.agreement);
                standing.push(Standing { promise, there });
                (&promise.items, there)
            }
            Body::AgreementEnded(end) => {
                let ended = standing
                    .iter()
                    .position(|one| one.promise.agreement == end.agreement);
                let Some(ended) = ended.map(|place| standing.remove(place)) else {
                    continue;
                };
                (&ended.promise.items, ended.there)
            }
            _ => continue,
        };
        let Some(since) = recorded(fact) else { continue };
        for item in touched {
            let newest = standing.iter().rev().find(|one| one.promise.items.contains(item));
            let by = newest.map(|one| one.promise.by);
            // said again is nothing new
            if all.get(item).is_none_or(|before| before.by != by) {
                let there = newest.map_or(there, |one| one.there);
                all.insert(*item, Noted { since, by, there });
            }
        }
    }
    all
}

/// The platform's id of an item.
fn reference(facts: &[Fact], item: ItemId) -> Option<String> {
    facts.iter().rev().find_map(|fact| match &fact.body {
        Body::ItemDescribed(described) if described.item == item => Some(described.reference.clone()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use maan_ledger::{AgreementEnd, AgreementId, Currency, EndReason, Hold, Level, Limit, StepDone};

    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn fact(day: i32, body: Body) -> Fact {
        Fact {
            happened: Day(20_000 + day),
            known: Known::At(Moment(i64::from(day) * 1_000)),
            body,
        }
    }

    fn whats(facts: &[Fact]) -> Vec<What> {
        let all = wanted(DebtorId(id(1)), facts);
        all.into_iter().map(|one| one.what).collect()
    }

    fn step(day: i32, level: Level) -> Fact {
        fact(
            day,
            Body::StepDone(StepDone {
                action: ActionId(id(7)),
                items: vec![ItemId(id(3))],
                level,
                kind: "message".to_owned(),
                round: 0,
                on: Day(20_000 + day),
                channel: Channel::Email,
                proof: false,
                deadline: None,
                announced_costs: None,
            }),
        )
    }

    #[test]
    fn an_action_is_told_once_and_history_is_not_told() {
        let both = [step(1, Level::Reminder1), step(1, Level::Reminder2)];
        let done = What::Done {
            action: ActionId(id(7)),
            on: Day(20_001),
            channel: Channel::Email,
        };
        assert_eq!(whats(&both), [done]);
        let history = Fact {
            known: Known::Assumed(Moment(1)),
            ..step(1, Level::Reminder1)
        };
        assert!(whats(&[history]).is_empty());
    }

    #[test]
    fn a_limit_or_hold_is_written_while_it_is_ours_and_the_newest() {
        let limit = |day, minor, reason: &str| {
            fact(
                day,
                Body::LimitSet(Limit {
                    limit: Some(Money::new(minor, Currency::EUR)),
                    insured: None,
                    reason: reason.to_owned(),
                }),
            )
        };
        let there = "as set on the platform";
        let ours = What::Limit(Some(Money::new(500, Currency::EUR)));
        let facts = [
            limit(1, 100, there),
            limit(2, 500, "a person"),
            limit(3, 500, there),
        ];
        assert!(whats(&facts[..1]).is_empty());
        assert_eq!(whats(&facts[..2]), [ours]);
        assert!(whats(&facts).is_empty(), "the platform has it");
        let held = Hold {
            held: true,
            reason: "overdue".to_owned(),
        };
        assert_eq!(whats(&[fact(1, Body::HoldSet(held))]), [What::Held(true)]);
    }

    #[test]
    fn a_promise_that_was_replaced_does_not_take_the_new_day_away() {
        let promise = |day, agreement, by| {
            fact(
                day,
                Body::Promised(Promise {
                    agreement: AgreementId(id(agreement)),
                    items: vec![ItemId(id(3))],
                    amount: Money::new(100, Currency::EUR),
                    by: Day(by),
                }),
            )
        };
        let end = |day, agreement| {
            fact(
                day,
                Body::AgreementEnded(AgreementEnd {
                    agreement: AgreementId(id(agreement)),
                    reason: EndReason::Replaced,
                }),
            )
        };
        let facts = [
            promise(1, 10, 21_000),
            promise(2, 11, 21_007),
            end(2, 10),
            end(3, 11),
        ];
        let by = |facts: &[Fact]| {
            let all = promises(facts);
            all.get(&ItemId(id(3))).map(|noted| noted.by)
        };
        assert_eq!(by(&facts[..1]), Some(Some(Day(21_000))));
        assert_eq!(by(&facts[..3]), Some(Some(Day(21_007))));
        assert_eq!(by(&facts), Some(None));
        assert!(whats(&facts).is_empty(), "the platform does not know the item");
    }

    #[test]
    fn what_the_platform_noted_itself_is_not_written_there() {
        let item = ItemId(id(3));
        let promise = |day: i32, agreement, by| {
            fact(
                day,
                Body::Promised(Promise {
                    agreement,
                    items: vec![item],
                    amount: Money::new(100, Currency::EUR),
                    by: Day(by),
                }),
            )
        };
        // named as the connectors name it, by the day on which it came to be known
        let theirs = AgreementId::derived(item.0, &format!("promise/{}/{}", Day(20_001), Day(21_000)));
        let ours = AgreementId(id(10));
        let end = |day, agreement| {
            let reason = EndReason::Replaced;
            fact(day, Body::AgreementEnded(AgreementEnd { agreement, reason }))
        };
        let there = |facts: &[Fact]| promises(facts).get(&item).map(|noted| (noted.by, noted.there));
        let noted = promise(1, theirs, 21_000);
        assert_eq!(
            there(std::slice::from_ref(&noted)),
            Some((Some(Day(21_000)), true))
        );
        assert_eq!(
            there(&[noted.clone(), end(2, theirs)]),
            Some((None, true)),
            "taken away there"
        );
        let newer = [noted, promise(2, ours, 21_007), end(3, theirs)];
        assert_eq!(
            there(&newer),
            Some((Some(Day(21_007)), false)),
            "ours is to be written"
        );
        let replaced = [promise(0, ours, 21_007), end(1, ours), promise(1, theirs, 21_000)];
        assert_eq!(there(&replaced), Some((Some(Day(21_000)), true)));
    }
}
