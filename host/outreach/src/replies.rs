//! What a mail server answers, before it is shown or kept: short, on one line, without addresses or secrets.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Signs that are kept of an answer.
const LONGEST: usize = 300;

/// From so many signs on, a word of base64 in an answer to a login may be the login.
const ENCODED: usize = 16;

const HIDDEN: &str = "(hidden)";

/// Cleans the answers of a server that knows a login.
pub(crate) struct Replies<'a> {
    login: Option<(&'a str, &'a str)>,
}

impl<'a> Replies<'a> {
    /// For a server that was told this user and password.
    pub(crate) fn new(login: Option<(&'a str, &'a str)>) -> Self {
        Self { login }
    }

    /// An answer. A debtor's address may stand in it, and so may anything that the server was ever told.
    pub(crate) fn of(&self, answer: &str) -> String {
        self.cleaned(answer, |_| false)
    }

    /// An answer while logging in.
    pub(crate) fn of_login(&self, answer: &str) -> String {
        self.cleaned(answer, |word| {
            let encoded = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
            word.len() >= ENCODED
                && word.chars().all(encoded)
                && word.contains(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '=')
        })
    }

    fn cleaned(&self, answer: &str, hides: impl Fn(&str) -> bool) -> String {
        let mut answer: String = answer.chars().take(10 * LONGEST).collect();
        for secret in self.secrets() {
            answer = answer.replace(&secret, HIDDEN);
        }
        let words = answer.split(|c: char| c.is_whitespace() || c.is_control());
        let words = words.filter(|word| !word.is_empty()).map(|word| {
            let inner = word.trim_matches(|c: char| {
                matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '.' | '\'' | '"')
            });
            if inner.contains('@') {
                "(address)"
            } else if hides(inner) {
                HIDDEN
            } else {
                word
            }
        });
        let text = words.collect::<Vec<_>>().join(" ");
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }

    /// The password, alone and as it goes on the wire. One that is too short to be a password says nothing.
    fn secrets(&self) -> Vec<String> {
        let Some((user, password)) = self.login else {
            return Vec::new();
        };
        let mut secrets = vec![
            STANDARD.encode(format!("\0{user}\0{password}")),
            STANDARD.encode(password),
            password.to_owned(),
        ];
        secrets.retain(|secret| secret.len() >= 4);
        secrets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPLIES: Replies<'_> = Replies {
        login: Some(("els", "korenaar-1987")),
    };

    #[test]
    fn an_answer_is_short_and_on_one_line() {
        let long = REPLIES.of(&"250-\u{1b}[2J queued\r\n".repeat(60_000));
        assert!(
            long.chars().count() <= LONGEST + 2 && long.ends_with('…'),
            "{long}"
        );
        assert!(!long.contains(|c: char| c.is_control()), "{long}");
        assert_eq!(
            REPLIES.of("2.0.0 Ok: queued as 4bXyZ"),
            "2.0.0 Ok: queued as 4bXyZ"
        );
    }

    #[test]
    fn an_answer_names_no_receiver() {
        let told = REPLIES.of("550 5.1.1 <jansen@example.com>: no such user, jansen@example.com.");
        assert_eq!(told, "550 5.1.1 (address) no such user, (address)");
    }

    #[test]
    fn an_answer_repeats_no_login() {
        let line = STANDARD.encode("\0els\0korenaar-1987");
        for answer in [
            format!("500 unknown command AUTH PLAIN {line}"),
            format!("500 unknown command {}", STANDARD.encode("korenaar-1987")),
            "500 no: korenaar-1987".into(),
        ] {
            let (told, later) = (REPLIES.of_login(&answer), REPLIES.of(&answer));
            assert!(
                told.ends_with(HIDDEN) && later.ends_with(HIDDEN),
                "{told} {later}"
            );
        }
        let cut = format!("535 5.7.8 bad: {}", line.split_at(20).0);
        assert_eq!(REPLIES.of_login(&cut), "535 5.7.8 bad: (hidden)");
        let words = "534 5.7.9 Application-specific password required, see administration";
        assert_eq!(REPLIES.of_login(words), words);
    }
}
