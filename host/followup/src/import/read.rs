//! Reading on a thread of its own, in parts, while earlier parts are kept.

use maan_connectors::files::{self, BytesRead, Export, FileError, Found, Source, Stop, Survey};
use maan_ledger::Currency;
use tokio::sync::mpsc::{Receiver, channel};
use tokio::task::JoinHandle;

/// Entries of a part.
const PART: usize = 512;
/// Parts that are read ahead.
const AHEAD: usize = 4;

/// A file that is being read.
pub(super) struct Reading<T> {
    parts: Receiver<Vec<T>>,
    reader: JoinHandle<Result<(), FileError>>,
    /// Bytes read so far.
    pub(super) bytes: BytesRead,
}

impl<T: Send + 'static> Reading<T> {
    fn start(
        read: impl FnOnce(&BytesRead, &mut dyn FnMut(T) -> Result<(), Stop>) -> Result<(), FileError>
        + Send
        + 'static,
    ) -> Self {
        let (send, parts) = channel(AHEAD);
        let bytes = BytesRead::default();
        let counted = bytes.clone();
        let reader = tokio::task::spawn_blocking(move || {
            let mut part = Vec::with_capacity(PART);
            read(&counted, &mut |one| {
                part.push(one);
                if part.len() < PART {
                    return Ok(());
                }
                let full = std::mem::replace(&mut part, Vec::with_capacity(PART));
                send.blocking_send(full).map_err(|_| Stop)
            })?;
            send.blocking_send(part).map_err(|_| FileError::Stopped)
        });
        Self { parts, reader, bytes }
    }

    /// The next part; none at the end.
    ///
    /// # Errors
    /// The file cannot be read further.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<T>>, FileError> {
        if let Some(part) = self.parts.recv().await {
            return Ok(Some(part));
        }
        match (&mut self.reader).await {
            Ok(result) => result.map(|()| None),
            Err(ended) => Err(FileError::Unknown(format!(
                "the reader ended: {ended}; try again"
            ))),
        }
    }
}

/// Begins to read what a file says.
pub(super) fn entries(source: &Source, survey: &Survey, home: Currency) -> Reading<Found> {
    let (source, survey) = (source.clone(), survey.clone());
    Reading::start(move |bytes, take| files::read(&source, &survey, home, bytes, take))
}

/// Begins to read an export of this program.
pub(super) fn exported(source: &Source) -> Reading<(u64, Export)> {
    let source = source.clone();
    Reading::start(move |bytes, take| files::read_export(&source, bytes, &mut |line, one| take((line, one))))
}
