//! The platform's query language, as much of it as is spoken here:
//! `select * from Invoice where Id > '5' orderby Id desc maxresults 10`.

use serde_json::json;

use super::{fault, records, timed};
use crate::server::{Asked, Told, World};

struct Query<'a> {
    fields: &'a str,
    kind: &'a str,
    only: Option<(&'a str, &'a str, &'a str)>,
    order: &'a str,
    descending: bool,
    most: usize,
}

pub(super) fn answered(world: &World, asked: &Asked) -> Told {
    let wrong = || fault(world, 400, "4000", "QueryParserError");
    let Some(query) = parsed(asked.parameter("query")) else {
        return wrong();
    };
    let Some(mut rows) = records::all(world, query.kind) else {
        return wrong();
    };
    if let Some((field, operator, value)) = query.only {
        rows.retain(|row| {
            let own = row[field].as_str().unwrap_or_default();
            match operator {
                ">" => own > value,
                "<=" => own <= value,
                _ => own == value,
            }
        });
    }
    rows.sort_by_key(|row| row[query.order].as_str().unwrap_or_default().to_owned());
    if query.descending {
        rows.reverse();
    }
    rows.truncate(query.most.min(world.page));
    if query.fields == "Id" {
        rows = rows.iter().map(|row| json!({ "Id": row["Id"] })).collect();
    }
    let body = if rows.is_empty() {
        json!({})
    } else {
        json!({ query.kind: rows, "startPosition": 1, "maxResults": rows.len() })
    };
    timed(world, json!({ "QueryResponse": body }))
}

fn parsed(text: &str) -> Option<Query<'_>> {
    let mut words = text.split_whitespace().peekable();
    let mut word = |wanted: &str| {
        words
            .next()
            .filter(|word| word.eq_ignore_ascii_case(wanted))
            .map(|_| ())
    };
    word("select")?;
    let fields = words.next().filter(|fields| matches!(*fields, "*" | "Id"))?;
    words.next().filter(|word| word.eq_ignore_ascii_case("from"))?;
    let kind = words.next()?;
    let mut query = Query {
        fields,
        kind,
        only: None,
        order: "Id",
        descending: false,
        most: 100,
    };
    while let Some(word) = words.next() {
        match word.to_lowercase().as_str() {
            "where" => {
                let (field, operator) = (words.next()?, words.next()?);
                let value = words.next()?.strip_prefix('\'')?.strip_suffix('\'')?;
                query.only = matches!(operator, ">" | "<=" | "=").then_some((field, operator, value));
                query.only?;
            }
            "orderby" => {
                query.order = words.next()?;
                query.descending = words.next_if(|word| word.eq_ignore_ascii_case("desc")).is_some();
            }
            "maxresults" => {
                query.most = words
                    .next()?
                    .parse()
                    .ok()
                    .filter(|most| (1..=1_000).contains(most))?
            }
            _ => return None,
        }
    }
    Some(query)
}
