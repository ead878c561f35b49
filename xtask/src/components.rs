//! Core Wasm modules to components.

use anyhow::{Context, Result, bail};
use wit_component::{ComponentEncoder, DecodedWasm};

/// Turns a core module that carries its WIT world into a component, and validates it.
pub(crate) fn component_of(module: &[u8]) -> Result<Vec<u8>> {
    let encoder = ComponentEncoder::default().validate(true).module(module);
    let mut encoder = encoder.context("the file is no Wasm module with a readable WIT world")?;
    let component = encoder
        .encode()
        .context("the module does not fit the WIT world it carries")?;
    if exports(&component)? == 0 {
        bail!("the module exports no policy; does the crate call `maan_policy::export!`?");
    }
    Ok(component)
}

fn exports(component: &[u8]) -> Result<usize> {
    match wit_component::decode(component)? {
        DecodedWasm::Component(resolve, world) => {
            Ok(resolve.worlds.get(world).map_or(0, |world| world.exports.len()))
        }
        DecodedWasm::WitPackage(..) => Ok(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_a_policy_is_refused() {
        let error = component_of(b"\0asm\x01\0\0\0").unwrap_err();
        assert!(error.to_string().contains("exports no policy"), "{error:#}");
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(component_of(b"not Wasm").is_err());
    }
}
