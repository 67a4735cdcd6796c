"""How hard a page is to read, for people who read in a second language and in a hurry.

Measured by LIX, the mean number of words in a sentence plus the percentage of words of more than six letters
(C. H. Björnsson, 1968). It needs no syllables, so it is the same for every reader and machine.
"""

from __future__ import annotations

import textstat

from handbook.system.cache import remembered

MOST_WORDS_IN_A_SENTENCE = 15
"""On average. Public writers are usually told 20; most of our readers read in a second language."""


HIGHEST_LIX = 45
"""Björnsson's scale has easy prose below 40 and hard prose, as in official texts, from 50."""


@remembered
def prose_fault(text: str) -> str:
    """Say what makes a page hard to read, sentences or words that are too long; nothing when it is easy enough.

    Args:
        text: running text, as `plain_text` gives it.
    """
    if not text:
        return ""
    words = textstat.words_per_sentence(text)
    lix = textstat.lix(text)
    if words > MOST_WORDS_IN_A_SENTENCE:
        return f"sentences have {words:.0f} words on average, {MOST_WORDS_IN_A_SENTENCE} at most; split the long ones"
    if lix > HIGHEST_LIX:
        return f"the page is hard to read (LIX {lix:.0f}, {HIGHEST_LIX} at most); use shorter words"
    return ""
