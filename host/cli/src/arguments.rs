//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use maan_ledger::{Day, Outcome};
use url::Url;

const EXIT_CODES: &str = "Exit codes: 0 done · 1 failed, nothing half done · 2 wrong use · 3 not found · \
4 a person must act first · 5 try again later · 6 a check found a difference · 130 stopped, run again to continue";

/// Follow up unpaid invoices on top of the accounting platform, by rules that the business owns.
#[derive(Debug, Parser)]
#[command(name = "maan", version, after_help = EXIT_CODES, propagate_version = true)]
pub(crate) struct Arguments {
    /// Folder of this installation: database, keys, compiled policies, `maan.toml`.
    #[arg(long, env = "MAAN_DATA", global = true, default_value = "maan-data")]
    pub(crate) data: PathBuf,
    /// Database, `sqlite:PATH` or `postgres://…`; overrides `maan.toml`.
    #[arg(long, env = "MAAN_DATABASE", global = true, hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// Administration, by name or id; not needed where there is one.
    #[arg(long, short = 'a', env = "MAAN_ADMINISTRATION", global = true)]
    pub(crate) administration: Option<String>,
    /// Moment to act as if it were now (RFC 3339), to try things out; the machine's clock when absent.
    #[arg(long, env = "MAAN_AT", global = true)]
    pub(crate) at: Option<String>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Connect an administration on an accounting platform.
    Connect(Connect),
    /// How the connections with platforms are doing, and what to do about it.
    Connections,
    /// End the connection of an administration: its consent on the platform, and the tokens here. What was read stays.
    Disconnect(Disconnect),
    /// Read what changed on the platform.
    Sync,
    /// Take the messages of the platforms (webhooks): what changed there is read within seconds.
    Listen(Listen),
    /// Take in files: UBL invoices, audit files (XAF 3.2), bank statements (CAMT.053), CSV, Excel, or an export.
    Import(Import),
    /// Write everything of the administration into a folder that `maan import` reads again.
    Export(Export),
    /// Decide for every debtor whose facts changed or whose next look has come, then send what may leave.
    Run(Run),
    /// Look again at what is ready to leave, and send it.
    Send,
    /// What waits for a person.
    Worklist(Worklist),
    /// Show the words of a message or letter as it reads today, to post it for example.
    Text(Text),
    /// Approve actions: they go to the outbox.
    Approve(Approve),
    /// Reject actions, with a reason.
    Reject(Reject),
    /// Say that a person did what an action asked: `maan done 3f2a --outcome reached`, `maan done 9c41 --proof`.
    Done(Done),
    /// Record what a debtor promised who called or wrote without being asked: `maan promise 1042 --on 2026-12-15`.
    Promise(Promise),
    /// Say of actions that may or may not have left whether they did.
    Resolve(Resolve),
    /// What happens with a debtor, why, why not something else, and what would change it.
    Explain(Explain),
    /// Record a legal situation of a debtor, or its end: `maan legal 1042 bankruptcy --since 2026-11-24`.
    Legal(Legal),
    /// Record what a public register answered; formal steps wait for it: `maan register 1042 cir nothing`.
    Register(Register),
    /// Run decisions again and compare every byte.
    Replay(Replay),
    /// Show what the administration settled about its follow-up, or change it: `maan settings iban=NL91ABNA0417164300`.
    Settings(Settings),
    /// Credit bureaux and registers: which are asked, for what price, within which budget.
    #[command(subcommand)]
    CreditInformation(CreditInformation),
    /// Order the credit reports that are approved, and ask the registers before formal steps; `maan run` does so too.
    Reports,
    /// Policy components: install, use, list, test.
    #[command(subcommand)]
    Policy(Policy),
    /// What the law lets charge on one overdue debt: costs, lump sum, interest, with articles.
    Charges(Charges),
    /// The whole main job on a practice administration.
    Demo(Demo),
    /// Serve a practice administration to try things on: Moneybird's API, a living portfolio, a local mailbox.
    Practice(Practice),
    /// Compile a policy component from standard input (the host calls this in a child process).
    #[command(hide = true)]
    CompileComponent,
}

/// Connect.
#[derive(Debug, clap::Args)]
pub(crate) struct Connect {
    /// Platform, such as moneybird or exact-online; another word lists all.
    pub(crate) platform: String,
    /// Client id that the platform gave to this installation; not for platforms that take a key.
    #[arg(long, env = "MAAN_CLIENT_ID")]
    pub(crate) client_id: Option<String>,
    /// File with the client secret.
    #[arg(long, env = "MAAN_CLIENT_SECRET_FILE")]
    pub(crate) client_secret_file: Option<PathBuf>,
    /// File with the key that a person made on the platform, where it takes one. Without it the key is taken from the
    /// variable MAAN_KEY, or else read from standard input.
    #[arg(long, env = "MAAN_KEY_FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// What else the platform has to be told, such as a database or tenant; a missing one is named.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) with: Vec<String>,
    /// Base address of the platform; its own when absent, a practice administration's otherwise.
    #[arg(long, env = "MAAN_PLATFORM_URL")]
    pub(crate) url: Option<String>,
    /// Name or id of the administration on the platform; asked for when there are several.
    #[arg(long)]
    pub(crate) choose: Option<String>,
    /// Preset of the workflow: strict or process.
    #[arg(long, default_value = "process")]
    pub(crate) preset: String,
    /// Do not open a page or listen: print the address, and read the redirected address from standard input.
    #[arg(long)]
    pub(crate) by_hand: bool,
}

/// Listen.
#[derive(Debug, clap::Args)]
#[command(after_long_help = LISTEN_SETUP)]
pub(crate) struct Listen {
    /// Address and port on which this machine listens, for the web server in front of it.
    #[arg(long, env = "MAAN_LISTEN", default_value = "127.0.0.1:8312")]
    pub(crate) address: SocketAddr,
    /// Address below which the platforms reach it, such as https://example.com/hooks; the web server there passes on what
    /// comes below it.
    #[arg(long, env = "MAAN_PUBLIC", value_name = "URL")]
    pub(crate) public: Url,
    /// File with the secret with which a platform signs its messages, such as xero=/etc/maan/xero-webhooks, for platforms
    /// that show it to a person; `-` instead of a file reads it from standard input. Needed once: it is kept sealed.
    #[arg(long, value_name = "PLATFORM=FILE")]
    pub(crate) secret_file: Vec<String>,
    /// After how many minutes each connection is read besides, as messages may be lost and some platforms send none.
    #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=1_440))]
    pub(crate) every: u64,
}

const LISTEN_SETUP: &str = "\
It listens for all administrations, or for the one chosen with -a, until it is stopped, and looks after connections that \
are made or ended meanwhile. Where the platform allows it, it asks for messages by itself and renews that in time; where a \
person has to enter an address on the platform, it says which and what to do there. Each connection has an address that \
nobody can guess, and a message is only believed with its signature. It speaks plain HTTP: TLS is the task of the web \
server in front of it, such as nginx or Caddy, which alone should reach --address. Only the last step of an address counts, \
so that server may cut off what is before it. `maan run` may run at the same time; it decides and sends, which listening \
does not. With --json each thing that happens is an object on a line of its own.";

/// Disconnect.
#[derive(Debug, clap::Args)]
pub(crate) struct Disconnect {
    /// Name or id of the administration.
    #[arg(value_name = "ADMINISTRATION")]
    pub(crate) named: String,
}

/// Import.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// Files, folders and zip archives; what they are is told by their content.
    #[arg(value_name = "FILE", required_unless_present = "allocate")]
    pub(crate) files: Vec<PathBuf>,
    /// Say what would be taken in, and take in nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Make a new administration of this name, with the default policies.
    #[arg(long, value_name = "NAME")]
    pub(crate) new: Option<String>,
    /// Country of the new administration: NL, BE, DE, FR, LU or GB.
    #[arg(long, value_name = "CODE", default_value = "NL")]
    pub(crate) country: String,
    /// Currency of its books; that of the country when absent.
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,
    /// Preset of its workflow.
    #[arg(long, default_value = "process")]
    pub(crate) preset: String,
    /// What a column of a table holds, such as `Relatie=debtor-name`; nothing after `=` leaves it out. Remembered for
    /// tables with the same headers.
    #[arg(long, value_name = "HEADER=FIELD")]
    pub(crate) column: Vec<String>,
    /// How amounts in a table are written: comma or point before the decimals.
    #[arg(long, value_name = "SIGN")]
    pub(crate) decimals: Option<String>,
    /// How dates in a table are written: day-first, month-first or year-first.
    #[arg(long, value_name = "ORDER")]
    pub(crate) dates: Option<String>,
    /// The files list everything that is open: what earlier files brought and these do not name is open no more.
    #[arg(long)]
    pub(crate) complete: bool,
    /// For whom a payment is that was not certain: the beginning of its id, and an invoice or customer.
    #[arg(long, value_name = "PAYMENT=INVOICE")]
    pub(crate) allocate: Vec<String>,
}

/// Export.
#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// An empty folder, or one to be made.
    pub(crate) folder: PathBuf,
}

/// Run.
#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// Decide only; send nothing.
    #[arg(long)]
    pub(crate) no_send: bool,
    /// Do not read the platform first.
    #[arg(long)]
    pub(crate) no_sync: bool,
}

/// Worklist.
#[derive(Debug, clap::Args)]
pub(crate) struct Worklist {
    /// How many at most.
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
    /// Show actions in every state, not only those that wait for a person.
    #[arg(long)]
    pub(crate) all: bool,
}

/// The words of an action.
#[derive(Debug, clap::Args)]
pub(crate) struct Text {
    /// Id from the worklist; the first characters are enough.
    pub(crate) action: String,
}

/// Approve.
#[derive(Debug, clap::Args)]
pub(crate) struct Approve {
    /// Ids from the worklist; the first characters are enough.
    #[arg(required_unless_present = "all")]
    pub(crate) actions: Vec<String>,
    /// Everything that waits for approval, and all messages that failed: they are tried again.
    #[arg(long, conflicts_with = "actions")]
    pub(crate) all: bool,
    /// Who approves.
    #[arg(long, env = "USER", default_value = "somebody")]
    pub(crate) who: String,
}

/// Reject.
#[derive(Debug, clap::Args)]
pub(crate) struct Reject {
    /// Ids from the worklist; the first characters are enough.
    #[arg(required = true)]
    pub(crate) actions: Vec<String>,
    /// Why.
    #[arg(long)]
    pub(crate) reason: String,
    /// Who rejects.
    #[arg(long, env = "USER", default_value = "somebody")]
    pub(crate) who: String,
}

/// Done.
#[derive(Debug, clap::Args)]
pub(crate) struct Done {
    /// Id from the worklist; the first characters are enough.
    pub(crate) action: String,
    /// What came of a call: no-answer, voicemail, third-party, reached, promised, disputes, cannot-pay, will-not-pay,
    /// not-received, paid-already, asks-plan, asks-copy, wrong-person, debt-help or other.
    #[arg(long, value_parser = outcome)]
    pub(crate) outcome: Option<Outcome>,
    /// With the outcome `promised`: until when the debtor pays. Until then nothing is asked of the invoices; once it is
    /// paid the debtor is thanked, and if it is not, the next step follows at once.
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Day>,
    /// With the outcome `promised`: how much, such as 250.00; everything due of the invoices when absent.
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) amount: Option<String>,
    /// With the outcome `promised`: for which invoices, by number, with commas between; those of the call when absent.
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    pub(crate) items: Vec<String>,
    /// There is proof that the letter was posted or arrived. A registered letter proves it by itself.
    #[arg(long)]
    pub(crate) proof: bool,
    /// Who did it.
    #[arg(long, env = "USER", default_value = "somebody")]
    pub(crate) who: String,
}

fn outcome(word: &str) -> Result<Outcome, String> {
    let named = serde_json::from_value(serde_json::Value::String(word.to_owned()));
    named.map_err(|_| "it is no outcome of a call; see `maan done --help`".to_owned())
}

/// A promise to pay.
#[derive(Debug, clap::Args)]
pub(crate) struct Promise {
    /// Customer number, platform id, id or part of the name.
    pub(crate) debtor: String,
    /// Until when the debtor pays: today or later, and no further ahead than the setting longest_promise_days allows.
    /// Until then nothing is asked of the invoices; once it is paid the debtor is thanked, and if it is not, the next
    /// step follows at once.
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Day,
    /// How much, such as 250.00; everything due of the invoices when absent.
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) amount: Option<String>,
    /// For which invoices, by number, with commas between; when absent everything overdue, or all that is open where
    /// nothing is overdue.
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    pub(crate) items: Vec<String>,
}

/// Resolve.
#[derive(Debug, clap::Args)]
pub(crate) struct Resolve {
    /// Ids from the worklist, in state unknown; the first characters are enough.
    #[arg(required = true)]
    pub(crate) actions: Vec<String>,
    /// The messages left: the mail server's log has them.
    #[arg(long, conflicts_with = "not_sent", required_unless_present = "not_sent")]
    pub(crate) sent: bool,
    /// The messages did not leave: they go back to the outbox.
    #[arg(long)]
    pub(crate) not_sent: bool,
    /// Who found out.
    #[arg(long, env = "USER", default_value = "somebody")]
    pub(crate) who: String,
}

/// Explain.
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXPLAIN_ANSWER)]
pub(crate) struct Explain {
    /// Customer number, platform id, id or part of the name.
    pub(crate) debtor: String,
}

const EXPLAIN_ANSWER: &str = "\
The policies decide again, about the facts as they are now and about changes that are only imagined: the smallest \
payment that changes something (to the cent), a later day with nothing becoming known (up to 60 days), a promise, a \
dispute, a credit report, an address, the books of the bank, the end of a pause or plan. What is named was decided so \
by the policies themselves. Nothing is written. With --json the answer is an object: `outcome`, what happens now; \
`stronger` and `milder`, the neighbouring steps, with `why` and what the `law` forbids; `flips`, those that change a \
step first and of each kind the nearest, each with its `lever`, the `changes`, the `outcome` then, and both in words (`when`, `then`); `next` and \
`next_on`, what comes by itself; `waits`, what would be said today if something else did not come first that waits for \
a person or is stopped; `actions`, `decision` for a replay.";

/// A legal situation.
#[derive(Debug, clap::Args)]
pub(crate) struct Legal {
    /// Customer number, platform id, id or part of the name.
    pub(crate) debtor: String,
    /// bankruptcy, moratorium, debt-scheme, guardianship, deceased or dissolved.
    pub(crate) situation: String,
    /// First day.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Day,
    /// Last day, once it has ended.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Day>,
    /// Last day for filing the claim, as the register or the administrator gives it.
    #[arg(long, value_name = "DATE")]
    pub(crate) file_claim_by: Option<Day>,
    /// Register or person that says so.
    #[arg(long, env = "USER", default_value = "somebody")]
    pub(crate) source: String,
}

/// What a register answered today.
#[derive(Debug, clap::Args)]
pub(crate) struct Register {
    /// Customer number, platform id, id or part of the name.
    pub(crate) debtor: String,
    /// Code of the register, such as cir.
    pub(crate) register: String,
    /// nothing, entry or no-answer.
    pub(crate) answer: String,
}

/// Replay.
#[derive(Debug, clap::Args)]
pub(crate) struct Replay {
    /// A decision: `BATCH/POSITION`.
    #[arg(required_unless_present = "all")]
    pub(crate) decision: Option<String>,
    /// All decisions of all administrations.
    #[arg(long, conflicts_with = "decision")]
    pub(crate) all: bool,
}

/// Settings of an administration.
#[derive(Debug, clap::Args)]
pub(crate) struct Settings {
    /// What to change; nothing after `=` takes a value away where that is possible.
    #[arg(value_name = "NAME=VALUE")]
    pub(crate) changes: Vec<String>,
}

/// Credit bureaux and registers.
#[derive(Debug, Subcommand)]
pub(crate) enum CreditInformation {
    /// Add a bureau or register, or change how it is asked.
    Add(AddCreditInformation),
    /// Which are asked, what a report costs, and what of the month's budget is spent.
    List,
    /// Ask a register about a debtor now: `maan credit-information ask kvk 1042`.
    ///
    /// kvk tells whether a Dutch company is still registered and who is behind it, kbo the legal situation of a Belgian
    /// one, vies whether a VAT number is valid, cir whether a Dutch company is insolvent. What is said is kept with the
    /// debtor; that a register did not answer is kept too, and never taken for a good answer. No register is asked about
    /// consumers. What a question costs is taken from the month's budget. Before a formal step kvk, kbo and cir are
    /// asked by themselves.
    Ask {
        /// kvk, kbo, vies or cir.
        service: String,
        /// Customer number, or a part of the name that fits one debtor.
        debtor: String,
    },
    /// Settle how they are used: `bureau=creditsafe monthly_budget=100.00 automatic=true report_valid_days=180
    /// register_valid_days=1`.
    Set {
        /// What to change; nothing after `=` takes a value away where that is possible.
        #[arg(value_name = "NAME=VALUE", required = true)]
        changes: Vec<String>,
    },
    /// Ask a bureau or register no more, and forget its credentials.
    Remove {
        /// creditsafe, altares, companyweb, kvk, kbo, vies or cir.
        service: String,
    },
    /// Load the KBO open data (enterprise register of Belgium) from the folder where its download was unpacked.
    LoadKbo {
        /// The folder, with `meta.csv` in it.
        folder: PathBuf,
    },
}

/// A bureau or register.
#[derive(Debug, clap::Args)]
pub(crate) struct AddCreditInformation {
    /// creditsafe, altares, companyweb, kvk, kbo, vies or cir.
    pub(crate) service: String,
    /// User, or id of the key, that the service gave.
    #[arg(long, default_value = "")]
    pub(crate) user: String,
    /// File with the password, key or secret.
    #[arg(long)]
    pub(crate) secret_file: Option<PathBuf>,
    /// Name of the integrator, which Companyweb asks beside.
    #[arg(long, default_value = "")]
    pub(crate) integrator: String,
    /// File with the integrator's secret.
    #[arg(long)]
    pub(crate) integrator_secret_file: Option<PathBuf>,
    /// Address of the service; its own when absent.
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// What one report or question costs by the contract, such as 4.50, in the currency of the books; bureaux ask it.
    #[arg(long)]
    pub(crate) price: Option<String>,
    /// Longest wait for one answer, in seconds.
    #[arg(long, default_value_t = 30)]
    pub(crate) patience: u64,
}

/// Policy components.
#[derive(Debug, Subcommand)]
pub(crate) enum Policy {
    /// Admit a component from a file.
    Install {
        /// The component.
        file: PathBuf,
        /// The operator trusts it to guard the law.
        #[arg(long)]
        trust_statute: bool,
    },
    /// Use a component for a slot of an administration, from the next batch on.
    Use {
        /// segmentation, credit-check, workflow or statute.
        slot: String,
        /// Digest from `maan policy list`; the first characters are enough.
        digest: String,
        /// JSON file with the settings.
        #[arg(long, conflicts_with = "preset")]
        settings: Option<PathBuf>,
        /// A preset of the component.
        #[arg(long)]
        preset: Option<String>,
        /// Who decided.
        #[arg(long, env = "USER", default_value = "somebody")]
        who: String,
        /// Why.
        #[arg(long, default_value = "")]
        why: String,
    },
    /// Components that are installed, and which each administration uses.
    List,
    /// Play stories of debtors through policies on a calendar of their own, and compare what comes of them.
    Test(PolicyTest),
}

/// Stories.
#[derive(Debug, clap::Args)]
pub(crate) struct PolicyTest {
    /// Folder with stories, or one story.
    pub(crate) stories: PathBuf,
    /// A component for whichever slots it fills, instead of the default policies; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) component: Vec<PathBuf>,
    /// Print every timeline, not only those of stories that fail; the default for one story.
    #[arg(long)]
    pub(crate) timeline: bool,
    /// Write the table of requirements, stories and policies to this file; needs `requirements.toml` in the folder.
    #[arg(long, value_name = "FILE")]
    pub(crate) table: Option<PathBuf>,
}

/// One overdue debt.
#[derive(Debug, clap::Args)]
#[command(after_long_help = CHARGES_ANSWER)]
pub(crate) struct Charges {
    /// Country whose law applies and where both parties are: NL, BE, DE, FR, LU, GB, or another of the Union.
    #[arg(long, value_name = "CODE")]
    pub(crate) country: String,
    /// Who owes: business, sole-trader, consumer or public-body.
    #[arg(long, value_name = "KIND")]
    pub(crate) debtor: String,
    /// Amount of the invoice, such as 1000.00.
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) principal: String,
    /// Last day of the agreed term.
    #[arg(long, value_name = "DATE")]
    pub(crate) due: Day,
    /// Day of calculation or of payment.
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Day,
    /// Day on which the letter that must precede costs was sent. Without it the costs are those that a correct letter
    /// would announce.
    #[arg(long, value_name = "DATE")]
    pub(crate) letter: Option<Day>,
    /// How that letter goes: post, registered or email.
    #[arg(long, value_name = "WAY", default_value = "post")]
    pub(crate) by: String,
    /// A payment on the debt, such as 2025-01-10:250.00; may be repeated. Payments after the day of calculation do not
    /// count.
    #[arg(long, value_name = "DATE:AMOUNT")]
    pub(crate) payment: Vec<String>,
    /// Interest that is asked: statutory, commercial or contractual; the law decides when absent.
    #[arg(long, value_name = "KIND")]
    pub(crate) rate_kind: Option<String>,
    /// Agreed yearly interest in per cent, such as 8.00.
    #[arg(long, value_name = "PERCENT")]
    pub(crate) agreed_rate: Option<String>,
    /// Agreed flat indemnity as a share of the principal, in per cent.
    #[arg(long, value_name = "PERCENT")]
    pub(crate) agreed_indemnity: Option<String>,
    /// Day on which the contract was made, where the law changed since.
    #[arg(long, value_name = "DATE")]
    pub(crate) agreed_on: Option<Day>,
    /// No clause on collection costs was agreed.
    #[arg(long)]
    pub(crate) no_costs_clause: bool,
    /// The creditor cannot deduct VAT and declares that collection costs are raised by it.
    #[arg(long)]
    pub(crate) vat_on_costs: bool,
    /// Currency of the debt; GBP for GB, else EUR.
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,
    /// A statute component instead of the default one.
    #[arg(long, value_name = "FILE")]
    pub(crate) component: Option<PathBuf>,
}

const CHARGES_ANSWER: &str = "\
Dates are written 2024-03-14, amounts in the currency of the debt with a point. With --json the answer is an object: \
`currency`; `principal`, `costs`, `interest`, `lump_sum` and `total` (principal less payments, plus the three); \
`last_day`, the last day to pay without costs after the letter; `segments` of interest, each `from` a day up to and \
not including the day `to`, at a yearly `rate` in per cent on a `base`; `articles`; `warnings`. Amounts are decimal \
strings with two places.";

/// Demo.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Seed of the portfolio.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Number of debtors.
    #[arg(long, default_value_t = 1200)]
    pub(crate) debtors: u32,
    /// Days to play at the end.
    #[arg(long, default_value_t = 90)]
    pub(crate) days: u32,
    /// Keep the data in this folder; a temporary one when absent.
    #[arg(long)]
    pub(crate) keep: Option<PathBuf>,
}

/// Practice administration.
#[derive(Debug, clap::Args)]
pub(crate) struct Practice {
    /// Seed of the portfolio.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Number of debtors.
    #[arg(long, default_value_t = 1200)]
    pub(crate) debtors: u32,
    /// Today on the practice clock.
    #[arg(long, default_value = "2026-11-20")]
    pub(crate) today: String,
    /// Port of the platform's API; a free one when absent.
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// Port of the mailbox (SMTP); a free one when absent.
    #[arg(long, default_value_t = 0)]
    pub(crate) mail_port: u16,
    /// File that keeps every mail received.
    #[arg(long, default_value = "mailbox.jsonl")]
    pub(crate) mailbox: PathBuf,
}
