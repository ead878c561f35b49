//! A host in a temporary folder, and the components to run on it.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part")]

pub mod hostile;

use std::path::{Path, PathBuf};

use maan_policy_host::{Compiler, HostConfig, Limits, PolicyHost};
use tempfile::TempDir;

/// A host that is gone with its folder.
pub struct TestHost {
    pub host: PolicyHost,
    pub folder: TempDir,
}

pub fn host() -> TestHost {
    host_with(Limits::default())
}

pub fn host_with(limits: Limits) -> TestHost {
    let folder = tempfile::tempdir().unwrap();
    let host = open(folder.path(), [7; 32], limits);
    TestHost { host, folder }
}

pub fn open(folder: &Path, key: [u8; 32], limits: Limits) -> PolicyHost {
    PolicyHost::new(HostConfig {
        cache: folder.join("compiled"),
        key,
        compiler: compiler(),
        limits,
        trusted_statutes: Default::default(),
    })
    .unwrap()
}

/// The example program beside the tests.
pub fn compiler() -> Compiler {
    let tests = std::env::current_exe().unwrap();
    let program = tests
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("examples/compile_component");
    assert!(
        program.exists(),
        "build the examples first: cargo build -p maan-policy-host --examples"
    );
    Compiler::new(program, [] as [&str; 0])
}

/// A default policy, such as "workflow", as built by `cargo xtask policies`.
pub fn default_policy(name: &str) -> Vec<u8> {
    let folder = std::env::var_os("MAAN_POLICIES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/policies"),
        PathBuf::from,
    );
    let path = folder.join(format!("{name}.wasm"));
    std::fs::read(&path)
        .unwrap_or_else(|e| panic!("{}: {e}; run `cargo xtask policies` first", path.display()))
}
