"""The conversation log: who may speak in a conversation, its masked turns, and what reviewers do with them."""

from assistant.review import learning_models, work_models
from assistant.review.log import ConversationLog
from assistant.review.records import Arrival, KeptTurn, NewConversation, StoredConversation, TurnRecord
from assistant.review.unfinished import GuessCount, ResumeCodes

__all__ = [
    "Arrival",
    "ConversationLog",
    "GuessCount",
    "KeptTurn",
    "NewConversation",
    "ResumeCodes",
    "StoredConversation",
    "TurnRecord",
    "learning_models",
    "work_models",
]
