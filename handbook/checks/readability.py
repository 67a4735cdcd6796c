"""How hard a page is to read, for people who read in a second language and in a hurry.

Measured by LIX, the mean number of words in a sentence plus the percentage of words of more than six letters
(C. H. Björnsson, 1968). It needs no syllables, so it is the same for every reader and machine.
"""

from __future__ import annotations

import re

FEWEST_WORDS_IN_A_SENTENCE, MOST_WORDS_IN_A_SENTENCE = 12, 16
"""On average. Public writers are usually told 20 at most; most of our readers read in a second language. Below 12, what
links the thoughts, such as "because" and "so", has been lost."""

ENOUGH_WORDS = 400
"""Of which the mean says something: a page of fewer has mostly links."""

HIGHEST_LIX = 40
"""Björnsson's scale has easy prose below 40 and hard prose, as in official texts, from 50."""

_SENTENCE = re.compile(r"\b[^.!?]+")
_PUNCTUATION = re.compile(r"[^\w\s]")
_FEWEST_WORDS = 3
"""Of a sentence: less is an abbreviation, a number, or a word of a list."""

_LONG_WORD = 7
"""Letters from which LIX counts a word as long."""


def readability_fault(text: str) -> str | None:
    """Say what makes a page hard to read, sentences of a wrong length or long words; None when it is easy enough.

    Args:
        text: running text, as `plain_text` returns it.
    """
    length, lix = words_in_a_sentence(text), words_in_a_sentence(text) + long_words(text)
    if length > MOST_WORDS_IN_A_SENTENCE:
        return f"sentences have {length:.0f} words on average, {MOST_WORDS_IN_A_SENTENCE} at most; split the long ones"
    if length < FEWEST_WORDS_IN_A_SENTENCE and len(text.split()) >= ENOUGH_WORDS:
        return (
            f"sentences have {length:.1f} words on average, {FEWEST_WORDS_IN_A_SENTENCE} at least; join those that "
            "hang together, with words such as 'because' and 'so'"
        )
    if lix > HIGHEST_LIX:
        return f"the page is hard to read (LIX {lix:.0f}, {HIGHEST_LIX} at most); use shorter words"
    return None


def words_in_a_sentence(text: str) -> float:
    """Return the mean number of words in a sentence.

    >>> words_in_a_sentence("One two three. And four of five words!")
    4.0
    """
    sentences = [sentence for sentence in _SENTENCE.findall(text) if len(_words(sentence)) >= _FEWEST_WORDS]
    return len(_words(text)) / max(len(sentences), 1)


def long_words(text: str) -> float:
    """Return how many words of a hundred have more than six letters.

    >>> long_words("Talk to practitioners, soon.")
    25.0
    """
    words = _words(text)
    return 100 * sum(len(word) >= _LONG_WORD for word in words) / max(len(words), 1)


def _words(text: str) -> list[str]:
    return _PUNCTUATION.sub("", text).split()
