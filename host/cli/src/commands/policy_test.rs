//! `maan policy test`: stories of debtors, played through policies.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use maan_policy_host::contract::{SLOTS, Slot};
use maan_policy_host::{Component, PolicyHost};
use maan_scenarios::{Cast, Coverage, Report, Requirements, read_all, test};
use serde::Serialize;

use super::policy::default_policies;
use super::workshop::{Workshop, admitted, loaded};
use crate::arguments::PolicyTest;
use crate::output::Output;
use crate::problem::{Code, Problem};

/// What the stories showed.
#[derive(Serialize)]
struct Tested {
    passed: usize,
    failed: usize,
    coverage: Option<Coverage>,
    stories: Vec<Report>,
}

pub(crate) fn run(data: &Path, options: &PolicyTest, output: Output) -> Result<ExitCode, Problem> {
    let stories = read_all(&options.stories)?;
    let requirements = Requirements::of(&options.stories)?;
    if let Some(file) = &options.table {
        let requirements = requirements.as_ref().ok_or_else(|| {
            let folder = options.stories.display();
            Problem::new(
                Code::NotFound,
                format!("`{folder}` has no requirements.toml to make a table of"),
            )
        })?;
        std::fs::write(file, requirements.table(&stories))
            .map_err(|error| Problem::failed(format!("`{}` cannot be written: {error}", file.display())))?;
    }
    let workshop = Workshop::open(data)?;
    let components = components(&workshop.host, options)?;
    let cast = Cast::of(&workshop.host, &components)
        .map_err(|slot| Problem::new(Code::NotFound, format!("no component fills the slot {slot}")))?;
    let bar = output.progress("Playing", stories.len() as u64);
    let reports: Vec<Report> = stories
        .iter()
        .map(|story| {
            bar.inc(1);
            test(&cast, story)
        })
        .collect();
    bar.finish_and_clear();
    let failed = reports.iter().filter(|report| !report.passed).count();
    let tested = Tested {
        passed: reports.len().saturating_sub(failed),
        failed,
        coverage: requirements.map(|requirements| requirements.coverage(&stories)),
        stories: reports,
    };
    let timeline = options.timeline || stories.len() == 1;
    output.answer(&tested, |tested| tested.told(timeline))?;
    Ok(ExitCode::from(if failed == 0 { 0 } else { Code::Differs as u8 }))
}

impl Tested {
    fn told(&self, timeline: bool) -> String {
        let stories: String = self.stories.iter().map(|report| report.told(timeline)).collect();
        format!("{stories}{} stories hold, {} do not", self.passed, self.failed)
    }
}

/// The default policies, then those that the options name. Whoever tests a component trusts it for that.
fn components(host: &PolicyHost, options: &PolicyTest) -> Result<Vec<Arc<Component>>, Problem> {
    let mut components = Vec::new();
    let own = options.component.iter().map(|file| admitted(host, file));
    let own = own.collect::<Result<Vec<_>, _>>()?;
    let filled = |slot: &Slot| own.iter().any(|component| component.slots().contains(slot));
    if !SLOTS.iter().all(filled) {
        let folder = default_policies()?;
        for slot in SLOTS.iter().filter(|slot| !filled(slot)) {
            components.push(loaded(host, &folder.join(format!("{slot}.wasm")))?);
        }
    }
    components.extend(own);
    for component in &components {
        host.trust_statute(component.digest());
    }
    Ok(components)
}
