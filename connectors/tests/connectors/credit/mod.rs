//! Bureaux and registers, each against a server of its own that is built from the service's description: it asks for
//! the same credentials and headers, and refuses in the same form. They are stand-ins and said to be ones.

mod altares;
mod cir;
mod companyweb;
mod creditsafe;
mod kbo;
mod kvk;
mod secrets;
mod support;
mod vies;
