//! Texts: a catalogue per language, keyed by level and tone, and one layout for all.

mod catalogue;

use maan_ledger::{Day, Money};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;
use thiserror::Error;

use crate::untrusted::{is_link, one_line};
use crate::{Language, html};
use catalogue::Entry;
pub(crate) use catalogue::Layout;

/// Who writes, or to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Name of the business or person.
    pub name: String,
    /// The person addressed or writing; empty when unknown.
    pub contact: String,
    /// Bank account to pay to; empty for a debtor.
    pub iban: String,
    /// Where an answer goes: e-mail and telephone, empty for a debtor.
    pub email: String,
    /// Telephone number for questions.
    pub phone: String,
}

/// A line of the list of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterItem {
    /// Invoice number.
    pub number: String,
    /// Date of the invoice.
    pub issued: Day,
    /// Last day of the term.
    pub due: Day,
    /// What is asked for this item.
    pub open: Money,
    /// A part that is not asked now, disputed for example.
    pub withheld: Option<Money>,
    /// Where it can be paid; empty when there is none.
    pub payment_link: String,
}

/// Everything that a text needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Level and tone, such as `reminder-1.friendly`.
    pub key: String,
    /// Language of the text.
    pub language: Language,
    /// The creditor.
    pub sender: Party,
    /// The debtor.
    pub debtor: Party,
    /// The day on which it leaves.
    pub today: Day,
    /// Items, oldest first.
    pub items: Vec<LetterItem>,
    /// Credits and unallocated money, taken off the total.
    pub credits: Option<Money>,
    /// Last day to pay that is named.
    pub deadline: Option<Day>,
    /// Collection costs that are due or will be.
    pub costs: Option<Money>,
    /// Interest that is asked.
    pub interest: Option<Money>,
    /// The step that is announced, as a level: `call`, `last-reminder`, `formal-notice`, `hand-over`.
    pub announces: Option<String>,
    /// Phrases that the law requires, in the language of the letter.
    pub phrases: Vec<String>,
}

/// What an offer names beside the letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Share that may be taken off for early payment, in per mille.
    pub discount: Option<u16>,
    /// Most instalments of a plan.
    pub instalments: Option<u16>,
}

/// A text ready to leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The same for programs that show HTML.
    pub html: String,
}

/// Why a text could not be written.
#[derive(Debug, Error)]
pub enum TextError {
    /// The catalogue has no such text.
    #[error("there is no text `{key}` in {language}; the texts are listed in the catalogue of that language")]
    Unknown {
        /// The key asked for.
        key: String,
        /// The language's tag.
        language: &'static str,
    },
    /// The items are in several currencies.
    #[error("the items of one message must be in one currency: {0}")]
    Money(#[from] maan_ledger::MoneyError),
    /// No item where the text needs one.
    #[error("the text `{0}` lists items and got none")]
    NoItems(String),
    /// An offer without what it offers.
    #[error("the text `{0}` offers a discount and got no share")]
    NoDiscount(String),
    /// The catalogue itself is wrong.
    #[error("the catalogue of texts is damaged: {0}")]
    Catalogue(String),
}

/// Writes the text of a letter.
pub fn compose(letter: &Letter) -> Result<Text, TextError> {
    compose_offer(letter, Offer::default())
}

/// Writes the text of a letter that offers something.
pub fn compose_offer(letter: &Letter, offer: Offer) -> Result<Text, TextError> {
    if letter.key.starts_with("discount-offer") && offer.discount.is_none() {
        return Err(TextError::NoDiscount(letter.key.clone()));
    }
    let layout = catalogue::layout(letter.language)?;
    let entry = catalogue::entry(letter.language, &letter.key)?;
    let lines = Lines::of(letter, layout)?;
    let values = context! {
        sender => party(&letter.sender),
        debtor => party(&letter.debtor),
        greeting_name => one_line(if letter.debtor.contact.is_empty() { &letter.debtor.name } else { &letter.debtor.contact }),
        count => letter.items.len(),
        number => letter.items.first().map(|item| one_line(&item.number)),
        deadline => letter.deadline.map(|day| letter.language.day(day)),
        costs => letter.costs.filter(|costs| costs.minor > 0).map(|costs| letter.language.amount(costs)),
        interest => letter.interest.filter(|interest| interest.minor > 0).map(|i| letter.language.amount(i)),
        discount => offer.discount.map(|share| letter.language.share(share)),
        instalments => offer.instalments,
    };
    let writer = Writer::new();
    let subject = writer.write(&entry.subject, &values)?;
    let paragraphs = paragraphs(letter, layout, entry, &writer, &values)?;
    let closing = writer.write(&layout.closing, &values)?;
    let salutation = writer.write(&layout.salutation, &values)?;
    Ok(Text {
        subject: one_line(&subject),
        body: plain(&salutation, &paragraphs, &lines, layout, &closing),
        html: html::page(
            letter.language,
            &salutation,
            &paragraphs,
            &lines,
            layout,
            &closing,
        ),
    })
}

fn party(party: &Party) -> minijinja::Value {
    let Party {
        name,
        contact,
        iban,
        email,
        phone,
    } = party;
    let [name, contact, iban, email, phone] =
        [name, contact, iban, email, phone].map(|value| one_line(value));
    context! { name, contact, iban, email, phone }
}

/// Paragraphs before and after the list of items.
pub(crate) struct Paragraphs {
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
}

fn paragraphs(
    letter: &Letter,
    layout: &Layout,
    entry: &Entry,
    writer: &Writer,
    values: &minijinja::Value,
) -> Result<Paragraphs, TextError> {
    let before = vec![writer.write(&entry.opening, values)?];
    let mut after = Vec::new();
    for part in [&entry.request, &entry.remark] {
        let text = writer.write(part, values)?;
        if !text.is_empty() {
            after.push(text);
        }
    }
    after.extend(letter.phrases.iter().cloned());
    if let Some(step) = &letter.announces {
        let announcement = layout.announces.get(step).ok_or_else(|| TextError::Unknown {
            key: format!("announces.{step}"),
            language: letter.language.tag(),
        })?;
        after.push(writer.write(announcement, values)?);
    }
    // Thanks and check-ins ask for nothing.
    if !letter.items.is_empty() {
        if letter.items.iter().any(|item| is_link(&item.payment_link)) || !letter.sender.iban.is_empty() {
            after.push(writer.write(&layout.how_to_pay, values)?);
        }
        after.push(writer.write(&layout.questions, values)?);
    }
    after.retain(|text| !text.is_empty());
    Ok(Paragraphs { before, after })
}

/// The list of items as words.
pub(crate) struct Lines {
    pub(crate) head: [String; 4],
    pub(crate) rows: Vec<[String; 4]>,
    pub(crate) sums: Vec<(String, String)>,
    pub(crate) links: Vec<(String, String)>,
}

impl Lines {
    fn of(letter: &Letter, layout: &Layout) -> Result<Self, TextError> {
        let language = letter.language;
        let mut rows = Vec::with_capacity(letter.items.len());
        let mut total: Option<Money> = None;
        for item in &letter.items {
            let late = letter.today.since(item.due);
            let late = if late > 0 { late.to_string() } else { "–".into() };
            rows.push([
                one_line(&item.number),
                language.day(item.due),
                late,
                language.amount(item.open),
            ]);
            total = Some(total.map_or(Ok(item.open), |sum| sum.plus(item.open))?);
        }
        let mut sums = Vec::new();
        if let (Some(sum), Some(credits)) = (total, letter.credits.filter(|credits| credits.minor > 0)) {
            sums.push((layout.credits.clone(), format!("- {}", language.amount(credits))));
            total = Some(sum.minus(credits)?);
        }
        for (label, amount) in [(&layout.costs, letter.costs), (&layout.interest, letter.interest)] {
            if let (Some(sum), Some(amount)) = (total, amount.filter(|amount| amount.minor > 0))
                && letter.key.starts_with("charged")
            {
                sums.push((label.clone(), language.amount(amount)));
                total = Some(sum.plus(amount)?);
            }
        }
        if let Some(total) = total {
            sums.push((layout.total.clone(), language.amount(total)));
        }
        for item in &letter.items {
            if let Some(withheld) = item.withheld.filter(|part| part.minor > 0) {
                sums.push((
                    format!("{} {}", layout.withheld, one_line(&item.number)),
                    language.amount(withheld),
                ));
            }
        }
        let links = letter
            .items
            .iter()
            .filter(|item| is_link(&item.payment_link))
            .map(|item| (one_line(&item.number), item.payment_link.clone()))
            .collect();
        Ok(Self {
            head: layout.columns.clone(),
            rows,
            sums,
            links,
        })
    }
}

fn plain(salutation: &str, paragraphs: &Paragraphs, lines: &Lines, layout: &Layout, closing: &str) -> String {
    let mut out = vec![salutation.to_owned()];
    out.extend(paragraphs.before.iter().cloned());
    if !lines.rows.is_empty() {
        out.push(plain_list(lines, layout));
    }
    out.extend(paragraphs.after.iter().cloned());
    out.extend(
        lines
            .links
            .iter()
            .map(|(number, link)| format!("{number}: {link}")),
    );
    out.push(closing.to_owned());
    out.join("\n\n") + "\n"
}

fn plain_list(lines: &Lines, layout: &Layout) -> String {
    let [_, due, late, _] = &layout.columns;
    let mut list: Vec<String> = lines
        .rows
        .iter()
        .map(|[number, day, days, open]| format!("  {number}   {due} {day}   {late} {days}   {open}"))
        .collect();
    list.extend(
        lines
            .sums
            .iter()
            .map(|(label, amount)| format!("  {label}: {amount}")),
    );
    list.join("\n")
}

/// Fills the catalogue's own templates with values; values are never read as templates.
struct Writer(Environment<'static>);

impl Writer {
    fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(20_000));
        Self(environment)
    }

    fn write(&self, template: &str, values: &minijinja::Value) -> Result<String, TextError> {
        self.0
            .render_str(template, values)
            .map(|text| text.trim().to_owned())
            .map_err(|error| TextError::Catalogue(error.to_string()))
    }
}
