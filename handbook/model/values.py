"""The types of single values in data files and front matter, and the base of all records.

Each type is declared once, here; validation and the JSON Schemas follow from it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from handbook.limits import LONGEST_ID, LONGEST_TEXT
from handbook.model.references import RefersTo
from handbook.parsing.text_files import first_invisible
from handbook.parsing.yaml_values import ValuePath
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location


def fault(kind: ProblemKind, message: str) -> PydanticCustomError:
    """Make the error by which a validator says what kind of problem it has found."""
    return PydanticCustomError(kind, message)


_PLAIN = r"^(?![\s\S]*(<|>|\{\{|\{%|\{#|&#?\w+;))[\s\S]*\S"
"""What `_plain` lets pass, for tools that read the schemas."""


def _plain(text: str) -> str:
    if not text.strip():
        raise fault(ProblemKind.WRONG_VALUE, "the text is empty; write something or leave the key out")
    if bad := re.search(r"[<>]|\{[{%#]?|\}", text):
        raise fault(
            ProblemKind.WRONG_VALUE,
            f"'{bad[0]}' stands in the text; values are plain text, without markup or templates",
        )
    if hidden := first_invisible(text):  # which YAML's escapes can make of what is seen
        raise fault(ProblemKind.WRONG_VALUE, f"{hidden.name} stands in the text; write only what can be seen")
    if "\n" in text:
        raise fault(ProblemKind.WRONG_VALUE, "a line ends within the text; write it as one paragraph")
    for reference in re.finditer(r"&#?\w+;?", text):
        if (meant := unescape(reference[0])) != reference[0]:
            advice = "say it in words" if set(meant) & set("<>{}") else f"write '{meant}' itself"
            message = f"'{reference[0]}' stands for another character; values are plain text: {advice}"
            raise fault(ProblemKind.WRONG_VALUE, message)
    return text


def _plain_or_empty(text: str) -> str:
    return _plain(text) if text else text


def _partial_date(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text) or not _is_day(f"{text}-01-01"[:10]):
        raise fault(ProblemKind.WRONG_VALUE, f"'{text}' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    _require_our_time(text)
    return text


def _require_our_time(date: str) -> None:
    """Refuse years that no entry means; pictures have a place for every fourth one."""
    if not "1900" <= date[:4] <= "2100":
        raise fault(ProblemKind.WRONG_VALUE, f"'{date}' is not a date of our time; correct the year")


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


_PERSON = r"^[^,]+, [^,]+$"


def _person(text: str) -> str:
    if re.fullmatch(r"et\.? al\.?|(and )?others", text, re.IGNORECASE):
        message = f"'{text}' is nobody's name; take it away and write 'more_authors: true' in the entry"
        raise fault(ProblemKind.WRONG_VALUE, message)
    if not re.fullmatch(_PERSON, text):
        message = (
            f"'{text}' is not a person's name as lists of references have it; write the family name, a comma and the "
            "given names, as in 'van der Linden, Jane', and put a body under 'bodies'"
        )
        raise fault(ProblemKind.WRONG_VALUE, message)
    return text


_LANGUAGE = r"^[a-z]{2}$"


def _language(text: str) -> str:
    if not re.fullmatch(_LANGUAGE, text):
        raise fault(ProblemKind.WRONG_VALUE, f"'{text}' is not a language; write its two letters, as in 'en'")
    return text


def _iso_date(value: object) -> object:
    """Let only YYYY-MM-DD pass: pydantic would take a bare number for seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise fault(ProblemKind.WRONG_VALUE, f"'{value}' is not a date; write YYYY-MM-DD")
    if isinstance(value, str):
        _require_our_time(value)
    return value


_WEB_ADDRESS = r"^https?://[A-Za-z0-9.-]+(:\d{1,5})?([/?#][A-Za-z0-9._~:/?#@!$&()*+,;=%\[\]-]*)?$"
"""Of ASCII alone, as browsers copy it: what is invisible, or looks like another letter, is encoded there."""


def _web_address(text: str) -> str:
    if not re.fullmatch(_WEB_ADDRESS, text, re.ASCII):
        message = (
            f"'{text}' is not a web address; it begins with https://, has no user name, and only what the browser's "
            "bar gives"
        )
        raise fault(ProblemKind.WRONG_VALUE, message)
    return text


_MAIL_ADDRESS = r"^[A-Za-z0-9][A-Za-z0-9._+-]*@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}$"
"""One address alone: after '?' or ',' a link could write to others, in words that its reader has not chosen."""


def _mail_address(text: str) -> str:
    if not re.fullmatch(_MAIL_ADDRESS, text):
        raise fault(ProblemKind.WRONG_VALUE, f"'{text}' is not an address of mail; write one, as in 'help@example.org'")
    return text


@dataclass(frozen=True)
class _Matching:
    """Lets pass the ids that a pattern describes, and tells the pattern to tools that read the schemas."""

    pattern: str
    example: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's own signature
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(schema) | {"pattern": f"^({self.pattern})$", "examples": [self.example]}

    def _check(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            near = re.sub(r"[\s_]+", "-", text.strip().lower())
            is_near = re.fullmatch(self.pattern, near, re.ASCII)
            advice = f"write it '{near}'" if is_near else f"ids look like '{self.example}'"
            message = f"'{text}' is not an id of this kind; {advice}"
            raise fault(ProblemKind.MALFORMED_ID, message)
        return text


_DATE = {"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"}, {"type": "integer"}]}
"""Tools that guess take a year for a number."""
Text = Annotated[
    str, Field(max_length=LONGEST_TEXT), AfterValidator(_plain), Field(json_schema_extra={"pattern": _PLAIN})
]
ShortText = Annotated[str, Field(max_length=90), AfterValidator(_plain), Field(json_schema_extra={"pattern": _PLAIN})]
TextOrEmpty = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_plain_or_empty)]
Person = Annotated[Text, AfterValidator(_person), Field(json_schema_extra={"pattern": _PERSON})]
"""A name with the family name first, as `van der Linden, Jane`."""
Language = Annotated[str, AfterValidator(_language), Field(json_schema_extra={"pattern": _LANGUAGE})]
PartialDate = Annotated[str, AfterValidator(_partial_date), WithJsonSchema(_DATE)]
Day = Annotated[dt.date, BeforeValidator(_iso_date)]
WebAddress = Annotated[str, AfterValidator(_web_address), Field(json_schema_extra={"pattern": _WEB_ADDRESS})]
MailAddress = Annotated[str, AfterValidator(_mail_address), Field(json_schema_extra={"pattern": _MAIL_ADDRESS})]
Slug = Annotated[str, Field(max_length=LONGEST_ID), _Matching(r"[a-z0-9]+(-[a-z0-9]+)*", "local-coordinator")]
CountryCode = Annotated[str, _Matching(r"[A-Z]{2}", "FR")]
AreaPrefix = Annotated[str, _Matching(r"[A-Z]{3}", "PRI")]
RecommendationId = Annotated[str, _Matching(r"[A-Z]{3}-\d{2}", "PRI-01")]
PagePath = Annotated[
    str, Field(max_length=LONGEST_ID), _Matching(r"([a-z0-9-]+/)*[a-z0-9-]+\.md", "prisons/release.md")
]
WordingDigest = Annotated[str, _Matching(r"[0-9a-f]{12}", "3f9a52d81c07")]
DecisionId = Annotated[Slug, RefersTo("decision")]
CountryId = Annotated[Slug, RefersTo("country")]
AreaId = Annotated[Slug, RefersTo("area")]
RoleId = Annotated[Slug, RefersTo("role")]
ActorId = Annotated[Slug, RefersTo("actor")]
SourceId = Annotated[Slug, RefersTo("source")]
KnownRecommendation = Annotated[RecommendationId, RefersTo("recommendation")]
KnownPage = Annotated[Text, RefersTo("page")]


class Strict(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Record(Strict):
    """A value read from a file, which remembers where each part of it stands."""

    key: ClassVar[str] = "id"
    """The key by whose value messages call an entry."""
    is_caseless: ClassVar[bool] = False
    """Whether its names are looked up in lower case."""

    _places: Mapping[ValuePath, Location] = PrivateAttr(default_factory=dict)

    @classmethod
    def placed(cls, value: Any, places: Mapping[ValuePath, Location]) -> Any:  # noqa: ANN401 - pydantic's own signature
        """Validate a value and remember its places.

        Args:
            value: what was read: a mapping from keys to text, lists and mappings.
            places: where the value itself (the empty path) and all in it stand.

        Raises:
            pydantic.ValidationError: when the value is not of this shape.
        """
        record = cls.model_validate(value)
        record._places = places  # noqa: SLF001 - a class method is inside
        return record

    @property
    def names(self) -> tuple[str, ...]:
        """What other entries may call it, its own name first; no two entries have the same. Nothing if it has none."""
        return (getattr(self, self.key),)

    def at(self, *path: str | int) -> Location:
        """Find the place of the value at this path, or of the nearest thing around it."""
        places = self._places  # pydantic takes its time to give it
        while path not in places and path:
            path = path[:-1]
        return places[path]
