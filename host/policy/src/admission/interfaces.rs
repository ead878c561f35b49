//! What a component imports and exports, read from its bytes before anything is compiled.

use semver::Version;
use wasmparser::component_types::{ComponentAnyTypeId, ComponentEntityType};
use wasmparser::types::Types;
use wasmparser::{Parser, Payload, Validator};

use crate::contract::{PACKAGE, SLOTS, VERSION};
use crate::engine::FEATURES;
use crate::error::Refusal;

/// Interfaces that hold types only and may be named as imports.
const IMPORTABLE: [&str; 2] = ["types", "actions"];

/// Parses all of a component and checks its imports and exports.
pub(crate) fn inspect(bytes: &[u8], limit: usize) -> Result<(), Refusal> {
    if bytes.len() > limit {
        return Err(Refusal::TooLarge {
            bytes: bytes.len(),
            limit,
        });
    }
    if Parser::is_core_wasm(bytes) {
        return Err(Refusal::CoreModule);
    }
    let invalid = |e: wasmparser::BinaryReaderError| {
        let line = e.message().lines().next().unwrap_or("not WebAssembly");
        Refusal::Invalid(format!("{line} (at byte {})", e.offset()))
    };
    let types = Validator::new_with_features(FEATURES)
        .validate_all(bytes)
        .map_err(invalid)?;
    let names = names(bytes).map_err(invalid)?;
    names
        .imports
        .iter()
        .try_for_each(|import| check_import(&types, import))?;
    check_exports(&names.exports)
}

#[derive(Default)]
struct Names {
    imports: Vec<String>,
    exports: Vec<String>,
}

/// Names of the component's own imports and exports, not those of components nested in it.
fn names(bytes: &[u8]) -> Result<Names, wasmparser::BinaryReaderError> {
    let mut names = Names::default();
    let mut depth = 0_usize;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentImportSection(section) if depth == 0 => {
                for import in section {
                    names.imports.push(import?.name.name.to_owned());
                }
            }
            Payload::ComponentExportSection(section) if depth == 0 => {
                for export in section {
                    names.exports.push(export?.name.name.to_owned());
                }
            }
            _ => {}
        }
    }
    Ok(names)
}

fn check_import(types: &Types, name: &str) -> Result<(), Refusal> {
    let refuse = |what: &str| {
        Err(Refusal::Import {
            name: name.to_owned(),
            what: what.to_owned(),
        })
    };
    if name.starts_with("wasi:") {
        return refuse("the system's interface (WASI); build without it, or with its calls stubbed");
    }
    if !IMPORTABLE.into_iter().any(|interface| is_ours(name, interface)) {
        return refuse("unknown to this host");
    }
    let Some(item) = types.component_item_for_import(name) else {
        return refuse("unknown to this host");
    };
    let ComponentEntityType::Instance(instance) = item.ty else {
        return refuse("no interface");
    };
    let types_only = types[instance].exports.values().all(|export| {
        matches!(
            export.ty,
            ComponentEntityType::Type {
                referenced: ComponentAnyTypeId::Defined(_),
                ..
            }
        )
    });
    if types_only {
        Ok(())
    } else {
        refuse("the contract's interface, but with functions or resources in it")
    }
}

fn check_exports(exports: &[String]) -> Result<(), Refusal> {
    let has = |interface: &str| exports.iter().any(|name| is_ours(name, interface));
    if !has("manifest") {
        return Err(Refusal::MissingExport(format!("{PACKAGE}/manifest@{VERSION}")));
    }
    if !SLOTS.into_iter().any(|slot| has(slot.name())) {
        return Err(Refusal::MissingExport(format!(
            "{PACKAGE}/(segmentation, credit-check, workflow or statute)"
        )));
    }
    Ok(())
}

/// Whether `name` is `maan:policy/interface` in a release of the contract that this host speaks.
fn is_ours(name: &str, interface: &str) -> bool {
    let Some(rest) = name.strip_prefix(PACKAGE).and_then(|rest| rest.strip_prefix('/')) else {
        return false;
    };
    let Some((found, version)) = rest.split_once('@') else {
        return false;
    };
    let (Ok(version), Ok(ours)) = (Version::parse(version), Version::parse(VERSION)) else {
        return false;
    };
    let speaks = (version.major, version.minor) == (ours.major, ours.minor) && version.pre.is_empty();
    found == interface && speaks
}
