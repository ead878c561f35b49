//! The database: SQLite embedded, PostgreSQL when it grows.
