//! Credit bureaux and registers: what others know of a company, asked by number or name, each answer with its source.
//!
//! Every service is asked alike: [`Client::find`] names the one company that is meant, free of charge, and
//! [`Client::report`] tells what the service knows of it, for its price. An answer is [`CreditInformation`]; anything
//! else is a [`NoAnswer`], which is never a clean answer and says what to do.
//!
//! | service | tells | asked by | pays |
//! |---|---|---|---|
//! | Creditsafe Connect | credit report, monitoring | register or VAT number, name | report |
//! | Altares (D&B Direct+) | credit report | register number, name | report |
//! | Companyweb (BE) | credit report | VAT or enterprise number | report |
//! | KvK (NL) | registration | number, name | by contract |
//! | KBO open data (BE) | registration, legal situation | number | nothing; files |
//! | VIES (EU) | whether a VAT number is valid | VAT number | nothing |
//! | CIR (NL) | insolvency | number, name | nothing |
//!
//! Consumers are asked about nowhere: a credit score of a natural person is a decision about that person in the sense
//! of article 22 GDPR (Court of Justice, C-634/21), and no register here can be asked by what is known of one. About a
//! sole trader the registers may be asked, and a bureau where the embedder says that a person decided so.

mod altares;
mod cir;
mod client;
mod companyweb;
mod creditsafe;
mod information;
mod kbo;
mod kvk;
mod line;
mod no_answer;
mod number;
mod scale;
mod service;
mod soap;
mod subject;
mod vies;

pub use client::Client;
pub use creditsafe::{Creditsafe, Event, Portfolio};
pub use information::{Candidate, CreditInformation, Insolvency, Report};
pub use kbo::{Kbo, KboError, Loaded};
pub use no_answer::{NoAnswer, Why};
pub use service::{Access, Credentials, CredentialsError, Needs, Service};
pub use subject::Subject;
