//! Checks of the manifest by itself.

use std::collections::HashSet;

use semver::Version;
use serde_json::Value;

use crate::contract::{Description, Slot, SlotSettings};
use crate::error::Refusal;

/// Bytes of a name.
const NAME: usize = 100;
/// Bytes of a code or language tag.
const CODE: usize = 200;
/// Bytes of a text.
const TEXT: usize = 4_000;
/// Bytes of a schema or of settings.
const JSON: usize = 256 << 10;

/// Checks a manifest against the slots that the component really exports.
pub(crate) fn check(description: &Description, exported: &[Slot]) -> Result<(), Refusal> {
    name("name", &description.name)?;
    name("publisher", &description.publisher)?;
    if let Err(e) = Version::parse(&description.version) {
        return wrong(
            "version",
            format!("`{}` is no semantic version: {e}", shown(&description.version)),
        );
    }
    slots(&description.slots, exported)?;
    let mut names = HashSet::new();
    for (i, preset) in description.presets.iter().enumerate() {
        let field = |part: &str| format!("presets/{i}/{part}");
        name(&field("name"), &preset.name)?;
        if !exported.contains(&preset.slot) {
            return wrong(
                field("slot"),
                format!("the component does not fill slot {}", preset.slot),
            );
        }
        if !names.insert((preset.slot.name(), &preset.name)) {
            return wrong(field("name"), "another preset of the slot has the same name");
        }
        length(&field("settings"), &preset.settings, JSON)?;
    }
    for (i, text) in description.texts.iter().enumerate() {
        length(&format!("texts/{i}/language"), &text.language, CODE)?;
        length(&format!("texts/{i}/code"), &text.code, CODE)?;
        length(&format!("texts/{i}/text"), &text.text, TEXT)?;
    }
    Ok(())
}

fn slots(declared: &[SlotSettings], exported: &[Slot]) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for (i, slot) in declared.iter().enumerate() {
        if !exported.contains(&slot.slot) {
            return wrong(
                format!("slots/{i}/slot"),
                format!("{} is named but not exported", slot.slot),
            );
        }
        if !seen.insert(slot.slot.name()) {
            return wrong(format!("slots/{i}/slot"), format!("{} is named twice", slot.slot));
        }
        schema(&format!("slots/{i}/schema"), &slot.schema)?;
    }
    match exported.iter().find(|slot| !seen.contains(slot.name())) {
        Some(slot) => wrong("slots", format!("{slot} is exported but not named")),
        None => Ok(()),
    }
}

fn schema(field: &str, text: &str) -> Result<(), Refusal> {
    length(field, text, JSON)?;
    let schema: Value = match serde_json::from_str(text) {
        Ok(schema) => schema,
        Err(e) => return wrong(field, format!("no JSON: {e}")),
    };
    if !schema.is_object() {
        return wrong(field, "no JSON Schema: it must be an object");
    }
    match jsonschema::draft202012::meta::validate(&schema) {
        Ok(()) => Ok(()),
        Err(e) => wrong(field, format!("no JSON Schema (2020-12): {e}")),
    }
}

fn name(field: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return wrong(field, "is empty");
    }
    if text.chars().any(char::is_control) {
        return wrong(field, "holds control characters");
    }
    length(field, text, NAME)
}

fn length(field: &str, text: &str, most: usize) -> Result<(), Refusal> {
    if text.len() <= most {
        return Ok(());
    }
    wrong(field, format!("{} bytes, at most {most} are allowed", text.len()))
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

fn wrong<T>(field: impl Into<String>, what: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Manifest {
        field: field.into(),
        what: what.into(),
    })
}
