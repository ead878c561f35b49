use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use url::Url;

use super::{OAuthError, TokenEndpoint, Tokens, pkce};

/// One sign-in, from the address that a person opens to the tokens.
#[derive(Debug)]
pub struct Authorization {
    redirect: Url,
    state: SecretString,
    verifier: SecretString,
}

impl Authorization {
    /// Starts a sign-in whose answer comes to `redirect`, exactly as registered with the platform.
    pub fn begin(redirect: Url) -> Self {
        Self {
            redirect,
            state: pkce::random(),
            verifier: pkce::random(),
        }
    }

    /// The address that the person opens.
    pub fn authorize_url(&self, endpoint: &TokenEndpoint) -> Url {
        let mut url = endpoint.provider().authorize.clone();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", endpoint.client_id())
            .append_pair("redirect_uri", self.redirect.as_str())
            .extend_pairs(scope(&endpoint.provider().scopes))
            .append_pair("state", self.state.expose_secret())
            .append_pair("code_challenge", &pkce::challenge(&self.verifier))
            .append_pair("code_challenge_method", "S256")
            .extend_pairs(&endpoint.provider().extra);
        url
    }

    /// Exchanges the answer for tokens: the whole address that the platform redirected to, or the bare code that it
    /// showed (which is bound to this sign-in by PKCE alone).
    pub async fn finish(&self, answer: &str, endpoint: &TokenEndpoint) -> Result<Tokens, OAuthError> {
        let code = match Url::parse(answer.trim()) {
            Ok(url) => self.code(&url, endpoint.provider().issuer.as_deref())?,
            Err(_) if is_code(answer.trim()) => SecretString::from(answer.trim()),
            Err(_) => return Err(OAuthError::Incomplete("code")),
        };
        endpoint.exchange(&code, &self.redirect, &self.verifier).await
    }

    /// The code in an address that belongs to this sign-in.
    pub(crate) fn code(&self, answer: &Url, issuer: Option<&str>) -> Result<SecretString, OAuthError> {
        let mut bare = answer.clone();
        bare.set_fragment(None);
        bare.set_query(self.redirect.query());
        if bare != self.redirect {
            return Err(OAuthError::OtherRedirect);
        }
        let state = single(answer, "state")?.ok_or(OAuthError::Incomplete("state"))?;
        if !bool::from(state.as_bytes().ct_eq(self.state.expose_secret().as_bytes())) {
            return Err(OAuthError::OtherState);
        }
        // RFC 9207: an answer that names its server must name the one that was asked
        if let (Some(expected), Some(named)) = (issuer, single(answer, "iss")?)
            && expected != named
        {
            return Err(OAuthError::OtherIssuer);
        }
        if let Some(error) = single(answer, "error")? {
            let error: String = error
                .chars()
                .filter(|letter| !letter.is_control())
                .take(100)
                .collect();
            return Err(OAuthError::Denied(error));
        }
        single(answer, "code")?
            .filter(|code| is_code(code))
            .map(SecretString::from)
            .ok_or(OAuthError::Incomplete("code"))
    }
}

/// What the platform tells with its answer to a sign-in beside the code, such as the company that was chosen; none
/// when it does not.
pub fn told(answer: &str, name: &str) -> Option<String> {
    let url = Url::parse(answer.trim()).ok()?;
    let mut found = url.query_pairs().filter(|(key, _)| key == name);
    let first = found.next().map(|(_, value)| value.into_owned());
    first.filter(|value| found.next().is_none() && (1..=200).contains(&value.len()))
}

/// The scope, for a platform that has scopes.
fn scope(scopes: &[String]) -> Option<(&'static str, String)> {
    (!scopes.is_empty()).then(|| ("scope", scopes.join(" ")))
}

/// A parameter that may come once.
fn single(url: &Url, name: &'static str) -> Result<Option<String>, OAuthError> {
    let mut found = url
        .query_pairs()
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned());
    let first = found.next();
    if found.next().is_some() {
        Err(OAuthError::Incomplete(name))
    } else {
        Ok(first)
    }
}

fn is_code(text: &str) -> bool {
    (1..=2048).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authorization() -> Authorization {
        Authorization::begin(Url::parse("http://127.0.0.1:7000/answer").unwrap())
    }

    fn answer(authorization: &Authorization, base: &str, more: &str) -> Url {
        Url::parse(&format!(
            "{base}?state={}{more}",
            authorization.state.expose_secret()
        ))
        .unwrap()
    }

    #[test]
    fn the_code_of_the_own_answer_is_taken() {
        let one = authorization();
        let code = one
            .code(&answer(&one, "http://127.0.0.1:7000/answer", "&code=abc"), None)
            .unwrap();
        assert_eq!(code.expose_secret(), "abc");
    }

    #[test]
    fn another_address_is_refused() {
        let one = authorization();
        for other in [
            "https://127.0.0.1:7000/answer",
            "http://127.0.0.1:7001/answer",
            "http://127.0.0.1:7000/answer/",
            "http://evil.example/answer",
            "http://me@127.0.0.1:7000/answer",
        ] {
            let error = one.code(&answer(&one, other, "&code=abc"), None).unwrap_err();
            assert!(matches!(error, OAuthError::OtherRedirect), "{other}: {error}");
        }
    }

    #[test]
    fn another_state_no_state_and_two_states_are_refused() {
        let one = authorization();
        let url = |query: &str| Url::parse(&format!("http://127.0.0.1:7000/answer?{query}")).unwrap();
        assert!(matches!(
            one.code(&url("code=abc&state=guess"), None),
            Err(OAuthError::OtherState)
        ));
        assert!(matches!(
            one.code(&url("code=abc"), None),
            Err(OAuthError::Incomplete("state"))
        ));
        let twice = answer(&one, "http://127.0.0.1:7000/answer", "&code=abc&state=guess");
        assert!(matches!(
            one.code(&twice, None),
            Err(OAuthError::Incomplete("state"))
        ));
        let two_codes = answer(&one, "http://127.0.0.1:7000/answer", "&code=abc&code=def");
        assert!(matches!(
            one.code(&two_codes, None),
            Err(OAuthError::Incomplete("code"))
        ));
    }

    #[test]
    fn a_refusal_is_told_only_when_it_belongs_to_this_sign_in() {
        let one = authorization();
        let denied = answer(&one, "http://127.0.0.1:7000/answer", "&error=access_denied");
        assert!(matches!(one.code(&denied, None), Err(OAuthError::Denied(why)) if why == "access_denied"));
        let foreign = Url::parse("http://127.0.0.1:7000/answer?error=access_denied&state=x").unwrap();
        assert!(matches!(one.code(&foreign, None), Err(OAuthError::OtherState)));
    }

    #[test]
    fn an_answer_of_another_server_is_refused() {
        let one = authorization();
        let url = answer(
            &one,
            "http://127.0.0.1:7000/answer",
            "&code=abc&iss=https%3A%2F%2Fevil.example",
        );
        assert!(matches!(
            one.code(&url, Some("https://good.example")),
            Err(OAuthError::OtherIssuer)
        ));
        assert!(one.code(&url, Some("https://evil.example")).is_ok());
    }

    #[test]
    fn nothing_secret_is_shown() {
        let one = authorization();
        let shown = format!("{one:?}");
        assert!(!shown.contains(one.state.expose_secret()) && !shown.contains(one.verifier.expose_secret()));
    }
}
