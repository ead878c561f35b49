//! Secrets that a person tells: in a file or on standard input, never on the command line, where others can read them.

use std::io::BufRead;
use std::path::Path;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::problem::Problem;

/// The secret in a file.
pub(super) fn secret_in(file: &Path) -> Result<SecretString, Problem> {
    let text = std::fs::read_to_string(file)
        .map(Zeroizing::new)
        .map_err(|error| Problem::failed(format!("`{}` cannot be read: {error}", file.display())))?;
    one_line(&text).ok_or_else(|| {
        Problem::failed(format!(
            "`{}` holds no secret; write it on one line and nothing else",
            file.display()
        ))
    })
}

/// A secret, which has no blanks around it and none within.
pub(super) fn one_line(text: &str) -> Option<SecretString> {
    let text = text.trim();
    (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| SecretString::from(text.to_owned()))
}

/// A line from standard input, read on a thread that does not keep the program from ending.
pub(super) async fn typed() -> Result<String, Problem> {
    let (send, receive) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        // nobody waits any more after an interruption
        drop(send.send(read.map(|_| line)));
    });
    let read = receive.await.map_err(std::io::Error::other);
    read.and_then(|read| read)
        .map_err(|error| Problem::failed(format!("the answer cannot be read: {error}")))
}
