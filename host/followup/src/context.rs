//! What holds for all debtors of an administration on a day.

use maan_ledger::{Calendar, CompanySize, Country, Day};
use maan_policy_host::contract::{self, ClaimBasis, Context, Creditor};
use maan_store::{AdministrationBody, AdministrationFact, Claims, Registration, TenantSettings};

/// Non-working days are given from this many days before today …
const DAYS_BACK: i32 = 45;
/// … through this many after.
const DAYS_AHEAD: i32 = 90;

/// The context of a day.
pub fn context(
    settings: &TenantSettings,
    calendar: &Calendar,
    facts: &[AdministrationFact],
    today: Day,
) -> Context {
    Context {
        today: today.0,
        creditor: Creditor {
            country: Country::from_code(&settings.country).packed(),
            size: size(settings.size),
            deducts_vat: settings.deducts_vat,
            claims: claims(&settings.claims),
            currency: settings.currency.0,
            bank_booked_through: booked_through(facts, today).map(|day| day.0),
            non_working_days: non_working_days(calendar, facts, today),
        },
    }
}

fn booked_through(facts: &[AdministrationFact], today: Day) -> Option<Day> {
    let booked = facts.iter().rev().filter(|fact| fact.happened <= today);
    booked
        .filter_map(|fact| match fact.body {
            AdministrationBody::BankBooked { through } => Some(through),
            _ => None,
        })
        .next()
}

fn non_working_days(calendar: &Calendar, facts: &[AdministrationFact], today: Day) -> Vec<i32> {
    let (from, to) = (today.plus(-DAYS_BACK), today.plus(DAYS_AHEAD));
    let mut days: Vec<i32> = calendar
        .non_working_days(from, to)
        .into_iter()
        .map(|day| day.0)
        .collect();
    for fact in facts {
        if let AdministrationBody::WorkingDay { day, worked } = fact.body
            && (from..=to).contains(&day)
        {
            days.retain(|other| *other != day.0);
            if !worked {
                days.push(day.0);
            }
        }
    }
    days.sort_unstable();
    days
}

fn claims(claims: &Claims) -> ClaimBasis {
    let Claims::ForOthers(held) = claims else {
        return ClaimBasis::OwnClaims;
    };
    let registration = |one: &Registration| contract::Registration {
        country: one.country.packed(),
        register: one.register.clone(),
        valid_until: one.until.map(|day| day.0),
    };
    ClaimBasis::ForOthers(held.iter().map(registration).collect())
}

fn size(size: CompanySize) -> contract::CompanySize {
    match size {
        CompanySize::Unknown => contract::CompanySize::Unknown,
        CompanySize::Micro => contract::CompanySize::Micro,
        CompanySize::Small => contract::CompanySize::Small,
        CompanySize::Medium => contract::CompanySize::Medium,
        CompanySize::Large => contract::CompanySize::Large,
    }
}
