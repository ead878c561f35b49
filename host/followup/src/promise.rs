//! A promise to pay that a debtor made to a person, in a call or a reply: what it must be, and the facts of it.

use maan_ledger::{
    AgreementEnd, AgreementId, Body, Channel, Contact, Currency, Day, DebtorId, EndReason, Item, ItemId,
    Money, MoneyError, Outcome, Promise, PromiseState, Snapshot,
};
use maan_store::{Debtor, TenantSettings};
use thiserror::Error;
use uuid::Uuid;

use crate::RunError;
use crate::actions::claimable;
use crate::followup::Followup;

/// What a debtor promised, as a person heard it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// How much, as it is written in the currency of the invoices: `250.00`; all that may be asked of them when absent.
    pub amount: Option<String>,
    /// Last day to pay.
    pub by: Day,
    /// Numbers of the invoices that it covers; those that were spoken of when empty.
    pub invoices: Vec<String>,
}

/// Why a promise cannot be kept in the books as it was told.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PromiseError {
    /// There is nothing that could be promised.
    #[error("nothing may be asked of {0} now, so there is nothing to promise; see `maan explain`")]
    NothingDue(String),
    /// No open invoice has this number.
    #[error("the debtor has no open invoice `{number}`; open are: {open}")]
    NotOpen {
        /// The number that was given.
        number: String,
        /// Numbers of the open invoices.
        open: String,
    },
    /// An amount needs one currency.
    #[error("the invoices are in {0} and {1}; name with `--items` those of one currency")]
    TwoCurrencies(Currency, Currency),
    /// An amount that cannot be read.
    #[error(transparent)]
    Amount(#[from] MoneyError),
    /// Nothing or less.
    #[error("{0} is no amount to promise; give one above zero, or leave it out for all that is due")]
    NotAboveZero(Money),
    /// More than there is to pay.
    #[error(
        "{amount} is more than the {open} that is open; promise at most that, or name more invoices with `--items`"
    )]
    MoreThanOpen {
        /// What was given.
        amount: Money,
        /// What is open.
        open: Money,
    },
    /// A day that has passed.
    #[error("{by} has passed; a promise is until {today} or later")]
    Past {
        /// What was given.
        by: Day,
        /// The first day that is possible.
        today: Day,
    },
    /// A day beyond what the administration settled.
    #[error(
        "{by} is too far away: promises are until {last} at the latest; agree on a payment plan, or allow more days with `maan settings longest_promise_days=…`"
    )]
    TooFar {
        /// What was given.
        by: Day,
        /// The last day that is possible.
        last: Day,
    },
}

impl Followup {
    /// Keeps what a debtor promised who called or wrote without being asked; it covers what is overdue, or what is open
    /// where nothing is.
    ///
    /// # Errors
    /// The database, or a promise that cannot be.
    pub async fn promised(&self, debtor: &Debtor, promised: &Promised) -> Result<Promise, RunError> {
        let settings = self.tenant.settings().await?;
        let facts = self.tenant.facts(debtor.id).await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let promise = promise(&settings, &snapshot, debtor.id, &spoken_of(&snapshot), promised)?;
        let contact = Contact {
            id: format!("promise/{}", promise.agreement),
            channel: Channel::Phone,
            outcome: Outcome::Promised,
            right_person: true,
            inbound: true,
            unhandled: false,
            items: promise.items.clone(),
        };
        let mut bodies = vec![Body::Contacted(contact)];
        bodies.extend(in_place_of(&snapshot, &promise));
        self.note(debtor, bodies).await?;
        Ok(promise)
    }
}

/// What a debtor speaks of without saying which invoices.
fn spoken_of(snapshot: &Snapshot<'_>) -> Vec<ItemId> {
    let open: Vec<&Item<'_>> = snapshot.open_items().filter(|item| item.open.minor > 0).collect();
    let overdue = open.iter().filter(|item| item.is_overdue(snapshot.as_of));
    let overdue: Vec<ItemId> = overdue.map(|item| item.id).collect();
    match overdue.is_empty() {
        true => open.iter().map(|item| item.id).collect(),
        false => overdue,
    }
}

/// The promise that is kept, about these items where it names none. The same told twice on a day is one.
pub(crate) fn promise(
    settings: &TenantSettings,
    snapshot: &Snapshot<'_>,
    debtor: DebtorId,
    items: &[ItemId],
    promised: &Promised,
) -> Result<Promise, PromiseError> {
    let (by, today) = (promised.by, snapshot.as_of);
    let last = today.plus(settings.longest_promise_days.into());
    if by < today {
        return Err(PromiseError::Past { by, today });
    }
    if by > last {
        return Err(PromiseError::TooFar { by, last });
    }
    let mut covered = match promised.invoices.as_slice() {
        [] => open_of(snapshot, items),
        numbers => named(snapshot, numbers)?,
    };
    covered.sort_unstable_by_key(|item| item.id);
    covered.dedup_by_key(|item| item.id);
    let items: Vec<ItemId> = covered.iter().map(|item| item.id).collect();
    let amount = amount(snapshot, &covered, promised.amount.as_deref())?;
    let listed: Vec<String> = items.iter().map(ItemId::to_string).collect();
    let reference = format!("promise/{debtor}/{today}/{by}/{}", listed.join("+"));
    Ok(Promise {
        agreement: AgreementId::derived(Uuid::nil(), &reference),
        items,
        amount,
        by,
    })
}

/// Those of the items of which something is open.
fn open_of<'a, 'f>(snapshot: &'a Snapshot<'f>, items: &[ItemId]) -> Vec<&'a Item<'f>> {
    let found = items.iter().filter_map(|id| snapshot.item(*id));
    found.filter(|item| item.open.minor > 0).collect()
}

fn named<'a, 'f>(snapshot: &'a Snapshot<'f>, numbers: &[String]) -> Result<Vec<&'a Item<'f>>, PromiseError> {
    let open = || snapshot.open_items().filter(|item| item.open.minor > 0);
    let find = |number: &String| {
        let found = open().find(|item| item.described.number == *number);
        found.ok_or_else(|| {
            let known: Vec<&str> = open().map(|item| item.described.number.as_str()).collect();
            PromiseError::NotOpen {
                number: number.clone(),
                open: known.join(", "),
            }
        })
    };
    numbers.iter().map(find).collect()
}

/// The promised amount: what was told, or all that may be asked.
fn amount(snapshot: &Snapshot<'_>, covered: &[&Item<'_>], told: Option<&str>) -> Result<Money, PromiseError> {
    let nothing = || {
        let numbers: Vec<&str> = covered
            .iter()
            .map(|item| item.described.number.as_str())
            .collect();
        PromiseError::NothingDue(match numbers.as_slice() {
            [] => "the debtor".into(),
            numbers => numbers.join(", "),
        })
    };
    let currency = covered.first().ok_or_else(nothing)?.open.currency;
    if let Some(other) = covered.iter().find(|item| item.open.currency != currency) {
        return Err(PromiseError::TwoCurrencies(currency, other.open.currency));
    }
    let sum = |of: &dyn Fn(&Item<'_>) -> Money| {
        let mut parts = covered.iter().map(|item| of(item));
        parts.try_fold(Money::zero(currency), |sum, part| sum.plus(part))
    };
    let Some(told) = told else {
        let due = sum(&|item| claimable(snapshot, item.id))?;
        return (due.minor > 0).then_some(due).ok_or_else(nothing);
    };
    let (amount, open) = (Money::parse(told, currency)?, sum(&|item| item.open)?);
    match amount.minor {
        ..=0 => Err(PromiseError::NotAboveZero(amount)),
        minor if minor > open.minor => Err(PromiseError::MoreThanOpen { amount, open }),
        _ => Ok(amount),
    }
}

/// The promise, after the end of open ones about the same items: the debtor's last word counts.
pub(crate) fn in_place_of(snapshot: &Snapshot<'_>, promise: &Promise) -> Vec<Body> {
    let same = |items: &[ItemId]| items.iter().any(|item| promise.items.contains(item));
    let earlier = snapshot.promises.iter().filter(|earlier| {
        earlier.state == PromiseState::Open
            && earlier.promise.agreement != promise.agreement
            && same(&earlier.promise.items)
    });
    let ends = earlier.map(|earlier| {
        Body::AgreementEnded(AgreementEnd {
            agreement: earlier.promise.agreement,
            reason: EndReason::Replaced,
        })
    });
    ends.chain([Body::Promised(promise.clone())]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{TODAY, invoice, item, known, settings, snapshot_of, story};
    use maan_ledger::{Dispute, DisputeCause, Fact};

    /// Invoices 1 of 100 euros and 2 of 50 euros, overdue, and 3 of 50 pounds.
    fn account() -> Vec<Fact> {
        let mut facts = story();
        facts.push(known(invoice(2, Money::new(5_000, Currency::EUR))));
        facts.push(known(invoice(3, Money::new(5_000, Currency::GBP))));
        facts
    }

    fn debtor() -> DebtorId {
        DebtorId(Uuid::from_u128(1))
    }

    fn told(
        facts: &[Fact],
        amount: Option<&str>,
        days: i32,
        invoices: &[&str],
    ) -> Result<Promise, PromiseError> {
        let promised = Promised {
            amount: amount.map(str::to_owned),
            by: TODAY.plus(days),
            invoices: invoices.iter().map(|number| (*number).to_owned()).collect(),
        };
        promise(
            &settings(),
            &snapshot_of(facts),
            debtor(),
            &[item(2), item(1), item(1)],
            &promised,
        )
    }

    #[test]
    fn without_more_a_promise_is_of_all_that_may_be_asked_of_what_was_spoken_of() {
        let mut facts = account();
        let all = told(&facts, None, 7, &[]).unwrap();
        assert_eq!(all.items, [item(1), item(2)]);
        assert_eq!(
            (all.amount, all.by),
            (Money::new(15_000, Currency::EUR), TODAY.plus(7))
        );
        facts.push(known(Body::Disputed(Dispute {
            agreement: AgreementId(Uuid::from_u128(9)),
            item: item(1),
            amount: Money::new(4_000, Currency::EUR),
            cause: DisputeCause::Goods,
            text: String::new(),
        })));
        let less = told(&facts, None, 7, &[]).unwrap();
        assert_eq!(less.amount, Money::new(11_000, Currency::EUR));
        assert_eq!(told(&facts, Some("150.00"), 7, &[]).unwrap().amount.minor, 15_000);
    }

    #[test]
    fn a_part_can_be_promised_and_invoices_named() {
        let facts = account();
        let part = told(&facts, Some("0.01"), 0, &["3"]).unwrap();
        assert_eq!(
            (part.items, part.amount),
            (vec![item(3)], Money::new(1, Currency::GBP))
        );
        let last = i32::from(settings().longest_promise_days);
        assert_eq!(told(&facts, None, last, &[]).unwrap().by, TODAY.plus(last));
    }

    #[test]
    fn what_cannot_be_promised_is_said() {
        let facts = account();
        let last = i32::from(settings().longest_promise_days);
        let eur = |minor| Money::new(minor, Currency::EUR);
        for (amount, days, invoices, error) in [
            (
                None,
                -1,
                &[][..],
                PromiseError::Past {
                    by: TODAY.plus(-1),
                    today: TODAY,
                },
            ),
            (
                None,
                last + 1,
                &[],
                PromiseError::TooFar {
                    by: TODAY.plus(last + 1),
                    last: TODAY.plus(last),
                },
            ),
            (Some("0.00"), 7, &[], PromiseError::NotAboveZero(eur(0))),
            (Some("-1.00"), 7, &[], PromiseError::NotAboveZero(eur(-100))),
            (
                Some("150.01"),
                7,
                &[],
                PromiseError::MoreThanOpen {
                    amount: eur(15_001),
                    open: eur(15_000),
                },
            ),
            (
                None,
                7,
                &["1", "3"],
                PromiseError::TwoCurrencies(Currency::EUR, Currency::GBP),
            ),
            (
                None,
                7,
                &["4"],
                PromiseError::NotOpen {
                    number: "4".into(),
                    open: "1, 2, 3".into(),
                },
            ),
            (
                Some("ten"),
                7,
                &[],
                PromiseError::Amount(MoneyError::NotAnAmount("ten".into())),
            ),
        ] {
            let said = told(&facts, amount, days, invoices);
            assert_eq!(said.unwrap_err(), error, "{amount:?} {days} {invoices:?}");
        }
        let nothing = told(&story()[..1], None, 7, &[]).unwrap_err();
        assert_eq!(nothing, PromiseError::NothingDue("the debtor".into()));
    }

    #[test]
    fn a_new_promise_takes_the_place_of_an_open_one_about_the_same_and_the_same_told_twice_is_one() {
        let mut facts = account();
        let first = told(&facts, None, 7, &["1"]).unwrap();
        facts.push(Fact {
            happened: TODAY,
            ..known(Body::Promised(first.clone()))
        });
        let again = told(&facts, None, 7, &["1"]).unwrap();
        assert_eq!(
            in_place_of(&snapshot_of(&facts), &again),
            [Body::Promised(first.clone())]
        );
        let other = told(&facts, None, 7, &["2"]).unwrap();
        assert_eq!(
            in_place_of(&snapshot_of(&facts), &other).len(),
            1,
            "about another invoice"
        );
        let later = told(&facts, None, 9, &[]).unwrap();
        let end = Body::AgreementEnded(AgreementEnd {
            agreement: first.agreement,
            reason: EndReason::Replaced,
        });
        assert_eq!(
            in_place_of(&snapshot_of(&facts), &later),
            [end, Body::Promised(later.clone())]
        );
    }

    #[test]
    fn who_calls_without_being_asked_speaks_of_what_is_overdue_or_else_of_what_is_open() {
        let mut facts = account();
        assert_eq!(spoken_of(&snapshot_of(&facts)).len(), 3);
        for fact in &mut facts {
            if let Body::ItemDescribed(described) = &mut fact.body {
                described.due = TODAY.plus(i32::from(described.number != "2"));
            }
        }
        assert_eq!(spoken_of(&snapshot_of(&facts)).len(), 3, "nothing is overdue");
        for fact in &mut facts {
            if let Body::ItemDescribed(described) = &mut fact.body
                && described.number == "2"
            {
                described.due = TODAY.plus(-1);
            }
        }
        assert_eq!(spoken_of(&snapshot_of(&facts)), [item(2)]);
    }
}
