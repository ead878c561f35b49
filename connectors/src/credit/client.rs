use std::path::Path;

use maan_ledger::Clock;

use super::altares::Altares;
use super::cir::Cir;
use super::companyweb::Companyweb;
use super::kvk::Kvk;
use super::vies::Vies;
use super::{Access, Candidate, CreditInformation, Creditsafe, Kbo, NoAnswer, Service, Subject};
use crate::http::Timer;

/// A service that can be asked.
#[derive(Debug)]
pub struct Client(Kind);

#[derive(Debug)]
enum Kind {
    Creditsafe(Box<Creditsafe>),
    Altares(Altares),
    Companyweb(Box<Companyweb>),
    Kvk(Kvk),
    Kbo(Kbo),
    Vies(Vies),
    Cir(Cir),
}

impl Client {
    /// A client of a service. `folder` holds the files of services that are no server.
    ///
    /// # Errors
    /// The address may not be used.
    pub fn new(
        service: Service,
        access: Access,
        folder: &Path,
        clock: Clock,
        timer: Timer,
    ) -> Result<Self, NoAnswer> {
        Ok(Self(match service {
            Service::Creditsafe => Kind::Creditsafe(Box::new(Creditsafe::new(access, timer)?)),
            Service::Altares => Kind::Altares(Altares::new(access, timer)?),
            Service::Companyweb => Kind::Companyweb(Box::new(Companyweb::new(access, clock, timer)?)),
            Service::Kvk => Kind::Kvk(Kvk::new(access, timer)?),
            Service::Kbo => Kind::Kbo(Kbo::at(folder, clock)),
            Service::Vies => Kind::Vies(Vies::new(&access, timer)?),
            Service::Cir => Kind::Cir(Cir::new(access, timer)?),
        }))
    }

    /// The one company that is meant, without charge.
    ///
    /// # Errors
    /// None or several are, the service may not be asked about it, or does not answer.
    pub async fn find(&self, subject: &Subject) -> Result<Candidate, NoAnswer> {
        match &self.0 {
            Kind::Creditsafe(service) => service.find(subject).await,
            Kind::Altares(service) => service.find(subject).await,
            Kind::Companyweb(service) => service.find(subject),
            Kind::Kvk(service) => service.find(subject).await,
            Kind::Kbo(service) => service.find(subject).await,
            Kind::Vies(service) => service.find(subject),
            Kind::Cir(service) => service.find(subject),
        }
    }

    /// What the service knows of a company, for its price. Not asked again by itself once it may have been charged.
    ///
    /// # Errors
    /// The service does not answer; [`Why::may_be_charged`](super::Why::may_be_charged) tells whether that may cost.
    pub async fn report(&self, company: &Candidate) -> Result<CreditInformation, NoAnswer> {
        match &self.0 {
            Kind::Creditsafe(service) => service.report(company).await,
            Kind::Altares(service) => service.report(company).await,
            Kind::Companyweb(service) => service.report(company).await,
            Kind::Kvk(service) => service.report(company).await,
            Kind::Kbo(service) => service.report(company).await,
            Kind::Vies(service) => service.report(company).await,
            Kind::Cir(service) => service.report(company).await,
        }
    }
}
