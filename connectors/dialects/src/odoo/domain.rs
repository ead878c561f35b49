//! Domains in prefix notation, as Odoo has them.

use std::cmp::Ordering;

use serde_json::Value;

/// Whether a record is in a domain; a field that does not exist is named.
pub(super) fn holds(record: &Value, domain: &[Value], unknown: &mut Option<String>) -> bool {
    let mut stack: Vec<bool> = Vec::new();
    for clause in domain.iter().rev() {
        let holds = match clause.as_str() {
            Some("|") => {
                let (one, other) = (stack.pop().unwrap(), stack.pop().unwrap());
                one || other
            }
            Some("&") => {
                let (one, other) = (stack.pop().unwrap(), stack.pop().unwrap());
                one && other
            }
            Some(other) => panic!("the operator {other} is not served"),
            None => {
                let field = clause[0].as_str().unwrap();
                match at(record, field) {
                    Some(found) => is(&found, clause[1].as_str().unwrap(), &clause[2]),
                    None => {
                        *unknown = Some(field.to_owned());
                        false
                    }
                }
            }
        };
        stack.push(holds);
    }
    stack.into_iter().all(|one| one)
}

/// What stands at a path: all values below a list. A relation stands for its id.
fn at(record: &Value, path: &str) -> Option<Vec<Value>> {
    let (field, rest) = path.split_once('.').unwrap_or((path, ""));
    let value = record.get(field)?;
    let each: Vec<&Value> = match value {
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    };
    let mut found = Vec::new();
    for one in each {
        match (one, rest) {
            (Value::Null, _) => found.push(Value::Bool(false)),
            (one, "") => found.push(one.get("id").unwrap_or(one).clone()),
            (one, rest) => found.extend(at(one, rest)?),
        }
    }
    Some(found)
}

fn is(found: &[Value], operator: &str, value: &Value) -> bool {
    let ordered = |wanted: &[Ordering]| {
        found
            .iter()
            .any(|one| compare(one, value).is_some_and(|order| wanted.contains(&order)))
    };
    match operator {
        "=" => found.contains(value),
        "!=" => !found.contains(value),
        "in" => found.iter().any(|one| value.as_array().unwrap().contains(one)),
        ">" => ordered(&[Ordering::Greater]),
        "<" => ordered(&[Ordering::Less]),
        ">=" => ordered(&[Ordering::Greater, Ordering::Equal]),
        "<=" => ordered(&[Ordering::Less, Ordering::Equal]),
        other => panic!("the operator {other} is not served"),
    }
}

fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Number(one), Value::Number(other)) => one.as_f64()?.partial_cmp(&other.as_f64()?),
        _ => None,
    }
}
