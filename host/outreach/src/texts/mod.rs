//! Texts: a catalogue per language, keyed by level and tone, and one layout for all.

mod catalogue;
mod letter;
mod offer;
mod page;

use maan_ledger::Day;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::untrusted::{is_link, one_line};
use crate::{Language, html};
use catalogue::Entry;
pub(crate) use catalogue::Layout;
pub use letter::{Letter, LetterItem, Party, Section};
use offer::{Figures, figures};
pub use offer::{Offer, PlanBounds};
pub(crate) use page::{Block, Items};

/// A text ready to leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The same for programs that show HTML.
    pub html: String,
}

/// How a letter was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// On which day.
    pub on: Day,
    /// By registered post.
    pub registered: bool,
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
    /// An offer without what it offers, or without items.
    #[error("the text `{0}` offers something and got no such offer, or no item that it is about")]
    NoOffer(String),
    /// The bounds of a plan leave none.
    #[error("the amount makes no plan of two instalments or more within its bounds; offer another plan")]
    NoPlan,
    /// The catalogue itself is wrong.
    #[error("the catalogue of texts is damaged: {0}")]
    Catalogue(String),
}

/// Writes the text of a letter.
///
/// # Errors
/// There is no such text, the items are in several currencies, or what is offered is missing or makes no sense.
pub fn compose(letter: &Letter) -> Result<Text, TextError> {
    let (subject, blocks) = written(letter)?;
    finished(letter.language, &subject, &blocks)
}

/// Writes the copy of a letter that was posted: its text, with a line in front that says so.
///
/// # Errors
/// As for [`compose`].
pub fn compose_copy(letter: &Letter, posted: Posted) -> Result<Text, TextError> {
    let layout = catalogue::layout(letter.language)?;
    let (subject, mut blocks) = written(letter)?;
    let values = context! {
        subject,
        on => letter.language.day(posted.on),
        registered => posted.registered,
    };
    let writer = Writer::new();
    blocks.insert(0, Block::Paragraph(writer.write(&layout.copy, &values)?));
    let subject = writer.write(&layout.copy_subject, &values)?;
    finished(letter.language, &subject, &blocks)
}

fn finished(language: Language, subject: &str, blocks: &[Block]) -> Result<Text, TextError> {
    let layout = catalogue::layout(language)?;
    Ok(Text {
        subject: one_line(subject),
        body: page::plain(blocks, layout),
        html: html::page(language, blocks, layout),
    })
}

/// The subject of a letter and all its parts.
fn written(letter: &Letter) -> Result<(String, Vec<Block>), TextError> {
    let layout = catalogue::layout(letter.language)?;
    let entry = catalogue::entry(letter.language, &letter.key)?;
    let totals = page::totals(letter)?;
    let offered = match (&letter.offer, totals) {
        _ if !offers_what_it_says(letter) => return Err(TextError::NoOffer(letter.key.clone())),
        (Some(offer), Some((items, total))) => figures(offer, letter.language, items, total, letter.today)?,
        (Some(_), None) => return Err(TextError::NoOffer(letter.key.clone())),
        (None, _) => Figures::default(),
    };
    let words = Words {
        letter,
        layout,
        writer: Writer::new(),
        values: values(letter, offered.values),
    };
    let mut blocks = vec![Block::Paragraph(words.write(&layout.salutation)?)];
    let sums = match totals {
        Some((_, total)) => page::sums(letter, layout, total)?,
        None => vec![],
    };
    blocks.extend(words.blocks(entry, sums, offered.instalments)?);
    blocks.push(Block::Paragraph(words.write(&layout.closing)?));
    blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.is_empty()));
    Ok((words.write(&entry.subject)?, blocks))
}

/// A text that offers is written only of what it offers.
fn offers_what_it_says(letter: &Letter) -> bool {
    let name = letter.key.split('.').next().unwrap_or_default();
    match name {
        "discount-offer" => matches!(letter.offer, Some(Offer::Discount { .. })),
        "plan-offer" => matches!(letter.offer, Some(Offer::Plan(_))),
        "extension-offer" => matches!(letter.offer, Some(Offer::Extension { .. })),
        _ => letter.offer.is_none(),
    }
}

fn values(letter: &Letter, offer: minijinja::Value) -> minijinja::Value {
    let language = letter.language;
    let debtor = &letter.debtor;
    let named = match debtor.contact.as_str() {
        "" => &debtor.name,
        contact => contact,
    };
    context! {
        sender => party(&letter.sender),
        debtor => party(debtor),
        greeting_name => one_line(named),
        count => letter.items.len(),
        number => letter.items.first().map(|item| one_line(&item.number)),
        deadline => letter.deadline.map(|day| language.day(day)),
        costs => letter.costs.filter(|costs| costs.minor > 0).map(|costs| language.amount(costs)),
        interest => letter.interest.filter(|interest| interest.minor > 0).map(|i| language.amount(i)),
        offer,
    }
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

/// A letter about to be put into words.
struct Words<'a> {
    letter: &'a Letter,
    layout: &'a Layout,
    writer: Writer,
    values: minijinja::Value,
}

impl Words<'_> {
    fn write(&self, template: &str) -> Result<String, TextError> {
        self.writer.write(template, &self.values)
    }

    /// All between salutation and closing.
    fn blocks(
        &self,
        entry: &Entry,
        mut sums: Vec<(String, String)>,
        instalments: Vec<[String; 3]>,
    ) -> Result<Vec<Block>, TextError> {
        let (letter, layout) = (self.letter, self.layout);
        let mut blocks = vec![Block::Paragraph(self.write(&entry.opening)?)];
        // The total stands under the last list.
        let mut list = |items: &[letter::LetterItem], first, last: bool| {
            let sums = if last { std::mem::take(&mut sums) } else { vec![] };
            let rows = page::rows(letter, items);
            Block::Items(Items { first, rows, sums })
        };
        if !letter.items.is_empty() {
            let credits = page::credits(letter, layout, letter.language);
            blocks.push(list(&letter.items, credits, letter.also.is_empty()));
        }
        blocks.push(Block::Paragraph(self.write(&entry.request)?));
        if !instalments.is_empty() {
            blocks.push(Block::Instalments(instalments));
        }
        blocks.push(Block::Paragraph(self.write(&entry.remark)?));
        blocks.extend(letter.phrases.iter().cloned().map(Block::Paragraph));
        blocks.push(Block::Paragraph(self.announcement()?));
        for (left, section) in (0..letter.also.len()).rev().zip(&letter.also) {
            blocks.push(Block::Paragraph(self.heading(section)?));
            blocks.push(list(&section.items, None, left == 0));
        }
        blocks.extend(self.how_to_pay()?);
        Ok(blocks)
    }

    fn announcement(&self) -> Result<String, TextError> {
        let Some(step) = &self.letter.announces else {
            return Ok(String::new());
        };
        let text = self
            .layout
            .announces
            .get(step)
            .ok_or_else(|| TextError::Unknown {
                key: format!("announces.{step}"),
                language: self.letter.language.tag(),
            })?;
        self.write(text)
    }

    /// What is said of the items of a section.
    fn heading(&self, section: &Section) -> Result<String, TextError> {
        let values = context! {
            count => section.items.len(),
            deadline => section.deadline.map(|day| self.letter.language.day(day)),
            announced => self.letter.announces.is_some(),
        };
        self.writer.write(&self.layout.also, &values)
    }

    /// Thanks and check-ins ask for nothing.
    fn how_to_pay(&self) -> Result<Vec<Block>, TextError> {
        let letter = self.letter;
        if letter.items.is_empty() {
            return Ok(vec![]);
        }
        let mut links = letter
            .all_items()
            .filter(|item| is_link(&item.payment_link))
            .peekable();
        let mut blocks = Vec::new();
        if links.peek().is_some() || !letter.sender.iban.is_empty() {
            blocks.push(Block::Paragraph(self.write(&self.layout.how_to_pay)?));
        }
        blocks.push(Block::Paragraph(self.write(&self.layout.questions)?));
        blocks.extend(links.map(|item| Block::Link {
            number: one_line(&item.number),
            link: item.payment_link.clone(),
        }));
        Ok(blocks)
    }
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
