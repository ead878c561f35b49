//! The chain of a tenant's records: one root per batch, each root holding the one before it.
//!
//! A root is made of commitments, not of records: a record whose salt is destroyed can no longer be read
//! out of its commitment by guessing, and the chain stays whole.

use crate::digest::Digest;

const COMMITMENT: &str = "maan decision record, commitment, version 1";
const NODE: &str = "maan decision record, node, version 1";
const LINK: &str = "maan decision record, link, version 1";

/// Binds a record without showing it. The salt is random and kept with the record.
pub fn commitment(salt: &[u8; 32], record: &[u8]) -> Digest {
    hash(COMMITMENT, &[salt, record])
}

/// The root of a batch: its commitments, in order, and the root of the batch before it.
pub fn root(previous: Option<Digest>, commitments: &[Digest]) -> Digest {
    let count = (commitments.len() as u64).to_le_bytes();
    let previous = previous.unwrap_or(Digest([0; 32]));
    hash(LINK, &[&previous.0, &count, &tree(commitments).0])
}

/// A neighbour on the way from a commitment to the top of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbour {
    /// It stands to the left.
    Left(Digest),
    /// It stands to the right.
    Right(Digest),
}

/// What shows that the commitment at `position` is in the batch; `None` if there is none at that place.
pub fn proof(commitments: &[Digest], position: usize) -> Option<Vec<Neighbour>> {
    commitments.get(position)?;
    let (mut level, mut place, mut way) = (commitments.to_vec(), position, Vec::new());
    while level.len() > 1 {
        let neighbour = if place % 2 == 0 {
            level.get(place + 1).copied().map(Neighbour::Right)
        } else {
            level.get(place - 1).copied().map(Neighbour::Left)
        };
        way.extend(neighbour);
        level = above(&level);
        place /= 2;
    }
    Some(way)
}

/// Whether `way` leads from `commitment` to `root`, for a batch of `count` after the root `previous`.
pub fn is_in(
    root: Digest,
    previous: Option<Digest>,
    count: u64,
    commitment: Digest,
    way: &[Neighbour],
) -> bool {
    let top = way.iter().fold(commitment, |below, neighbour| match neighbour {
        Neighbour::Left(left) => node(*left, below),
        Neighbour::Right(right) => node(below, *right),
    });
    let previous = previous.unwrap_or(Digest([0; 32]));
    hash(LINK, &[&previous.0, &count.to_le_bytes(), &top.0]) == root
}

/// The top of the tree; all zeros for no commitments.
fn tree(commitments: &[Digest]) -> Digest {
    let mut level = commitments.to_vec();
    while level.len() > 1 {
        level = above(&level);
    }
    level.first().copied().unwrap_or(Digest([0; 32]))
}

/// The next level of the tree; a last one without a neighbour moves up as it is.
fn above(level: &[Digest]) -> Vec<Digest> {
    let pairs = level.chunks(2).filter_map(|pair| match pair {
        [left, right] => Some(node(*left, *right)),
        [single] => Some(*single),
        _ => None,
    });
    pairs.collect()
}

fn node(left: Digest, right: Digest) -> Digest {
    hash(NODE, &[&left.0, &right.0])
}

fn hash(purpose: &str, parts: &[&[u8]]) -> Digest {
    let mut hasher = blake3::Hasher::new_derive_key(purpose);
    for part in parts {
        hasher.update(part);
    }
    Digest(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn commitments(number: usize) -> Vec<Digest> {
        (0..number)
            .map(|i| commitment(&[9; 32], &i.to_le_bytes()))
            .collect()
    }

    #[test]
    fn a_root_depends_on_each_record_their_order_and_the_batch_before() {
        let three = commitments(3);
        let before = root(None, &commitments(1));
        let mut swapped = three.clone();
        swapped.swap(0, 2);
        let roots = [
            root(None, &three),
            root(Some(before), &three),
            root(None, &swapped),
            root(None, &three[..2]),
            root(None, &[]),
        ];
        for (i, one) in roots.iter().enumerate() {
            assert!(roots.iter().skip(i + 1).all(|other| other != one));
        }
    }

    #[test]
    fn another_salt_is_another_commitment() {
        assert_ne!(commitment(&[1; 32], b"record"), commitment(&[2; 32], b"record"));
    }

    proptest! {
        #[test]
        fn each_record_can_be_shown_to_be_in_its_batch_and_in_no_other(number in 1_usize..70, place: prop::sample::Index) {
            let all = commitments(number);
            let place = place.index(number);
            let previous = Some(root(None, &commitments(2)));
            let root = root(previous, &all);
            let way = proof(&all, place).unwrap();
            prop_assert!(is_in(root, previous, number as u64, all[place], &way));
            prop_assert!(!is_in(root, None, number as u64, all[place], &way));
            prop_assert!(!is_in(root, previous, number as u64 + 1, all[place], &way));
            let foreign = commitment(&[3; 32], b"another");
            prop_assert!(!is_in(root, previous, number as u64, foreign, &way));
            prop_assert_eq!(proof(&all, number), None);
        }
    }
}
