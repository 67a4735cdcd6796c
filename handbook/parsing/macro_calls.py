"""The macro calls of a page, found by Jinja's own parser before anything is rendered.

mkdocs-macros renders pages without a sandbox, so this is the line of defence: what is not a call of a known macro with
constant arguments is refused here, and the site is not built.
"""

from __future__ import annotations

import inspect
import re
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from inspect import Parameter
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import (
    TOKEN_BLOCK_BEGIN,
    TOKEN_BLOCK_END,
    TOKEN_COMMENT_BEGIN,
    TOKEN_COMMENT_END,
    TOKEN_RAW_BEGIN,
    TOKEN_RAW_END,
    TOKEN_STRING,
    TOKEN_VARIABLE_BEGIN,
    TOKEN_VARIABLE_END,
    TOKEN_WHITESPACE,
)

from handbook.problem_kinds import ProblemKind
from handbook.problems import LineIndex, Location, Problem, Report, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Param(NamedTuple):
    """A parameter of a macro.

    Attributes:
        name: as Python has it.
        refers_to: what its value is the name of: a sort of thing that has names, see `handbook.model.references`; None
            for words for readers.
        kind: as Python has it: by position, by name, or as many as there are.
        is_optional: whether it may be left out.
    """

    name: str
    refers_to: str | None = None
    kind: inspect._ParameterKind = Parameter.POSITIONAL_ONLY
    is_optional: bool = False


@dataclass(frozen=True)
class Macro:
    """What a macro takes, and how its result stands on the page.

    Attributes:
        params: what it takes, in order.
        block: whether the result is a block, so that the call must have its line to itself.
    """

    params: tuple[Param, ...]
    block: bool

    @cached_property
    def signature(self) -> inspect.Signature:
        """The parameters as Python has them."""
        default = {True: "", False: Parameter.empty}
        return inspect.Signature([Parameter(p.name, p.kind, default=default[p.is_optional]) for p in self.params])

    @cached_property
    def refers_to(self) -> Mapping[str, str]:
        """What the values of parameters are the names of, by parameter."""
        return MappingProxyType({p.name: p.refers_to for p in self.params if p.refers_to})

    def usage(self, name: str) -> str:
        """Show how the macro is called."""
        shown: dict[object, str] = {
            Parameter.KEYWORD_ONLY: '{}="…"',
            Parameter.VAR_POSITIONAL: "…",
            Parameter.POSITIONAL_ONLY: '"{}"',
        }
        arguments = (shown[p.kind].format(p.name) for p in self.params)
        return f"{{{{ {name}({', '.join(arguments)}) }}}}"


def _inline(*params: Param) -> Macro:
    return Macro(params, block=False)


def _block(*params: Param) -> Macro:
    return Macro(params, block=True)


def _one(name: str) -> Param:
    return Param(name, refers_to=name)


def _option(name: str, refers_to: str | None) -> Param:
    return Param(name, refers_to, Parameter.KEYWORD_ONLY, is_optional=True)


_AREA = Param("area", "area", Parameter.KEYWORD_ONLY)
_ROLE = Param("role", "role", Parameter.KEYWORD_ONLY)

MACROS: Mapping[str, Macro] = MappingProxyType(
    {
        "rec": _inline(_one("recommendation")),
        "covers": _block(
            _one("recommendation"),
            Param("recommendations", "recommendation", Parameter.VAR_POSITIONAL),
            _option("degree", "degree"),
            _option("missing", None),
        ),
        "cite": _inline(_one("source"), Param("place", is_optional=True)),
        "actor": _inline(_one("actor")),
        "term": _inline(_one("term")),
        "role": _inline(_one("role")),
        "advice": _block(_one("advice")),
        "form": _block(_one("form")),
        "form_example": _block(_one("form")),
        "form_list": _block(),
        "decision": _block(_one("decision")),
        "conversation": _block(_one("conversation")),
        "recommendation_table": _block(_AREA),
        "recommendation_list": _block(
            _one("recommendation"), Param("recommendations", "recommendation", Parameter.VAR_POSITIONAL)
        ),
        "recommendation_index": _block(),
        "report_table": _block(_one("actor")),
        "topic_table": _block(_one("actor"), _AREA),
        "coverage_matrix": _block(),
        "guidance_matrix": _block(),
        "attestation_counts": _block(),
        "citation_counts": _block(),
        "page_counts": _block(),
        "area_list": _block(),
        "evidence_legend": _block(),
        "situations_button": _block(),
        "page_list": _block(*(_option(name, name) for name in ("area", "role", "stage", "kind"))),
        "situation_list": _block(_option("role", "role"), _option("area", "area")),
        "guidance_by_need": _block(_ROLE),
        "staged_guidance": _block(_AREA),
        "training_list": _block(_option("role", "role"), _option("area", "area")),
        "glossary": _block(),
        "bibliography": _block(),
        "timeline": _block(),
        "actor_list": _block(),
        "pack_list": _block(),
        "leaflet_list": _block(),
        "download_list": _block(),
        "change_list": _block(),
        "feed_list": _block(),
        "review_date": _inline(),
        "picture": _block(_one("picture")),
        "review_queue": _block(),
        "data_dictionary": _block(),
    }
)
"""The whole language of content besides Markdown."""

_ADVICE = 'pages may only call macros with constant arguments, as in {{ rec("PRI-01") }}'

_ENVIRONMENT = Environment(keep_trailing_newline=True, autoescape=True)
"""With the delimiters that mkdocs-macros uses; it parses and never renders."""


_REFUSED = {
    TOKEN_BLOCK_BEGIN: f"'{{%' begins template code; {_ADVICE}",
    TOKEN_COMMENT_BEGIN: "'{#' begins a template comment, which would vanish; an anchor is written '{ #anchor }'",
}
"""Tokens that may not stand in content, with what to say of them."""

_TAGS = {
    TOKEN_VARIABLE_BEGIN: "{{",
    TOKEN_VARIABLE_END: "}}",
    TOKEN_RAW_BEGIN: "{% raw %}",
    TOKEN_RAW_END: "{% endraw %}",
}
"""Tokens that may, in the one way to write them: a minus in them would move lines of the page together."""

_BEGINS = frozenset({TOKEN_VARIABLE_BEGIN, TOKEN_BLOCK_BEGIN, TOKEN_COMMENT_BEGIN})
_ENDS = frozenset({TOKEN_VARIABLE_END, TOKEN_BLOCK_END, TOKEN_COMMENT_END})

CALL = "\0"
"""Stands in `Template.text` for each character of a call."""


@dataclass(frozen=True, slots=True)
class Call:
    """One macro call on a page.

    Attributes:
        macro: its name, one of `MACROS`.
        arguments: parameter names to constant text; a parameter that takes several is a tuple.
        location: where its braces open.
    """

    macro: str
    arguments: Mapping[str, str | tuple[str, ...]]
    location: Location

    def references(self) -> Iterator[tuple[str, str]]:
        """Yield what it names: pairs such as `("recommendation", "PRI-01")`."""
        for parameter, sort in MACROS[self.macro].refers_to.items():
            value = self.arguments.get(parameter, ())
            for name in (value,) if isinstance(value, str) else value:
                yield sort, name


@dataclass(frozen=True, slots=True)
class Template:
    """A page's body, as far as Jinja is concerned.

    Attributes:
        calls: its macro calls in their order.
        text: the Markdown that comes of it, but for what the calls give; it has the lines of the body.
        cuts: for each tag that is not in the text, the offset in the text where it was, and how many characters are
            missing from there on.
    """

    calls: tuple[Call, ...]
    text: str
    cuts: tuple[tuple[int, int], ...]

    def origin(self, offset: int) -> int:
        """Return the offset in the body of what is at this offset of the text."""
        before = bisect_right(self.cuts, offset, key=itemgetter(0))
        return offset + (self.cuts[before - 1][1] if before else 0)


def read_template(body: str, file: str, first_line: int, report: Report) -> Template | None:
    """Find the macro calls of a page's body; report everything else that Jinja would execute.

    Args:
        body: the Markdown after the front matter.
        file: the page's path in problems.
        first_line: line of the file on which the body begins.
        report: called with each problem.

    Returns:
        What was found; None when the braces are so broken that the calls could not be told.
    """
    lines = LineIndex(body, file, first_line)
    tokens = list(_tokens(body))
    problems = list(_refusals(tokens, lines))
    for problem in problems:
        report(problem)
    try:
        meanings = _meanings(body, tokens)
    except (TemplateSyntaxError, ValueError, RecursionError) as error:  # the last two of numbers and of nesting
        if not problems:
            report(_broken(body, tokens, lines, error))
        return None
    places = [lines.at(token.offset) for token in tokens if token.kind == TOKEN_VARIABLE_BEGIN]
    calls: list[Call] = []
    for meaning, place in zip(meanings, places, strict=not problems):  # what is refused may hide expressions
        if isinstance(meaning, _Fault):
            report(Problem(place, *meaning))
        else:
            calls.append(Call(*meaning, place))
    return Template(tuple(calls), *_text_and_cuts(body, tokens))


class _Token(NamedTuple):
    """What Jinja's lexer found, and where in the body."""

    kind: str
    value: str
    offset: int


def _tokens(body: str) -> Iterator[_Token]:
    """Yield Jinja's tokens in order; looking for each after the last yields their offsets, which its tree lacks."""
    offset = 0
    try:
        for _, kind, value in _ENVIRONMENT.lex(body):
            offset = body.index(value, offset)
            yield _Token(kind, value, offset)
            offset += len(value)
    except TemplateSyntaxError:  # the parser meets the same fault and reports it
        return


def _refusals(tokens: Iterable[_Token], lines: LineIndex) -> Iterator[Problem]:
    """Yield a problem for each thing that pages may not have, and for each call that is not in one line."""
    begin: _Token | None = None
    for token in tokens:
        if token.kind in _REFUSED:
            yield Problem(lines.at(token.offset), ProblemKind.TEMPLATE_CODE, _REFUSED[token.kind])
        elif token.kind in _TAGS and token.value != _TAGS[token.kind]:
            message = f"'{token.value.strip()}' is written '{_TAGS[token.kind]}' here, and no other way"
            yield Problem(lines.at(token.offset), ProblemKind.TEMPLATE_CODE, message)
        elif token.kind == TOKEN_STRING and "\\" in token.value:
            message = "a backslash stands in the text in quotes; write the character itself"
            yield Problem(lines.at(token.offset), ProblemKind.TEMPLATE_CODE, message)
        if token.kind == TOKEN_VARIABLE_BEGIN:
            begin = token
        elif begin and token.kind in {TOKEN_WHITESPACE, TOKEN_STRING} and "\n" in token.value:
            message = "'{{' is not closed in its line; close it with '}}'"
            yield Problem(lines.at(begin.offset), ProblemKind.TEMPLATE_SYNTAX, message)
            begin = None


def _text_and_cuts(body: str, tokens: Iterable[_Token]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Replace what Jinja acts upon by as many marks, and take the tags for raw text out."""
    parts: list[str] = []
    cuts: list[tuple[int, int]] = []
    done = length = start = 0
    for token in tokens:
        end = token.offset + len(token.value)
        if token.kind in _BEGINS:
            start = token.offset
            continue
        if token.kind in _ENDS:
            part = body[done:start] + re.sub(r"[^\n]", CALL, body[start:end])
        elif token.kind in {TOKEN_RAW_BEGIN, TOKEN_RAW_END}:
            part = body[done : token.offset]
        else:
            continue
        parts.append(part)
        length += len(part)
        if token.kind not in _ENDS:
            cuts.append((length, (cuts[-1][1] if cuts else 0) + len(token.value)))
        done = end
    return "".join((*parts, body[done:])), tuple(cuts)


def _broken(body: str, tokens: list[_Token], lines: LineIndex, error: Exception) -> Problem:
    """Say where the last braces open before the line on which Jinja gave up; they are what was not closed."""
    if isinstance(error, TemplateSyntaxError):
        before = "\n".join(body.split("\n")[: error.lineno])
        offset, said = max(before.rfind(brace) for brace in ("{{", "{%", "{#")), str(error.message)
    else:
        begins = [token.offset for token in tokens if token.kind == TOKEN_VARIABLE_BEGIN]
        offset = next((begin for begin in begins if not _can_be_read(body, begin)), min(begins, default=0))
        said = "it is too long or too deep"
    if quote := _CURLY.search(body, offset, body.find("\n", offset)):
        said = f"'{quote[0]}' is no straight quote; write '\"'"
    message = f"the braces do not form a complete macro call ({said}); {_ADVICE}"
    return Problem(lines.at(offset), ProblemKind.TEMPLATE_SYNTAX, message)


_CURLY = re.compile("[“”„‟‘’‚«»]")
"""Quotes that word processors make."""


def _can_be_read(body: str, offset: int) -> bool:
    """Tell whether the call that begins here, in its line, is not what exhausts the parser or who reads its tree."""
    end = body.find("\n", offset)
    try:
        list(_expressions(body[offset : end if end >= 0 else len(body)]))
    except (ValueError, RecursionError):
        return False
    except TemplateSyntaxError:
        return True
    return True


class _Meaning(NamedTuple):
    """A call, wherever it stands."""

    macro: str
    arguments: Mapping[str, str | tuple[str, ...]]


class _Fault(NamedTuple):
    """Why something in braces is no call."""

    kind: ProblemKind
    message: str


def _meanings(body: str, tokens: Sequence[_Token]) -> list[_Meaning | _Fault]:
    """Return what each pair of braces means; raise what Jinja raises when it does not understand the body."""
    begins = [token.offset for token in tokens if token.kind in _BEGINS]
    ends = [token.offset + len(token.value) for token in tokens if token.kind in _ENDS]
    if len(begins) == len(ends) and "".join(token.value for token in tokens) == body:
        with suppress(TemplateSyntaxError, ValueError, RecursionError):
            return [_meaning_of(body[begin:end]) for begin, end in zip(begins, ends, strict=True)]
    return [_meaning(expression) for expression in _expressions(body)]  # which tells the line of a fault


@cache
def _meaning_of(braces: str) -> _Meaning | _Fault:
    """Parse a pair of braces with all in it. Most stand on many pages; parsing each page took a third of the time."""
    (expression,) = _expressions(braces)
    return _meaning(expression)


def _expressions(text: str) -> Iterator[nodes.Node]:
    for output in _ENVIRONMENT.parse(text).find_all(nodes.Output):
        yield from (node for node in output.nodes if not isinstance(node, nodes.TemplateData))


def _meaning(node: nodes.Node) -> _Meaning | _Fault:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return _Fault(ProblemKind.TEMPLATE_CODE, f"this is not a macro call; {_ADVICE}")
    name = node.node.name
    macro = MACROS.get(name)
    if macro is None:
        message = f"'{name}' is not a macro{nearest(name, MACROS) or '; the macros are ' + ', '.join(MACROS)}"
        return _Fault(ProblemKind.UNKNOWN_MACRO, message)
    positional = [_text(value) for value in node.args]
    named = {keyword.key: _text(keyword.value) for keyword in node.kwargs}
    if node.dyn_args or node.dyn_kwargs or None in (*positional, *named.values()):
        return _Fault(ProblemKind.TEMPLATE_CODE, f"'{name}' has an argument that is not text in quotes; {_ADVICE}")
    try:
        bound = macro.signature.bind(*positional, **named)
    except TypeError as error:
        message = f"'{name}' is called wrongly: {error}; it is written {macro.usage(name)}"
        return _Fault(ProblemKind.MACRO_ARGUMENTS, message)
    return _Meaning(name, MappingProxyType(bound.arguments))


def _text(node: nodes.Node) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None
