//! The program that compiles components in a child process: what an embedder's own command for it looks like.

fn main() -> std::process::ExitCode {
    maan_policy_host::compile_worker()
}
