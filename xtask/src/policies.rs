//! Builds the policy components: the default ones and the example of a partner's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use anyhow::{Context, Result, bail};

use crate::components::component_of;
use crate::run::{cargo, run, say, target_dir};
use crate::target::TRIPLE;

const POLICIES: [&str; 5] = [
    "segmentation",
    "credit-check",
    "workflow",
    "statute",
    "house-limits",
];

/// Builds the policies; returns the folder with `<policy>.wasm` for each. A file is only
/// rewritten when its content changed; a policy that fails does not hold up the others.
pub(crate) fn build() -> Result<PathBuf> {
    say(format!("building the policies {}", POLICIES.join(", ")));
    let packages = POLICIES.map(|policy| format!("--package=maan-policy-{policy}"));
    run(cargo()
        .args([
            "build",
            "--quiet",
            "--lib",
            "--target",
            TRIPLE,
            "--profile",
            "policy",
        ])
        .args(packages))?;

    let folder = target_dir().join("policies");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let failed: Vec<String> = POLICIES
        .iter()
        .filter_map(|policy| {
            convert(policy, &folder)
                .err()
                .map(|error| format!("{policy}: {error:#}"))
        })
        .collect();
    if !failed.is_empty() {
        bail!(
            "cannot make components of all policies:\n  {}",
            failed.join("\n  ")
        );
    }
    Ok(folder)
}

fn convert(policy: &str, folder: &Path) -> Result<()> {
    let module = format!("{TRIPLE}/policy/maan_policy_{}.wasm", policy.replace('-', "_"));
    let module = target_dir().join(module);
    let bytes = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let component = component_of(&bytes)?;
    let file = folder.join(format!("{policy}.wasm"));
    if fs::read(&file).is_ok_and(|present| present == component) {
        return Ok(());
    }
    let fresh = folder.join(format!(".{policy}.{}", process::id()));
    fs::write(&fresh, &component).with_context(|| format!("cannot write {}", fresh.display()))?;
    fs::rename(&fresh, &file).with_context(|| format!("cannot write {}", file.display()))?;
    say(format!(
        "wrote {} ({} KB)",
        file.display(),
        component.len() / 1000
    ));
    Ok(())
}
