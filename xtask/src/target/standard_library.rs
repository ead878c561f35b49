//! Builds Rust's standard library for the target out of its source.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::TRIPLE;
use crate::run::{cargo, run};

const MANIFEST: &str = r#"[package]
name = "std-for-wasm"
version = "0.0.0"
edition = "2024"

[profile.release]
codegen-units = 1

[workspace]
"#;

/// Builds from the `library` folder of Rust's source; returns the folder that holds the `.rlib` files.
pub(crate) fn build(library: &Path, scratch: &Path) -> Result<PathBuf> {
    let package = scratch.join("std-for-wasm");
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("Cargo.toml"), MANIFEST)?;
    fs::write(package.join("src/lib.rs"), "#![no_std]\n")?;
    run(cargo()
        .current_dir(&package)
        .args([
            "build",
            "--quiet",
            "--release",
            "--target",
            TRIPLE,
            "--target-dir",
            "target",
        ])
        .arg("-Zbuild-std=std,panic_abort")
        // build-std is unstable; only this build sees the permission to use it
        .env("RUSTC_BOOTSTRAP", "1")
        .env("__CARGO_TESTS_ONLY_SRC_ROOT", library)
        // bitcode is what link-time optimisation of the policies works on
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env_remove("CARGO_ENCODED_RUSTFLAGS"))?;
    collect(
        &package.join("target").join(TRIPLE).join("release/deps"),
        &scratch.join("lib"),
    )
}

fn collect(deps: &Path, to: &Path) -> Result<PathBuf> {
    fs::create_dir_all(to)?;
    let mut count = 0;
    for entry in fs::read_dir(deps).with_context(|| format!("cannot read {}", deps.display()))? {
        let file = entry?.path();
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if name.ends_with(".rlib") && !name.starts_with("libstd_for_wasm-") {
            fs::copy(&file, to.join(name))?;
            count += 1;
        }
    }
    if count == 0 {
        bail!(
            "the build of the standard library left no libraries in {}",
            deps.display()
        );
    }
    Ok(to.to_path_buf())
}
