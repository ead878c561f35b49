//! The facts that a lever stands for. They have ids of their own and are never kept.

use maan_ledger::{
    AgreementEnd, AgreementId, Allocation, AllocationId, Body, Channel, Consent, Contact, ContactRole,
    CreditReport, DebtorDescription, DebtorKind, Delivery, DeliveryState, Dispute, DisputeCause, EndReason,
    LegalStatus, Promise, Reach, ReportAnswer, Situation, Snapshot, Source,
};
use uuid::Uuid;

use super::levers::{Ending, Lever, Part, Report};

/// Chance of failing within a year, per mille, of a report that is good or bad.
const GOOD: u16 = 10;
const BAD: u16 = 300;

/// What would become known today. A later day and the books of the bank are no facts of the debtor.
pub(super) fn bodies(lever: &Lever, now: &Snapshot<'_>) -> Vec<Body> {
    match lever {
        Lever::Later { .. } | Lever::BankBooked { .. } => vec![],
        Lever::Paid { parts, .. } => parts.iter().map(|part| paid(part, now)).collect(),
        Lever::Promised { amount, by } => vec![Body::Promised(Promise {
            agreement: agreement(),
            items: vec![],
            amount: *amount,
            by: *by,
        })],
        Lever::Disputed { item } => vec![Body::Disputed(Dispute {
            agreement: agreement(),
            item: item.item,
            amount: item.amount,
            cause: DisputeCause::Other,
            text: String::new(),
        })],
        Lever::Ended { what, agreement, .. } => vec![Body::AgreementEnded(AgreementEnd {
            agreement: *agreement,
            reason: match what {
                Ending::Dispute => EndReason::SettledForCreditor,
                _ => EndReason::Withdrawn,
            },
        })],
        Lever::Reported { report } => vec![Body::CreditReported(reported(*report))],
        Lever::Reachable { channel } => described(now, |debtor| debtor.reach.push(reach(*channel))),
        Lever::Consented { channel } => described(now, |debtor| {
            let of = |reach: &&mut Reach| reach.channel == *channel;
            let reaches = debtor.reach.iter_mut().filter(of);
            reaches.for_each(|reach| reach.consent = Consent::Given);
        }),
        Lever::IsBusiness => described(now, |debtor| debtor.kind = DebtorKind::Business),
        Lever::Answered { .. } => answered(now),
        Lever::Delivered { item } => vec![Body::Delivered(Delivery {
            item: item.item,
            channel: Channel::Email,
            on: now.as_of,
            state: DeliveryState::Delivered,
            proof: false,
            order_reference_missing: false,
        })],
        Lever::LegalOver => legal_over(now),
        Lever::SituationOver { code } => vec![Body::SituationRecorded(Situation {
            code: code.clone(),
            until: Some(now.as_of.plus(-1)),
        })],
    }
}

fn agreement() -> AgreementId {
    AgreementId::derived(Uuid::nil(), "imagined")
}

fn paid(part: &Part, now: &Snapshot<'_>) -> Body {
    Body::Allocated(Allocation {
        allocation: AllocationId::derived(part.item.0, "imagined"),
        source: Source::Direct,
        item: part.item,
        amount: part.amount,
        on: now.as_of,
    })
}

fn reported(report: Report) -> CreditReport {
    let (answer, failure_per_mille) = match report {
        Report::Good => (ReportAnswer::Present, Some(GOOD)),
        Report::Bad => (ReportAnswer::Present, Some(BAD)),
        Report::NoAnswer => (ReportAnswer::NoAnswer, None),
    };
    CreditReport {
        answer,
        agency: String::new(),
        failure_per_mille,
        advised_limit: None,
        worsened_by: 0,
        marks: vec![],
    }
}

/// The debtor as described, with a change.
fn described(now: &Snapshot<'_>, change: impl FnOnce(&mut DebtorDescription)) -> Vec<Body> {
    let debtor = now.debtor.cloned().map(|mut debtor| {
        change(&mut debtor);
        Body::DebtorDescribed(debtor)
    });
    debtor.into_iter().collect()
}

fn reach(channel: Channel) -> Reach {
    Reach {
        channel,
        address: "imagined".into(),
        name: String::new(),
        role: ContactRole::Unknown,
        branch: 0,
        preferred: false,
        consent: Consent::NotAsked,
        right_person: false,
        failed: false,
    }
}

fn answered(now: &Snapshot<'_>) -> Vec<Body> {
    let replies = now.conversation.contacts.iter();
    let replies = replies.filter(|contact| contact.what.unhandled);
    let handled = |contact: &Contact| Contact {
        unhandled: false,
        ..contact.clone()
    };
    replies
        .map(|contact| Body::Contacted(handled(contact.what)))
        .collect()
}

fn legal_over(now: &Snapshot<'_>) -> Vec<Body> {
    let ended = |status: &LegalStatus| LegalStatus {
        until: Some(now.as_of.plus(-1)),
        ..status.clone()
    };
    let legal = now.legal.iter();
    legal
        .map(|status| Body::LegalStatusRecorded(ended(status)))
        .collect()
}
