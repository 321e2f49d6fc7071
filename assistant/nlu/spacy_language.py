"""The Dutch spaCy pipeline: nl_core_news_sm when it is installed, spaCy's own Dutch rules when it is not.

The model cannot be taken from a package index (it is published as a download), so it is optional: names of people are
found better with it, everything else works the same. `language_name()` says which one is in use.
"""

from __future__ import annotations

import logging

import spacy
from spacy.language import Language

MODEL = "nl_core_news_sm"
BLANK = "blank:nl"

logger = logging.getLogger(__name__)


def load_dutch() -> Language:
    """Return the Dutch pipeline; only its tokenizer and named entities are used."""
    if spacy.util.is_package(MODEL):
        return spacy.load(MODEL, exclude=["tagger", "morphologizer", "parser", "lemmatizer", "attribute_ruler"])
    logger.info("spaCy model %s is not installed; using spaCy's Dutch rules without a model", MODEL)
    return spacy.blank("nl")


def language_name(nlp: Language) -> str:
    """Return `nl_core_news_sm` or `blank:nl`."""
    return MODEL if nlp.has_pipe("ner") else BLANK
