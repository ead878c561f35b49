//! Where a run is, for the log.

/// Tells the log that a phase begins: `reading`, `keeping`, `deciding`, `writing`, `looking`, `marking`,
/// `handing-over` or `noting`. Whatever happens in one of them, running again continues.
pub(crate) fn phase(name: &'static str) {
    tracing::debug!(target: "maan::phase", phase = name);
}
