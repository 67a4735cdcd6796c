"""How much of anything a project may have: far more than a writer needs, and less than holds a machine.

With them, reading, checking and rendering a page takes time in proportion to its length, whatever it holds.
Python-Markdown alone takes the square of it, or more, for what is opened and never closed.
"""

from __future__ import annotations

LARGEST_PAGE = 100_000
LARGEST_IMAGE = 300_000
"""Readers on phones pay for each."""

MOST_PIXELS = 16_000_000

LARGEST_DATA = 4_000_000
"""In bytes, as those above; of a file under `data/`."""

MOST_ENTRIES = 10_000
MOST_ADVICE = 50
"""Of a data file, and of tables of advice; many of these become pages."""

MOST_FORM_PARTS = 20
MOST_FORM_FIELDS = 40
MOST_FORM_ROWS = 20
MOST_FORM_COLUMNS = 7
"""Of a form, of a part of one, and of a table in one, which have room on a few sheets."""
MOST_DECISIONS = 50
MOST_STEPS = 40
"""Of decisions, and of the questions and of the outcomes of one; all stand on its page and in its chart."""

MOST_COUNTRIES = 50
MOST_CONTACTS = 2_500
MOST_PROVISIONS = 1_000
MOST_EUROPEAN = 20
"""Each European number has a cell for each country, and a number that is wrong is looked for in all of them."""

LONGEST_TEXT = 5_000
LONGEST_ID = 100
"""In characters; a cell of a spreadsheet and the name of a file have their own limits above these."""

MOST_COMPARED = 1_000
"""Of names, among which the nearest to one that is unknown is looked for."""

MOST_UNKNOWN = 500
"""Of unknown names that are told at once; who has corrected them is told the next."""

MOST_ANSWER_WORDS = 180
"""Of a situation; what somebody under pressure reads within a minute."""

MOST_SIGNS = 50
"""Of a table of advice; each is looked for in every sentence."""

MOST_FRONT_MATTER = 4_000
LONGEST_FRONT_MATTER_LINE = 500
"""In characters; nothing that belongs there is longer."""

LONGEST_PARAGRAPH = 10_000
"""In characters, from one empty line to the next."""

LONGEST_HEADING = 300
"""In characters, with its marks."""

MOST_HEADINGS = 200
MOST_BRACKETS = 500
MOST_ANGLES = 500
MOST_BRACES = 500
MOST_BACKTICKS = 1_000
MOST_TILDES = 200
"""Of `#` at the beginning of a line, `[`, `<`, `{{`, backticks and `~~~`, on one page."""

LONGEST_REFERENCE = 8
"""Digits of the number of a character, as in `&#233;`; Python refuses to read thousands of them."""

MOST_TABLE_COLUMNS = 20
MOST_NESTED = 12
"""Levels of lists and quotations; the same for HTML elements within one another."""

LARGEST_DOCUMENT = 1_000_000
"""In bytes, unpacked and without pictures; of a document of Word that is taken in."""

LARGEST_TABLE = 1_000_000
"""In bytes; of a table that is taken in, as the three below."""

MOST_COLUMNS = 50
MOST_ROWS = 2_000
LONGEST_CELL = 5_000
"""In characters."""

MOST_PAGES_KEPT = 4096
"""Pages of which what was read, checked or counted is kept from build to build while the site is served."""
