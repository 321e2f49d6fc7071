"""The conversation log: who may speak in a conversation, and its masked turns."""

from assistant.review.log import ConversationLog, NewConversation, StoredConversation, TurnRecord

__all__ = ["ConversationLog", "NewConversation", "StoredConversation", "TurnRecord"]
