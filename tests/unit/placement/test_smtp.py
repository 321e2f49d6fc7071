"""A mail really goes out to a mail server: plain, with STARTTLS and a password, and with TLS from the start."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from assistant.placement.errors import MailFailed
from assistant.placement.mail import mailer_from

BODY = "Klopt deze werkplek nog?\nZeg het met één klik.\n"


class Letterbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """TLS of a server whose authority this process trusts."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.issue_cert("127.0.0.1").configure_cert(context)
    return context


def check_password(server: SMTP, session: Any, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"post@almere.nl", b"ge/heim")
    return AuthResult(success=right, handled=right)


@pytest.fixture
def start(letterbox: Letterbox) -> Iterator[Any]:
    servers: list[Controller] = []

    def starting(**options: Any) -> int:
        with socket.socket() as probe:  # the controller has to know its port before it listens
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        server = Controller(letterbox, hostname="127.0.0.1", port=port, **options)
        server.start()
        servers.append(server)
        return port

    yield starting
    for server in servers:
        server.stop()


def received(letterbox: Letterbox) -> tuple[list[str], str, str]:
    envelope = letterbox.envelopes[0]
    message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
    return envelope.rcpt_tos, str(message["Subject"]), message.get_content().replace("\r\n", "\n")


def test_a_plain_server_takes_the_mail(start: Any, letterbox: Letterbox) -> None:
    mailer_from(f"smtp://127.0.0.1:{start()}?from=post@almere.nl").send("jan@werk.nl", "Werkplek W-0001", BODY)
    assert received(letterbox) == (["jan@werk.nl"], "Werkplek W-0001", BODY)
    assert letterbox.envelopes[0].mail_from == "post@almere.nl"


@pytest.mark.parametrize(("password", "arrives"), [("ge%2Fheim", True), ("fout", False)])
def test_a_password_travels_only_under_tls(
    start: Any, letterbox: Letterbox, authority: ssl.SSLContext, password: str, arrives: bool
) -> None:
    port = start(tls_context=authority, require_starttls=True, auth_required=True, authenticator=check_password)
    mailer = mailer_from(f"smtp://post%40almere.nl:{password}@127.0.0.1:{port}")
    if arrives:
        mailer.send("jan@werk.nl", "Vraag", BODY)
    else:
        with pytest.raises(MailFailed, match="SMTPAuthenticationError"):
            mailer.send("jan@werk.nl", "Vraag", BODY)
    assert bool(letterbox.envelopes) is arrives


def test_tls_from_the_first_byte(start: Any, letterbox: Letterbox, authority: ssl.SSLContext) -> None:
    mailer_from(f"smtps://127.0.0.1:{start(ssl_context=authority)}").send("jan@werk.nl", "Vraag", BODY)
    assert received(letterbox)[2] == BODY


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    start: Any, letterbox: Letterbox, authority: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = start(ssl_context=authority)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailFailed):
        mailer_from(f"smtps://127.0.0.1:{port}").send("jan@werk.nl", "Vraag", BODY)
    assert letterbox.envelopes == []
