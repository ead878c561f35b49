//! Compiled components on disk.
//!
//! Compiled code runs with the host's own rights, so a file is used only if the host itself wrote it: the
//! folder is private, and each file carries a keyed hash over component, engine, manifest and code. A file that
//! was tampered with, or that belongs to another engine, counts as absent and is written anew.
//!
//! A file is the keyed hash, the length of the manifest (four bytes, low first), the manifest, the code.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use wasmtime::Engine;
use wasmtime::component::Component;

use crate::contract::Description;
use crate::digest::Digest;
use crate::error::{ComponentName, PolicyError, Refusal};
use crate::record::{canonical, from_canonical};

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
        let key = blake3::derive_key("maan policy host, compiled components, version 2", &key);
        Ok(Self {
            folder: folder.to_owned(),
            key,
            compatibility: hasher.finish(),
        })
    }

    /// The compiled component and its manifest, if this host wrote them for this engine.
    pub(crate) fn get(&self, engine: &Engine, digest: Digest) -> Option<(Component, Description)> {
        let path = self.path(digest);
        let file = fs::read(&path).ok()?;
        let (seal, sealed) = file.split_first_chunk::<SEAL>()?;
        if blake3::Hash::from_bytes(*seal) != self.seal(digest, &[sealed]) {
            tracing::warn!(file = %path.display(), "compiled component is not authentic; compiling it again");
            return None;
        }
        let (manifest, code) = parts(sealed)?;
        let description = from_canonical(manifest)?;
        match deserialize(engine, code) {
            Ok(component) => Some((component, description)),
            Err(e) => {
                tracing::warn!(file = %path.display(), error = %e, "compiled component is stale; compiling it again");
                None
            }
        }
    }

    /// Keeps code that the host has just compiled, with the manifest that it has read of it.
    pub(crate) fn put(
        &self,
        digest: Digest,
        description: &Description,
        code: &[u8],
    ) -> Result<(), PolicyError> {
        let path = self.path(digest);
        self.write(&path, digest, &canonical(description), code)
            .map_err(|e| unusable(&path, &e))
    }

    fn write(&self, path: &Path, digest: Digest, manifest: &[u8], code: &[u8]) -> io::Result<()> {
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
        let length = u32::try_from(manifest.len())
            .map_err(io::Error::other)?
            .to_le_bytes();
        let sealed = [&length, manifest, code];
        file.write_all(self.seal(digest, &sealed).as_bytes())?;
        sealed.iter().try_for_each(|part| file.write_all(part))?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    }

    fn path(&self, digest: Digest) -> PathBuf {
        self.folder
            .join(format!("{digest}-{:016x}.compiled", self.compatibility))
    }

    fn seal(&self, digest: Digest, sealed: &[&[u8]]) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(&digest.0).update(&self.compatibility.to_le_bytes());
        for part in sealed {
            hasher.update(part);
        }
        hasher.finalize()
    }
}

/// Manifest and code.
fn parts(sealed: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = sealed.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

/// The component of code that the host has just compiled.
pub(crate) fn compiled(engine: &Engine, digest: Digest, code: &[u8]) -> Result<Component, PolicyError> {
    deserialize(engine, code).map_err(|e| PolicyError::Refused {
        component: ComponentName::unnamed(digest),
        refusal: Refusal::Needs(format!("{e:#}")),
    })
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
