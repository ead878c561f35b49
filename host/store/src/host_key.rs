//! The key outside the database, without which nothing sealed in it opens.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::StoreError;
use crate::sealing::Key;

/// The keys of the host. The newest seals, the older ones still open, until [`Store::rotate`](crate::Store::rotate)
/// has sealed everything anew and they can be dropped from the file.
#[derive(Clone)]
pub struct HostKey {
    newest: Key,
    older: Vec<Key>,
}

impl fmt::Debug for HostKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostKey({:?} and {} older)", self.newest, self.older.len())
    }
}

impl HostKey {
    /// A new random key.
    pub fn generate() -> Self {
        Self::from_bytes(&Zeroizing::new(rand::random()))
    }

    /// The key with these bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self {
            newest: named(bytes),
            older: Vec::new(),
        }
    }

    /// These keys with a new one before them.
    pub fn rotated(&self) -> Self {
        Self {
            newest: Self::generate().newest,
            older: self.all().cloned().collect(),
        }
    }

    /// The keys of a file, one in base64 on each line with the newest first. A file that is not there is made,
    /// readable by its owner alone; one that others may read is refused.
    pub fn read_or_create(path: &Path) -> Result<Self, StoreError> {
        match fs::metadata(path) {
            Ok(meta) if meta.permissions().mode() & 0o077 != 0 => Err(refused(
                path,
                "others may read it; change its mode to 600, and rotate the key if others may have read it",
            )),
            Ok(_) => Self::read(path),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let key = Self::generate();
                if key.place(path, |new| fs::hard_link(new, path))? {
                    return Ok(key);
                }
                Self::read(path)
            }
            Err(error) => Err(refused(path, error)),
        }
    }

    /// Writes the keys to a file, in place of what it held.
    pub fn save(&self, path: &Path) -> Result<(), StoreError> {
        self.place(path, |new| fs::rename(new, path)).map(|_| ())
    }

    /// Writes a file beside `path` and lets `put` bring it there; false when `path` is there already.
    fn place(&self, path: &Path, put: impl Fn(&Path) -> std::io::Result<()>) -> Result<bool, StoreError> {
        let new = path.with_extension(format!("{:016x}.new", rand::random::<u64>()));
        let result = self.write(&new).and_then(|()| put(&new));
        // the link or the failure leaves it behind; a rename does not
        let _ = fs::remove_file(&new);
        match result {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(refused(path, error)),
        }
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        for key in self.all() {
            let mut line = Zeroizing::new(STANDARD.encode(key.bytes()));
            line.push('\n');
            file.write_all(line.as_bytes())?;
        }
        file.sync_all()
    }

    fn read(path: &Path) -> Result<Self, StoreError> {
        let text = Zeroizing::new(fs::read_to_string(path).map_err(|error| refused(path, error))?);
        let mut keys = text.lines().map(|line| {
            let bytes = STANDARD.decode(line.trim()).map(Zeroizing::new).ok();
            bytes
                .and_then(|bytes| bytes.as_slice().try_into().map(named).ok())
                .ok_or_else(|| {
                    refused(
                        path,
                        "a line is not a key of 32 bytes in base64; restore the file from a backup",
                    )
                })
        });
        let newest = keys
            .next()
            .ok_or_else(|| refused(path, "it is empty; restore it from a backup"))??;
        let older = keys.collect::<Result<_, _>>()?;
        Ok(Self { newest, older })
    }

    fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    pub(crate) fn newest(&self) -> &Key {
        &self.newest
    }

    pub(crate) fn get(&self, id: i64) -> Result<&Key, StoreError> {
        self.all()
            .find(|key| key.id() == id)
            .ok_or(StoreError::WrongHostKey(id))
    }
}

/// A host key is known by a digest of itself, so that every host with the same file agrees on its number.
fn named(bytes: &[u8; 32]) -> Key {
    let digest = blake3::derive_key("maan host key id", bytes);
    let id = digest.first_chunk().map_or(0, |first| i64::from_be_bytes(*first));
    Key::new(id, bytes)
}

fn refused(path: &Path, why: impl ToString) -> StoreError {
    StoreError::HostKeyFile {
        path: path.display().to_string(),
        why: why.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_made_once_for_its_owner_alone_and_read_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("host.key");
        let made = HostKey::read_or_create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(
            HostKey::read_or_create(&path).unwrap().newest.bytes(),
            made.newest.bytes()
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_rotated_key_keeps_the_older_ones_through_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("host.key");
        let first = HostKey::read_or_create(&path).unwrap();
        first.rotated().save(&path).unwrap();
        let read = HostKey::read_or_create(&path).unwrap();
        assert_ne!(read.newest.id(), first.newest.id());
        assert_eq!(read.get(first.newest.id()).unwrap().bytes(), first.newest.bytes());
    }

    #[test]
    fn a_file_that_others_may_read_or_that_holds_no_key_is_refused_without_showing_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("host.key");
        fs::write(&path, "not a key").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let open = HostKey::read_or_create(&path).unwrap_err().to_string();
        assert!(open.contains("mode to 600"), "{open}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let broken = HostKey::read_or_create(&path).unwrap_err().to_string();
        assert!(
            broken.contains("not a key of 32 bytes") && !broken.contains("not a key\""),
            "{broken}"
        );
        fs::write(&path, "").unwrap();
        assert!(
            HostKey::read_or_create(&path)
                .unwrap_err()
                .to_string()
                .contains("empty")
        );
    }
}
