//! Small parts that all verdicts are made of.

use crate::calendar::Day;
use maan_policy::slots::{Amendment, Answer, Article, Charges, Veto};
use maan_policy::types::Reason;

/// An article of law with its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Such as "art. 6:96 lid 6 BW".
    pub name: &'static str,
    /// Where its text is published.
    pub source: &'static str,
}

impl Source {
    /// An article and where it is published.
    pub const fn new(name: &'static str, source: &'static str) -> Self {
        Self { name, source }
    }
}

/// Articles as the contract writes them.
pub(crate) fn articles(sources: &[Source]) -> Vec<Article> {
    sources
        .iter()
        .map(|article| Article {
            name: article.name.into(),
            source: article.source.into(),
        })
        .collect()
}

/// Charges of nothing, and why.
pub(crate) fn no_charges(sources: &[Source], reason: Reason) -> Charges {
    Charges {
        costs: 0,
        lump_sum: 0,
        interest: 0,
        segments: Vec::new(),
        reasons: vec![reason],
        articles: articles(sources),
    }
}

/// A veto for one reason.
pub(crate) fn veto(sources: &[Source], earliest: Option<Day>, reason: Reason) -> Answer {
    Answer::Veto(Veto {
        articles: articles(sources),
        earliest,
        reasons: vec![reason],
    })
}

/// An amendment that changes nothing yet.
pub(crate) fn amendment(sources: &[Source], reason: Reason) -> Amendment {
    Amendment {
        articles: articles(sources),
        reasons: vec![reason],
        ..nothing()
    }
}

/// The amendment of an answer, to add to; vetoes take none.
pub(crate) fn amended(answer: Answer, change: impl FnOnce(&mut Amendment)) -> Answer {
    let mut amendment = match answer {
        Answer::Allow => nothing(),
        Answer::Amend(amendment) => amendment,
        Answer::Veto(veto) => return Answer::Veto(veto),
    };
    change(&mut amendment);
    Answer::Amend(amendment)
}

fn nothing() -> Amendment {
    Amendment {
        charges: None,
        deadline: None,
        channel: None,
        addressee: None,
        phrases: Vec::new(),
        level: None,
        earliest: None,
        articles: Vec::new(),
        reasons: Vec::new(),
    }
}
