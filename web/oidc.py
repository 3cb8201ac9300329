"""Sign in at the organisation's own provider: OpenID Connect, authorization code flow with PKCE.

What must be known again when the browser comes back (state, nonce, PKCE verifier) is derived from
one random cookie and the secret key, so the server stores nothing and a changed cookie fits no
state. Needs the extra `oidc`; nothing of it is imported before the setting asks for it.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote

from web.accounts import Role
from web.config import Settings
from web.setting_checks import is_safe_address

SCOPE: Final = "openid profile email"
# Signed with the provider's private key only: with "none" or HS256 others could sign, too.
ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
)
TIMEOUT: Final = 8
FLOW_SECONDS: Final = 600
"""Time to sign in at the provider, with a second factor."""
LEEWAY: Final = 60
"""Seconds that the clocks of two servers may differ."""

TOO_LATE: Final = (
    "Het aanmelden duurde te lang, of begon in een ander venster. Probeer het opnieuw."
)
UNREACHABLE: Final = "De aanmeldpagina van je organisatie doet het niet. Probeer het later opnieuw."
NOT_RIGHT: Final = "Het antwoord van je organisatie klopt niet. Vraag de beheerder om hulp."
CANCELLED: Final = "Je hebt je niet aangemeld. Probeer het opnieuw."


class SignInFailed(Exception):
    """Tell in one Dutch sentence why a sign-in did not work; the status says whose fault it is."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True, slots=True)
class Identity:
    """Hold who signed in at the provider; no role means that this site is not for them."""

    subject: str
    """A hash of the provider and its own id of the person."""
    name: str
    role: Role | None


@dataclass(frozen=True, slots=True)
class Flow:
    """Hold what one sign-in is known by, all derived from the cookie."""

    cookie: str
    key: bytes

    @classmethod
    def begin(cls, key: bytes, target: str) -> "Flow":
        """Start a sign-in that leads to a path."""
        return cls(f"{secrets.token_urlsafe(24)}.{int(time.time())}.{quote(target)}", key)

    @property
    def state(self) -> str:
        """Give the value that must come back with the browser."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """Give the value that the provider must sign."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """Give the PKCE code verifier, which the browser never sees."""
        return self._derived("verifier")

    @property
    def target(self) -> str:
        """Give the path to go to afterwards, of a cookie that `is_fresh`."""
        return unquote(self.cookie.split(".", 2)[2])

    def is_fresh(self, state: str) -> bool:
        """Tell whether a state belongs to this cookie, which must not be old."""
        if not hmac.compare_digest(state.encode("utf-8", "replace"), self.state.encode()):
            return False  # behind this line the cookie is ours to the letter
        return time.time() - int(self.cookie.split(".")[1]) < FLOW_SECONDS

    def _derived(self, purpose: str) -> str:
        text = f"oidc {purpose}\x1f{self.cookie}".encode("utf-8", "replace")
        return hmac.new(self.key, text, hashlib.sha256).hexdigest()


class Provider:
    """Speak with one provider; its description is asked for at the first sign-in, then kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._metadata: dict[str, Any] = {}

    def address(self, flow: Flow, redirect_uri: str) -> str:
        """Give the address of the provider's sign-in page."""
        with _explained():
            url, _ = self._session(redirect_uri).create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=flow.state,
                nonce=flow.nonce,
                code_verifier=flow.verifier,
            )
        return str(url)

    def identity(self, flow: Flow, answer: Mapping[str, str], redirect_uri: str) -> Identity:
        """Trade the code for a signed identity, and check it; raises SignInFailed."""
        if not flow.is_fresh(answer.get("state", "")):
            raise SignInFailed(TOO_LATE, 400)
        if answer.get("iss", self._settings.oidc_issuer) != self._settings.oidc_issuer:
            raise SignInFailed(NOT_RIGHT, 400)  # RFC 9207: the answer of another provider
        if "error" in answer or not answer.get("code"):
            raise SignInFailed(CANCELLED, 403)
        with _explained():
            session = self._session(redirect_uri)
            token = session.fetch_token(
                self._endpoint("token_endpoint"),
                code=answer["code"],
                code_verifier=flow.verifier,
                grant_type="authorization_code",
                timeout=TIMEOUT,
            )
            claims = self._claims(token, flow.nonce)
            claims = self._with_userinfo(session, claims)
        return self._identity(claims)

    def _claims(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """Give what the ID token says, once signature and every claim are checked."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.jwk import KeySet

        keys = KeySet.import_key_set(self._get(self._endpoint("jwks_uri")))
        decoded = jwt.decode(token["id_token"], keys, algorithms=list(ALGORITHMS))
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self._settings.oidc_issuer},
                "aud": {"essential": True, "value": self._settings.oidc_client_id},
            },
            {
                "nonce": nonce,
                "client_id": self._settings.oidc_client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(leeway=LEEWAY)
        return dict(claims)

    def _with_userinfo(self, session: Any, claims: dict[str, Any]) -> dict[str, Any]:
        """Ask for more when the token does not tell what decides on the role."""
        if self._settings.oidc_role_claim in claims or "userinfo_endpoint" not in self._metadata:
            return claims
        answer = session.get(self._endpoint("userinfo_endpoint"), timeout=TIMEOUT)
        answer.raise_for_status()
        told = answer.json()
        if told.get("sub") != claims["sub"]:
            raise ValueError("sub")
        return dict(told) | claims

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        issuer, person = self._settings.oidc_issuer, str(claims["sub"])
        names = (claims.get(name) for name in ("name", "preferred_username", "email"))
        return Identity(
            subject=hashlib.sha256(f"{issuer}\x1f{person}".encode()).hexdigest(),
            name=next((str(name) for name in names if name), person),
            role=role_of(self._settings, claims),
        )

    def _session(self, redirect_uri: str) -> Any:
        from authlib.integrations.requests_client import OAuth2Session

        self._describe()
        secret = self._settings.oidc_client_secret
        offered = self._metadata.get("token_endpoint_auth_methods_supported")
        method = "client_secret_basic"
        if offered and method not in offered:
            method = "client_secret_post"
        return OAuth2Session(
            self._settings.oidc_client_id,
            secret or None,
            token_endpoint_auth_method=method if secret else "none",
            scope=SCOPE,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
        )

    def _describe(self) -> None:
        """Read the provider's own description, which must be of the provider that was asked."""
        if self._metadata:
            return
        issuer = self._settings.oidc_issuer
        found = self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if found["issuer"] != issuer:
            raise ValueError("issuer")
        self._metadata = found

    def _endpoint(self, name: str) -> str:
        self._describe()
        url = str(self._metadata[name])
        if not is_safe_address(url):
            raise ValueError(name)
        return url

    def _get(self, url: str) -> Any:
        import requests

        answer = requests.get(url, timeout=TIMEOUT, allow_redirects=False)
        answer.raise_for_status()
        return answer.json()


def role_of(settings: Settings, claims: Mapping[str, Any]) -> Role | None:
    """Give the highest role that the claim gives; an e-mail address counts once it is verified."""
    name = settings.oidc_role_claim
    if name == "email" and claims.get("email_verified") is not True:
        return None
    given = claims.get(name, [])
    values = {str(value) for value in (given if isinstance(given, list) else [given])}
    for role, wanted in (
        (Role.ADMINISTRATOR, settings.oidc_administrators),
        (Role.EDITOR, settings.oidc_editors),
        (Role.MODERATOR, settings.oidc_moderators),
    ):
        if values & set(wanted):
            return role
    return None


@contextmanager
def _explained() -> Iterator[None]:
    """Give one sentence for all that can be wrong with a provider or what it says."""
    import requests
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    try:
        yield
    except (requests.ConnectionError, requests.Timeout) as error:
        raise SignInFailed(UNREACHABLE, 502) from error
    except (
        requests.RequestException,
        AuthlibBaseError,
        JoseError,
        AttributeError,  # JSON of another shape
        KeyError,
        TypeError,
        ValueError,
    ) as error:
        raise SignInFailed(NOT_RIGHT, 502) from error
