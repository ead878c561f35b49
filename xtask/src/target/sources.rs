//! The package sources that apt is configured with, in both of apt's formats (`sources.list(5)`).

use std::fs;
use std::path::Path;

/// One enabled source of binary packages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Source {
    pub(crate) uris: Vec<String>,
    pub(crate) suites: Vec<String>,
    pub(crate) components: Vec<String>,
    /// The keyring file that the source names, if it names a file.
    pub(crate) keyring: Option<String>,
}

/// All sources below `etc` (`/etc/apt`); files that cannot be read are left out.
pub(crate) fn configured(etc: &Path) -> Vec<Source> {
    let mut found = fs::read_to_string(etc.join("sources.list"))
        .map(|text| one_line(&text))
        .unwrap_or_default();
    let Ok(parts) = fs::read_dir(etc.join("sources.list.d")) else {
        return found;
    };
    let mut files: Vec<_> = parts.flatten().map(|part| part.path()).collect();
    files.sort();
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("list") => found.extend(one_line(&text)),
            Some("sources") => found.extend(deb822(&text)),
            _ => {}
        }
    }
    found
}

/// Reads the one-line format: `deb [options] uri suite component...`.
fn one_line(text: &str) -> Vec<Source> {
    text.lines().filter_map(one_source).collect()
}

fn one_source(line: &str) -> Option<Source> {
    let line = line.split('#').next().unwrap_or_default();
    let rest = line.trim().strip_prefix("deb")?;
    let rest = rest.starts_with(char::is_whitespace).then(|| rest.trim_start())?;
    let (options, rest) = match rest.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => ("", rest),
    };
    let mut words = rest.split_whitespace().map(str::to_owned);
    let uri = words.next().filter(|uri| !uri.starts_with("cdrom:"))?;
    let suite = words.next()?;
    let keyring = options
        .split_whitespace()
        .find_map(|option| option.strip_prefix("signed-by="));
    Some(Source {
        uris: vec![uri],
        suites: vec![suite],
        components: words.collect(),
        keyring: keyring.and_then(keyring_file),
    })
}

/// Reads the stanza format of `.sources` files.
fn deb822(text: &str) -> Vec<Source> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    lines
        .split(|line| line.trim().is_empty())
        .filter_map(stanza)
        .collect()
}

fn stanza(lines: &[&str]) -> Option<Source> {
    let mut source = Source::default();
    let mut binary = false;
    let mut field = String::new();
    for line in lines {
        let continues = line.starts_with([' ', '\t']);
        let value = match line.split_once(':') {
            Some((name, value)) if !continues => {
                field = name.trim().to_ascii_lowercase();
                value
            }
            _ => line,
        };
        let words = value.split_whitespace().map(str::to_owned);
        match field.as_str() {
            "enabled" if value.trim().eq_ignore_ascii_case("no") => return None,
            "types" => binary |= value.split_whitespace().any(|kind| kind == "deb"),
            "uris" => source.uris.extend(words),
            "suites" => source.suites.extend(words),
            "components" => source.components.extend(words),
            "signed-by" if !continues => source.keyring = keyring_file(value.trim()),
            _ => {}
        }
    }
    binary.then_some(source)
}

/// Several keyrings are joined by commas, as the one-line format wants them.
fn keyring_file(value: &str) -> Option<String> {
    let files: Vec<&str> = value
        .split([' ', ','])
        .filter(|file| file.starts_with('/'))
        .collect();
    (!files.is_empty()).then(|| files.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(uri: &str, suites: &[&str], components: &[&str], keyring: Option<&str>) -> Source {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Source {
            uris: vec![uri.to_owned()],
            suites: owned(suites),
            components: owned(components),
            keyring: keyring.map(str::to_owned),
        }
    }

    #[test]
    fn one_line_sources_with_and_without_options() {
        let text = "# comment\n\
            deb http://mirror.example/debian bookworm main contrib # trailing\n\
            deb-src http://mirror.example/debian bookworm main\n\
            deb [ arch=amd64 signed-by=/keys/debian.gpg ] http://mirror.example/debian trixie main\n\
            deb cdrom:[Debian 12]/ bookworm main\n\
            debian nonsense\n";
        assert_eq!(
            one_line(text),
            [
                source(
                    "http://mirror.example/debian",
                    &["bookworm"],
                    &["main", "contrib"],
                    None
                ),
                source(
                    "http://mirror.example/debian",
                    &["trixie"],
                    &["main"],
                    Some("/keys/debian.gpg")
                ),
            ]
        );
    }

    #[test]
    fn stanza_sources_with_comments_continuations_and_disabled_ones() {
        let text = "Types: deb\n# a comment\nURIs: http://mirror.example/debian\n\
            Suites: bookworm\n bookworm-updates\nComponents: main\nSigned-By: /keys/debian.gpg\n\n\
            Types: deb-src\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n\n\
            Enabled: no\nTypes: deb\nURIs: http://other.example\nSuites: bookworm\nComponents: main\n";
        let suites = ["bookworm", "bookworm-updates"];
        assert_eq!(
            deb822(text),
            [source(
                "http://mirror.example/debian",
                &suites,
                &["main"],
                Some("/keys/debian.gpg")
            )]
        );
    }

    #[test]
    fn a_key_block_inside_a_stanza_is_no_file_and_no_field() {
        let text = "Types: deb\nURIs: http://mirror.example/debian\nSuites: trixie\nComponents: main\nSigned-By:\n \
            -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n Version: 1\n -----END PGP PUBLIC KEY BLOCK-----\n";
        assert_eq!(
            deb822(text),
            [source(
                "http://mirror.example/debian",
                &["trixie"],
                &["main"],
                None
            )]
        );
    }
}
