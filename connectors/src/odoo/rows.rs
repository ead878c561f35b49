//! Rows of bookings on accounts of receivables, by which invoices are paid.

use std::collections::HashMap;

use serde_json::json;

use super::{Odoo, dto};
use crate::http::CallError;
use crate::mapping::Text;

/// Rows by their ids, and those of each booking in the order in which they are due.
#[derive(Debug, Default)]
pub(super) struct Rows {
    by_id: HashMap<Text, dto::Row>,
    of_move: HashMap<Text, Vec<Text>>,
}

impl Rows {
    fn of(mut all: Vec<dto::Row>) -> Self {
        all.sort_by_key(|row| (row.date_maturity.to_string(), row.id.len(), row.id.to_string()));
        let mut rows = Self::default();
        for row in all {
            let id: Text = (*row.id).clone();
            rows.of_move
                .entry(row.move_id.id.clone())
                .or_default()
                .push(id.clone());
            rows.by_id.insert(id, row);
        }
        rows
    }

    /// A row.
    pub(super) fn get(&self, id: &Text) -> Option<&dto::Row> {
        self.by_id.get(id)
    }

    /// The rows of a booking.
    pub(super) fn of_move(&self, id: &Text) -> Vec<&dto::Row> {
        let ids = self.of_move.get(id).into_iter().flatten();
        ids.filter_map(|id| self.by_id.get(id)).collect()
    }

    /// What the item of a row is called: an instalment when the booking has several.
    pub(super) fn item(&self, row: &dto::Row) -> String {
        let is_invoice = row.move_type.as_str() == "out_invoice";
        if is_invoice && self.of_move(&row.move_id.id).len() > 1 {
            format!("{}/{}", &*row.move_id.id, row.id.as_str())
        } else {
            row.move_id.id.to_string()
        }
    }
}

impl Odoo {
    pub(super) async fn rows_of_moves(&self, moves: Vec<u64>) -> Result<Rows, CallError> {
        self.receivable(json!(["move_id", "in", moves])).await
    }

    /// Rows with all others of the same bookings.
    pub(super) async fn rows_beside(&self, rows: Vec<u64>) -> Result<Rows, CallError> {
        self.receivable(json!(["move_id.line_ids", "in", rows])).await
    }

    async fn receivable(&self, clause: serde_json::Value) -> Result<Rows, CallError> {
        let domain = json!([clause, ["account_type", "=", "asset_receivable"]]);
        let answer = self
            .search_read("account.move.line", domain, &dto::ROW, &[])
            .await?;
        Ok(Rows::of(answer.json()?))
    }
}
