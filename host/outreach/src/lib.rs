//! What reaches a debtor: texts in four languages, and the channels that carry them.
//!
//! A text is written from plain values ([`Letter`]) by a catalogue that is part of this crate; what comes from
//! outside (names, invoice numbers) is only ever a value and never read as a template.
//!
//! ```
//! use maan_ledger::{Currency, Day, Money};
//! use maan_outreach::{Language, Letter, LetterItem, Party, compose};
//!
//! let letter = Letter {
//!     key: "reminder-1.friendly".into(),
//!     language: Language::Nl,
//!     sender: Party { name: "Bakkerij De Korenaar".into(), ..Party::default() },
//!     debtor: Party { name: "Jansen Interieur".into(), ..Party::default() },
//!     today: "2026-11-21".parse()?,
//!     items: vec![LetterItem {
//!         number: "2026-0117".into(),
//!         issued: "2026-10-01".parse()?,
//!         due: "2026-10-31".parse()?,
//!         open: Money::new(121_000, Currency::EUR),
//!         withheld: None,
//!         payment_link: String::new(),
//!     }],
//!     also: vec![],
//!     credits: None,
//!     deadline: Some("2026-11-28".parse()?),
//!     costs: None,
//!     interest: None,
//!     offer: None,
//!     announces: None,
//!     phrases: vec![],
//! };
//! let text = compose(&letter)?;
//! assert!(text.body.contains("2026-0117"));
//! assert!(text.body.contains("€ 1.210,00"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
mod email;
mod format;
mod html;
mod replies;
mod texts;
mod untrusted;

pub use email::{
    Address, Email, Mailer, MailerSettings, Protection, SendError, Sent, check_sender, message_id,
};
pub use format::Language;
pub use texts::{
    Letter, LetterItem, Offer, Party, PlanBounds, Posted, Section, Text, TextError, compose, compose_copy,
};
