"""Which of the words of an answer fit this talk, and answers that are made of other files than answers."""

from __future__ import annotations

from assistant.answers.fill import fill
from assistant.answers.glossary import PREFIX as TERM
from assistant.answers.glossary import Glossary
from assistant.answers.model import Answer, Words
from assistant.answers.notices import PREFIX as NOTICE
from assistant.answers.notices import Notice
from assistant.core.context import TalkContext
from assistant.core.reply import Button


def words_for(answer: Answer, context: TalkContext) -> Words:
    """Return the words for this role."""
    return answer.employer if context.role == "werkgever" and answer.employer else answer.words


def for_level(words: Words, context: TalkContext) -> str:
    """Return the text for this reading level."""
    return words.simple if context.level == "a2" and words.simple else words.text


def fits(answer: Answer, context: TalkContext) -> bool:
    """Whether a follow-up question is one for this role."""
    return context.role is None or answer.audience in (context.role, "beide", "algemeen")


def button_of(answer: Answer) -> Button:
    """Return the button that asks for an answer."""
    return Button(answer.title, f"/{answer.key}")


def dressed(glossary: Glossary, notices: tuple[Notice, ...], template: Answer | None) -> dict[str, Answer]:
    """Return the answers that explain a difficult word (`begrip/...`) and the notices (`mededeling/...`)."""
    made = {}
    for term in glossary.terms.values() if template else ():
        assert template is not None
        text = fill(template.words.text, {"woord": term.term, "uitleg": term.explanation, "voorbeeld": term.example})
        made[f"{TERM}{term.key}"] = Answer(
            key=f"{TERM}{term.key}",
            title=term.term,
            audience="algemeen",
            words=Words(text),
            next=(term.see,) if term.see else (),
            facts=term.facts,
            checked=template.checked,
            file=term.file,
            line=term.line,
        )
    for notice in notices:
        key = f"{NOTICE}{notice.key}"
        made[key] = Answer(key, "", "algemeen", notice.words, file=notice.file, line=notice.line)
    return made
