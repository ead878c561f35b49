//! One fact of every kind, for tests that none may escape.

use maan_ledger::*;

use crate::support::{action_id, agreement_id, allocation_id, day, eur, invoice, item_id, receipt_id};

/// Bodies of every kind; `seed` varies what they are about and what they say.
pub(crate) fn bodies(seed: u8, on: Day) -> Vec<Body> {
    let number = u128::from(seed % 4);
    let minor = i64::from(seed) * 100 + 1;
    let (item, agreement, text) = (item_id(number), agreement_id(number), format!("text {seed}"));
    let later = on.plus(i32::from(seed % 11));
    let mut described = invoice(
        number,
        on,
        later,
        eur(if seed.is_multiple_of(5) { -minor } else { minor }),
    );
    described.order_reference = text.clone();
    described.corrects = Some(item);
    described.payment_link = text.clone();
    described.state = [
        ItemState::Draft,
        ItemState::Issued,
        ItemState::Issued,
        ItemState::Uncollectible,
    ][usize::from(seed % 4)];
    let source = match seed % 4 {
        0 => Source::Direct,
        1 => Source::Receipt(receipt_id(number)),
        2 => Source::CreditNote(item_id(number + 1)),
        _ => Source::WriteOff,
    };
    vec![
        Body::DebtorDescribed(debtor(&text, on)),
        Body::DebtorRemoved,
        Body::AgreementDescribed(Agreement {
            agreed_on: Some(on),
            applicable_law: Some(Country::from_code("BE")),
            term_days: Some(u16::from(seed)),
            costs_clause: true,
            interest_basis_points: Some(800),
            indemnity_per_mille: Some(100),
            regular_supply: true,
            consumer_sale: false,
        }),
        Body::ItemDescribed(described),
        Body::ItemRemoved(Removed { id: item }),
        Body::Received(Receipt {
            receipt: receipt_id(number),
            amount: eur(minor),
            on,
            text: text.clone(),
        }),
        Body::ReceiptRemoved(Removed {
            id: receipt_id(number),
        }),
        Body::Allocated(Allocation {
            allocation: allocation_id(number),
            source,
            item,
            amount: eur(minor),
            on,
        }),
        Body::AllocationRemoved(Removed {
            id: allocation_id(number),
        }),
        Body::OrderDescribed(Order {
            reference: number.to_string(),
            number: text.clone(),
            kind: OrderKind::Order,
            state: [OrderState::Open, OrderState::Accepted, OrderState::Invoiced][usize::from(seed % 3)],
            amount: eur(minor),
            on,
        }),
        Body::Delivered(Delivery {
            item,
            channel: Channel::Email,
            on,
            state: DeliveryState::Bounced,
            proof: seed.is_multiple_of(2),
            order_reference_missing: true,
        }),
        Body::StepDone(StepDone {
            action: action_id(number),
            items: vec![item, item_id(number + 1)],
            level: [Level::None, Level::Reminder1, Level::FormalNotice][usize::from(seed % 3)],
            kind: "message".into(),
            round: u16::from(seed % 2),
            on,
            channel: Channel::Letter,
            proof: true,
            deadline: Some(later),
            announced_costs: Some(eur(minor)),
        }),
        Body::RoundOpened(RoundOpened {
            item,
            round: u16::from(seed % 3),
            reason: text.clone(),
        }),
        Body::Contacted(Contact {
            id: number.to_string(),
            channel: Channel::Phone,
            outcome: Outcome::Promised,
            right_person: true,
            inbound: seed.is_multiple_of(2),
            unhandled: true,
            items: vec![item],
        }),
        Body::EvidenceRecorded(Evidence {
            criterion: Criterion::FinancialRoom,
            leaning: i16::from(seed) - 100,
        }),
        Body::SituationRecorded(Situation {
            code: format!("code {number}"),
            until: Some(later),
        }),
        Body::LegalStatusRecorded(LegalStatus {
            situation: LegalSituation::Bankruptcy,
            since: on,
            until: Some(later),
            source: text.clone(),
            file_claim_by: Some(later),
        }),
        Body::Promised(Promise {
            agreement,
            items: vec![item],
            amount: eur(minor),
            by: later,
        }),
        Body::PlanAgreed(Plan {
            agreement,
            items: vec![item],
            instalments: vec![Instalment {
                due: later,
                amount: eur(minor),
            }],
        }),
        Body::Disputed(Dispute {
            agreement,
            item,
            amount: eur(minor),
            cause: DisputeCause::Price,
            text: text.clone(),
        }),
        Body::Paused(Pause {
            agreement,
            item: Some(item),
            until: Some(later),
            reason: text.clone(),
        }),
        Body::Extended(Extension {
            agreement,
            items: vec![item],
            until: later,
        }),
        Body::AgreementEnded(AgreementEnd {
            agreement,
            reason: EndReason::SettledForCreditor,
        }),
        Body::Withheld(Withholding {
            agreement,
            item,
            amount: eur(minor),
            cause: WithheldCause::Factored,
            payee: Some(DebtorId(item.0)),
        }),
        Body::MandateUsed(Mandate {
            item,
            collection_day: later,
            return_code: "AM04".into(),
            returned_on: Some(later),
        }),
        Body::CreditReported(CreditReport {
            answer: ReportAnswer::Present,
            agency: text.clone(),
            failure_per_mille: Some(u16::from(seed)),
            advised_limit: Some(eur(minor)),
            worsened_by: -3,
            marks: vec!["late-filing".into()],
        }),
        Body::LimitSet(Limit {
            limit: Some(eur(minor)),
            insured: Some(eur(1)),
            reason: text.clone(),
        }),
        Body::HoldSet(Hold {
            held: seed.is_multiple_of(2),
            reason: text.clone(),
        }),
        Body::PayablesStated(Payables { amount: eur(minor) }),
        Body::CostMade(Cost {
            level: Level::HandOver,
            amount: eur(minor),
            what: text.clone(),
        }),
        Body::Complained(Complaint {
            id: number.to_string(),
            settled: seed.is_multiple_of(2),
        }),
        Body::CourtChanceEntered(CourtChance {
            per_mille: 700,
            basis: text.clone(),
        }),
        Body::Judged(Judgement {
            segment: format!("segment {}", seed % 3),
            willingness: Willingness::Cannot,
            verdict: (seed.is_multiple_of(2)).then_some(Verdict::Review),
            limit: Some(eur(minor)),
            hold: true,
            review_on: Some(later),
        }),
        Body::RegisterAsked(RegisterAnswer {
            register: format!("register {}", seed % 3),
            answer: [
                RegisterState::Nothing,
                RegisterState::Entry,
                RegisterState::NoAnswer,
            ][usize::from(seed % 3)],
        }),
        Body::GroupExposureStated(GroupExposure {
            open: (seed.is_multiple_of(2)).then_some(eur(minor)),
        }),
        Body::Inquired(Inquiry {
            service: "cir".into(),
            about: InquiredAbout::Insolvency,
            outcome: [InquiryOutcome::Answered, InquiryOutcome::Unavailable][usize::from(seed % 2)],
            detail: text,
            reference: number.to_string(),
        }),
    ]
}

fn debtor(text: &str, on: Day) -> DebtorDescription {
    DebtorDescription {
        reference: "1".into(),
        number: "D-1".into(),
        name: text.into(),
        kind: DebtorKind::SoleTrader,
        size: CompanySize::Micro,
        country: Country::from_code("NL"),
        sector: "4321".into(),
        language: "nl-NL".into(),
        language_source: LanguageSource::Stated,
        since: Some(on),
        group: Some("group".into()),
        payer: Some(DebtorId(item_id(9).0)),
        relation: Relation::Customer,
        traits: vec![("tier".into(), "gold".into())],
        reach: vec![Reach {
            channel: Channel::Email,
            address: "info@example.nl".into(),
            name: "A. de Boer".into(),
            role: ContactRole::Decider,
            branch: 0,
            preferred: true,
            consent: Consent::Given,
            right_person: true,
            failed: false,
        }],
        vat_number: "NL001234567B01".into(),
        registration: "12345678".into(),
    }
}

/// Every kind once, with a recorded and an assumed moment in turn.
pub(crate) fn facts() -> Vec<Fact> {
    let on = day("2026-03-01");
    let bodies = bodies(7, on).into_iter().enumerate();
    let facts = bodies.map(|(index, body)| {
        let moment = Moment(1_772_352_000_000_000 + i64::try_from(index).unwrap());
        let known = if index % 2 == 0 {
            Known::At(moment)
        } else {
            Known::Assumed(moment)
        };
        Fact {
            happened: on,
            known,
            body,
        }
    });
    facts.collect()
}
