"""The OpenID provider of a municipality (Entra ID, ADFS, Keycloak): code flow with PKCE, state and nonce.

Authlib makes the requests and judges the id token; here is only what we ask of it. Nothing is fetched before somebody
logs in, and what the provider says of itself is kept for an hour.
"""

from __future__ import annotations

import threading
import time
import warnings
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.common.security import generate_token
from authlib.deprecate import AuthlibDeprecationWarning
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assistant.staff.errors import ProviderRefused

with warnings.catch_warnings():
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)  # Authlib 1.9 would rather see httpx2
    from authlib.integrations.httpx_client import OAuth2Client, OAuthError

ALGORITHMS = ["RS256", "PS256", "ES256"]
TIMEOUT = 10.0  # seconds
KEEP = 3600.0  # seconds that what the provider says of itself is kept
LEEWAY = 60  # seconds that clocks may differ
SCOPE = "openid profile email"


@dataclass(frozen=True, slots=True)
class Outward:
    """Where to send the browser, and what to remember until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


class Provider:
    """One OpenID provider. Safe to share between threads."""

    def __init__(self, issuer: str, client_id: str, client_secret: str) -> None:
        self.issuer, self._client_id, self._client_secret = issuer.rstrip("/"), client_id, client_secret
        self._lock = threading.Lock()
        self._kept: tuple[float, dict[str, Any], KeySet] | None = None

    def outward(self, callback: str, *, again: bool = False) -> Outward:
        """Return the road to the login page of the provider; `again` asks it to have somebody prove who they are anew.

        Raises ProviderRefused when it does not answer.
        """
        verifier, nonce = generate_token(64), generate_token(43)
        more = {"prompt": "login"} if again else {}
        with self._client(callback) as client:
            address, state = client.create_authorization_url(
                self._about()["authorization_endpoint"], code_verifier=verifier, nonce=nonce, state=generate_token(43),
                **more,
            )  # fmt: skip
        return Outward(address, state, nonce, verifier)

    def claims(self, callback: str, code: str, nonce: str, verifier: str) -> tuple[dict[str, Any], str]:
        """Exchange a code for the claims of the id token, and the token itself for the logout.

        Raises ProviderRefused when the provider does not answer, or when one of signature, issuer, audience, times and
        nonce is wrong.
        """
        about = self._about()
        try:
            with self._client(callback) as client:
                answer = client.fetch_token(about["token_endpoint"], code=code, code_verifier=verifier)
        except (OAuthError, httpx.HTTPError, ValueError) as error:
            raise ProviderRefused("De inlogdienst gaf geen toegang. Probeer het opnieuw.") from error
        return self._checked(str(answer.get("id_token", "")), nonce, answer.get("access_token"))

    def logout_address(self, id_token: str | None, back: str) -> str | None:
        """Return where to log out at the provider too; None when it has no such page, or cannot be asked now."""
        try:
            page = self._about().get("end_session_endpoint")
        except ProviderRefused:
            return None
        hint = {"id_token_hint": id_token} if id_token else {}
        wishes = httpx.QueryParams({"client_id": self._client_id, "post_logout_redirect_uri": back, **hint})
        return f"{page}?{wishes}" if page else None

    def _client(self, callback: str) -> Any:
        return OAuth2Client(
            self._client_id, self._client_secret or None, scope=SCOPE, redirect_uri=callback,
            code_challenge_method="S256", timeout=TIMEOUT,
        )  # fmt: skip

    def _checked(self, id_token: str, nonce: str, access_token: str | None) -> tuple[dict[str, Any], str]:
        wanted = {"iss": {"essential": True, "value": self._about()["issuer"]}}
        wanted["aud"] = {"essential": True, "value": self._client_id}
        params = {"nonce": nonce, "client_id": self._client_id, "access_token": access_token}
        try:
            token = self._decoded(id_token)
            claims = CodeIDToken(token.claims, token.header, options=wanted, params=params)
            claims.validate(leeway=LEEWAY)
        except (JoseError, ValueError) as error:
            raise ProviderRefused("Het antwoord van de inlogdienst klopt niet. Bel de beheerder.") from error
        return dict(claims), id_token

    def _decoded(self, id_token: str) -> Any:
        try:
            return jwt.decode(id_token, self._keys(), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            self._kept = None  # the provider may have new keys: ask once more
            return jwt.decode(id_token, self._keys(), algorithms=ALGORITHMS)

    def _about(self) -> dict[str, Any]:
        return self._asked()[0]

    def _keys(self) -> KeySet:
        return self._asked()[1]

    def _asked(self) -> tuple[dict[str, Any], KeySet]:
        with self._lock:
            if self._kept is None or time.monotonic() - self._kept[0] > KEEP:
                self._kept = (time.monotonic(), *self._ask())
            return self._kept[1:]

    def _ask(self) -> tuple[dict[str, Any], KeySet]:
        try:
            with httpx.Client(timeout=TIMEOUT) as client:
                about = client.get(f"{self.issuer}/.well-known/openid-configuration").raise_for_status().json()
                keys = client.get(about["jwks_uri"]).raise_for_status().json()
            if about["issuer"].rstrip("/") != self.issuer:
                raise ValueError("another issuer")
            return about, KeySet.import_key_set(keys)
        except (httpx.HTTPError, ValueError, KeyError, JoseError) as error:
            raise ProviderRefused("De inlogdienst antwoordt niet. Probeer het zo nog eens.") from error
