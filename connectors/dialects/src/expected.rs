//! What every connector must find, in lines: `subject aspect value`, sorted.

use crate::case::Case;
use crate::model::Change;

const WRITTEN: &str = include_str!("expected.txt");

/// The lines after some changes, for a platform that cannot express some cases.
///
/// # Panics
/// The expectation takes away a line that is not there.
pub fn lines(changes: &[Change], cannot: &[Case]) -> Vec<String> {
    let mut sections = WRITTEN.split("\n# ");
    let first = sections.find(|section| section.starts_with("at the first reading"));
    let mut lines: Vec<&str> = body(first.unwrap()).collect();
    for section in sections {
        let name = section.lines().next().unwrap();
        if !changes.iter().any(|change| change.word() == name) {
            continue;
        }
        for line in body(section) {
            let (sign, line) = line.split_once(' ').unwrap();
            if sign == "+" {
                lines.push(line);
            } else {
                let at = lines.iter().position(|other| *other == line);
                lines.remove(at.unwrap_or_else(|| panic!("{name} takes away `{line}`, which is not there")));
            }
        }
    }
    let mut lines: Vec<String> = lines
        .into_iter()
        .filter(|line| is_expressed(line, cannot))
        .map(str::to_owned)
        .collect();
    lines.sort();
    lines
}

/// Whether a platform that cannot express some cases can say a line.
pub fn is_expressed(line: &str, cannot: &[Case]) -> bool {
    let mut words = line.split(' ');
    let (subject, aspect) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    !cannot.iter().any(|case| {
        case.documents().contains(&subject)
            || case.aspects().contains(&aspect)
            || case.lines().contains(&line)
    })
}

fn body(section: &str) -> impl Iterator<Item = &str> {
    section
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_told_and_holds_together() {
        let mut made = Vec::new();
        let mut before = lines(&made, &[]);
        assert!(before.len() > 90, "{}", before.len());
        for change in Change::ALL {
            made.push(change);
            let after = lines(&made, &[]);
            assert_ne!(after, before, "{}", change.word());
            before = after;
        }
        assert!(
            lines(&made, &[Case::Limits])
                .iter()
                .all(|line| !line.contains(" limit "))
        );
        assert!(
            lines(&[], &[Case::Orders])
                .iter()
                .all(|line| !line.starts_with("31001"))
        );
    }
}
