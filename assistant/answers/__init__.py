"""From answer key to words: for this municipality, role, reading level, channel and day."""

from assistant.answers.book import AnswerBook, Wording
from assistant.answers.dates import dutch_date, dutch_moment
from assistant.answers.errors import AnswerFileError
from assistant.answers.library import Library

__all__ = ["AnswerBook", "AnswerFileError", "Library", "Wording", "dutch_date", "dutch_moment"]
