//! Judges a case: charges as at the day asked, and one answer per proposal.

use crate::calendar::Day;
use crate::check::check;
use crate::countries::{elsewhere, nl};
use crate::inquiry::Inquiry;
use crate::law::Law;
use crate::registration::veto_without_registration;
use crate::settings::Settings;
use crate::stops::{is_contact, is_demand};
use crate::verdict::amended;
use maan_policy::actions::Proposal;
use maan_policy::reason;
use maan_policy::slots::{Answer, Judgement, StatuteCase};
use maan_policy::types::{Context, Failure};

/// The judgement of a case.
pub(crate) fn judge(
    settings: &Settings,
    context: &Context,
    case: &StatuteCase,
) -> Result<Judgement, Failure> {
    check(context, case)?;
    let inquiry = Inquiry::new(settings, context, case);
    let mut judgement = match inquiry.law {
        Law::Netherlands => netherlands(&inquiry)?,
        Law::Uncovered(country) => Judgement {
            answers: Vec::new(),
            charges: elsewhere::charges(country),
            law: country,
            last_day: None,
            rates_verified_through: context.today,
            warnings: Vec::new(),
        },
    };
    let texts = case.texts.iter().map(String::as_str).chain(std::iter::repeat(""));
    let answers = case
        .proposals
        .iter()
        .zip(texts)
        .map(|(proposal, text)| answer(&inquiry, proposal, text));
    judgement.answers = answers.collect::<Result<_, _>>()?;
    Ok(judgement)
}

/// The judgement by Dutch law, without answers.
fn netherlands(inquiry: &Inquiry) -> Result<Judgement, Failure> {
    let (case, today) = (inquiry.case, inquiry.context.today);
    let claims = inquiry.claims_on(case.charges_on.max(today));
    let assessment = nl::charges::assess(inquiry, &claims, &[], case.charges_on)?;
    let mut warnings = assessment.warnings;
    nl::warnings::add(inquiry, &claims, &mut warnings);
    let overdue = claims.iter().any(|claim| claim.due < today);
    let asks = inquiry.consumer && overdue && nl::charges::costs_unclaimed(inquiry).is_none();
    Ok(Judgement {
        answers: Vec::new(),
        charges: assessment.charges,
        law: inquiry.law.country(),
        last_day: asks
            .then(|| nl::consumer::last_day_without_costs(inquiry, &claims, today))
            .flatten(),
        rates_verified_through: nl::rates::VERIFIED_THROUGH,
        warnings,
    })
}

/// The answer to one proposal: first what stops everything, then the country's law, then when it may leave.
fn answer(inquiry: &Inquiry, proposal: &Proposal, text: &str) -> Result<Answer, Failure> {
    if is_demand(proposal) {
        if let Some(stop) = inquiry.stop {
            return Ok(stop.veto(inquiry.case));
        }
        if let Some(veto) = veto_without_registration(inquiry) {
            return Ok(veto);
        }
    }
    let from: Day = inquiry.context.today.max(proposal.earliest);
    let leaves = nl::contact_time::first_day(inquiry, proposal, from);
    let answer = match inquiry.law {
        Law::Netherlands => nl::guard::answer(inquiry, proposal, text, leaves)?,
        Law::Uncovered(_) => elsewhere::answer(inquiry, proposal),
    };
    let answer = addressed(inquiry, proposal, answer);
    Ok(nl::contact_time::limit(inquiry, proposal, answer, from))
}

/// A debtor who is represented is addressed through the representative.
fn addressed(inquiry: &Inquiry, proposal: &Proposal, answer: Answer) -> Answer {
    let addressee = match inquiry.stop {
        Some(stop) => stop.addressee,
        None if inquiry.case.debtor.represented => "representative",
        None => return answer,
    };
    if !is_contact(proposal) {
        return answer;
    }
    amended(answer, |change| {
        change.addressee = Some(addressee.into());
        change.reasons.push(reason!("address-instead", addressee));
    })
}
