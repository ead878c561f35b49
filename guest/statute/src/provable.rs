//! Delivery that can be shown, for letters with legal effect.

use crate::inquiry::Inquiry;
use maan_policy::reason;
use maan_policy::types::{Channel, Reason};

/// The channel whose delivery can be shown, where it is another than proposed: a letter leads, e-mail where the
/// debtor has no address for letters or where the way it is sent gives proof.
pub fn instead_of(inquiry: &Inquiry, proposed: Channel) -> Option<Channel> {
    let reachable = |channel| {
        inquiry
            .case
            .reach
            .iter()
            .any(|reach| reach.reachable && reach.channel == channel)
    };
    let stays = match proposed {
        Channel::Letter | Channel::RegisteredLetter | Channel::Bailiff => true,
        Channel::Email => inquiry.settings.email_proves_arrival,
        _ => false,
    };
    if stays {
        return None;
    }
    let better = [Channel::Letter, Channel::RegisteredLetter, Channel::Email];
    better
        .into_iter()
        .find(|channel| reachable(*channel))
        .filter(|channel| *channel != proposed)
}

/// What must be said of the channel: that another leads, or that e-mail needs proof of its arrival.
pub fn remark(inquiry: &Inquiry, proposed: Channel, instead: Option<Channel>) -> Option<Reason> {
    if instead.is_some() {
        Some(reason!("provable-channel-leads"))
    } else if proposed == Channel::Email && !inquiry.settings.email_proves_arrival {
        Some(reason!("arrival-must-be-provable"))
    } else {
        None
    }
}
