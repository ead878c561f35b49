//! Filters of OData: comparisons of a field with a value, joined by `and` and `or`.

use serde_json::Value;

/// Whether a row is wanted. Comparisons of `and` bind closer than those of `or`; there are no brackets.
pub(super) fn holds(row: &Value, filter: &str) -> bool {
    filter
        .split(" or ")
        .any(|all| all.split(" and ").all(|one| compared(row, one)))
}

fn compared(row: &Value, comparison: &str) -> bool {
    let mut parts = comparison.splitn(3, ' ');
    let (field, operator, wanted) = (
        parts.next().unwrap(),
        parts.next().unwrap(),
        parts.next().unwrap(),
    );
    let own = &row[field];
    let order = match own {
        Value::Number(number) => number
            .as_f64()
            .unwrap()
            .partial_cmp(&wanted.parse().unwrap())
            .unwrap(),
        Value::String(text) => match wanted.strip_prefix('\'') {
            Some(quoted) => text
                .as_str()
                .cmp(&*quoted.strip_suffix('\'').unwrap().replace("''", "'")),
            // stamps of one form are ordered as texts
            None => text.as_str().cmp(wanted),
        },
        other => panic!("{field} is {other}"),
    };
    match operator {
        "eq" => order.is_eq(),
        "gt" => order.is_gt(),
        "ge" => order.is_ge(),
        other => panic!("there is no operator {other}"),
    }
}
