use maan_ledger::Moment;

use super::{Provider, Tokens};

const DAY_SECONDS: i64 = 86_400;

/// When a consent ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsentEnd {
    /// From then on a person has to connect again.
    pub at: Moment,
    /// Only if it is not used before: each renewal moves the end. Otherwise it ends then in any case.
    pub if_unused: bool,
}

impl ConsentEnd {
    /// The next end of the consent behind tokens; none where the platform has none, or does not tell. A consent is used
    /// when its tokens are renewed, which a reading does.
    pub fn of(tokens: &Tokens, provider: &Provider) -> Option<Self> {
        let in_any_case = tokens.consent_ends.map(|at| Self { at, if_unused: false });
        let renewed = tokens.issued_at.filter(|_| tokens.refresh.is_some());
        let unused = renewed.zip(provider.unused_days).map(|(renewed, days)| Self {
            at: renewed.plus_seconds(i64::from(days) * DAY_SECONDS),
            if_unused: true,
        });
        in_any_case.into_iter().chain(unused).min_by_key(|end| end.at)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    fn day(day: i64) -> Moment {
        Moment(0).plus_seconds(day * DAY_SECONDS)
    }

    fn provider(unused_days: Option<u16>) -> Provider {
        let url: url::Url = "https://login.example/".parse().unwrap();
        Provider {
            unused_days,
            ..Provider::at(url.clone(), url)
        }
    }

    #[test]
    fn the_first_end_counts_and_a_key_has_none() {
        let secret = || SecretString::from("secret");
        let tokens = |refresh: Option<SecretString>, ends| Tokens {
            refresh,
            issued_at: Some(day(10)),
            consent_ends: ends,
            ..Tokens::of_key(secret())
        };
        let end = |at, if_unused| {
            Some(ConsentEnd {
                at: day(at),
                if_unused,
            })
        };
        let renewed = |ends| tokens(Some(secret()), ends);
        assert_eq!(ConsentEnd::of(&renewed(None), &provider(None)), None);
        assert_eq!(ConsentEnd::of(&renewed(None), &provider(Some(60))), end(70, true));
        assert_eq!(
            ConsentEnd::of(&renewed(Some(day(50))), &provider(Some(60))),
            end(50, false)
        );
        assert_eq!(
            ConsentEnd::of(&renewed(Some(day(90))), &provider(Some(60))),
            end(70, true)
        );
        let of_program = tokens(None, None);
        assert_eq!(
            ConsentEnd::of(&of_program, &provider(Some(90))),
            None,
            "nothing is renewed by a person"
        );
    }
}
