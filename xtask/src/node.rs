//! Servers of the tests that are programs of Node.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::helper::Probe;
use crate::run::{has, output, say};

/// Installs packages from Node's package registry into a folder, unless it was done before.
pub(crate) fn installed(home: &Path, packages: &[&str]) -> Result<()> {
    if !has("node") || !has("npm") {
        bail!("node and npm are not installed");
    }
    let (seal, mark) = (home.join("installed"), packages.join(" "));
    if fs::read_to_string(&seal).is_ok_and(|installed| installed == mark) {
        return Ok(());
    }
    say(format!("installing {mark} from Node's package registry"));
    fs::create_dir_all(home)?;
    let options = ["install", "--silent", "--no-audit", "--no-fund", "--prefix"];
    output(Command::new("npm").args(options).arg(home).args(packages))?;
    Ok(fs::write(seal, mark)?)
}

/// Sees whether somebody listens on a port of this machine.
pub(crate) fn listens(port: u16) -> Probe<'static> {
    let script = format!(
        "require('net').connect({port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))"
    );
    (OsStr::new("node"), "-e", script)
}
