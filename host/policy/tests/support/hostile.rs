//! The misbehaving and the unfair policy, built once and patched.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use wit_component::ComponentEncoder;

/// The misbehaving policy as a component; benign until its settings say otherwise.
pub fn benign() -> Vec<u8> {
    component(&module())
}

/// Hostile from its preset on: what it does there has six letters.
pub fn preset(does: &str) -> Vec<u8> {
    component(&patched(
        module(),
        r#"{"do":"benign"}"#,
        &format!(r#"{{"do":"{does}"}}"#),
    ))
}

/// Just or unfair from its preset on: what it does there has seven letters.
pub fn unfair(does: &str) -> Vec<u8> {
    let module = build("maan-policy-unfair");
    component(&patched(
        module,
        r#"{"does":"justice"}"#,
        &format!(r#"{{"does":"{does}"}}"#),
    ))
}

/// Hostile when asked for its manifest.
pub fn describe(does: &str) -> Vec<u8> {
    component(&patched(module(), "describe benign", &format!("describe {does}")))
}

fn patched(mut module: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places = || {
        module
            .windows(from.len())
            .enumerate()
            .filter(|(_, w)| *w == from.as_bytes())
    };
    // The match arms of the policy do not hold the whole word, so there is one place.
    assert_eq!(places().count(), 1, "`{from}` must be there once");
    let place = places().next().unwrap().0;
    module[place..place + to.len()].copy_from_slice(to.as_bytes());
    module
}

fn component(module: &[u8]) -> Vec<u8> {
    ComponentEncoder::default()
        .validate(true)
        .module(module)
        .unwrap()
        .encode()
        .unwrap()
}

fn module() -> Vec<u8> {
    static MODULE: OnceLock<Vec<u8>> = OnceLock::new();
    MODULE.get_or_init(|| build("maan-policy-hostile")).clone()
}

fn build(package: &str) -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let triple = "wasm32-unknown-unknown";
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(&root)
        .args([
            "build",
            "--quiet",
            "--package",
            package,
            "--profile=policy",
            "--target",
            triple,
        ])
        .status();
    assert!(
        status.unwrap().success(),
        "{package} must build; `cargo xtask test` installs the Wasm target"
    );
    std::fs::read(
        target
            .join(triple)
            .join("policy")
            .join(format!("{}.wasm", package.replace('-', "_"))),
    )
    .unwrap()
}
