//! `maan credit-information ask`: one question to a register about one debtor.

use std::process::ExitCode;

use maan_connectors::http::Timer;
use maan_followup::LookedUp;
use maan_ledger::{Clock, DebtorKind, InquiryOutcome, LegalSituation};

use super::credit_information::{only_here, service_of};
use super::legal::debtor;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

pub(crate) async fn ask(
    place: &Place,
    service: &str,
    about: &str,
    output: Output,
) -> Result<ExitCode, Problem> {
    let service = service_of(service)?;
    if service.is_bureau() {
        let message = format!(
            "{service} sells credit reports, which are ordered once and not asked; approve the order in `maan worklist`, \
             then run `maan reports`"
        );
        return Err(Problem::new(Code::NotFound, message));
    }
    let followup = place.followup().await?;
    let mut services = followup.tenant.credit_services().await?;
    services.retain(|kept| kept.service == service.word());
    if services.is_empty() {
        let message = format!(
            "{service} is not in use; add it with `maan credit-information add {}`",
            service.word()
        );
        return Err(Problem::new(Code::NotFound, message));
    }
    if matches!(place.clock, Clock::Set(_)) {
        only_here(&services)?;
    }
    let debtor = debtor(&followup, about).await?;
    let desk = followup.desk(&place.folder, &Timer::real()).await?;
    let looked_up = followup.look_up(&desk, service, &debtor).await?.ok_or_else(|| {
        let name = plain(&debtor.name);
        Problem::new(
            Code::NotFound,
            format!("nothing is known of {name} to ask by; read the books first with `maan sync`"),
        )
    })?;
    output.answer(&looked_up, words)?;
    Ok(match looked_up.outcome {
        InquiryOutcome::Answered => ExitCode::SUCCESS,
        InquiryOutcome::Unavailable | InquiryOutcome::Throttled => ExitCode::from(Code::TryAgain as u8),
        _ => ExitCode::from(Code::NeedsPerson as u8),
    })
}

fn words(looked_up: &LookedUp) -> String {
    let mut text = format!("{}: ", plain(&looked_up.debtor));
    if !looked_up.is_answered() {
        text.push_str("no answer. ");
    }
    text.push_str(&plain(&looked_up.said));
    if let Some(company) = &looked_up.company {
        text.push_str(&format!(
            "\n  it knows {} as {}",
            plain(&company.id),
            plain(&company.name)
        ));
    }
    for status in &looked_up.legal {
        let until = status
            .until
            .map_or_else(String::new, |day| format!(" through {day}"));
        text.push_str(&format!(
            "\n  {} since {}{until}",
            situation(status.situation),
            status.since
        ));
        if status.until.is_none() {
            text.push_str(": steps, charges and links to pay rest; run `maan run` to open the task");
        }
    }
    match looked_up.kind {
        Some(DebtorKind::PublicBody) => text.push_str("\n  the books call it a company; from now on it is a public body"),
        Some(_) => text.push_str(
            "\n  the books call it a company; from now on it is a person in business, or a partnership of persons",
        ),
        None => {}
    }
    if let Some(cost) = looked_up.cost {
        text.push_str(&format!("\n  this cost {cost}"));
    }
    text
}

fn situation(situation: LegalSituation) -> &'static str {
    match situation {
        LegalSituation::Bankruptcy => "bankrupt",
        LegalSituation::Moratorium => "in a moratorium",
        LegalSituation::DebtScheme => "in a debt scheme",
        LegalSituation::Guardianship => "under guardianship",
        LegalSituation::Deceased => "deceased",
        LegalSituation::Dissolved => "dissolved",
    }
}
