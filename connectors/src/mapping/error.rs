use thiserror::Error;

/// Why a record cannot be taken in. Told per record; the others are read.
#[derive(Debug, Error)]
pub(crate) enum RecordError {
    #[error("it is not understood ({0})")]
    Unreadable(String),
    #[error("{field}: {cause}")]
    Amount {
        field: &'static str,
        cause: maan_ledger::MoneyError,
    },
    #[error("{field} is `{value}`, which is not a day between 1900 and 2200; correct it on the platform")]
    Day { field: &'static str, value: String },
    #[error("{field} has {length} characters, more than {most}; shorten it on the platform")]
    TooLong {
        field: &'static str,
        length: usize,
        most: usize,
    },
    #[error("its state `{0}` is unknown; a newer version of this program may know it")]
    State(String),
    #[error("{field} is {amount}, which no document of its kind has; correct it on the platform")]
    Sign {
        field: &'static str,
        amount: maan_ledger::Money,
    },
    #[error("it has no contact; give it one on the platform")]
    NoContact,
    #[error("{0} is missing")]
    Missing(&'static str),
}
