//! A few debtors with a written past, to show and to test one situation each.

use super::character::Character;
use super::model::{Buys, Event, Script};
use super::people::{Home, slug};
use super::{DebtorIx, MORNING, Portfolio};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// What a showcase debtor shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Paid everything on time for all of the history; the last invoice was forgotten.
    Forgetter,
    /// The same arrears and days late as the forgetter, after a history of paying months late.
    Defaulter,
    /// A private person with one overdue invoice.
    Consumer,
    /// Overdue, and about to pay when told to.
    AboutToPay,
    /// Overdue and disputed.
    Disputed,
    /// Willing, without money; takes a plan.
    CannotPay,
}

/// A showcase debtor and the overdue invoice that matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Showcase {
    /// What it shows.
    pub role: Role,
    /// Name as on the contact.
    pub name: String,
    /// Contact id.
    pub contact_id: String,
    /// Invoice id.
    pub sales_invoice_id: String,
    /// Invoice number.
    pub invoice_id: String,
}

struct Part {
    company: Option<&'static str>,
    person: (&'static str, &'static str),
    character: Character,
    /// Without VAT, in cents; with 21 % VAT 100,000 makes 1,210.00.
    excl: i64,
    days_late: u64,
    term: u32,
}

pub(super) const ROLES: [Role; 6] = [
    Role::Forgetter,
    Role::Defaulter,
    Role::Consumer,
    Role::AboutToPay,
    Role::Disputed,
    Role::CannotPay,
];

fn part(role: Role) -> Part {
    let company = |name, person, character, excl, days_late, term| Part {
        company: Some(name),
        person,
        character,
        excl,
        days_late,
        term,
    };
    match role {
        Role::Forgetter => company(
            "Bloemenatelier Vergeet-mij-niet B.V.",
            ("Roos", "Hendriks"),
            Character::Forgetter,
            100_000,
            21,
            14,
        ),
        Role::Defaulter => company(
            "Handelsonderneming Uitstel & Zoon B.V.",
            ("Gijs", "Vos"),
            Character::WillNotPay,
            100_000,
            21,
            14,
        ),
        Role::Consumer => Part {
            company: None,
            person: ("Sofie", "van Leeuwen"),
            character: Character::Consumer,
            excl: 20_000,
            days_late: 18,
            term: 14,
        },
        Role::AboutToPay => company(
            "Zeilmakerij De Goede Wind V.O.F.",
            ("Maarten", "Prins"),
            Character::Loyal,
            68_000,
            9,
            30,
        ),
        Role::Disputed => company(
            "Architecten Scheef & Recht B.V.",
            ("Ilse", "Dekker"),
            Character::Disputing,
            245_000,
            25,
            30,
        ),
        Role::CannotPay => company(
            "Eetcafé Het Laatste Dubbeltje",
            ("Koen", "Bakker"),
            Character::CannotPay,
            152_000,
            40,
            14,
        ),
    }
}

/// Day of payment after the due date of the invoice `back` months before the last one.
fn habit(role: Role, back: u64) -> i64 {
    let place = i64::try_from(back).unwrap_or(0);
    match role {
        Role::Defaulter => (30 + place * 13).min(96),
        Role::CannotPay => (place * 6).min(30),
        Role::Consumer => -5,
        _ => -(place % 4),
    }
}

impl Portfolio {
    /// Rewrites the first debtors and plans their invoices, the last one overdue on `today`.
    pub(super) fn write_scripts(&mut self, home: &Home, today: NaiveDate) {
        for (ix, role) in ROLES.into_iter().enumerate().take(self.debtors.len()) {
            let part = part(role);
            self.dress(ix, &part, home);
            let last = today - Days::new(part.days_late + u64::from(part.term));
            for back in (1..=16_u64).rev() {
                let day = last - Days::new(back * 30);
                if day > self.today() && (role != Role::Consumer || back % 4 == 0) {
                    let excl = part.excl * i64::try_from(80 + back * 3).unwrap_or(100) / 100;
                    self.plan(
                        day,
                        Event::Scripted(
                            ix,
                            Script {
                                excl,
                                paid_after: Some(habit(role, back)),
                            },
                        ),
                    );
                }
            }
            self.plan(
                last,
                Event::Scripted(
                    ix,
                    Script {
                        excl: part.excl,
                        paid_after: None,
                    },
                ),
            );
            self.plan(today + Days::new(12), Event::Buy(ix));
        }
    }

    fn dress(&mut self, ix: DebtorIx, part: &Part, home: &Home) {
        let since = self.today().and_time(MORNING);
        let Some(debtor) = self.debtors.get_mut(ix) else {
            return;
        };
        let (first, last) = part.person;
        debtor.stamps = super::Stamps::new(since);
        debtor.company_name = part.company.map(str::to_owned);
        debtor.firstname = first.to_owned();
        debtor.lastname = last.to_owned();
        debtor.email = Some(match part.company {
            Some(name) => format!("administratie@{}{}.example", slug(name), home.tag),
            None => format!("{}.{}@post{}.example", slug(first), slug(last), home.tag),
        });
        debtor.country = "NL";
        debtor.city = "Utrecht".to_owned();
        debtor.zipcode = format!("35{:02} KB", 11 + ix);
        debtor.address = format!("Lindelaan {}", 10 + ix);
        debtor.phone = Some(format!("+31 85 000 00{:02}", 11 + ix));
        if part.company.is_none() {
            (debtor.tax_number, debtor.chamber_of_commerce) = (None, None);
        } else if debtor
            .tax_number
            .as_deref()
            .is_none_or(|number| number.starts_with("BE"))
        {
            // the eleven test holds for 123456782
            (debtor.tax_number, debtor.chamber_of_commerce) = (
                Some("NL123456782B01".to_owned()),
                Some(format!("0000{:04}", 1001 + ix)),
            );
        }
        debtor.hidden.character = part.character;
        debtor.buys = Buys {
            every: 30,
            cents: (part.excl * 8 / 10, part.excl * 12 / 10),
            term: part.term,
            vat: 21,
        };
    }

    /// Notes the invoices that the scripts left open.
    pub(super) fn find_showcase(&mut self) {
        for (ix, role) in ROLES.into_iter().enumerate() {
            let Some(debtor) = self.debtors.get(ix) else {
                continue;
            };
            let Some(invoice_ix) = debtor.open.last().copied() else {
                continue;
            };
            let Some(invoice) = self.invoices.get(invoice_ix) else {
                continue;
            };
            self.showcase.push(Showcase {
                role,
                name: debtor.name(),
                contact_id: debtor.id.to_string(),
                sales_invoice_id: invoice.id.to_string(),
                invoice_id: invoice.number.to_string(),
            });
            if role == Role::Disputed {
                self.dispute(invoice_ix);
            }
        }
    }
}
