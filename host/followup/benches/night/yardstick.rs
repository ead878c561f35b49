//! The dunning run of an open-source ERP, measured on this machine; `yardstick.py` tells what and how.

use std::env::var_os;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

/// What the run costs.
#[derive(Deserialize)]
pub(crate) struct Yardstick {
    /// Milliseconds of processor time for each overdue invoice.
    #[serde(rename = "cpu_ms_per_overdue_invoice")]
    pub(crate) cpu: f64,
    #[serde(rename = "trytond")]
    pub(crate) release: String,
}

/// Measures it once, with the Python and the books of `cargo xtask bench`; or says why it cannot.
pub(crate) fn measure() -> Result<Yardstick, String> {
    let found = var_os("MAAN_BENCH_TRYTON").zip(var_os("MAAN_BENCH_TRYTON_BOOKS"));
    let (python, books) = found.ok_or("no Tryton; `cargo xtask bench` installs it")?;
    eprintln!("the yardstick: Tryton's dunning run; its books take some minutes, once");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/night/yardstick.py");
    let done = Command::new(python).arg("-O").arg(script).arg(books).output();
    let done = done.map_err(|error| format!("Python does not start: {error}"))?;
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).trim().to_owned());
    }
    serde_json::from_slice(&done.stdout).map_err(|error| format!("no figures from `yardstick.py`: {error}"))
}
