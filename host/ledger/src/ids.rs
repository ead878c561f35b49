//! Identities. Each is a type of its own, so that a debtor's id cannot stand where an item's belongs.

use std::fmt;

use minicbor::{CborLen, Decode, Encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen, Serialize, Deserialize)]
        #[cbor(transparent)]
        #[serde(transparent)]
        pub struct $name(#[cbor(with = "uuid_bytes")] pub Uuid);

        impl $name {
            /// The same outside reference always gives the same id, whichever process reads it first.
            pub fn derived(scope: Uuid, reference: &str) -> Self {
                Self(Uuid::new_v5(&scope, reference.as_bytes()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id! {
    /// An administration whose follow-up is kept apart from all others. Every key in the store starts with it.
    TenantId
}
id! {
    /// A customer who owes or may owe.
    DebtorId
}
id! {
    /// An open item: invoice, credit note or instalment.
    ItemId
}
id! {
    /// Money that was received.
    ReceiptId
}
id! {
    /// One use of money or credit for one item.
    AllocationId
}
id! {
    /// An action that was proposed, and what became of it.
    ActionId
}
id! {
    /// An agreement or statement with a life of its own: promise, plan, dispute, pause.
    AgreementId
}

mod uuid_bytes {
    use minicbor::bytes::ByteArray;
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};
    use uuid::Uuid;

    pub(super) fn encode<C, W: Write>(
        id: &Uuid,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(id.as_bytes())?.ok()
    }

    pub(super) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Uuid, Error> {
        let bytes: ByteArray<16> = d.decode()?;
        Ok(Uuid::from_bytes(bytes.into()))
    }

    pub(super) fn cbor_len<C>(_: &Uuid, _: &mut C) -> usize {
        17
    }
}
