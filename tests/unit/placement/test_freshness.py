"""Openings fade, providers are asked, and what is incomplete or going stale is on a list."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import select, update

from assistant.database import Database
from assistant.placement import (
    ConfirmLinkInvalid,
    MailFailed,
    OpeningSearch,
    answer_link,
    ask_confirmations,
    completeness_report,
    opening_by_number,
    opening_of_link,
    search_openings,
    stale,
)
from assistant.placement.mail import OutboxMailer, SmtpMailer, mailer_from
from assistant.placement.models import ConfirmLink, Opening

from .conftest import NOW, TODAY, MakeOpening


def days(number: int) -> timedelta:
    return timedelta(days=number)


def link(token: str, answer: str) -> str:
    return f"https://meedoen.example/bevestigen/{token}?antwoord={answer}"


def test_the_list_of_this_week(database: Database, opening: MakeOpening) -> None:
    with database.session() as session:
        session.execute(update(Opening).values(confirmed_on=TODAY))
        session.add_all(
            [
                opening("W-0901", confirmed_on=TODAY - days(84)),
                opening("W-0902", confirmed_on=TODAY - days(83)),
                opening("W-0903", confirmed_on=TODAY - days(91)),
                opening("W-0904", confirmed_on=TODAY - days(178), contact_email="a@b.nl"),
                opening("W-0905", valid_until=TODAY + days(7)),
                opening("W-0906", valid_until=TODAY + days(8)),
                opening("W-0907", confirmed_on=TODAY - days(181)),
                opening("W-0908", confirmed_on=None, entered_on=TODAY - days(3)),
            ]
        )
        session.flush()
        found = [(entry.number, entry.what, entry.on - TODAY) for entry in stale(session, today=TODAY)]
    assert sorted(found) == [
        ("W-0901", "vervaagt", days(7)),
        ("W-0903", "vervaagt", days(0)),
        ("W-0904", "verdwijnt", days(3)),
        ("W-0905", "eindigt", days(7)),
        ("W-0908", "al_vervaagd", days(-3)),
    ]


def test_after_half_a_year_nobody_sees_it(database: Database, opening: MakeOpening) -> None:
    with database.session() as session:
        session.add(opening("W-0901", confirmed_on=TODAY - days(180), work_kind="houtzagerij", place="Tuk"))
        session.add(opening("W-0902", confirmed_on=TODAY - days(181)))
        session.add(opening("W-0903", confirmed_on=None, entered_on=TODAY - days(181)))
        session.flush()
        assert opening_by_number(session, "W-0901", today=TODAY).unconfirmed  # type: ignore[union-attr]
        assert opening_by_number(session, "W-0902", today=TODAY) is None
        assert opening_by_number(session, "W-0903", today=TODAY) is None
        shown = search_openings(session, OpeningSearch(work_kind="metaal"), today=TODAY, limit=99).openings
        assert not {"W-0902", "W-0903"} & {view.number for view in shown}


def test_completeness_counts_what_helps_somebody_choose(database: Database) -> None:
    with database.session(write=False) as session:
        report = completeness_report(session)
    assert [entry.score for entry in report] == sorted(entry.score for entry in report)
    assert all(0 < entry.score <= 100 and (entry.score < 100) == bool(entry.missing) for entry in report)
    assert "contact" in report[0].missing


@pytest.fixture
def asked(database: Database, opening: MakeOpening, tmp_path: Path) -> list[str]:
    """The tokens of a mail about two openings, one provider."""
    old = TODAY - days(85)
    with database.session() as session:
        session.add_all(
            opening(number, confirmed_on=old, contact_email="jan@werk.nl", contact_name="Jan")
            for number in ("W-0901", "W-0902")
        )
        session.add(opening("W-0903", confirmed_on=old))
        session.flush()
        done = ask_confirmations(session, OutboxMailer(tmp_path), now=NOW, link=link)
    assert (done.mails, done.openings, done.without_address, done.failed) == (1, 2, ("W-0903",), ())
    (file,) = tmp_path.glob("*.eml")
    assert file.stat().st_mode & 0o077 == 0
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"]) == ("jan@werk.nl", "Klopt uw werkplek nog? (2)")
    body = mail.get_content()  # type: ignore[attr-defined]
    assert "$" not in body and "Jan" in body
    return re.findall(r"bevestigen/([\w-]+)\?antwoord=klopt", body)


def test_a_link_confirms_once_and_looking_changes_nothing(database: Database, asked: list[str]) -> None:
    with database.session() as session:
        assert opening_of_link(session, asked[0], now=NOW).number == "W-0901"
        assert opening_of_link(session, asked[0], now=NOW).confirmed_on == TODAY - days(85)
        assert answer_link(session, asked[0], "klopt", now=NOW) == "W-0901"
        assert answer_link(session, asked[1], "vervallen", now=NOW) == "W-0902"
    with database.session() as session:
        assert session.scalar(select(Opening.confirmed_on).where(Opening.number == "W-0901")) == TODAY
        assert opening_by_number(session, "W-0902", today=TODAY) is None
        for token in (asked[0], "onzin", ""):
            with pytest.raises(ConfirmLinkInvalid):
                answer_link(session, token, "klopt", now=NOW)
            with pytest.raises(ConfirmLinkInvalid):
                opening_of_link(session, token, now=NOW)


def test_a_link_is_not_kept_does_not_last_and_takes_two_answers(database: Database, asked: list[str]) -> None:
    with database.session(write=False) as session:
        kept = session.scalars(select(ConfirmLink.token_digest)).all()
        assert not set(kept) & set(asked) and len(kept) == 2
    for answer, now in (("klopt", NOW + days(31)), ("misschien", NOW)):
        with pytest.raises(ConfirmLinkInvalid), database.session() as session:
            answer_link(session, asked[0], answer, now=now)
    with database.session() as session:
        assert answer_link(session, asked[0], "klopt", now=NOW + days(30)) == "W-0901"


def test_nobody_is_asked_twice_in_a_week_or_left_with_links_when_the_mail_fails(
    database: Database, asked: list[str]
) -> None:
    class Broken:
        def send(self, to: str, subject: str, body: str) -> None:
            raise MailFailed("down")

    with database.session() as session:
        assert ask_confirmations(session, Broken(), now=NOW + days(6), link=link).openings == 0
        later = ask_confirmations(session, Broken(), now=NOW + days(8), link=link)
        assert (later.mails, later.openings, later.failed) == (0, 0, ("W-0901", "W-0902"))
        assert session.query(ConfirmLink).count() == 2


def test_the_mailer_follows_from_its_address(tmp_path: Path) -> None:
    assert mailer_from("", tmp_path) == OutboxMailer(tmp_path)
    mailer = mailer_from("smtp://ik%40x:ge%2Fheim@post.nl:2525?from=hulp@x.nl")
    assert mailer == SmtpMailer("post.nl", 2525, "hulp@x.nl", "ik@x", "ge/heim")
    assert mailer_from("smtps://post.nl") == SmtpMailer("post.nl", 465, tls=True)
    with pytest.raises(ValueError, match="smtp"):
        mailer_from("http://post.nl")
    with pytest.raises(ValueError, match=r"."):
        OutboxMailer(tmp_path).send("jan@werk.nl\nBcc: ieder@een.nl", "x", "y")
    with pytest.raises(MailFailed, match="ConnectionRefusedError"):
        SmtpMailer("127.0.0.1", 1).send("jan@werk.nl", "x", "y")
