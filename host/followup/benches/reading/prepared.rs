//! A platform whose answers are made before it is asked, so that it takes little of the machine while it is read.

use std::collections::BTreeMap;

use maan_dialects::case::Case;
use maan_dialects::moneybird::Moneybird;
use maan_dialects::server::{Asked, Dialect, Renewal, Told, World};
use maan_ledger::Clock;
use serde_json::{Value, json};

use crate::books::parts;

const FOLDER: &str = "/api/v2/734512/";
const RESOURCES: [&str; 2] = ["contacts", "sales_invoices"];

/// Moneybird, with what it says of contacts and invoices made before, by id.
pub(crate) struct Prepared(BTreeMap<&'static str, BTreeMap<String, Record>>);

/// A record as JSON.
struct Record {
    /// Of the list.
    line: String,
    whole: String,
}

impl Prepared {
    pub(crate) fn of(invoices: u64) -> Self {
        let mut resources: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for model in parts(invoices) {
            let mut world = World {
                model,
                page: usize::MAX,
                written: Vec::new(),
                absurd: Vec::new(),
                clock: Clock::System,
                base: String::new(),
            };
            for resource in RESOURCES {
                let lines = answered(&mut world, &listing(resource));
                let ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
                let records = answered(&mut world, &fetching(resource, &ids));
                let records = lines.iter().zip(records).map(|(line, whole)| {
                    assert_eq!(line["id"], whole["id"], "both are in the order of the books");
                    let id = line["id"].as_str().expect("ids are text").to_owned();
                    let (line, whole) = (line.to_string(), whole.to_string());
                    (id, Record { line, whole })
                });
                resources.entry(resource).or_default().extend(records);
            }
        }
        Self(resources)
    }
}

fn answered(world: &mut World, asked: &Asked) -> Vec<Value> {
    serde_json::from_str(&Moneybird.answer(world, asked).body).expect("a list")
}

fn listing(resource: &str) -> Asked {
    Asked {
        method: Default::default(),
        path: format!("{FOLDER}{resource}/synchronization.json"),
        query: BTreeMap::new(),
        text: String::new(),
        headers: Default::default(),
        body: Default::default(),
    }
}

fn fetching(resource: &str, ids: &[&Value]) -> Asked {
    Asked {
        method: "POST".parse().expect("a method"),
        body: json!({ "ids": ids }).to_string().into(),
        ..listing(resource)
    }
}

fn list<'a>(texts: impl Iterator<Item = &'a String>) -> Told {
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    Told {
        status: 200,
        headers: Vec::new(),
        body: format!("[{}]", texts.join(",")),
    }
}

impl Dialect for Prepared {
    /// Nothing absurd is prepared.
    fn negative(&self) -> Option<usize> {
        None
    }

    fn word(&self) -> &'static str {
        Moneybird.word()
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        Moneybird.cannot()
    }

    fn renewal(&self) -> Renewal {
        Moneybird.renewal()
    }

    fn token_path(&self) -> &'static str {
        Moneybird.token_path()
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        let resource = asked
            .path
            .strip_prefix(FOLDER)
            .and_then(|path| path.strip_suffix("/synchronization.json"));
        let Some(records) = resource.and_then(|resource| self.0.get(resource)) else {
            return Moneybird.answer(world, asked);
        };
        if asked.body.is_empty() {
            return list(records.values().map(|record| &record.line));
        }
        let body = asked.json();
        let ids = body["ids"].as_array().expect("ids are asked for").iter();
        let wanted = ids.filter_map(|id| records.get(id.as_str()?));
        list(wanted.map(|record| &record.whole))
    }

    fn throttled(&self, world: &World, seconds: u64) -> Told {
        Moneybird.throttled(world, seconds)
    }

    fn absurdities(&self) -> usize {
        Moneybird.absurdities()
    }
}
