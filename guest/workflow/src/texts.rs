//! Keys of message texts and names of levels.

use maan_policy::actions::Tone;
use maan_policy::types::Level;

/// What a level's message text is called: all notices share one text, and all calls.
pub(crate) const fn text_name(level: Level) -> &'static str {
    match level {
        Level::Notice1 | Level::Notice2 | Level::Notice3 => "notice",
        Level::Call1 | Level::Call2 => "call",
        _ => level_key(level),
    }
}

/// The name of a level in reasons.
pub(crate) const fn level_key(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Notice1 => "notice-1",
        Level::Notice2 => "notice-2",
        Level::Notice3 => "notice-3",
        Level::Reminder1 => "reminder-1",
        Level::Reminder2 => "reminder-2",
        Level::Reminder3 => "reminder-3",
        Level::Call1 => "call-1",
        Level::Call2 => "call-2",
        Level::LastReminder => "last-reminder",
        Level::FormalNotice => "formal-notice",
        Level::HandOver => "hand-over",
        Level::WriteOff => "write-off",
    }
}

/// The key of a text: what it is and its tone, such as "reminder-1.friendly".
pub(crate) fn text_key(what: &str, tone: Tone) -> String {
    let tone = match tone {
        Tone::Understanding => ".understanding",
        Tone::Friendly => ".friendly",
        Tone::Neutral => ".neutral",
        Tone::Firm => ".firm",
    };
    [what, tone].concat()
}
