"""The HTML that articles may have, and the addresses that they may lead to; all else is refused.

Asked twice: of what authors write, before anything is rendered, and of the built articles, because Markdown's
extensions can make HTML that no source shows.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from lxml import etree

from handbook.problem_kinds import ProblemKind
from handbook.problems import CheckFailedError, Location, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class AddressRule(Protocol):
    """Says what is wrong with an address, if anything."""

    def __call__(self, address: str, *, is_local: bool = False) -> str | None:
        """Judge an address; one that is local must lie on this site."""


Fault = tuple[ProblemKind, str]
"""A kind of problem, and in words what is wrong and what to do."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _elements(table: str) -> Mapping[str, frozenset[str]]:
    """Read a table with an element in each line, then its own attributes; several elements may share them."""
    rows = (line.partition(":") for line in table.strip().splitlines())
    return MappingProxyType({name: _words(own) for names, _, own in rows for name in names.split()})


ALLOWED_IN_MARKDOWN = _elements("""
    a: href
    abbr: title
    br cite code dfn em kbd li mark ol p small span strong sub summary sup ul:
    details: open
    time: datetime
""")
"""What authors may write, with the attributes that each element may have besides `ALLOWED_ANYWHERE_IN_MARKDOWN`.

It is what Markdown lacks, and what may stand within that: no output reads Markdown there.
"""

_BLOCK_PARENTS = frozenset({"", "details", "li"})
_PARENTS = MappingProxyType(
    {
        "li": frozenset({"ol", "ul"}),
        "summary": frozenset({"details"}),
        **dict.fromkeys(("details", "ol", "p", "ul"), _BLOCK_PARENTS),
    }
)
"""For elements that stand in few others, these; the empty name is for what stands in none."""

_INSTEAD = MappingProxyType(
    {
        "a": "'[words](page.md)'",
        "blockquote": "'> ' before each line",
        "h2": "'## Title'",
        "img": "'![what it shows](file.png)'",
        "pre": "it between two lines of three backticks",
        "table": "lines such as '| one | two |'",
    }
)
"""What to write in place of an element."""

ALLOWED_ANYWHERE_IN_MARKDOWN = frozenset({"class", "dir", "id", "lang"})

ALLOWED_CLASSES = ("handout", "note", "notice")
"""Classes that authors may set. They only change how something looks: the others tell scripts what to do with it."""

ALLOWED_IN_SVG = _elements("""
    svg: viewbox width height xmlns version preserveaspectratio focusable
    g defs symbol title desc clippath marker:
    path: d pathlength
    rect: x y width height rx ry
    circle: cx cy r
    ellipse: cx cy rx ry
    line: x1 y1 x2 y2
    polygon polyline: points
    text tspan: x y dx dy textlength lengthadjust
    use: href x y width height
    lineargradient radialgradient: x1 y1 x2 y2 cx cy r gradientunits gradienttransform
    stop: offset
""")
"""What pictures are drawn with, with each element's own attributes, in lower case."""

ALLOWED_ANYWHERE_IN_SVG = _words("""
    class id lang role aria-label aria-labelledby aria-describedby aria-hidden transform fill fill-opacity fill-rule
    stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-opacity opacity text-anchor font-size
    font-family font-weight dominant-baseline stop-color stop-opacity clip-path clippathunits marker-start marker-end
    paint-order markerwidth markerheight refx refy orient viewbox preserveaspectratio
""")

ALLOWED_IN_ARTICLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **_elements("""
            article section figure figcaption h1 h2 h3 h4 h5 h6 hr blockquote div pre dl dt dd:
            table caption thead tbody tr td:
            th: scope
            img: src alt
            input: type checked disabled name autocomplete
            form: action method
            label: for
            select: name
            option: value
            button: type
        """),
        **ALLOWED_IN_SVG,
        **ALLOWED_IN_MARKDOWN,
        "a": frozenset({"href", "rel", "hreflang", "download", "type"}),
    }
)
"""What built articles may have besides `ALLOWED_ANYWHERE_IN_ARTICLES`; who renders a new element there adds it here."""

ALLOWED_ANYWHERE_IN_ARTICLES = frozenset({"class", "dir", "id", "lang", "title", "role", "tabindex", "hidden"})
_RENDERED_FAMILIES = ("aria-", "data-")

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""How the address of a link may begin, if it is not relative to the page."""

_ACTIVE = re.compile(r"[\[\]\\`]")
"""What Markdown acts upon before it looks for tags."""

_ADDRESS = re.compile(r"[\w\-.~:/?#@!$&'()*+,;=%\[\]]*", re.ASCII)
_OWN_MACHINE = re.compile(
    r"https?://(?:(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+|0\.0\.0\.0|\[::1\]|[\w-]+(?:\.local)?)(?:[:/?#]|$)",
    re.ASCII | re.IGNORECASE,
)
"""How addresses begin that other people cannot open; a name without a dot is one of a network at home or at work."""

_HOST = re.compile(r"https?://[\w.-]+(:\d{1,5})?(?=[/?#]|$)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?!amp;)#?\w+;")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
"""What browsers leave out of an address, or may."""

_ADDRESSES = {"a": "href", "img": "src", "use": "href", "form": "action"}


def written_faults(element: str, attributes: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with a tag that an author wrote."""
    own = ALLOWED_IN_MARKDOWN.get(element)
    if own is None:
        instead = _INSTEAD.get(element, "it in Markdown, or in backticks")
        yield ProblemKind.FORBIDDEN_HTML, f"'<{element}>' is not for pages; write {instead}"
        return
    for name, value in attributes.items():
        if name not in own and name not in ALLOWED_ANYWHERE_IN_MARKDOWN:
            yield ProblemKind.FORBIDDEN_HTML, f"'<{element}>' may not have '{name}'; delete the attribute"
        elif odd := _ACTIVE.search(value):
            message = f"'{odd[0]}' in an attribute is read as Markdown, which breaks the tag open; write it otherwise"
            yield ProblemKind.FORBIDDEN_HTML, message
        elif name == "id" and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            yield ProblemKind.FORBIDDEN_HTML, f"'{value}' is not an anchor; write small letters, digits and hyphens"
        elif name == "class":
            yield from class_faults(value.split())
        elif name in _VALUES and not re.fullmatch(_VALUES[name], value):
            yield (
                ProblemKind.FORBIDDEN_HTML,
                f"'{value}' is no value of '{name}'; write one such as '{_EXAMPLES[name]}'",
            )
    if faults := list(_address_faults(element, attributes, written_address_fault)):
        yield from faults
    elif not re.match(r"#|[a-z]+:", address := attributes.get("href", "#"), re.IGNORECASE):
        message = f"'{address}' would lead elsewhere from HTML; write {_INSTEAD['a']}"
        yield ProblemKind.FORBIDDEN_HTML, message


_VALUES = MappingProxyType(
    {"lang": r"[a-z]{2,3}(-[A-Z]{2})?", "dir": "ltr|rtl", "datetime": r"[0-9]{4}(-[0-9]{2}){0,2}"}
)
_EXAMPLES = MappingProxyType({"lang": "fr", "dir": "rtl", "datetime": "2026-11-23"})


def place_fault(element: str, parent: str) -> Fault | None:
    """Say what is wrong with the place of an element that an author may write, if anything.

    Args:
        element: its name.
        parent: the element in which it stands; empty for none.
    """
    allowed = _PARENTS.get(element, frozenset(ALLOWED_IN_MARKDOWN) - {"details", "ol", "ul"} | {""})
    if parent in allowed:
        return None
    where = f"stands in '<{parent}>'" if parent else "stands alone"
    message = f"'<{element}>' {where}; it may stand in {_listed(allowed)} only"
    return ProblemKind.FORBIDDEN_HTML, message


def _listed(parents: Iterable[str]) -> str:
    return ", ".join(f"'<{name}>'" for name in sorted(parents) if name)


def class_faults(names: Iterable[str]) -> Iterator[Fault]:
    """Yield what is wrong with the classes that an author gave to something."""
    for name in names:
        if name not in ALLOWED_CLASSES:
            advice = nearest(name, ALLOWED_CLASSES)
            message = f"'{name}' is no class for pages; write one of {', '.join(ALLOWED_CLASSES)}, or none{advice}"
            yield ProblemKind.FORBIDDEN_HTML, message


def rendered_faults(element: str, attributes: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with an element of a built article."""
    yield from _shape_faults(element, tuple(attributes))
    if element in ALLOWED_IN_SVG:
        for name, value in attributes.items():
            if fault := drawing_fault(name, value):
                yield ProblemKind.UNSAFE_ADDRESS, fault
    if element == "input" and attributes.get("type") not in {"checkbox", "search"}:
        yield ProblemKind.FORBIDDEN_HTML, "'<input>' may only be a box to tick or a field to search in an article"
    yield from _address_faults(element, attributes, address_fault)


@cache
def _shape_faults(element: str, names: tuple[str, ...]) -> tuple[Fault, ...]:
    """Judge an element by its name and those of its attributes, of which a site has few combinations."""
    own = ALLOWED_IN_ARTICLES.get(element)
    if own is None:
        message = f"'<{element}>' may not stand in an article; if it should, add it to handbook/parsing/allowed_html.py"
        return ((ProblemKind.FORBIDDEN_HTML, message),)
    allowed = (
        own | ALLOWED_ANYWHERE_IN_ARTICLES | (ALLOWED_ANYWHERE_IN_SVG if element in ALLOWED_IN_SVG else frozenset())
    )
    odd = (name for name in names if name not in allowed and not name.startswith(_RENDERED_FAMILIES))
    return tuple(
        (
            ProblemKind.FORBIDDEN_HTML,
            (
                f"'<{element}>' may not have '{name}' in an article; "
                "take it out, or add it to handbook/parsing/allowed_html.py"
            ),
        )
        for name in odd
    )


def page_faults(element: str, attributes: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with an element anywhere on a built page, the theme's own included."""
    if element == "script" and "src" not in attributes and attributes.get("type") != _DATA:
        yield ProblemKind.FORBIDDEN_HTML, "a script stands in the page, where only a file of scripts may be named"
    for name, value in attributes.items():
        if name.startswith("on") or name == "srcdoc":
            yield ProblemKind.FORBIDDEN_HTML, f"'<{element}>' has '{name}', which runs code; use a file of scripts"
        elif name in _LEADING and _scheme(value) in _RUNNING:
            yield ProblemKind.UNSAFE_ADDRESS, f"'{value}' runs code, or shows what is no page"
    if element in _FETCHING or (element == "link" and attributes.get("rel") in _FETCHING_LINKS):
        address = attributes.get("href" if element == "link" else "src", "")
        if _is_remote(address, may_be_data=element in {"img", "link"}):
            message = f"'{address}' makes readers' browsers ask another site; copy the file here"
            yield ProblemKind.UNSAFE_ADDRESS, message


def document_faults(document: etree._Element) -> Iterator[tuple[int, ProblemKind, str]]:
    """Yield what is wrong with all elements of a page or of a chapter, each with its line."""
    for element in document.iter(etree.Element):
        attributes = {_local(name): value for name, value in element.attrib.items()}
        for fault in page_faults(_local(str(element.tag)), attributes):
            yield element.sourceline or 1, *fault


@cache
def _local(name: str) -> str:
    """Return a name as HTML compares it, without its namespace, which lxml may write in either of two ways."""
    return re.split("[}:]", name)[-1].lower()


def require_inert(document: etree._Element, file: str) -> None:
    """Stop at a copy of a page in which anything could run that is no file of ours.

    Args:
        document: the copy, as it will be opened.
        file: what to call it.

    Raises:
        CheckFailedError: with a line for each fault.
    """
    if faults := list(document_faults(document)):
        raise CheckFailedError([Problem(Location(file, line), kind, message) for line, kind, message in faults])


_DATA = "application/ld+json"
"""The kind of a script that no browser runs."""

_LEADING = frozenset({"href", "action", "formaction"})
_RUNNING = frozenset({"javascript", "vbscript", "data"})
_FETCHING = frozenset({"script", "img", "iframe", "source", "embed", "audio", "video", "track", "input"})
_FETCHING_LINKS = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"}
)


def _is_remote(address: str, *, may_be_data: bool) -> bool:
    plain = _IGNORED.sub("", address).replace("\\", "/")
    return plain.startswith("//") or _scheme(plain) not in ({"", "data"} if may_be_data else {""})


def written_address_fault(address: str, *, is_local: bool = False) -> str | None:
    """Say what is wrong with an address as it stands in Markdown or in a tag, if anything."""
    if entity := _ENTITY.search(address):
        return f"'{entity[0]}' in '{address}' hides a character; write the character itself"
    plain = address.replace("&amp;", "&")
    if not _ADDRESS.fullmatch(plain):
        odd = next(character for character in plain if not _ADDRESS.fullmatch(character))
        return f"'{odd}' cannot stand in the address '{address}'; copy the address from the browser's bar"
    if fault := address_fault(plain, is_local=is_local):
        return fault
    if _OWN_MACHINE.match(plain):
        return f"'{address}' leads to the reader's own machine or network; write the address that all can open"
    return None


def address_fault(address: str, *, is_local: bool = False) -> str | None:
    """Say what is wrong with an address as browsers read it, if anything; images are never fetched from elsewhere."""
    scheme = _scheme(address)
    plain = _IGNORED.sub("", address).replace("\\", "/")
    if is_local and (scheme or plain.startswith("//")):
        return f"'{address}' is not a file of this site; save a copy beside the page"
    if plain.startswith("//"):
        return f"'{address}' names another site without its beginning; write 'https:' before it"
    if scheme in {"http", "https"} and re.match(r"[^:]*:/*[^/?#]*@", plain):
        return f"'{address}' has a user name before '@', by which it can pass for another site; delete it"
    if scheme in {"http", "https"} and not _HOST.match(plain):
        return f"'{address}' names no site after '{scheme}:'; write it as in '{scheme}://example.org/'"
    if scheme and scheme not in SCHEMES:
        return f"'{scheme}:' is no link to a page; links begin with https://, http://, mailto: or tel:"
    return None


def _scheme(address: str) -> str:
    """Return what stands before the colon, in whatever disguise; nothing for a relative address."""
    if ":" not in address and "%" not in address:
        return ""
    plain = _IGNORED.sub("", unquote(address))
    scheme = re.match(r"([^/?#]*?):", plain)
    return scheme[1].casefold() if scheme else ""


def _address_faults(element: str, attributes: Mapping[str, str], fault_of: AddressRule) -> Iterator[Fault]:
    address = attributes.get(_ADDRESSES.get(element, "-"))
    if address is not None and (fault := fault_of(address, is_local=element in {"img", "form"})):
        yield ProblemKind.UNSAFE_ADDRESS, fault


def drawing_fault(name: str, value: str) -> str | None:
    """Say what is wrong with an attribute of a drawing, if anything: it may point into the drawing only."""
    if name != "href" and "(" not in value and "\\" not in value:
        return None
    plain = _IGNORED.sub("", value).casefold()
    if name == "href" and not plain.startswith("#"):
        return f"'{value}' leads out of the drawing; only '#…' may be used"
    if "url(" in plain.replace("url(#", "").replace("\\", "url("):
        return f"'{value}' fetches something; a drawing may only use what is in it, as in 'url(#shade)'"
    return None
