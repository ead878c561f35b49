//! Statements over many rows. Their sizes are fixed, so that each is prepared once and used again.
//!
//! Texts are written with `?`; PostgreSQL gets `$1`, `$2`, … instead. (SQLite also takes `$1`, but finds a named
//! parameter by going through all others.)

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::db::Dialect;

const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

/// The rows in slices of the fixed sizes.
pub(crate) fn slices<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let size = *SIZES.iter().find(|size| **size <= rest.len())?;
        let (slice, after) = rest.split_at(size);
        rest = after;
        Some(slice)
    })
}

/// The ids in lists of the fixed sizes; the last one is filled up by repeating an id.
pub(crate) fn padded(ids: &[Uuid]) -> impl Iterator<Item = Vec<Uuid>> {
    ids.chunks(SIZES[0]).map(|chunk| {
        let size = SIZES
            .iter()
            .rev()
            .find(|size| **size >= chunk.len())
            .unwrap_or(&SIZES[0]);
        let mut list = chunk.to_vec();
        list.resize(*size, chunk.last().copied().unwrap_or_default());
        list
    })
}

/// `head (?, ?), (?, ?) tail`.
pub(crate) fn rows(
    dialect: Dialect,
    head: &str,
    rows: usize,
    columns: usize,
    tail: &str,
) -> AssertSqlSafe<String> {
    let row = format!("({})", vec!["?"; columns].join(", "));
    numbered(
        dialect,
        format!("{head} {} {tail}", vec![row.as_str(); rows].join(", ")),
    )
}

/// `head (?, ?, ?) tail`.
pub(crate) fn list(dialect: Dialect, head: &str, length: usize, tail: &str) -> AssertSqlSafe<String> {
    rows(dialect, head, 1, length, tail)
}

fn numbered(dialect: Dialect, text: String) -> AssertSqlSafe<String> {
    if dialect == Dialect::Sqlite {
        return AssertSqlSafe(unguarded(text));
    }
    let mut parts = text.split('?');
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for (n, part) in parts.enumerate() {
        numbered.push('$');
        numbered.push_str(&(n + 1).to_string());
        numbered.push_str(part);
    }
    AssertSqlSafe(numbered)
}

/// A transaction in which a statement failed is rolled back, so SQLite need not copy each page that the statement
/// touches to be able to undo it alone.
fn unguarded(text: String) -> String {
    match text.split_once(' ') {
        Some((verb @ ("INSERT" | "UPDATE"), rest)) => format!("{verb} OR FAIL {rest}"),
        _ => text,
    }
}

/// Runs `head VALUES-rows tail` over all rows; gives the number of rows changed. Needs `?` to return `StoreError`.
macro_rules! execute_many {
    ($tx:expr, $head:expr, $rows:expr, |$row:pat_param| [$($value:expr),+ $(,)?], $tail:expr) => {{
        let mut changed = 0;
        for slice in $crate::many::slices($rows) {
            let columns = [$(stringify!($value)),+].len();
            let sql = $crate::many::rows($tx.dialect(), $head, slice.len(), columns, $tail);
            changed += match &mut $tx {
                $crate::db::Tx::Sqlite(tx) => {
                    let mut query = sqlx::query(sql);
                    for $row in slice { query = query$(.bind($value))+; }
                    query.execute(&mut **tx).await?.rows_affected()
                }
                $crate::db::Tx::Postgres(tx) => {
                    let mut query = sqlx::query(sql);
                    for $row in slice { query = query$(.bind($value))+; }
                    query.execute(&mut **tx).await?.rows_affected()
                }
            };
        }
        changed
    }};
}

/// As `execute_many`, and gives the rows that `tail` returns.
macro_rules! fetch_many {
    ($tx:expr, $type:ty, $head:expr, $rows:expr, |$row:pat_param| [$($value:expr),+ $(,)?], $tail:expr) => {{
        let mut found: Vec<$type> = Vec::new();
        for slice in $crate::many::slices($rows) {
            let columns = [$(stringify!($value)),+].len();
            let sql = $crate::many::rows($tx.dialect(), $head, slice.len(), columns, $tail);
            found.extend(match &mut $tx {
                $crate::db::Tx::Sqlite(tx) => {
                    let mut query = sqlx::query_as::<_, $type>(sql);
                    for $row in slice { query = query$(.bind($value))+; }
                    query.fetch_all(&mut **tx).await?
                }
                $crate::db::Tx::Postgres(tx) => {
                    let mut query = sqlx::query_as::<_, $type>(sql);
                    for $row in slice { query = query$(.bind($value))+; }
                    query.fetch_all(&mut **tx).await?
                }
            });
        }
        found
    }};
}

/// The rows of `head (ids) tail`, where `head` takes the given values before the ids.
macro_rules! fetch_in {
    ($tx:expr, $type:ty, $head:expr, [$($value:expr),*], $ids:expr, $tail:expr) => {{
        let mut found: Vec<$type> = Vec::new();
        for ids in $crate::many::padded($ids) {
            let sql = $crate::many::list($tx.dialect(), $head, ids.len(), $tail);
            found.extend(match &mut $tx {
                $crate::db::Tx::Sqlite(tx) => {
                    let mut query = sqlx::query_as::<_, $type>(sql)$(.bind($value))*;
                    for id in ids { query = query.bind(id); }
                    query.fetch_all(&mut **tx).await?
                }
                $crate::db::Tx::Postgres(tx) => {
                    let mut query = sqlx::query_as::<_, $type>(sql)$(.bind($value))*;
                    for id in ids { query = query.bind(id); }
                    query.fetch_all(&mut **tx).await?
                }
            });
        }
        found
    }};
}

/// As `fetch_in` for a statement that returns no rows.
macro_rules! execute_in {
    ($tx:expr, $head:expr, [$($value:expr),*], $ids:expr) => {
        for ids in $crate::many::padded($ids) {
            let sql = $crate::many::list($tx.dialect(), $head, ids.len(), "");
            match &mut $tx {
                $crate::db::Tx::Sqlite(tx) => {
                    let mut query = sqlx::query(sql)$(.bind($value))*;
                    for id in ids { query = query.bind(id); }
                    query.execute(&mut **tx).await?;
                }
                $crate::db::Tx::Postgres(tx) => {
                    let mut query = sqlx::query(sql)$(.bind($value))*;
                    for id in ids { query = query.bind(id); }
                    query.execute(&mut **tx).await?;
                }
            }
        }
    };
}

pub(crate) use {execute_in, execute_many, fetch_in, fetch_many};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_hold_every_row_once_in_few_sizes() {
        for length in [0, 1, 3, 4, 15, 255, 256, 257, 1000] {
            let rows: Vec<usize> = (0..length).collect();
            let slices: Vec<&[usize]> = slices(&rows).collect();
            assert_eq!(slices.concat(), rows);
            assert!(slices.iter().all(|slice| SIZES.contains(&slice.len())));
        }
    }

    #[test]
    fn padded_lists_have_the_same_ids_in_few_sizes() {
        for length in [1_u128, 2, 4, 5, 256, 300] {
            let ids: Vec<Uuid> = (0..length).map(Uuid::from_u128).collect();
            let mut lists: Vec<Uuid> = padded(&ids)
                .inspect(|list| assert!(SIZES.contains(&list.len())))
                .flatten()
                .collect();
            lists.dedup();
            assert_eq!(lists, ids);
        }
    }

    #[test]
    fn each_database_gets_its_placeholders() {
        assert_eq!(rows(Dialect::Sqlite, "A", 2, 2, "B").0, "A (?, ?), (?, ?) B");
        assert_eq!(
            rows(Dialect::Postgres, "A = ? IN", 2, 2, "B").0,
            "A = $1 IN ($2, $3), ($4, $5) B"
        );
        assert_eq!(
            rows(Dialect::Sqlite, "INSERT INTO a VALUES", 1, 1, "").0,
            "INSERT OR FAIL INTO a VALUES (?) "
        );
    }
}
