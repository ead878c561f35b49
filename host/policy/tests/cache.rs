//! Compiled components are reused, and only if this host wrote them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use maan_policy_host::{Digest, Limits, PolicyError, PolicyHost};
use support::hostile;

fn compiled(folder: &Path) -> PathBuf {
    let files: Vec<_> = fs::read_dir(folder.join("compiled"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

/// Whether loading had to ask for the component's bytes.
fn asks_for_bytes(host: &PolicyHost, bytes: &[u8]) -> bool {
    let mut asked = false;
    let loaded = host.load(Digest::of(bytes), || {
        asked = true;
        Ok(bytes.to_vec())
    });
    assert_eq!(loaded.unwrap().description().name, "hostile");
    asked
}

#[test]
fn a_compiled_component_is_loaded_without_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = hostile::benign();
    support::open(folder.path(), [1; 32], Limits::default())
        .admit(&bytes)
        .unwrap();
    assert!(!asks_for_bytes(
        &support::open(folder.path(), [1; 32], Limits::default()),
        &bytes
    ));
}

#[test]
fn a_tampered_file_or_one_of_another_host_is_compiled_again() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = hostile::benign();
    support::open(folder.path(), [1; 32], Limits::default())
        .admit(&bytes)
        .unwrap();
    let file = compiled(folder.path());
    let good = fs::read(&file).unwrap();
    let mut changed = good.clone();
    changed[good.len() / 2] ^= 1;
    for bad in [&changed[..], &good[..good.len() - 1], &good[..20], b""] {
        fs::write(&file, bad).unwrap();
        assert!(asks_for_bytes(
            &support::open(folder.path(), [1; 32], Limits::default()),
            &bytes
        ));
        assert_eq!(fs::read(&file).unwrap(), good, "it is written anew");
    }
    assert!(asks_for_bytes(
        &support::open(folder.path(), [2; 32], Limits::default()),
        &bytes
    ));
}

#[test]
fn a_file_under_another_digest_is_not_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = hostile::benign();
    support::open(folder.path(), [1; 32], Limits::default())
        .admit(&bytes)
        .unwrap();
    let other = hostile::describe("nobody");
    let file = compiled(folder.path());
    let name = file.file_name().unwrap().to_str().unwrap();
    let moved = name.replace(&Digest::of(&bytes).to_string(), &Digest::of(&other).to_string());
    fs::copy(&file, file.with_file_name(moved)).unwrap();
    let host = support::open(folder.path(), [1; 32], Limits::default());
    let error = host.load(Digest::of(&other), || Ok(other.clone())).unwrap_err();
    assert!(
        error.to_string().contains("manifest is wrong in `name`"),
        "{error}"
    );
}

#[test]
fn the_folder_is_closed_to_others() {
    let folder = tempfile::tempdir().unwrap();
    support::open(folder.path(), [1; 32], Limits::default())
        .admit(&hostile::benign())
        .unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path().join("compiled")), 0o700);
    assert_eq!(mode(&compiled(folder.path())), 0o600);
}

#[test]
fn bytes_of_another_component_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let host = support::open(folder.path(), [1; 32], Limits::default());
    let error = host.load(Digest([3; 32]), || Ok(hostile::benign())).unwrap_err();
    assert!(
        matches!(
            error,
            PolicyError::WrongBytes {
                wanted: Digest([3, ..]),
                ..
            }
        ),
        "{error}"
    );
}
