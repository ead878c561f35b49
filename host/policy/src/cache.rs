//! Compiled components on disk.
//!
//! Compiled code runs with the host's own rights, so a file is used only if the host itself wrote it: the
//! folder is private, and each file carries a keyed hash over component, engine and code. A file that was
//! tampered with, or that belongs to another engine, counts as absent and is written anew.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use wasmtime::Engine;
use wasmtime::component::Component;

use crate::digest::Digest;
use crate::error::{ComponentName, PolicyError, Refusal};

/// Bytes of the keyed hash at the start of a file.
const SEAL: usize = 32;

pub(crate) struct Cache {
    folder: PathBuf,
    key: [u8; 32],
    /// What compiled code depends on: engine version, its settings and the processor.
    compatibility: u64,
}

impl Cache {
    /// Opens the folder, makes it if need be, and closes it to others.
    pub(crate) fn open(folder: &Path, key: [u8; 32], engine: &Engine) -> Result<Self, PolicyError> {
        let prepare = || {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
            fs::set_permissions(folder, Permissions::from_mode(0o700))
        };
        prepare().map_err(|e| unusable(folder, &e))?;
        let mut hasher = DefaultHasher::new();
        engine.precompile_compatibility_hash().hash(&mut hasher);
        let key = blake3::derive_key("maan policy host, compiled components, version 1", &key);
        Ok(Self {
            folder: folder.to_owned(),
            key,
            compatibility: hasher.finish(),
        })
    }

    /// The compiled component, if this host wrote it for this engine.
    pub(crate) fn get(&self, engine: &Engine, digest: Digest) -> Option<Component> {
        let path = self.path(digest);
        let file = fs::read(&path).ok()?;
        let (seal, code) = file.split_first_chunk::<SEAL>()?;
        if blake3::Hash::from_bytes(*seal) != self.seal(digest, code) {
            tracing::warn!(file = %path.display(), "compiled component is not authentic; compiling it again");
            return None;
        }
        match deserialize(engine, code) {
            Ok(component) => Some(component),
            Err(e) => {
                tracing::warn!(file = %path.display(), error = %e, "compiled component is stale; compiling it again");
                None
            }
        }
    }

    /// Gives the component of code that the host has just compiled, and keeps the code.
    pub(crate) fn put(&self, engine: &Engine, digest: Digest, code: &[u8]) -> Result<Component, PolicyError> {
        let component = deserialize(engine, code).map_err(|e| PolicyError::Refused {
            component: ComponentName::unnamed(digest),
            refusal: Refusal::Needs(format!("{e:#}")),
        })?;
        let path = self.path(digest);
        self.write(&path, digest, code).map_err(|e| unusable(&path, &e))?;
        Ok(component)
    }

    fn write(&self, path: &Path, digest: Digest, code: &[u8]) -> io::Result<()> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let unique = format!(
            "{}-{}.new",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let temporary = path.with_extension(unique);
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&temporary)?;
        file.write_all(self.seal(digest, code).as_bytes())?;
        file.write_all(code)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    }

    fn path(&self, digest: Digest) -> PathBuf {
        self.folder
            .join(format!("{digest}-{:016x}.compiled", self.compatibility))
    }

    fn seal(&self, digest: Digest, code: &[u8]) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher
            .update(&digest.0)
            .update(&self.compatibility.to_le_bytes())
            .update(code);
        hasher.finalize()
    }
}

#[expect(
    unsafe_code,
    reason = "the code was compiled by this host, or carries its keyed hash"
)]
fn deserialize(engine: &Engine, code: &[u8]) -> wasmtime::Result<Component> {
    // SAFETY: `code` is the unchanged output of the host's own compiler: it comes straight from it, or its
    // keyed hash was verified. The engine itself checks that version and settings fit.
    unsafe { Component::deserialize(engine, code) }
}

fn unusable(path: &Path, error: &io::Error) -> PolicyError {
    PolicyError::Cache {
        path: path.to_owned(),
        cause: error.to_string(),
    }
}
