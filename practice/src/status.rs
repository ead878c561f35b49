//! A count of everything, for people and for demonstrations.

use crate::portfolio::{Portfolio, Showcase};
use crate::server::Shared;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The practice server at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// What this server is.
    pub practice: String,
    /// The practice clock, in UTC.
    pub now: NaiveDateTime,
    /// Mails in the mailbox.
    pub mails: usize,
    /// Its administrations.
    pub administrations: Vec<AdministrationStatus>,
}

/// One administration at one moment; amounts in cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdministrationStatus {
    /// Administration id, as in the API's paths.
    pub id: String,
    /// Name.
    pub name: String,
    /// Contacts.
    pub debtors: usize,
    /// Invoices and credit invoices.
    pub invoices: usize,
    /// Estimates.
    pub estimates: usize,
    /// Bank mutations.
    pub mutations: usize,
    /// Invoices not settled or given up.
    pub open: usize,
    /// What they still have to bring in.
    pub open_cents: i64,
    /// Those past their due date.
    pub overdue: usize,
    /// What those still have to bring in.
    pub overdue_cents: i64,
    /// Overdue invoices under complaint.
    pub disputed: usize,
    /// Given up and still unpaid.
    pub uncollectible_cents: i64,
    /// Credit invoices not set off.
    pub unapplied_credits: usize,
    /// Bank mutations not wholly allocated.
    pub unallocated: usize,
    /// Their unallocated amounts.
    pub unallocated_cents: i64,
    /// Debtors to show one situation each.
    pub showcase: Vec<Showcase>,
}

pub(crate) fn status(shared: &Shared) -> Status {
    let world = shared.world();
    let administrations = world
        .administrations
        .iter()
        .map(|one| of_administration(&one.name, &one.portfolio))
        .collect();
    Status {
        practice: "a practice server with fictional debtors".to_owned(),
        now: world.now(),
        mails: shared.mailbox.log().mails().len(),
        administrations,
    }
}

fn of_administration(name: &str, portfolio: &Portfolio) -> AdministrationStatus {
    let today = portfolio.today();
    let (mut open, mut overdue) = (Vec::new(), Vec::new());
    let (mut disputed, mut uncollectible_cents, mut unapplied_credits) = (0, 0, 0);
    for invoice in portfolio.invoices.iter().filter(|invoice| !invoice.settled()) {
        if invoice.total() < 0 {
            unapplied_credits += 1;
        } else if invoice.uncollectible.is_some() {
            uncollectible_cents += invoice.unpaid();
        } else {
            open.push(invoice.unpaid());
            disputed += usize::from(invoice.disputed);
            if invoice.due < today {
                overdue.push(invoice.unpaid());
            }
        }
    }
    let unallocated = portfolio.mutations.iter().filter(|mutation| mutation.open > 0);
    AdministrationStatus {
        id: portfolio.id.to_string(),
        name: name.to_owned(),
        debtors: portfolio.debtors.len(),
        invoices: portfolio.invoices.len(),
        estimates: portfolio.estimates.len(),
        mutations: portfolio.mutations.len(),
        open: open.len(),
        open_cents: open.iter().sum(),
        overdue: overdue.len(),
        overdue_cents: overdue.iter().sum(),
        disputed,
        uncollectible_cents,
        unapplied_credits,
        unallocated: unallocated.clone().count(),
        unallocated_cents: unallocated.map(|mutation| mutation.open).sum(),
        showcase: portfolio.showcase.clone(),
    }
}
