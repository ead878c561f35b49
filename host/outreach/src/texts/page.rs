//! A letter as blocks, which are written as plain text and as HTML.

use maan_ledger::Money;

use super::letter::{Letter, LetterItem};
use super::{Layout, TextError};
use crate::Language;
use crate::untrusted::one_line;

/// A part of a letter, from top to bottom.
pub(crate) enum Block {
    Paragraph(String),
    Items(Items),
    /// Number, day and amount.
    Instalments(Vec<[String; 3]>),
    /// Where an invoice can be paid.
    Link {
        number: String,
        link: String,
    },
}

/// A list of items as words.
pub(crate) struct Items {
    /// Comes before all that is asked: credits.
    pub(crate) first: Option<(String, String)>,
    pub(crate) rows: Vec<[String; 4]>,
    /// The total and what is told under it; only under the last list.
    pub(crate) sums: Vec<(String, String)>,
}

/// The rows of some items.
pub(super) fn rows(letter: &Letter, items: &[LetterItem]) -> Vec<[String; 4]> {
    let language = letter.language;
    let row = |item: &LetterItem| {
        let late = letter.today.since(item.due);
        let late = if late > 0 { late.to_string() } else { "–".into() };
        [
            one_line(&item.number),
            language.day(item.due),
            late,
            language.amount(item.open),
        ]
    };
    items.iter().map(row).collect()
}

/// The sum of all items and what is left of it after credits; none without items.
pub(super) fn totals(letter: &Letter) -> Result<Option<(Money, Money)>, TextError> {
    let mut items: Option<Money> = None;
    for item in letter.all_items() {
        items = Some(items.map_or(Ok(item.open), |sum| sum.plus(item.open))?);
    }
    let Some(items) = items else { return Ok(None) };
    let total = letter.credits.map_or(Ok(items), |credits| items.minus(credits))?;
    Ok(Some((items, total)))
}

/// What stands under the last list: costs and interest where they are charged, the total, and what is not asked.
pub(super) fn sums(
    letter: &Letter,
    layout: &Layout,
    total: Money,
) -> Result<Vec<(String, String)>, TextError> {
    let language = letter.language;
    let (mut sums, mut total) = (Vec::new(), total);
    if letter.key.starts_with("charged") {
        for (label, amount) in [(&layout.costs, letter.costs), (&layout.interest, letter.interest)] {
            if let Some(amount) = amount.filter(|amount| amount.minor > 0) {
                sums.push((label.clone(), language.amount(amount)));
                total = total.plus(amount)?;
            }
        }
    }
    sums.push((layout.total.clone(), language.amount(total)));
    for item in letter.all_items() {
        if let Some(withheld) = item.withheld.filter(|part| part.minor > 0) {
            let label = format!("{} {}", layout.withheld, one_line(&item.number));
            sums.push((label, language.amount(withheld)));
        }
    }
    Ok(sums)
}

/// What is in the debtor's favour.
pub(super) fn credits(letter: &Letter, layout: &Layout, language: Language) -> Option<(String, String)> {
    let credits = letter.credits.filter(|credits| credits.minor > 0)?;
    Some((layout.credits.clone(), format!("- {}", language.amount(credits))))
}

/// The letter as plain text.
pub(super) fn plain(blocks: &[Block], layout: &Layout) -> String {
    let mut out: Vec<String> = Vec::with_capacity(blocks.len());
    for block in blocks {
        out.push(match block {
            Block::Paragraph(text) => text.clone(),
            Block::Items(items) => plain_items(items, layout),
            Block::Instalments(rows) => {
                let row = |[place, day, amount]: &[String; 3]| format!("  {place}   {day}   {amount}");
                rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
            Block::Link { number, link } => format!("{number}: {link}"),
        });
    }
    out.join("\n\n") + "\n"
}

fn plain_items(items: &Items, layout: &Layout) -> String {
    let [_, due, late, _] = &layout.columns;
    let sum = |(label, amount): &(String, String)| format!("  {label}: {amount}");
    let row = |[number, day, days, open]: &[String; 4]| {
        format!("  {number}   {due} {day}   {late} {days}   {open}")
    };
    let first = items.first.iter().map(sum);
    let lines = first
        .chain(items.rows.iter().map(row))
        .chain(items.sums.iter().map(sum));
    lines.collect::<Vec<_>>().join("\n")
}
