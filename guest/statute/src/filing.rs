//! Filing a claim with whoever administers the debtor's estate: by when, in the country of the proceedings.
//!
//! A day that the register or the administrator gave always leads. Without one the earliest day that the law leaves
//! open is taken: counted from the first day of the situation where the law counts from a later publication, the
//! shortest term where the court chooses one. Where neither is known the answer says so.

use crate::calendar::{Day, months_after};
use crate::inquiry::Inquiry;
use crate::stops::Stop;
use crate::verdict::{Source, amended, amendment, articles};
use maan_policy::actions::{ActionKind, Particulars, Proposal};
use maan_policy::country::{BE, DE, FR, LU, NL};
use maan_policy::reason;
use maan_policy::reason::day;
use maan_policy::slots::Answer;
use maan_policy::types::{Country, LegalSituation};

/// Code of the task.
const TASK: &str = "file-claim";

/// How long a claim can be filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Term {
    /// So many days after the first day.
    Days(Day),
    /// So many months after the first day.
    Months(u32),
    /// As the court or the administrator sets it; no term follows from the law.
    Set,
}

const BANKRUPTCY_NL: Source = Source::new(
    "art. 108 en 127 Fw",
    "Faillissementswet, wetten.overheid.nl BWBR0001860",
);
const BANKRUPTCY_BE: Source = Source::new(
    "art. XX.104 en XX.155 WER",
    "Wetboek van economisch recht, ejustice.just.fgov.be",
);
const DEBT_SCHEME_BE: Source = Source::new(
    "art. 1675/9 Gerechtelijk Wetboek",
    "ejustice.just.fgov.be; one month from the notice of the court",
);
const INSOLVENCY_DE: Source = Source::new(
    "§ 28 und § 174 InsO",
    "gesetze-im-internet.de/inso; two weeks to three months, as the court sets",
);
const INSOLVENCY_FR: Source = Source::new(
    "art. L622-24 et R622-24 Code de commerce",
    "legifrance.gouv.fr; two months from the publication in the BODACC",
);
const BANKRUPTCY_LU: Source = Source::new(
    "loi du 7 août 2023 portant modernisation du droit de la faillite",
    "guichet.public.lu; six months from the judgment",
);
const ELSEWHERE: Source = Source::new(
    "art. 55 Regulation (EU) 2015/848 or the law of the proceedings",
    "eur-lex.europa.eu; the term is that of the country of the proceedings",
);

/// The term and its source; none where no claim is filed: who is under guardianship owes as before.
const fn term(situation: LegalSituation, country: Country) -> Option<(Term, Source)> {
    use LegalSituation::{Bankruptcy, DebtScheme, Deceased, Dissolved, Guardianship, Moratorium};
    Some(match (situation, country) {
        (Guardianship, _) => return None,
        (Bankruptcy | Moratorium | DebtScheme, NL) => (Term::Set, BANKRUPTCY_NL),
        (Bankruptcy, BE) => (Term::Days(30), BANKRUPTCY_BE),
        (DebtScheme, BE) => (Term::Months(1), DEBT_SCHEME_BE),
        (Bankruptcy | Moratorium | DebtScheme, DE) => (Term::Days(14), INSOLVENCY_DE),
        (Bankruptcy | Moratorium, FR) => (Term::Months(2), INSOLVENCY_FR),
        (Bankruptcy, LU) => (Term::Months(6), BANKRUPTCY_LU),
        (Bankruptcy | Moratorium | DebtScheme | Deceased | Dissolved, _) => (Term::Set, ELSEWHERE),
    })
}

/// The answer to the task of filing the claim: by when, with whom.
pub(crate) fn answer(inquiry: &Inquiry, stop: &Stop, proposal: &Proposal) -> Option<Answer> {
    let files = proposal.kind == ActionKind::Task
        && matches!(&proposal.particulars, Particulars::Task(code) if code == TASK);
    let country = inquiry.case.debtor.country;
    let (term, source) = term(stop.situation.filter(|_| files)?, country)?;
    let by_law = match term {
        Term::Days(days) => Some(stop.since + days),
        Term::Months(months) => Some(months_after(stop.since, months)),
        Term::Set => None,
    };
    let (last, reason) = match (stop.file_claim_by, by_law) {
        (Some(last), _) => (Some(last), reason!("file-claim-by", day(last))),
        (None, Some(last)) => (Some(last), reason!("file-claim-by-law", day(last))),
        (None, None) => (None, reason!("file-claim-unknown", stop.addressee)),
    };
    let change = amendment(&[source], reason);
    Some(amended(Answer::Amend(change), |change| {
        // a day that is over is told in the reason, and is no day to keep
        change.deadline = last.filter(|last| *last >= inquiry.context.today);
        change.addressee = Some(stop.addressee.into());
        change.articles.extend(articles(stop.sources(country)));
        if last.is_some_and(|last| last < inquiry.context.today) {
            change.reasons.push(reason!("file-claim-late"));
        }
    }))
}
