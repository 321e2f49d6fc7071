"""The shapes of the public chat API."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.core.context import Channel, Role
from assistant.core.reply import Reply


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class StartRequest(_Strict):
    """Where a conversation takes place, as far as the page knows."""

    municipality: str | None = Field(default=None, max_length=40, description="Id of a municipality, such as 'almere'.")
    role: Role | None = None
    channel: Channel = "web"


class MessageRequest(_Strict):
    """One message of the person, or the payload of a button."""

    text: str = Field(min_length=1, max_length=8000)
    client_message_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=64,
        description="The same id again gives the same replies: safe to retry.",
    )


class FeedbackRequest(_Strict):
    """What a person thought of one message of the assistant."""

    face: Literal["goed", "gaat_wel", "slecht"]
    message: int = Field(ge=0, le=10_000, description="Which message of the assistant; 0 is the welcome.")


class ButtonModel(BaseModel):
    """A choice: show `title`, send back `payload` as text."""

    title: str
    payload: str


class CardModel(BaseModel):
    """An opening on the screen."""

    title: str
    subtitle: str
    lines: list[tuple[str, str]]
    note: str
    button: ButtonModel | None


class ReplyModel(BaseModel):
    """One message of the assistant."""

    text: str
    spoken: str
    buttons: list[ButtonModel]
    cards: list[CardModel]
    answer: str | None = Field(description="Key of the answer that this came from.")
    source: str = Field(description="When the answer was checked, ready to show; empty when that does not apply.")


class StartResponse(BaseModel):
    """A new conversation; keep `token` and send it as bearer token."""

    id: str
    token: str
    messages: list[ReplyModel]


class HumanModel(BaseModel):
    """Who has the talk: the assistant (`none`), nobody yet (`waiting`) or a member of staff (`here`)."""

    state: Literal["none", "waiting", "here"]
    name: str | None = Field(default=None, description="First name of the member of staff, when `here`.")
    place: int | None = Field(default=None, description="Place in the queue from 1, when `waiting`.")


class MessagesResponse(BaseModel):
    """The replies to one message; none while a member of staff has the talk, whose words come by `/events`."""

    messages: list[ReplyModel]
    human: HumanModel


class HumanChange(HumanModel):
    """From here on somebody else has the talk; `messages` is what the assistant says to that."""

    messages: list[ReplyModel] = Field(default_factory=list)


class StaffMessage(BaseModel):
    """Something that a member of staff said."""

    text: str
    name: str


class LiveEvent(BaseModel):
    """Something that happened while a member of staff was asked for or in the talk."""

    id: str = Field(description="Send the newest one back as `after` or `Last-Event-ID`; empty for the present state.")
    event: Literal["human", "message"]
    data: HumanChange | StaffMessage


class EventsResponse(BaseModel):
    """Events since the one that was named, oldest first; never empty."""

    events: list[LiveEvent]


class Problem(BaseModel):
    """RFC 9457 problem document; `detail` is a Dutch sentence that may be shown to a person."""

    type: str
    title: str
    status: int
    code: str
    detail: str


def shown(reply: Reply) -> dict[str, Any]:
    """Return a reply in the shape of `ReplyModel`, as plain JSON."""
    raw = reply.to_dict()
    del raw["extra"]  # what the house itself needs to know
    return raw


def reply_model(reply: Reply) -> ReplyModel:
    """Return the API form of a reply."""
    return ReplyModel.model_validate(shown(reply))
