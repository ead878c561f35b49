//! Mocks of platforms, served from their own specifications by Prism, which is installed from Node's package registry.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, thread};

use anyhow::{Context, Result, bail};

use crate::helper::Helper;
use crate::node::{installed, listens};
use crate::postgres::free_port;
use crate::run::{output, target_dir, workspace};

/// The second reads the specifications.
const PACKAGES: [&str; 2] = ["@stoplight/prism-cli@5.14.2", "js-yaml@3.15.2"];
/// Makes of a specification what Prism can serve, see there.
const PREPARE: &str = "connectors/tests/connectors/prism/spec.mjs";
const XERO: Served = Served {
    name: "mock of Xero",
    file: "xero_accounting.yaml",
    variable: "MAAN_TEST_PRISM_XERO",
};
const MONEYBIRD: Served = Served {
    name: "mock of Moneybird",
    file: "moneybird_openapi.json",
    variable: "MAAN_TEST_PRISM_MONEYBIRD",
};

struct Served {
    name: &'static str,
    file: &'static str,
    /// Tells the tests where it is.
    variable: &'static str,
}

/// Running mocks.
pub(crate) struct Prism {
    mocks: [Mock; 2],
}

struct Mock {
    variable: &'static str,
    url: String,
    _server: Helper,
}

impl Prism {
    /// Installs it when it is not there, and starts one for each specification on a free port.
    pub(crate) fn start() -> Result<Self> {
        let home = target_dir().join("prism");
        let specifications = specifications()?;
        installed(&home, &PACKAGES)?;
        // modules are looked for beside the file
        fs::copy(workspace().join(PREPARE), home.join("spec.mjs"))?;
        // each takes seconds
        let (xero, moneybird) = thread::scope(|scope| {
            let other = scope.spawn(|| MONEYBIRD.start(&home, &specifications));
            (XERO.start(&home, &specifications), other.join())
        });
        let moneybird = moneybird.unwrap_or_else(|_| bail!("starting the {} broke off", MONEYBIRD.name));
        Ok(Self {
            mocks: [xero?, moneybird?],
        })
    }

    /// What tells the tests where they are.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&'static str, OsString)> + '_ {
        self.mocks
            .iter()
            .map(|mock| (mock.variable, OsString::from(&mock.url)))
    }
}

impl Served {
    fn start(&self, home: &Path, specifications: &Path) -> Result<Mock> {
        let port = free_port()?;
        let folder = home.join(format!("run-{}-{port}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let document = folder.join("specification.json");
        output(
            Command::new("node")
                .arg(home.join("spec.mjs"))
                .arg(specifications.join(self.file))
                .arg(&document),
        )
        .with_context(|| format!("the specification {} cannot be used", self.file))?;
        let prism = home.join("node_modules/@stoplight/prism-cli/dist/index.js");
        let text = port.to_string();
        let options = [
            "mock",
            "--host",
            "127.0.0.1",
            "--port",
            &text,
            "--verboseLevel",
            "warn",
        ];
        let command: Vec<&OsStr> = [OsStr::new("node"), prism.as_os_str()]
            .into_iter()
            .chain(options.map(OsStr::new))
            .chain([document.as_os_str()])
            .collect();
        let server = Helper::start(self.name, folder.as_os_str(), listens(port), &command, &[])?;
        Ok(Mock {
            variable: self.variable,
            url: format!("http://127.0.0.1:{port}"),
            _server: server,
        })
    }
}

/// The folder of the specifications, which are no part of the project: where `MAAN_SPECS` says, else beside it.
fn specifications() -> Result<PathBuf> {
    let beside = || workspace().join("../shared/specs");
    let folder = env::var_os("MAAN_SPECS").map_or_else(beside, PathBuf::from);
    for served in [XERO, MONEYBIRD] {
        if !folder.join(served.file).exists() {
            bail!(
                "the specification {} is not in {} (MAAN_SPECS)",
                served.file,
                folder.display()
            );
        }
    }
    Ok(folder)
}
