//! Pages of facts as they are stored.

use minicbor::{Decoder, Encode, decode};
use thiserror::Error;

use super::Fact;

/// The version that is written. Older ones stay readable.
const VERSION: u32 = 1;

/// Bytes of the shortest fact, so that a damaged count cannot ask for more memory than the page can fill.
const LEAST: usize = 8;

#[derive(Encode)]
struct Page<'a> {
    #[n(0)]
    version: u32,
    #[n(1)]
    facts: &'a [Fact],
}

/// Facts as bytes: CBOR, `[version, facts]`. The same facts always give the same bytes.
pub fn encode_page(facts: &[Fact]) -> Vec<u8> {
    minicbor::to_vec(Page {
        version: VERSION,
        facts,
    })
    .unwrap_or_default()
}

/// The facts of a page that any version up to this one has written.
pub fn decode_page(bytes: &[u8]) -> Result<Vec<Fact>, PageError> {
    let mut decoder = Decoder::new(bytes);
    let fields = decoder.array()?;
    let version = decoder.u32()?;
    if version != VERSION || fields != Some(2) {
        return Err(PageError::Version(version));
    }
    let count = decoder
        .array()?
        .ok_or_else(|| decode::Error::message("a list of facts without a length"))?;
    let fits = bytes.len() / LEAST;
    let mut facts = Vec::with_capacity(usize::try_from(count).unwrap_or(fits).min(fits));
    for _ in 0..count {
        facts.push(decoder.decode()?);
    }
    match bytes.len().saturating_sub(decoder.position()) {
        0 => Ok(facts),
        rest => Err(PageError::Longer(rest)),
    }
}

/// Why a page cannot be read.
#[derive(Debug, Error)]
pub enum PageError {
    /// Written by a newer program.
    #[error(
        "a page of facts has version {0}, and this program reads up to version {VERSION}; use the newer one"
    )]
    Version(u32),
    /// Cut off, changed, or no page at all.
    #[error("a page of facts is damaged and was not read; restore it from a backup: {0}")]
    Damaged(#[from] minicbor::decode::Error),
    /// More bytes than the page needs.
    #[error("a page of facts is followed by {0} bytes that do not belong to it; restore it from a backup")]
    Longer(usize),
}
