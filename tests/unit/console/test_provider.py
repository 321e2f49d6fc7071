"""Logging in with the OpenID provider of the organisation, against a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import func, select

from assistant.answers import Library
from assistant.database import Base, Database
from assistant.staff import sessions
from assistant.staff.models import AuditRow, StaffAccount
from assistant.staff.seal import Seal
from tests.unit.console.conftest import ADDRESS, Console, StaffClient
from tests.unit.console.provider import running_provider, say_yes, set_person

SETTINGS = {
    "oidc_client_id": "meedoen",
    "oidc_client_secret": "geheim",
    "oidc_roles": {"g-review": "reviewer", "g-privacy": "privacyfunctionaris", "g-oud": "bestaat niet meer"},
    "oidc_municipalities": {"g-almere": "almere", "g-land": "landelijk"},
    "console_url": ADDRESS,
}
MFA = {"amr": ["pwd", "mfa"], "email": "Fatima@Almere.nl", "name": "Fatima El Amrani"}
Enter = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with running_provider() as address:
        yield address


@pytest.fixture
def console(tmp_path: Path, migrated_file: bytes, library: Library, provider: str) -> Iterator[Console]:
    (tmp_path / "meedoen.db").write_bytes(migrated_file)
    database = Database(f"sqlite:///{tmp_path / 'meedoen.db'}")
    yield Console(database, library, tmp_path, oidc_issuer=provider, **SETTINGS)
    database.dispose()


def enter(client: StaffClient, subject: str, onward: str = "/mijn-account", **changed: str) -> httpx.Response:
    """Go to the provider, log in there, and come back."""
    out = client.get("/inloggen/organisatie", params={"verder": onward})
    assert out.status_code == 303
    back = say_yes(out.headers["location"], subject) | changed
    return client.get("/inloggen/terug", params=back)


def test_the_road_there_asks_for_everything(console: Console, provider: str) -> None:
    client = console.anonymous()
    assert "/inloggen/organisatie" in client.get("/inloggen").text
    out = client.get("/inloggen/organisatie")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(out.headers["location"]).query).items()}
    assert out.headers["location"].startswith(f"{provider}/")
    assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", "meedoen")
    assert asked["redirect_uri"] == f"{ADDRESS}/inloggen/terug"
    assert len(asked["state"]) >= 43 and len(asked["nonce"]) >= 43 and len(asked["code_challenge"]) == 43
    assert "openid" in asked["scope"].split()
    cookie = out.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie


def test_groups_become_rights(console: Console, provider: str) -> None:
    set_person(provider, "fatima", **MFA, groups=["g-review", "g-almere", "iets anders", "g-oud"])
    client = console.anonymous()
    done = enter(client, "fatima")
    assert (done.status_code, done.headers["location"]) == (303, "/mijn-account")
    shown = client.get("/mijn-account").text
    assert "Fatima El Amrani" in shown and "reviewer" in shown and "Almere" in shown
    with console.database.session(write=False) as session:
        account = session.scalars(select(StaffAccount)).one()
        assert (account.issuer, account.subject, account.email) == (provider, "fatima", "fatima@almere.nl")
        assert [one.role for one in account.roles] == ["reviewer"]
        assert session.scalars(select(AuditRow.action).order_by(AuditRow.number)).all() == [
            "rechten van de inlogdienst",
            "ingelogd",
        ]


def test_other_groups_end_the_older_sessions(console: Console, provider: str) -> None:
    set_person(provider, "jan", **MFA, groups=["g-review", "g-almere"])
    first, second = console.anonymous(), console.anonymous()
    enter(first, "jan")
    assert enter(second, "jan").status_code == 303
    assert first.get("/mijn-account").status_code == 200
    set_person(provider, "jan", **MFA, groups=["g-privacy", "g-land"])
    assert enter(second, "jan").status_code == 303
    assert first.get("/mijn-account").status_code == 303, "the rights of before are gone everywhere"
    assert "privacyfunctionaris" in second.get("/mijn-account").text
    assert second.get("/logboek").status_code == 200


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"groups": ["g-review", "g-almere"]}, "zonder tweede stap"),
        ({"amr": ["pwd"], "groups": ["g-review", "g-almere"]}, "zonder tweede stap"),
        ({"amr": ["mfa-not"], "groups": ["g-review", "g-almere"]}, "zonder tweede stap"),
        ({**MFA, "groups": ["g-review"]}, "geen rol of geen gemeente"),
        ({**MFA, "groups": ["g-almere"]}, "geen rol of geen gemeente"),
        ({**MFA, "groups": ["g-oud", "g-almere"]}, "geen rol of geen gemeente"),
        (MFA, "geen rol of geen gemeente"),
    ],
)
def test_who_lacks_something_does_not_come_in(
    console: Console, provider: str, claims: dict[str, Any], words: str
) -> None:
    set_person(provider, "eva", **claims)
    client = console.anonymous()
    done = enter(client, "eva")
    assert done.status_code == 403 and words in done.text
    assert client.get("/mijn-account").status_code == 303
    with console.database.session(write=False) as session:
        assert session.scalars(select(StaffAccount)).all() == []


def test_acr_proves_a_second_step_too(console: Console, provider: str) -> None:
    set_person(provider, "acr", acr="mfa", groups=["g-review", "g-almere"])
    assert enter(console.anonymous(), "acr").status_code == 303


def test_the_way_back_is_only_for_the_same_browser_once_and_soon(console: Console, provider: str) -> None:
    set_person(provider, "fatima", **MFA, groups=["g-review", "g-almere"])
    client = console.anonymous()
    out = client.get("/inloggen/organisatie")
    back = say_yes(out.headers["location"], "fatima")
    assert console.anonymous().get("/inloggen/terug", params=back).status_code == 403, "another browser"
    assert client.get("/inloggen/terug", params=back | {"state": "x" * 43}).status_code == 403
    out = client.get("/inloggen/organisatie")
    back = say_yes(out.headers["location"], "fatima")
    assert client.get("/inloggen/terug", params=back).status_code == 303
    assert client.get("/inloggen/terug", params=back).status_code == 403, "used"
    client = console.anonymous()
    back = say_yes(client.get("/inloggen/organisatie").headers["location"], "fatima")
    console.at(console.now() + timedelta(minutes=11))
    assert client.get("/inloggen/terug", params=back).status_code == 403, "too late"


def test_who_starts_and_never_comes_back_leaves_nothing_behind(console: Console) -> None:
    """Anybody may start without logging in: a thousand starts must not be a thousand rows."""
    client, before = console.anonymous(), everything(console.database)
    for _ in range(300):
        client.cookies.clear()
        assert client.get("/inloggen/organisatie", params={"verder": "/" + "x" * 590}).status_code == 303
    assert everything(console.database) == before
    assert len(client.cookies["meedoen-aanbieder"]) < 4000, "a browser keeps no larger cookie"


def everything(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.session(write=False) as session:
        tables = Base.metadata.sorted_tables
        return {one.name: session.scalar(select(func.count()).select_from(one)) or 0 for one in tables}


def test_a_cookie_that_was_made_or_changed_by_somebody_is_refused(console: Console, provider: str) -> None:
    set_person(provider, "fatima", **MFA, groups=["g-review", "g-almere"])
    client = console.anonymous()
    back = say_yes(client.get("/inloggen/organisatie").headers["location"], "fatima")
    kept = client.cookies["meedoen-aanbieder"]
    foreign = Seal("another secret").close('provider:{"state": ""}')
    totp = console.rooms.seal.close("JBSWY3DPEHPK3PXP")
    for wrong in (kept[:-12] + "AAAAAAAAAA==", foreign, "x", console.rooms.seal.close("{}"), totp):
        client.cookies.clear()
        client.cookies.set("meedoen-aanbieder", wrong)
        assert client.get("/inloggen/terug", params=back).status_code == 403, wrong


def test_sessions_elsewhere_end_after_a_fresh_login_only(console: Console, provider: str) -> None:
    set_person(provider, "fatima", **MFA, groups=["g-review", "g-almere"])
    client, other = console.anonymous(), console.anonymous()
    enter(client, "fatima")
    enter(other, "fatima")
    client.token = client.cookies["meedoen"]
    console.at(console.now() + timedelta(minutes=11))
    assert client.submit("/mijn-account/uitloggen").status_code == 400
    assert "/inloggen/organisatie?opnieuw=ja" in client.get("/mijn-account").text
    out = client.get("/inloggen/organisatie", params={"opnieuw": "ja", "verder": "/mijn-account"})
    assert parse_qs(urlsplit(out.headers["location"]).query)["prompt"] == ["login"]
    enter(client, "fatima")
    client.token = client.cookies["meedoen"]
    assert client.submit("/mijn-account/uitloggen").status_code == 303
    assert (client.get("/sessie").status_code, other.get("/sessie").status_code) == (204, 303)


def test_a_wrong_code_and_a_refusal_are_said(console: Console) -> None:
    client = console.anonymous()
    state = parse_qs(urlsplit(client.get("/inloggen/organisatie").headers["location"]).query)["state"][0]
    done = client.get("/inloggen/terug", params={"state": state, "code": "made up"})
    assert done.status_code == 403 and "gaf geen toegang" in done.text
    assert client.get("/inloggen/terug", params={"error": "access_denied"}).status_code == 403


def test_a_token_for_another_question_is_refused(console: Console, provider: str) -> None:
    """The nonce: an id token of one login does not open another."""
    set_person(provider, "fatima", **MFA, groups=["g-review", "g-almere"])
    client = console.anonymous()
    out = client.get("/inloggen/organisatie")
    parts = urlsplit(out.headers["location"])
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()} | {"nonce": "another nonce"}
    address = str(httpx.URL(parts._replace(query="").geturl(), params=asked))
    assert client.get("/inloggen/terug", params=say_yes(address, "fatima")).status_code == 403


def test_an_account_that_was_switched_off_here_stays_out(console: Console, provider: str) -> None:
    set_person(provider, "weg", **MFA, groups=["g-review", "g-almere"])
    enter(console.anonymous(), "weg")
    with console.database.session() as session:
        session.scalars(select(StaffAccount)).one().active = False
    assert enter(console.anonymous(), "weg").status_code == 403


def test_logging_out_leads_to_the_logout_of_the_provider(console: Console, provider: str) -> None:
    set_person(provider, "fatima", **MFA, groups=["g-review", "g-almere"])
    client = console.anonymous()
    enter(client, "fatima")
    client.token = client.cookies["meedoen"]
    done = client.submit("/uitloggen")
    assert done.status_code == 200
    assert f"{provider}/oauth2/end_session?" in done.text and "id_token_hint=" in done.text
    assert client.get("/mijn-account").status_code == 303
    assert isinstance(sessions.find(console.database, client.token, console.now()), sessions.Lapsed)


def test_onward_never_leads_elsewhere(console: Console, provider: str) -> None:
    set_person(provider, "fatima", **MFA, groups=["g-review", "g-almere"])
    assert enter(console.anonymous(), "fatima", "https://evil.example/").headers["location"] == "/"


def test_a_provider_that_does_not_answer_is_said(console: Console, tmp_path: Path, library: Library) -> None:
    dead = Console(console.database, library, tmp_path, oidc_issuer="http://127.0.0.1:9", **SETTINGS)
    done = dead.anonymous().get("/inloggen/organisatie")
    assert done.status_code == 503 and "antwoordt niet" in done.text
