//! Legal situations that stop follow-up: bankruptcy, moratorium, debt schemes, guardianship, death, debt help.

use crate::calendar::Day;
use crate::sources::UNION_PRESSURE;
use crate::verdict::{Source, articles};
use maan_policy::actions::{ActionKind, Proposal};
use maan_policy::country::{BE, GB, NL};
use maan_policy::reason;
use maan_policy::reason::day;
use maan_policy::slots::{Answer, StatuteCase, Veto};
use maan_policy::types::{ContactOutcome, Country, LegalSituation, Level};

/// Codes of coded situations that mean that the debtor is in debt help.
const DEBT_HELP: [&str; 2] = ["debt-counselling", "debt-help"];

/// A situation that stops follow-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The legal situation; none for debt help.
    pub situation: Option<LegalSituation>,
    /// Code of the reason.
    pub code: &'static str,
    /// Role that must be addressed instead of the debtor.
    pub addressee: &'static str,
    /// First day of it.
    pub since: Day,
    /// First day of any situation that stops follow-up; nothing accrues from here on.
    pub accrues_until: Day,
    /// Last day for filing the claim, where one is known.
    pub file_claim_by: Option<Day>,
    /// Dutch articles.
    sources: &'static [Source],
}

const FAILLISSEMENTSWET: &str = "Faillissementswet, wetten.overheid.nl BWBR0001860";

/// Code, addressee and articles of a legal situation.
const fn rule(situation: LegalSituation) -> (&'static str, &'static str, &'static [Source]) {
    match situation {
        LegalSituation::Bankruptcy => (
            "stop-bankruptcy",
            "curator",
            &[
                Source {
                    name: "art. 26 en 110 Fw",
                    source: FAILLISSEMENTSWET,
                },
                Source {
                    name: "art. 128 Fw",
                    source: FAILLISSEMENTSWET,
                },
            ],
        ),
        LegalSituation::Moratorium => (
            "stop-moratorium",
            "administrator",
            &[Source {
                name: "art. 230 Fw",
                source: FAILLISSEMENTSWET,
            }],
        ),
        LegalSituation::DebtScheme => (
            "stop-debt-scheme",
            "debt-scheme-administrator",
            &[
                Source {
                    name: "art. 299 Fw",
                    source: FAILLISSEMENTSWET,
                },
                Source {
                    name: "art. 303 Fw",
                    source: FAILLISSEMENTSWET,
                },
            ],
        ),
        LegalSituation::Guardianship => (
            "stop-guardianship",
            "guardian",
            &[Source {
                name: "art. 1:381 en 1:438 BW",
                source: "Burgerlijk Wetboek Boek 1, BWBR0002656",
            }],
        ),
        LegalSituation::Deceased => (
            "stop-deceased",
            "heirs",
            &[Source {
                name: "art. 4:182 en 4:185 BW",
                source: "Burgerlijk Wetboek Boek 4, BWBR0002761",
            }],
        ),
        LegalSituation::Dissolved => (
            "stop-dissolved",
            "liquidator",
            &[Source {
                name: "art. 2:19 en 2:23 BW",
                source: "Burgerlijk Wetboek Boek 2, BWBR0003045",
            }],
        ),
    }
}

const INSOLVENCY: Source = Source::new(
    "art. 7 Regulation (EU) 2015/848",
    "Regulation on insolvency proceedings, eur-lex.europa.eu",
);
const BRITISH_INSOLVENCY: Source = Source::new(
    "s. 130 and 285 Insolvency Act 1986",
    "legislation.gov.uk/ukpga/1986/45",
);
const BELGIAN_DEBT_SCHEME: Source = Source::new("art. 1675/7 Gerechtelijk Wetboek", "ejustice.just.fgov.be");
const SUCCESSION: Source = Source::new(
    "art. 21 and 23 Regulation (EU) 650/2012",
    "Regulation on succession, eur-lex.europa.eu",
);
const BRITISH_ESTATES: Source = Source::new(
    "s. 32 Administration of Estates Act 1925",
    "legislation.gov.uk/ukpga/Geo5/15-16/23",
);
const ADULTS: Source = Source::new(
    "art. 13 and 15 Hague Convention of 13 January 2000",
    "Convention on the International Protection of Adults, hcch.net",
);
const COMPANIES: Source = Source::new(
    "art. 1(2)(f) Rome I: the law of the company",
    "Regulation (EC) 593/2008, eur-lex.europa.eu",
);
const BREATHING_SPACE: Source = Source::new(
    "reg. 7 Debt Respite Scheme (Breathing Space) Regulations 2020",
    "SI 2020/1311, legislation.gov.uk",
);

/// Debt help by the municipality: creditors are asked to wait, and a moratorium can be ordered.
const DEBT_HELP_SOURCES: &[Source] = &[Source {
    name: "art. 5 Wet gemeentelijke schuldhulpverlening",
    source: "Wet gemeentelijke schuldhulpverlening, wetten.overheid.nl BWBR0031331",
}];

/// The stop in force on a day. Of several the weightiest decides whom to address and where to file: insolvency before
/// guardianship and death, debt help last; nothing accrues from the first day of the earliest.
pub(crate) fn in_force(case: &StatuteCase, on: Day) -> Option<Stop> {
    let stops = || legal(case, on).chain(debt_help(case, on));
    let accrues_until = stops().map(|stop| stop.since).min()?;
    let weight = |stop: &Stop| {
        (
            stop.situation.map_or(u8::MAX, |situation| situation as u8),
            stop.since,
        )
    };
    let weightiest = stops().min_by_key(weight)?;
    Some(Stop {
        accrues_until,
        ..weightiest
    })
}

fn legal(case: &StatuteCase, on: Day) -> impl Iterator<Item = Stop> {
    let in_force = case
        .debtor
        .legal_status
        .iter()
        .flatten()
        .filter(move |status| status.since <= on);
    in_force.map(|status| {
        let (code, addressee, sources) = rule(status.situation);
        Stop {
            situation: Some(status.situation),
            code,
            addressee,
            since: status.since,
            accrues_until: status.since,
            file_claim_by: status.file_claim_by,
            sources,
        }
    })
}

/// Debt help: a coded situation, or a message that says so and that nobody has handled yet.
fn debt_help(case: &StatuteCase, on: Day) -> Option<Stop> {
    let situations = case.situations.iter().flatten().filter(|situation| {
        DEBT_HELP.contains(&situation.code.as_str())
            && situation.since <= on
            && situation.until.is_none_or(|until| on <= until)
    });
    let told = case.contacts.iter().filter(|contact| {
        contact.outcome == ContactOutcome::DebtHelp && contact.unhandled && contact.on <= on
    });
    let since = situations
        .map(|situation| situation.since)
        .chain(told.map(|contact| contact.on))
        .min()?;
    Some(Stop {
        situation: None,
        code: "stop-debt-help",
        addressee: "debt-counsellor",
        since,
        accrues_until: since,
        file_claim_by: None,
        sources: DEBT_HELP_SOURCES,
    })
}

/// Why a represented debtor is addressed through the representative.
pub(crate) fn representation(country: Country) -> &'static [Source] {
    let (_, _, sources) = rule(LegalSituation::Guardianship);
    if country == NL { sources } else { &[ADULTS] }
}

impl Stop {
    /// Abroad, the law of the country where the proceedings were opened decides.
    pub fn sources(&self, country: Country) -> &'static [Source] {
        match (self.code, country) {
            (_, NL) => self.sources,
            ("stop-bankruptcy" | "stop-moratorium" | "stop-debt-scheme", GB) => &[BRITISH_INSOLVENCY],
            ("stop-debt-scheme", BE) => &[BELGIAN_DEBT_SCHEME],
            ("stop-bankruptcy" | "stop-moratorium" | "stop-debt-scheme", _) => &[INSOLVENCY],
            ("stop-deceased", GB) => &[BRITISH_ESTATES],
            ("stop-deceased", _) => &[SUCCESSION],
            ("stop-guardianship", _) => &[ADULTS],
            ("stop-dissolved", _) => &[COMPANIES],
            (_, GB) => &[BREATHING_SPACE],
            _ => &[UNION_PRESSURE],
        }
    }

    /// The veto of a demand.
    pub fn veto(&self, case: &StatuteCase) -> Answer {
        let mut reasons = vec![
            reason!(self.code, day(self.since)),
            reason!("address-instead", self.addressee),
        ];
        if let Some(last) = self.file_claim_by {
            reasons.push(reason!("file-claim-by", day(last)));
        }
        let articles = articles(self.sources(case.debtor.country));
        Answer::Veto(Veto {
            articles,
            earliest: None,
            reasons,
        })
    }
}

/// Whether the proposal demands payment or collects.
pub(crate) fn is_demand(proposal: &Proposal) -> bool {
    match proposal.kind {
        ActionKind::Message => proposal.level != Level::None,
        ActionKind::Call
        | ActionKind::PlanOffer
        | ActionKind::ExtensionOffer
        | ActionKind::DiscountOffer
        | ActionKind::HandOver => true,
        _ => false,
    }
}

/// Whether the proposal reaches the debtor.
pub(crate) fn is_contact(proposal: &Proposal) -> bool {
    !matches!(
        proposal.kind,
        ActionKind::Task | ActionKind::OrderReport | ActionKind::WriteOff | ActionKind::HandOver
    )
}
