"""The conversation log: who may speak in a conversation, and its masked turns."""

from assistant.review.log import ConversationLog, NewConversation, StoredConversation, TurnRecord
from assistant.review.unfinished import GuessCount, ResumeCodes

__all__ = ["ConversationLog", "GuessCount", "NewConversation", "ResumeCodes", "StoredConversation", "TurnRecord"]
