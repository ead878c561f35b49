//! Administrations, and what each has one of: a user and a bank account.

use super::Answer;
use super::json::{Fixed, id, moment};
use crate::oauth::{Access, Scope};
use crate::world::{Administration, World};
use chrono::Datelike;
use serde_json::{Value, json};

pub(super) fn list(world: &World, access: &Access) -> Answer {
    let seen = world
        .administrations
        .iter()
        .filter(|one| access.administrations.contains(&one.portfolio.id));
    Answer::ok(seen.map(administration).collect())
}

fn administration(one: &Administration) -> Value {
    let first_year = one
        .portfolio
        .invoices
        .first()
        .map_or(one.portfolio.now.year(), |invoice| invoice.date.year());
    json!({
        "id": id(one.portfolio.id),
        "name": one.name,
        "language": if one.country == "BE" { "nl-be" } else { "nl" },
        "currency": "EUR",
        "country": one.country,
        "time_zone": if one.country == "BE" { "Europe/Brussels" } else { "Europe/Amsterdam" },
        "access": "user",
        "suspended": false,
        "period_locked_until": null,
        "period_start_date": format!("{first_year}-01-01"),
    })
}

pub(super) fn users(one: &Administration) -> Answer {
    let made = one
        .portfolio
        .debtors
        .first()
        .map_or(one.portfolio.now, |debtor| debtor.stamps.created);
    let permissions: Vec<&str> = Scope::ALL.iter().map(|scope| scope.word()).collect();
    Answer::ok(json!([{
        "id": Fixed::User.id(one.portfolio.id),
        "name": "Practice Bookkeeper",
        "created_at": moment(made),
        "updated_at": moment(made),
        "email": "bookkeeper@practice.example",
        "email_validated": true,
        "language": "nl",
        "time_zone": "Europe/Amsterdam",
        "user_type": "owner",
        "permissions": permissions,
    }]))
}

pub(super) fn financial_accounts(one: &Administration) -> Answer {
    let administration = one.portfolio.id;
    let made = one
        .portfolio
        .debtors
        .first()
        .map_or(one.portfolio.now, |debtor| debtor.stamps.created);
    Answer::ok(json!([{
        "id": Fixed::BankAccount.id(administration),
        "administration_id": id(administration),
        "type": "BankAccount",
        "name": "Practice bank account",
        "identifier": "NL81TEST0536169128",
        "currency": "EUR",
        "provider": null,
        "moneybird_account": false,
        "active": true,
        "created_at": moment(made),
        "updated_at": moment(made),
    }]))
}
