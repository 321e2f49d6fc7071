"""What can go wrong in the voice room. People read the answer under `answer_key`, never the text of the exception."""

from __future__ import annotations

from typing import ClassVar

from assistant.errors import MeedoenError


class VoiceError(MeedoenError):
    """Parent of everything the voice room can be unable to do; `status` is the HTTP status of the doors."""

    code = "voice.error"
    answer_key = "stem/storing"
    status: ClassVar[int] = 503


class VoiceUnavailable(VoiceError):
    """No voice is installed, or it failed twice in a row."""

    code = "voice.unavailable"


class SpeechNotFound(VoiceError):
    """No message with that number, or this process no longer remembers what was said."""

    code = "voice.speech_not_found"
    answer_key = "stem/vergeten"
    status = 404


class TooMuchSpeech(VoiceError):
    """More read-aloud requests in a minute than one person can hear."""

    code = "voice.limit"
    answer_key = "fout/te_snel"
    status = 429


class ListenUnavailable(VoiceError):
    """No speech model is installed, or its engine is not."""

    code = "voice.listen_unavailable"
    answer_key = "stem/geen_microfoon"


class MessageNotUnderstood(VoiceError):
    """Something over a voice connection that is not in the agreed form."""

    code = "voice.message_invalid"
    answer_key = "fout/verzoek"
    status = 422


class TooManyTalks(VoiceError):
    """As many spoken talks at once as this computer was said to bear."""

    code = "voice.busy"
    answer_key = "stem/druk"


class OriginRefused(VoiceError):
    """A page of another site, or no page at all."""

    code = "voice.origin"
    answer_key = "fout/verzoek"
    status = 403


class ModelInvalid(VoiceError):
    """A model that is unknown, incomplete, damaged or not the one that was pinned."""

    code = "voice.model_invalid"


class DownloadFailed(VoiceError):
    """A model could not be fetched; what came in is kept, so that it can go on later."""

    code = "voice.download_failed"
