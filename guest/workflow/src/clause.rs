//! The clause for contract and invoice, and the block for the newsletter, from the settings themselves:
//! what is announced is what happens.

use maan_policy::slots::Block;
use maan_policy::types::{Level, PerMille};

use crate::settings::{PaymentMethod, Settings, Step, Trigger, is_notice};

/// Words of the clause in one language. `{n}` stands for a number of days, `{m}` for the ways to pay.
struct Words {
    language: &'static str,
    term: &'static str,
    notice: &'static str,
    reminder: &'static str,
    call: &'static str,
    discount: &'static str,
    last: &'static str,
    hand_over: &'static str,
    law: &'static str,
    trouble: &'static str,
    methods: [&'static str; 4],
    newsletter_good: &'static str,
    newsletter_late: &'static str,
}

const WORDS: [Words; 4] = [
    Words {
        language: "nl",
        term: "Betaal uiterlijk {n} dagen na de factuurdatum, bij voorkeur per {m}.",
        notice: "Wij sturen {n} dagen voor de vervaldag een bericht vooraf.",
        reminder: "Is de factuur dan niet betaald, dan volgt {n} dagen na de vervaldag een herinnering.",
        call: "Is de factuur dan niet betaald, dan bellen wij u {n} dagen na de vervaldag.",
        discount: "Bij betaling binnen {n} dagen na de factuurdatum kunnen wij u {s} korting aanbieden.",
        last: "Daarna volgt een laatste aanmaning met een termijn van {n} dagen.",
        hand_over: "Blijft betaling uit, dan dragen wij de vordering over.",
        law: "Wettelijke rente en incassokosten brengen wij alleen in rekening voor zover de wet dat toestaat.",
        trouble: "Lukt betalen niet op tijd, neem dan voor de vervaldag contact op; dan zoeken wij samen een oplossing.",
        methods: ["overschrijving", "automatische incasso", "betaallink", "kaart"],
        newsletter_good: "Op tijd betalen houdt de kosten voor iedereen laag. Onze betaaltermijn is {n} dagen. Ziet u een betaling aankomen die niet lukt? Laat het ons weten voordat de factuur vervalt.",
        newsletter_late: "Late betalingen kosten iedereen tijd en geld. Onze betaaltermijn is {n} dagen. Lukt betalen niet in een keer? Vraag ons op tijd om een regeling.",
    },
    Words {
        language: "en",
        term: "Please pay within {n} days of the date of the invoice, preferably by {m}.",
        notice: "We send a notice {n} days before the due date.",
        reminder: "If the invoice is not paid then, a reminder follows {n} days after the due date.",
        call: "If the invoice is not paid then, we call you {n} days after the due date.",
        discount: "For payment within {n} days of the date of the invoice we may offer you {s} off.",
        last: "After that comes a last reminder, with {n} days to pay.",
        hand_over: "If payment still fails to come, we hand the claim over for collection.",
        law: "Statutory interest and collection costs are charged only as far as the law allows.",
        trouble: "If you cannot pay in time, contact us before the due date, and we look for a solution together.",
        methods: ["bank transfer", "direct debit", "payment link", "card"],
        newsletter_good: "Paying in time keeps costs low for everyone. Our term is {n} days. Do you see a payment coming that will be hard? Tell us before the invoice is due.",
        newsletter_late: "Late payments cost everyone time and money. Our term is {n} days. Is paying at once too much? Ask us for a plan in time.",
    },
    Words {
        language: "de",
        term: "Bitte zahlen Sie innerhalb von {n} Tagen ab Rechnungsdatum, am liebsten per {m}.",
        notice: "Wir senden {n} Tage vor Fälligkeit einen Hinweis.",
        reminder: "Ist die Rechnung dann nicht bezahlt, folgt {n} Tage nach Fälligkeit eine Zahlungserinnerung.",
        call: "Ist die Rechnung dann nicht bezahlt, rufen wir Sie {n} Tage nach Fälligkeit an.",
        discount: "Bei Zahlung innerhalb von {n} Tagen ab Rechnungsdatum können wir Ihnen {s} Skonto anbieten.",
        last: "Danach folgt eine letzte Mahnung mit einer Frist von {n} Tagen.",
        hand_over: "Bleibt die Zahlung aus, übergeben wir die Forderung zum Einzug.",
        law: "Gesetzliche Zinsen und Kosten berechnen wir nur, soweit das Gesetz es erlaubt.",
        trouble: "Können Sie nicht rechtzeitig zahlen, melden Sie sich vor Fälligkeit; wir suchen gemeinsam eine Lösung.",
        methods: ["Überweisung", "Lastschrift", "Zahlungslink", "Karte"],
        newsletter_good: "Pünktliche Zahlung hält die Kosten für alle niedrig. Unsere Frist beträgt {n} Tage. Wird eine Zahlung schwierig? Sagen Sie es uns vor der Fälligkeit.",
        newsletter_late: "Späte Zahlungen kosten alle Zeit und Geld. Unsere Frist beträgt {n} Tage. Ist alles auf einmal zu viel? Fragen Sie uns rechtzeitig nach Raten.",
    },
    Words {
        language: "fr",
        term: "Merci de payer dans les {n} jours de la date de facture, de préférence par {m}.",
        notice: "Nous envoyons un avis {n} jours avant l'échéance.",
        reminder: "Si la facture n'est pas payée, un rappel suit {n} jours après l'échéance.",
        call: "Si la facture n'est pas payée, nous vous appelons {n} jours après l'échéance.",
        discount: "Pour un paiement dans les {n} jours de la date de facture, nous pouvons vous offrir {s} d'escompte.",
        last: "Vient ensuite un dernier rappel, avec un délai de {n} jours.",
        hand_over: "À défaut de paiement, nous transmettons la créance au recouvrement.",
        law: "Les intérêts légaux et les frais ne sont comptés que dans la mesure permise par la loi.",
        trouble: "Si vous ne pouvez pas payer à temps, contactez-nous avant l'échéance : nous chercherons une solution ensemble.",
        methods: ["virement", "domiciliation", "lien de paiement", "carte"],
        newsletter_good: "Payer à temps limite les frais pour tous. Notre délai est de {n} jours. Un paiement s'annonce difficile ? Dites-le-nous avant l'échéance.",
        newsletter_late: "Les retards de paiement coûtent du temps et de l'argent à tous. Notre délai est de {n} jours. Tout payer d'un coup est trop ? Demandez-nous un plan à temps.",
    },
];

/// English where a language is not spoken.
fn words(language: &str) -> &'static Words {
    let primary = language.split('-').next().unwrap_or_default();
    let [_, english, _, _] = &WORDS;
    WORDS
        .iter()
        .find(|words| words.language.eq_ignore_ascii_case(primary))
        .unwrap_or(english)
}

fn days(text: &str, days: u16) -> String {
    text.replace("{n}", &days.to_string())
}

/// The clause: only steps that the flow has.
pub(crate) fn terms(settings: &Settings, language: &str) -> Block {
    let words = words(language);
    let methods: Vec<_> = settings
        .clause
        .payment_methods
        .iter()
        .map(|&method| name(words, method))
        .collect();
    let mut sentences = vec![days(words.term, settings.clause.term_days).replace("{m}", &methods.join(", "))];
    let first = |fits: fn(&Step) -> bool| settings.steps.iter().find(|step| fits(step));
    if let Some(Trigger::BeforeDue(before)) = first(|step| is_notice(step.level)).map(|step| step.when) {
        sentences.push(days(words.notice, before));
    }
    let discount = &settings.discount;
    if discount.share > 0 {
        let offered = days(words.discount, discount.within_days);
        sentences.push(offered.replace("{s}", &percent(discount.share, words.language)));
    }
    if let Some(step) = first(|step| !is_notice(step.level) && step.skip_from.is_none())
        && let Trigger::AfterDue(after) = step.when
    {
        let calls = matches!(step.level, Level::Call1 | Level::Call2);
        sentences.push(days(if calls { words.call } else { words.reminder }, after));
    }
    if let Some(last) = first(|step| matches!(step.level, Level::LastReminder | Level::FormalNotice)) {
        sentences.push(days(
            words.last,
            last.deadline_days.unwrap_or(settings.formal_notice.deadline_days),
        ));
    }
    if first(|step| step.level == Level::HandOver).is_some() {
        sentences.push(words.hand_over.into());
    }
    sentences.push(words.law.into());
    sentences.push(words.trouble.into());
    Block {
        language: words.language.into(),
        text: sentences.join(" "),
    }
}

/// A share as people write it: "2%", "2,5%".
fn percent(share: PerMille, language: &str) -> String {
    let point = if language == "en" { '.' } else { ',' };
    match (share / 10, share % 10) {
        (whole, 0) => format!("{whole}%"),
        (whole, part) => format!("{whole}{point}{part}%"),
    }
}

/// A block for the newsletter. Who pays late reads of plans, others of telling in time.
pub(crate) fn newsletter(settings: &Settings, language: &str, segment: &str) -> Block {
    let words = words(language);
    let late = matches!(
        segment,
        "frequent-late" | "slow-payer" | "cannot-pay" | "will-not-pay"
    );
    let text = if late {
        words.newsletter_late
    } else {
        words.newsletter_good
    };
    Block {
        language: words.language.into(),
        text: days(text, settings.clause.term_days),
    }
}

fn name(words: &Words, method: PaymentMethod) -> &'static str {
    let [transfer, debit, link, card] = words.methods;
    match method {
        PaymentMethod::BankTransfer => transfer,
        PaymentMethod::DirectDebit => debit,
        PaymentMethod::PaymentLink => link,
        PaymentMethod::Card => card,
    }
}
