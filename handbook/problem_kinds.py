"""Every kind of problem, with what it means and how to repair it; the guide for editors prints these words."""

from __future__ import annotations

from enum import StrEnum

from handbook.limits import (
    LARGEST_DATA,
    LARGEST_IMAGE,
    LARGEST_PAGE,
    LARGEST_TABLE,
    LONGEST_CELL,
    LONGEST_FRONT_MATTER_LINE,
    LONGEST_HEADING,
    LONGEST_PARAGRAPH,
    MOST_ANGLES,
    MOST_ANSWER_WORDS,
    MOST_BACKTICKS,
    MOST_BRACES,
    MOST_BRACKETS,
    MOST_COLUMNS,
    MOST_FRONT_MATTER,
    MOST_HEADINGS,
    MOST_NESTED,
    MOST_PIXELS,
    MOST_ROWS,
    MOST_TABLE_COLUMNS,
    MOST_TILDES,
)


class ProblemKind(StrEnum):
    """Everything that a check can report.

    Each member has its name in the lines that editors see, what it means, and how to mend it: its entry in the guide.
    """

    UNREADABLE = "unreadable", "The file or folder is missing or cannot be read.", "Put it back, or correct its name."
    SYMLINK = (
        "symlink",
        "The file or folder is a link to another, so anything could be published through it.",
        "Put a copy in its place.",
    )
    FILE_PLACE = (
        "file-place",
        "Files of this sort do not belong here.",
        "Pages and their images lie in the folder of an area or of a part of the site, such as `roles`.",
    )
    FILE_TYPE = (
        "file-type",
        "The file is neither a page, nor an image, nor a data file, or not what its ending says.",
        "Use `.md`, `.png`, `.jpg` or `.webp` under `docs/`, `.yml` under `data/`. Code is never content.",
    )
    FILE_NAME = (
        "file-name",
        "The name has capitals, spaces or other characters that addresses should not have.",
        "Write small letters, digits and hyphens, as in `first-conversation.md`.",
    )
    NAME_CLASH = (
        "name-clash",
        "Two files would have the same name on some computers, or two pages or places the same address on the site.",
        "Rename or delete one.",
    )
    TOO_LARGE = (
        "too-large",
        (
            f"A page has over {LARGEST_PAGE // 1000} KB, an image over {LARGEST_IMAGE // 1000} KB or "
            f"{MOST_PIXELS // 1_000_000} million pixels, "
            f"a data file over {LARGEST_DATA // 1000} KB, front matter over {MOST_FRONT_MATTER} characters "
            f"or a line of it over {LONGEST_FRONT_MATTER_LINE}; or a table that is taken in over "
            f"{LARGEST_TABLE // 1000} KB, {MOST_COLUMNS} columns, {MOST_ROWS} rows or {LONGEST_CELL} characters in a "
            "cell."
        ),
        "Split the page or the table, shrink the image, shorten the text.",
    )
    TOO_MUCH = (
        "too-much",
        (
            f"A page has over {MOST_HEADINGS} headings, {MOST_BRACKETS} `[`, {MOST_ANGLES} `<`, {MOST_BRACES} `{{{{`, "
            f"{MOST_BACKTICKS} backticks or {MOST_TILDES} `~~~`, a heading over {LONGEST_HEADING} or a paragraph over "
            f"{LONGEST_PARAGRAPH} characters, a table over {MOST_TABLE_COLUMNS} columns, or lists, quotations or HTML "
            f"nested over {MOST_NESTED} levels deep."
        ),
        "Make two of it, or leave empty lines between; code that is only to be seen counts too.",
    )
    ENCODING = (
        "encoding",
        "The file is not UTF-8 text, starts with a byte order mark, or has an invisible character.",
        "Save it as UTF-8, or delete the character.",
    )
    MERGE_CONFLICT = (
        "merge-conflict",
        "Git left a conflict marker in the file.",
        "Keep one version and delete the markers.",
    )
    EMPTY_FILE = "empty-file", "The file has no content.", "Write it, or delete the file."
    YAML_SYNTAX = (
        "yaml-syntax",
        "The YAML cannot be parsed.",
        'Put text with a colon in quotes, as in `title: "Release: a plan"`; indent a line like its neighbours.',
    )
    YAML_FEATURE = (
        "yaml-feature",
        "YAML anchors, aliases, tags, deep nesting and several documents in one file are not used here.",
        "Write the value out; put text that begins with `&`, `*` or `!` in quotes.",
    )
    FRONT_MATTER = (
        "front-matter",
        "The page does not begin with front matter, or programs would read it in different ways.",
        "Begin with `---`, keys and `---`, as other pages do; put what looks like code or a number in quotes.",
    )
    DUPLICATE_KEY = "duplicate-key", "The same key stands twice in one entry.", "Keep one."
    UNKNOWN_KEY = "unknown-key", "The entry has a key that is not defined.", "Correct its spelling, or delete it."
    MISSING_KEY = "missing-key", "The entry lacks a key that it must have.", "Add it."
    WRONG_TYPE = (
        "wrong-type",
        "The value is of another type than the key asks for.",
        "A list is written `[one, two]`, a date `2026-11-23`, text in quotes when it begins with a bracket.",
    )
    WRONG_VALUE = (
        "wrong-value",
        "The value is not one of those allowed, or breaks a rule of its key.",
        "The line says which values there are. Values are plain text, without markup.",
    )
    MALFORMED_ID = (
        "malformed-id",
        "The id is not written as ids of its kind are.",
        "Recommendations are written like `PRI-01`, all others like `local-coordinator`.",
    )
    DUPLICATE_ID = "duplicate-id", "Two entries have the same id.", "Give the new one an id of its own."
    UNKNOWN_AREA = "unknown-area", "No challenge area has this id.", "Take one from `data/areas.yml`."
    UNKNOWN_ROLE = "unknown-role", "No role has this id.", "Take one from `data/roles.yml`."
    UNKNOWN_SOURCE = "unknown-source", "No source has this id.", "Correct it, or add the source to `data/sources.yml`."
    UNKNOWN_COUNTRY = (
        "unknown-country",
        "No country has this id.",
        "Correct it, or add the country to `data/countries.yml`.",
    )
    UNKNOWN_TERM = (
        "unknown-term",
        "The glossary has no such term.",
        "Correct it, or add the term to `data/glossary.yml`.",
    )
    UNKNOWN_ACTOR = "unknown-actor", "No actor has this id.", "Correct it, or add the body to `data/actors.yml`."
    UNKNOWN_RECOMMENDATION = (
        "unknown-recommendation",
        "No recommendation has this id.",
        "Look for the letter O in place of a zero; the ids stand under `data/recommendations/`.",
    )
    UNKNOWN_ADVICE = (
        "unknown-advice",
        "No table of advice has this id.",
        "The ids are the names of the files under `data/advice/`.",
    )
    UNKNOWN_CONVERSATION = (
        "unknown-conversation",
        "No card with what to say has this id.",
        "The cards are in `data/conversations.yml`.",
    )
    UNUSED_ADVICE = (
        "unused-advice",
        "No page embeds this table of advice or this card. This is a warning.",
        "Embed it with `advice` or `conversation`, or delete it.",
    )
    OTHER_WORDS = (
        "other-words",
        "A card begins with words that the page from which it is taken does not have.",
        "Write the same words in both, or embed the card in the page.",
    )
    UNKNOWN_FORM = (
        "unknown-form",
        "No form has this id.",
        "The ids are the names of the files under `data/forms/`.",
    )
    FORM_PAGE = (
        "form-page",
        "A form is on no page or on several, or a page has no form, or its example is another's.",
        "Each form has one page of the kind `template`, which calls `form_example` and `form` with the same id.",
    )
    UNKNOWN_DECISION = (
        "unknown-decision",
        "No decision has this id.",
        "The ids are the names of the files under `data/decisions/`.",
    )
    UNKNOWN_STEP = (
        "unknown-step",
        "An answer leads to a question or outcome that the decision does not have.",
        "Correct `next`, or add the question or the outcome.",
    )
    DECISION_LOOP = (
        "decision-loop",
        "The answers of a decision lead round in a circle.",
        "Let one of them lead to an outcome.",
    )
    DEAD_END = (
        "dead-end",
        "A question of a decision has fewer than two answers, so that its reader cannot go on.",
        "Write at least two answers, or make it an outcome.",
    )
    UNREACHABLE_STEP = (
        "unreachable-step",
        "No way from the first question leads to this question or outcome of a decision.",
        "Name it in the `next` of an answer, or delete it.",
    )
    RESTATED = (
        "restated",
        "A sentence says what a table of advice says, on a page that does not embed it. This is a warning.",
        "Embed the table and delete the sentence, so that the rule is said in one way.",
    )
    UNKNOWN_PAGE = (
        "unknown-page",
        "There is no page at this path.",
        "Paths begin below `docs/`, as in `prisons/release.md`.",
    )
    UNVERIFIED = (
        "unverified",
        "A recommendation that nobody has verified is used as if it were known.",
        "Find a source for it, or leave it out.",
    )
    REPLACEMENT = (
        "replacement",
        "A retired recommendation does not lead to a current one.",
        "Name an active one in `replaced_by`.",
    )
    NOT_IN_HISTORY = (
        "not-in-history",
        "The id or the page is new, and not yet noted in `data/ids.yml`.",
        "Run `.venv/bin/handbook check --fix`, or what the line says.",
    )
    VANISHED = (
        "vanished",
        "An id or a page that was there before is gone, so old links and printed sheets lead nowhere.",
        "Retire a recommendation instead; give a page that moved a redirect.",
    )
    REDIRECT = (
        "redirect",
        "A redirect begins at a page that exists, or does not lead to one.",
        "Correct it in `data/redirects.yml`.",
    )
    SUSPECT = (
        "suspect",
        "A recommendation's wording is not the one that the page was confirmed for. This is a warning.",
        "Read the page against the new wording, then confirm it.",
    )
    MISSING_PART = (
        "missing-part",
        "The page lacks a part that pages of its kind have, or has it in another order.",
        "Add the heading, or move the part.",
    )
    IN_SHORT = (
        "in-short",
        "The part *In short* has another shape than on other pages, or is too long to be read in a hurry.",
        "Write **Call**, **Do**, **Do not**, in this order, in at most 65 words.",
    )
    ATTRIBUTION = (
        "attribution",
        "Too many steps of all guidance begin with who asks for them. This is a warning at each.",
        "Begin with what to do; say after it who asks for it, and why.",
    )
    HEDGE = (
        "hedge",
        "Too many sentences of all guidance say that they are not tested. This is a warning at each.",
        "Delete it: the evidence strip says so on every page. Leave it where untested advice could do harm.",
    )
    PHRASE = (
        "phrase",
        "A phrase that native readers stumble over, or that says something else than is meant. This is a warning.",
        "Write what the line offers; the list is in `data/phrases.yml`.",
    )
    TO_BE_WRITTEN = (
        "to-be-written",
        "The page still has a place that waits for its text.",
        "Write what the line asks for, or delete the line.",
    )
    HEADING = (
        "heading",
        "A heading skips a level, is of level 1, or does not begin with `## ` at the start of a line.",
        "The page's title has level 1, its parts have level 2, their sections level 3.",
    )
    DUPLICATE_HEADING = (
        "duplicate-heading",
        "Two headings of the page are the same, so that nobody can tell them apart in a list.",
        "Say what each is about.",
    )
    DUPLICATE_TITLE = (
        "duplicate-title",
        "Two pages have the same title, so that nobody can tell them apart in a menu or a list.",
        "Say in one of them what sets it apart.",
    )
    FEW_SOURCES = (
        "few-sources",
        "A guidance page cites fewer than three sources, or a case tells something without any.",
        "Find others; what only one or two say is not yet advice, and a case is told by its sources.",
    )
    UNUSED_SOURCE = (
        "unused-source",
        "Nothing cites this source, and it is not marked as background.",
        "Cite it, delete it, or add `background: true`.",
    )
    BIBLIOGRAPHY = (
        "bibliography",
        "No page of the list of sources takes the source, or a page of the list is full.",
        "Say in `data/bibliography-pages.yml` where it stands, or where a new page begins.",
    )
    PHONE_NUMBER = (
        "phone-number",
        "There is no such telephone number in the country of the contact.",
        "Write it as the operator's page has it, and see that the country is right.",
    )
    REVIEW_OVERDUE = (
        "review-overdue",
        "The next review of the page, contact or provision of law lies in the past. This is a warning.",
        "Read the page again, correct it, then write the day in `reviewed`; for an entry of the data, in `seen_on`.",
    )
    HARD_TO_READ = (
        "hard-to-read",
        "The page's sentences or words are too long for its readers, or its sentences too short. This is a warning.",
        "Split long sentences, and join those that hang together; say it in the words that you would say aloud.",
    )
    VAGUE_LINK = (
        "vague-link",
        'The text of a link says nothing without its sentence, as "here" does.',
        "Name what the reader will find there.",
    )
    MISSING_ALT = (
        "missing-alt",
        "An image has no alternative text for those who cannot see it.",
        "Say what it shows, as in `![Plan of the room](room.png)`.",
    )
    UNDEFINED_REFERENCE = (
        "undefined-reference",
        "A reference link or a footnote is used, but not defined on the page.",
        "Define it, as in `[^1]: The note.`, or delete it.",
    )
    BROKEN_LINK = (
        "broken-link",
        "A link leads nowhere, or its address cannot be read.",
        "Name the file, as in `[Preparing release](../prisons/release.md#steps)`.",
    )
    UNSAFE_ADDRESS = (
        "unsafe-address",
        "The address could run code, or would make readers' browsers ask other sites.",
        "Link to `https://`, `http://`, `mailto:`, `tel:` or a page; keep images beside the page.",
    )
    FORBIDDEN_HTML = (
        "forbidden-html",
        "HTML or an attribute that pages may not have: scripts, forms, frames, styles, comments and the like.",
        "Write it in Markdown. Code that is only to be seen stands in backticks.",
    )
    FOREIGN_MARKUP = (
        "foreign-markup",
        "A mark that means something in other programs, such as `--8<--` or `~~`; here readers would see the mark.",
        "Write what the line offers. A mark that is only to be seen stands in backticks.",
    )
    READ_OTHERWISE = (
        "read-otherwise",
        "Readers would see something else than most programs for Markdown show: another list, table or paragraph.",
        "Write what the line offers; an empty line above, or four blanks before it, are what is missing most often.",
    )
    CODE_FENCE = (
        "code-fence",
        "A code fence is never closed, or its first line has more than the name of a language.",
        "Begin with three backticks and a word such as `text`, end with three backticks.",
    )
    TEMPLATE_SYNTAX = (
        "template-syntax",
        "The page has braces that do not form a complete macro call.",
        "Close them, and check the quotes between them.",
    )
    TEMPLATE_CODE = (
        "template-code",
        "The page has template code other than a macro call with constant arguments.",
        "Delete it, or show it as text between the tags `raw` and `endraw`.",
    )
    UNKNOWN_MACRO = "unknown-macro", "There is no macro of this name.", "The guide to writing a page lists them all."
    MACRO_ARGUMENTS = (
        "macro-arguments",
        "The macro is called with arguments that it does not take.",
        "The line shows how it is called.",
    )
    MACRO_PLACE = (
        "macro-place",
        "The macro call stands where its result cannot be shown.",
        "Move it out of headings and code; give lists and boxes a line of their own.",
    )
    COVERS_STATUS = (
        "covers-status",
        "Only active recommendations are put into practice; this one is not.",
        "Set its status to `active` once it is verified.",
    )
    COVERS_PLACE = (
        "covers-place",
        "The mark is not in a section of a page of a kind that gives guidance.",
        "Put it under the heading of the section that does the work.",
    )
    UNCOVERED = (
        "uncovered",
        "No section puts this active recommendation into practice.",
        "Write one and mark it with `covers`, or set the status to `draft`.",
    )
    NO_STEPS = (
        "no-steps",
        "An active recommendation of the nature `practice` has no section with steps, and does not say why.",
        "Write the steps; or say in `no_steps`, in a sentence for readers, why there are none yet.",
    )
    NAVIGATION = (
        "navigation",
        "The menu, `nav` in `mkdocs.yml`, leaves out a page, names one twice or one that is not, or a section first.",
        "Add the page beside its neighbours, or delete the line; begin a section with the page that its name leads to.",
    )
    UNREACHED = (
        "unreached",
        "No situation of the finder leads to this page of guidance.",
        "Add it to the `pages` of one in `data/situations.yml`.",
    )
    UNSAID = (
        "unsaid",
        "A situation has a sentence that none of its pages says, so that the two may give different advice.",
        (
            "Change the sentence as the page was changed, or add to `pages` the one that says it. It runs from where a "
            'sentence begins to where one ends; in `avoid` it is what follows "Do not".'
        ),
    )
    LONG_ANSWER = (
        "long-answer",
        f"The four parts of a situation have over {MOST_ANSWER_WORDS} words, too many for somebody under pressure.",
        "Leave out what can wait for the pages.",
    )
    EMPTY_PACK = "empty-pack", "The pack takes no page.", "Take a key out of its selection, or delete the pack."
    RETIRED_COVERED = "retired-covered", "A section puts a retired recommendation into practice.", "Mark its successor."
    NOT_SHOWN = (
        "not-shown",
        "The built site does not show what the sources say it should.",
        "Look whether the mark stands within raw HTML.",
    )
    BROKEN_PROMISE = (
        "broken-promise",
        "A file that the site offers for download is missing, empty or too large.",
        "See why it could not be written.",
    )

    NOT_PRINTABLE = (
        "not-printable",
        "A file for download cannot show something of a page, or not as the rules for such files ask.",
        "Write it in another way on the page; the line says what stands in the way.",
    )

    meaning: str
    repair: str

    def __new__(cls, value: str, meaning: str, repair: str) -> ProblemKind:  # noqa: PYI034, D102 - an enum's `Self` is its class
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        member.repair = repair
        return member


UNFINISHED = frozenset(
    {
        ProblemKind.TO_BE_WRITTEN,
        ProblemKind.MISSING_PART,
        ProblemKind.IN_SHORT,
        ProblemKind.FEW_SOURCES,
        ProblemKind.NOT_IN_HISTORY,
        ProblemKind.UNCOVERED,
        ProblemKind.NO_STEPS,
        ProblemKind.UNREACHED,
        ProblemKind.UNSAID,
        ProblemKind.LONG_ANSWER,
        ProblemKind.NAVIGATION,
    }
)
"""What a page may still lack while its editor looks at it; all of it stops the build that is for readers."""
