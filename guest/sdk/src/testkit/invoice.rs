//! One invoice and the rare facts about it.

use super::{Case, eur, on};
use crate::money::EUR;
use crate::types::*;

/// An invoice under construction.
#[derive(Clone, Debug)]
pub struct Invoice {
    index: ItemIndex,
    item: Item,
    deliveries: Vec<Delivery>,
    disputes: Vec<Dispute>,
    withheld: Vec<Withheld>,
    mandates: Vec<Mandate>,
    steps: Vec<StepDone>,
    pauses: Vec<Pause>,
}

impl Invoice {
    pub(super) fn new(today: Day, index: ItemIndex) -> Self {
        Self {
            index,
            item: Item {
                kind: ItemKind::Invoice,
                issued: today - 30,
                due: today,
                amount: eur("100.00"),
                open: eur("100.00"),
                currency: EUR,
                last_level: Level::None,
                last_level_day: 0,
                round: 0,
            },
            deliveries: vec![],
            disputes: vec![],
            withheld: vec![],
            mandates: vec![],
            steps: vec![],
            pauses: vec![],
        }
    }

    /// Due on this date, issued thirty days before.
    pub fn due(mut self, date: &str) -> Self {
        self.item.due = on(date);
        self.item.issued = self.item.due - 30;
        self
    }

    /// Issued on this date.
    pub fn issued(mut self, date: &str) -> Self {
        self.item.issued = on(date);
        self
    }

    /// Wholly open, for this amount.
    pub fn open(mut self, amount: Minor) -> Self {
        self.item.open = amount;
        self.item.amount = amount;
        self
    }

    /// So much has been paid on it.
    pub fn part_paid(mut self, amount: Minor) -> Self {
        self.item.open -= amount;
        self
    }

    /// In another currency than the euro.
    pub fn currency(mut self, currency: Currency) -> Self {
        self.item.currency = currency;
        self
    }

    /// A level that was done.
    pub fn done(self, level: Level, date: &str) -> Self {
        self.done_until(level, date, None)
    }

    /// A level that was done, with the last day to pay that the message named.
    pub fn done_with_deadline(self, level: Level, date: &str, deadline: &str) -> Self {
        self.done_until(level, date, Some(on(deadline)))
    }

    /// An offer that was made on it by e-mail, or another message that was no dunning.
    pub fn offered(self, date: &str) -> Self {
        self.no_dunning(date, Channel::Email)
    }

    /// Work that a person did on it.
    pub fn worked_on(self, date: &str) -> Self {
        self.no_dunning(date, Channel::Portal)
    }

    fn no_dunning(mut self, date: &str, channel: Channel) -> Self {
        self.steps.push(StepDone {
            item: self.index,
            level: Level::None,
            round: self.item.round,
            on: on(date),
            channel,
            proof: false,
            deadline: None,
            announced_costs: 0,
        });
        self
    }

    fn done_until(mut self, level: Level, date: &str, deadline: Option<Day>) -> Self {
        self.item.last_level = self.item.last_level.max(level);
        self.item.last_level_day = on(date);
        self.steps.push(StepDone {
            item: self.index,
            level,
            round: self.item.round,
            on: on(date),
            channel: Channel::Email,
            proof: false,
            deadline,
            announced_costs: 0,
        });
        self
    }

    /// Disputed for this amount.
    pub fn disputed(mut self, amount: Minor) -> Self {
        let since = self.item.due;
        self.disputes.push(Dispute {
            item: self.index,
            amount,
            since,
            cause: "goods".into(),
        });
        self
    }

    /// Not ours to claim for this amount.
    pub fn withheld(mut self, amount: Minor, cause: WithheldCause) -> Self {
        let since = self.item.due;
        self.withheld.push(Withheld {
            item: self.index,
            amount,
            cause,
            since,
        });
        self
    }

    /// A direct debit that has not come back.
    pub fn mandate(mut self, collection_day: &str) -> Self {
        let (collection_day, return_code) = (on(collection_day), String::new());
        self.mandates.push(Mandate {
            item: self.index,
            collection_day,
            return_code,
            returned_on: None,
        });
        self
    }

    /// A direct debit that came back with a code of ISO 20022.
    pub fn returned_debit(self, collection_day: &str, code: &str, returned_on: &str) -> Self {
        let mut invoice = self.mandate(collection_day);
        if let Some(mandate) = invoice.mandates.last_mut() {
            mandate.return_code = code.into();
            mandate.returned_on = Some(on(returned_on));
        }
        invoice
    }

    /// How the invoice was delivered.
    pub fn delivery(mut self, state: DeliveryState) -> Self {
        let (channel, on) = (Channel::Email, self.item.issued);
        let (proof, order_reference_missing) = (false, false);
        self.deliveries.push(Delivery {
            item: self.index,
            channel,
            on,
            state,
            proof,
            order_reference_missing,
        });
        self
    }

    /// A rest for this item.
    pub fn paused(mut self, until: Option<&str>) -> Self {
        self.pauses.push(Pause {
            item: Some(self.index),
            until: until.map(on),
        });
        self
    }

    pub(super) fn add_to(self, case: &mut Case) {
        if self.item.currency == case.context.creditor.currency {
            case.account.open += self.item.open;
            if self.item.due < case.context.today {
                case.account.overdue += self.item.open;
            }
        }
        case.items.push(self.item);
        case.deliveries.extend(self.deliveries);
        case.disputes.extend(self.disputes);
        case.withheld.extend(self.withheld);
        case.mandates.extend(self.mandates);
        case.steps_done.extend(self.steps);
        case.pauses.extend(self.pauses);
    }
}
