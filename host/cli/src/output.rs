//! Tables and progress on a terminal, JSON for machines, logs on standard error.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use comfy_table::presets::{NOTHING, UTF8_HORIZONTAL_ONLY};
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use tracing_subscriber::EnvFilter;

use crate::arguments::Arguments;
use crate::problem::Problem;

/// Starts the log: readable on a terminal, JSON lines elsewhere; `MAAN_LOG` sets the level.
pub(crate) fn start_log(arguments: &Arguments) {
    let filter = EnvFilter::try_from_env("MAAN_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if arguments.json || !std::io::stderr().is_terminal() {
        log.json().init();
    } else {
        log.without_time().with_target(false).init();
    }
}

/// How a command answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    /// JSON on standard output instead of words.
    pub(crate) json: bool,
}

impl Output {
    /// Writes the answer: the value as JSON, or in words.
    pub(crate) fn answer<T: Serialize>(
        self,
        value: &T,
        words: impl FnOnce(&T) -> String,
    ) -> Result<(), Problem> {
        if self.json {
            let text = serde_json::to_string(value)
                .map_err(|error| Problem::failed(format!("the answer cannot be written as JSON: {error}")))?;
            written(&text)
        } else {
            written(&words(value))
        }
    }

    /// A bar for work of a known length; nothing where nobody looks.
    pub(crate) fn progress(self, what: &str, length: u64) -> ProgressBar {
        if self.json || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(length);
        let style = ProgressStyle::with_template("{msg:24} {wide_bar} {pos}/{len} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

/// Writes lines to standard output; one who stops reading them (`| head`) has enough.
fn written(text: &str) -> Result<(), Problem> {
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Problem::failed(format!("the answer cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// A table with a head; columns named in `right` are aligned right.
pub(crate) fn table(head: &[&str], right: &[usize], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    let style = UTF8_HORIZONTAL_ONLY
        .top_border(LineStyle::none())
        .row_separator(LineStyle::none());
    table
        .load_style(style.bottom_border(LineStyle::none()))
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(head);
    for row in rows {
        table.add_row(row.iter().map(|cell| plain(cell)).collect::<Vec<_>>());
    }
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

/// Columns of a page of text, on a terminal and elsewhere.
const WIDTH: u16 = 80;

/// A page of parts, each a title with its lines below it; long lines go on below themselves. A part without lines is
/// left out. The lines are untrusted text, and the titles are taken as they are.
pub(crate) fn page<'a>(parts: impl Iterator<Item = (&'a str, &'a [String])>) -> String {
    let mut text = String::new();
    for (title, lines) in parts.filter(|(_, lines)| !lines.is_empty()) {
        let mut table = Table::new();
        table
            .load_style(NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(WIDTH);
        for line in lines {
            table.add_row([plain(line)]);
        }
        if let Some(column) = table.column_mut(0) {
            column.set_padding((2, 0));
        }
        text.push_str(&format!("{title}\n{}\n", table.trim_fmt()));
    }
    text.trim_end().to_owned()
}

/// Untrusted text for a terminal, on one line: characters that steer a terminal or turn the direction of what
/// follows are shown, never obeyed.
pub(crate) fn plain(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn untrusted_text_forges_no_line_and_steers_no_terminal() {
        assert_eq!(
            plain("Jans\n  sent: all\u{1b}[2J\u{202e}"),
            "Jans\u{fffd}  sent: all\u{fffd}[2J\u{fffd}"
        );
        assert_eq!(plain("Ünal & Zn, 東京"), "Ünal & Zn, 東京");
    }
}
