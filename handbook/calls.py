"""The macro calls of a page, found by Jinja's own parser before anything is rendered.

mkdocs-macros renders pages without a sandbox, so this is the line of defence: what is not a call of a known macro with
constant arguments is refused here, and the site is not built.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from inspect import Parameter
from types import MappingProxyType
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import TOKEN_BLOCK_BEGIN, TOKEN_COMMENT_BEGIN, TOKEN_VARIABLE_BEGIN

from handbook.errors import Location, Problem, ProblemKind, Report, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Macro:
    """What a macro takes, and how its result stands on the page.

    Attributes:
        signature: parameters as Python has them; each but `place` bears the name of what its value refers to.
        block: whether the result is a block, so that the call must have its line to itself.
    """

    signature: inspect.Signature
    block: bool

    def usage(self, name: str) -> str:
        """Show how the macro is called."""
        shown: dict[object, str] = {
            Parameter.KEYWORD_ONLY: '{}="…"',
            Parameter.VAR_POSITIONAL: "…",
            Parameter.POSITIONAL_ONLY: '"{}"',
        }
        arguments = (shown[p.kind].format(p.name) for p in self.signature.parameters.values())
        return f"{{{{ {name}({', '.join(arguments)}) }}}}"


def _inline(*parameters: Parameter) -> Macro:
    return Macro(inspect.Signature(parameters), block=False)


def _block(*parameters: Parameter) -> Macro:
    return Macro(inspect.Signature(parameters), block=True)


def _one(name: str) -> Parameter:
    return Parameter(name, Parameter.POSITIONAL_ONLY)


def _option(name: str) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default="")


MACROS: Mapping[str, Macro] = MappingProxyType(
    {
        "rec": _inline(_one("recommendation")),
        "covers": _block(_one("recommendation"), Parameter("recommendations", Parameter.VAR_POSITIONAL)),
        "cite": _inline(_one("source"), Parameter("place", Parameter.POSITIONAL_ONLY, default="")),
        "actor": _inline(_one("actor")),
        "term": _inline(_one("term")),
        "role": _inline(_one("role")),
        "recommendation_table": _block(Parameter("area", Parameter.KEYWORD_ONLY)),
        "coverage_matrix": _block(),
        "guidance_matrix": _block(),
        "page_counts": _block(),
        "page_list": _block(_option("area"), _option("role"), _option("stage"), _option("kind")),
        "glossary": _block(),
        "bibliography": _block(),
        "timeline": _block(),
        "actor_list": _block(),
        "pack_list": _block(),
        "download_list": _block(),
        "picture": _block(_one("picture")),
        "review_queue": _block(),
        "problem_list": _block(),
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
        """Give what it names: pairs such as `("recommendation", "PRI-01")`."""
        for parameter, value in self.arguments.items():
            if parameter != "place":
                for name in (value,) if isinstance(value, str) else value:
                    yield parameter.removesuffix("s"), name


def find_calls(body: str, file: str, first_line: int, report: Report) -> list[Call] | None:
    """Find the macro calls of a page's body; report everything else that Jinja would execute.

    Args:
        body: the Markdown after the front matter.
        file: the page's path in problems.
        first_line: line of the file on which the body begins.
        report: called with each problem.

    Returns:
        The calls in their order; None when the braces are so broken that they could not be told.
    """
    places, problems = _scan(body, file, first_line)
    for problem in problems:
        report(problem)
    try:
        tree = _ENVIRONMENT.parse(body)
    except TemplateSyntaxError as error:
        if not problems:
            report(_broken(body, file, first_line, error))
        return None
    printed = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
    expressions = [node for node in printed if not isinstance(node, nodes.TemplateData)]
    matched = zip(expressions, places, strict=not problems)  # what is refused may hide expressions from the tree
    calls = (_call(expression, place, report) for expression, place in matched)
    return [call for call in calls if call]


def _broken(body: str, file: str, first_line: int, error: TemplateSyntaxError) -> Problem:
    """Say where the last braces open before the line on which Jinja gave up; they are what was not closed."""
    before = "\n".join(body.split("\n")[: error.lineno])
    offset = max(before.rfind(brace) for brace in ("{{", "{%", "{#"))
    message = f"the braces do not form a complete macro call ({error.message}); {_ADVICE}"
    return Problem(_location(body, offset, file, first_line), ProblemKind.TEMPLATE_SYNTAX, message)


def _location(body: str, offset: int, file: str, first_line: int) -> Location:
    line_start = body.rfind("\n", 0, offset) + 1
    return Location(file, first_line + body.count("\n", 0, offset), offset - line_start + 1)


def _scan(body: str, file: str, first_line: int) -> tuple[list[Location], list[Problem]]:
    """Give the place of each `{{`, and a problem for each `{%` and `{#`.

    Jinja's tree knows lines only. Its lexer gives every token in order, so that looking for each after the last
    yields the columns too.
    """
    places: list[Location] = []
    problems: list[Problem] = []
    offset = 0
    for token, value in _tokens(body):
        offset = body.index(value, offset)
        if token == TOKEN_VARIABLE_BEGIN:
            places.append(_location(body, offset, file, first_line))
        elif token in _REFUSED:
            location = _location(body, offset, file, first_line)
            problems.append(Problem(location, ProblemKind.TEMPLATE_CODE, _REFUSED[token]))
        offset += len(value)
    return places, problems


def _tokens(body: str) -> Iterator[tuple[str, str]]:
    try:
        for _, token, value in _ENVIRONMENT.lex(body):
            yield token, value
    except TemplateSyntaxError:  # the parser meets the same fault and reports it
        return


def _call(node: nodes.Node, location: Location, report: Report) -> Call | None:
    """Make a call of an expression, or report why it is none."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        report(Problem(location, ProblemKind.TEMPLATE_CODE, f"this is not a macro call; {_ADVICE}"))
        return None
    name = node.node.name
    macro = MACROS.get(name)
    if macro is None:
        message = f"'{name}' is not a macro{nearest(name, MACROS) or '; the macros are ' + ', '.join(MACROS)}"
        report(Problem(location, ProblemKind.UNKNOWN_MACRO, message))
        return None
    positional = [_text(value) for value in node.args]
    named = {keyword.key: _text(keyword.value) for keyword in node.kwargs}
    if node.dyn_args or node.dyn_kwargs or None in (*positional, *named.values()):
        message = f"'{name}' has an argument that is not text in quotes; {_ADVICE}"
        report(Problem(location, ProblemKind.TEMPLATE_CODE, message))
        return None
    try:
        bound = macro.signature.bind(*positional, **named)
    except TypeError as error:
        message = f"'{name}' is called wrongly: {error}; it is written {macro.usage(name)}"
        report(Problem(location, ProblemKind.MACRO_ARGUMENTS, message))
        return None
    return Call(name, MappingProxyType(bound.arguments), location)


def _text(node: nodes.Node) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None
