//! For whom and for what money is. Only what is certain is used for an item; the rest goes to a person.

use std::collections::BTreeSet;

use maan_connectors::files::{Structured, compact};
use maan_ledger::{DebtorId, ItemId, Money};
use maan_store::UnplacedPayment;

use super::known::{Item, Known, Received};

/// Shortest invoice number that is looked for in a text whose payer is not known.
const TELLING: usize = 4;
/// Most words of a text that are looked at.
const WORDS: usize = 200;
/// Most candidates that are shown.
const CANDIDATES: usize = 5;

/// What is known of a payment's purpose.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placement {
    /// Whose it is, where that is certain.
    pub(super) debtor: Option<DebtorId>,
    /// What it is used for; certain.
    pub(super) used: Vec<(ItemId, Money)>,
    /// Why a person should look at it; none when nothing is left to say.
    pub(super) unsure: Option<(String, Vec<String>)>,
    /// The original of money that went back.
    pub(super) returned: Option<(maan_ledger::ReceiptId, maan_ledger::Day)>,
}

impl Placement {
    fn unknown(why: impl Into<String>, candidates: Vec<String>) -> Self {
        Self {
            debtor: None,
            used: Vec::new(),
            unsure: Some((why.into(), candidates)),
            returned: None,
        }
    }

    fn on_account(debtor: DebtorId, why: impl Into<String>, candidates: Vec<String>) -> Self {
        Self {
            debtor: Some(debtor),
            ..Self::unknown(why, candidates)
        }
    }

    fn certain(debtor: DebtorId, used: Vec<(ItemId, Money)>) -> Self {
        Self {
            debtor: Some(debtor),
            used,
            unsure: None,
            returned: None,
        }
    }
}

/// Finds for whom and for what a payment is.
pub(super) fn placed(payment: &UnplacedPayment, known: &Known) -> Placement {
    if payment.amount.minor < 0 {
        return returned(payment, known);
    }
    let payer = known.payer(&payment.account);
    let named = known.named(&payment.name);
    let found = Found::in_payment(payment, known, payer.is_some());
    if let Some(placement) = found.placement(payment, payer, named, known) {
        return placement;
    }
    if let Some(payer) = payer {
        return by_account(payment, payer, known);
    }
    let candidates = match named {
        Some(debtor) => shown(known.open_of(debtor).into_iter(), known),
        None => shown(known.open().filter(|item| item.open == payment.amount), known),
    };
    let why = match (named, candidates.is_empty()) {
        (Some(debtor), _) => format!("only the name points to {}", known.name_of(debtor)),
        (None, false) => "only the amount fits".into(),
        (None, true) => "nothing in it is known".into(),
    };
    Placement::unknown(why, candidates)
}

/// Items that a payment names, and whether by a reference with check digits.
struct Found<'a> {
    items: Vec<&'a Item>,
    by_reference: bool,
}

impl<'a> Found<'a> {
    fn in_payment(payment: &UnplacedPayment, known: &'a Known, payer_known: bool) -> Self {
        let by_reference = by_reference(payment, known);
        if !by_reference.is_empty() {
            return Self {
                items: by_reference,
                by_reference: true,
            };
        }
        let mut ids = BTreeSet::new();
        let mut items = Vec::new();
        for number in numbers(payment) {
            if number.len() >= TELLING || payer_known {
                items.extend(
                    known
                        .numbered(&number, None)
                        .into_iter()
                        .filter(|item| ids.insert(item.id)),
                );
            }
        }
        Self {
            items,
            by_reference: false,
        }
    }

    fn placement(
        mut self,
        payment: &UnplacedPayment,
        payer: Option<DebtorId>,
        named: Option<DebtorId>,
        known: &Known,
    ) -> Option<Placement> {
        // of several with one number those of the payer count
        if let Some(payer) = payer.or(named)
            && self.items.iter().any(|item| item.debtor == payer)
        {
            self.items.retain(|item| item.debtor == payer);
        }
        let first = *self.items.first()?;
        let candidates = || shown(self.items.iter().copied(), known);
        let open: Vec<&Item> = self
            .items
            .iter()
            .copied()
            .filter(|item| item.open.minor > 0)
            .collect();
        let one_debtor = self.items.iter().all(|item| item.debtor == first.debtor);
        let one_currency = self
            .items
            .iter()
            .all(|item| item.open.currency == payment.amount.currency);
        let from_debtor = payer == Some(first.debtor) || named == Some(first.debtor);
        if !one_debtor {
            return Some(Placement::unknown(
                "what it names belongs to several customers",
                candidates(),
            ));
        }
        if !one_currency {
            return Some(Placement::on_account(
                first.debtor,
                "what it names is in another currency",
                candidates(),
            ));
        }
        let sum: i64 = open.iter().map(|item| item.open.minor).sum();
        let in_full = || -> Vec<(ItemId, Money)> { open.iter().map(|item| (item.id, item.open)).collect() };
        let certain = self.by_reference || from_debtor;
        Some(match (open.as_slice(), payment.amount.minor) {
            (_, amount) if amount == sum => Placement::certain(first.debtor, in_full()),
            ([], _) if certain => {
                Placement::on_account(first.debtor, "what it names is paid already", candidates())
            }
            ([one], amount) if certain && amount < sum => {
                Placement::certain(first.debtor, vec![(one.id, payment.amount)])
            }
            (_, amount) if certain && amount > sum => Placement {
                used: in_full(),
                ..Placement::on_account(first.debtor, "it is more than what it names", candidates())
            },
            _ if certain => Placement::on_account(
                first.debtor,
                "it is less than what it names together",
                candidates(),
            ),
            _ => Placement::unknown(
                "it names an invoice, and neither amount nor payer fits",
                candidates(),
            ),
        })
    }
}

/// Items by a reference that the creditor gave: as it was given, or the number in it.
fn by_reference<'a>(payment: &UnplacedPayment, known: &'a Known) -> Vec<&'a Item> {
    let mut texts = vec![payment.reference.clone(), payment.end_to_end.clone()];
    texts.extend(payment.text.split_whitespace().take(WORDS).map(str::to_owned));
    texts.push(payment.text.clone());
    for text in texts {
        let Some(reference) = Structured::read(&text) else {
            continue;
        };
        let mut found = known.referred(&text);
        if found.is_empty() {
            found = known.numbered(reference.content(), None);
        }
        if !found.is_empty() {
            return found;
        }
    }
    match payment.reference.as_str() {
        "" => Vec::new(),
        reference => known.referred(reference),
    }
}

/// Everything in a text that could be an invoice number: words, and up to four that follow each other.
fn numbers(payment: &UnplacedPayment) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in [&payment.text, &payment.end_to_end, &payment.reference] {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(WORDS)
            .map(compact)
            .collect();
        for from in 0..words.len() {
            for length in 1..=4 {
                let joined = words.get(from..from + length).unwrap_or_default().concat();
                if joined.bytes().any(|b| b.is_ascii_digit()) {
                    found.insert(joined);
                }
            }
        }
    }
    found
}

/// Money from an account that is known, and nothing in it names an invoice.
fn by_account(payment: &UnplacedPayment, payer: DebtorId, known: &Known) -> Placement {
    let open: Vec<&Item> = known
        .open_of(payer)
        .into_iter()
        .filter(|item| item.open.currency == payment.amount.currency)
        .collect();
    let exact: Vec<&&Item> = open.iter().filter(|item| item.open == payment.amount).collect();
    let sum: i64 = open.iter().map(|item| item.open.minor).sum();
    if let [one] = exact.as_slice() {
        return Placement::certain(payer, vec![(one.id, one.open)]);
    }
    if sum == payment.amount.minor && !open.is_empty() {
        return Placement::certain(payer, open.iter().map(|item| (item.id, item.open)).collect());
    }
    let why = if exact.is_empty() {
        "it comes from this customer's account, and the amount fits no invoice"
    } else {
        "it comes from this customer's account, and the amount fits several invoices"
    };
    Placement::on_account(payer, why, shown(open.into_iter(), known))
}

/// Money that went back: it undoes the one payment that it is the return of.
fn returned(payment: &UnplacedPayment, known: &Known) -> Placement {
    let numbers = numbers(payment);
    let belongs = |receipt: &Received| {
        let words: BTreeSet<String> = receipt.text.split_whitespace().map(compact).collect();
        let account = !payment.account.is_empty() && words.contains(&payment.account);
        let id = !payment.end_to_end.is_empty() && words.contains(&compact(&payment.end_to_end));
        let number = receipt
            .used
            .iter()
            .filter_map(|(item, _)| known.get(*item))
            .any(|item| numbers.contains(&compact(&item.number)));
        account || id || number
    };
    // what went back already cannot go back again
    let undone = |receipt: &Received| {
        known.all_receipts().any(|(_, other)| {
            other.amount.minor == -receipt.amount.minor
                && other.on >= receipt.on
                && other.used.len() == receipt.used.len()
                && other
                    .used
                    .iter()
                    .zip(&receipt.used)
                    .all(|(one, two)| one.0 == two.0)
        })
    };
    let fits = known
        .all_receipts()
        .filter(|(_, receipt)| {
            receipt.amount.minor == -payment.amount.minor
                && receipt.amount.currency == payment.amount.currency
        })
        .filter(|(_, receipt)| belongs(receipt) && !undone(receipt));
    match fits.collect::<Vec<_>>().as_slice() {
        [(debtor, receipt)] => Placement {
            returned: Some((receipt.id, receipt.on)),
            ..Placement::certain(
                *debtor,
                receipt
                    .used
                    .iter()
                    .map(|(item, amount)| (*item, Money::new(-amount.minor, amount.currency)))
                    .collect(),
            )
        },
        [] => Placement::unknown(
            "money went back, and no payment of this amount from there is known",
            Vec::new(),
        ),
        several => Placement::unknown(
            "money went back, and several payments could be meant",
            several
                .iter()
                .take(CANDIDATES)
                .map(|(debtor, receipt)| {
                    format!(
                        "{} of {} on {}",
                        receipt.amount,
                        known.name_of(*debtor),
                        receipt.on
                    )
                })
                .collect(),
        ),
    }
}

/// Items in words, those with the lowest number first.
fn shown<'a>(items: impl Iterator<Item = &'a Item>, known: &Known) -> Vec<String> {
    let mut items: Vec<&Item> = items.collect();
    items.sort_by(|a, b| (&a.number, a.id).cmp(&(&b.number, b.id)));
    items
        .iter()
        .take(CANDIDATES)
        .map(|item| {
            format!(
                "{} of {}: {} open",
                item.number,
                known.name_of(item.debtor),
                item.open
            )
        })
        .collect()
}
