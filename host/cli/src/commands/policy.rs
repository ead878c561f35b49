//! `maan policy`: install components, use them, list them.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use maan_policy_host::conformance::Exercised;
use maan_policy_host::contract::Slot;
use maan_policy_host::{Component, Digest, Limits, canonical_settings};
use maan_store::{NewDeployment, TenantStore};
use serde::Serialize;

use crate::arguments::Policy;
use crate::output::{Output, plain, table};
use crate::place::Place;
use crate::problem::{Code, Problem};

pub(crate) async fn run(place: &Place, options: &Policy, output: Output) -> Result<ExitCode, Problem> {
    match options {
        Policy::Install { file, trust_statute } => {
            let component = install(place, file, *trust_statute).await?;
            output.answer(&Installed::of(&component), |installed| {
                let shown = installed.shown.iter();
                let shown =
                    shown.map(|rule| format!("\n  {}: {} in {} cases", rule.slot, rule.rule, rule.cases));
                format!(
                    "{} {} is installed as {}{}",
                    plain(&installed.name),
                    plain(&installed.version),
                    installed.digest,
                    shown.collect::<String>()
                )
            })?;
        }
        Policy::Use {
            slot,
            digest,
            settings,
            preset,
            who,
            why,
        } => {
            let slot = slot_named(slot)?;
            let component = find(place, digest).await?;
            let settings = settings_of(&component, slot, settings.as_deref(), preset.as_deref())?;
            let tenant = place.tenant().await?;
            put_in_use(
                place,
                &place.store.tenant(tenant.id),
                &component,
                slot,
                &settings,
                (who, why),
            )
            .await?;
            output.answer(&Installed::of(&component), |installed| {
                format!(
                    "{} is used for {slot} by {} from the next batch on",
                    plain(&installed.name),
                    plain(&tenant.name)
                )
            })?;
        }
        Policy::List => list(place, output).await?,
        // It needs no installation and was done before one was opened.
        Policy::Test(_) => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// A component, as it is listed.
#[derive(Serialize)]
struct Installed {
    digest: String,
    name: String,
    version: String,
    publisher: String,
    slots: Vec<String>,
    used_by: Vec<String>,
    /// What it showed at the door, where it came through just now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shown: Vec<Exercised>,
}

impl Installed {
    fn of(component: &Component) -> Self {
        let description = component.description();
        Self {
            digest: component.digest().to_string(),
            name: description.name.clone(),
            version: description.version.clone(),
            publisher: description.publisher.clone(),
            slots: component.slots().iter().map(ToString::to_string).collect(),
            used_by: vec![],
            shown: component.conformance().to_vec(),
        }
    }
}

/// Admits a component from a file and keeps it.
pub(crate) async fn install(place: &Place, file: &Path, trust: bool) -> Result<Arc<Component>, Problem> {
    let bytes = component_in(file)?;
    let component = tokio::task::block_in_place(|| place.host.admit(&bytes))?;
    let manifest = serde_json::to_string(component.description())
        .map_err(|error| Problem::failed(format!("the manifest cannot be kept: {error}")))?;
    place
        .store
        .put_component(component.digest().0, &bytes, &manifest, place.clock.now())
        .await?;
    if trust {
        place.trust_statute(component.digest())?;
    }
    Ok(component)
}

/// Reads no more than a component may have, and one byte to see that it is too large.
fn component_in(file: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let most = u64::try_from(Limits::default().component_bytes).unwrap_or(u64::MAX);
    std::fs::File::open(file)
        .and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(|error| Problem::failed(format!("`{}` cannot be read: {error}", file.display())))?;
    Ok(bytes)
}

/// Deploys a component with settings for a slot of an administration, after the component accepted them.
pub(crate) async fn put_in_use(
    place: &Place,
    tenant: &TenantStore,
    component: &Arc<Component>,
    slot: Slot,
    settings: &str,
    (who, why): (&str, &str),
) -> Result<(), Problem> {
    let settings = canonical_settings(settings)?;
    tokio::task::block_in_place(|| place.host.validate_settings(component, slot, &settings))?;
    let deployment = NewDeployment {
        slot: stored(slot),
        component: component.digest().0,
        settings_digest: Digest::of(settings.as_bytes()).0,
        settings,
        who: who.to_owned(),
        why: why.to_owned(),
    };
    tenant.deploy(deployment, place.clock.now()).await?;
    Ok(())
}

/// The settings from a file, from a preset, or the component's first preset.
pub(crate) fn settings_of(
    component: &Component,
    slot: Slot,
    file: Option<&Path>,
    preset: Option<&str>,
) -> Result<String, Problem> {
    if let Some(file) = file {
        return std::fs::read_to_string(file)
            .map_err(|error| Problem::failed(format!("`{}` cannot be read: {error}", file.display())));
    }
    let presets = component
        .description()
        .presets
        .iter()
        .filter(|preset| preset.slot == slot);
    let found = match preset {
        Some(name) => presets.clone().find(|preset| preset.name == name),
        None => presets.clone().next(),
    };
    match (found, preset) {
        (Some(preset), _) => Ok(preset.settings.clone()),
        (None, None) => Ok("{}".to_owned()),
        (None, Some(name)) => {
            let names: Vec<_> = presets.map(|preset| plain(&preset.name)).collect();
            let message = format!(
                "{} has no preset `{name}` for {slot}; it has: {}",
                component.name(),
                names.join(", ")
            );
            Err(Problem::new(Code::NotFound, message))
        }
    }
}

fn slot_named(name: &str) -> Result<Slot, Problem> {
    let found = maan_policy_host::contract::SLOTS
        .into_iter()
        .find(|slot| slot.name() == name);
    found.ok_or_else(|| {
        Problem::new(
            Code::NotFound,
            format!("`{name}` is no slot; there are segmentation, credit-check, workflow and statute"),
        )
    })
}

fn stored(slot: Slot) -> maan_store::Slot {
    match slot {
        Slot::Segmentation => maan_store::Slot::Segmentation,
        Slot::CreditCheck => maan_store::Slot::CreditCheck,
        Slot::Workflow => maan_store::Slot::Workflow,
        Slot::Statute => maan_store::Slot::Statute,
    }
}

async fn find(place: &Place, name: &str) -> Result<Arc<Component>, Problem> {
    let digests = place.store.components().await?;
    let mut found = digests
        .into_iter()
        .map(Digest)
        .filter(|digest| digest.to_string().starts_with(name));
    match (found.next(), found.next()) {
        (Some(digest), None) => load(place, digest).await,
        (None, _) => Err(Problem::new(
            Code::NotFound,
            format!("no component `{name}` is installed; see `maan policy list`"),
        )),
        (Some(_), Some(_)) => Err(Problem::new(
            Code::NotFound,
            format!("several components begin with `{name}`; give more of the digest"),
        )),
    }
}

async fn load(place: &Place, digest: Digest) -> Result<Arc<Component>, Problem> {
    let stored = place.store.component(digest.0).await?;
    let bytes = stored.map(|component| component.bytes).unwrap_or_default();
    Ok(tokio::task::block_in_place(|| {
        place.host.load(digest, || Ok(bytes))
    })?)
}

async fn list(place: &Place, output: Output) -> Result<(), Problem> {
    let mut components = Vec::new();
    for digest in place.store.components().await? {
        components.push(Installed::of(&*load(place, Digest(digest)).await?));
    }
    for tenant in place.store.tenants().await? {
        for deployment in place.store.tenant(tenant.id).deployments().await? {
            let digest = Digest(deployment.component).to_string();
            if let Some(component) = components.iter_mut().find(|component| component.digest == digest) {
                component.used_by.push(tenant.name.clone());
            }
        }
    }
    output.answer(&components, |components| {
        let row = |component: &Installed| {
            vec![
                component.digest.chars().take(12).collect(),
                plain(&component.name),
                plain(&component.version),
                component.slots.join(", "),
                component.used_by.join(", "),
            ]
        };
        table(
            &["digest", "name", "version", "slots", "used by"],
            &[],
            components.iter().map(row),
        )
    })
}

/// The folder with the default policies: beside the program, or where the environment says.
pub(crate) fn default_policies() -> Result<PathBuf, Problem> {
    let named = std::env::var_os("MAAN_POLICIES").map(PathBuf::from);
    let beside = std::env::current_exe().ok().and_then(|program| {
        let folder = program.parent()?;
        [folder.join("policies"), folder.join("../policies")]
            .into_iter()
            .find(|folder| folder.is_dir())
    });
    named.filter(|folder| folder.is_dir()).or(beside).ok_or_else(|| {
        Problem::failed("the default policies are not found; build them with `cargo xtask policies` or set MAAN_POLICIES to their folder")
    })
}

/// Installs the default policies and puts them in use for an administration, the workflow with a preset.
pub(crate) async fn use_defaults(
    place: &Place,
    tenant: &TenantStore,
    preset: &str,
    who: &str,
) -> Result<(), Problem> {
    let folder = default_policies()?;
    for slot in maan_policy_host::contract::SLOTS {
        let file = folder.join(format!("{slot}.wasm"));
        let component = install(place, &file, slot == Slot::Statute).await?;
        let preset = (slot == Slot::Workflow).then_some(preset);
        let settings = settings_of(&component, slot, None, preset)?;
        put_in_use(
            place,
            tenant,
            &component,
            slot,
            &settings,
            (who, "connected with the default policies"),
        )
        .await?;
    }
    Ok(())
}
