//! Whatever is asked, there is an answer.

use super::{Request, answer};
use crate::oauth::{Access, Scope};
use crate::world::{AdministrationConfig, World};
use axum::http::Method;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::cell::RefCell;

const ADMINISTRATION: u64 = 420_000_000_000_000_000;
const WORDS: &[&str] = &[
    "420000000000000000",
    "420000000000000001",
    "administrations",
    "contacts",
    "sales_invoices",
    "estimates",
    "financial_mutations",
    "synchronization",
    "notes",
    "pause",
    "webhooks",
    "payments",
    "customer_id",
    "",
    "0",
    "find_by_invoice_id",
    "2026-00001",
    "420000000000000000/contacts",
    "420000000000000000/sales_invoices",
];

fn small_world() -> World {
    let config = AdministrationConfig {
        name: "Klein".to_owned(),
        country: "NL".to_owned(),
        seed: 3,
        debtors: 8,
    };
    World::generate(&[config], "2026-11-23".parse().unwrap())
}

fn path() -> impl Strategy<Value = String> {
    let known = prop::sample::select(WORDS).prop_map(str::to_owned);
    let segment = prop_oneof![6 => known, 1 => ".{0,12}"];
    prop::collection::vec(segment, 0..5).prop_map(|segments| segments.join("/"))
}

fn query() -> impl Strategy<Value = String> {
    prop_oneof![
        "(filter|page|per_page|query)=.{0,20}",
        "filter=(period|state|created_after|contact_id):.{0,14}",
        ".{0,20}"
    ]
}

fn body() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({}),
        json!([]),
        json!({ "ids": [1, "x", null, 1e300] }),
        json!({ "note": 5 }),
        json!({ "note": { "note": "ok", "assignee_id": [] } }),
        json!({ "url": 7 }),
    ])
}

proptest! {
    #[test]
    fn any_request_is_answered(path in path(), query in query(), body in body(), post in any::<bool>()) {
        thread_local! { static WORLD: RefCell<World> = RefCell::new(small_world()); }
        let method = if post { Method::POST } else { Method::GET };
        let access = Access { grant: 0, scopes: Scope::ALL.to_vec(), administrations: vec![ADMINISTRATION] };
        if let Some(request) = Request::new(method, &path, &query, body, "http://practice") {
            let answer = WORLD.with_borrow_mut(|world| answer(world, &access, &request));
            prop_assert!(answer.status.as_u16() < 500);
        }
    }
}
