//! `maan disconnect`: end the connection of an administration.

use std::process::ExitCode;

use maan_connectors::Connector;
use maan_followup::{Access, Disconnected, Messages};

use crate::arguments::Disconnect;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

pub(crate) async fn run(place: &Place, options: &Disconnect, output: Output) -> Result<ExitCode, Problem> {
    let tenant = place.tenant_named(&options.named).await?;
    let ended = place.followup_of(&tenant).await?.disconnect().await?;
    if ended.is_empty() {
        return Err(Problem::new(
            Code::NotFound,
            format!("{} is not connected with a platform", plain(&tenant.name)),
        ));
    }
    output.answer(&ended, |ended| {
        let lines: Vec<_> = ended.iter().map(words).collect();
        lines.join("\n")
    })?;
    let failed = ended.iter().any(|one| {
        let messages = one.messages.as_ref().map(|messages| messages.ended);
        one.access == Access::Failed || messages == Some(Access::Failed)
    });
    Ok(match failed {
        true => ExitCode::from(Code::NeedsPerson as u8),
        false => ExitCode::SUCCESS,
    })
}

fn words(one: &Disconnected) -> String {
    let platform = Connector::of(&one.platform).map_or(one.platform.as_str(), |connector| connector.name);
    let access = match one.access {
        Access::Ended => format!("its access on {platform} is ended"),
        Access::ByPerson => {
            format!("take its access away on {platform} yourself, which no program can do")
        }
        Access::Failed => format!(
            "its access on {platform} could not be ended ({}): take it away there yourself",
            plain(one.why.as_deref().unwrap_or_default())
        ),
    };
    let messages = one.messages.as_ref().map(|messages| said(messages, platform));
    format!(
        "{} is disconnected: its tokens are removed here, and {access}. What was read is kept, and nothing new is read.{}",
        plain(&one.administration),
        messages.unwrap_or_default()
    )
}

fn said(messages: &Messages, platform: &str) -> String {
    match messages.ended {
        Access::Ended => " It sends no more messages.".to_owned(),
        Access::ByPerson => format!(
            " Take the address {} for its messages away on {platform} yourself, unless other administrations use it.",
            messages.address
        ),
        Access::Failed => format!(
            " Its messages could not be ended ({}): take the address {} away on {platform} yourself.",
            plain(messages.why.as_deref().unwrap_or_default()),
            messages.address
        ),
    }
}
