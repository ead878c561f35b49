//! A report for a person.

use crate::run::Report;

impl Report {
    /// The report in words; the timeline where it is asked for or something is wrong.
    pub fn told(&self, timeline: bool) -> String {
        let verdict = if self.passed { "ok  " } else { "FAIL" };
        let mut text = format!("{verdict} {}  {}\n", self.file, self.title);
        if timeline || !self.passed {
            for line in &self.timeline {
                let who = if line.who.is_empty() {
                    String::new()
                } else {
                    format!("{}: ", line.who)
                };
                text.push_str(&format!(
                    "     {} {} {who}{}\n",
                    line.day.date().format("%a %Y-%m-%d"),
                    line.mark.sign(),
                    line.text
                ));
            }
        }
        if let Some(problem) = &self.problem {
            text.push_str(&format!("     it cannot be played: {problem}\n"));
        }
        for miss in &self.misses {
            text.push_str(&format!("     {} expected {}\n", miss.day, miss.expected));
            for found in &miss.found {
                text.push_str(&format!("                but {found}\n"));
            }
        }
        for weak in &self.too_weak {
            text.push_str(&format!("     too weak: {weak}\n"));
        }
        text
    }
}
