//! A debtor as a file knows it, laid over what is known.

use maan_connectors::files::{Party, language_of};
use maan_ledger::{
    Agreement, Body, Channel, CompanySize, Consent, ContactRole, Country, DebtorDescription, DebtorKind,
    Fact, LanguageSource, Limit, Reach, Relation,
};

use super::work::New;

/// What a file makes known of a debtor. What it leaves open stays as it was.
pub(super) fn news(
    party: &Party,
    key: &str,
    home: Country,
    facts: &[Fact],
    today: maan_ledger::Day,
) -> Vec<New> {
    let known = described(facts);
    let description = laid_over(known, party, key, home);
    let mut news = Vec::new();
    if known != Some(&description) {
        news.push(New {
            happened: today,
            first: known.is_none(),
            body: Body::DebtorDescribed(description),
        });
    }
    if let Some(days) = party.term_days
        && term(facts) != Some(days)
    {
        let agreement = facts.iter().rev().find_map(|fact| match &fact.body {
            Body::AgreementDescribed(agreement) => Some(agreement.clone()),
            _ => None,
        });
        let body = Body::AgreementDescribed(Agreement {
            term_days: Some(days),
            ..agreement.unwrap_or(NO_AGREEMENT)
        });
        news.push(New {
            happened: today,
            first: known.is_none(),
            body,
        });
    }
    if let Some(limit) = party.limit {
        let last = facts.iter().rev().find_map(|fact| match &fact.body {
            Body::LimitSet(limit) => Some(limit.limit),
            _ => None,
        });
        if last != Some(Some(limit)) {
            let body = Body::LimitSet(Limit {
                limit: Some(limit),
                insured: None,
                reason: "from a file".into(),
            });
            news.push(New {
                happened: today,
                first: known.is_none(),
                body,
            });
        }
    }
    news
}

/// Nothing was agreed.
const NO_AGREEMENT: Agreement = Agreement {
    agreed_on: None,
    applicable_law: None,
    term_days: None,
    costs_clause: false,
    interest_basis_points: None,
    indemnity_per_mille: None,
    regular_supply: false,
    consumer_sale: false,
};

/// The description that was kept last.
pub(super) fn described(facts: &[Fact]) -> Option<&DebtorDescription> {
    facts
        .iter()
        .rev()
        .find_map(|fact| match &fact.body {
            Body::DebtorDescribed(description) => Some(Some(description)),
            Body::DebtorRemoved => Some(None),
            _ => None,
        })
        .flatten()
}

/// The term that was agreed last.
pub(super) fn term(facts: &[Fact]) -> Option<u16> {
    facts
        .iter()
        .rev()
        .find_map(|fact| match &fact.body {
            Body::AgreementDescribed(agreement) => Some(agreement.term_days),
            _ => None,
        })
        .flatten()
}

fn laid_over(
    known: Option<&DebtorDescription>,
    party: &Party,
    key: &str,
    home: Country,
) -> DebtorDescription {
    let mut now = known.cloned().unwrap_or_else(|| blank(key, home));
    for (new, old) in [
        (&party.number, &mut now.number),
        (&party.name, &mut now.name),
        (&party.vat_number, &mut now.vat_number),
        (&party.registration, &mut now.registration),
    ] {
        if !new.is_empty() {
            old.clone_from(new);
        }
    }
    // what a person settled is not undone by a guess
    if party.kind != DebtorKind::Unknown && (known.is_none() || now.kind == DebtorKind::Unknown) {
        now.kind = party.kind;
    }
    if party.country.is_known() {
        now.country = party.country;
    }
    let settled = matches!(
        now.language_source,
        LanguageSource::Stated | LanguageSource::Person
    );
    if !party.language.is_empty() && !settled {
        now.language.clone_from(&party.language);
        now.language_source = LanguageSource::Platform;
    } else if now.language.is_empty()
        && let Some(language) = language_of(now.country, &postal_code(&party.address))
    {
        now.language = language.to_owned();
        now.language_source = LanguageSource::Country;
    }
    for (channel, address) in [
        (Channel::Email, &party.email),
        (Channel::Phone, &party.phone),
        (Channel::Letter, &party.address),
    ] {
        reach(&mut now.reach, channel, address, &party.contact);
    }
    now
}

fn blank(key: &str, home: Country) -> DebtorDescription {
    DebtorDescription {
        reference: key.to_owned(),
        number: String::new(),
        name: String::new(),
        kind: DebtorKind::Unknown,
        size: CompanySize::Unknown,
        country: home,
        sector: String::new(),
        language: String::new(),
        language_source: LanguageSource::Unknown,
        since: None,
        group: None,
        payer: None,
        relation: Relation::Customer,
        traits: Vec::new(),
        reach: Vec::new(),
        vat_number: String::new(),
        registration: String::new(),
    }
}

/// A new address takes the place of the one that the files gave before; others stay.
fn reach(known: &mut Vec<Reach>, channel: Channel, address: &str, contact: &str) {
    if address.is_empty()
        || known
            .iter()
            .any(|reach| reach.channel == channel && reach.address == address)
    {
        return;
    }
    let new = Reach {
        channel,
        address: address.to_owned(),
        name: contact.to_owned(),
        role: ContactRole::Unknown,
        branch: 0,
        preferred: false,
        consent: Consent::NotAsked,
        right_person: false,
        failed: false,
    };
    let from_file = known
        .iter_mut()
        .find(|reach| reach.channel == channel && reach.role == ContactRole::Unknown && !reach.right_person);
    match from_file {
        Some(old) => *old = new,
        None => known.push(new),
    }
}

/// The last line begins with it in the countries whose language depends on it.
fn postal_code(address: &str) -> String {
    let last = address.lines().last().unwrap_or_default();
    last.split_whitespace().next().unwrap_or_default().to_owned()
}
