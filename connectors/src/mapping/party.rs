use maan_ledger::{
    Body, Channel, CompanySize, Consent, ContactRole, Country, DebtorDescription, DebtorKind, Fact,
    LanguageSource, Moment, Reach, Relation,
};

use super::{Context, RecordError, Text, text};
use crate::language;

/// Longest name, number or line of an address.
const LONGEST: usize = 500;

/// A debtor in the words that all platforms share. Empty text is what is not known.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) reference: String,
    pub(crate) number: Text,
    /// The first that is not empty is the name; the number stands in for none.
    pub(crate) names: Vec<String>,
    pub(crate) kind: DebtorKind,
    pub(crate) country: Text,
    pub(crate) postal_code: Text,
    /// BCP 47 tag, as the platform has it for this debtor.
    pub(crate) language: Text,
    pub(crate) reach: Reaches,
    pub(crate) vat_number: Text,
    pub(crate) registration: Text,
    pub(crate) created: Option<Moment>,
    pub(crate) changed: Option<Moment>,
}

/// The debtor as a platform describes it. Without a language of its own it is written to in that of its country, else
/// in that of the administration.
pub(crate) fn debtor(context: &Context<'_>, party: Party) -> Result<Fact, RecordError> {
    let since = context.day_of(party.created);
    let changed = context.day_of(party.changed).filter(|_| !context.history);
    let happened = changed.or(since).unwrap_or(context.today());
    let country = Country::from_code(&party.country);
    let (language, language_source) = language_of(context, &party, country);
    let number = text("its number", &party.number, LONGEST)?;
    let mut names = party
        .names
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty());
    let name = names.next().unwrap_or(&number);
    if name.is_empty() {
        return Err(RecordError::Missing("its name"));
    }
    let description = DebtorDescription {
        reference: party.reference,
        name: text("its name", &name.into(), LONGEST)?,
        number,
        kind: party.kind,
        size: CompanySize::Unknown,
        country,
        sector: String::new(),
        language,
        language_source,
        since,
        group: None,
        payer: None,
        relation: Relation::Customer,
        traits: Vec::new(),
        reach: party.reach.0,
        vat_number: text("its VAT number", &party.vat_number, LONGEST)?,
        registration: text("its trade register number", &party.registration, LONGEST)?,
    };
    Ok(Fact {
        happened,
        known: context.known(party.created, happened),
        body: Body::DebtorDescribed(description),
    })
}

fn language_of(context: &Context<'_>, party: &Party, country: Country) -> (String, LanguageSource) {
    let own = party.language.trim().to_lowercase();
    if (2..=10).contains(&own.len()) {
        return (own, LanguageSource::Platform);
    }
    match language::of_country(country, &party.postal_code) {
        Some(language) => (language.to_owned(), LanguageSource::Country),
        None => (context.language.to_owned(), LanguageSource::Unknown),
    }
}

/// First and last name.
pub(crate) fn full_name(first: &str, last: &str) -> String {
    format!("{} {}", first.trim(), last.trim()).trim().to_owned()
}

/// Ways to reach a debtor, each address once, the best first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reaches(pub(crate) Vec<Reach>);

impl Reaches {
    /// Adds an address that can be used; an e-mail address has a user and a host with a dot.
    pub(crate) fn add(
        &mut self,
        channel: Channel,
        address: &Text,
        name: &str,
        role: ContactRole,
    ) -> Result<(), RecordError> {
        let address = text("an address", address, 4 * LONGEST)?;
        let name = text("a contact's name", &name.into(), LONGEST)?;
        let usable = match channel {
            Channel::Email => address
                .split_once('@')
                .is_some_and(|(user, host)| !user.is_empty() && host.contains('.')),
            _ => !address.is_empty(),
        };
        let known = |reach: &Reach| reach.channel == channel && reach.address == address;
        if usable && !self.0.iter().any(known) {
            self.0.push(Reach {
                channel,
                address,
                name,
                role,
                branch: 0,
                preferred: false,
                consent: Consent::NotAsked,
                right_person: false,
                failed: false,
            });
        }
        Ok(())
    }

    /// Adds several e-mail addresses, separated by commas or semicolons.
    pub(crate) fn add_emails(
        &mut self,
        addresses: &Text,
        name: &str,
        role: ContactRole,
    ) -> Result<(), RecordError> {
        let all = text("e-mail addresses", addresses, 4 * LONGEST)?;
        all.split([',', ';'])
            .try_for_each(|address| self.add(Channel::Email, &address.into(), name, role))
    }

    /// Adds a postal address on lines; one without a street or town cannot be used.
    pub(crate) fn add_letter(
        &mut self,
        street: &[&Text],
        (postal_code, city, country): (&Text, &Text, &Text),
        name: &str,
    ) -> Result<(), RecordError> {
        if street.first().is_none_or(|first| first.is_empty()) || city.is_empty() {
            return Ok(());
        }
        let mut lines = Vec::new();
        for line in street {
            lines.push(text("a line of the address", line, LONGEST)?);
        }
        let town = format!(
            "{} {}",
            text("postal code", postal_code, LONGEST)?,
            text("town", city, LONGEST)?
        );
        lines.push(town.trim().to_owned());
        lines.push(text("country", country, LONGEST)?);
        lines.retain(|line| !line.is_empty());
        self.add(
            Channel::Letter,
            &lines.join("\n").as_str().into(),
            name,
            ContactRole::Unknown,
        )
    }

    /// Marks the first address of a channel as the preferred one.
    pub(crate) fn prefer(&mut self, channel: Option<Channel>) {
        if let Some(first) = self.0.iter_mut().find(|reach| Some(reach.channel) == channel) {
            first.preferred = true;
        }
    }
}

/// The department of a contact person is free text, in the administration's language.
pub(crate) fn role(department: &str) -> ContactRole {
    let department = department.to_lowercase();
    let named = |words: &[&str]| words.iter().any(|word| department.contains(word));
    if named(&[
        "crediteur",
        "administratie",
        "boekhoud",
        "financ",
        "accounts payable",
        "comptab",
        "fournisseur",
        "buchhalt",
    ]) {
        ContactRole::AccountsPayable
    } else if named(&[
        "directie",
        "directeur",
        "eigenaar",
        "owner",
        "direction",
        "geschäftsführ",
    ]) {
        ContactRole::Decider
    } else if department.is_empty() {
        ContactRole::Unknown
    } else {
        ContactRole::Other
    }
}
