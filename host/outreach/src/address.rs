//! E-mail addresses as they go on the wire: names of domains in punycode, everything in ASCII.

use lettre::Address;
use thiserror::Error;
use url::Host;

/// Why a text is no address to which a message can go. None of them repeats the text.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum AddressError {
    #[error("it has no @ between a name and a domain")]
    Parts,
    #[error("the part before the @ holds signs that mail servers do not take")]
    Local,
    #[error("the part after the @ is no name of a domain")]
    Domain,
}

/// Reads an address.
pub(crate) fn parse(text: &str) -> Result<Address, AddressError> {
    let (local, domain) = text.trim().rsplit_once('@').ok_or(AddressError::Parts)?;
    // What begins with a dash reads as an option where a mail server hands addresses to a program.
    if local.starts_with('-') || !local.is_ascii() {
        return Err(AddressError::Local);
    }
    // `Host` would decode percent signs, and read numbers as addresses of machines.
    if domain.contains('%') {
        return Err(AddressError::Domain);
    }
    match Host::parse(domain) {
        Ok(Host::Domain(domain)) => Address::new(local, domain).map_err(|_| AddressError::Local),
        _ => Err(AddressError::Domain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_domains_go_in_punycode() {
        let wire = |text| parse(text).unwrap().to_string();
        assert_eq!(
            wire(" jan.de-boer+rekening@Bakkerij.nl "),
            "jan.de-boer+rekening@bakkerij.nl"
        );
        assert_eq!(
            wire("info@bäckerei-müller.de"),
            "info@xn--bckerei-mller-bfb28a.de"
        );
    }

    #[test]
    fn what_is_no_address_of_a_mailbox_is_refused() {
        for (text, why) in [
            ("jansen", AddressError::Parts),
            ("@example.com", AddressError::Local),
            ("-oQ/tmp@example.com", AddressError::Local),
            ("jän@example.com", AddressError::Local),
            ("a b@example.com", AddressError::Local),
            ("a\r\nRCPT TO:<b@c.nl>@example.com", AddressError::Local),
            ("a@[127.0.0.1]", AddressError::Domain),
            ("a@127.0.0.1", AddressError::Domain),
            ("a@[IPv6:::1]", AddressError::Domain),
            ("a@exa%6dple.com", AddressError::Domain),
            ("a@exam ple.com", AddressError::Domain),
            ("a@", AddressError::Domain),
        ] {
            assert_eq!(parse(text).unwrap_err(), why, "{text}");
        }
    }
}
