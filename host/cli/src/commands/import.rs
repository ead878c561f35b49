//! `maan import`: take in files instead of a platform, or what an earlier follow-up did.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use indicatif::ProgressBar;
use maan_connectors::files::{self, Answers, DateOrder, DecimalSign, Export, Field, Stop};
use maan_followup::{Asked, Assigned, FileReport, Followup, ImportError, ImportOptions, ImportReport};
use maan_ledger::{CompanySize, Currency, Money, TenantId};
use maan_store::{HostKey, Store, TenantSettings, TenantStore};
use tempfile::TempDir;

use crate::arguments::Import;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

/// Left-out lines that are shown in words.
const SHOWN: usize = 10;

pub(crate) async fn run(place: &Place, options: &Import, output: Output) -> Result<ExitCode, Problem> {
    let import = read_options(options)?;
    let (followup, _trial) = followup(place, options).await?;
    let bar = output.progress("reading", 0);
    let result = followup
        .import(&import, |name, read, size| show(&bar, name, read, size))
        .await;
    bar.finish_and_clear();
    let report = match result {
        Ok(report) => report,
        Err(ImportError::Asked(asked)) if output.json => {
            output.answer(&serde_json::json!({ "asked": asked }), |_| String::new())?;
            return Err(needs_answers(&asked));
        }
        Err(error) => return Err(problem(error)),
    };
    output.answer(&report, |report| words(report, options.complete))?;
    Ok(ExitCode::SUCCESS)
}

fn show(bar: &ProgressBar, name: &str, read: u64, size: u64) {
    bar.set_length(size);
    bar.set_position(read.min(size));
    let name: String = plain(name).chars().rev().take(24).collect();
    bar.set_message(name.chars().rev().collect::<String>());
}

fn problem(error: ImportError) -> Problem {
    match error {
        ImportError::Run(error) => error.into(),
        ImportError::Asked(asked) => needs_answers(&asked),
        other => Problem::failed(other.to_string()),
    }
}

fn needs_answers(asked: &[Asked]) -> Problem {
    Problem::new(Code::NeedsPerson, ImportError::Asked(asked.to_vec()).to_string())
}

/// The follow-up of the administration that is meant: the one named, or a new one.
/// With it the folder of a trial, until it is over.
async fn followup(place: &Place, options: &Import) -> Result<(Followup, Option<TempDir>), Problem> {
    let Some(name) = &options.new else {
        return Ok((place.followup().await?, None));
    };
    let settings = new_settings(name, options)?;
    if options.dry_run {
        return trial(place, name, &settings).await;
    }
    let mut begun = None;
    for known in place.store.tenants().await? {
        if known.name != *name {
            continue;
        }
        let tenant = place.store.tenant(known.id);
        if !is_empty(&tenant).await? {
            return Err(Problem::failed(format!(
                "there is an administration `{}` already; leave out --new to take the files into it",
                plain(name)
            )));
        }
        begun = Some(known.id);
    }
    let id = match begun {
        Some(id) => id,
        None => place.store.create_tenant(name, &settings).await?,
    };
    let tenant = place.store.tenant(id);
    super::policy::use_defaults(place, &tenant, &options.preset, "maan import").await?;
    Ok((opened(place, &place.store, id).await?, None))
}

/// An import that failed right after the administration was made left it like this.
async fn is_empty(tenant: &TenantStore) -> Result<bool, Problem> {
    Ok(tenant.connections().await?.is_empty()
        && tenant.debtor_ids().await?.is_empty()
        && tenant.administration_facts().await?.is_empty())
}

/// A trial of a new administration happens in a database of its own, which is gone afterwards.
async fn trial(
    place: &Place,
    name: &str,
    settings: &TenantSettings,
) -> Result<(Followup, Option<TempDir>), Problem> {
    let folder = tempfile::tempdir()
        .map_err(|error| Problem::failed(format!("a folder for the trial cannot be made: {error}")))?;
    let key = HostKey::read_or_create(&folder.path().join("host.key"))?;
    let store = Store::open(
        &format!("sqlite:{}", folder.path().join("trial.db").display()),
        &key,
    )
    .await?;
    let id = store.create_tenant(name, settings).await?;
    Ok((opened(place, &store, id).await?, Some(folder)))
}

async fn opened(place: &Place, store: &Store, id: TenantId) -> Result<Followup, Problem> {
    let opened = Followup::open(
        store,
        store.tenant(id),
        place.host.clone(),
        place.clock.clone(),
        place.interrupted.clone(),
    );
    Ok(opened.await?)
}

/// Settings of a new administration: those of an export among the files, else those of its country.
fn new_settings(name: &str, options: &Import) -> Result<TenantSettings, Problem> {
    if let Some(settings) = options.files.iter().find_map(|file| exported_settings(file)) {
        let settings: TenantSettings = serde_json::from_value(settings).map_err(|error| {
            Problem::failed(format!("the settings in the export cannot be used: {error}"))
        })?;
        return Ok(settings);
    }
    let country = options.country.to_uppercase();
    let (zone, language, usual) = match country.as_str() {
        "NL" => ("Europe/Amsterdam", "nl", "EUR"),
        "BE" => ("Europe/Brussels", "nl", "EUR"),
        "DE" => ("Europe/Berlin", "de", "EUR"),
        "FR" => ("Europe/Paris", "fr", "EUR"),
        "LU" => ("Europe/Luxembourg", "fr", "EUR"),
        "GB" => ("Europe/London", "en", "GBP"),
        other => {
            return Err(Problem::failed(format!(
                "administrations can be made for NL, BE, DE, FR, LU and GB, not for `{}`",
                plain(other)
            )));
        }
    };
    let currency = options.currency.as_deref().unwrap_or(usual);
    Ok(TenantSettings {
        zone: zone.into(),
        country: country.clone(),
        currency: Currency::from_code(currency).map_err(|error| Problem::failed(error.to_string()))?,
        language: language.into(),
        creditor_name: name.to_owned(),
        trade_register_number: None,
        vat_number: None,
        iban: None,
        size: CompanySize::Unknown,
        deducts_vat: true,
        claims: maan_store::Claims::Own,
        sender_name: name.to_owned(),
        sender_address: "administration@maan.invalid".into(),
        reply_to: None,
        send_from_minute: 9 * 60,
        send_until_minute: 17 * 60,
        daily_maximum: 500,
        longest_promise_days: 60,
        stop_all: false,
        write_back: maan_store::WriteBacks::default(),
    })
}

/// The settings at the head of an export.
fn exported_settings(place: &Path) -> Option<serde_json::Value> {
    let sources = files::sources(&[place.to_owned()]).ok()?;
    let source = sources
        .iter()
        .find(|source| files::recognised(source).ok() == Some(files::Format::Export))?;
    let mut found = None;
    let read = files::read_export(source, &files::BytesRead::default(), &mut |_, line| {
        if let Export::Head { settings, .. } = line {
            found = Some(settings);
        }
        Err(Stop)
    });
    drop(read);
    found
}

fn read_options(options: &Import) -> Result<ImportOptions, Problem> {
    let columns: BTreeMap<String, Option<Field>> = options
        .column
        .iter()
        .map(|text| column(text))
        .collect::<Result<_, _>>()?;
    let decimal_sign = match options.decimals.as_deref() {
        None => None,
        Some("comma") => Some(DecimalSign::Comma),
        Some("point") => Some(DecimalSign::Point),
        Some(other) => return Err(no_choice("--decimals", other, "comma or point")),
    };
    let date_order = match options.dates.as_deref() {
        None => None,
        Some("day-first") => Some(DateOrder::DayFirst),
        Some("month-first") => Some(DateOrder::MonthFirst),
        Some("year-first") => Some(DateOrder::YearFirst),
        Some(other) => {
            return Err(no_choice(
                "--dates",
                other,
                "day-first, month-first or year-first",
            ));
        }
    };
    let assigned = options.allocate.iter().map(|text| {
        let split = text
            .split_once('=')
            .filter(|(payment, to)| payment.len() >= 4 && !to.is_empty());
        let (payment, to) = split.ok_or_else(|| {
            no_choice(
                "--allocate",
                text,
                "PAYMENT=INVOICE, with at least four characters of the payment's id",
            )
        })?;
        Ok(Assigned {
            payment: payment.to_owned(),
            to: to.to_owned(),
        })
    });
    Ok(ImportOptions {
        places: options.files.clone(),
        dry_run: options.dry_run,
        answers: Answers {
            columns,
            decimal_sign,
            date_order,
        },
        complete: options.complete,
        assigned: assigned.collect::<Result<_, Problem>>()?,
    })
}

fn column(text: &str) -> Result<(String, Option<Field>), Problem> {
    let names = || {
        Field::ALL
            .iter()
            .map(|field| field.word())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (header, field) = text
        .rsplit_once('=')
        .ok_or_else(|| no_choice("--column", text, "HEADER=FIELD"))?;
    let field =
        match field {
            "" => None,
            word => Some(Field::from_word(word).ok_or_else(|| {
                no_choice("--column", text, &format!("HEADER=FIELD with one of {}", names()))
            })?),
        };
    Ok((header.to_owned(), field))
}

fn no_choice(option: &str, given: &str, choices: &str) -> Problem {
    Problem::failed(format!(
        "{option} `{}` cannot be understood; write {choices}",
        plain(given)
    ))
}

/// What was understood, in words.
fn words(report: &ImportReport, complete: bool) -> String {
    let mut text = String::new();
    for file in &report.files {
        text.push_str(&file_words(file));
    }
    let what = if report.dry_run {
        "would be taken in"
    } else {
        "taken in"
    };
    text.push_str(&format!(
        "{what}: {} facts, {} new debtors, {} debtors changed",
        report.facts, report.new_debtors, report.changed_debtors
    ));
    for warning in &report.warnings {
        text.push_str(&format!("\n! {}", plain(warning)));
    }
    if report.not_named > 0 {
        let unnamed = format!(
            "{} open items of earlier files, {}",
            report.not_named,
            sums(&report.not_named_open)
        );
        text.push_str(&match complete {
            true => format!("\n{unnamed}, are not in these and are open no more"),
            false => format!(
                "\n! {unnamed}, are not in these; if these list everything that is open, say --complete and they are open \
                 no more"
            ),
        });
    }
    if !report.for_a_person.is_empty() {
        text.push_str(
            "\nfor a person, since it is not certain; say --allocate PAYMENT=INVOICE or PAYMENT=CUSTOMER:",
        );
    }
    for unsure in &report.for_a_person {
        let id: String = unsure.id.to_string().chars().take(8).collect();
        text.push_str(&format!(
            "\n  {id}  {} on {} from {}: {}\n    {}",
            unsure.amount,
            unsure.on,
            plain(&unsure.payer),
            plain(&unsure.text),
            plain(&unsure.why)
        ));
        for candidate in &unsure.candidates {
            text.push_str(&format!("\n    perhaps {}", plain(candidate)));
        }
    }
    text
}

fn file_words(file: &FileReport) -> String {
    let mut text = format!("{}: {}\n", plain(&file.name), plain(&file.format));
    if let Some(mapped) = &file.mapped {
        let columns = mapped.columns.iter().map(|(header, field)| match field {
            Some(field) => format!("{} = {field}", plain(header)),
            None => format!("{} left out", plain(header)),
        });
        text.push_str(&format!(
            "  columns: {}\n",
            columns.collect::<Vec<_>>().join(", ")
        ));
    }
    let counts: Vec<String> = file
        .counts
        .iter()
        .map(|(what, count)| match file.sums.get(what) {
            Some(amounts) => format!("{count} {what} ({})", sums(amounts)),
            None => format!("{count} {what}"),
        })
        .collect();
    text.push_str(&format!("  {}", counts.join(", ")));
    if let Some(open) = file.sums.get("open") {
        text.push_str(&format!("; open {}", sums(open)));
    }
    if file.known > 0 {
        text.push_str(&format!("; {} known already", file.known));
    }
    text.push('\n');
    for first in &file.first {
        text.push_str(&format!("    {}\n", plain(first)));
    }
    if file.skipped > 0 {
        text.push_str(&format!("  {} left out:\n", file.skipped));
        for skipped in file.skipped_lines.iter().take(SHOWN) {
            text.push_str(&format!("    {}: {}\n", skipped.line, plain(&skipped.why)));
        }
    }
    for warning in &file.warnings {
        text.push_str(&format!("  ! {}\n", plain(warning)));
    }
    text
}

fn sums(amounts: &[Money]) -> String {
    amounts
        .iter()
        .map(Money::to_string)
        .collect::<Vec<_>>()
        .join(" and ")
}
