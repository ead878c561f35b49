//! Values from outside, before they stand between words of ours.

use url::Url;

/// A value on one line, so that it forges no paragraph, and without the signs that turn the direction of what
/// follows, so that it reads as it is written.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .filter(|c| !turns(*c))
        .map(|c| if breaks(c) { ' ' } else { c })
        .take(200)
        .collect()
}

fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a link is shown: a secure one that leads to where it seems to lead. Signs beyond ASCII can look like
/// others, and a name before an @ can look like the host.
pub(crate) fn is_link(link: &str) -> bool {
    let visible = link.chars().all(|c| c.is_ascii_graphic());
    visible
        && Url::parse(link).is_ok_and(|url| {
            url.scheme() == "https"
                && url.username().is_empty()
                && url.password().is_none()
                && url.domain().is_some()
                && !link.contains('\\')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_where_it_seems_to_lead() {
        assert!(is_link("https://moneybird.com/123/pay?token=a%20b@c#d"));
        for link in [
            "https://moneybird.com@evil.example/",
            "https://moneybird.com:pay@evil.example/",
            "https://moneybird.com\\@evil.example/",
            "https://moneybird.com/\u{202e}moc.live",
            "https://moneybird.com\u{2044}pay.evil.example/",
            "https://moneybіrd.com/pay",
            "https://198.51.100.7/pay",
            "https:// moneybird.com/",
            "http://moneybird.com/pay",
            "javascript:alert(1)//https://",
            "https:",
            "",
        ] {
            assert!(!is_link(link), "{link}");
        }
    }

    #[test]
    fn a_value_stays_on_its_line_and_in_its_direction() {
        assert_eq!(
            one_line("Jan\u{202e}sen\r\nPay\u{2028}now\u{2066}\u{200f}"),
            "Jansen  Pay now"
        );
        assert_eq!(one_line("Ünal & Zn, 東京"), "Ünal & Zn, 東京");
    }
}
