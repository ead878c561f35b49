//! What a letter can offer, and what comes of it in figures.

use maan_ledger::{Day, Money};
use minijinja::context;

use super::TextError;
use crate::Language;

/// No plan that anybody means lasts longer, in days: a hundred years.
const LONGEST: i64 = 36_525;

/// A plan of more instalments is told in a sentence instead of a list.
const LISTED: usize = 12;

/// What a letter offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Whoever pays through the day may take a share off.
    Discount {
        /// The share, in per mille.
        share: u16,
        /// Last day for it.
        until: Day,
    },
    /// The total may be paid in parts.
    Plan(PlanBounds),
    /// There is more time to pay.
    Extension {
        /// The new last day.
        until: Day,
    },
}

/// The bounds of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanBounds {
    /// Most instalments.
    pub most: u16,
    /// Least amount of an instalment.
    pub least: Money,
    /// Last day for the first instalment.
    pub first_by: Day,
    /// Days between instalments.
    pub every_days: u16,
    /// It bears neither interest nor costs.
    pub free: bool,
}

impl PlanBounds {
    /// The plan of the most instalments within the bounds, all equal but the last, which takes the odd cents; none
    /// where the amount makes fewer than two, or the day for the first is over.
    pub fn instalments(&self, total: Money, today: Day) -> Option<Vec<(Day, Money)>> {
        let same = self.least.currency == total.currency;
        let fit = total
            .minor
            .checked_div(self.least.minor.max(1))
            .filter(|_| same)?;
        let count = fit.min(self.most.into());
        let days = i64::from(self.every_days).saturating_mul(count);
        if count < 2 || self.every_days == 0 || self.first_by <= today || days > LONGEST {
            return None;
        }
        let each = total.minor.checked_div(count)?;
        let odd = total.minor.checked_rem(count)?;
        let plan = (0..i32::try_from(count).ok()?).map(|place| {
            let day = self
                .first_by
                .plus(i32::from(self.every_days).saturating_mul(place));
            let last = i64::from(place).saturating_add(1) == count;
            let amount = if last { each.saturating_add(odd) } else { each };
            (day, Money::new(amount, total.currency))
        });
        Some(plan.collect())
    }
}

/// An offer in figures: what the text names, and the instalments that are listed.
#[derive(Default)]
pub(super) struct Figures {
    pub(super) values: minijinja::Value,
    pub(super) instalments: Vec<[String; 3]>,
}

/// The figures of an offer for the sum of the items and for what is left of it after credits.
pub(super) fn figures(
    offer: &Offer,
    language: Language,
    items: Money,
    total: Money,
    today: Day,
) -> Result<Figures, TextError> {
    match offer {
        Offer::Discount { share, until } => {
            let off = part(items, *share);
            let values = context! {
                share => language.share(*share),
                off => language.amount(off),
                to_pay => language.amount(total.minus(off)?),
                total => language.amount(total),
                until => language.day(*until),
            };
            Ok(Figures {
                values,
                instalments: vec![],
            })
        }
        Offer::Extension { until } => Ok(Figures {
            values: context! { until => language.day(*until) },
            instalments: vec![],
        }),
        Offer::Plan(bounds) => {
            let plan = bounds.instalments(total, today).ok_or(TextError::NoPlan)?;
            Ok(plan_figures(&plan, bounds, language))
        }
    }
}

fn plan_figures(plan: &[(Day, Money)], bounds: &PlanBounds, language: Language) -> Figures {
    let listed = plan.len() <= LISTED;
    let day = |one: Option<&(Day, Money)>| one.map(|(day, _)| language.day(*day));
    let amount = |one: Option<&(Day, Money)>| one.map(|(_, amount)| language.amount(*amount));
    let values = context! {
        count => plan.len(),
        listed,
        free => bounds.free,
        amount => amount(plan.first()),
        last_amount => amount(plan.last()),
        first => day(plan.first()),
        last => day(plan.last()),
        every => bounds.every_days,
    };
    let rows = (1..).zip(plan).filter(|_| listed);
    let row = |(place, (day, amount)): (u32, &(Day, Money))| {
        [place.to_string(), language.day(*day), language.amount(*amount)]
    };
    Figures {
        values,
        instalments: rows.map(row).collect(),
    }
}

/// A share of an amount, half a minor unit upwards.
fn part(amount: Money, per_mille: u16) -> Money {
    let share = i128::from(amount.minor).saturating_mul(per_mille.into());
    let rounded = share.saturating_add(500).div_euclid(1000);
    let minor = i64::try_from(rounded).unwrap_or(i64::MAX);
    Money::new(minor, amount.currency)
}

#[cfg(test)]
mod tests {
    use maan_ledger::Currency;

    use super::*;

    const TODAY: Day = Day(20_000);

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn bounds(most: u16, least: i64) -> PlanBounds {
        PlanBounds {
            most,
            least: euros(least),
            first_by: TODAY.plus(14),
            every_days: 30,
            free: false,
        }
    }

    #[test]
    fn a_plan_adds_up_and_keeps_its_bounds() {
        for total in [1, 2, 99, 5_000, 9_999, 10_000, 121_000, 121_001, i64::MAX] {
            for most in [0, 1, 2, 3, 7, 12, 36] {
                for least in [1, 50, 5_000] {
                    let bounds = bounds(most, least);
                    let Some(plan) = bounds.instalments(euros(total), TODAY) else {
                        assert!(most < 2 || total < 2 * least, "{total} in {most} of {least}");
                        continue;
                    };
                    let sum: i128 = plan.iter().map(|(_, amount)| i128::from(amount.minor)).sum();
                    assert_eq!(sum, i128::from(total));
                    assert!((2..=usize::from(most)).contains(&plan.len()));
                    assert!(plan.iter().all(|(_, amount)| amount.minor >= least));
                    assert_eq!(plan[0].0, TODAY.plus(14));
                    assert!(plan.windows(2).all(|pair| pair[1].0.since(pair[0].0) == 30));
                }
            }
        }
    }

    #[test]
    fn a_plan_that_cannot_begin_or_never_ends_is_none() {
        let late = PlanBounds {
            first_by: TODAY,
            ..bounds(6, 100)
        };
        let endless = PlanBounds {
            every_days: u16::MAX,
            ..bounds(u16::MAX, 1)
        };
        let abroad = PlanBounds {
            least: Money::new(100, Currency::GBP),
            ..bounds(6, 100)
        };
        for bounds in [late, endless, abroad] {
            assert_eq!(bounds.instalments(euros(100_000), TODAY), None, "{bounds:?}");
        }
    }

    #[test]
    fn half_a_cent_of_a_discount_is_the_debtors() {
        assert_eq!(part(euros(10_020), 25), euros(251));
        assert_eq!(part(euros(i64::MAX), 1000), euros(i64::MAX));
    }
}
