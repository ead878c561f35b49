use maan_ledger::{
    Body, CompanySize, DebtorDescription, DebtorKind, Fact, Known, LanguageSource, Moment, Relation,
};

use super::History;
use crate::ReadRecord;

/// What a platform cannot know stays as it was: it was entered by a person or learnt elsewhere.
pub(super) fn carried_over(
    known: Option<&DebtorDescription>,
    mut new: DebtorDescription,
) -> DebtorDescription {
    let Some(known) = known else { return new };
    // no platform tells a sole trader from a company by itself
    if matches!(known.kind, DebtorKind::SoleTrader | DebtorKind::PublicBody) {
        new.kind = known.kind;
    }
    if new.size == CompanySize::Unknown {
        new.size = known.size;
    }
    if new.sector.is_empty() {
        new.sector.clone_from(&known.sector);
    }
    if new.relation == Relation::Customer {
        new.relation = known.relation;
    }
    new.group = new.group.or_else(|| known.group.clone());
    new.payer = new.payer.or(known.payer);
    new.since = known.since.or(new.since);
    if strength(known.language_source) > strength(new.language_source) {
        new.language.clone_from(&known.language);
        new.language_source = known.language_source;
    }
    for reach in &mut new.reach {
        let same = known
            .reach
            .iter()
            .find(|old| old.channel == reach.channel && old.address == reach.address);
        if let Some(old) = same {
            reach.consent = old.consent;
            reach.right_person = old.right_person;
            reach.failed = old.failed;
        }
    }
    new
}

fn strength(source: LanguageSource) -> u8 {
    match source {
        LanguageSource::Unknown => 0,
        LanguageSource::Country => 1,
        LanguageSource::Invoice => 2,
        LanguageSource::Platform => 3,
        LanguageSource::Person => 4,
        LanguageSource::Stated => 5,
    }
}

/// The debtor described again, when the newest of its documents is in another language than was assumed.
pub(super) fn language_of_document(history: History<'_>, new: &[Fact], record: &ReadRecord) -> Option<Fact> {
    let language = record.language.as_ref()?;
    let issued = |facts: &[Fact]| {
        let days = facts.iter().filter_map(|fact| match &fact.body {
            Body::ItemDescribed(item) => Some(item.issued),
            _ => None,
        });
        days.max()
    };
    if issued(history.0) > issued(&record.facts) {
        return None;
    }
    let described_now = new.iter().rev().find_map(|fact| match &fact.body {
        Body::DebtorDescribed(description) => Some(description),
        _ => None,
    });
    let current = described_now.or(history.debtor())?;
    let known_better = strength(current.language_source) > strength(LanguageSource::Invoice);
    if known_better || (current.language_source == LanguageSource::Invoice && &current.language == language) {
        return None;
    }
    let basis = record
        .facts
        .iter()
        .find(|fact| matches!(fact.body, Body::ItemDescribed(_)))?;
    let description = DebtorDescription {
        language: language.clone(),
        language_source: LanguageSource::Invoice,
        ..current.clone()
    };
    let earlier = history
        .0
        .iter()
        .chain(new)
        .filter(|fact| matches!(fact.body, Body::DebtorDescribed(_)));
    let (happened, known) = earlier.fold((basis.happened, basis.known), |(happened, known), fact| {
        (happened.max(fact.happened), after(fact.known, known))
    });
    Some(Fact {
        happened,
        known,
        body: Body::DebtorDescribed(description),
    })
}

/// Later than the description that is replaced: an assumed time may be moved, a recorded one may not.
fn after(replaced: Known, known: Known) -> Known {
    match known {
        Known::Assumed(moment) if moment <= replaced.moment() => {
            Known::Assumed(Moment(replaced.moment().0.saturating_add(1)))
        }
        _ => known,
    }
}
