//! Everything that can go wrong, each with what to do. No message shows a password or a key.

use maan_ledger::{DebtorId, TenantId};
use sqlx::migrate::MigrateError;
use thiserror::Error;

use crate::ComponentDigest;

/// What can go wrong in the store.
#[derive(Debug, Error)]
pub enum StoreError {
    /// An address that names neither of the two databases.
    #[error(
        "`{0}` is not the address of a database; write sqlite:/path/to/file.db or postgres://user@server/database"
    )]
    Address(String),
    /// The server does not answer.
    #[error(
        "the database server at {0} cannot be reached; check that it runs and that address and port are right"
    )]
    Unreachable(String),
    /// The server does not accept the user.
    #[error(
        "the database server at {0} refuses this user or password; check the address in the configuration"
    )]
    Refused(String),
    /// The server has no such database.
    #[error("there is no database {0}; create it first (createdb)")]
    NoDatabase(String),
    /// The file cannot be opened or made.
    #[error("the database file {0} cannot be opened; check that its folder exists and may be written")]
    CannotOpen(String),
    /// The file is something else.
    #[error("{0} is not a database of this program; choose another file")]
    NotADatabase(String),
    /// Written by a newer program.
    #[error("the database was written by a newer version of this program (schema {0}); update the program")]
    NewerSchema(i64),
    /// A migration that was applied differs from the one in this program.
    #[error(
        "schema {0} of the database differs from the one in this program; use the program that wrote the database"
    )]
    ForeignSchema(i64),
    /// Another process holds the database for too long.
    #[error("the database is locked by another process; nothing was changed, end that process or try again")]
    Locked,
    /// No room to write.
    #[error("the disk of the database is full; nothing was changed, free some space and try again")]
    DiskFull,
    /// Writing is not allowed.
    #[error(
        "the database may not be written; nothing was changed, check the rights on the file or of the user"
    )]
    ReadOnly,
    /// No connection was free in time.
    #[error("no connection to the database was free in time; nothing was changed, try again")]
    Busy,
    /// The connection was lost.
    #[error("the connection to the database was lost; what was not confirmed may be repeated: {0}")]
    Lost(String),
    /// The file is damaged.
    #[error("the database is damaged; restore it from a backup: {0}")]
    Damaged(String),
    /// A refusal that has no other name.
    #[error("the database refused a statement: {0}")]
    Database(String),
    /// A row that this program cannot read.
    #[error("{what} in the database cannot be read; restore it from a backup or update the program: {why}")]
    Unreadable {
        /// Which value.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A value that cannot be kept.
    #[error("{what} cannot be stored: {why}")]
    Invalid {
        /// Which value.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// No such administration.
    #[error("there is no administration {0}; list them to find the right one")]
    UnknownTenant(TenantId),
    /// No such debtor.
    #[error("there is no debtor {0}; read it from the platform first")]
    UnknownDebtor(DebtorId),
    /// No such connection.
    #[error("there is no connection {0}; connect the platform first")]
    UnknownConnection(crate::ConnectionId),
    /// No such component.
    #[error("there is no policy component {0}; install it first")]
    UnknownComponent(ComponentDigest),
    /// The debtor's key was destroyed, so that nothing personal can be kept for them.
    #[error(
        "the data of debtor {0} were erased; nothing can be decided about them until they are read again"
    )]
    Erased(DebtorId),
    /// Another process wrote a batch since the head of the chain was read.
    #[error("another batch was written since the head of the chain was read; read the head again and repeat")]
    ChainMoved,
    /// A batch with this id is there already.
    #[error("batch {0} is written already; nothing was changed")]
    BatchExists(uuid::Uuid),
    /// The host key does not open what is stored.
    #[error(
        "the host key does not fit this database (it wants key {0:016x}); use the key file that belongs to it"
    )]
    WrongHostKey(i64),
    /// A sealed value was changed or moved, or is sealed with another key.
    #[error(
        "{0} cannot be opened: it was changed, moved, or sealed with another key; restore it from a backup"
    )]
    CannotOpenSealed(&'static str),
    /// The file of the host key.
    #[error("the host key in {path} cannot be used: {why}")]
    HostKeyFile {
        /// Where.
        path: String,
        /// What is wrong and what to do.
        why: String,
    },
}

impl StoreError {
    pub(crate) fn unreadable(what: &'static str, why: impl ToString) -> Self {
        Self::Unreadable {
            what,
            why: why.to_string(),
        }
    }

    pub(crate) fn invalid(what: &'static str, why: impl ToString) -> Self {
        Self::Invalid {
            what,
            why: why.to_string(),
        }
    }

    /// What an error met while connecting says, with the (redacted) place.
    pub(crate) fn connecting(error: sqlx::Error, place: &str) -> Self {
        let place = place.to_owned();
        match &error {
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut => {
                return Self::Unreachable(place);
            }
            sqlx::Error::Configuration(_) => return Self::Address(place),
            _ => {}
        }
        match code(&error).as_deref() {
            Some("28P01" | "28000") => Self::Refused(place),
            Some("3D000") => Self::NoDatabase(place),
            Some("57P03" | "53300") => Self::Unreachable(place),
            Some("14") => Self::CannotOpen(place),
            Some("26") => Self::NotADatabase(place),
            _ => error.into(),
        }
    }
}

/// The SQLSTATE of PostgreSQL, or the primary result code of SQLite.
fn code(error: &sqlx::Error) -> Option<String> {
    let error = error.as_database_error()?;
    let code = error.code()?.into_owned();
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_none() {
        return Some(code);
    }
    // the lowest byte of an extended result code is the primary one
    code.parse::<u32>().ok().map(|code| (code & 0xff).to_string())
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Protocol(_)
            | sqlx::Error::BeginFailed => return Self::Lost(error.to_string()),
            sqlx::Error::PoolTimedOut => return Self::Busy,
            sqlx::Error::ColumnDecode { index, source } => {
                return Self::Unreadable {
                    what: "a column",
                    why: format!("{index}: {source}"),
                };
            }
            _ => {}
        }
        match code(&error).as_deref() {
            Some("5" | "6" | "55P03" | "40001" | "40P01") => Self::Locked,
            Some("13" | "53100") => Self::DiskFull,
            Some("8" | "25006" | "42501") => Self::ReadOnly,
            Some("10" | "11" | "XX001" | "XX002") => Self::Damaged(error.to_string()),
            Some("57P01" | "57P02" | "57P03" | "53300" | "08006" | "08003") => Self::Lost(error.to_string()),
            _ => Self::Database(error.to_string()),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) => Self::NewerSchema(version),
            MigrateError::VersionMismatch(version) | MigrateError::Dirty(version) => {
                Self::ForeignSchema(version)
            }
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Database(other.to_string()),
        }
    }
}
