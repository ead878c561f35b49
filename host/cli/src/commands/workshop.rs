//! A host of policies for trying components out, with or without an installation.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use maan_policy_host::{Component, Digest, PolicyHost};

use crate::place::policy_host;
use crate::problem::Problem;

/// Where components are compiled: the installation's own folder where there is one, else a temporary one.
pub(super) struct Workshop {
    pub(super) host: PolicyHost,
    temporary: Option<PathBuf>,
}

impl Workshop {
    pub(super) fn open(data: &Path) -> Result<Self, Problem> {
        if data.is_dir() {
            return Ok(Self {
                host: policy_host(data)?,
                temporary: None,
            });
        }
        let folder = std::env::temp_dir().join(format!("maan-policies-{}", std::process::id()));
        std::fs::create_dir_all(&folder)
            .map_err(|error| Problem::failed(format!("`{}` cannot be made: {error}", folder.display())))?;
        Ok(Self {
            host: policy_host(&folder)?,
            temporary: Some(folder),
        })
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        if let Some(folder) = &self.temporary
            && let Err(error) = std::fs::remove_dir_all(folder)
        {
            tracing::warn!("`{}` cannot be removed: {error}", folder.display());
        }
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, Problem> {
    std::fs::read(file)
        .map_err(|error| Problem::failed(format!("`{}` cannot be read: {error}", file.display())))
}

/// A component that comes through the door, with all that is tried there.
pub(super) fn admitted(host: &PolicyHost, file: &Path) -> Result<Arc<Component>, Problem> {
    Ok(host.admit(&bytes(file)?)?)
}

/// A component of the project itself.
pub(super) fn loaded(host: &PolicyHost, file: &Path) -> Result<Arc<Component>, Problem> {
    let bytes = bytes(file)?;
    Ok(host.load(Digest::of(&bytes), || Ok(bytes))?)
}
