//! Compiling in a child process, under limits on processor time and address space.
//!
//! The compiler is the largest part of the host that reads foreign bytes. A component made to exhaust it
//! takes down a child that holds nothing else: no secrets in its environment, no database, no other component.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rlimit::Resource;

use crate::engine;
use crate::error::Refusal;
use crate::limits::Limits;

/// Hands the limits to the child: seconds of processor time and bytes of address space.
const LIMITS: &str = "MAAN_COMPILE_LIMITS";
/// Bytes of a compiled component; Python's take some 40 MB.
const COMPILED: u64 = 512 << 20;
/// Bytes kept of what the child says when it fails.
const COMPLAINT: u64 = 4 << 10;

/// The command that runs [`compile_worker`].
#[derive(Clone, Debug)]
pub struct Compiler {
    program: PathBuf,
    arguments: Vec<OsString>,
}

/// Why nothing was compiled.
#[derive(Debug)]
pub(crate) enum NotCompiled {
    /// The component's fault.
    Refused(Refusal),
    /// The child could not be run.
    Unusable(String),
}

impl Compiler {
    /// `program` with `arguments` must call [`compile_worker`] and nothing else.
    pub fn new<A: Into<OsString>>(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
        }
    }

    pub(crate) fn program(&self) -> PathBuf {
        self.program.clone()
    }

    /// Compiles a component that was parsed already.
    pub(crate) fn compile(&self, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, NotCompiled> {
        let unusable = |e: io::Error| NotCompiled::Unusable(e.to_string());
        let mut child = self.spawn(limits).map_err(unusable)?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(mut stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(NotCompiled::Unusable("its pipes are missing".into()));
        };
        thread::scope(|scope| {
            // A child that stops early closes the pipe; its exit status says why.
            scope.spawn(move || stdin.write_all(bytes).unwrap_or_default());
            let compiled = scope.spawn(|| read(stdout, COMPILED));
            let complaint = scope.spawn(|| read(stderr, COMPLAINT));
            let status = wait(&mut child, limits.compile_wall).map_err(unusable)?;
            let compiled = compiled.join().unwrap_or_default();
            let complaint = complaint.join().unwrap_or_default();
            match status {
                Some(status) if status.success() => Ok(compiled),
                Some(status) => Err(explain(status, &String::from_utf8_lossy(&complaint), limits)),
                None => Err(limit(format!(
                    "{} seconds on the clock",
                    limits.compile_wall.as_secs()
                ))),
            }
        })
    }

    fn spawn(&self, limits: &Limits) -> io::Result<Child> {
        Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .env(
                LIMITS,
                format!("{} {}", limits.compile_cpu_seconds, limits.compile_memory),
            )
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }
}

/// All that comes from the pipe; only `most` bytes of it are kept.
fn read(mut pipe: impl Read, most: u64) -> Vec<u8> {
    let mut kept = Vec::new();
    let complete = pipe.by_ref().take(most).read_to_end(&mut kept);
    let rest = io::copy(&mut pipe, &mut io::sink());
    if complete.and(rest).is_err() {
        kept.clear();
    }
    kept
}

/// Waits for the child, or ends it when its time is over.
fn wait(child: &mut Child, time: Duration) -> io::Result<Option<ExitStatus>> {
    let deadline = Instant::now() + time;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn limit(what: String) -> NotCompiled {
    NotCompiled::Refused(Refusal::CompileLimit(what))
}

/// A limit ends a process by a signal (processor time) or by a failed allocation (address space).
fn explain(status: ExitStatus, complaint: &str, limits: &Limits) -> NotCompiled {
    const SIGABRT: i32 = 6;
    const SIGKILL: i32 = 9;
    const SIGXCPU: i32 = 24;
    let no_memory = complaint.contains("memory allocation") || complaint.contains("Cannot allocate memory");
    match status.signal() {
        Some(SIGXCPU | SIGKILL) => limit(format!(
            "{} seconds of processor time",
            limits.compile_cpu_seconds
        )),
        Some(SIGABRT) => limit(format!("{} bytes of memory", limits.compile_memory)),
        Some(signal) => {
            NotCompiled::Refused(Refusal::Compile(format!("the compiler ended by signal {signal}")))
        }
        None if no_memory => limit(format!("{} bytes of memory", limits.compile_memory)),
        None if status.code() == Some(REFUSED) => {
            NotCompiled::Refused(Refusal::Compile(complaint.trim().into()))
        }
        None => NotCompiled::Unusable(format!("{status}: {}", complaint.trim())),
    }
}

/// Exit code of a child whose component cannot be compiled.
const REFUSED: i32 = 3;

/// The child: limits itself, reads a component from its standard input, writes the compiled form to its
/// standard output. Call it from a program's `main` and end with the code it gives.
pub fn compile_worker() -> ExitCode {
    let complain = |code: u8, what: &str| {
        drop(writeln!(io::stderr(), "{what}"));
        ExitCode::from(code)
    };
    let input = limit_self().and_then(|()| {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|e| e.to_string())?;
        Ok(bytes)
    });
    let bytes = match input {
        Ok(bytes) => bytes,
        Err(e) => return complain(1, &e),
    };
    let compiled = match engine::compiling().and_then(|engine| engine.precompile_component(&bytes)) {
        Ok(compiled) => compiled,
        Err(e) => return complain(REFUSED as u8, &format!("{e:#}")),
    };
    match io::stdout().lock().write_all(&compiled) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => complain(1, &e.to_string()),
    }
}

fn limit_self() -> Result<(), String> {
    let text = std::env::var(LIMITS).unwrap_or_default();
    let numbers: Option<Vec<u64>> = text.split(' ').map(|n| n.parse().ok()).collect();
    let Some(&[cpu, memory]) = numbers.as_deref() else {
        return Err(format!(
            "{LIMITS} is missing; this program is started by the policy host"
        ));
    };
    let set =
        |resource: Resource, most: u64| resource.set(most, most).map_err(|e| format!("{resource:?}: {e}"));
    set(Resource::CORE, 0)?;
    set(Resource::FSIZE, 0)?;
    set(Resource::CPU, cpu)?;
    set(Resource::AS, memory)
}
