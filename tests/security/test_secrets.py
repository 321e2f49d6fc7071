"""Passwords, codes, tokens and seals: how long, how random, how they are typed and kept."""

from __future__ import annotations

import base64
import math
import re

import pytest
from sqlalchemy import inspect

from assistant.staff import second_step
from assistant.staff.models import StaffAccount
from assistant.staff.passwords import Passwords
from assistant.staff.seal import Seal
from assistant.staff.secret import new_token
from assistant.staff.strength import LONGEST, check_strength
from tests.unit.console.conftest import Console
from tests.unit.gateway.conftest import MakeHouse, client_of


@pytest.mark.parametrize(
    "odd", ["🌻 zonnebloem in de berm", "  spaties voor en achter  ", "alleenkleineletters", "73940162850417"]
)
def test_a_password_may_have_any_characters_and_is_taken_exactly(odd: str) -> None:
    check_strength(odd)
    check_strength("z9" * 32 + "kruiwagen")
    assert LONGEST >= 64
    passwords = Passwords()
    kept = passwords.hash(odd)
    assert passwords.fits(kept, odd)
    for other in (odd.upper(), odd + " ", odd[:-1], odd.strip() if odd != odd.strip() else odd + "x"):
        assert other == odd or not passwords.fits(kept, other)
    longest = (odd * LONGEST)[:LONGEST]
    assert passwords.fits(passwords.hash(longest), longest)
    assert not passwords.fits(passwords.hash(longest), longest + "x"), "nothing is cut off in silence"


def test_a_password_does_not_grow_old() -> None:
    columns = {column.key for column in inspect(StaffAccount).columns}
    assert not {name for name in columns if re.search(r"password_(at|until|changed|expires)", name)}


def test_password_fields_are_masked_and_can_be_filled_by_a_manager(console: Console) -> None:
    pages = {
        "/inloggen": console.anonymous().get("/inloggen").text,
        "own": console.login("reviewer").get("/mijn-account").text,
    }
    for where, page in pages.items():
        fields = re.findall(r"<input[^>]*\bname=\"(?:wachtwoord|nu|nieuw|nogmaals)\"[^>]*>", page)
        assert fields, where
        for field in fields:
            assert 'type="password"' in field and re.search(r'autocomplete="(current|new)-password"', field), field
            assert "onpaste" not in field and "maxlength" not in field
        assert not re.search(r"geheime vraag|meisjesnaam|huisdier", page, re.I)


def test_logging_out_is_on_every_page(console: Console) -> None:
    client = console.login("beheerder", "privacyfunctionaris", "reviewer", "redacteur", "accountmanager", "analist")
    menu = set(re.findall(r'href="(/[\w/-]*)"', client.get("/").text))
    assert len(menu) > 8
    for path in sorted(menu):
        done = client.get(path)
        if done.status_code == 200 and "text/html" in done.headers["content-type"]:
            assert 'action="/uitloggen"' in done.text, path


def test_recovery_codes_have_more_than_twenty_bits() -> None:
    codes = [second_step.plain(code) for _ in range(20) for code in second_step.new_recovery_codes()]
    assert len(set(codes)) == len(codes)
    assert len(codes[0]) * math.log2(len(set("".join(codes)))) > 50


async def test_secrets_have_at_least_128_bits(make: MakeHouse) -> None:
    assert len(base64.urlsafe_b64decode(new_token() + "==")) * 8 >= 128
    assert len(base64.b32decode(second_step.new_secret())) * 8 >= 128
    async with client_of(make()) as client:
        begun = [(await client.post("/api/v1/conversations", json={})).json() for _ in range(3)]
    assert len({one["token"] for one in begun}) == 3
    for one in begun:
        assert re.fullmatch(r"[0-9a-f]{32}", one["id"]), "128 bits"
        assert len(one["token"]) * 6 >= 128


def test_a_changed_seal_does_not_open() -> None:
    seal = Seal("geheim van de gemeente")
    closed = seal.close("JBSWY3DPEHPK3PXP")
    assert seal.open(closed) == "JBSWY3DPEHPK3PXP"
    raw = bytearray(base64.urlsafe_b64decode(closed))
    for at in range(0, len(raw), 7):
        changed = bytes([*raw[:at], raw[at] ^ 1, *raw[at + 1 :]])
        assert seal.open(base64.urlsafe_b64encode(changed).decode()) is None, at
    assert Seal("een ander").open(closed) is None
