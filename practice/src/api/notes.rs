//! Notes and to-dos on contacts and invoices.

use super::json::{Fixed, id, moment};
use super::{Answer, ApiError, Request};
use crate::portfolio::{Note, Record};
use crate::world::Administration;
use serde_json::{Value, json};

pub(super) fn on_contact(
    one: &mut Administration,
    request: &Request,
    contact: &str,
) -> Result<Answer, ApiError> {
    let record = contact
        .parse()
        .ok()
        .and_then(|id| one.portfolio.debtor_ix(id))
        .map(Record::Contact);
    add(one, request, record, contact, "Contact")
}

pub(super) fn on_sales_invoice(
    one: &mut Administration,
    request: &Request,
    invoice: &str,
) -> Result<Answer, ApiError> {
    let record = invoice
        .parse()
        .ok()
        .and_then(|id| one.portfolio.invoice_ix(id))
        .map(Record::Invoice);
    add(one, request, record, invoice, "SalesInvoice")
}

fn add(
    one: &mut Administration,
    request: &Request,
    record: Option<Record>,
    entity: &str,
    entity_type: &str,
) -> Result<Answer, ApiError> {
    let fields = request.body.get("note").filter(|note| note.is_object());
    let fields =
        fields.ok_or_else(|| ApiError::bad_symbolic("Note is required", json!({ "note": "required" })))?;
    let missing = || {
        ApiError::bad_symbolic(
            &format!("Entity is invalid; User has no permissions to notes for {entity_type}"),
            json!({ "entity": "not_found", "user": "insufficient_permissions" }),
        )
    };
    let record = record.ok_or_else(missing)?;
    let text = fields
        .get("note")
        .and_then(Value::as_str)
        .filter(|text| !text.trim().is_empty());
    let blank = || {
        ApiError::unprocessable(
            json!({ "note": ["can't be blank"], "todo_type": ["can't be blank"] }),
            json!({ "note": [{ "error": "blank" }], "todo_type": [{ "error": "blank" }] }),
        )
    };
    let text = text.ok_or_else(blank)?;
    let user = Fixed::User.number(one.portfolio.id);
    let assignee = fields
        .get("assignee_id")
        .and_then(|id| id.as_u64().or_else(|| id.as_str()?.parse().ok()));
    if assignee.is_some_and(|assignee| assignee != user) {
        return Err(ApiError::not_found("assignee_id"));
    }
    let todo = fields
        .get("todo")
        .is_some_and(|todo| *todo == json!(true) || *todo == json!("true"));
    let note = one
        .portfolio
        .add_note(record, text, todo || assignee.is_some(), assignee)
        .ok_or_else(missing)?;
    let entity = entity.parse().unwrap_or_default();
    Ok(Answer::created(one_note(
        one.portfolio.id,
        entity,
        entity_type,
        &note,
    )))
}

pub(super) fn all(administration: u64, entity: u64, entity_type: &str, notes: &[Note]) -> Value {
    notes
        .iter()
        .map(|note| one_note(administration, entity, entity_type, note))
        .collect()
}

fn one_note(administration: u64, entity: u64, entity_type: &str, note: &Note) -> Value {
    json!({
        "id": id(note.id),
        "administration_id": id(administration),
        "entity_id": id(entity),
        "entity_type": entity_type,
        "user_id": Fixed::User.id(administration),
        "assignee_id": note.assignee.map(id),
        "todo": note.todo,
        "note": note.text,
        "completed_at": null,
        "completed_by_id": null,
        "todo_type": null,
        "data": {},
        "created_at": moment(note.at),
        "updated_at": moment(note.at),
    })
}
