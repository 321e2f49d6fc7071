"""What can go wrong on the road of a message. Each has a stable code; people read the answer under `answer_key`."""

from __future__ import annotations

from typing import ClassVar

from assistant.errors import MeedoenError


class ConversationError(MeedoenError):
    """Parent of what a client of the chat API can be told; `status` is the HTTP status of the doors."""

    status: ClassVar[int] = 400


class ConversationNotFound(ConversationError):
    """No conversation with that id, or a token that does not belong to it: deliberately the same."""

    code = "conversation.not_found"
    answer_key = "fout/gesprek_onbekend"
    status = 404


class TokenMissing(ConversationError):
    """The request has no bearer token."""

    code = "conversation.token_missing"
    answer_key = "fout/gesprek_onbekend"
    status = 401


class MessageEmpty(ConversationError):
    """A message without a letter or digit in it."""

    code = "message.empty"
    answer_key = "fout/leeg_bericht"
    status = 422


class MessageTooLong(ConversationError):
    """A message over the limit in characters."""

    code = "message.too_long"
    answer_key = "fout/te_lang"
    status = 413


class MunicipalityUnknown(ConversationError):
    """A municipality that has no file in data/municipalities."""

    code = "municipality.unknown"
    answer_key = "fout/gemeente_onbekend"
    status = 422


class TooManyMessages(ConversationError):
    """More messages or conversations than the limit; try again in a minute."""

    code = "limit.reached"
    answer_key = "fout/te_snel"
    status = 429


class BrainUnavailable(ConversationError):
    """Rasa did not answer in time, or not with something usable. Never reaches a client: the menu is shown instead."""

    code = "brain.unavailable"
    answer_key = "storing/begrijpen"
    status = 503


class NotHeard(BrainUnavailable):
    """This Rasa certainly did nothing with the message: another one may be asked."""

    code = "brain.not_heard"
