//! Names, streets and towns from which fictional debtors are made.

/// Given names.
pub(super) const FIRST: &[&str] = &[
    "Anna", "Bram", "Carla", "Daan", "Els", "Fatima", "Gijs", "Hanne", "Ilse", "Jan", "Karim", "Lotte",
    "Maarten", "Nina", "Omar", "Petra", "Quinten", "Roos", "Sander", "Tess", "Umut", "Vera", "Wout",
    "Yasmin", "Zoë", "Joris", "Marieke", "Pieter", "Sofie", "Thijs", "Lies", "Koen",
];

/// Family names of the Netherlands.
pub(super) const LAST_NL: &[&str] = &[
    "de Vries",
    "Jansen",
    "van Dijk",
    "Bakker",
    "Visser",
    "Smit",
    "Meijer",
    "de Boer",
    "Mulder",
    "de Groot",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "van Leeuwen",
    "Dekker",
    "Brouwer",
    "de Wit",
    "Dijkstra",
    "Kok",
    "Jacobs",
    "Vermeulen",
    "van der Veen",
    "van den Berg",
    "Schouten",
    "Willems",
    "Hoekstra",
    "Koster",
    "Prins",
    "Huisman",
];

/// Family names of Belgium.
pub(super) const LAST_BE: &[&str] = &[
    "Peeters",
    "Janssens",
    "Maes",
    "Jacobs",
    "Mertens",
    "Willems",
    "Claes",
    "Goossens",
    "Wouters",
    "De Smet",
    "Dubois",
    "Lambert",
    "Dupont",
    "Martin",
    "Simon",
    "Laurent",
    "Leroy",
    "Vermeulen",
    "De Clercq",
    "Van Damme",
    "Aerts",
    "Hermans",
    "Michiels",
    "Segers",
    "Baert",
];

/// What a business does, as the first word of its name.
pub(super) const TRADE: &[&str] = &[
    "Bakkerij",
    "Bouwbedrijf",
    "Garage",
    "Schildersbedrijf",
    "Installatiebureau",
    "Hoveniersbedrijf",
    "Drukkerij",
    "Transport",
    "Loodgieter",
    "Timmerfabriek",
    "Webbureau",
    "Adviesbureau",
    "Bloemenhandel",
    "Slagerij",
    "Kwekerij",
    "Schoonmaak",
    "Architecten",
    "Fietsenwinkel",
    "Meubelmakerij",
    "Groothandel",
    "Tandtechniek",
    "Fysiotherapie",
    "Traiteur",
    "Metaalbewerking",
    "Elektro",
    "Dakdekkers",
    "Keukens",
    "Uitzendbureau",
    "Makelaardij",
    "Zeilmakerij",
];

/// Invented groups with branches in many countries.
pub(super) const GROUP: &[&str] = &[
    "Norvanta",
    "Helixor",
    "Brightmoor",
    "Castellan",
    "Ostrava Pacific",
    "Veldhaven",
    "Lumeris",
    "Quantorra",
    "Atlasgate",
    "Meridion",
    "Polarwerk",
    "Sundquist",
    "Trellborg",
    "Ardenor",
    "Kestrelle",
    "Zentavo",
];

/// What a group's branch does.
pub(super) const BRANCH: &[&str] = &[
    "Logistics",
    "Energy",
    "Foods",
    "Chemicals",
    "Services",
    "Systems",
    "Retail",
    "Pharma",
];

/// Streets.
pub(super) const STREET: &[&str] = &[
    "Kerkstraat",
    "Dorpsstraat",
    "Molenweg",
    "Stationsstraat",
    "Nieuwstraat",
    "Industrieweg",
    "Havenstraat",
    "Lindelaan",
    "Beukenlaan",
    "Marktplein",
    "Schoolstraat",
    "Veldweg",
    "Wilgenlaan",
    "Kanaalkade",
    "Ambachtstraat",
    "Dijkweg",
];

/// Dutch towns with the first four digits of a postcode.
pub(super) const TOWN_NL: &[(&str, u32)] = &[
    ("Amsterdam", 1012),
    ("Utrecht", 3511),
    ("Rotterdam", 3011),
    ("Den Haag", 2511),
    ("Eindhoven", 5611),
    ("Groningen", 9711),
    ("Tilburg", 5011),
    ("Zwolle", 8011),
    ("Arnhem", 6811),
    ("Breda", 4811),
    ("Nijmegen", 6511),
    ("Leeuwarden", 8911),
    ("Maastricht", 6211),
    ("Middelburg", 4331),
    ("Amersfoort", 3811),
    ("Hoorn", 1621),
];

/// Belgian towns with their postcode.
pub(super) const TOWN_BE: &[(&str, u32)] = &[
    ("Antwerpen", 2000),
    ("Gent", 9000),
    ("Brugge", 8000),
    ("Leuven", 3000),
    ("Mechelen", 2800),
    ("Hasselt", 3500),
    ("Kortrijk", 8500),
    ("Aalst", 9300),
    ("Brussel", 1000),
    ("Namur", 5000),
    ("Liège", 4000),
    ("Oostende", 8400),
];

/// What is invoiced.
pub(super) const WORK: &[&str] = &[
    "Onderhoud",
    "Levering materialen",
    "Advies",
    "Abonnement",
    "Montage",
    "Maandelijkse dienstverlening",
    "Reparatie",
    "Ontwerp",
    "Projecturen",
    "Voorrijkosten en arbeid",
];

/// Why a debtor disputes an invoice.
pub(super) const COMPLAINT: &[&str] = &[
    "Klant betwist de factuur: een deel van de levering ontbreekt.",
    "Klant betwist de factuur: het uurtarief wijkt af van de offerte.",
    "Klant betwist de factuur: de reparatie is niet goed uitgevoerd.",
    "Klant betwist de factuur: bestelnummer ontbreekt, factuur is geweigerd.",
];
