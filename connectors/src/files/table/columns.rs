//! What the columns of a table mean.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::forms::{DateOrder, DecimalSign};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $($header:literal)*;)*) => {
        /// What a column can hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Field {
            $($(#[$doc])* $name,)*
        }

        impl Field {
            /// All fields.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word for it: the header that an export writes.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// Headers that other programs write, in Dutch, English, German and French.
            fn headers(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($header),*],)* }
            }
        }
    };
}

fields! {
    /// Customer number.
    DebtorNumber = "debtor-number":
        "klantnummer" "klantnr" "klantcode" "debiteurnummer" "debiteurnr" "debiteurennummer" "debiteur nr" "relatienummer"
        "relatiecode" "customer number" "customer no" "customer id" "client number" "account number" "customer code"
        "debtor number" "kundennummer" "kunden nr" "kundennr" "debitor" "debitorennummer" "numéro client"
        "numero client" "code client" "n client";
    /// Name of the customer.
    DebtorName = "debtor-name":
        "klant" "klantnaam" "debiteur" "debiteurnaam" "relatie" "relatienaam" "bedrijfsnaam" "naam" "customer"
        "customer name" "client" "client name" "company" "company name" "name" "debtor" "debtor name" "kunde"
        "kundenname" "firma" "name des kunden" "nom" "nom client" "nom du client" "raison sociale" "contact name";
    /// Kind of the customer.
    DebtorKind = "debtor-kind": "soort klant" "klantsoort" "type klant" "customer type" "kundentyp" "type de client";
    /// Country.
    Country = "country": "land" "landcode" "country code" "ländercode" "pays" "code pays";
    /// Language.
    Language = "language": "taal" "taalcode" "sprache" "langue";
    /// Name of a contact.
    Contact = "contact": "contactpersoon" "contact person" "ansprechpartner" "personne de contact" "t a v" "attention";
    /// E-mail address.
    Email = "email": "e mail" "emailadres" "e mailadres" "mail" "email address" "e mail adresse" "courriel";
    /// Telephone number.
    Phone = "phone": "telefoon" "telefoonnummer" "tel" "telephone" "phone number" "telefon" "téléphone" "mobiel";
    /// Street and number.
    Street = "street": "adres" "straat" "address" "adresse" "strasse" "straße" "rue" "address line 1" "address1";
    /// Postal code.
    PostalCode = "postal-code": "postcode" "zip" "zip code" "zipcode" "plz" "postleitzahl" "code postal";
    /// Town.
    City = "city": "plaats" "woonplaats" "stad" "town" "ort" "stadt" "ville";
    /// VAT number.
    VatNumber = "vat-number": "btw nummer" "btwnummer" "btw nr" "vat" "vat no" "vat id" "tax number" "ust id" "ust idnr"
        "numéro tva" "numero tva" "n tva" "tva";
    /// Number in the trade register.
    Registration = "registration": "kvk" "kvk nummer" "kvknummer" "ondernemingsnummer" "kbo" "company number"
        "chamber of commerce" "registration number" "handelsregisternummer" "siret" "siren";
    /// Bank account.
    Account = "iban": "rekeningnummer" "bankrekening" "bankrekeningnummer" "bank account" "kontonummer" "compte bancaire";
    /// Credit limit.
    CreditLimit = "credit-limit": "kredietlimiet" "limiet" "kreditlimit" "limite de crédit";
    /// Term in days.
    TermDays = "term-days": "betaaltermijn" "betalingstermijn" "krediettermijn" "payment term" "payment terms" "terms"
        "zahlungsziel" "délai de paiement";
    /// Number of the invoice.
    InvoiceNumber = "invoice-number": "factuurnummer" "factuurnr" "factuur nr" "factuur" "invoice" "invoice no"
        "invoice number" "invoice id" "invoice nr" "document number" "document no" "documentnummer" "boekstuk"
        "boekstuknummer" "rechnungsnummer" "rechnungsnr" "rechnung" "belegnummer" "numéro de facture" "numero facture"
        "n facture" "facture";
    /// Date of the invoice.
    InvoiceDate = "invoice-date": "factuurdatum" "datum" "date" "invoice date" "document date" "issue date"
        "boekdatum" "rechnungsdatum" "belegdatum" "date facture" "date de facture";
    /// Last day to pay.
    DueDate = "due-date": "vervaldatum" "vervaldag" "due" "due date" "uiterste betaaldatum" "betalen voor"
        "fälligkeit" "fälligkeitsdatum" "fällig am" "échéance" "date d échéance" "date echeance";
    /// Amount, VAT included.
    Amount = "amount": "bedrag" "factuurbedrag" "totaal" "totaalbedrag" "bedrag incl btw" "totaal incl btw" "total"
        "invoice amount" "total amount" "amount incl vat" "gross amount" "original amount" "betrag" "rechnungsbetrag"
        "bruttobetrag" "montant" "montant ttc" "total ttc";
    /// What is still open.
    OpenAmount = "open-amount": "openstaand" "openstaand bedrag" "open" "open bedrag" "saldo" "restant" "nog te betalen"
        "outstanding" "outstanding amount" "open amount" "balance" "amount due" "balance due" "remaining amount"
        "offen" "offener betrag" "restbetrag" "solde" "reste à payer" "montant restant" "restant dû";
    /// What was paid.
    PaidAmount = "paid-amount": "betaald" "betaald bedrag" "paid" "amount paid" "bezahlt" "payé" "montant payé";
    /// Currency.
    Currency = "currency": "valuta" "munt" "muntsoort" "currency code" "währung" "devise";
    /// Reference that the debtor pays with.
    PaymentReference = "payment-reference": "betalingskenmerk" "betaalreferentie" "gestructureerde mededeling" "ogm"
        "structured reference" "zahlungsreferenz" "communication structurée" "référence de paiement";
    /// The debtor's order reference.
    OrderReference = "order-reference": "uw referentie" "uw kenmerk" "inkoopordernummer" "ordernummer" "po number"
        "your reference" "order number" "bestellnummer" "ihre referenz" "référence commande" "votre référence";
    /// Number of the invoice that a credit note corrects.
    Corrects = "corrects": "creditering van" "credit van" "corrects invoice";
    /// What was done: a level, call, promise, instalment, dispute, pause.
    Event = "event": "gebeurtenis" "actie" "laatste actie" "laatste herinnering" "herinneringsniveau" "aanmaningsniveau"
        "niveau" "status aanmaning" "stap" "action" "last action" "level" "dunning level" "reminder level"
        "last reminder" "step" "mahnstufe" "letzte mahnung" "niveau de relance" "dernière relance" "relance";
    /// When it was done.
    EventDate = "event-date": "datum actie" "actiedatum" "datum herinnering" "herinneringsdatum" "laatste herinnering op"
        "datum laatste herinnering" "action date" "reminder date" "last reminder date" "sent on" "mahndatum"
        "letzte mahnung am" "date de relance" "date dernière relance";
    /// Over which channel.
    Channel = "channel": "kanaal" "verzendwijze" "via" "verzonden per" "sent by" "versandart" "canal";
    /// Whether there is proof of delivery.
    Proof = "proof": "bewijs" "bewijs van ontvangst" "ontvangstbewijs" "proof of delivery" "nachweis"
        "zustellnachweis" "preuve" "preuve de réception";
    /// Last day of a promise, a letter's term, an instalment or a pause.
    Until = "until": "tot" "tot en met" "uiterlijk" "toegezegd op" "betaalbelofte" "termijn tot" "deadline"
        "promised for" "promise date" "bis" "frist" "jusqu au" "promis pour le";
    /// Amount of a promise, instalment, dispute, or announced costs.
    EventAmount = "event-amount": "toegezegd bedrag" "termijnbedrag" "aangekondigde kosten" "incassokosten"
        "promised amount" "instalment amount" "announced costs" "kosten" "ratenbetrag" "montant promis";
    /// Tells several plans apart.
    Plan = "plan": "regeling" "betalingsregeling" "plan number" "payment plan" "ratenplan" "échéancier";
    /// In words.
    Text = "text": "opmerking" "omschrijving" "toelichting" "reden" "notitie" "remark" "comment" "note" "reason"
        "description" "bemerkung" "grund" "remarque" "motif";
}

impl Field {
    /// The field of a word, as an answer names it.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.word() == word)
    }

    pub(super) fn is_amount(self) -> bool {
        matches!(
            self,
            Self::Amount | Self::OpenAmount | Self::PaidAmount | Self::CreditLimit | Self::EventAmount
        )
    }

    pub(super) fn is_date(self) -> bool {
        matches!(
            self,
            Self::InvoiceDate | Self::DueDate | Self::EventDate | Self::Until
        )
    }
}

/// How a table is to be read: kept per administration for the next table with the same headers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// What each header stands for; a header that is not here is left out.
    pub columns: BTreeMap<String, Field>,
    /// How amounts are written.
    #[serde(default)]
    pub decimal_sign: Option<DecimalSign>,
    /// How dates are written.
    #[serde(default)]
    pub date_order: Option<DateOrder>,
}

/// What a person answered for this import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Columns by header; none to leave it out.
    pub columns: BTreeMap<String, Option<Field>>,
    /// How amounts are written.
    pub decimal_sign: Option<DecimalSign>,
    /// How dates are written.
    pub date_order: Option<DateOrder>,
}

/// What the headers of a table mean, as far as they are known; each field once.
pub(super) fn guessed(headers: &[String]) -> BTreeMap<String, Field> {
    let mut found = BTreeMap::new();
    for field in Field::ALL {
        let is = |header: &&String| {
            let plain = plain(header);
            plain == self::plain(field.word())
                || field.headers().iter().any(|known| self::plain(known) == plain)
        };
        // the field's own word leads
        let own = headers.iter().find(|header| plain(header) == plain_word(*field));
        let taken = |header: &&String| found.contains_key(header.as_str());
        if let Some(header) = own.or_else(|| headers.iter().filter(is).find(|header| !taken(header))) {
            found.insert(header.clone(), *field);
        }
    }
    found
}

fn plain_word(field: Field) -> String {
    plain(field.word())
}

/// Letters and digits in lower case, one space between words.
pub(super) fn plain(text: &str) -> String {
    let spaced: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names the headers of a table, whatever is in it.
pub(super) fn fingerprint(headers: &[String]) -> String {
    use sha2::{Digest, Sha256};
    let plain: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let digest = Sha256::digest(plain.join("\u{1f}").as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
