//! The past: debtors are made and eighteen months are played by the same rules as the days to come.

use super::model::{Event, Number};
use super::people::{Home, person};
use super::{MORNING, Played, Portfolio, Purpose};
use chrono::{Days, Months, NaiveDate, TimeDelta};
use rand::RngExt;
use std::collections::{BTreeMap, HashMap};

/// Months of history before today.
const HISTORY: Months = Months::new(18);

impl Portfolio {
    /// A portfolio of `count` debtors with its history up to `today`; the same arguments always give the same records.
    pub(crate) fn generate(id: u64, seed: u64, count: usize, home: &Home, today: NaiveDate) -> Self {
        let start = today.checked_sub_months(HISTORY).unwrap_or(today);
        let mut portfolio = Self {
            id,
            seed,
            debtors: Vec::with_capacity(count),
            invoices: Vec::new(),
            mutations: Vec::new(),
            estimates: Vec::new(),
            showcase: Vec::new(),
            now: start.and_time(MORNING),
            calendar: BTreeMap::new(),
            by_address: HashMap::new(),
            last_id: id,
            last_invoice: Number { year: 0, place: 0 },
            last_estimate: Number { year: 0, place: 0 },
            history: true,
            changes: Vec::new(),
            watched: false,
            played: Played::default(),
        };
        portfolio.populate(count, home, start, today);
        portfolio.write_scripts(home, today);
        for (ix, debtor) in portfolio.debtors.iter().enumerate() {
            if let Some(address) = &debtor.email {
                portfolio
                    .by_address
                    .entry(address.to_lowercase())
                    .or_default()
                    .push(ix);
            }
        }
        portfolio.play_until(today.and_time(MORNING));
        portfolio.find_showcase();
        portfolio.history = false;
        portfolio
    }

    fn populate(&mut self, count: usize, home: &Home, start: NaiveDate, today: NaiveDate) {
        let span = u64::try_from((today - start).num_days()).unwrap_or(1).max(1);
        for ix in 0..count {
            let mut dice = self.dice(ix, 0, Purpose::Person);
            let joins_late = dice.random_ratio(1, 5);
            let first_day = start + Days::new(if joins_late { dice.random_range(0..span) } else { 0 });
            let since = first_day.and_time(MORNING) - TimeDelta::seconds(dice.random_range(0..30_000));
            let id = self.next_id();
            let debtor = person(&mut dice, id, ix + 1, home, since);
            let first_purchase = first_day + Days::new(dice.random_range(0..=u64::from(debtor.buys.every)));
            self.debtors.push(debtor);
            if ix >= super::showcase::ROLES.len() {
                self.plan(first_purchase, Event::Buy(ix));
            }
        }
    }
}
