use maan_ledger::Moment;
use serde::{Deserialize, Serialize};

/// Where a feed by time of change goes on. One *pass* reads, page by page, what changed since the newest change of the
/// passes before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pass {
    /// The newest change of the passes before, in microseconds; 0 for none.
    since: i64,
    /// The newest change so far.
    newest: i64,
    /// The platform's time when this pass began. What changed later may have moved past the pages that were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    began: Option<i64>,
    /// The next page of this pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Pass {
    /// The place that a cursor tells. One that cannot be read is no place: everything is read again.
    pub(crate) fn at(cursor: Option<&str>) -> Self {
        cursor
            .and_then(|cursor| serde_json::from_str(cursor).ok())
            .unwrap_or_default()
    }

    /// Changes from this moment on are asked for; none for everything.
    pub(crate) fn since(&self) -> Option<Moment> {
        (self.since > 0).then_some(Moment(self.since))
    }

    /// The page to ask for; none for the first.
    pub(crate) fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// A page came at a time of the platform.
    pub(crate) fn answered(&mut self, at: Moment) {
        self.began.get_or_insert(at.0);
    }

    /// A record was changed at a time of the platform.
    pub(crate) fn saw(&mut self, changed: Moment) {
        self.newest = self.newest.max(changed.0);
    }

    /// Where to go on after a page: on the next one, or with the next pass.
    #[must_use]
    pub(crate) fn onward(self, next: Option<String>) -> Self {
        if next.is_some() {
            return Self { next, ..self };
        }
        let until = self.began.map_or(self.newest, |began| began.min(self.newest));
        let since = self.since.max(until);
        Self {
            since,
            newest: since,
            began: None,
            next: None,
        }
    }

    /// As a cursor.
    pub(crate) fn cursor(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_during_a_pass_is_read_by_the_next() {
        let mut first = Pass::at(None);
        assert_eq!((first.since(), first.next()), (None, None));
        first.answered(Moment(100));
        first.saw(Moment(90));
        let mut second = Pass::at(Some(&first.onward(Some("2".to_owned())).cursor()));
        assert_eq!((second.since(), second.next()), (None, Some("2")));
        second.answered(Moment(200));
        second.saw(Moment(150));
        let next = second.onward(None);
        assert_eq!((next.since(), next.next()), (Some(Moment(100)), None));
        // nothing new leaves the place as it is
        let mut quiet = next.clone();
        quiet.answered(Moment(300));
        quiet.saw(Moment(80));
        assert_eq!(quiet.onward(None), next);
        assert_eq!(Pass::at(Some("nonsense")), Pass::default());
    }
}
