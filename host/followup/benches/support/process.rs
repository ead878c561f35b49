//! A measurement in a process of its own, and what that process used.

use std::process::{Command, Stdio};

use serde::de::DeserializeOwned;

/// What this program prints as JSON when it is started again with these arguments.
pub(crate) fn in_child<T: DeserializeOwned>(arguments: &[&str]) -> T {
    let program = std::env::current_exe().expect("the path of this program");
    let child = Command::new(program)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output();
    let output = child.expect("a child process");
    assert!(
        output.status.success(),
        "the measurement failed: {}",
        output.status
    );
    serde_json::from_slice(&output.stdout).expect("figures")
}

/// Processor time of all threads so far; the kernel counts it in hundredths of a second.
pub(crate) fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, behind_name) = stat.rsplit_once(')').expect("the name of the process");
    let ticks = behind_name.split_whitespace().skip(11).take(2);
    ticks
        .map(|ticks| ticks.parse::<f64>().expect("a number"))
        .sum::<f64>()
        / 100.0
}

/// From now on the peak is counted anew; where the kernel does not allow that, what came before counts too.
pub(crate) fn forget_peak() {
    drop(std::fs::write("/proc/self/clear_refs", "5"));
}

/// Most memory in use, in bytes.
pub(crate) fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line
        .and_then(|line| line.trim().strip_suffix(" kB"))
        .expect("the peak");
    kilobytes.parse::<u64>().expect("a number") * 1024
}

pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
