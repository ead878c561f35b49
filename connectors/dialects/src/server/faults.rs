use crate::model::Change;

/// What goes wrong at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Too many calls; the next is taken after so many seconds.
    Throttle(u64),
    /// Another status, without an explanation.
    Status(u16),
    /// The answer comes late, after so many milliseconds.
    Slow(u64),
    /// The answer breaks off in the middle.
    Cut,
    /// The access ends just before this call.
    Expire,
    /// Something changes just before this call: the pages are no longer what they were.
    Change(Change),
}
