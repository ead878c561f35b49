use maan_ledger::{AgreementId, AllocationId, Day, DebtorId, ItemId, Money, Promise, ReceiptId};
use uuid::Uuid;

use crate::Entity;

/// Ids that every process derives alike from what the platform says, within a connection's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ids(pub Uuid);

impl Ids {
    /// The scope of an administration: its platform's name as an address, and its id there.
    pub fn of(platform: &str, administration: &str) -> Self {
        let name = format!("{platform}/{administration}");
        Self(Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
    }

    /// The debtor of a contact.
    pub fn debtor(self, contact: &str) -> DebtorId {
        DebtorId::derived(self.0, contact)
    }

    /// The item of an invoice or credit note. References of both must differ where the platform's ids do not, and an
    /// instalment is the item `invoice/number`.
    pub fn item(self, invoice: &str) -> ItemId {
        ItemId::derived(self.0, invoice)
    }

    /// Money that came in with a record. An amount that changes is other money.
    pub fn receipt(self, entity: Entity, record: &str, amount: Money) -> ReceiptId {
        let kind = kind(entity, Entity::BankTransaction);
        ReceiptId::derived(self.0, &format!("{kind}{record}/{amount}"))
    }

    /// A payment of an item as it is described; when the platform changes it, it is another.
    pub fn allocation(self, payment: &str, described: &str) -> AllocationId {
        AllocationId::derived(self.0, &format!("{payment}/{described}"))
    }

    /// What a record pays of an item: another item, amount or day is another allocation. Which record made an
    /// allocation can be told from the allocation itself.
    pub fn part(self, entity: Entity, record: &str, item: ItemId, amount: Money, on: Day) -> AllocationId {
        let payment = format!("{}/{record}", entity.word());
        self.allocation(&payment, &format!("{}/{amount}/{on}", item.0))
    }

    /// What of a credit note a record sets off against an item; the record may pay the same amount of it with money.
    pub fn credit(
        self,
        entity: Entity,
        record: &str,
        note: ItemId,
        item: ItemId,
        amount: Money,
        on: Day,
    ) -> AllocationId {
        self.part(entity, &format!("{record}/{}", note.0), item, amount, on)
    }

    /// The dispute that the platform notes on an item.
    pub fn dispute(self, invoice: &str) -> AgreementId {
        AgreementId::derived(self.0, &format!("dispute/{invoice}"))
    }
}

/// The promise that the platform notes on an item, as it came to be known on a day.
pub(crate) fn promise(item: ItemId, made_on: Day, by: Day) -> AgreementId {
    AgreementId::derived(item.0, &format!("promise/{made_on}/{by}"))
}

/// Whether a promise was noted on the platform, and not told here. `made_on` is the day of its fact.
pub fn is_promised_on_platform(made_on: Day, told: &Promise) -> bool {
    let [item] = told.items.as_slice() else {
        return false;
    };
    told.agreement == promise(*item, made_on, told.by)
}

/// Records of different kinds may have the same id.
fn kind(entity: Entity, plain: Entity) -> String {
    if entity == plain {
        String::new()
    } else {
        format!("{}/", entity.word())
    }
}
