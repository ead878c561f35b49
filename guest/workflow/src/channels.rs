//! Over which channel: the debtor's preference, then the step's channel, then the order of the settings.

use maan_policy::types::{Channel, Consent, Reach};

use crate::settings::{Settings, Step};

/// A channel that works, and whether a preferred one had to be passed over.
pub(crate) struct Choice {
    pub channel: Channel,
    pub preference_missed: bool,
}

/// A written channel, or none.
pub(crate) fn written(settings: &Settings, step: Option<&Step>, reach: &[Reach]) -> Option<Choice> {
    let preferred = reach
        .iter()
        .filter(|reach| reach.preferred && settings.preference_leads && reach.channel != Channel::Phone);
    let preference_missed = preferred.clone().count() > 0 && !preferred.clone().any(usable);
    let preferred = preferred
        .filter(|reach| usable(reach))
        .map(|reach| reach.channel)
        .min();
    let by_order = || {
        let order = step
            .and_then(|step| step.channel)
            .into_iter()
            .chain(settings.channels.iter().copied());
        order
            .filter(|&channel| channel != Channel::Phone)
            .find(|&channel| reaches(reach, channel))
    };
    preferred.or_else(by_order).map(|channel| Choice {
        channel,
        preference_missed,
    })
}

/// Whether a channel works for this debtor.
pub(crate) fn reaches(reach: &[Reach], channel: Channel) -> bool {
    reach
        .iter()
        .any(|reach| reach.channel == channel && usable(reach))
}

/// Text messages need consent; for the others it is enough that none was withdrawn.
fn usable(reach: &Reach) -> bool {
    let consent = match reach.channel {
        Channel::Sms | Channel::Whatsapp => reach.consent == Consent::Given,
        _ => reach.consent != Consent::Withdrawn,
    };
    reach.reachable && consent
}
