//! A certified OAuth server for the tests of the sign-in: oidc-provider, installed from Node's package registry.

use std::ffi::OsStr;
use std::fs;

use anyhow::Result;

use crate::helper::Helper;
use crate::node::{installed, listens};
use crate::postgres::free_port;
use crate::run::{target_dir, workspace};

const PACKAGE: &str = "oidc-provider@9.13.3";
/// Plays the person who signs in, see there.
const SERVER: &str = "connectors/tests/connectors/oidc/server.mjs";

/// A running server.
pub(crate) struct Oidc {
    url: String,
    _server: Helper,
}

impl Oidc {
    /// Installs it when it is not there, and starts it on a free port.
    pub(crate) fn start() -> Result<Self> {
        let home = target_dir().join("oidc");
        installed(&home, &[PACKAGE])?;
        // modules are looked for beside the file
        let server = home.join("server.mjs");
        fs::copy(workspace().join(SERVER), &server)?;
        let folder = home.join(format!("run-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let port = free_port()?;
        let server = Helper::start(
            "OAuth server",
            folder.as_os_str(),
            listens(port),
            &[OsStr::new("node"), server.as_os_str()],
            &[("PORT", port.to_string())],
        )?;
        Ok(Self {
            url: format!("http://127.0.0.1:{port}"),
            _server: server,
        })
    }

    /// Its address, which is also its name.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}
