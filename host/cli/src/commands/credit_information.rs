//! `maan credit-information` and `maan reports`: bureaux and registers, their budget, and what they are asked.

use std::path::Path;
use std::process::ExitCode;

use maan_connectors::credit::{Credentials, Kbo, Needs, Service};
use maan_connectors::http::Timer;
use maan_followup::{Followup, OrdersDone, RegistersAsked, ServiceConfig};
use maan_ledger::{Clock, Money};
use maan_store::{ActionState, CreditService, CreditSettings};
use secrecy::SecretString;
use serde::Serialize;
use url::{Host, Url};

use crate::arguments::{AddCreditInformation, CreditInformation};
use crate::output::{Output, plain, table};
use crate::place::Place;
use crate::problem::{Code, Problem};

/// What was asked of bureaux and registers.
#[derive(Debug, Serialize)]
pub(crate) struct CreditAsked {
    reports: OrdersDone,
    registers: RegistersAsked,
}

/// A bureau or register that is in use.
#[derive(Serialize)]
struct InUse {
    service: Service,
    what: &'static str,
    url: String,
    price: Money,
    reports: bool,
}

#[derive(Serialize)]
struct List {
    services: Vec<InUse>,
    settings: CreditSettings,
    spent: Option<Money>,
}

pub(crate) async fn run(
    place: &Place,
    options: &CreditInformation,
    output: Output,
) -> Result<ExitCode, Problem> {
    match options {
        CreditInformation::Add(options) => add(place, options, output).await,
        CreditInformation::List => list(place, output).await,
        CreditInformation::Ask { service, debtor } => {
            super::look_up::ask(place, service, debtor, output).await
        }
        CreditInformation::Set { changes } => set(place, changes, output).await,
        CreditInformation::Remove { service } => remove(place, service, output).await,
        CreditInformation::LoadKbo { folder } => load_kbo(place, folder, output).await,
    }
}

pub(crate) async fn reports(place: &Place, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let asked = ask(place, &followup).await?;
    let asked = asked.ok_or_else(|| {
        let message = "no bureau or register is in use; add one with `maan credit-information add SERVICE`";
        Problem::new(Code::NotFound, message)
    })?;
    output.answer(&asked, words)?;
    let person = |state| {
        matches!(
            state,
            ActionState::ToDo | ActionState::Failed | ActionState::Unknown
        )
    };
    Ok(match asked.reports.counts().keys().any(|state| person(*state)) {
        true => ExitCode::from(Code::NeedsPerson as u8),
        false => ExitCode::SUCCESS,
    })
}

/// Orders reports and asks registers; none where no service is in use.
pub(crate) async fn ask(place: &Place, followup: &Followup) -> Result<Option<CreditAsked>, Problem> {
    let services = followup.tenant.credit_services().await?;
    if services.is_empty() {
        return Ok(None);
    }
    if matches!(place.clock, Clock::Set(_)) {
        only_here(&services)?;
    }
    let desk = followup.desk(&place.folder, &Timer::real()).await?;
    Ok(Some(CreditAsked {
        reports: followup.order_reports(&desk).await?,
        registers: followup.ask_registers(&desk).await?,
    }))
}

/// Another day than today is played: no real service is asked, which would cost real money.
pub(super) fn only_here(services: &[CreditService]) -> Result<(), Problem> {
    for kept in services {
        let url = ServiceConfig::read(kept)?.url;
        if !url.is_empty() && !is_here(&url) {
            let message = format!(
                "`--at` plays another moment, and {} at {} is real; remove it with `maan credit-information remove {}`",
                kept.service, url, kept.service
            );
            return Err(Problem::new(Code::NotFound, message));
        }
    }
    Ok(())
}

fn is_here(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

async fn add(place: &Place, options: &AddCreditInformation, output: Output) -> Result<ExitCode, Problem> {
    let service = service_of(&options.service)?;
    let tenant = place.store.tenant(place.tenant().await?.id);
    let currency = tenant.settings().await?.currency;
    let price = match (&options.price, service.is_bureau()) {
        (Some(price), _) => Money::parse(price, currency)
            .ok()
            .filter(|price| price.minor >= 0)
            .ok_or_else(|| {
                let price = plain(price);
                Problem::failed(format!("`{price}` is no price in {currency}; write it as 4.50"))
            })?,
        (None, false) => Money::zero(currency),
        (None, true) => {
            return Err(Problem::failed(format!(
                "{service} sells its reports; give the price of one by your contract, --price 4.50"
            )));
        }
    };
    let url = options.url.as_deref().unwrap_or(service.address());
    if !url.is_empty() {
        let safe = |url: &Url| url.scheme() == "https" || is_here(url.as_str());
        Url::parse(url).ok().filter(safe).ok_or_else(|| {
            Problem::failed(format!(
                "`{}` cannot be used; write an address that begins with https://",
                plain(url)
            ))
        })?;
    }
    let config = ServiceConfig {
        url: url.to_owned(),
        price,
        patience_seconds: options.patience.clamp(1, 120),
    };
    let config = serde_json::to_string(&config)
        .map_err(|error| Problem::failed(format!("what is kept of it cannot be written: {error}")))?;
    let credentials = credentials(service, options)?
        .to_json()
        .map_err(|error| Problem::failed(error.to_string()))?;
    let kept = CreditService {
        service: service.word().to_owned(),
        config,
    };
    tenant
        .put_credit_service(&kept, &credentials, place.clock.now())
        .await?;
    let mut settings = tenant.credit_settings().await?;
    if service.is_bureau() && settings.bureau.is_none() {
        settings.bureau = Some(service.word().to_owned());
        tenant.set_credit_settings(&settings).await?;
    }
    list(place, output).await
}

fn credentials(service: Service, options: &AddCreditInformation) -> Result<Credentials, Problem> {
    let missing = |what: &str| Problem::failed(format!("{service} asks for {what}"));
    let mut credentials = Credentials::none();
    let needs = service.needs();
    if needs != Needs::Nothing {
        let file = options.secret_file.as_deref();
        credentials.secret =
            secret(file.ok_or_else(|| missing("a password or key; give --secret-file FILE"))?)?;
    }
    if matches!(needs, Needs::Login | Needs::LoginAndIntegrator) {
        if options.user.is_empty() {
            return Err(missing("a user or id of the key; give --user NAME"));
        }
        credentials.user = options.user.clone();
    }
    if needs == Needs::LoginAndIntegrator {
        let file = options.integrator_secret_file.as_deref();
        let both = file.filter(|_| !options.integrator.is_empty());
        let both = both.ok_or_else(|| {
            missing("the integrator; give --integrator NAME and --integrator-secret-file FILE")
        })?;
        credentials.integrator = options.integrator.clone();
        credentials.integrator_secret = secret(both)?;
    }
    Ok(credentials)
}

fn secret(file: &Path) -> Result<SecretString, Problem> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Problem::failed(format!(
            "the secret in `{}` cannot be read: {error}",
            file.display()
        ))
    })?;
    match text.trim_end() {
        "" => Err(Problem::failed(format!(
            "`{}` is empty; write the secret into it",
            file.display()
        ))),
        text => Ok(SecretString::from(text.to_owned())),
    }
}

async fn list(place: &Place, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let settings = followup.tenant.credit_settings().await?;
    let mut services = Vec::new();
    for kept in followup.tenant.credit_services().await? {
        let Some(service) = Service::from_word(&kept.service) else {
            continue;
        };
        let config = ServiceConfig::read(&kept)?;
        services.push(InUse {
            service,
            what: tells(service),
            url: config.url,
            price: config.price,
            reports: settings.bureau.as_deref() == Some(service.word()),
        });
    }
    let list = List {
        services,
        spent: Some(followup.spent_on_credit_information().await?),
        settings,
    };
    output.answer(&list, shown)?;
    Ok(ExitCode::SUCCESS)
}

fn tells(service: Service) -> &'static str {
    match service {
        Service::Creditsafe | Service::Altares | Service::Companyweb => "credit reports",
        Service::Kvk => "registration, Netherlands",
        Service::Kbo => "registration and legal situation, Belgium",
        Service::Vies => "VAT numbers, European Union",
        Service::Cir => "insolvency, Netherlands",
    }
}

fn shown(list: &List) -> String {
    let row = |one: &InUse| {
        vec![
            one.service.word().to_owned(),
            one.what.to_owned(),
            one.price.to_string(),
            if one.reports {
                "reports are ordered here".into()
            } else {
                String::new()
            },
        ]
    };
    let mut text = match list.services.is_empty() {
        true => "no bureau or register is in use; add one with `maan credit-information add SERVICE`".into(),
        false => table(
            &["service", "tells", "price", ""],
            &[2],
            list.services.iter().map(row),
        ),
    };
    let settings = &list.settings;
    let spent = list
        .spent
        .map_or_else(String::new, |spent| format!("{spent} of "));
    text.push_str(&format!(
        "\nthis month: {spent}{} spent · a report is good for {} days, a register's word for {}",
        settings.monthly_budget, settings.report_valid_days, settings.register_valid_days
    ));
    let costs = settings.bureau.is_some() || list.services.iter().any(|one| one.price.minor > 0);
    if costs && settings.monthly_budget.minor == 0 {
        text.push_str("\nnothing may be spent yet; set a budget with `maan credit-information set monthly_budget=100.00`");
    }
    let way = match settings.automatic {
        true => "reports on companies are ordered without asking",
        false => "reports are ordered once a person approves",
    };
    text.push_str(&format!("\n{way}"));
    text
}

async fn set(place: &Place, changes: &[String], output: Output) -> Result<ExitCode, Problem> {
    let tenant = place.store.tenant(place.tenant().await?.id);
    let added = tenant.credit_services().await?;
    let mut settings = tenant.credit_settings().await?;
    for change in changes {
        let (name, value) = change
            .split_once('=')
            .ok_or_else(|| Problem::failed(format!("`{}` is no change; write NAME=VALUE", plain(change))))?;
        apply(&mut settings, &added, name, value)?;
    }
    tenant.set_credit_settings(&settings).await?;
    list(place, output).await
}

fn apply(
    settings: &mut CreditSettings,
    added: &[CreditService],
    name: &str,
    value: &str,
) -> Result<(), Problem> {
    let unfit =
        |wanted: &str| Problem::failed(format!("`{name}` cannot be `{}`; write {wanted}", plain(value)));
    let days = || {
        value
            .parse()
            .ok()
            .filter(|days| *days > 0)
            .ok_or_else(|| unfit("a number of days"))
    };
    match name {
        "bureau" if value.is_empty() => settings.bureau = None,
        "bureau" => {
            let service = service_of(value)?;
            let there = added.iter().any(|one| one.service == service.word());
            if !service.is_bureau() || !there {
                return Err(unfit(
                    "a bureau that was added: creditsafe, altares or companyweb",
                ));
            }
            settings.bureau = Some(service.word().to_owned());
        }
        "monthly_budget" => {
            let budget = Money::parse(value, settings.monthly_budget.currency).ok();
            settings.monthly_budget = budget
                .filter(|budget| budget.minor >= 0)
                .ok_or_else(|| unfit("an amount such as 100.00"))?;
        }
        "automatic" => settings.automatic = value.parse().map_err(|_| unfit("true or false"))?,
        "report_valid_days" => settings.report_valid_days = days()?,
        "register_valid_days" => settings.register_valid_days = days()?,
        other => {
            return Err(Problem::failed(format!(
                "there is no setting `{}`; there are: bureau, monthly_budget, automatic, report_valid_days, \
                 register_valid_days",
                plain(other)
            )));
        }
    }
    Ok(())
}

async fn remove(place: &Place, service: &str, output: Output) -> Result<ExitCode, Problem> {
    let service = service_of(service)?;
    let tenant = place.store.tenant(place.tenant().await?.id);
    if !tenant.remove_credit_service(service.word()).await? {
        return Err(Problem::new(Code::NotFound, format!("{service} is not in use")));
    }
    let mut settings = tenant.credit_settings().await?;
    if settings.bureau.as_deref() == Some(service.word()) {
        settings.bureau = None;
        tenant.set_credit_settings(&settings).await?;
    }
    list(place, output).await
}

async fn load_kbo(place: &Place, folder: &Path, output: Output) -> Result<ExitCode, Problem> {
    let kbo = Kbo::at(&place.folder, place.clock.clone());
    let loaded = kbo
        .load(folder)
        .await
        .map_err(|error| Problem::failed(error.to_string()))?;
    output.answer(&loaded, |loaded| {
        format!(
            "extract {} as at {} is loaded: {} enterprises",
            loaded.extract, loaded.as_at, loaded.enterprises
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn service_of(word: &str) -> Result<Service, Problem> {
    Service::from_word(word).ok_or_else(|| {
        let known: Vec<_> = Service::ALL.iter().map(|service| service.word()).collect();
        let message = format!(
            "there is no service `{}`; there are: {}",
            plain(word),
            known.join(", ")
        );
        Problem::new(Code::NotFound, message)
    })
}

/// What was asked, in words.
pub(crate) fn words(asked: &CreditAsked) -> String {
    let mut text = format!("{} orders of reports carried out", asked.reports.orders.len());
    if let (Some(spent), Some(budget)) = (asked.reports.spent, asked.reports.budget) {
        text.push_str(&format!(" · {spent} of {budget} spent this month"));
    }
    for line in asked.reports.orders.iter().take(10) {
        text.push_str(&format!(
            "\n  {}: {}: {}",
            plain(&line.debtor),
            super::run::state_word(line.state),
            plain(&line.outcome)
        ));
    }
    for line in asked.registers.asked.iter().take(10) {
        let waits = if line.waits {
            " (the formal step waits)"
        } else {
            ""
        };
        text.push_str(&format!(
            "\n  {}: {}{waits}",
            plain(&line.debtor),
            plain(&line.said)
        ));
    }
    text
}
