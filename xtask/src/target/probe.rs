//! Compiles a small crate to see whether a target works: a look at the files would not notice
//! libraries of another compiler version.

use std::env;
use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use super::{TRIPLE, sysroot};
use crate::run::{run, rustc};

const PROGRAM: &str = r#"
use std::collections::BTreeMap;

#[unsafe(no_mangle)]
pub extern "C" fn probe(count: usize) -> usize {
    let map: BTreeMap<usize, String> = (0..count).map(|key| (key, format!("{key:?}"))).collect();
    map.values().map(String::len).sum()
}
"#;

/// Whether the compiler can use its own libraries for the target.
pub(crate) fn target_works() -> bool {
    let child = rustc()
        .args([
            "--target",
            TRIPLE,
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "--crate-name",
            "probe",
        ])
        // to standard output: the compiler replaces an output file, even a device
        .args(["--emit", "metadata=-", "-"])
        // the compiler makes a folder of its own there while it works
        .current_dir(env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let written = child
        .stdin
        .take()
        .map(|mut stdin| stdin.write_all(PROGRAM.as_bytes()));
    let ended = child.wait();
    matches!(written, Some(Ok(()))) && ended.is_ok_and(|status| status.success())
}

/// Links the small crate against the libraries in `built` as policies are linked: with link-time
/// optimisation and `panic = "abort"`.
pub(crate) fn library_works(built: &Path, scratch: &Path) -> Result<()> {
    let overlay = scratch.join("sysroot");
    let host = sysroot()?.join("lib/rustlib");
    let rustlib = overlay.join("lib/rustlib");
    fs::create_dir_all(rustlib.join(TRIPLE))?;
    symlink(built, rustlib.join(TRIPLE).join("lib"))?;
    for entry in fs::read_dir(&host)? {
        let name = entry?.file_name();
        if name != TRIPLE {
            symlink(host.join(&name), rustlib.join(&name))?;
        }
    }
    let source = scratch.join("probe.rs");
    let module = scratch.join("probe.wasm");
    fs::write(&source, PROGRAM)?;
    run(rustc()
        .arg("--sysroot")
        .arg(&overlay)
        .args(["--target", TRIPLE, "--edition", "2024", "--crate-type", "cdylib"])
        .args(["-O", "-C", "lto=fat", "-C", "panic=abort", "-o"])
        .args([&module, &source]))?;
    let bytes = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    if !bytes.starts_with(b"\0asm") {
        bail!("{} is not a Wasm module", module.display());
    }
    Ok(())
}
