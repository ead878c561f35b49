//! Collecting for others asks a registration in some countries.

use crate::calendar::Day;
use crate::inquiry::Inquiry;
use crate::law::{has_consumer_protection, is_natural_person};
use crate::verdict::{Source, veto};
use maan_policy::country::{BE, DE, FR, LU, NL, letters};
use maan_policy::reason;
use maan_policy::slots::Answer;
use maan_policy::types::{ClaimBasis, Country, DebtorKind, Reason};

/// A duty to be registered for collecting from debtors who live in a country.
struct Duty {
    country: Country,
    register: &'static str,
    covers: fn(DebtorKind) -> bool,
    source: Source,
}

static DUTIES: [Duty; 5] = [
    Duty {
        country: NL,
        register: "Wki",
        covers: is_natural_person,
        source: Source {
            name: "Wet kwaliteit incassodienstverlening",
            source: "wetten.overheid.nl, in force since 1 April 2024; Stb. 2024, 44",
        },
    },
    Duty {
        country: BE,
        register: "FOD Economie",
        covers: has_consumer_protection,
        source: Source {
            name: "Boek XIX Wetboek van economisch recht",
            source: "Wet van 4 mei 2023, Belgisch Staatsblad 23 mei 2023",
        },
    },
    Duty {
        country: DE,
        register: "Rechtsdienstleistungsregister",
        covers: |_| true,
        source: Source::new(
            "§ 10 RDG",
            "Rechtsdienstleistungsgesetz, gesetze-im-internet.de/rdg",
        ),
    },
    Duty {
        country: FR,
        register: "Procureur de la République",
        covers: |_| true,
        source: Source::new(
            "art. R124-1 et R124-2 Code des procédures civiles d'exécution",
            "legifrance.gouv.fr",
        ),
    },
    Duty {
        country: LU,
        register: "CSSF",
        covers: |_| true,
        source: Source::new(
            "art. 28-3 loi du 5 avril 1993 relative au secteur financier",
            "legilux.public.lu; collecting debts of others",
        ),
    },
];

/// The veto of a demand for another that leaves on a day without the registration that the debtor's country asks.
pub(crate) fn veto_without(inquiry: &Inquiry, leaves: Day) -> Option<Answer> {
    let ClaimBasis::ForOthers(held) = &inquiry.context.creditor.claims else {
        return None;
    };
    let debtor = &inquiry.case.debtor;
    let duty = duties_in(debtor.country).find(|duty| (duty.covers)(debtor.kind))?;
    let registered = held.iter().any(|registration| {
        registration.country == duty.country
            && registration.register.eq_ignore_ascii_case(duty.register)
            && registration.valid_until.is_none_or(|until| leaves <= until)
    });
    let missing = || {
        let reason = reason!("registration-missing", duty.register);
        veto(&[duty.source], None, reason)
    };
    (!registered).then(missing)
}

/// Says that it is not known whether the debtor's country asks a registration of who collects for others.
pub(crate) fn warning(inquiry: &Inquiry) -> Option<Reason> {
    let country = inquiry.case.debtor.country;
    let others = matches!(inquiry.context.creditor.claims, ClaimBasis::ForOthers(_));
    let unknown = others && duties_in(country).next().is_none();
    unknown.then(|| reason!("registration-unknown", letters(country).as_str()))
}

fn duties_in(country: Country) -> impl Iterator<Item = &'static Duty> {
    DUTIES.iter().filter(move |duty| duty.country == country)
}
