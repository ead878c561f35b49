//! What can be done to the practice world from outside the platform's API.

use crate::PracticeError;
use crate::portfolio::{Channel, Character, Level, Played, Touch};
use crate::server::Shared;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// A debtor was reached otherwise than by a mail to the mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacted {
    /// Contact id.
    pub contact_id: String,
    /// Ids of the invoices it was about; none means all that are open, which works half as well.
    pub sales_invoice_ids: Vec<String>,
    /// How firm it was.
    pub level: Level,
    /// How the debtor was reached.
    pub channel: Channel,
    /// Whether a payment plan was offered.
    pub plan: bool,
}

pub(crate) fn advance(shared: &Shared, moment: NaiveDateTime) -> Result<Vec<Played>, PracticeError> {
    let now = shared.world().now();
    if moment < now {
        return Err(PracticeError::Backwards { now, to: moment });
    }
    Ok(shared.play_until(moment))
}

pub(crate) fn pay(shared: &Shared, invoice: &str, minutes_ago: u32) -> Result<i64, PracticeError> {
    let id: u64 = invoice
        .parse()
        .map_err(|_| PracticeError::unknown("sales invoice", invoice))?;
    shared.change(|world| {
        let portfolios = world.administrations.iter_mut().map(|one| &mut one.portfolio);
        let found = portfolios
            .filter_map(|portfolio| portfolio.invoice_ix(id).map(|ix| (portfolio, ix)))
            .next();
        let (portfolio, ix) = found.ok_or_else(|| PracticeError::unknown("sales invoice", invoice))?;
        portfolio
            .pay_now(ix, minutes_ago.into())
            .ok_or_else(|| PracticeError::NothingToPay(invoice.to_owned()))
    })
}

pub(crate) fn contacted(shared: &Shared, contacted: &Contacted) -> Result<(), PracticeError> {
    let unknown = || PracticeError::unknown("contact", &contacted.contact_id);
    let id: u64 = contacted.contact_id.parse().map_err(|_| unknown())?;
    shared.change(|world| {
        let portfolios = world.administrations.iter_mut().map(|one| &mut one.portfolio);
        let found = portfolios
            .filter_map(|portfolio| portfolio.debtor_ix(id).map(|ix| (portfolio, ix)))
            .next();
        let (portfolio, debtor) = found.ok_or_else(unknown)?;
        let invoice = |id: &String| {
            let ix = id.parse().ok().and_then(|id| portfolio.invoice_ix(id));
            ix.ok_or_else(|| PracticeError::unknown("sales invoice", id))
        };
        let invoices = contacted
            .sales_invoice_ids
            .iter()
            .map(invoice)
            .collect::<Result<_, _>>()?;
        let Contacted {
            channel, level, plan, ..
        } = *contacted;
        portfolio.touch(&Touch {
            debtor,
            invoices,
            channel,
            level,
            plan,
        });
        Ok(())
    })
}

pub(crate) fn characters(
    shared: &Shared,
    administration: &str,
) -> Result<Vec<(String, Character)>, PracticeError> {
    let mut world = shared.world();
    let one = administration
        .parse()
        .ok()
        .and_then(|id| world.administration(id));
    let one = one.ok_or_else(|| PracticeError::unknown("administration", administration))?;
    let debtors = one.portfolio.debtors.iter();
    Ok(debtors
        .map(|debtor| (debtor.id.to_string(), debtor.hidden.character))
        .collect())
}
