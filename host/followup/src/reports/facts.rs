//! What an answer, or its absence, becomes in the ledger.

use maan_connectors::credit::{CreditInformation, Insolvency, NoAnswer};
use maan_ledger::{
    Body, Cost, CreditReport, Day, DebtorDescription, DebtorKind, Fact, InquiredAbout, Inquiry,
    InquiryOutcome, Known, LegalSituation, LegalStatus, Level, Moment, Money, RegisterAnswer, RegisterState,
    ReportAnswer, Snapshot,
};

/// When something is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    pub(super) on: Day,
    pub(super) at: Moment,
}

impl When {
    fn fact(self, body: Body) -> Fact {
        Fact {
            happened: self.on,
            known: Known::At(self.at),
            body,
        }
    }
}

/// The facts of an answer about a debtor as it stands.
pub(super) fn answered(
    information: &CreditInformation,
    about: InquiredAbout,
    snapshot: &Snapshot<'_>,
    when: When,
) -> Vec<Fact> {
    let service = information.service.word();
    let mut facts = vec![when.fact(Body::Inquired(Inquiry {
        service: service.to_owned(),
        about,
        outcome: InquiryOutcome::Answered,
        detail: information.original.clone(),
        reference: information.company.id.clone(),
    }))];
    if let Some(report) = &information.report {
        facts.push(
            when.fact(Body::CreditReported(CreditReport {
                answer: ReportAnswer::Present,
                agency: service.to_owned(),
                failure_per_mille: report.failure_per_mille,
                // an amount of another currency is no limit in the books
                advised_limit: report
                    .advised_limit
                    .filter(|limit| limit.currency == snapshot.home),
                worsened_by: report.worsened_by,
                marks: report.marks.clone(),
            })),
        );
    }
    let mut situations = match &information.insolvency {
        Insolvency::Situations(some) => some.clone(),
        Insolvency::NotTold | Insolvency::None => vec![],
    };
    // that a company ended is said by its register, once it ended; a bureau's word is a mark of its report
    let register = !information.service.is_bureau();
    let dissolved = information
        .dissolved_since
        .filter(|since| register && *since <= when.on);
    situations.extend(dissolved.map(|since| (LegalSituation::Dissolved, since, None)));
    for (situation, since, until) in situations {
        let known = snapshot.legal.iter().any(|status| status.situation == situation);
        if known && until.is_none() {
            continue;
        }
        facts.push(when.fact(Body::LegalStatusRecorded(LegalStatus {
            situation,
            since,
            until,
            source: service.to_owned(),
            file_claim_by: None,
        })));
    }
    facts.extend(described(information, snapshot).map(|debtor| when.fact(Body::DebtorDescribed(debtor))));
    facts
}

/// The debtor with the kind that its legal form gives it. Of a company in the books a register knows whether a person
/// or the state is behind it; the other way round the books keep the stronger protection.
fn described(information: &CreditInformation, snapshot: &Snapshot<'_>) -> Option<DebtorDescription> {
    let debtor = snapshot
        .debtor
        .filter(|debtor| debtor.kind == DebtorKind::Business)?;
    Some(DebtorDescription {
        kind: information.kind?,
        ..debtor.clone()
    })
}

/// The facts of a question that was not answered.
pub(super) fn unanswered(no_answer: &NoAnswer, about: InquiredAbout, when: When) -> Vec<Fact> {
    let why = &no_answer.why;
    not_reported(
        no_answer.service.word(),
        about,
        why.outcome(),
        why.to_string(),
        when,
    )
}

/// What a register's answer means for a formal step: that it names nothing, that it names the debtor, whether or not
/// that was known, or no answer.
pub(super) fn register_asked(code: &str, told: Option<&Insolvency>, when: When) -> Fact {
    let answer = match told {
        Some(Insolvency::None) => RegisterState::Nothing,
        Some(Insolvency::Situations(some)) if some.is_empty() => RegisterState::Nothing,
        Some(Insolvency::Situations(_)) => RegisterState::Entry,
        Some(Insolvency::NotTold) | None => RegisterState::NoAnswer,
    };
    when.fact(Body::RegisterAsked(RegisterAnswer {
        register: code.to_owned(),
        answer,
    }))
}

/// The facts of a report that did not come, whoever did not give it.
pub(super) fn not_reported(
    service: &str,
    about: InquiredAbout,
    outcome: InquiryOutcome,
    detail: String,
    when: When,
) -> Vec<Fact> {
    let mut facts = vec![when.fact(Body::Inquired(Inquiry {
        service: service.to_owned(),
        about,
        outcome,
        detail,
        reference: String::new(),
    }))];
    if about == InquiredAbout::CreditReport {
        let answer = match outcome {
            InquiryOutcome::NotFound => ReportAnswer::NotFound,
            _ => ReportAnswer::NoAnswer,
        };
        facts.push(when.fact(Body::CreditReported(CreditReport {
            answer,
            agency: service.to_owned(),
            failure_per_mille: None,
            advised_limit: None,
            worsened_by: 0,
            marks: vec![],
        })));
    }
    facts
}

/// What a report or question cost, as a cost of the follow-up; none where it was free.
pub(super) fn cost(service: &str, about: InquiredAbout, price: Money, when: When) -> Option<Fact> {
    let what = match about {
        InquiredAbout::CreditReport => "credit report",
        InquiredAbout::Insolvency | InquiredAbout::Registration | InquiredAbout::VatNumber => "register",
    };
    (price.minor > 0).then(|| {
        when.fact(Body::CostMade(Cost {
            level: Level::None,
            amount: price,
            what: format!("{what}, {service}"),
        }))
    })
}

/// The last day on which a question about the debtor was answered.
pub(super) fn last_answer(facts: &[Fact], about: InquiredAbout) -> Option<Day> {
    let answered = facts.iter().filter_map(|fact| match &fact.body {
        Body::Inquired(inquiry) if inquiry.about == about && inquiry.outcome == InquiryOutcome::Answered => {
            Some(fact.happened)
        }
        _ => None,
    });
    answered.max()
}

/// The day of the report that is there, whoever brought it; none where the last one did not come.
pub(super) fn report_day(snapshot: &Snapshot<'_>) -> Option<Day> {
    let report = snapshot.account.report.as_ref()?;
    (report.what.answer == ReportAnswer::Present).then_some(report.on)
}
