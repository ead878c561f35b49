//! Checks of a judgement. Whether it is lawful is the pack's own matter; here it must only make sense.

use super::field::{
    Bounds, Checked, ENTRIES, country, decimal, each, key, nonsense, not_negative, some, within, wording,
};
use crate::contract::{
    Amendment, Answer, Article, Charges, Context, InterestSegment, Judgement, StatuteCase, Veto,
};

/// Stretches of interest per item: one for each rate and each payment.
const SEGMENTS_PER_ITEM: usize = 1_000;
/// How much more of each item an answer about interest holds than another.
const STRETCHES: usize = 8;

pub(crate) fn statute(context: &Context, case: &StatuteCase, judgement: &mut Judgement) -> Checked {
    let bounds = Bounds::new(context, case.items.len());
    let most = case.items.len().saturating_mul(SEGMENTS_PER_ITEM);
    let (asked, got) = (case.proposals.len(), judgement.answers.len());
    if got != asked {
        return nonsense("answers", format!("{got} answers to {asked} proposals"));
    }
    each("answers", &judgement.answers, asked, |answer| match answer {
        Answer::Allow => Ok(()),
        Answer::Amend(amended) => within("amend", amendment(&bounds, most, amended)),
        Answer::Veto(vetoed) => within("veto", veto(&bounds, vetoed)),
    })?;
    within("charges", charges(&bounds, most, &judgement.charges))?;
    country("law", judgement.law)?;
    some(judgement.last_day.as_ref(), |day| bounds.day("last-day", *day))?;
    bounds.day("rates-verified-through", judgement.rates_verified_through)?;
    bounds.reasons("warnings", &judgement.warnings)?;
    // the charges stand in it once for the debt and once more in each answer, in stretches of interest
    bounds.volume(judgement, asked.saturating_add(1).saturating_mul(STRETCHES))
}

fn veto(bounds: &Bounds, veto: &Veto) -> Checked {
    articles(&veto.articles)?;
    some(veto.earliest.as_ref(), |day| bounds.day("earliest", *day))?;
    bounds.reasons("reasons", &veto.reasons)
}

fn amendment(bounds: &Bounds, most: usize, amendment: &Amendment) -> Checked {
    some(amendment.charges.as_ref(), |charged| {
        within("charges", charges(bounds, most, charged))
    })?;
    some(amendment.deadline.as_ref(), |day| bounds.ahead("deadline", *day))?;
    some(amendment.addressee.as_ref(), |role| key("addressee", role))?;
    each("phrases", &amendment.phrases, ENTRIES, |(phrase, text)| {
        key("0", phrase)?;
        wording("1", text)
    })?;
    some(amendment.earliest.as_ref(), |day| bounds.ahead("earliest", *day))?;
    articles(&amendment.articles)?;
    bounds.reasons("reasons", &amendment.reasons)
}

fn charges(bounds: &Bounds, most: usize, charges: &Charges) -> Checked {
    not_negative("costs", charges.costs)?;
    not_negative("lump-sum", charges.lump_sum)?;
    not_negative("interest", charges.interest)?;
    each("segments", &charges.segments, most, |part| interest(bounds, part))?;
    bounds.reasons("reasons", &charges.reasons)?;
    articles(&charges.articles)
}

fn interest(bounds: &Bounds, part: &InterestSegment) -> Checked {
    bounds.item("item", part.item)?;
    bounds.day("start", part.start)?;
    bounds.day("end", part.end)?;
    if part.start > part.end {
        return nonsense("start", "is after the end");
    }
    decimal("rate", &part.rate)?;
    not_negative("base", part.base)?;
    not_negative("interest", part.interest)
}

fn articles(articles: &[Article]) -> Checked {
    each("articles", articles, ENTRIES, |article| {
        key("name", &article.name)?;
        wording("source", &article.source)
    })
}
