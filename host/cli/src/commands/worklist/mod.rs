//! `maan worklist` and what a person does with it: `text`, `approve`, `reject`, `done`, `resolve`.

mod done;
mod list;
mod moved;
mod text;

use maan_followup::Followup;
use maan_ledger::Channel;
use maan_store::{Action, ActionFilter};

pub(crate) use self::done::done;
pub(crate) use self::list::list;
pub(crate) use self::moved::{approve, reject, resolve};
pub(crate) use self::text::text;

use crate::problem::{Code, Problem};

/// The one action that is meant.
async fn only(followup: &Followup, named: &str) -> Result<Action, Problem> {
    one(&all(followup).await?, named)
}

async fn all(followup: &Followup) -> Result<Vec<Action>, Problem> {
    let filter = ActionFilter {
        limit: u32::MAX,
        ..ActionFilter::default()
    };
    Ok(followup.tenant.actions(filter).await?)
}

/// The actions whose ids begin as given; each must mean exactly one.
async fn find(followup: &Followup, named: &[String]) -> Result<Vec<Action>, Problem> {
    let all = all(followup).await?;
    named.iter().map(|name| one(&all, name)).collect()
}

/// Signs of an id that are the least to name an action by.
const SHORTEST_ID: usize = 4;

fn one(all: &[Action], name: &str) -> Result<Action, Problem> {
    // a forgotten variable of a script is not the one action that there is
    if name.len() < SHORTEST_ID {
        return Err(Problem::new(
            Code::NotFound,
            format!("`{name}` is too short; give at least {SHORTEST_ID} signs of the action's id"),
        ));
    }
    let mut found = all
        .iter()
        .filter(|action| action.id.to_string().starts_with(name));
    match (found.next(), found.next()) {
        (Some(action), None) => Ok(action.clone()),
        (None, _) => Err(Problem::new(
            Code::NotFound,
            format!("there is no action `{name}`; see `maan worklist --all`"),
        )),
        (Some(_), Some(_)) => Err(Problem::new(
            Code::NotFound,
            format!("several actions begin with `{name}`; give more of the id"),
        )),
    }
}

fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "e-mail",
        Channel::Letter => "letter",
        Channel::RegisteredLetter => "registered letter",
        Channel::Sms => "SMS",
        Channel::Whatsapp => "WhatsApp",
        Channel::Phone => "telephone",
        Channel::Portal => "debtor's page",
        Channel::Bailiff => "bailiff",
    }
}
