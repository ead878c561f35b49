//! The tables are the same on both databases, and every key starts with the tenant.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::support::{Fixture, test_on_postgres, test_on_sqlite};

/// Tables of the host, which hold no tenant's data.
const OF_THE_HOST: [&str; 2] = ["component", "instance"];

/// Columns in their order: table, column, kind of value, may be absent.
type Columns = Vec<(String, String, String, bool)>;
/// Table, unique, columns.
type Indexes = BTreeSet<(String, bool, Vec<String>)>;

fn kind(declared: &str) -> String {
    match declared {
        "bigint" | "integer" | "smallint" | "boolean" | "INTEGER" => "number",
        "bytea" | "uuid" | "BLOB" => "bytes",
        "text" | "TEXT" => "text",
        other => other,
    }
    .to_owned()
}

async fn of_sqlite(f: &Fixture) -> (Columns, Indexes) {
    let mut raw = SqliteConnection::connect(&f.url).await.unwrap();
    let columns: Vec<(String, String, String, bool)> = sqlx::query_as(
        r#"SELECT t.name, c.name, c.type, c."notnull" = 0 FROM sqlite_master t JOIN pragma_table_info(t.name) c
           WHERE t.type = 'table' AND t.name NOT LIKE '\_%' ESCAPE '\' AND t.name NOT LIKE 'sqlite%'
           ORDER BY t.name, c.cid"#,
    )
    .fetch_all(&mut raw)
    .await
    .unwrap();
    let indexes: Vec<(String, String, bool, String)> = sqlx::query_as(
        r#"SELECT t.name, i.name, i."unique", c.name FROM sqlite_master t JOIN pragma_index_list(t.name) i
           JOIN pragma_index_info(i.name) c WHERE t.name NOT LIKE '\_%' ESCAPE '\' ORDER BY t.name, i.name, c.seqno"#,
    )
    .fetch_all(&mut raw)
    .await
    .unwrap();
    (columns, grouped(indexes))
}

async fn of_postgres(f: &Fixture) -> (Columns, Indexes) {
    let mut raw = PgConnection::connect(f.admin.as_deref().unwrap()).await.unwrap();
    let columns: Vec<(String, String, String, bool)> = sqlx::query_as(
        r#"SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
           FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_%'
           ORDER BY table_name COLLATE "C", ordinal_position"#,
    )
    .fetch_all(&mut raw)
    .await
    .unwrap();
    let indexes: Vec<(String, String, bool, String)> = sqlx::query_as(
        r#"SELECT t.relname::text, i.relname::text, x.indisunique, a.attname::text
           FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
           JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
           CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k (number, place)
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
           WHERE t.relname NOT LIKE '\_%' ORDER BY t.relname, i.relname, k.place"#,
    )
    .fetch_all(&mut raw)
    .await
    .unwrap();
    (columns, grouped(indexes))
}

fn grouped(rows: Vec<(String, String, bool, String)>) -> Indexes {
    let mut indexes: BTreeMap<(String, String, bool), Vec<String>> = BTreeMap::new();
    for (table, index, unique, column) in rows {
        indexes.entry((table, index, unique)).or_default().push(column);
    }
    indexes
        .into_iter()
        .map(|((table, _, unique), columns)| (table, unique, columns))
        .collect()
}

#[test]
fn both_databases_have_the_same_tables_and_every_key_starts_with_the_tenant() {
    let mut found = Vec::new();
    let seen = std::sync::Mutex::new(&mut found);
    test_on_sqlite(async |f: Fixture| {
        let of = of_sqlite(&f).await;
        seen.lock().unwrap().push(of);
    });
    test_on_postgres(async |f: Fixture| {
        let of = of_postgres(&f).await;
        seen.lock().unwrap().push(of);
    });
    for (columns, indexes) in &mut found {
        for column in columns {
            column.2 = kind(&column.2);
        }
        indexes.retain(|(table, _, _)| !OF_THE_HOST.contains(&table.as_str()));
        for (table, unique, columns) in indexes.iter() {
            assert!(
                columns[0] == "tenant",
                "an index of {table} starts with {} (unique: {unique})",
                columns[0]
            );
        }
        assert!(indexes.len() > 15);
    }
    if let [sqlite, postgres] = found.as_slice() {
        assert_eq!(sqlite.0, postgres.0);
        assert_eq!(sqlite.1, postgres.1);
    }
}

#[test]
fn sums_are_written_so_that_both_databases_give_whole_numbers() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut sums = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("SUM(") {
            assert!(
                text.get(..at).unwrap().ends_with("CAST(COALESCE("),
                "{}",
                path.display()
            );
            sums += 1;
        }
    }
    assert!(sums >= 3);
}
