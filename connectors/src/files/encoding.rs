//! Text in whatever encoding, as UTF-8, without holding a file in memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

/// Bytes read so far; shared with whoever shows the progress.
#[derive(Clone, Debug, Default)]
pub struct BytesRead(Arc<AtomicU64>);

impl BytesRead {
    /// How many.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A file whose bytes are counted as they are read.
pub(crate) struct Counted {
    file: File,
    read: BytesRead,
}

impl Counted {
    pub(crate) fn open(path: &Path, read: &BytesRead) -> io::Result<Self> {
        Ok(Self {
            file: File::open(path)?,
            read: read.clone(),
        })
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// UTF-8 text of a source in a known encoding; a byte order mark leads, and is taken away.
pub(crate) type Decoded = DecodeReaderBytes<Counted, Vec<u8>>;

/// Opens a file as UTF-8 text.
pub(crate) fn decoded(path: &Path, encoding: &'static Encoding, read: &BytesRead) -> io::Result<Decoded> {
    let file = Counted::open(path, read)?;
    Ok(DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .bom_override(true)
        .build(file))
}

/// The encoding of a table: what its byte order mark says, UTF-8 where all of it is, else Windows-1252, which every
/// office program of western Europe writes when it does not write UTF-8.
pub(crate) fn of_table(path: &Path) -> io::Result<&'static Encoding> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    if let Some((encoding, _)) = Encoding::for_bom(file.fill_buf()?) {
        return Ok(encoding);
    }
    if let Some(wide) = wide(file.fill_buf()?) {
        return Ok(wide);
    }
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(1 << 18);
    loop {
        let bytes = file.fill_buf()?;
        let (count, last) = (bytes.len(), bytes.is_empty());
        text.clear();
        let (_, _, replaced) = decoder.decode_to_string(bytes, &mut text, last);
        if replaced {
            return Ok(WINDOWS_1252);
        }
        if last {
            return Ok(UTF_8);
        }
        file.consume(count);
    }
}

/// UTF-16 without a byte order mark: half of the first bytes are zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(64))?;
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let most = head.len() / 2 * 3 / 4;
    match head.len() >= 8 {
        true if zeros(1) > most => Some(UTF_16LE),
        true if zeros(0) > most => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that an XML declaration names; UTF-8 when it names none.
pub(crate) fn of_xml(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    if let Some(wide) = wide(head) {
        return wide;
    }
    let declared = || {
        let text = std::str::from_utf8(head.get(..head.iter().position(|byte| *byte == b'>')?)?).ok()?;
        let (_, after) = text.strip_prefix("<?xml")?.split_once("encoding")?;
        let quoted = after.trim_start().strip_prefix('=')?.trim_start();
        let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Encoding::for_label(quoted.split(quote).nth(1)?.as_bytes())
    };
    declared().unwrap_or(UTF_8)
}

/// Text that fails once too much of it was read without a pause: what would fill the memory is refused.
pub(crate) struct Measured<R> {
    inner: R,
    since: u64,
    most: u64,
}

impl<R> Measured<R> {
    pub(crate) fn new(inner: R, most: u64) -> Self {
        Self {
            inner,
            since: 0,
            most,
        }
    }

    /// A piece is complete.
    pub(crate) fn pause(&mut self) {
        self.since = 0;
    }

    pub(crate) fn inner(&self) -> &R {
        &self.inner
    }

    /// Whether a piece was too long.
    pub(crate) fn is_over(&self) -> bool {
        self.since > self.most
    }
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.check()?;
        let count = self.inner.read(buffer)?;
        self.since = self.since.saturating_add(count as u64);
        Ok(count)
    }
}

impl<R> Measured<R> {
    fn check(&self) -> io::Result<()> {
        if self.is_over() {
            return Err(io::Error::other(TooLong));
        }
        Ok(())
    }
}

impl<R: BufRead> BufRead for Measured<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.since = self.since.saturating_add(count as u64);
        self.inner.consume(count);
    }
}

/// One piece of a file is longer than any is.
#[derive(Debug, thiserror::Error)]
#[error("one piece of it is longer than any is")]
pub(crate) struct TooLong;
