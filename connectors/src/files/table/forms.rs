//! In which form amounts and dates of a table are written: found by what all of them together allow, never by what
//! is usual.

use serde::{Deserialize, Serialize};

/// Which sign stands before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecimalSign {
    /// `1.234,56`
    Comma,
    /// `1,234.56`
    Point,
}

impl DecimalSign {
    pub(super) const ALL: [Self; 2] = [Self::Comma, Self::Point];
}

/// In which order day, month and year stand; a year of four digits that comes first is read under each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `28-11-2026`
    DayFirst,
    /// `11/28/2026`
    MonthFirst,
    /// `26-11-28`
    YearFirst,
}

impl DateOrder {
    pub(super) const ALL: [Self; 3] = [Self::DayFirst, Self::MonthFirst, Self::YearFirst];
}

/// Forms that are still possible after the texts seen so far.
#[derive(Clone, Debug)]
pub(super) struct Candidates<F> {
    possible: Vec<F>,
    /// Pairs of forms that read a text differently, with the text.
    differing: Vec<(F, F, String)>,
}

/// What the texts allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome<F> {
    /// Only this form reads all.
    Form(F),
    /// Several forms read all, each to the same.
    Any,
    /// Several forms do, and this text means something else in each.
    Ambiguous(String),
    /// No form reads all.
    Mixed,
}

impl<F: Copy + PartialEq> Candidates<F> {
    pub(super) fn new(forms: &[F]) -> Self {
        Self {
            possible: forms.to_vec(),
            differing: Vec::new(),
        }
    }

    /// Takes a text into account. One that no form at all reads says nothing about the form.
    pub(super) fn see<T: PartialEq>(&mut self, all: &[F], text: &str, read: impl Fn(&str, F) -> Option<T>) {
        let readings: Vec<(F, Option<T>)> = all.iter().map(|form| (*form, read(text, *form))).collect();
        if readings.iter().all(|(_, value)| value.is_none()) {
            return;
        }
        self.possible.retain(|form| {
            readings
                .iter()
                .any(|(other, value)| other == form && value.is_some())
        });
        for (index, (one, value)) in readings.iter().enumerate() {
            for (other, other_value) in readings.iter().skip(index + 1) {
                let known = self.differing.iter().any(|(a, b, _)| (a, b) == (one, other));
                if value.is_some() && other_value.is_some() && value != other_value && !known {
                    self.differing
                        .push((*one, *other, text.chars().take(40).collect()));
                }
            }
        }
    }

    pub(super) fn outcome(&self) -> Outcome<F> {
        let possible = |form: &F| self.possible.contains(form);
        let doubt = self.differing.iter().find(|(a, b, _)| possible(a) && possible(b));
        match (self.possible.as_slice(), doubt) {
            (_, Some((_, _, text))) => Outcome::Ambiguous(text.clone()),
            ([form], None) => Outcome::Form(*form),
            ([], None) => Outcome::Mixed,
            (_, None) => Outcome::Any,
        }
    }
}
