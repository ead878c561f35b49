use std::time::Duration;

/// What to do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Try again by itself, after the time that the platform named or else when convenient.
    Retry {
        /// Not before this long.
        after: Option<Duration>,
    },
    /// The consent is gone: a person connects the administration again.
    Reconnect,
    /// A person has to look: trying again changes nothing.
    AskPerson,
}

impl Remedy {
    /// Try again, no time named.
    pub const SOON: Remedy = Remedy::Retry { after: None };
}
