//! Sealing of what must not be read by whoever gets hold of the database: XChaCha20-Poly1305, bound to its place.
//!
//! Three layers of keys: the host key (outside the database) wraps one key per tenant, which wraps one key per
//! debtor and seals secrets of connections. A debtor's key seals everything personal in decisions and actions, so
//! that destroying this one key makes all of it unreadable and leaves the chain of decisions whole.

use std::fmt;

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use maan_ledger::TenantId;
use zeroize::Zeroizing;

use crate::StoreError;

const ID: usize = 8;
const NONCE: usize = 24;

/// Where a sealed value lives. A value that was moved to another place does not open.
pub(crate) struct Place<'a> {
    pub(crate) tenant: TenantId,
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    pub(crate) row: &'a [u8],
}

impl Place<'_> {
    /// tenant | table | column | row | key id; the names hold no zero byte and the others have a fixed length.
    fn associated(&self, key: i64) -> Vec<u8> {
        [
            self.tenant.0.as_bytes().as_slice(),
            self.table.as_bytes(),
            &[0],
            self.column.as_bytes(),
            &[0],
            self.row,
            &key.to_be_bytes(),
        ]
        .concat()
    }
}

/// A secret key with the number that sealed values carry.
#[derive(Clone)]
pub(crate) struct Key {
    id: i64,
    bytes: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({:016x})", self.id)
    }
}

impl Key {
    /// A new random key with a random number, an even one.
    pub(crate) fn generate() -> Self {
        Self::numbered(rand::random::<i64>() & !1)
    }

    /// A new random key in the place of one that was destroyed: its number is odd, so that what the other sealed
    /// is known to be closed for good and not damaged.
    pub(crate) fn generate_anew() -> Self {
        Self::numbered(rand::random::<i64>() | 1)
    }

    fn numbered(id: i64) -> Self {
        Self {
            id,
            bytes: Zeroizing::new(rand::random()),
        }
    }

    /// Whether a key that was destroyed came before it.
    pub(crate) fn is_anew(&self) -> bool {
        self.id & 1 == 1
    }

    pub(crate) fn new(id: i64, bytes: &[u8; 32]) -> Self {
        Self {
            id,
            bytes: Zeroizing::new(*bytes),
        }
    }

    pub(crate) fn id(&self) -> i64 {
        self.id
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Key id, nonce and ciphertext of `plain`.
    pub(crate) fn seal(&self, place: &Place<'_>, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let nonce: [u8; NONCE] = rand::random();
        let mut sealed = Vec::with_capacity(ID + NONCE + plain.len() + 16);
        sealed.extend_from_slice(&self.id.to_be_bytes());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let text = sealed.get_mut(ID + NONCE..).unwrap_or_default();
        let tag = XChaCha20Poly1305::new(self.bytes().into())
            .encrypt_inout_detached(&XNonce::from(nonce), &place.associated(self.id), text.into())
            .map_err(|_| StoreError::invalid("a sealed value", "it is too long"))?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// What was sealed, when it was sealed with this key for this place and nobody changed it.
    pub(crate) fn open(
        &self,
        place: &Place<'_>,
        mut sealed: Vec<u8>,
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let refused = || StoreError::CannotOpenSealed(place.table);
        if sealed_with(&sealed) != Some(self.id) {
            return Err(refused());
        }
        let nonce: [u8; NONCE] = sealed
            .get(ID..ID + NONCE)
            .and_then(|nonce| nonce.try_into().ok())
            .ok_or_else(refused)?;
        sealed.drain(..ID + NONCE);
        XChaCha20Poly1305::new(self.bytes().into())
            .decrypt_in_place(&XNonce::from(nonce), &place.associated(self.id), &mut sealed)
            .map_err(|_| refused())?;
        Ok(Zeroizing::new(sealed))
    }

    /// This key, sealed with another.
    pub(crate) fn wrapped_with(&self, other: &Key, place: &Place<'_>) -> Result<Vec<u8>, StoreError> {
        other.seal(place, self.bytes())
    }

    /// A key that was sealed with this one.
    pub(crate) fn unwrap_key(&self, id: i64, place: &Place<'_>, wrapped: Vec<u8>) -> Result<Key, StoreError> {
        let bytes = self.open(place, wrapped)?;
        let bytes: &[u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| StoreError::CannotOpenSealed(place.table))?;
        Ok(Key::new(id, bytes))
    }
}

/// The id of the key that sealed a value.
pub(crate) fn sealed_with(sealed: &[u8]) -> Option<i64> {
    sealed.first_chunk().map(|id| i64::from_be_bytes(*id))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn place(tenant: u128, column: &'static str, row: &'static [u8]) -> Place<'static> {
        Place {
            tenant: TenantId(Uuid::from_u128(tenant)),
            table: "decision",
            column,
            row,
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_only_unchanged_in_its_place_with_its_key(
            plain in proptest::collection::vec(any::<u8>(), 0..2000),
            at in any::<prop::sample::Index>(),
            bit in 0_u32..8,
        ) {
            let key = Key::generate();
            let here = place(1, "payload", b"row");
            let sealed = key.seal(&here, &plain).unwrap();
            prop_assert_eq!(sealed.len(), 8 + 24 + plain.len() + 16);
            prop_assert_eq!(&*key.open(&here, sealed.clone()).unwrap(), &plain);

            let mut flipped = sealed.clone();
            flipped[at.index(sealed.len())] ^= 1 << bit;
            prop_assert!(key.open(&here, flipped).is_err());
            prop_assert!(key.open(&here, sealed[..at.index(sealed.len())].to_vec()).is_err());
            for elsewhere in [place(2, "payload", b"row"), place(1, "views", b"row"), place(1, "payload", b"wor")] {
                prop_assert!(key.open(&elsewhere, sealed.clone()).is_err());
            }
            prop_assert!(Key::new(key.id(), Key::generate().bytes()).open(&here, sealed.clone()).is_err());
            prop_assert!(Key::generate().open(&here, sealed).is_err());
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_alike() {
        let key = Key::generate();
        let here = place(1, "payload", b"row");
        assert_ne!(key.seal(&here, b"x").unwrap(), key.seal(&here, b"x").unwrap());
    }

    #[test]
    fn a_key_does_not_show_itself() {
        let key = Key::new(10, &[0xab; 32]);
        assert_eq!(format!("{key:?}"), "Key(000000000000000a)");
    }
}
