"""Sending a mail: by SMTP, or into a folder where everything can be read back. The folder is the default.

`mailer_from("")` writes to var/outbox; `mailer_from("smtp://user:password@host:587?from=post@gemeente.nl")` sends, and
`smtps://` does so with TLS from the first byte (RFC 8314). With a user, `smtp://` insists on STARTTLS.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

from assistant.placement.errors import MailFailed

OUTBOX = Path("var") / "outbox"
SENDER = "meedoen@localhost"
TIMEOUT = 20.0  # seconds for each answer of the mail server


class Mailer(Protocol):
    """Something that takes a message."""

    def send(self, to: str, subject: str, body: str) -> None:
        """Send a plain text. Raises MailFailed; a line break in the address or subject is a ValueError."""


@dataclass(frozen=True, slots=True)
class OutboxMailer:
    """Writes each message to a file of its own, `<uuid>.eml`, readable by its owner alone."""

    folder: Path = OUTBOX
    sender: str = SENDER

    def send(self, to: str, subject: str, body: str) -> None:
        """Write it, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{uuid4().hex}.eml"
        unfinished = path.with_suffix(".tmp")
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(_message(self.sender, to, subject, body).as_bytes())
        unfinished.rename(path)


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Sends through a mail server. tls: from the first byte; else STARTTLS when there is a user to protect."""

    host: str
    port: int
    sender: str = SENDER
    user: str | None = None
    password: str | None = None
    tls: bool = False

    def send(self, to: str, subject: str, body: str) -> None:
        """Send it. Raises MailFailed with the kind of error, never with an address."""
        message = _message(self.sender, to, subject, body)
        try:
            with self._connect() as server:
                if self.user:
                    server.login(self.user, self.password or "")
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(type(error).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        if self.tls:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=ssl.create_default_context())
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        if self.user:
            server.starttls(context=ssl.create_default_context())
        return server


def mailer_from(address: str, outbox: Path = OUTBOX) -> Mailer:
    """The mailer for a setting. Empty: the outbox. Raises ValueError for an address that is no smtp(s)://."""
    if not address:
        return OutboxMailer(outbox)
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("a mail address of a server looks like smtp://host:587")
    tls = parts.scheme == "smtps"
    return SmtpMailer(
        host=parts.hostname,
        port=parts.port or (465 if tls else 587),
        sender=parse_qs(parts.query).get("from", [SENDER])[0],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=tls,
    )


def _message(sender: str, to: str, subject: str, body: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{uuid4().hex}@meedoen.local>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    message.set_content(body)
    return message
