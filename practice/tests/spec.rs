//! The platform's specification, against which every answer is checked.

use std::sync::LazyLock;

use maan_dialects::spec::{OpenApi, file};
use serde_json::{Value, json};

/// The specification, or `None` with a line that says that checks are skipped.
static SPEC: LazyLock<Option<OpenApi>> = LazyLock::new(|| {
    let document = file("moneybird_openapi.json")?;
    Some(OpenApi::new(
        serde_json::from_slice(&document).expect("the specification is JSON"),
    ))
});

/// Panics with the reasons when an answer is not as specified.
pub(crate) fn check(method: &str, path: &str, status: u16, body: &Value) {
    if let Some(spec) = &*SPEC {
        let complaints = spec.complaints(method, path, status, body);
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
}

#[test]
fn the_check_notices_wrong_answers() {
    if SPEC.is_none() {
        return;
    }
    let good = json!({ "error": "record not found", "symbolic": { "id": "not_found" } });
    check("GET", "1/contacts/2", 404, &good);
    for (path, status, wrong) in [
        ("1/contacts/2", 404, json!({ "error": 4 })),
        ("1/contacts/2", 200, json!({ "id": "1", "surprise": true })),
        ("1/sales_invoices", 200, json!([{ "state": "dancing" }])),
        ("1/sales_invoices", 200, json!([{ "due_date": "tomorrow" }])),
        ("1/contacts/2", 418, good),
    ] {
        let checked = std::panic::catch_unwind(|| check("GET", path, status, &wrong));
        assert!(checked.is_err(), "{path} {status} {wrong}");
    }
}
