//! Reading by lists of ids with what tells a change; what differs is fetched with its nested records.

use chrono::Datelike;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use url::Url;

use super::endpoints::search;
use super::{Tryton, administrations, dto, facts};
use crate::http::{Answer, Call, CallError};
use crate::mapping::{Context, Mapped, RecordError, content_version, record};
use crate::{Entity, Listed, Look, ReadRecord};

/// Most records of one call.
pub(super) const CHUNK: usize = 100;
/// Lines of a list that are asked for at once.
const LINES: u64 = 1_000;

/// What Tryton calls the records of an entity.
pub(super) fn model(entity: Entity) -> Option<&'static str> {
    match entity {
        Entity::Contact => Some("party.party"),
        Entity::Invoice => Some("account.invoice"),
        Entity::Order => Some(administrations::SALES),
        Entity::BankTransaction => Some("account.move.line"),
        Entity::ExternalInvoice
        | Entity::CreditNote
        | Entity::Payment
        | Entity::Quotation
        | Entity::Removal => None,
    }
}

impl Tryton {
    pub(super) async fn listed(&self, entity: Entity, look: Look<'_>) -> Result<Vec<Listed>, CallError> {
        let stamps = self.stamps(entity);
        let mut all = Vec::new();
        let mut last: Option<u64> = None;
        loop {
            let mut domain = self.domain(entity, look);
            domain.extend(last.map(|last| json!(["id", ">", last])));
            let url = self.search(entity, domain, &stamps);
            let call = Call::get(url).with_header("range", format!("records=0-{LINES}"));
            let answer = self.connection.call(&self.within(call)).await?;
            for row in answer.borrowed::<Vec<&RawValue>>()? {
                let id = id(&answer, row)?;
                last = Some(id);
                all.push(Listed {
                    reference: id.to_string(),
                    version: version(&answer, row, &stamps)?,
                });
            }
            if !more(answer.header("content-range")) {
                return Ok(all);
            }
        }
    }

    pub(super) async fn fetched(
        &self,
        entity: Entity,
        ids: &[String],
        look: Look<'_>,
    ) -> Result<Vec<ReadRecord>, CallError> {
        let stamps = self.stamps(entity);
        let wanted: Vec<u64> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        let mut fields = self.fields(entity);
        fields.extend(stamps.iter().map(|stamp| (*stamp).to_owned()));
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let mut domain = self.domain(entity, look);
        domain.push(json!(["id", "in", wanted]));
        let url = self.search(entity, domain, &fields);
        let answer = self.connection.call(&self.within(Call::get(url))).await?;
        let context = Context::of(self, look);
        let mut records = Vec::new();
        for row in answer.borrowed::<Vec<&RawValue>>()? {
            let reference = id(&answer, row)?.to_string();
            let version = version(&answer, row, &stamps)?;
            let mapped = self.mapped(entity, &context, row, look);
            records.push(ReadRecord::mapped(entity, look, (reference, version), mapped));
        }
        Ok(records)
    }

    fn search(&self, entity: Entity, domain: Vec<Value>, fields: &[&str]) -> Url {
        search(
            &self.site,
            model(entity).unwrap_or_default(),
            &domain.into(),
            fields,
        )
    }

    /// Which records are read.
    fn domain(&self, entity: Entity, look: Look<'_>) -> Vec<Value> {
        let company = self.administration.id.parse::<u64>().unwrap_or(0);
        let date = look.since.date();
        let (year, month, day) = (date.year(), date.month(), date.day());
        let since = json!({ "__class__": "date", "year": year, "month": month, "day": day });
        match entity {
            // those that are no longer in use may still owe
            Entity::Contact => vec![
                json!(["id", "!=", self.own_party()]),
                json!(["active", "in", [true, false]]),
            ],
            Entity::Invoice => vec![
                json!(["company", "=", company]),
                json!(["type", "=", "out"]),
                json!(["OR", ["invoice_date", "=", null], ["invoice_date", ">=", since]]),
            ],
            Entity::Order => vec![json!(["company", "=", company])],
            // what came in and is neither reconciled nor booked on an invoice
            _ => vec![
                json!(["move.company", "=", company]),
                json!(["move.state", "=", "posted"]),
                json!(["move.journal.type", "=", "cash"]),
                json!(["account.type.receivable", "=", true]),
                json!(["party", "!=", null]),
                json!(["credit", ">", { "__class__": "Decimal", "decimal": "0" }]),
                json!(["reconciliation", "=", null]),
                json!(["invoice_payments", "=", null]),
            ],
        }
    }

    fn stamps(&self, entity: Entity) -> Vec<&'static str> {
        match entity {
            Entity::Contact if self.has(administrations::LIMITS) => {
                dto::PARTY_STAMPS.into_iter().chain([dto::LIMIT]).collect()
            }
            Entity::Contact => dto::PARTY_STAMPS.to_vec(),
            Entity::Invoice => dto::INVOICE_STAMPS.to_vec(),
            Entity::Order => dto::SALE_STAMPS.to_vec(),
            _ => vec!["write_date"],
        }
    }

    fn fields(&self, entity: Entity) -> Vec<String> {
        let plain = |fields: &[&str]| fields.iter().map(|field| (*field).to_owned()).collect();
        match entity {
            Entity::Contact => plain(&dto::PARTY),
            Entity::Invoice => dto::invoice_fields(),
            Entity::Order => plain(&dto::SALE),
            _ => plain(&dto::MONEY),
        }
    }

    fn mapped(
        &self,
        entity: Entity,
        context: &Context<'_>,
        row: &RawValue,
        look: Look<'_>,
    ) -> Result<Mapped, RecordError> {
        match entity {
            Entity::Contact => facts::party(context, &record(row)?, self.has(administrations::LIMITS)),
            Entity::Invoice => {
                let invoice: dto::Invoice = record(row)?;
                let mut mapped = facts::invoice(context, &invoice)?;
                // made after the parties were listed: the invoice brings along what it says of its party
                if let Some(party) = &invoice.party
                    && mapped.debtor.is_some()
                    && look.known.get(Entity::Contact, &party.id).is_none()
                {
                    mapped.facts.insert(0, facts::described(context, party)?);
                }
                Ok(mapped)
            }
            Entity::Order => facts::sale(context, &record(row)?),
            Entity::BankTransaction => facts::money(context, &record(row)?),
            _ => Ok(Mapped::default()),
        }
    }
}

fn id(answer: &Answer, row: &RawValue) -> Result<u64, CallError> {
    let head: Result<dto::Head, _> = serde_json::from_str(row.get());
    let id = head.ok().and_then(|head| head.id.parse().ok());
    id.ok_or_else(|| answer.odd("a record has no id"))
}

/// A number that differs when one of the stamps does, in whatever order nested records come.
fn version(answer: &Answer, row: &RawValue, stamps: &[&str]) -> Result<u64, CallError> {
    let row: Value = serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
    let mut text = String::new();
    for stamp in stamps {
        let mut found = Vec::new();
        collect(&row, stamp, &mut found);
        found.sort_unstable();
        text.push_str(&found.join(","));
        text.push(';');
    }
    Ok(content_version(&text))
}

/// What stands at a path, below each element of a list on the way.
fn collect(value: &Value, path: &str, found: &mut Vec<String>) {
    if let Value::Array(all) = value {
        all.iter().for_each(|one| collect(one, path, found));
        return;
    }
    let (field, rest) = path.split_once('.').unwrap_or((path, ""));
    match value.get(field) {
        Some(inner) if !rest.is_empty() => collect(inner, rest, found),
        Some(inner) => found.push(inner.to_string()),
        None => found.push(String::new()),
    }
}

/// Whether there is more after a range such as `records 0-1000/2500`; the total is `*` when it is far more.
fn more(range: &str) -> bool {
    let told = range.rsplit_once('-').and_then(|(_, end)| end.split_once('/'));
    told.is_some_and(|(end, total)| match (end.parse::<u64>(), total.parse::<u64>()) {
        (Ok(end), Ok(total)) => end < total && end > 0,
        (Ok(end), Err(_)) => end > 0,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_tells_whether_there_is_more() {
        for (range, told) in [
            ("records 0-3/12", true),
            ("records 0-12/12", false),
            ("records 0-1000/*", true),
            ("records 0-0/0", false),
            ("records 0-0/5", false),
            ("", false),
            ("odd", false),
        ] {
            assert_eq!(more(range), told, "{range}");
        }
    }

    #[test]
    fn stamps_of_nested_records_are_found_in_any_order() {
        let found = |json: &str| {
            let mut found = Vec::new();
            collect(&serde_json::from_str(json).unwrap(), "rows.group.id", &mut found);
            found.sort_unstable();
            found
        };
        let one = found(r#"{"rows": [{"group": {"id": 2}}, {"group": null}]}"#);
        assert_eq!(one, ["", "2"]);
        assert_eq!(one, found(r#"{"rows": [{"group": null}, {"group": {"id": 2}}]}"#));
        assert_eq!(found(r#"{"rows": []}"#), [""; 0]);
    }
}
