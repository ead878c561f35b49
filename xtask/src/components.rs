//! Core Wasm modules to components.

use anyhow::{Context, Result};
use wit_component::ComponentEncoder;

/// Turns a core module that carries its WIT world into a component, and validates it.
pub(crate) fn component_of(module: &[u8]) -> Result<Vec<u8>> {
    let encoder = ComponentEncoder::default().validate(true).module(module);
    let mut encoder =
        encoder.context("the module does not describe its world; is it built with the policy SDK?")?;
    encoder
        .encode()
        .context("the module does not fit the world it describes")
}
