//! A real accounting server that lives as long as the tests: Tryton, installed from Python's package index, with its books
//! in SQLite. Installing it and making its books takes some two minutes, once. The bench of the nights compares with it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::helper::Helper;
use crate::postgres::free_port;
use crate::run::{has, is_root, output, run, say, target_dir, workspace};

/// The release and the modules that the tests and the bench know.
const PACKAGES: [&str; 8] = [
    "trytond>=8.2,<8.3",
    "proteus>=8.2,<8.3",
    "trytond_account>=8.2,<8.3",
    "trytond_account_invoice>=8.2,<8.3",
    "trytond_account_credit_limit>=8.2,<8.3",
    "trytond_account_dunning>=8.2,<8.3",
    "trytond_party>=8.2,<8.3",
    "trytond_sale>=8.2,<8.3",
];
const MODULES: [&str; 3] = ["account_invoice", "account_credit_limit", "sale"];
const DATABASE: &str = "maan";
/// Makes the books, see there.
const BOOKS: &str = "connectors/tests/connectors/tryton/books.py";

/// A running server, which ends with this.
pub(crate) struct Tryton {
    folder: PathBuf,
    _server: Helper,
}

impl Tryton {
    /// Installs it when it is not there, and starts it on a free port with fresh books.
    pub(crate) fn start() -> Result<Self> {
        let home = home();
        let made = made(&home)?;
        let port = free_port()?;
        let folder = home.join(format!("run-{}", std::process::id()));
        copy(&made, &folder)?;
        let settings_file = folder.join("trytond.conf");
        // it sees what the tests change beside it
        let sees_changes = "[cache]\nclean_timeout = 0\n";
        fs::write(&settings_file, settings(&folder, port) + sees_changes)?;
        fs::write(folder.join("books.conf"), settings(&folder, port))?;
        fs::write(folder.join("url"), format!("http://127.0.0.1:{port}"))?;
        let python = python(&home);
        fs::write(folder.join("python"), python.as_os_str().as_encoded_bytes())?;
        let probe = format!("import socket; socket.create_connection(('127.0.0.1', {port}), 1)");
        let server = home.join("venv/bin/trytond");
        let server = Helper::start(
            "Tryton",
            folder.as_os_str(),
            (python.as_os_str(), "-c", probe),
            &[server.as_os_str(), OsStr::new("-c"), settings_file.as_os_str()],
            &[],
        )?;
        Ok(Self {
            folder,
            _server: server,
        })
    }

    /// The folder that tells the tests where it is.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The folder that keeps Tryton, its books and those of the bench.
pub(crate) fn home() -> PathBuf {
    target_dir().join("tryton")
}

fn python(home: &Path) -> PathBuf {
    home.join("venv/bin/python")
}

/// The books as they were made first; made again when what makes them changed.
fn made(home: &Path) -> Result<PathBuf> {
    let books = workspace().join(BOOKS);
    let mark = format!("{PACKAGES:?} {MODULES:?}\n{}", fs::read_to_string(&books)?);
    let (template, seal) = (home.join("books"), home.join("made"));
    if fs::read_to_string(&seal).is_ok_and(|made| made == mark) {
        return Ok(template);
    }
    installed()?;
    say("making books in Tryton (takes two minutes, once)");
    if template.exists() {
        fs::remove_dir_all(&template)?;
    }
    fs::create_dir_all(template.join("db"))?;
    fs::write(template.join("db").join(format!("{DATABASE}.sqlite")), Vec::new())?;
    let conf = template.join("trytond.conf");
    fs::write(&conf, settings(&template, 0))?;
    // nobody signs in with it: the tests have a key
    let password = template.join("password");
    fs::write(&password, "a throw-away Tryton: no secret")?;
    let admin = || {
        let mut admin = Command::new(home.join("venv/bin/trytond-admin"));
        admin
            .arg("-c")
            .arg(&conf)
            .args(["-d", DATABASE])
            .env("TRYTONPASSFILE", &password)
            .stdin(Stdio::null());
        admin
    };
    // named once only: it would take the administrator's rights away the second time
    output(admin().args(["--email", "admin@maan.example", "-p", "--all", "-l", "en"]))?;
    output(admin().arg("-u").args(MODULES).arg("--activate-dependencies"))?;
    let told = output(
        Command::new(python(home))
            .arg(&books)
            .arg(&conf)
            .args([DATABASE, "first"]),
    )?;
    let key = told.lines().find_map(|line| line.strip_prefix("key "));
    fs::write(template.join("key"), key.context("the books have no key")?)?;
    fs::write(seal, mark)?;
    Ok(template)
}

/// The Python that has Tryton, which is installed when it is not there.
pub(crate) fn installed() -> Result<PathBuf> {
    let home = home();
    let (seal, mark) = (home.join("venv/installed"), format!("{PACKAGES:?}"));
    if !fs::read_to_string(&seal).is_ok_and(|installed| installed == mark) {
        install(&home)?;
        fs::write(seal, mark)?;
    }
    Ok(python(&home))
}

fn install(home: &Path) -> Result<()> {
    say("installing Tryton from Python's package index");
    fs::create_dir_all(home)?;
    let venv = || {
        output(
            Command::new("python3")
                .args(["-m", "venv"])
                .arg(home.join("venv")),
        )
    };
    if let Err(error) = venv() {
        if !is_root() || !has("apt-get") {
            return Err(error.context("install the package `python3-venv`"));
        }
        say("installing python3-venv with apt-get");
        run(Command::new("apt-get").args(["-qq", "update"]))?;
        run(Command::new("apt-get")
            .args(["-qq", "install", "-y", "--no-install-recommends", "python3-venv"])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null()))?;
        venv()?;
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    output(Command::new(python(home)).args(pip).args(PACKAGES)).map(drop)
}

fn settings(folder: &Path, port: u16) -> String {
    format!(
        "[database]\nuri = sqlite://\npath = {}\n[web]\nlisten = 127.0.0.1:{port}\n",
        folder.join("db").display()
    )
}

/// Copies the files of a folder and of those below it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
