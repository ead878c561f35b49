//! Judges a case: charges as at the day asked, and one answer per proposal.

use crate::answer;
use crate::calendar::Day;
use crate::charges::{self, Scope};
use crate::check::check;
use crate::contact_time;
use crate::filing;
use crate::inquiry::Inquiry;
use crate::law::Law;
use crate::letters::answer::last_day_without_costs;
use crate::rates;
use crate::registration;
use crate::settings::Settings;
use crate::stops::{self, is_contact, is_demand};
use crate::verdict::{amended, articles};
use crate::warnings;
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
    let today = context.today;
    let claims = inquiry.claims_on(case.charges_on.max(today));
    let assessment = charges::assess(&inquiry, &claims, Scope::Everything, case.charges_on)?;
    let verified_through = verified_through(&inquiry);
    let mut warnings = assessment.warnings;
    warnings::add(&inquiry, &claims, verified_through, &mut warnings);
    let overdue = claims.iter().any(|claim| claim.due < today);
    let asks = overdue && charges::costs_unclaimed(&inquiry).is_none();
    let rule = inquiry.regime.letter.filter(|_| asks);
    let texts = case
        .texts
        .iter()
        .flatten()
        .map(String::as_str)
        .chain(std::iter::repeat(""));
    let answers = case
        .proposals
        .iter()
        .zip(texts)
        .map(|(proposal, text)| answer(&inquiry, proposal, text));
    Ok(Judgement {
        answers: answers.collect::<Result<_, _>>()?,
        charges: assessment.charges,
        law: inquiry.law.country(),
        last_day: rule.and_then(|rule| last_day_without_costs(rule, &inquiry, &claims, today)),
        rates_verified_through: verified_through,
        warnings,
    })
}

/// Last day for which the rates of the case were checked.
fn verified_through(inquiry: &Inquiry) -> Day {
    match (inquiry.law, inquiry.regime.interest) {
        (Law::Uncovered(_), _) => inquiry.context.today.max(inquiry.case.charges_on),
        (_, Some(interest)) => interest.verified_through,
        (_, None) => rates::VERIFIED_THROUGH,
    }
}

/// The answer to one proposal: first what stops everything, then the country's law, then when it may leave.
fn answer(inquiry: &Inquiry, proposal: &Proposal, text: &str) -> Result<Answer, Failure> {
    if is_demand(proposal)
        && let Some(stop) = inquiry.stop
    {
        return Ok(stop.veto(inquiry.case));
    }
    if let Some(stop) = &inquiry.stop
        && let Some(answer) = filing::answer(inquiry, stop, proposal)
    {
        return Ok(answer);
    }
    let from: Day = inquiry.context.today.max(proposal.earliest);
    if is_demand(proposal)
        && let Some(veto) = registration::veto_without(inquiry, from)
    {
        return Ok(veto);
    }
    let leaves = contact_time::first_day(inquiry, proposal, from);
    let answer = answer::answer(inquiry, proposal, text, leaves)?;
    let answer = addressed(inquiry, proposal, answer);
    Ok(contact_time::limit(inquiry, proposal, answer, from))
}

/// A debtor who is represented is addressed through the representative.
fn addressed(inquiry: &Inquiry, proposal: &Proposal, answer: Answer) -> Answer {
    let country = inquiry.case.debtor.country;
    let (addressee, sources) = match inquiry.stop {
        Some(stop) => (stop.addressee, stop.sources(country)),
        None if inquiry.case.debtor.represented => ("representative", stops::representation(country)),
        None => return answer,
    };
    if !is_contact(proposal) {
        return answer;
    }
    amended(answer, |change| {
        change.addressee = Some(addressee.into());
        change.articles.extend(articles(sources));
        change.reasons.push(reason!("address-instead", addressee));
    })
}
