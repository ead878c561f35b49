//! The platform's API, each answer checked against the specification.

use crate::support::{cents, linked, start};
use reqwest::Method;
use serde_json::json;
use std::collections::HashSet;

#[tokio::test]
async fn every_list_and_record_is_as_specified() {
    let server = start(100).await;
    let api = server.connect().await;
    let administrations = api.get("administrations.json").await.body;
    assert_eq!(administrations.as_array().unwrap().len(), 2);
    for administration in administrations.as_array().unwrap() {
        let a = administration["id"].as_str().unwrap();
        let contacts = api.all(&format!("{a}/contacts.json?per_page=100")).await;
        assert_eq!(contacts.len(), 100);
        api.get(&format!(
            "{a}/contacts/{}.json",
            contacts[7]["id"].as_str().unwrap()
        ))
        .await;
        let by_number = api.get(&format!("{a}/contacts/customer_id/8.json")).await;
        assert_eq!(by_number.body["id"], contacts[7]["id"]);
        for resource in ["contacts", "sales_invoices", "estimates", "financial_mutations"] {
            let records = api.synchronized(&format!("{a}/{resource}")).await;
            assert!(records.len() > 10, "{resource}");
            let id = records[3]["id"].as_str().unwrap();
            assert_eq!(
                api.get(&format!("{a}/{resource}/{id}.json")).await.body,
                records[3]
            );
        }
        api.get(&format!("{a}/users.json")).await;
        api.get(&format!("{a}/financial_accounts.json")).await;
        api.get(&format!("{a}/webhooks.json")).await;
        let unprocessed =
            format!("{a}/financial_mutations.json?filter=period:20200101..20301231,state:unprocessed");
        let unallocated = api.get(&unprocessed).await.body;
        assert!(
            unallocated
                .as_array()
                .unwrap()
                .iter()
                .any(|mutation| cents(&mutation["amount_open"]) > 0)
        );
    }
}

#[tokio::test]
async fn invoices_add_up_and_show_every_kind() {
    let server = start(250).await;
    let api = server.connect().await;
    let a = server.administration();
    let invoices = api.synchronized(&format!("{a}/sales_invoices")).await;
    let mut kinds = HashSet::new();
    for invoice in &invoices {
        let (total, paid, unpaid) = (
            cents(&invoice["total_price_incl_tax"]),
            cents(&invoice["total_paid"]),
            cents(&invoice["total_unpaid"]),
        );
        assert_eq!(total, paid + unpaid, "{invoice}");
        let payments: i64 = invoice["payments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|payment| cents(&payment["price"]))
            .sum();
        assert_eq!(paid, payments);
        let kind = match invoice["state"].as_str().unwrap() {
            "paid" if unpaid < 0 && total > 0 => "overpaid",
            "late" | "reminded" if paid > 0 => "part paid",
            _ if total < 0 && unpaid < 0 => "credit not applied",
            _ if total < 0 => "credit applied",
            state => state,
        };
        kinds.insert(kind.to_owned());
        if !invoice["notes"].as_array().unwrap().is_empty() {
            kinds.insert("noted".to_owned());
        }
        if !invoice["original_sales_invoice_id"].is_null() {
            assert!(total < 0);
        }
    }
    for kind in [
        "open",
        "late",
        "reminded",
        "paid",
        "uncollectible",
        "overpaid",
        "part paid",
        "credit applied",
        "credit not applied",
        "noted",
    ] {
        assert!(kinds.contains(kind), "no invoice is {kind}: {kinds:?}");
    }
}

#[tokio::test]
async fn pages_link_to_their_neighbours_and_hold_every_record_once() {
    let server = start(60).await;
    let api = server.connect().await;
    let a = server.administration();
    let first = api.get(&format!("{a}/contacts.json?per_page=25")).await;
    assert_eq!(first.headers["x-total-count"], "60");
    assert!(linked(&first, "next").is_some() && linked(&first, "prev").is_none());
    let last = api.get(&format!("{a}/contacts.json?page=3&per_page=25")).await;
    assert_eq!(last.body.as_array().unwrap().len(), 10);
    assert!(linked(&last, "next").is_none() && linked(&last, "prev").is_some());
    let all = api.all(&format!("{a}/contacts.json?per_page=7")).await;
    let ids: HashSet<&str> = all
        .iter()
        .map(|contact| contact["id"].as_str().unwrap())
        .collect();
    assert_eq!((all.len(), ids.len()), (60, 60));
    for wrong in ["page=0", "page=one", "per_page=101", "per_page=-1"] {
        let got = api.get(&format!("{a}/sales_invoices.json?{wrong}")).await;
        let name = wrong.split('=').next().unwrap();
        assert_eq!(
            (got.status, got.body),
            (
                400,
                json!({ "error": format!("{name} does not have a valid value") })
            )
        );
    }
}

#[tokio::test]
async fn without_a_filter_only_this_year_is_shown() {
    let server = start(60).await;
    let api = server.connect().await;
    let a = server.administration();
    for resource in ["sales_invoices", "estimates", "financial_mutations"] {
        let year = api
            .get(&format!("{a}/{resource}/synchronization.json"))
            .await
            .body;
        let whole = api
            .get(&format!(
                "{a}/{resource}/synchronization.json?filter=period:20200101..20301231"
            ))
            .await
            .body;
        assert!(
            year.as_array().unwrap().len() < whole.as_array().unwrap().len(),
            "{resource}"
        );
    }
    let year = api.all(&format!("{a}/sales_invoices.json?per_page=100")).await;
    assert!(
        year.iter()
            .all(|invoice| invoice["invoice_date"].as_str().unwrap().starts_with("2026"))
    );
    let late = api
        .all(&format!(
            "{a}/sales_invoices.json?per_page=100&filter=state:late|reminded,unknown:thing"
        ))
        .await;
    assert!(!late.is_empty());
    assert!(
        late.iter()
            .all(|invoice| ["late", "reminded"].contains(&invoice["state"].as_str().unwrap()))
    );
    let of_one = late[0]["contact_id"].as_str().unwrap();
    let own = api
        .all(&format!("{a}/sales_invoices.json?filter=contact_id:{of_one}"))
        .await;
    assert!(own.iter().all(|invoice| invoice["contact_id"] == of_one));
}

#[tokio::test]
async fn contacts_are_filtered_where_the_platform_filters_them() {
    let server = start(60).await;
    let api = server.connect().await;
    let a = server.administration();
    let people = api
        .all(&format!(
            "{a}/contacts/filter.json?filter=contact_type:private_individual"
        ))
        .await;
    assert!(!people.is_empty() && people.iter().all(|contact| contact["company_name"].is_null()));
    let plain = api
        .get(&format!(
            "{a}/contacts.json?filter=contact_type:private_individual&per_page=100"
        ))
        .await;
    assert_eq!(
        plain.body.as_array().unwrap().len(),
        60,
        "the plain list ignores the parameter"
    );
    let found = api
        .get(&format!("{a}/contacts.json?query=vergeet-mij"))
        .await
        .body;
    assert_eq!(found.as_array().unwrap().len(), 1);
    let nobody = api
        .get(&format!(
            "{a}/contacts/filter.json?filter=updated_after:2026-11-24T00:00:00Z"
        ))
        .await
        .body;
    assert_eq!(nobody, json!([]));
}

#[tokio::test]
async fn errors_have_the_platforms_forms() {
    let server = start(30).await;
    let api = server.connect().await;
    let a = server.administration();
    let missing = json!({ "error": "record not found", "symbolic": { "id": "not_found" } });
    for resource in [
        "contacts",
        "sales_invoices",
        "estimates",
        "financial_mutations",
        "payments",
    ] {
        let got = api.get(&format!("{a}/{resource}/123.json")).await;
        assert_eq!((got.status, &got.body), (404, &missing), "{resource}");
    }
    assert_eq!(api.get("987654321/contacts.json").await.status, 404);
    assert_eq!(
        api.get(&format!("{a}/sales_invoices/find_by_invoice_id/1337.json"))
            .await
            .status,
        404
    );
    let unknown = api
        .request(Method::GET, &format!("{a}/unicorns.json"))
        .send()
        .await
        .unwrap();
    assert_eq!(unknown.status(), 404);
    let xml = api
        .request(Method::GET, "administrations.xml")
        .send()
        .await
        .unwrap();
    assert_eq!(xml.status(), 406);
    for (filter, error) in [
        ("state:dancing", "Status is not included in the list"),
        ("period:20260101..", "Period must have both a start and end date"),
    ] {
        let got = api.get(&format!("{a}/sales_invoices.json?filter={filter}")).await;
        assert_eq!((got.status, got.body["error"].as_str().unwrap()), (400, error));
    }
    let sync = format!("{a}/contacts/synchronization.json");
    assert_eq!(api.post(&sync, json!({})).await.body["error"], "Ids is required");
    assert_eq!(
        api.post(&sync, json!({ "ids": 1 })).await.body["error"],
        "Ids isn't an array"
    );
    let broken = api.request(Method::POST, &sync).body("{").send().await.unwrap();
    assert_eq!(broken.status(), 400);
    let without_token = api
        .http
        .get(format!("{}/administrations.json", server.practice.api_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(without_token.status(), 401);
    assert!(without_token.headers().contains_key("www-authenticate"));
}

#[tokio::test]
async fn notes_and_pauses_are_kept_and_raise_the_version() {
    let server = start(30).await;
    let api = server.connect().await;
    let a = server.administration();
    let invoice = api
        .get(&format!("{a}/sales_invoices.json?filter=state:late"))
        .await
        .body[0]
        .clone();
    let (id, contact) = (
        invoice["id"].as_str().unwrap(),
        invoice["contact_id"].as_str().unwrap(),
    );
    let note = json!({ "note": { "note": "Belt dinsdag terug", "todo": true } });
    let made = api
        .post(&format!("{a}/contacts/{contact}/notes.json"), note.clone())
        .await;
    assert_eq!((made.status, &made.body["todo"]), (201, &json!(true)));
    let shown = api.get(&format!("{a}/contacts/{contact}.json")).await.body;
    assert_eq!(shown["notes"].as_array().unwrap().last(), Some(&made.body));
    assert_eq!(
        api.post(&format!("{a}/sales_invoices/{id}/notes.json"), note.clone())
            .await
            .status,
        201
    );
    let paused = api
        .post(&format!("{a}/sales_invoices/{id}/pause.json"), json!({}))
        .await;
    assert_eq!((paused.status, &paused.body["paused"]), (201, &json!(true)));
    assert!(paused.body["version"].as_i64() > invoice["version"].as_i64());
    let again = api
        .post(&format!("{a}/sales_invoices/{id}/pause.json"), json!({}))
        .await;
    assert_eq!(again.body["version"], paused.body["version"], "nothing changed");
    let resumed = api
        .post(&format!("{a}/sales_invoices/{id}/resume.json"), json!({}))
        .await;
    assert_eq!(resumed.body["paused"], json!(false));
    assert_eq!(
        api.post(&format!("{a}/contacts/5/notes.json"), note).await.status,
        400
    );
    let blank = api
        .post(
            &format!("{a}/contacts/{contact}/notes.json"),
            json!({ "note": { "note": " " } }),
        )
        .await;
    assert_eq!(blank.status, 422);
    assert_eq!(
        api.post(&format!("{a}/contacts/{contact}/notes.json"), json!({}))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn versions_rise_on_change_and_only_then() {
    let server = start(120).await;
    let api = server.connect().await;
    let a = server.administration();
    let resources = ["contacts", "sales_invoices", "estimates", "financial_mutations"];
    let mut before = Vec::new();
    for resource in resources {
        let path = format!("{a}/{resource}");
        let records = api.synchronized(&path).await;
        assert_eq!(records, api.synchronized(&path).await);
        before.push(records);
    }
    server.practice.advance("2026-12-14".parse().unwrap()).unwrap();
    for (resource, before) in resources.iter().zip(before) {
        let after = api.synchronized(&format!("{a}/{resource}")).await;
        let mut changed = 0;
        for (old, new) in before.iter().zip(&after) {
            assert_eq!(old["id"], new["id"]);
            let contents = |record: &serde_json::Value| {
                let mut record = record.clone();
                // the contact inside has a version of its own
                record.as_object_mut().unwrap().remove("contact");
                record
            };
            if old["version"] == new["version"] {
                assert_eq!(contents(old), contents(new));
            } else {
                assert!(old["version"].as_i64() < new["version"].as_i64());
                assert_ne!(old, new);
                changed += 1;
            }
        }
        println!(
            "{resource}: {changed} changed, {} new",
            after.len() - before.len()
        );
        assert!(changed > 0 || !["sales_invoices", "estimates"].contains(resource));
    }
}

#[tokio::test]
async fn at_most_a_hundred_records_come_by_their_ids() {
    let server = start(130).await;
    let api = server.connect().await;
    let path = format!("{}/contacts/synchronization.json", server.administration());
    let versions = api.get(&path).await.body;
    let ids: Vec<_> = versions
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].clone())
        .collect();
    assert_eq!(ids.len(), 130);
    assert_eq!(
        api.post(&path, json!({ "ids": ids }))
            .await
            .body
            .as_array()
            .unwrap()
            .len(),
        100
    );
    assert_eq!(
        api.post(&path, json!({ "ids": [1, "no number", ids[3]] }))
            .await
            .body
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_scope_opens_its_resources_only() {
    let server = start(30).await;
    let api = server.connect_with("sales_invoices").await;
    let a = server.administration();
    for (path, status) in [
        ("contacts", 200),
        ("sales_invoices", 200),
        ("estimates", 403),
        ("financial_mutations", 403),
        ("webhooks", 403),
    ] {
        assert_eq!(
            api.get(&format!("{a}/{path}.json")).await.status,
            status,
            "{path}"
        );
    }
}
