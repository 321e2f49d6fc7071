"""Id tokens of the provider: signed by its key with an algorithm of ours, for us, of now, for this question."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from assistant.staff.errors import ProviderRefused
from assistant.staff.provider import Provider

ISSUER, CLIENT, NONCE = "https://login.almere.nl", "meedoen", "n" * 43
OURS, OTHERS = RSAKey.generate_key(2048, {"kid": "a"}), RSAKey.generate_key(2048, {"kid": "a"})
ABOUT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/a",
    "token_endpoint": f"{ISSUER}/t",
    "jwks_uri": f"{ISSUER}/k",
}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider(ISSUER, CLIENT, "geheim")
    public = KeySet([RSAKey.import_key(OURS.as_dict(private=False))])
    monkeypatch.setattr(made, "_ask", lambda: (ABOUT, public))
    return made


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    usual = {"iss": ISSUER, "aud": CLIENT, "sub": "u1", "iat": now, "exp": now + 300, "nonce": NONCE}
    return {name: value for name, value in (usual | changed).items() if value is not None}


def signed(key: Any = OURS, alg: str = "RS256", **changed: Any) -> str:
    return jwt.encode({"alg": alg, "kid": "a"}, claims(**changed), key, algorithms=[alg])


def unsigned() -> str:
    parts = ({"alg": "none"}, claims())
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + "."


def edited() -> str:
    head, _, signature = signed().split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims(sub="beheerder")).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


def confused() -> str:
    """HS256 with our public key as its password: who takes any algorithm takes this."""
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "HS256"}, claims())]
    body = b".".join(parts)
    mac = hmac.digest(OURS.as_pem(private=False), body, "sha256")
    return (body + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


WRONG: dict[str, Callable[[], str]] = {
    "another key": lambda: signed(OTHERS),
    "no signature": unsigned,
    "another body": edited,
    "public key as password": confused,
    "algorithm not in the list": lambda: signed(alg="RS512"),
    "for somebody else": lambda: signed(aud="andere"),
    "of somebody else": lambda: signed(iss="https://login.evil.nl"),
    "over": lambda: signed(exp=int(time.time()) - 3600, iat=int(time.time()) - 7200),
    "not yet": lambda: signed(nbf=int(time.time()) + 3600),
    "another question": lambda: signed(nonce="m" * 43),
    "no end": lambda: signed(exp=None),
    "no audience": lambda: signed(aud=None),
    "nothing": lambda: "",
    "rubbish": lambda: "a.b.c",
}


def test_a_good_token_is_believed(provider: Provider) -> None:
    assert provider._checked(signed(), NONCE, None)[0]["sub"] == "u1"


@pytest.mark.parametrize("how", WRONG)
def test_no_token_of_another_hand_is_believed(provider: Provider, how: str) -> None:
    with pytest.raises(ProviderRefused):
        provider._checked(WRONG[how](), NONCE, None)


def test_a_provider_that_says_it_is_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        told = ABOUT | {"issuer": "https://login.evil.nl"}
        return httpx.Response(
            200, json=told if "well-known" in request.url.path else {"keys": [OURS.as_dict(private=False)]}
        )

    real = httpx.Client
    provider = Provider(ISSUER, CLIENT, "geheim")
    monkeypatch.setattr(httpx, "Client", lambda **options: real(transport=httpx.MockTransport(answer)))
    with pytest.raises(ProviderRefused):
        provider._about()
