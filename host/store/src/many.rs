//! Statements over many rows, in few texts, so that each is prepared once and used again: SQLite gets rows in slices
//! of fixed sizes, PostgreSQL gets each column as an array.
//!
//! Texts are written with `?`; PostgreSQL gets `$1`, `$2`, … instead. (SQLite also takes `$1`, but finds a named
//! parameter by going through all others.)

use sqlx::AssertSqlSafe;

const SIZES: [usize; 9] = [256, 128, 64, 32, 16, 8, 4, 2, 1];
/// Rows of one statement of PostgreSQL, at most: they are in memory more than once.
pub(crate) const MOST: usize = 1024;

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
pub(crate) fn padded<T: Copy + Default>(ids: &[T]) -> impl Iterator<Item = Vec<T>> {
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

/// `head VALUES (?, ?), (?, ?) tail`, for SQLite.
pub(crate) fn values(head: &str, rows: usize, columns: usize, tail: &str) -> AssertSqlSafe<String> {
    let row = placeholders(columns);
    let rows = vec![row.as_str(); rows].join(", ");
    AssertSqlSafe(unguarded(format!("{head} VALUES {rows} {tail}")))
}

/// `text IN (?, ?, ?) tail`, for SQLite.
pub(crate) fn one_of(text: &str, length: usize, tail: &str) -> AssertSqlSafe<String> {
    let list = placeholders(length);
    AssertSqlSafe(unguarded(format!("{text} IN {list} {tail}")))
}

fn placeholders(count: usize) -> String {
    format!("({})", vec!["?"; count].join(", "))
}

/// `head SELECT … tail` from an array for each column, for PostgreSQL. Columns have the names that it gives to those of
/// `VALUES`.
pub(crate) fn unnested(head: &str, columns: usize, tail: &str) -> AssertSqlSafe<String> {
    let arrays = placeholders(columns);
    let names: Vec<String> = (1..=columns).map(|number| format!("column{number}")).collect();
    let names = names.join(", ");
    numbered(&format!(
        "{head} SELECT * FROM unnest{arrays} AS given({names}) {tail}"
    ))
}

/// `text = ANY(array) tail`, for PostgreSQL.
pub(crate) fn any_of(text: &str, tail: &str) -> AssertSqlSafe<String> {
    numbered(&format!("{text} = ANY(?) {tail}"))
}

/// `select = id` for each id of an array, for PostgreSQL: one by one over the index, whatever the statistics of a
/// table that grows fast make of it.
pub(crate) fn found_for_each(select: &str) -> AssertSqlSafe<String> {
    numbered(&format!(
        "SELECT found.* FROM (SELECT DISTINCT unnest(?) AS id) AS wanted
         CROSS JOIN LATERAL ({select} = wanted.id OFFSET 0) AS found"
    ))
}

fn numbered(text: &str) -> AssertSqlSafe<String> {
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

/// One value of each row.
macro_rules! column {
    ($rows:expr, $row:pat_param, $value:expr) => {{
        #[allow(unused_variables, reason = "a column takes its part of a row")]
        let column = $rows.iter().map(|$row| $value).collect::<Vec<_>>();
        column
    }};
}

/// Runs `head rows tail` over all rows; gives the number of rows changed. Needs `?` to return `StoreError`.
macro_rules! execute_many {
    ($tx:expr, $head:expr, $rows:expr, |$row:pat_param| [$($value:expr),+ $(,)?], $tail:expr) => {{
        let (mut changed, columns) = (0, [$(stringify!($value)),+].len());
        match &mut $tx {
            $crate::db::Tx::Sqlite(tx) => for slice in $crate::many::slices($rows) {
                let mut query = sqlx::query($crate::many::values($head, slice.len(), columns, $tail));
                for $row in slice { query = query$(.bind($value))+; }
                changed += query.execute(&mut **tx).await?.rows_affected();
            },
            $crate::db::Tx::Postgres(tx) => for slice in $rows.chunks($crate::many::MOST) {
                let query = sqlx::query($crate::many::unnested($head, columns, $tail))
                    $(.bind($crate::many::column!(slice, $row, $value)))+;
                changed += query.execute(&mut **tx).await?.rows_affected();
            },
        }
        changed
    }};
}

/// As `execute_many`, and gives the rows that `tail` returns.
macro_rules! fetch_many {
    ($tx:expr, $type:ty, $head:expr, $rows:expr, |$row:pat_param| [$($value:expr),+ $(,)?], $tail:expr) => {{
        let (mut found, columns) = (Vec::<$type>::new(), [$(stringify!($value)),+].len());
        match &mut $tx {
            $crate::db::Tx::Sqlite(tx) => for slice in $crate::many::slices($rows) {
                let sql = $crate::many::values($head, slice.len(), columns, $tail);
                let mut query = sqlx::query_as::<_, $type>(sql);
                for $row in slice { query = query$(.bind($value))+; }
                found.extend(query.fetch_all(&mut **tx).await?);
            },
            $crate::db::Tx::Postgres(tx) => for slice in $rows.chunks($crate::many::MOST) {
                let query = sqlx::query_as::<_, $type>($crate::many::unnested($head, columns, $tail))
                    $(.bind($crate::many::column!(slice, $row, $value)))+;
                found.extend(query.fetch_all(&mut **tx).await?);
            },
        }
        found
    }};
}

/// The rows that `select` finds for each of the ids, which it compares with its last column, after the given values.
macro_rules! fetch_in {
    ($tx:expr, $type:ty, $select:expr, [$($value:expr),*], $ids:expr) => {{
        let mut found: Vec<$type> = Vec::new();
        match &mut $tx {
            $crate::db::Tx::Sqlite(tx) => for ids in $crate::many::padded($ids) {
                let sql = $crate::many::one_of($select, ids.len(), "");
                let mut query = sqlx::query_as::<_, $type>(sql)$(.bind($value))*;
                for id in ids { query = query.bind(id); }
                found.extend(query.fetch_all(&mut **tx).await?);
            },
            $crate::db::Tx::Postgres(tx) => {
                let sql = $crate::many::found_for_each($select);
                let query = sqlx::query_as::<_, $type>(sql).bind($ids)$(.bind($value))*;
                found.extend(query.fetch_all(&mut **tx).await?);
            }
        }
        found
    }};
}

/// The rows that `change` returns by `returning`, of those whose last column is one of the ids.
macro_rules! change_in {
    ($tx:expr, $type:ty, $change:expr, [$($value:expr),*], $ids:expr, $returning:expr) => {{
        let mut found: Vec<$type> = Vec::new();
        match &mut $tx {
            $crate::db::Tx::Sqlite(tx) => for ids in $crate::many::padded($ids) {
                let sql = $crate::many::one_of($change, ids.len(), $returning);
                let mut query = sqlx::query_as::<_, $type>(sql)$(.bind($value))*;
                for id in ids { query = query.bind(id); }
                found.extend(query.fetch_all(&mut **tx).await?);
            },
            $crate::db::Tx::Postgres(tx) => {
                let sql = $crate::many::any_of($change, $returning);
                let query = sqlx::query_as::<_, $type>(sql)$(.bind($value))*.bind($ids);
                found.extend(query.fetch_all(&mut **tx).await?);
            }
        }
        found
    }};
}

pub(crate) use {change_in, column, execute_many, fetch_in, fetch_many};

#[cfg(test)]
mod tests {
    use uuid::Uuid;

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
    fn each_database_gets_its_text() {
        assert_eq!(values("A", 2, 2, "B").0, "A VALUES (?, ?), (?, ?) B");
        assert_eq!(
            values("INSERT INTO a", 1, 1, "").0,
            "INSERT OR FAIL INTO a VALUES (?) "
        );
        assert_eq!(one_of("A = ? AND b", 2, "C").0, "A = ? AND b IN (?, ?) C");
        assert_eq!(
            unnested("A", 2, "B").0,
            "A SELECT * FROM unnest($1, $2) AS given(column1, column2) B"
        );
        assert_eq!(any_of("A = ? AND b", "C").0, "A = $1 AND b = ANY($2) C");
    }
}
