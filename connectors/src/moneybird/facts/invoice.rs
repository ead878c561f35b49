use maan_ledger::{
    Allocation, Body, Channel, Currency, Day, Delivery, DeliveryState, Fact, ItemDescription, ItemId,
    ItemKind, ItemState, Money, Source,
};

use crate::mapping::{Context, Mapped, RecordError, Text, amount, currency, day, moment, optional_day, text};
use crate::moneybird::dto::{Invoice, Payment};

const LONGEST: usize = 500;

/// Marks that Moneybird leaves when an invoice could not be delivered by e-mail.
const BOUNCES: [&str; 4] = [
    "sales_invoice_email_delivery_failed",
    "sales_invoice_email_invalid_address",
    "sales_invoice_email_previously_bounced",
    "sales_invoice_email_marked_as_spam",
];

/// A sales invoice, credit invoice or external invoice.
pub(in crate::moneybird) fn invoice(context: &Context<'_>, dto: &Invoice) -> Result<Mapped, RecordError> {
    if dto.contact_id.is_empty() {
        return Err(RecordError::NoContact);
    }
    let currency = currency(&dto.currency)?;
    let item = context.ids.item(&dto.id);
    let description = description(context, dto, item, currency)?;
    let (amount, kind, state) = (description.amount, description.kind, description.state);
    let mut facts = described(context, dto, description)?;
    facts.extend(allocations(context, dto, item, kind, currency)?);
    facts.extend(deliveries(context, dto, item)?);
    let problem = if kind == ItemKind::Invoice && state == ItemState::Issued {
        disagreement(&facts, dto, amount)?
    } else {
        None
    };
    let language = dto.language.to_lowercase();
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.contact_id)),
        language: Some(language).filter(|language| (2..=10).contains(&language.len())),
        facts,
        with_payments: true,
        problem,
        ..Mapped::default()
    })
}

fn description(
    context: &Context<'_>,
    dto: &Invoice,
    item: ItemId,
    currency: Currency,
) -> Result<ItemDescription, RecordError> {
    let total = amount("total_price_incl_tax", &dto.total_price_incl_tax, currency)?;
    let issued = issued(context, dto)?;
    let due = optional_day("due_date", &dto.due_date)?.unwrap_or(issued);
    let original = &dto.original_sales_invoice_id;
    let external = dto.invoice_date.is_empty() && !dto.date.is_empty();
    // an external invoice has its number where others have the customer's reference
    let (number, order) = if external {
        (&dto.reference, None)
    } else {
        (&dto.invoice_id, Some(&dto.reference))
    };
    let kind = if total.minor < 0 {
        ItemKind::CreditNote
    } else {
        ItemKind::Invoice
    };
    Ok(ItemDescription {
        item,
        reference: dto.id.to_string(),
        number: text("number", number, LONGEST)?,
        kind,
        state: state(dto)?,
        issued,
        due,
        amount: total,
        order_reference: order.map_or(Ok(String::new()), |order| text("reference", order, LONGEST))?,
        corrects: (kind == ItemKind::CreditNote && !original.is_empty()).then(|| context.ids.item(original)),
        payment_link: text("payment_url", &dto.payment_url, 2_000)?,
    })
}

/// The date of the document; a draft has none and gets the day on which it was made.
fn issued(context: &Context<'_>, dto: &Invoice) -> Result<Day, RecordError> {
    let date = if dto.invoice_date.is_empty() {
        &dto.date
    } else {
        &dto.invoice_date
    };
    match optional_day("invoice_date", date)? {
        Some(day) => Ok(day),
        None => context
            .day_of(moment(&dto.created_at))
            .ok_or(RecordError::Missing("invoice_date")),
    }
}

fn state(dto: &Invoice) -> Result<ItemState, RecordError> {
    match &*dto.state {
        "draft" | "scheduled" | "new" => Ok(ItemState::Draft),
        "open" | "pending_payment" | "reminded" | "late" | "paid" => Ok(ItemState::Issued),
        "uncollectible" => Ok(ItemState::Uncollectible),
        other => Err(RecordError::State(other.chars().take(40).collect())),
    }
}

/// The description, known when the invoice was made. An item that was written off was an open one before.
fn described(
    context: &Context<'_>,
    dto: &Invoice,
    description: ItemDescription,
) -> Result<Vec<Fact>, RecordError> {
    let fact = |happened: Day, stamp: &Text, description| Fact {
        happened,
        known: context.known(moment(stamp), happened),
        body: Body::ItemDescribed(description),
    };
    let issued = description.issued;
    if description.state != ItemState::Uncollectible {
        return Ok(vec![fact(issued, &dto.created_at, description)]);
    }
    let written_off =
        optional_day("marked_uncollectible_on", &dto.marked_uncollectible_on)?.unwrap_or(context.today());
    let before = ItemDescription {
        state: ItemState::Issued,
        ..description.clone()
    };
    Ok(vec![
        fact(issued, &dto.created_at, before),
        fact(written_off, &dto.marked_uncollectible_on, description),
    ])
}

fn allocations(
    context: &Context<'_>,
    dto: &Invoice,
    item: ItemId,
    kind: ItemKind,
    currency: Currency,
) -> Result<Vec<Fact>, RecordError> {
    let mut facts = Vec::new();
    for payment in dto
        .payments
        .iter()
        .filter(|payment| !(kind == ItemKind::CreditNote && is_settlement(payment)))
    {
        let (amount, on) = (
            amount("price", &payment.price, currency)?,
            day("payment_date", &payment.payment_date)?,
        );
        let credit = &payment.credit_invoice_id;
        let source = if credit.is_empty() {
            Source::Direct
        } else {
            Source::CreditNote(context.ids.item(credit))
        };
        let allocation = context
            .ids
            .allocation(&payment.id, &format!("{amount}/{on}/{}", &**credit));
        facts.push(Fact {
            happened: on,
            known: context.known(moment(&payment.created_at), on),
            body: Body::Allocated(Allocation {
                allocation,
                source,
                item,
                amount,
                on,
            }),
        });
    }
    Ok(facts)
}

/// The other half of setting a credit note off: Moneybird books a payment on both, and the one on the invoice, which
/// names the credit note, tells it all. Money that was paid back came over an account or was entered by hand.
fn is_settlement(payment: &Payment) -> bool {
    let by_hand = !matches!(&*payment.manual_payment_action, "" | "invoices_settlement");
    payment.financial_mutation_id.is_empty()
        && payment.financial_account_id.is_empty()
        && payment.transaction_identifier.is_empty()
        && !by_hand
}

/// That the invoice was sent, and that it came back.
fn deliveries(context: &Context<'_>, dto: &Invoice, item: ItemId) -> Result<Vec<Fact>, RecordError> {
    let method = dto.contact.as_ref().map(|contact| &*contact.delivery_method);
    let channel = match method {
        Some("Email") => Some(Channel::Email),
        Some("Post") => Some(Channel::Letter),
        _ => None,
    };
    let delivery = |channel, on, state| Delivery {
        item,
        channel,
        on,
        state,
        proof: false,
        order_reference_missing: false,
    };
    let mut facts = Vec::new();
    if let (Some(channel), Some(on)) = (channel, optional_day("sent_at", &dto.sent_at)?) {
        facts.push(Fact {
            happened: on,
            known: context.known(moment(&dto.sent_at), on),
            body: Body::Delivered(delivery(channel, on, DeliveryState::Sent)),
        });
    }
    for note in dto
        .notes
        .iter()
        .filter(|note| BOUNCES.contains(&&*note.todo_type))
    {
        let on = context
            .day_of(moment(&note.created_at))
            .ok_or(RecordError::Missing("created_at of a note"))?;
        facts.push(Fact {
            happened: on,
            known: context.known(moment(&note.created_at), on),
            body: Body::Delivered(delivery(Channel::Email, on, DeliveryState::Bounced)),
        });
    }
    Ok(facts)
}

/// What is still open must be the same here and there.
fn disagreement(facts: &[Fact], dto: &Invoice, total: Money) -> Result<Option<String>, RecordError> {
    if dto.total_unpaid.is_empty() {
        return Ok(None);
    }
    let too_large = |cause| RecordError::Amount {
        field: "payments",
        cause,
    };
    let unpaid = amount("total_unpaid", &dto.total_unpaid, total.currency)?;
    let mut open = total;
    for fact in facts {
        if let Body::Allocated(allocation) = &fact.body {
            open = open.minus(allocation.amount).map_err(too_large)?;
        }
    }
    // Moneybird shows nothing unpaid where too much was paid
    let same = open == unpaid || (open.minor < 0 && unpaid.minor == 0);
    Ok((!same).then(|| {
        format!("its payments leave {open} open, Moneybird says {unpaid}; compare the payments of this invoice on Moneybird")
    }))
}
