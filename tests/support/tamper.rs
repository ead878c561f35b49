//! Looking into a database and changing single bytes of it, past the program.

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::{Database, Installation};

/// One value in the database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    /// What follows `WHERE`; it names one row, the same each time.
    pub(crate) row: &'static str,
    pub(crate) text: bool,
}

impl Installation {
    /// What a statement with one number as its answer says.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.database {
            Database::File => sqlx::query_scalar(sql)
                .fetch_one(&mut self.file().await)
                .await
                .unwrap(),
            Database::Server(server) => sqlx::query_scalar(sql)
                .fetch_one(&mut server.connect().await)
                .await
                .unwrap(),
        }
    }

    /// The database file, opened beside the program.
    pub(crate) async fn file(&self) -> SqliteConnection {
        SqliteConnection::connect(&format!("sqlite:{}", self.path("maan.db").display()))
            .await
            .unwrap()
    }

    /// Flips one bit in the middle of a value: in the file itself, or on the server. Twice is as if never.
    pub(crate) async fn flip(&self, spot: Spot) {
        let Spot {
            table,
            column,
            row,
            text,
        } = spot;
        match &self.database {
            Database::File => {
                let mut file = self.file().await;
                let sql = format!("SELECT CAST({column} AS BLOB) FROM {table} WHERE {row}");
                let value: Vec<u8> = sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_one(&mut file)
                    .await
                    .unwrap();
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                    .execute(&mut file)
                    .await
                    .unwrap();
                file.close().await.unwrap();
                self.flip_in_file(&value);
            }
            Database::Server(server) => {
                let (read, written) = if text {
                    (
                        format!("convert_to({column}, 'UTF8')"),
                        "convert_from(flipped, 'UTF8')",
                    )
                } else {
                    (column.to_owned(), "flipped")
                };
                let sql = format!(
                    "UPDATE {table} SET {column} = {written} FROM (
                        SELECT ctid AS place, set_byte(value, length(value) / 2, get_byte(value, length(value) / 2) # 1)
                            AS flipped
                        FROM (SELECT ctid, {read} AS value FROM {table} WHERE {row}) AS one) AS new
                     WHERE {table}.ctid = new.place"
                );
                let done = sqlx::query(AssertSqlSafe(sql))
                    .execute(&mut server.connect().await)
                    .await
                    .unwrap();
                assert_eq!(done.rows_affected(), 1);
            }
        }
    }

    /// A value that is larger than a page lies in pieces: the largest piece around its middle, else at its end, is
    /// taken that is found whole, and once.
    fn flip_in_file(&self, value: &[u8]) {
        let path = self.path("maan.db");
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = value.len() / 2;
        let halves =
            std::iter::successors(Some(middle), |half| Some(half / 2)).take_while(|half| *half >= 16);
        for (half, centre) in halves.flat_map(|half| [(half, middle), (half, value.len() - half)]) {
            let piece = &value[centre - half..centre + half];
            let places = bytes
                .windows(piece.len())
                .enumerate()
                .filter(|(_, window)| *window == piece);
            let places: Vec<usize> = places.map(|(place, _)| place).collect();
            if let [place] = places[..] {
                bytes[place + half] ^= 1;
                std::fs::write(&path, &bytes).unwrap();
                return;
            }
        }
        panic!("the value is not found in the file");
    }
}

impl Installation {
    /// The settings of the workflow that are in use, as JSON.
    pub(crate) async fn workflow_settings(&self) -> String {
        let sql = "SELECT settings FROM deployment WHERE slot = 'workflow' ORDER BY number DESC LIMIT 1";
        match &self.database {
            Database::File => sqlx::query_scalar(sql)
                .fetch_one(&mut self.file().await)
                .await
                .unwrap(),
            Database::Server(server) => sqlx::query_scalar(sql)
                .fetch_one(&mut server.connect().await)
                .await
                .unwrap(),
        }
    }
}
