//! `maan text`: the words of a message or letter.

use std::process::ExitCode;

use super::only;
use crate::arguments::Text;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

pub(crate) async fn text(place: &Place, options: &Text, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let action = only(&followup, &options.action).await?;
    let Some(text) = followup.draft(&action).await? else {
        let message = format!(
            "{} has no text: it is no message, or asks for nothing any more",
            plain(&action.title)
        );
        return Err(Problem::new(Code::NotFound, message));
    };
    output.answer(&text, |text| {
        let lines: Vec<_> = text.body.lines().map(plain).collect();
        format!("{}\n\n{}", plain(&text.subject), lines.join("\n"))
    })?;
    Ok(ExitCode::SUCCESS)
}
