//! Collecting for others asks a registration in some countries.

use crate::inquiry::Inquiry;
use crate::law::{has_consumer_protection, is_natural_person};
use crate::verdict::{Source, veto};
use maan_policy::country::{BE, DE, FR, NL};
use maan_policy::reason;
use maan_policy::slots::Answer;
use maan_policy::types::{ClaimBasis, Country, DebtorKind};

/// A duty to be registered for collecting from debtors who live in a country.
struct Duty {
    country: Country,
    register: &'static str,
    covers: fn(DebtorKind) -> bool,
    source: Source,
}

const DUTIES: [Duty; 4] = [
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
];

/// The veto of a demand for another without the registration that the debtor's country asks.
pub(crate) fn veto_without_registration(inquiry: &Inquiry) -> Option<Answer> {
    let ClaimBasis::ForOthers(held) = &inquiry.context.creditor.claims else {
        return None;
    };
    let debtor = &inquiry.case.debtor;
    let duty = DUTIES
        .iter()
        .find(|duty| duty.country == debtor.country && (duty.covers)(debtor.kind))?;
    let registered = held.iter().any(|registration| {
        registration.country == duty.country
            && registration.register.eq_ignore_ascii_case(duty.register)
            && registration
                .valid_until
                .is_none_or(|until| inquiry.context.today <= until)
    });
    let missing = || {
        veto(
            &[duty.source],
            None,
            reason!("registration-missing", duty.register),
        )
    };
    (!registered).then(missing)
}
