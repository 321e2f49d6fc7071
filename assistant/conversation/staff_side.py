"""The take-over as staff does it: the steps of the desk with the words that the person reads, and what time brings.

Words are chosen when something happens, from the answers of the municipality, in the easy level: whoever says them here
does not know the level of the talk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from assistant.answers import Library, Wording
from assistant.answers.opening_hours import AMSTERDAM
from assistant.conversation.asked_last import asked_last
from assistant.conversation.takeover_files import TakeOverFiles
from assistant.core.context import TalkContext
from assistant.core.masking import refuse_bsn
from assistant.core.reply import Reply
from assistant.core.scope import NATIONAL, Scope
from assistant.database import Database
from assistant.handover import HandoverDesk, HandoverNotPossible, HandoverView, Signals
from assistant.placement import CallBackRequest, ask_call_back
from assistant.placement.errors import MailFailed
from assistant.placement.mail import Mailer, mailer_from
from assistant.review.told import told
from assistant.settings import Settings

logger = structlog.get_logger(__name__)
PRESENT = timedelta(minutes=10)
"""Who was not seen for this long is not there to take talks."""
UNDECIDED = timedelta(minutes=30)
"""After this long without a choice a summary that was shown is not sent any more."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class StaffSide:
    """What a member of staff can do with a talk. Raises HandoverNotFound or HandoverNotPossible."""

    desk: HandoverDesk
    database: Database
    library: Library
    files: TakeOverFiles
    mailer: Mailer
    silent: timedelta = timedelta(minutes=5)
    """How long a member of staff may show no sign before a talk goes back to the queue."""
    longest_wait: timedelta = timedelta(minutes=30)
    now: Callable[[], datetime] = _now

    @classmethod
    def of(
        cls,
        settings: Settings,
        database: Database,
        library: Library,
        signals: Signals,
        now: Callable[[], datetime] = _now,
    ) -> StaffSide:
        """Put it together from the settings."""
        return cls(
            HandoverDesk(database, signals),
            database,
            library,
            TakeOverFiles(settings.data / "takeover"),
            mailer_from(settings.mail_server, settings.var / "outbox"),
            silent=timedelta(minutes=settings.takeover_silent_minutes),
            longest_wait=timedelta(minutes=settings.takeover_wait_minutes),
            now=now,
        )

    # is somebody there

    def reachable(self, municipality: str | None) -> bool:
        """Whether the municipality is open now, and somebody is there who may take this talk."""
        place = municipality or NATIONAL
        return self.is_open(place) and bool(self.desk.queue.present(frozenset({place}), self.now() - PRESENT))

    def is_open(self, municipality: str) -> bool:
        """Whether it is within the opening hours; a municipality without hours is never open."""
        words = self.library.book.municipalities.get(municipality)
        return bool(words and words.hours and words.hours.until(self.now().astimezone(AMSTERDAM)))

    # a talk

    def claim(self, handover_id: int, staff_id: int, name: str, scope: Scope) -> HandoverView:
        """Take a talk; the person sees the first name."""
        return self.desk.claim(handover_id, staff_id, name.split()[0][:60] if name.split() else "", scope, self.now())

    def finish(self, talk: HandoverView, staff_id: int) -> None:
        """Give the talk back to the assistant, which says so and takes up the question it was asking."""
        self.desk.finish(talk.id, staff_id, self.now(), self._back(talk, "mens/terug"))

    def put_back(self, talk: HandoverView, staff_id: int) -> None:
        """Leave the talk to a colleague."""
        self.desk.put_back(talk.id, staff_id, self.now(), [self._said(talk, "mens/naar_collega")])

    def call_back(self, talk: HandoverView, staff_id: int, name: str, phone: str, when: str) -> str:
        """Agree on a call and end the talk; returns the number on the list.

        Raises ContactInvalid for what is no phone number. The list is written first: a call too many is better than
        one that was promised and forgotten, and the same one twice is one row.
        """
        self._must_be_mine(talk, staff_id)
        place = talk.municipality if talk.municipality != NATIONAL else None
        request = CallBackRequest(
            name=name, phone=phone, when=when or "zsm", municipality=place, conversation_id=talk.conversation_id
        )
        with self.database.session() as session:
            number = ask_call_back(session, request, now=self.now()).number
        self.desk.will_call(talk.id, staff_id, self.now(), self._back(talk, "mens/terug_bellen", nummer=number))
        return number

    def ask_forward(self, talk: HandoverView, staff_id: int, organisation_id: str, question: str, contact: str) -> None:
        """Show the person what would go to which organisation, and ask. Raises HandoverNotPossible for a wrong one."""
        forwarding = self.files.forwarding(talk.municipality)
        organisation = forwarding.find(organisation_id) if forwarding else None
        if organisation is None:
            raise HandoverNotPossible("no such organisation")
        question, contact = refuse_bsn(question.strip()[:1000])[0], refuse_bsn(contact.strip()[:120])[0]
        forward = {"id": organisation.id, "organisation": organisation.name, "question": question, "contact": contact}
        values = {"organisatie": organisation.name, "wens": question, "contact": contact}
        shown = self._said(talk, "mens/doorsturen", **values)
        self.desk.ask_forward(talk.id, staff_id, forward, self.now(), shown)

    def withdraw_forward(self, talk: HandoverView, staff_id: int) -> None:
        """Take the question back; the talk goes on."""
        self.desk.withdraw_forward(talk.id, staff_id, self.now(), [self._said(talk, "mens/niet_door")])

    # what time brings

    def look_around(self) -> None:
        """Once in a while: who vanished, who waits for nobody, what must still be mailed. Safe in several processes."""
        now, queue = self.now(), self.desk.queue
        for talk in queue.unseen(now - self.silent):
            self.desk.vanish(talk.id, now - self.silent, now, [self._said(talk, "mens/weer_wachten")])
        for talk in queue.undecided(now - UNDECIDED):
            self.desk.give_up(talk.id, now, ())
        for talk in queue.everybody_waiting():
            if key := self._in_vain(talk, now):
                self.desk.give_up(talk.id, now, [self._said(talk, key)])
        for municipality in queue.misplaced():
            queue.tell_places(municipality, now)
        for talk in queue.to_mail():
            self._mail(talk)

    def _in_vain(self, talk: HandoverView, now: datetime) -> str:
        """Return the key of what to say to who waits for nobody; empty while somebody may come."""
        if not self.is_open(talk.municipality):
            return "mens/gesloten"
        waited_long = talk.waits_since is not None and talk.waits_since < now - self.longest_wait
        return "mens/niemand" if waited_long or not self.reachable(talk.municipality) else ""

    def _mail(self, talk: HandoverView) -> None:
        """Mail the other organisation and a receipt to our own; again later when the mail server does not take it."""
        forwarding = self.files.forwarding(talk.municipality)
        organisation = forwarding.find((talk.forward or {}).get("id", "")) if forwarding else None
        if forwarding is None or organisation is None:
            logger.error("forwarding not mailed", reason="no such organisation", handover=talk.id)
            return
        try:
            body = _body(talk, forwarding.sender.name, organisation.name)
            self.mailer.send(organisation.email, f"Doorgestuurde vraag {talk.reference}", body)
            receipt = f"Verstuurd naar {organisation.name} ({organisation.email}).\n\n{body}"
            self.mailer.send(forwarding.sender.email, f"Ontvangstbewijs {talk.reference}", receipt)
        except MailFailed as error:
            logger.warning("forwarding not mailed", reason=str(error), handover=talk.id)
            return
        self.desk.queue.mailed(talk.id, self.now())

    def _must_be_mine(self, talk: HandoverView, staff_id: int) -> None:
        if not self.desk.seen(talk.id, staff_id, self.now()):
            raise HandoverNotPossible("not yours (any more)")

    # words

    def _back(self, talk: HandoverView, key: str, **values: str) -> list[dict[str, Any]]:
        """Return what the assistant says after a member of staff: that it is there, and its own last question."""
        question = asked_last(told(self.database, talk.conversation_id))
        again = [self._said(talk, "mens/terug_vraag"), _in_api(question)] if question else []
        return [self._said(talk, key, **values), *again]

    def _said(self, talk: HandoverView, key: str, **values: str) -> dict[str, Any]:
        place = talk.municipality if talk.municipality != NATIONAL else None
        return _in_api(self.library.book.word(key, TalkContext(place, level="a2"), Wording(values)))


def _in_api(reply: Reply) -> dict[str, Any]:
    """Return a reply in the form of the chat API."""
    return {name: value for name, value in reply.to_dict().items() if name != "extra"}


def _body(talk: HandoverView, sender: str, organisation: str) -> str:
    forward = talk.forward or {}
    lines = [
        f"Kenmerk: {talk.reference}",
        f"Van: {sender}",
        f"Aan: {organisation}",
        "",
        f"Vraag: {forward.get('question', '')}",
        f"Bereikbaar via: {forward.get('contact', '')}",
    ]
    if talk.summary:
        lines += ["", "Samenvatting, met toestemming van de persoon:"]
        lines += [f"Vraag: {talk.summary.wish}", f"Gedaan: {talk.summary.tried}", f"Nog open: {talk.summary.open}"]
    lines += ["", "De persoon heeft in het gesprek ja gezegd tegen dit doorsturen.", "Neem contact op met de persoon."]
    return "\n".join(lines) + "\n"
