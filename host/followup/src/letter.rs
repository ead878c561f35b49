//! From an action and how the debtor stands today to the text that leaves.

use maan_ledger::{ContactRole, Currency, Day, ItemKind, Level, Money, Reach, Snapshot};
use maan_outreach::{Address, Language, Letter, LetterItem, Offer, Party, PlanBounds, Section};
use maan_policy_host::contract::{Charges, Particulars};
use maan_store::TenantSettings;

use crate::actions::{claimable, set_apart};
use crate::guard::{Guarded, distress};

/// The letter of an action on the day it leaves; none when nothing is left to ask.
pub(crate) fn letter(
    settings: &TenantSettings,
    snapshot: &Snapshot<'_>,
    guarded: &Guarded,
) -> Option<Letter> {
    let own = items(snapshot, guarded);
    let asks = guarded.level() != Level::None;
    if asks && own.is_empty() {
        return None;
    }
    let also = sections(snapshot, guarded);
    let currency = own.first().map_or(snapshot.home, |item| item.open.currency);
    let credits = credits(snapshot, currency);
    let asked = own.iter().chain(also.iter().flat_map(|section| &section.items));
    let sum: i128 = asked.map(|item| i128::from(item.open.minor)).sum();
    if asks && credits.is_some_and(|credits| i128::from(credits.minor) >= sum) {
        return None;
    }
    let charges = guarded.charges.as_ref().filter(|_| asks);
    let amount = |minor: i64| Money::new(minor, currency);
    Some(Letter {
        key: guarded.proposal.text.clone(),
        language: language(settings, snapshot),
        sender: sender(settings),
        debtor: addressee(snapshot, guarded),
        today: snapshot.as_of,
        items: own,
        also,
        credits,
        deadline: guarded.deadline(),
        costs: charges.map(|charges| amount(charges.costs.saturating_add(charges.lump_sum))),
        interest: charges.map(|charges| amount(charges.interest)),
        offer: offer(snapshot, guarded),
        announces: announced(crate::views::level_of(guarded.proposal.announces)),
        phrases: guarded
            .phrases
            .iter()
            .map(|(_, wording)| wording.clone())
            .collect(),
    })
}

fn items(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Vec<LetterItem> {
    let rests = distress(snapshot).is_some();
    let mut items: Vec<LetterItem> = guarded
        .items
        .iter()
        .filter_map(|id| {
            let item = snapshot.item(*id)?;
            let open = claimable(snapshot, *id);
            let withheld = set_apart(snapshot, *id);
            (open.minor > 0 && item.described.kind != ItemKind::CreditNote).then(|| LetterItem {
                number: item.described.number.clone(),
                issued: item.described.issued,
                due: item.described.due,
                open,
                withheld: Some(withheld).filter(|part| part.minor > 0),
                payment_link: match rests {
                    true => String::new(),
                    false => item.described.payment_link.clone(),
                },
            })
        })
        .collect();
    items.sort_by(|a, b| (a.due, &a.number).cmp(&(b.due, &b.number)));
    items
}

/// What else the message asks, with a last day of its own.
fn sections(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Vec<Section> {
    let parts = guarded.also.iter().map(|part| Section {
        items: items(snapshot, part),
        deadline: part.deadline(),
    });
    parts.filter(|section| !section.items.is_empty()).collect()
}

/// What the message offers.
fn offer(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Offer> {
    if guarded.level() != Level::None {
        return None;
    }
    match &guarded.proposal.particulars {
        Particulars::Discount((share, until)) => Some(Offer::Discount {
            share: *share,
            until: Day(*until),
        }),
        Particulars::Extension(until) => Some(Offer::Extension { until: Day(*until) }),
        Particulars::Plan(bounds) => Some(Offer::Plan(PlanBounds {
            most: bounds.max_instalments,
            least: Money::new(bounds.min_instalment, snapshot.home),
            first_by: Day(bounds.first_by),
            every_days: bounds.interval_days,
            free: guarded.charges.as_ref().is_some_and(nothing),
        })),
        _ => None,
    }
}

/// The law says that nothing is charged.
fn nothing(charges: &Charges) -> bool {
    charges.costs == 0 && charges.lump_sum == 0 && charges.interest == 0
}

/// Credits and unallocated money of the account, where the letter is in the currency of the books.
fn credits(snapshot: &Snapshot<'_>, currency: Currency) -> Option<Money> {
    let totals = &snapshot.account.totals;
    let sum = totals
        .credits
        .minor
        .saturating_add(totals.unallocated.minor.max(0));
    (sum > 0 && currency == snapshot.home).then(|| Money::new(sum, currency))
}

/// What the next step is called in the catalogue of texts.
fn announced(level: Level) -> Option<String> {
    let name = match level {
        Level::Reminder1 | Level::Reminder2 | Level::Reminder3 => "reminder",
        Level::Call1 | Level::Call2 => "call",
        Level::LastReminder => "last-reminder",
        Level::FormalNotice => "formal-notice",
        Level::HandOver => "hand-over",
        Level::None | Level::Notice1 | Level::Notice2 | Level::Notice3 | Level::WriteOff => return None,
    };
    Some(name.to_owned())
}

/// The debtor's language, else the administration's, else Dutch.
fn language(settings: &TenantSettings, snapshot: &Snapshot<'_>) -> Language {
    let own = snapshot
        .debtor
        .and_then(|debtor| Language::from_tag(&debtor.language));
    own.or_else(|| Language::from_tag(&settings.language))
        .unwrap_or_default()
}

fn sender(settings: &TenantSettings) -> Party {
    Party {
        name: settings.creditor_name.clone(),
        contact: if settings.sender_name == settings.creditor_name {
            String::new()
        } else {
            settings.sender_name.clone()
        },
        iban: settings.iban.clone().unwrap_or_default(),
        email: settings
            .reply_to
            .clone()
            .unwrap_or_else(|| settings.sender_address.clone()),
        phone: String::new(),
    }
}

fn addressee(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Party {
    let name = snapshot
        .debtor
        .map(|debtor| debtor.name.clone())
        .unwrap_or_default();
    let contact = reach(snapshot, guarded)
        .map(|reach| reach.name.clone())
        .unwrap_or_default();
    Party {
        name,
        contact,
        ..Party::default()
    }
}

/// The way to reach the debtor over the channel of an action: who is preferred, then who decides, then accounts
/// payable; only who represents the debtor, where the law says that another must be addressed.
fn reach<'a>(snapshot: &Snapshot<'a>, guarded: &Guarded) -> Option<&'a Reach> {
    let channel = guarded.channel();
    let represents = |reach: &Reach| reach.role == ContactRole::Representative;
    let contacts = snapshot
        .debtor
        .map(|debtor| debtor.reach.as_slice())
        .unwrap_or_default();
    let usable = contacts.iter().filter(|reach| {
        reach.channel == channel
            && (guarded.addressee.is_none() || represents(reach))
            && !reach.failed
            && !reach.address.trim().is_empty()
            && reach.consent != maan_ledger::Consent::Withdrawn
    });
    usable.max_by_key(|reach| {
        (
            reach.preferred,
            reach.right_person,
            reach.role == ContactRole::AccountsPayable,
        )
    })
}

/// To whom an e-mail goes.
pub(crate) fn mail_address(snapshot: &Snapshot<'_>, guarded: &Guarded) -> Option<Address> {
    let reach = reach(snapshot, guarded)?;
    // Platforms keep several addresses in one field; the first is the one that counts.
    let email = reach
        .address
        .split([',', ';'])
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let name = if reach.name.is_empty() {
        snapshot
            .debtor
            .map(|debtor| debtor.name.clone())
            .unwrap_or_default()
    } else {
        reach.name.clone()
    };
    Some(Address { name, email })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{guarded, invoice, known, settings, snapshot_of, story};

    #[test]
    fn a_demand_that_credits_cover_is_not_written() {
        let settings = settings();
        let written = |credit: i64| {
            let mut facts = story();
            facts.push(known(invoice(2, Money::new(-credit, Currency::EUR))));
            letter(&settings, &snapshot_of(&facts), &guarded(Level::Reminder1, &[1]))
        };
        assert_eq!(
            written(9_999).unwrap().credits,
            Some(Money::new(9_999, Currency::EUR))
        );
        assert_eq!(written(10_000), None, "it would ask for nothing");
        assert_eq!(written(12_000), None, "it would ask for less than nothing");
    }
}
